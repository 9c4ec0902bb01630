"""How a service escalates: its policy, and after which time a level is asked."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directory.models import RequestType, Service
from directory.models.durations import LONGEST, PLAUSIBLE_TIME_OR_AT_ONCE, MinutesField
from directory.models.natural_keys import NaturalKeyModel


class EscalationPolicy(NaturalKeyModel):
    """How to escalate for one service: the instructions, and its levels."""

    class TimesCount(models.TextChoices):
        NO_ANSWER = "no_answer", _("without an answer of the level before")
        NO_SOLUTION = "no_solution", _("without a solution of the level before")
        SINCE_REPORT = "since_report", _("since it was reported")

    service = models.OneToOneField(
        Service,
        verbose_name=_("service"),
        on_delete=models.CASCADE,
        related_name="escalation_policy",
    )
    instructions = models.TextField(
        _("instructions"), blank=True, help_text=_("What customers should know before escalating.")
    )

    times_count = models.CharField(
        _("times count"),
        max_length=20,
        choices=TimesCount,
        default=TimesCount.NO_ANSWER,
        help_text=_("What the times say after which a level is asked."),
    )

    natural_key_fields = ("service__slug",)
    copied_with = "service"

    class Meta:
        verbose_name = _("escalation policy")
        verbose_name_plural = _("escalation policies")
        ordering = ["service"]
        constraints = [
            models.CheckConstraint(
                name="escalationpolicy_times_count_is_known",
                condition=Q(times_count__in=["no_answer", "no_solution", "since_report"]),
            )
        ]

    def __str__(self) -> str:
        return _("Escalation of %(service)s") % {"service": self.service}

    def services(self) -> QuerySet[Service]:
        """The service whose page shows it."""
        return Service.objects.filter(pk=self.service_id)

    def validate_whole(self) -> None:
        """Raise ValidationError if a time is for a level that the policy, as it is stored, does not
        have."""
        levels = {level.level for level in self.levels.all()}
        orphan = next((time for time in self.times.all() if time.level not in levels), None)
        if orphan:
            message = _(
                "There is a time for level %(level)d, and no such level. Add the level, or leave "
                "out its times."
            )
            raise ValidationError(message, code="no_such_level", params={"level": orphan.level})


class EscalationTime(NaturalKeyModel):
    """After which time a level is asked about requests of a type, as the policy's `times_count` has
    it; of types without one, the level's own time holds."""

    policy = models.ForeignKey(
        EscalationPolicy,
        verbose_name=_("escalation policy"),
        on_delete=models.CASCADE,
        related_name="times",
    )
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1)])
    request_type = models.ForeignKey(
        RequestType,
        verbose_name=_("request type"),
        on_delete=models.PROTECT,
        related_name="escalation_times",
    )
    minutes = MinutesField(
        _("escalate after"),
        validators=PLAUSIBLE_TIME_OR_AT_ONCE,
        help_text=_("0: at once."),
    )

    natural_key_fields = ("policy__service__slug", "level", "request_type__code")
    part_of = "policy"
    copied_with = "policy"
    holder_field = "policy"
    holder_related = ("policy__service",)
    path_to_request_type = "escalation_policy__times__request_type"

    class Meta:
        verbose_name = _("time to escalate")
        verbose_name_plural = _("times to escalate")
        ordering = ["level", "request_type__position", "request_type__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "level", "request_type"],
                name="escalationtime_is_unique_in_policy",
                violation_error_message=_("This level already has a time for this type."),
            ),
            models.CheckConstraint(name="escalationtime_begins_at_one", condition=Q(level__gte=1)),
            models.CheckConstraint(
                name="escalationtime_is_plausible",
                condition=Q(minutes__range=(0, LONGEST)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} › {self.level}: {self.request_type}"

    def services(self) -> QuerySet[Service]:
        """The service whose page shows it."""
        return Service.objects.filter(escalation_policy=self.policy_id)
