"""The page for a form whose row somebody else deleted: what was typed can become a new one."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.admin import preview
from directory.admin.change_log import changes_since
from directory.admin.change_messages import display_value
from directory.admin.compared_forms import SHOWN_AT
from directory.admin.compared_rows import missing_parts
from directory.admin.pages import PagesMixin

FACT = "_fact-"


def facts(
    model_admin: PagesMixin, request: HttpRequest, obj: Model, form: forms.ModelForm
) -> list[tuple[str, object]]:
    """What only the form for adding asks for, such as the code: hidden fields of the page."""
    adding = model_admin.get_form(request, None).base_fields
    values = model_to_dict(obj, [name for name in adding if name not in form.fields])
    return [
        (FACT + name, adding[name].prepare_value(value) or "") for name, value in values.items()
    ]


def page(model_admin: PagesMixin, request: HttpRequest, object_id: str) -> TemplateResponse:
    """The page that names who deleted it, and offers to open what was typed as a new one."""
    fields = model_admin.get_form(request, None).base_fields
    formsets: list[Any] = [
        each for each, _inline in model_admin.get_formsets_with_inlines(request, None)
    ]
    typed = list(_as_new(preview.typed(request.POST), formsets))
    given = {name: [value for each, value in typed if each == name] for name in fields}
    texts = (
        (field.label, display_value(field, given[name] if _is_multiple(field) else given[name][0]))
        for name, field in fields.items()
        if any(given[name])
    )
    context = model_admin.page_context(
        request,
        _("This was deleted meanwhile"),
        note=missing_parts(*(formset.model for formset in formsets)),
        log=changes_since(
            request.POST.get(SHOWN_AT, ""), {f"{model_admin.opts.label_lower}:{object_id}"}
        ),
        values=[(capfirst(label), text) for label, text in texts],
        typed=typed,
        may_add=model_admin.has_add_permission(request),
        add_url=model_admin.url("add"),
    )
    return TemplateResponse(request, "admin/deleted_meanwhile.html", context, status=409)


def _is_multiple(field: forms.Field) -> bool:
    return getattr(field.widget, "allow_multiple_selected", False)


def _as_new(typed: list[tuple[str, str]], formsets: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """What was typed as the form for adding takes it: facts are fields, rows are not stored yet."""
    blank, counts = [], []
    for formset in formsets:
        prefix = formset.get_default_prefix()
        counts.append(f"{prefix}-INITIAL_FORMS")
        names = (formset.model._meta.pk.name, formset.fk.name)
        blank += [(f"{prefix}-", f"-{name}") for name in names]
    for name, value in typed:
        if name.startswith(("initial-", SHOWN_AT)):
            continue
        if any(name.startswith(start) and name.endswith(end) for start, end in blank):
            yield name, ""
        else:
            yield name.removeprefix(FACT), "0" if name in counts else value
