"""Schedules: named, shared hours. What they mean is computed in `directory.hours.rules`."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.hours.holidays import subdivision_code, subdivisions, supported_countries
from directory.hours.rules import is_around_the_clock, overlapping
from directory.hours.schedule import HOLIDAY, HolidayPolicy, OpeningHours, Span, WeeklySpan
from directory.hours.words import describe_day
from directory.models.address_fields import CodeField
from directory.models.constraints import RowsConstraint
from directory.models.natural_keys import NaturalKeyModel
from directory.models.recurrence import longer_than_a_year, share_a_day
from directory.models.time_fields import TimeField
from directory.models.validity import ValidityModel, refuse_longer_than_a_year

if TYPE_CHECKING:
    from directory.models.schedule_exceptions import ScheduleException
    from directory.models.services import Service

SPANS_OF_ALWAYS_OPEN = _("A 24-hour schedule has no spans. Remove them, or untick “24 hours”.")


def default_timezone() -> str:
    """The organisation's time zone."""
    return settings.ORGANIZATION.time_zone


def default_country() -> str:
    """The organisation's country."""
    return settings.ORGANIZATION.country


def validate_country(code: str) -> None:
    """Raise ValidationError for a country whose public holidays are not known."""
    # Without a calendar every holiday would look like a working day.
    if code not in supported_countries():
        raise ValidationError(
            _("The holidays of “%(code)s” are not known. Write two capital letters, such as CO."),
            code="unknown_country",
            params={"code": code},
        )


def validate_whole_minutes(at: time) -> None:
    """Raise ValidationError for a time with seconds."""
    if at.second or at.microsecond:
        raise ValidationError(
            _("Write hours and minutes only, such as 07:30."), code="seconds_given"
        )


