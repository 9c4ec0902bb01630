"""Days on which hours are not as usual."""

from collections.abc import Collection
from datetime import date, time
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.hours.schedule import DatedException, ExceptionEffect, MonthlyDay, Span
from directory.hours.words import describe_day
from directory.models.address_fields import CodeField
from directory.models.constraints import RowsConstraint
from directory.models.date_fields import DateField
from directory.models.natural_keys import NaturalKeyManager, NaturalKeyModel
from directory.models.recurrence import longer_than_a_year
from directory.models.schedules import OpeningModel, Schedule, validate_whole_minutes
from directory.models.time_fields import TimeField
from directory.models.validity import (
    refuse_days_out_of_order,
    refuse_longer_than_a_year,
    validate_plausible_year,
)

if TYPE_CHECKING:
    from directory.models.services import Service

SPANS_WITHOUT_OTHER_HOURS = _("The hours below are for “other hours”. Choose that, or remove them.")

SOME_SCHEDULES = 4
# A form shows those that are named, with what was shown before.
NAMED_AT_MOST = 300

# Later than whatever is planned, with a 29 February.
LEAP_YEAR_TO_COME = 9996


class ScheduleExceptionQuerySet(models.QuerySet["ScheduleException"]):
    """Exceptions by their schedules."""

    def for_all(self) -> Self:
        """Those that name no schedule."""
        return self.filter(schedules=None)

    def of_days(self, first: date, last: date) -> Self:
        """Those of the days from `first` to `last`; what recurs may have others."""
        is_not_over = Q(last_day__gte=first) | Q(last_day=None) | Q(every_year=True)
        return self.filter(is_not_over, first_day__lte=last)

    def naming_only(self, schedules: Collection[Schedule]) -> Self:
        """Those that name some of these schedules, and no other: without them they would be for
        all."""
        others = Schedule.objects.exclude(pk__in=[each.pk for each in schedules])
        return self.filter(schedules__in=schedules).exclude(schedules__in=others).distinct()

    def with_some_schedules(self, among: "QuerySet[Schedule] | None" = None) -> Self:
        """Each with its `schedule_count`, and `some_schedules`: those of `among`, or the first
        few. All of them may be thousands."""
        named = Schedule.objects.order_by().filter(exceptions=OuterRef("pk"))
        count = named.values("exceptions").annotate(named=Count("pk")).values("named")
        some = Schedule.objects.all()[:SOME_SCHEDULES] if among is None else among
        return self.annotate(schedule_count=Coalesce(Subquery(count), 0)).prefetch_related(
            Prefetch("schedules", some, to_attr="some_schedules")
        )


