"""Facts with dates: what holds from a day on, until a day, or both."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.hours.validity import Validity, is_longer_than_a_year
from directory.models.date_fields import DateField


def validate_plausible_year(at: date) -> None:
    """Raise ValidationError for a day or an instant of a year that was typed wrong: 2206, 0206."""
    if not 2000 <= at.year <= 2199:
        raise ValidationError(
            _("Check the year: it has to be between 2000 and 2199."), code="implausible_year"
        )


def validate_not_to_come(day: date) -> None:
    """Raise ValidationError for a day after today, in the organisation's time zone."""
    if day > timezone.localdate():
        raise ValidationError(
            _("That day is still to come. Write the day on which it was done."), code="to_come"
        )


def refuse_days_out_of_order(first: date | None, last: date | None, field: str) -> None:
    """Raise ValidationError at `field`, the later one, if both days are given and in disorder."""
    if first and last and last < first:
        raise ValidationError(
            {
                field: ValidationError(
                    _("It ends before it begins. Check both dates."), code="dates_out_of_order"
                )
            }
        )


def refuse_longer_than_a_year(first: date | None, last: date | None, field: str) -> None:
    """Raise ValidationError at `field`, the last day, for what cannot recur every year."""
    if first is None or last is None:
        message = _("What applies every year has a first and a last day. Write both.")
        raise ValidationError({field: ValidationError(message, code="days_missing")})
    if is_longer_than_a_year(first, last):
        message = _(
            "What applies every year ends before it begins again. Write its last day of the first "
            "time, such as 15 September of the year in which it begins."
        )
        raise ValidationError({field: ValidationError(message, code="longer_than_a_year")})


class ValidityModel(models.Model):
    """A row that may hold only from and until given days, both included; empty means no limit."""

    # Taken over and not inherited: migrations would name the base.
    is_valid_on = Validity.is_valid_on
    is_past_on = Validity.is_past_on
    begins_after = Validity.begins_after

    valid_from = DateField(
        _("valid from"), null=True, blank=True, validators=[validate_plausible_year]
    )
    valid_until = DateField(
        _("valid until"), null=True, blank=True, validators=[validate_plausible_year]
    )

    # What naming a row needs.
    validity_related: tuple[str, ...] = ()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_validity_is_in_order",
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
            )
        ]

    def clean(self) -> None:
        super().clean()
        refuse_days_out_of_order(self.valid_from, self.valid_until, "valid_until")

    def validity_subject(self) -> models.Model:
        """The row whose page in the back office has these dates."""
        return self