def validate_timezone(name: str) -> None:
    """Raise ValidationError for a name that is no IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(
            _("There is no time zone “%(name)s”. Write one such as America/Bogota."),
            code="unknown_timezone",
            params={"name": name},
        )


class Schedule(NaturalKeyModel):
    """Hours with a name, shared by the channels and escalation contacts that keep them."""

    class Holidays(models.TextChoices):
        NOT_STATED = HolidayPolicy.NOT_STATED.value, _("not stated")
        AS_WEEKDAY = HolidayPolicy.AS_WEEKDAY.value, _("as on the same day of the week")
        CLOSED = HolidayPolicy.CLOSED.value, pgettext_lazy("hours", "closed")
        OWN_HOURS = HolidayPolicy.OWN_HOURS.value, _("own hours (the spans of “holiday”)")

    code = CodeField(_("code"), unique=True, help_text=_("A short, stable name for imports."))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("For staff, such as “Weekdays 7 to 19”.")
    )
    always_open = models.BooleanField(
        _("24 hours, 7 days a week"),
        default=False,
        help_text=_(
            "Answers on public holidays too; only an exception that names it, or says that it "
            "applies to 24-hour schedules too, closes it."
        ),
    )
    holidays = models.CharField(
        _("on public holidays"),
        max_length=20,
        choices=Holidays,
        default=Holidays.NOT_STATED,
        help_text=_(
            "While it is not stated, pages say on a holiday that its hours are not confirmed."
        ),
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, default=default_timezone, validators=[validate_timezone]
    )
    country = models.CharField(
        _("country of the holidays"),
        max_length=2,
        default=default_country,
        validators=[validate_country],
    )
    subdivision = models.CharField(
        _("region of the holidays"),
        max_length=40,
        blank=True,
        help_text=_(
            "Its public holidays count besides those of the whole country. What a town celebrates "
            "alone is an exception that repeats every year."
        ),
    )

    called_by = ("name",)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["name"]
        permissions = [
            ("bulk_change_schedule", _("Can import schedules and change many on public holidays"))
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not the field's default: a schedule of another country must not begin with it.
        own = settings.ORGANIZATION
        if not args and "subdivision" not in kwargs and self.country == own.country:
            self.subdivision = own.subdivision

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not self.subdivision or self.country not in supported_countries():
            return
        code = subdivision_code(self.country, self.subdivision)
        if not code:
            raise ValidationError({"subdivision": self._unknown_subdivision()})
        self.subdivision = code

    def _unknown_subdivision(self) -> ValidationError:
        known = [f"{name} ({code})" for code, name in subdivisions(self.country).items()]
        message = _(
            "“%(subdivision)s” is no region of %(country)s with holidays of its own. "
            "Choose one of these, or none: %(known)s."
        )
        if not known:
            message = _(
                "No region of %(country)s has holidays of its own: leave this empty, not "
                "“%(subdivision)s”."
            )
        names = {"subdivision": self.subdivision, "country": self.country}
        params = names | {"known": ", ".join(known)}
        return ValidationError(message, code="unknown_subdivision", params=params)

    def validate_whole(self) -> None:
        """Raise ValidationError if the stored spans are no longer possible in this schedule."""
        spans = self.spans.all()
        if self.always_open and spans:
            raise ValidationError(
                {"always_open": ValidationError(SPANS_OF_ALWAYS_OPEN, code="span_of_always_open")}
            )
        on_holidays = any(span.day == HOLIDAY for span in spans)
        if on_holidays and self.holidays != self.Holidays.OWN_HOURS:
            message = _("It has spans of public holidays. Remove them first, or keep “own hours”.")
            error = ValidationError(message, code="holiday_span_without_policy")
            raise ValidationError({"holidays": error})

    @classmethod
    def holder_models(cls) -> list[type[Any]]:
        """The models, of whatever app, whose rows keep the hours of a schedule; each has a
        `paths_from_service` and `holder_related`."""
        related = (relation.related_model for relation in cls._meta.related_objects)
        return [model for model in related if hasattr(model, "paths_from_service")]

    def services(self) -> "QuerySet[Service]":
        """The services whose pages show these hours."""
        from directory.models.services import Service

        return Service.objects.showing_schedules(Schedule.objects.filter(pk=self.pk))

    def holders(self) -> list[models.QuerySet]:
        """The channels and escalation contacts that keep these hours: a queryset of each."""
        return [
            model.objects.filter(schedule=self).select_related(*model.holder_related).order_by("pk")
            for model in self.holder_models()
        ]

    def as_hours(
        self,
        exceptions_for_all: "Iterable[ScheduleException]" = (),
        own_exceptions: "Iterable[ScheduleException] | None" = None,
    ) -> OpeningHours:
        """The `OpeningHours` of this row, with the exceptions that apply to all schedules: to one
        that never closes only those that say so.

        Its own are read, unless `own_exceptions` has those that count.
        """
        own = self.exceptions.all() if own_exceptions is None else own_exceptions
        hours = OpeningHours(
            code=self.code,
            name=self.name,
            timezone=self.timezone,
            country=self.country,
            subdivision=self.subdivision,
            always_open=self.always_open,
            holidays=HolidayPolicy(self.holidays),
            spans=tuple(span.as_hours() for span in self.spans.all()),
            exceptions=tuple(exception.as_hours(for_all=False) for exception in own),
        )
        for_all = tuple(
            exception.as_hours(for_all=True)
            for exception in exceptions_for_all
            if exception.also_always_open
            or not is_around_the_clock(hours, exception.day_of_usual_hours())
        )
        return replace(hours, exceptions=hours.exceptions + for_all)


class OpeningModel(NaturalKeyModel):
    """From when until when: what a span of the week and one of an exception have in common."""

    opens = TimeField(_("opens"), validators=[validate_whole_minutes])
    closes = TimeField(
        _("closes"),
        is_end=True,
        validators=[validate_whole_minutes],
        help_text=_("An earlier time than the opening means: on the next day."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_not_empty",
                condition=~Q(opens=F("closes")) | Q(opens="00:00"),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.opens and self.opens == self.closes and self.opens != time.min:
            raise ValidationError(
                {
                    "closes": ValidationError(
                        _("It closes when it opens. For a whole day write 00:00 twice."),
                        code="empty_span",
                    )
                }
            )

    def as_hours(self) -> Span:
        """The value of `directory.hours` for this row."""
        raise NotImplementedError

    def validate_among(self, others: "Iterable[OpeningModel]") -> None:
        """Raise ValidationError at `opens` if this span overlaps one of `others`."""
        own = self.as_hours()
        for other in others:
            if overlapping([own, other.as_hours()]):
                raise ValidationError(
                    {
                        "opens": ValidationError(
                            _("It overlaps “%(other)s”. Change one of the two, or remove it."),
                            code="overlap",
                            params={"other": other},
                        )
                    }
                )


class TimeSpan(ValidityModel, OpeningModel):
    """One opening of a week: a day, from when, until when."""

    class Day(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")
        HOLIDAY = HOLIDAY, _("public holiday")

    schedule = models.ForeignKey(
        Schedule, verbose_name=_("schedule"), on_delete=models.CASCADE, related_name="spans"
    )
    day = models.PositiveSmallIntegerField(_("day"), choices=Day)
    every_year = models.BooleanField(
        _("every year"),
        default=False,
        help_text=_("From the first until the last of the days above, again each year."),
    )

    natural_key_fields = ("schedule__code", "day", "opens", "valid_from")
    part_of = "schedule"

    class Meta:
        verbose_name = _("time span")
        verbose_name_plural = _("time spans")
        ordering = ["day", "opens", "valid_from"]
        constraints = [
            *ValidityModel.Meta.constraints,
            *OpeningModel.Meta.constraints,
            models.CheckConstraint(
                name="timespan_day_is_weekday_or_holiday", condition=Q(day__range=(1, 8))
            ),
            models.CheckConstraint(
                name="timespan_every_year_has_both_days",
                condition=Q(every_year=False)
                | Q(valid_from__isnull=False, valid_until__isnull=False),
            ),
            RowsConstraint(
                name="timespan_every_year_is_no_longer_than_a_year",
                forbidden=f"""NEW.every_year
                    AND {longer_than_a_year("NEW.valid_from", "NEW.valid_until")}""",
            ),
            RowsConstraint(
                name="timespan_overlaps_no_other",
                forbidden=f"""EXISTS (
                    SELECT 1 FROM directory_timespan other
                    WHERE other.id <> NEW.id AND other.schedule_id = NEW.schedule_id
                    AND {share_a_day("NEW", "other")}
                    AND (
                        (other.day = NEW.day
                         AND (other.closes <= other.opens OR NEW.opens < other.closes)
                         AND (NEW.closes <= NEW.opens OR other.opens < NEW.closes))
                        OR (NEW.closes <= NEW.opens AND other.opens < NEW.closes AND other.day =
                            CASE NEW.day WHEN 7 THEN 1 WHEN 8 THEN 0 ELSE NEW.day + 1 END)
                        OR (other.closes <= other.opens AND NEW.opens < other.closes AND NEW.day =
                            CASE other.day WHEN 7 THEN 1 WHEN 8 THEN 0 ELSE other.day + 1 END)))""",  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_day_display()} {describe_day([Span(opens=self.opens, closes=self.closes)])}"
        )

    def clean(self) -> None:
        super().clean()
        if self.every_year:
            refuse_longer_than_a_year(self.valid_from, self.valid_until, "valid_until")
        if self.schedule_id is None:
            # Its field says so.
            return
        if self.schedule.always_open:
            raise ValidationError(SPANS_OF_ALWAYS_OPEN, code="span_of_always_open")
        own_hours = self.schedule.holidays == Schedule.Holidays.OWN_HOURS
        if self.day == self.Day.HOLIDAY and not own_hours:
            raise ValidationError(
                {
                    "day": ValidationError(
                        _("Choose “own hours” on public holidays first; only then it applies."),
                        code="holiday_span_without_policy",
                    )
                }
            )

    def neighbours(self) -> "QuerySet[TimeSpan]":
        """The other spans of the schedule, as they are stored."""
        return TimeSpan.objects.filter(schedule=self.schedule_id).exclude(pk=self.pk)

    def as_hours(self) -> WeeklySpan:
        """The value of `directory.hours` for this row."""
        return WeeklySpan(
            day=self.day,
            opens=self.opens,
            closes=self.closes,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            every_year=self.every_year,
        )
