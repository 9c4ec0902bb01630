"""All that is wrong with a form, at its top, each linked to the field where it stands."""

from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _


class FormError(NamedTuple):
    target: str  # the id of the field, empty for what concerns the whole form
    where: str
    message: str


def error_summary(form, formsets) -> list[FormError]:
    """Every error of a bound form and its formsets, in the order of the page."""
    found = _problems(form, "")
    for formset in formsets:
        if not formset.is_bound:
            continue
        name = str(capfirst(formset.model._meta.verbose_name_plural))
        group = f"{formset.prefix}-group"
        found += [FormError(group, name, str(message)) for message in formset.non_form_errors()]
        for number, each in enumerate(formset.forms, 1):
            where = _("%(rows)s, row %(number)d") % {"rows": name, "number": number}
            found += _problems(each, where, group)
    return found


def _problems(form, where, group=""):
    found = []
    for name, messages in form.errors.items():
        if name in form.fields and not form[name].is_hidden:
            target = form[name].id_for_label
            label = str(capfirst(form[name].label))
        else:
            target, label = group, ""
        place = " › ".join(filter(None, [where, label]))
        found += [FormError(target, place, str(message)) for message in messages]
    return found
