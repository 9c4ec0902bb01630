"""Levels: whom to ask when the one before did not help."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from directory.models import RequestType, Service
from directory.models.constraints import RowsConstraint
from directory.models.durations import LONGEST, PLAUSIBLE_TIME, MinutesField
from directory.models.natural_keys import NaturalKeyModel
from directory.models.validity import ValidityModel
from escalations.models.contacts import EscalationContact
from escalations.models.policies import EscalationPolicy


class EscalationLevel(ValidityModel, NaturalKeyModel):
    """Who answers on one step of a policy. On every day the levels are numbered 1, 2, 3, ...
    without a gap.

    Several contacts may answer on a level, each for what `purpose` and `request_types` say; a
    title, and a time for all types, that one of them has is that of the level. A contact may be on
    a level only from and until given days.
    """

    policy = models.ForeignKey(
        EscalationPolicy,
        verbose_name=_("escalation policy"),
        on_delete=models.CASCADE,
        related_name="levels",
    )
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1)])
    contact = models.ForeignKey(
        EscalationContact,
        verbose_name=_("escalation contact"),
        on_delete=models.PROTECT,
        related_name="levels",
    )
    title = models.CharField(
        _("title"),
        max_length=120,
        blank=True,
        help_text=_(
            "As you call the level, such as “Tier 1”. Empty: “First escalation” and so on."
        ),
    )
    purpose = models.CharField(
        _("for"),
        max_length=120,
        blank=True,
        help_text=_("What this contact is for, where a level has several: “Networks”, “Europe”."),
    )
    request_types = models.ManyToManyField(
        RequestType,
        through="EscalationLevelRequestType",
        verbose_name=_("request types"),
        blank=True,
        related_name="escalation_levels",
        help_text=_("None chosen: for all."),
    )
    escalate_after_minutes = MinutesField(
        _("escalate after"),
        null=True,
        blank=True,
        validators=PLAUSIBLE_TIME,
        help_text=_("For all requests, such as “2 h” or “1 day”. Empty: not stated."),
    )

    natural_key_fields = ("policy__service__slug", "level", "contact__code", "valid_from")
    part_of = "policy"
    validity_related = ("policy__service", "contact")
    holder_field = "policy"
    holder_related = ("policy__service",)
    copied_with = "policy"

    class Meta:
        verbose_name = _("escalation level")
        verbose_name_plural = _("escalation levels")
        ordering = ["level", F("valid_from").asc(nulls_first=True)]
        constraints = [
            *ValidityModel.Meta.constraints,
            models.CheckConstraint(name="escalationlevel_begins_at_one", condition=Q(level__gte=1)),
            models.CheckConstraint(
                name="escalationlevel_time_is_plausible",
                condition=Q(escalate_after_minutes=None)
                | Q(escalate_after_minutes__range=(1, LONGEST)),
            ),
            models.UniqueConstraint(
                fields=["policy", "level", "contact", "valid_from"],
                name="escalationlevel_is_unique_from_a_day_on",
                violation_error_message=_("This contact is already on this level."),
            ),
            models.UniqueConstraint(
                fields=["policy", "level", "contact"],
                condition=Q(valid_from=None),
                name="escalationlevel_is_unique_from_the_beginning",
                violation_error_message=_("This contact is already on this level."),
            ),
            RowsConstraint(
                name="escalationlevel_has_a_contact_once",
                forbidden="""EXISTS (
                    SELECT 1 FROM escalations_escalationlevel other
                    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id
                    AND other.level = NEW.level AND other.contact_id = NEW.contact_id
                    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
                         OR other.valid_from <= NEW.valid_until)
                    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
                         OR NEW.valid_from <= other.valid_until))""",
            ),
            # That the one before is there on all of its days is left to `validate_among` and
            # `validate_whole`: days cannot be counted in the SQL that both databases share.
            RowsConstraint(
                name="escalationlevel_follows_the_one_before",
                forbidden="""NEW.level > 1 AND NOT EXISTS (
                    SELECT 1 FROM escalations_escalationlevel other
                    WHERE other.policy_id = NEW.policy_id AND other.level = NEW.level - 1)""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} › {self.level}: {self.contact}"

    def services(self) -> QuerySet[Service]:
        """The service whose page shows it."""
        return Service.objects.filter(escalation_policy=self.policy_id)

    def validity_subject(self) -> EscalationPolicy:
        """The policy: its page has the dates of its levels."""
        return self.policy

    def neighbours(self) -> "QuerySet[EscalationLevel]":
        """The other levels of the policy, as they are stored."""
        return EscalationLevel.objects.filter(policy=self.policy_id).exclude(pk=self.pk)

    def validate_among(self, others: "Collection[EscalationLevel]") -> None:
        """Raise ValidationError, at the field that is wrong, if the days of this contact overlap
        those of the same one on this level among `others`, or reach beyond those of the level
        before."""
        if any(self._is_same_as(other) and self._shares_a_day(other) for other in others):
            field = "valid_from" if self.valid_from else "contact"
            message = _(
                "On some of these days level %(level)d has this contact already. Choose another "
                "one, or let one end on the day before the other begins."
            )
            raise self._error(field, message, "level_overlap")
        before = [other for other in others if other.level == self.level - 1]
        if self.level > 1 and not before:
            message = _(
                "Level %(level)d needs a level %(before)d. Add that one, or number this one lower."
            )
            raise self._error("level", message, "level_gap")
        if self.level > 1 and (gap := self._gap_in(before)):
            raise self._gap_error(self, gap)

    def validate_whole(self) -> None:
        """Raise ValidationError, at a date of this level, if on some day this one or the one after
        it lacks the one before, among all levels of the policy as they are stored."""
        levels = list(EscalationLevel.objects.filter(policy=self.policy_id))
        for each in levels:
            before = [other for other in levels if other.level == each.level - 1]
            is_near = each.level in (self.level, self.level + 1)
            if is_near and before and (gap := each._gap_in(before)):
                raise self._gap_error(each, gap)

    def _gap_error(self, after: "EscalationLevel", gap: tuple[date, date]) -> ValidationError:
        """That on the days from `gap[0]` to `gap[1]` there is the level `after` and none before."""
        first, last = gap
        message = (
            _(
                "Until %(day)s there would be a level %(level)d and no level %(before)d. Change "
                "the dates of one of the two, or add a level %(before)d for these days."
            )
            if first == date.min
            else _(
                "From %(day)s there would be a level %(level)d and no level %(before)d. Change "
                "the dates of one of the two, or add a level %(before)d for these days."
            )
        )
        day = formats.date_format(last if first == date.min else first, "DATE_FORMAT")
        field = "valid_until" if self.valid_until else "valid_from"
        return self._error(field, message, "level_gap_on_some_days", after.level, day=day)

    def _error(
        self, field: str, message: Any, code: str, level: int | None = None, **params: Any
    ) -> ValidationError:
        level = level or self.level
        params |= {"level": level, "before": level - 1}
        return ValidationError({field: ValidationError(message, code=code, params=params)})

    def _days(self) -> tuple[date, date]:
        return self.valid_from or date.min, self.valid_until or date.max

    def _is_same_as(self, other: "EscalationLevel") -> bool:
        return (other.level, other.contact_id) == (self.level, self.contact_id)

    def _shares_a_day(self, other: "EscalationLevel") -> bool:
        (first, last), (other_first, other_last) = self._days(), other._days()
        return first <= other_last and other_first <= last

    def _gap_in(self, others: "Collection[EscalationLevel]") -> tuple[date, date] | None:
        """The first and the last of its days, in a row, on which none of the others is valid; None
        if there are none."""
        first, last = self._days()
        for other_first, other_last in sorted(other._days() for other in others):
            if other_first > first:
                return first, min(last, other_first - timedelta(days=1))
            if other_last >= last:
                return None
            first = max(first, other_last + timedelta(days=1))
        return first, last


class EscalationLevelRequestType(models.Model):
    """That a level is for a request type, as Django makes it for a many-to-many field; but a type
    in use cannot be deleted."""

    escalationlevel = models.ForeignKey(EscalationLevel, on_delete=models.CASCADE, related_name="+")
    requesttype = models.ForeignKey(RequestType, on_delete=models.PROTECT, related_name="+")

    holder_field = "escalationlevel"
    path_to_request_type = "escalation_policy__levels__request_types"
    holder_related = ("escalationlevel__policy__service", "escalationlevel__contact")

    class Meta:
        auto_created = EscalationLevel
        db_table = "escalations_escalationlevel_request_types"
        unique_together = [("escalationlevel", "requesttype")]

    def __str__(self) -> str:
        return f"{self.escalationlevel} › {self.requesttype}"