class ScheduleException(NaturalKeyModel):
    """Days on which some schedules, or all, are not as usual."""

    class Effect(models.TextChoices):
        CLOSED = ExceptionEffect.CLOSED.value, _("closed all day")
        LIMITED = ExceptionEffect.LIMITED.value, _("opens later or closes earlier")
        OTHER_HOURS = ExceptionEffect.OTHER_HOURS.value, pgettext_lazy("effect", "other hours")

    class Monthly(models.TextChoices):
        EACH_DAY = "", _("on each of these days")
        FIRST_WORKING_DAY = MonthlyDay.FIRST_WORKING_DAY.value, _("first working day of each month")
        LAST_WORKING_DAY = MonthlyDay.LAST_WORKING_DAY.value, _("last working day of each month")

    code = CodeField(_("code"), unique=True, help_text=_("A short, stable name for imports."))
    schedules = models.ManyToManyField(
        Schedule,
        verbose_name=_("schedules"),
        blank=True,
        related_name="exceptions",
        help_text=_("None chosen: it applies to all schedules but the 24-hour ones."),
    )
    also_always_open = models.BooleanField(
        _("24-hour schedules too"),
        default=False,
        help_text=_("Whoever answers 24 hours is left alone unless this is ticked, or chosen."),
    )
    first_day = DateField(_("first day"), validators=[validate_plausible_year])
    last_day = DateField(
        _("last day"),
        null=True,
        blank=True,
        validators=[validate_plausible_year],
        help_text=_(
            "Included. The same as the first for a single day; empty only for a day of each month, "
            "until further notice."
        ),
    )
    every_year = models.BooleanField(
        _("every year"),
        default=False,
        help_text=_("On these days of each year, from the year written above on."),
    )
    monthly = models.CharField(
        _("of each month"),
        max_length=20,
        blank=True,
        choices=Monthly,
        help_text=_(
            "Only on this day of each month, from the first day on. A working day is one on which "
            "the schedule usually has hours and which is no public holiday."
        ),
    )
    reason = models.CharField(
        _("reason"), max_length=120, help_text=_("Customers read it, such as “Year-end closure”.")
    )
    effect = models.CharField(
        _("on these days"), max_length=20, choices=Effect, default=Effect.CLOSED
    )
    opens_at_earliest = TimeField(
        _("opens at the earliest"), null=True, blank=True, validators=[validate_whole_minutes]
    )
    closes_at_latest = TimeField(
        _("closes at the latest"),
        is_end=True,
        null=True,
        blank=True,
        validators=[validate_whole_minutes],
        help_text=_("00:00 is midnight at the end of the day."),
    )
    also_on_days_off = models.BooleanField(
        _("also on days that are usually closed"),
        default=False,
        help_text=_("The other hours also open days off and public holidays."),
    )

    # Of `with_some_schedules`.
    schedule_count: int
    some_schedules: list[Schedule]

    objects: ClassVar = NaturalKeyManager.from_queryset(ScheduleExceptionQuerySet)()

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["first_day", "last_day", "code"]
        constraints = [
            models.CheckConstraint(
                name="scheduleexception_days_are_in_order",
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="scheduleexception_monthly_is_known",
                condition=Q(monthly__in=["", *(day.value for day in MonthlyDay)]),
            ),
            models.CheckConstraint(
                name="scheduleexception_is_of_each_month_or_year",
                condition=Q(monthly="") | Q(every_year=False),
            ),
            models.CheckConstraint(
                name="scheduleexception_without_last_day_is_monthly",
                condition=Q(last_day__isnull=False) | ~Q(monthly=""),
            ),
            RowsConstraint(
                name="scheduleexception_every_year_is_no_longer_than_a_year",
                forbidden=f"""NEW.every_year
                    AND {longer_than_a_year("NEW.first_day", "NEW.last_day")}""",
            ),
            models.CheckConstraint(
                name="scheduleexception_effect_is_known",
                condition=Q(effect__in=[effect.value for effect in ExceptionEffect]),
            ),
            models.CheckConstraint(
                name="scheduleexception_limited_has_limits",
                condition=(
                    Q(effect=ExceptionEffect.LIMITED.value)
                    & (Q(opens_at_earliest__isnull=False) | Q(closes_at_latest__isnull=False))
                )
                | (
                    ~Q(effect=ExceptionEffect.LIMITED.value)
                    & Q(opens_at_earliest=None, closes_at_latest=None)
                ),
            ),
            models.CheckConstraint(
                name="scheduleexception_limits_are_in_order",
                condition=Q(opens_at_earliest=None)
                | Q(closes_at_latest=None)
                | Q(closes_at_latest="00:00")
                | Q(closes_at_latest__gt=F("opens_at_earliest")),
            ),
            models.CheckConstraint(
                name="scheduleexception_days_off_need_other_hours",
                condition=Q(also_on_days_off=False) | Q(effect=ExceptionEffect.OTHER_HOURS.value),
            ),
        ]

    def __str__(self) -> str:
        day = formats.date_format(self.first_day, "SHORT_DATE_FORMAT")
        return f"{self.reason} ({day})"

    def clean(self) -> None:
        refuse_days_out_of_order(self.first_day, self.last_day, "last_day")
        self._refuse_wrong_recurrence()
        self._refuse_wrong_limits()
        if self.also_on_days_off and self.effect != self.Effect.OTHER_HOURS:
            message = _(
                "On a day off there are no usual hours to change. Choose “other hours” for it."
            )
            error = ValidationError(message, code="days_off_without_hours")
            raise ValidationError({"also_on_days_off": error})

    def _refuse_wrong_recurrence(self) -> None:
        if self.monthly and self.every_year:
            message = _(
                "A day of each month recurs every year anyway. Untick “every year”, or choose “on "
                "each of these days”."
            )
            raise ValidationError({"every_year": ValidationError(message, code="monthly")})
        if not self.monthly and self.first_day and not self.last_day:
            message = _("Write the last day. For a single day it is the same as the first.")
            raise ValidationError({"last_day": ValidationError(message, code="last_day_missing")})
        if self.every_year and self.first_day and self.last_day:
            refuse_longer_than_a_year(self.first_day, self.last_day, "last_day")

    def _refuse_wrong_limits(self) -> None:
        opens, closes = self.opens_at_earliest, self.closes_at_latest
        if self.effect != self.Effect.LIMITED:
            message = _("This is for “opens later or closes earlier”. Choose that, or empty it.")
            given = {"opens_at_earliest": opens, "closes_at_latest": closes}
            wrong = {
                name: ValidationError(message, code="limit_without_effect")
                for name, at in given.items()
                if at is not None
            }
            if wrong:
                raise ValidationError(wrong)
        elif opens is None and closes is None:
            message = _("Say when it opens at the earliest, or when it closes at the latest.")
            error = ValidationError(message, code="limits_missing")
            raise ValidationError({"opens_at_earliest": error})
        elif opens is not None and closes is not None and time.min < closes <= opens:
            message = _(
                "It closes before it opens. Check both times; for no hours choose “closed”."
            )
            error = ValidationError(message, code="limits_out_of_order")
            raise ValidationError({"closes_at_latest": error})

    def validate_whole(self, spans: "Collection[ExceptionSpan] | None" = None) -> None:
        """Raise ValidationError unless it has hours where it says so, and none elsewhere.

        `spans` are its hours as a form is about to save them. Without, the stored ones count, and
        its stored schedules are validated too.
        """
        is_stored = spans is None
        spans = self.spans.all() if spans is None else spans
        has_other_hours = self.effect == self.Effect.OTHER_HOURS
        if spans and not has_other_hours:
            error = ValidationError(SPANS_WITHOUT_OTHER_HOURS, code="hours_without_effect")
            raise ValidationError({"effect": error})
        if has_other_hours and not spans:
            message = _("Say when it opens and closes on these days, or that it is closed.")
            raise ValidationError({"effect": ValidationError(message, code="hours_missing")})
        if is_stored:
            self.validate_schedules(self.schedules.all())

    def validate_schedules(self, schedules: Collection[Schedule]) -> None:
        """Raise ValidationError at `schedules` if they are too many, or at `first_day` if one of
        them, or all if there are none, has another exception for exactly these days.

        No constraint sees that, because the schedules stand in another table.
        """
        if len(schedules) > NAMED_AT_MOST:
            message = _(
                "At most %(most)d schedules can be chosen. For all of them choose none, else make "
                "several exceptions."
            )
            error = ValidationError(message, "too_many_schedules", {"most": NAMED_AT_MOST})
            raise ValidationError({"schedules": error})
        others = ScheduleException.objects.exclude(pk=self.pk).filter(
            first_day=self.first_day,
            last_day=self.last_day,
            every_year=self.every_year,
            monthly=self.monthly,
        )
        others = others.filter(schedules__in=schedules) if schedules else others.for_all()
        if other := others.first():
            message = _("There is already an exception for exactly these days: “%(other)s”.")
            error = ValidationError(message, code="same_days", params={"other": other})
            raise ValidationError({"first_day": error})

    def services(self) -> "models.QuerySet[Service]":
        """The services whose pages this exception concerns, by the schedules that are stored."""
        from directory.models.services import Service

        named = Schedule.objects.filter(exceptions=self.pk)
        reached = Service.objects.showing_schedules(named)
        is_for_all = ~models.Exists(named)
        return Service.objects.filter(Q(pk__in=reached.values("pk")) | is_for_all)

    def day_of_usual_hours(self) -> date:
        """The day whose week tells whether a schedule that it does not name never closes: of one
        that recurs, in years to come."""
        recurs = self.every_year or not self.last_day
        return self.first_day.replace(year=LEAP_YEAR_TO_COME) if recurs else self.first_day

    def as_hours(self, *, for_all: bool) -> DatedException:
        """The value of `directory.hours` for this row; whoever has read its schedules says whether
        it is one for all."""
        return DatedException(
            first_day=self.first_day,
            last_day=self.last_day,
            reason=self.reason,
            effect=ExceptionEffect(self.effect),
            spans=tuple(span.as_hours() for span in self.spans.all()),
            opens_at_earliest=self.opens_at_earliest,
            closes_at_latest=self.closes_at_latest,
            also_on_days_off=self.also_on_days_off,
            every_year=self.every_year,
            monthly=MonthlyDay(self.monthly) if self.monthly else None,
            for_all=for_all,
        )


