"""Checks of notices: what customers read that is over, or that has been so for long."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from directory.models import Notice
from directory.models.findings import Severity
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject

# What nobody has repaired for so long is rather gone.
LONG_AFTER = timedelta(days=14)


def notices_past_due(facts: Facts) -> Iterator[CheckMessage]:
    """Notices whose last day is over and that nobody has ended."""
    for notice in facts.notices:
        if notice.until and timezone.localdate(notice.until) < facts.today:
            message = _("It was to end on %(date)s. End it, or write until when it holds now.")
            yield CheckMessage(
                code="notice_past_due",
                severity=Severity.WARNING,
                subject=Subject.of(notice),
                field="until",
                message=message % {"date": _day(notice.until)},
                basis=(notice.until,),
            )


def long_notices(facts: Facts) -> Iterator[CheckMessage]:
    """What has been out of order, or limited, for LONG_AFTER, and without an end."""
    for notice in facts.notices:
        days = facts.today - timezone.localdate(notice.since)
        takes_away = notice.severity != Notice.Severity.INFORMATION
        if takes_away and notice.until is None and days >= LONG_AFTER:
            message = _(
                "It has been so for %(days)d days, since %(date)s. End it, write until when it "
                "holds, or take what it is about out of the directory."
            )
            yield CheckMessage(
                code="long_notice",
                severity=Severity.WARNING,
                subject=Subject.of(notice),
                message=message % {"days": days.days, "date": _day(notice.since)},
                basis=(notice.since, notice.severity),
            )


def _day(instant: datetime) -> str:
    return formats.date_format(timezone.localtime(instant), "DATE_FORMAT")
