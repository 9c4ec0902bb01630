"""What schedules do on public holidays, and on those of which place, changed for many at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from directory.hours.holidays import place_in_words
from directory.models import Schedule
from directory.models.recording import watch


@dataclass(frozen=True, kw_only=True)
class HolidayRule:
    """What schedules are to do; None is left as it is in each.

    `holidays` is one of `Schedule.Holidays`, `place` a country and one of its subdivisions, or "".
    """

    holidays: str | None = None
    place: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class RuleChange:
    """A schedule that does something else, in words before and after."""

    schedule: Schedule
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.sentences)


@transaction.atomic
def apply(rule: HolidayRule, schedules: Iterable[Schedule]) -> list[RuleChange]:
    """Store the rule in those of these schedules that have another, and tell what changed. Those of
    24 hours answer on holidays too, whatever is chosen, and are left alone.

    The caller has the turn of publishing. Raises ValidationError, which names the schedules, if
    some cannot keep the rule; then nothing is stored.
    """
    keys = [schedule.pk for schedule in schedules]
    rows = Schedule.objects.filter(pk__in=keys, always_open=False).order_by("name", "pk")
    changes, refused = [], []
    stored = list(rows.prefetch_related("spans"))
    watch(stored)
    for row in stored:
        before = _in_words(row)
        if rule.holidays is not None:
            row.holidays = rule.holidays
        if rule.place is not None:
            row.country, row.subdivision = rule.place
        try:
            row.full_clean(validate_unique=False, validate_constraints=False)
            row.validate_whole()
        except ValidationError as error:
            refused.append(f"{row}: {' '.join(error.messages)}")
            continue
        sentences = tuple(_changed(before, _in_words(row)))
        if sentences:
            row.save()
            changes.append(RuleChange(schedule=row, sentences=sentences))
    if refused:
        raise ValidationError(refused)
    return changes


def _in_words(row: Schedule) -> tuple[tuple[str, str], ...]:
    return (
        (_("On public holidays"), row.get_holidays_display()),
        (_("Holidays of"), place_in_words(row.country, row.subdivision)),
    )


def _changed(
    before: tuple[tuple[str, str], ...], after: tuple[tuple[str, str], ...]
) -> Iterator[str]:
    for (what, old), (_what, new) in zip(before, after, strict=True):
        if old != new:
            yield f"{what}: {old} → {new}."
