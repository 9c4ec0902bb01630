"""The errors of a form and its rows, listed at its top, each with a link to its field."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.forms import ModelForm
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class FormError(NamedTuple):
    """One error; `target` is the id of the field, empty for what concerns the whole form."""

    target: str
    where: str
    message: str
    code: str | None


def error_summary(form: ModelForm, formsets: Iterable[Any]) -> list[FormError]:
    """Every error of a bound form and its formsets, in the order of the page."""
    found = _form_errors(form, "")
    for formset in formsets:
        if not formset.is_bound:
            continue
        name = str(capfirst(formset.model._meta.verbose_name_plural))
        group = f"{formset.prefix}-group"
        for error in formset.non_form_errors().as_data():
            found += [FormError(group, name, text, error.code) for text in error.messages]
        for number, each in enumerate(formset.forms, 1):
            if each.is_marked_for_deletion:
                continue
            where = _("%(rows)s, row %(number)d") % {"rows": name, "number": number}
            found += _form_errors(each, where, group)
    return found


def _form_errors(form: ModelForm, where: str, group: str = "") -> list[FormError]:
    found = []
    for name, errors in form.errors.as_data().items():
        if name in form.fields and not form[name].is_hidden:
            target = form[name].id_for_label
            label = str(capfirst(form[name].label))
        else:
            target, label = group, ""
        place = " › ".join(filter(None, [where, label]))
        for error in errors:
            found += [FormError(target, place, text, error.code) for text in error.messages]
    return found
