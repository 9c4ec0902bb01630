"""Roles, which Django calls groups: their permissions in the words of the back office."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import Count, Field, ManyToManyField, Model, Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.forms.models import ModelChoiceIterator, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from directory.admin import roles
from directory.admin.conflicts import ConflictsMixin
from directory.admin.four_eyes.rights_gate import giving, key_of
from directory.admin.requests import staff
from directory.admin.row_keys import PossibleChoices, PossibleKeysMixin
from directory.contacts.text import fold, tidy
from directory.models.address_fields import TidyFormField

# Django keeps the names of its permissions in the database, in English.
ACTIONS = {
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
    "view": pgettext_lazy("permission", "view"),
}


def in_words(permission: Any) -> str:
    """“Channel: add”; a permission of a model's own by the name that the model gives it."""
    model = permission.content_type.model_class()
    if model is None:
        return str(permission)
    of_django = {f"{action}_{model._meta.model_name}": name for action, name in ACTIONS.items()}
    names = of_django | dict(model._meta.permissions)
    return _("%(model)s: %(permission)s") % {
        "model": capfirst(model._meta.verbose_name),
        "permission": names.get(permission.codename, permission.name),
    }


class ByLabel(ModelChoiceIterator):
    """The choices by alphabet."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        return iter(sorted(super().__iter__(), key=lambda choice: fold(choice[1])))


class PermissionsField(PossibleChoices):
    """Permissions, named in words, by alphabet."""

    iterator = ByLabel

    def label_from_instance(self, obj: Model) -> str:
        return in_words(obj)


class PermissionsInWordsMixin(PossibleKeysMixin):
    """Lists the permissions under their models, by alphabet, whatever language is read, to be
    ticked. Names are tidied."""

    def formfield_for_dbfield(self, db_field: Field, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "name":
            kwargs |= {"form_class": TidyFormField, "tidy": tidy}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: Any = None, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        if db_field.related_model is Permission:
            kwargs |= {"form_class": PermissionsField, "widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)


admin.site.unregister(Group)


@admin.register(Group)
class RolesAdmin(ConflictsMixin, PermissionsInWordsMixin, GroupAdmin):
    """Roles: what they allow, told in words, and the permissions that say so. Only administrators
    change them: who may give rights to a role that is the own one may give all to oneself."""

    also_called = gettext_lazy("roles, permissions, rights, who may do what")
    list_display = ["name", "what_it_allows", "members"]
    search_fields = ["name__folded"]
    readonly_fields = ["what_it_allows"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["name", "what_it_allows"]}),
        (gettext_lazy("In detail"), {"fields": ["permissions"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        active = Count("user", filter=Q(user__is_active=True))
        return super().get_queryset(request).annotate(active_people=active)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        listed = super().get_changelist_instance(request)
        given = roles.permissions_of_roles(listed.result_list)
        for role in listed.result_list:
            role.given = given[role.pk]
        return listed

    @admin.display(description=gettext_lazy("What it allows"))
    def what_it_allows(self, obj: Any) -> str:
        """What who has the role may do."""
        if not obj.pk:
            return "–"
        if not hasattr(obj, "given"):
            obj.given = roles.permissions_of_roles([obj])[obj.pk]
        return as_sentences(roles.in_words(obj.given))

    @admin.display(description=gettext_lazy("People"))
    def members(self, obj: Any) -> int:
        """How many active people have it."""
        count: int = obj.active_people
        return count

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        with giving(request, Group, [key_of(object_id)]):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        with giving(request, Group, [key_of(object_id)]):
            return super().delete_view(request, object_id, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        # Its action deletes some.
        is_sent = request.method == "POST"
        keys = list(Group.objects.values_list("pk", flat=True)) if is_sent else []
        with giving(request, Group, keys):
            return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return staff(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return staff(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return staff(request).is_superuser


def as_sentences(sentences: Iterable[str]) -> str:
    """Sentences as a list."""
    items = format_html_join("", "<li>{}</li>", ((each,) for each in sentences))
    return format_html('<ul class="sentences">{}</ul>', items)
