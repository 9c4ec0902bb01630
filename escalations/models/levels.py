"""Levels: whom to ask when the one before did not help."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from directory.hours.durations import describe_duration
from directory.hours.validity import share_a_day
from directory.models import RequestType, Service
from directory.models.constraints import RowsConstraint
from directory.models.durations import LONGEST, PLAUSIBLE_TIME, MinutesField
from directory.models.natural_keys import NaturalKeyModel
from directory.models.validity import ValidityModel
from escalations.models.contacts import EscalationContact
from escalations.models.policies import EscalationPolicy

# What is said once for a level, and the message for who says it twice.
ONE_OF_A_LEVEL = {
    "title": _(
        "Level %(level)d is called “%(other)s” already. Write the same title with each of its "
        "contacts, or with one of them only."
    ),
    "escalate_after_minutes": _(
        "Level %(level)d is reached after %(other)s already. Write the same time with each "
        "of its contacts, or with one of them only."
    ),
}
# In the SQL of a RowsConstraint: another contact of the level, on some of the same days.
OTHER_ON_THE_LEVEL = """
    SELECT 1 FROM escalations_escalationlevel other
    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id AND other.level = NEW.level
    AND (other.valid_from IS NULL OR NEW.valid_until IS NULL
         OR other.valid_from <= NEW.valid_until)
    AND (NEW.valid_from IS NULL OR other.valid_until IS NULL
         OR NEW.valid_from <= other.valid_until)"""


class EscalationLevel(ValidityModel, NaturalKeyModel):
    """Who answers on one step of a policy. On every day the levels are numbered 1, 2, 3, ...
    without a gap.

    Several contacts may answer on a level, each for what `purpose` and `request_types` say; the
    title, and the time for all types, that one of them has are those of the level. A contact may be
    on a level only from and until given days.
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
    leading_fields = ("policy_id", "level", "contact_id", "valid_from", "valid_until")
    part_of = "policy"
    validity_related = ("policy__service", "contact")
    holder_field = "policy"
    holder_related = ("policy__service",)
    copied_with = "policy"
    # What a fixture says of another contact from the same day on, it says of the one before.
    replaced_within = ("level", "valid_from")

    class Meta:
        verbose_name = _("escalation level")
        verbose_name_plural = _("escalation levels")
        ordering = ["level", F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            *ValidityModel.Meta.constraints,
            models.CheckConstraint(name="escalationlevel_begins_at_one", condition=Q(level__gte=1)),
            models.CheckConstraint(
                name="escalationlevel_time_is_plausible",
                condition=Q(escalate_after_minutes=None)
                | Q(escalate_after_minutes__range=(1, LONGEST)),
            ),
            models.UniqueConstraint(
                fields=["policy", "contact", "level", "valid_from"],
                name="escalationlevel_is_unique_from_a_day_on",
                violation_error_message=_("This contact is already on this level."),
            ),
            models.UniqueConstraint(
                fields=["policy", "contact", "level"],
                condition=Q(valid_from=None),
                name="escalationlevel_is_unique_from_the_beginning",
                violation_error_message=_("This contact is already on this level."),
            ),
            RowsConstraint(
                name="escalationlevel_has_a_contact_once",
                forbidden=f"EXISTS ({OTHER_ON_THE_LEVEL} AND other.contact_id = NEW.contact_id)",
            ),
            RowsConstraint(
                name="escalationlevel_has_one_title",
                forbidden=f"""NEW.title <> '' AND EXISTS (
                    {OTHER_ON_THE_LEVEL} AND other.title <> '' AND other.title <> NEW.title)""",
            ),
            RowsConstraint(
                name="escalationlevel_has_one_time",
                forbidden=f"""EXISTS (
                    {OTHER_ON_THE_LEVEL}
                    AND other.escalate_after_minutes <> NEW.escalate_after_minutes)""",
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
        title, purpose = (f" {text}" if text else "" for text in (self.title, self.purpose))
        return f"{self.policy} › {self.level}{title}:{purpose} {self.contact}"

    def services(self) -> QuerySet[Service]:
        """The service whose page shows it."""
        return Service.objects.filter(escalation_policy=self.policy_id)

    def validity_subject(self) -> EscalationPolicy:
        """The policy: its page has the dates of its levels."""
        return self.policy

    def neighbours(self) -> "QuerySet[EscalationLevel]":
        """The other levels of the policy, as they are stored."""
        return EscalationLevel.objects.filter(policy=self.policy_id).exclude(pk=self.pk)

    @staticmethod
    def set_aside(pk: int) -> dict[str, Any]:
        """What stands in the row while others of its level take other titles and times."""
        return {"title": "", "escalate_after_minutes": None}

    def of_level(self, name: str, others: "Iterable[EscalationLevel]") -> Any:
        """The title or the time of its level: what the row itself has in the field `name`, else
        what another one of the level among `others` has, rather on the same days; else what is
        empty there."""
        own = getattr(self, name)
        same = [other for other in others if other.level == self.level]
        same.sort(key=lambda other: not share_a_day(self, other))
        told = (getattr(other, name) for other in (self, *same))
        return next((value for value in told if value not in ("", None)), own)

    def validate_among(self, others: "Collection[EscalationLevel]") -> None:
        """Raise ValidationError, at the field that is wrong, if the days of this contact overlap
        those of the same one on this level among `others`, or reach beyond those of the level
        before; or if on some day the level would have two titles, or two times."""
        beside = [
            other for other in others if other.level == self.level and share_a_day(self, other)
        ]
        if any(self._has_contact_of(other) for other in beside):
            field = "valid_from" if self.valid_from else "contact"
            message = _(
                "On some of these days level %(level)d has this contact already. Choose another "
                "one, or let one end on the day before the other begins."
            )
            raise self._error(field, message, "level_overlap")
        for field, message in ONE_OF_A_LEVEL.items():
            own = getattr(self, field)
            found = (getattr(other, field) for other in beside)
            if own and (other := next((each for each in found if each and each != own), None)):
                words = describe_duration(other) if isinstance(other, int) else other
                raise self._error(field, message, "level_differs", other=words)
        before = [other for other in others if other.level == self.level - 1]
        if self.level > 1 and not before:
            message = _(
                "Level %(level)d needs a level %(before)d. Add that one, or number this one lower."
            )
            raise self._error("level", message, "level_gap")
        if self.level > 1 and (gap := self._gap_in(before)):
            raise self._gap_error(self, gap)

    def _has_contact_of(self, other: "EscalationLevel") -> bool:
        # Contacts that are made with their levels have no keys yet.
        same_key = self.contact_id == other.contact_id
        return same_key and (self.contact_id is not None or self.contact is other.contact)

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
