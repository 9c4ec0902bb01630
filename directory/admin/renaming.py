"""A service that gets another address: the old one leads to it from then on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.admin.publication import PublishingAdmin
from directory.admin.publishing_act import may_publish
from directory.models import FormerSlug


class RenamingMixin(PublishingAdmin):
    """For services: keeps the address that a public one had, and tells before saving what becomes
    of it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Which address a page has is decided by who decides that there is one.
        fixed = ["slug"] if obj and not may_publish(request) else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def before_publishing(self, form: Any) -> None:
        super().before_publishing(form)
        if old := _former_slug(form):
            FormerSlug.objects.remember({form.instance.pk: old})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if change and (slug := context["adminform"].form.initial.get("slug")):
            # Links on the form lead to the address that it has, not to one that was refused.
            obj.slug = slug
        return super().render_change_form(request, context, add, change, form_url, obj)

    def warnings(self, form: Any) -> list[str]:
        """What becomes of the old address, and what else a save is warned of."""
        found = super().warnings(form)
        if old := _former_slug(form):
            old, new = (
                reverse("directory:service-detail", args=[slug])
                for slug in (old, form.instance.slug)
            )
            message = _(
                "The address of the page becomes %(new)s. The old one, %(old)s, leads there from "
                "now on: links, saved cards and printed QR codes go on working."
            )
            found.append(message % {"new": new, "old": old})
        return found


def _former_slug(form: Any) -> str:
    """The slug that a service has had until now, if another was typed and pages were published
    under it."""
    is_renamed = "slug" in form.changed_data and form.initial.get("slug")
    return form.initial["slug"] if is_renamed and form.instance.editions.exists() else ""
