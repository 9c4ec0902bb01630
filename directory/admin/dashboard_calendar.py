"""What is coming, as the start page tells it."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Model
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from directory.admin import dashboard
from directory.admin.dashboard import COMING_AT_MOST, Coming, Dashboard
from directory.hours.words import describe_day
from directory.models import ContactPoint
from directory.upkeep.calendar import validities

AHEAD = timedelta(days=365)


def planned_replacements(page: Dashboard) -> Iterator[Coming]:
    """Numbers and addresses that another one takes the place of."""
    planned = ContactPoint.objects.filter(replaced_on__gt=page.today).select_related("replaced_by")
    for each in planned.order_by("replaced_on", "pk")[:COMING_AT_MOST]:
        values = {"old": each.display, "new": each.replaced_by.display, "label": each.label}
        text = _("%(label)s: %(new)s takes the place of %(old)s") % values
        yield Coming(each.replaced_on, text, _page(each))


def planned_validity(page: Dashboard) -> Iterator[Coming]:
    """Channels, escalation levels and opening hours that begin or end."""
    for event in validities(page.today, page.today + AHEAD):
        [subject] = event.subjects
        [named] = event.details or [str(subject)]
        yield Coming(event.on, f"{named}: {event.text}", _page(subject))
    for schedule in page.schedules:
        for span in schedule.spans.all():
            days = ((span.valid_from, _("First day")), (span.valid_until, _("Last day")))
            for day, text in days:
                if day and day >= page.today:
                    named = f"{schedule.name} › {span}"
                    yield Coming(day, f"{named}: {text}", _page(schedule))


def planned_exceptions(page: Dashboard) -> Iterator[Coming]:
    """Closures and other dated hours that are not over."""
    for each in page.exceptions:
        said = describe_day(each.as_hours().spans)
        values = {
            "reason": each.reason,
            "hours": said,
            "schedule": each.schedule or _("all schedules"),
            "until": formats.date_format(each.last_day, "DATE_FORMAT"),
        }
        text = (
            _("%(reason)s: %(hours)s (%(schedule)s)")
            if each.first_day == each.last_day
            else _("%(reason)s: %(hours)s until %(until)s (%(schedule)s)")
        )
        yield Coming(each.first_day, text % values, _page(each))


def _page(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def register() -> None:
    """Put what is coming on the start page."""
    dashboard.register_coming(planned_replacements, order=10)
    dashboard.register_coming(planned_validity, order=20)
    dashboard.register_coming(planned_exceptions, order=30)