class ExceptionSpan(OpeningModel):
    """The hours of an exception with other hours."""

    exception = models.ForeignKey(
        ScheduleException,
        verbose_name=_("exception"),
        on_delete=models.CASCADE,
        related_name="spans",
    )

    natural_key_fields = ("exception__code", "opens")
    part_of = "exception"

    class Meta:
        verbose_name = _("hours of an exception")
        verbose_name_plural = _("hours of an exception")
        ordering = ["opens"]
        constraints = [
            *OpeningModel.Meta.constraints,
            RowsConstraint(
                name="exceptionspan_overlaps_no_other",
                forbidden="""EXISTS (
                    SELECT 1 FROM directory_exceptionspan other
                    WHERE other.id <> NEW.id AND other.exception_id = NEW.exception_id
                    AND (other.closes <= other.opens OR NEW.opens < other.closes)
                    AND (NEW.closes <= NEW.opens OR other.opens < NEW.closes))""",
            ),
        ]

    def __str__(self) -> str:
        return describe_day([Span(opens=self.opens, closes=self.closes)])

    def clean(self) -> None:
        super().clean()
        # Where it has none, its field says so.
        exception = getattr(self, "exception", None)
        if exception and exception.effect != ScheduleException.Effect.OTHER_HOURS:
            raise ValidationError(SPANS_WITHOUT_OTHER_HOURS, code="hours_without_effect")

    def neighbours(self) -> "models.QuerySet[ExceptionSpan]":
        """The other hours of the exception, as they are stored."""
        return ExceptionSpan.objects.filter(exception=self.exception_id).exclude(pk=self.pk)

    def as_hours(self) -> Span:
        """The value of `directory.hours` for this row."""
        return Span(opens=self.opens, closes=self.closes)
