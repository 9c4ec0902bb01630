"""Days on which hours are not as usual."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from directory.hours.schedule import DatedException, Span
from directory.models.constraints import RowsConstraint
from directory.models.natural_keys import NaturalKeyModel
from directory.models.schedules import OpeningModel, Schedule
from directory.models.validity import PLAUSIBLE_DAY, refuse_days_out_of_order

if TYPE_CHECKING:
    from directory.models.services import Service

SPANS_OF_CLOSED_DAY = _("The exception is closed all day. Untick that, or remove the hours.")


class ScheduleException(NaturalKeyModel):
    """Days on which a schedule, or every schedule, is not as usual."""

    code = models.SlugField(
        _("code"), unique=True, help_text=_("A short, stable name for imports.")
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("schedule"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="exceptions",
        help_text=_("Empty: it applies to all schedules, the 24-hour ones too."),
    )
    first_day = models.DateField(_("first day"), validators=PLAUSIBLE_DAY)
    last_day = models.DateField(
        _("last day"),
        validators=PLAUSIBLE_DAY,
        help_text=_("Included. The same as the first for a single day."),
    )
    reason = models.CharField(
        _("reason"), max_length=120, help_text=_("Customers read it, such as “Year-end closure”.")
    )
    is_closed = models.BooleanField(
        _("closed all day"),
        default=True,
        help_text=_("If not, the hours below apply on these days instead of the usual ones."),
    )

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["first_day", "last_day", "code"]
        constraints = [
            models.CheckConstraint(
                name="scheduleexception_days_are_in_order",
                condition=Q(last_day__gte=F("first_day")),
            ),
            models.UniqueConstraint(
                fields=["schedule", "first_day", "last_day"],
                name="scheduleexception_days_are_unique_in_schedule",
                violation_error_code="first_day",
                violation_error_message=_("There is already an exception for exactly these days."),
            ),
            models.UniqueConstraint(
                fields=["first_day", "last_day"],
                condition=Q(schedule=None),
                name="scheduleexception_days_are_unique_for_all",
                violation_error_code="first_day",
                violation_error_message=_("There is already an exception for exactly these days."),
            ),
        ]

    def __str__(self) -> str:
        day = formats.date_format(self.first_day, "SHORT_DATE_FORMAT")
        return f"{self.reason} ({day})"

    def clean(self) -> None:
        refuse_days_out_of_order(self.first_day, self.last_day, "last_day")

    def validate_whole(self, spans: "Collection[ExceptionSpan] | None" = None) -> None:
        """Raise ValidationError at `is_closed` unless it says that it is closed, or its hours.

        `spans` are its hours as a form is about to save them, the stored ones by default.
        """
        spans = self.spans.all() if spans is None else spans
        if self.is_closed and spans:
            error = ValidationError(SPANS_OF_CLOSED_DAY, code="span_of_closed_day")
            raise ValidationError({"is_closed": error})
        if not self.is_closed and not spans:
            raise ValidationError(
                {
                    "is_closed": ValidationError(
                        _("Say when it opens and closes on these days, or that it is closed."),
                        code="hours_missing",
                    )
                }
            )

    def services(self) -> "models.QuerySet[Service]":
        """The services whose pages this exception concerns."""
        from directory.models.services import Service

        return self.schedule.services() if self.schedule else Service.objects.all()

    def as_hours(self) -> DatedException:
        """The value of `directory.hours` for this row."""
        return DatedException(
            first_day=self.first_day,
            last_day=self.last_day,
            reason=self.reason,
            spans=() if self.is_closed else tuple(span.as_hours() for span in self.spans.all()),
            for_all=self.schedule_id is None,
        )


class ExceptionSpan(OpeningModel):
    """The hours of an exception that does not close all day."""

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
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"

    def clean(self) -> None:
        super().clean()
        if self.exception.is_closed:
            raise ValidationError(SPANS_OF_CLOSED_DAY, code="span_of_closed_day")

    def neighbours(self) -> "models.QuerySet[ExceptionSpan]":
        """The other hours of the exception, as they are stored."""
        return ExceptionSpan.objects.filter(exception=self.exception_id).exclude(pk=self.pk)

    def as_hours(self) -> Span:
        """The value of `directory.hours` for this row."""
        return Span(opens=self.opens, closes=self.closes)
