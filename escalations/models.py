"""Escalations: who answers when support did not help, and in which order to ask them."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from directory.models import ContactPointUse, Schedule, Service
from directory.models.address_fields import CodeField
from directory.models.constraints import RowsConstraint
from directory.models.natural_keys import NaturalKeyModel
from directory.models.validity import ValidityModel


class EscalationContact(NaturalKeyModel):
    """A group, role or person who answers an escalation. Shared between services."""

    code = CodeField(_("code"), unique=True, help_text=_("A short, stable name for imports."))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("The group or role, such as “Support supervisor”.")
    )
    person = models.CharField(
        _("person"), max_length=120, blank=True, help_text=_("Who it is, if customers should know.")
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("schedule"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="escalation_contacts",
        help_text=_("Empty: the hours are not stated."),
    )

    holder_related = ()
    path_from_service = "escalation_policy__levels__contact"

    class Meta:
        verbose_name = _("escalation contact")
        verbose_name_plural = _("escalation contacts")
        ordering = ["name", "person", "code"]
        permissions = [("bulk_change_escalationcontact", _("Can import escalation contacts"))]

    def __str__(self) -> str:
        named = f"{self.name} · {self.person}" if self.person else self.name
        return f"{named} ({self.code})"

    def services(self) -> QuerySet[Service]:
        """The services whose pages name this contact."""
        return Service.objects.filter(escalation_policy__levels__contact=self).distinct()

    def holders(self) -> list[models.QuerySet]:
        """The policies that escalate to this contact, as one queryset."""
        policies = EscalationPolicy.objects.filter(pk__in=self.levels.values("policy"))
        return [policies.select_related("service").order_by("pk")]


class EscalationContactUse(ContactPointUse):
    """A contact point as one escalation contact gives it."""

    contact = models.ForeignKey(
        EscalationContact,
        verbose_name=_("escalation contact"),
        on_delete=models.CASCADE,
        related_name="contact_uses",
    )

    natural_key_fields = ("contact__code", "contact_point__code")
    part_of = "contact"
    holder_field = "contact"
    holder_related = ("contact",)
    path_from_service = f"{EscalationContact.path_from_service}__contact_uses"

    class Meta(ContactPointUse.Meta):
        verbose_name = _("contact of an escalation contact")
        verbose_name_plural = _("contacts of an escalation contact")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "contact_point"],
                name="escalationcontactuse_is_unique_in_contact",
                violation_error_message=_("This contact already has this contact point."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} › {self.contact_point}"


class EscalationPolicy(NaturalKeyModel):
    """How to escalate for one service: the instructions, and its levels."""

    service = models.OneToOneField(
        Service,
        verbose_name=_("service"),
        on_delete=models.CASCADE,
        related_name="escalation_policy",
    )
    instructions = models.TextField(
        _("instructions"), blank=True, help_text=_("What customers should know before escalating.")
    )

    natural_key_fields = ("service__slug",)
    copied_with = "service"

    class Meta:
        verbose_name = _("escalation policy")
        verbose_name_plural = _("escalation policies")
        ordering = ["service"]

    def __str__(self) -> str:
        return _("Escalation of %(service)s") % {"service": self.service}

    def services(self) -> QuerySet[Service]:
        """The service whose page shows it."""
        return Service.objects.filter(pk=self.service_id)


class EscalationLevel(ValidityModel, NaturalKeyModel):
    """One step of a policy. On every day the levels are numbered 1, 2, 3, ... without a gap.

    A level may hold only from and until given days: then another may have its number before or
    after it.
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
    escalate_after_minutes = models.PositiveIntegerField(
        _("escalate after (minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How long the level before may take. Empty: not stated."),
    )

    natural_key_fields = ("policy__service__slug", "level", "valid_from")
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
                name="escalationlevel_time_is_positive",
                condition=Q(escalate_after_minutes=None) | Q(escalate_after_minutes__gte=1),
            ),
            models.UniqueConstraint(
                fields=["policy", "level", "valid_from"],
                name="escalationlevel_is_unique_from_a_day_on",
                violation_error_message=_("This policy already has this level."),
            ),
            models.UniqueConstraint(
                fields=["policy", "level"],
                condition=Q(valid_from=None),
                name="escalationlevel_is_unique_from_the_beginning",
                violation_error_message=_("This policy already has this level."),
            ),
            RowsConstraint(
                name="escalationlevel_overlaps_no_other",
                forbidden="""EXISTS (
                    SELECT 1 FROM escalations_escalationlevel other
                    WHERE other.id <> NEW.id AND other.policy_id = NEW.policy_id
                    AND other.level = NEW.level
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
        """Raise ValidationError, at the field that is wrong, if the days of this level overlap
        those of the same level among `others`, or reach beyond those of the level before."""
        if any(other.level == self.level and self._shares_a_day(other) for other in others):
            field = "valid_from" if self.valid_from else "level"
            message = _(
                "Another level %(level)d is valid on some of these days. Let one end on the day "
                "before the other begins, or number this one differently."
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
