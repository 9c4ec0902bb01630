"""Two people edit the same object: no change is lost, and none is overwritten without being shown.

What each field showed and what was typed into it is compared in `directory.admin.compared_forms`,
rows in `directory.admin.compared_rows`; here it becomes the answer: a page with the errors, or what
others changed, as a message.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.admin import deleted_meanwhile, saved_once
from directory.admin.change_messages import change_in_words
from directory.admin.compared_forms import CONFLICT, ComparedForm, compared
from directory.admin.compared_rows import ComparedFormSet, compared_formset
from directory.admin.error_summary import error_summary
from directory.admin.four_eyes import people
from directory.admin.pages import PagesMixin
from directory.admin.reopened import reopened
from directory.admin.requests import staff
from directory.admin.way_back import WayBackMixin
from directory.editions.turn import publishing_turn


class ConflictsMixin(WayBackMixin, PagesMixin):
    """Shows on saving what others changed since the page was opened.

    `list_editable` must not be used: it saves without comparing.
    """

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form = compared(form, staff(request).pk)
        return reopened(form, request)

    def get_formsets_with_inlines(
        self, request: HttpRequest, obj: Model | None = None
    ) -> Iterator[Any]:
        formset: Any
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield compared_formset(formset, staff(request).pk), inline

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST and not self.save_as:
            # Django would make a copy all the same.
            raise SuspiciousOperation("There is no button to save as new.")
        # Nobody else saves between the comparison and the end.
        with publishing_turn():
            if object_id and self._is_deleted(request, object_id):
                return deleted_meanwhile.page(self, request, unquote(object_id))
            if answer := saved_once.first_answer(request):
                return answer
            response = super().changeform_view(request, object_id, form_url, extra_context)
            saved_once.remember(request, response)
            return response

    def _is_deleted(self, request: HttpRequest, object_id: str) -> bool:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self.get_object(request, unquote(object_id)) is None

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        form, status = context["adminform"].form, 200
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if context.pop("errors", None):
            # Instead of Django's “correct the errors below”, which has no links.
            context["problems"] = error_summary(form, formsets)
            by_others = changed_by_others(form, formsets)
            self._warn_of_changes(request, form, by_others)
            codes = {problem.code for problem in context["problems"]}
            status = 409 if by_others or CONFLICT in codes else 200
            if change:
                # The form has put what was typed into `obj`.
                stored = self.model._base_manager.get(pk=context["original"].pk)
                context |= {"original": stored, "subtitle": str(stored)}
        context["form_token"] = saved_once.token_of(request)
        context |= people.about(staff(request), obj if change else None)
        if obj and self.has_change_permission(request, obj):
            context["shown_at"] = timezone.now().isoformat()
            context["facts"] = deleted_meanwhile.facts(self, request, obj, form)
        response = super().render_change_form(request, context, add, change, form_url, obj)
        response.status_code = status
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows, and report what others changed meanwhile."""
        by_others = changed_by_others(form, formsets)
        super().save_related(request, form, formsets, change)
        self._warn_of_changes(request, form, by_others)

    def _warn_of_changes(
        self, request: HttpRequest, form: ComparedForm, by_others: list[str]
    ) -> None:
        for label, text in fixed_meanwhile(form):
            message = _(
                "“%(field)s” is fixed meanwhile. What you typed there is not saved: %(text)s"
            )
            values = {"field": capfirst(label), "text": text}
            self.message_user(request, message % values, messages.WARNING)
        if by_others:
            message = _("This was changed meanwhile, and it stays so: %s")
            self.message_user(request, message % " · ".join(by_others), messages.WARNING)


def changed_by_others(form: ComparedForm, formsets: Iterable[ComparedFormSet]) -> list[str]:
    """What only others changed since the page was opened, and stays so: one text for each."""
    texts = _kept(form)
    for formset in formsets:
        kind = capfirst(formset.model._meta.verbose_name)
        for row in formset.initial_forms:
            if not row.is_marked_for_deletion:
                texts += [f"{kind}: {row.instance} › {text}" for text in _kept(row)]
        for added in formset.added_by_others:
            texts.append(_("added: %s") % f"{kind} ({formset.row_in_words(added)})")
        for row in formset.deleted_by_others:
            fields = [field for field in row.compared_fields() if field.shown]
            values = "; ".join(f"{capfirst(each.label)}: {each.in_words()[0]}" for each in fields)
            texts.append(_("deleted: %s") % f"{kind} ({values})")
    return texts


def _kept(form: ComparedForm) -> list[str]:
    return [
        change_in_words(field.label, *field.in_words())
        for field in form.compared_fields()
        if field.is_changed_by_others and not field.is_typed and field.shown is not None
    ]


def fixed_meanwhile(form: ComparedForm) -> list[tuple[str, str]]:
    """Labels and typed texts of fields that are fixed since then, such as a published address."""
    fields = [
        field
        for field in form.instance._meta.fields
        if field.name in form.data and field.name not in form.fields
    ]
    return [
        (str(field.verbose_name), form.data[field.name])
        for field in fields
        if form.data.get(form.add_initial_prefix(field.name)) not in (None, form.data[field.name])
    ]
