"""What is wrong with the replacement that is planned for a contact point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.contacts.kinds import kind_of
from directory.contacts.replacements import LONGEST_CHAIN, Plan, Replacements
from directory.models.merged_uses import BOTH_GIVEN, merge

if TYPE_CHECKING:
    from directory.models.contact_points import ContactPoint

Errors = dict[str, ValidationError]


def replacement_errors(point: ContactPoint) -> Errors:
    """The errors of `replaced_by` and `replaced_on`, by field; empty where nothing is planned."""
    if bool(point.replaced_by_id) != bool(point.replaced_on):
        missing = "replaced_on" if point.replaced_by_id else "replaced_by"
        message = _("A replacement needs both: what replaces it, and from which day on.")
        return {missing: ValidationError(message, code="incomplete_replacement")}
    if not (point.replaced_by_id and point.replaced_on):
        return {}
    planned = type(point).objects.planned_replacements()
    planned.plans[point.pk] = plan = Plan(by=point.replaced_by_id, on=point.replaced_on)
    if planned.leads_back(point.pk):
        message = _("These replacements lead back to where they began. Choose another one.")
        return {"replaced_by": ValidationError(message, code="replacement_loop")}
    return (
        _errors_in_order_of_dates(point, plan, planned)
        or _errors_along_the_chain(point, planned)
        or _errors_where_both_are_given(point, planned)
    )


def _errors_in_order_of_dates(point: ContactPoint, plan: Plan, planned: Replacements) -> Errors:
    """A replacement is replaced later than it comes, or it would never be shown."""
    following = planned.plans.get(plan.by)
    if following and following.on <= plan.on and point.replaced_by:
        message = _(
            "On that day %(this)s is already replaced itself. "
            "Choose what replaces it, or another day."
        )
        params = {"this": point.replaced_by.display}
        error = ValidationError(message, code="replaced_already", params=params)
        return {"replaced_by": error}
    later = [old for old in planned.replaced_by(point.pk) if planned.plans[old].on >= plan.on]
    if later:
        message = _(
            "It replaces %(other)s only later. Choose a day after that, "
            "or change the plan of that one first."
        )
        params = {"other": type(point).objects.filter(pk__in=later)[0].display}
        error = ValidationError(message, code="replaces_later", params=params)
        return {"replaced_on": error}
    return {}


def _errors_along_the_chain(point: ContactPoint, planned: Replacements) -> Errors:
    """A page follows a chain so far and no further, and details need phones all along it."""
    keys = planned.following(point.pk)
    following = type(point).objects.in_bulk(keys)
    if planned.length(point.pk) > LONGEST_CHAIN:
        message = _(
            "More than %(most)d replacements would follow each other. Settle those whose day "
            "has come, or let it be replaced by %(last)s at once."
        )
        params = {"most": LONGEST_CHAIN, "last": following[keys[-1]].display}
        return {"replaced_by": ValidationError(message, code="too_many", params=params)}
    along = [point, *following.values()]
    if all(kind_of(each.kind).has_extensions for each in along) or not point.has_phone_details():
        return {}
    message = _(
        "It is used with extensions or menu options, which only a phone has. "
        "Choose a phone, or take those out first."
    )
    return {"replaced_by": ValidationError(message, code="replacement_kind")}


def _errors_where_both_are_given(point: ContactPoint, planned: Replacements) -> Errors:
    """Where two that become one are given, one use must be able to say what both say."""
    united = planned.all_replaced(planned.following(point.pk)[-1:])
    for model in point.use_models():
        for use in merge(model.objects.several_given(united)).refused:
            params = {"holder": use.holder}
            return {"replaced_by": ValidationError(BOTH_GIVEN, code="both_given", params=params)}
    return {}
