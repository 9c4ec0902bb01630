"""A schedule of its own for one of those who share one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory.models import Schedule, TimeSpan
from directory.models.schedule_exceptions import NAMED_AT_MOST
from directory.upkeep.free_codes import free_code

LONGEST_NAME = Schedule._meta.get_field("name").max_length or 120
# What a copy of a schedule has as the schedule has it.
SAME = ("timezone", "country", "subdivision", "always_open", "holidays")


def keepers(schedule: Schedule) -> int:
    """How many channels and escalation contacts keep these hours. A query for each kind."""
    return sum(rows.count() for rows in schedule.holders())


def give_own_hours(holder: Any) -> Schedule:
    """Store a copy of the schedule of a channel or an escalation contact, with its spans and the
    exceptions that name it, and have this one alone keep it. Returns the copy.

    Publishing is up to the caller. Raises ValidationError where an exception names as many
    schedules as it may already.
    """
    schedule: Schedule = holder.schedule
    # Not as the schedule is called: that name says hours which are about to change.
    name = _("Only %(who)s") % {"who": holder.short_name}
    copy = Schedule(
        code=free_code(Schedule, name),
        name=Truncator(name).chars(LONGEST_NAME),
        **{each: getattr(schedule, each) for each in SAME},
    )
    copy.full_clean()
    copy.save()
    for span in schedule.spans.all():
        values = {
            each.attname: getattr(span, each.attname) for each in TimeSpan._meta.concrete_fields
        }
        TimeSpan(**{**values, "id": None, "schedule_id": copy.pk}).save()
    for exception in schedule.exceptions.all():
        if exception.schedules.count() >= NAMED_AT_MOST:
            message = _("The exception “%s” names too many schedules already to name one more.")
            raise ValidationError(message % exception, code="too_many_schedules")
        exception.schedules.add(copy)
    holder.schedule = copy
    holder.save(update_fields=["schedule"])
    return copy
