"""Notices: what is out of order or is to be known, until a time or until further notice."""

from datetime import datetime
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.address_fields import CodeField
from directory.models.channels import Channel
from directory.models.contact_points import ContactPoint
from directory.models.natural_keys import NaturalKeyManager, NaturalKeyModel
from directory.models.recording import watch
from directory.models.services import Service, ServiceQuerySet
from directory.models.validity import validate_plausible_year


def this_minute() -> datetime:
    """Now, as people write it. Seconds later a notice would begin after the page that shows it."""
    return timezone.now().replace(second=0, microsecond=0)


# What a notice may be on; on none of them it is for all services.
SUBJECTS = ("contact_point", "channel", "service")
SEVERAL_SUBJECTS = _("A notice is on one thing. Choose one of these, or none for all services.")


class NoticeState(models.TextChoices):
    """What has become of a notice at an instant."""

    IN_FORCE = "in_force", _("in force")
    PLANNED = "planned", _("planned")
    PAST_END = "past_end", _("past its end")
    ENDED = "ended", _("ended")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by whether they count."""

    def not_ended(self) -> Self:
        """Those that nobody has ended: what pages show, now or from their beginning on."""
        return self.filter(ended_at=None)

    def past(self, at: datetime) -> Self:
        """Those whose time has passed, though nobody has ended them."""
        return self.not_ended().filter(until__lte=at)

    def in_state(self, state: NoticeState, at: datetime) -> Self:
        """Those in this state at the aware instant `at`, as `Notice.state_at`."""
        match state:
            case NoticeState.ENDED:
                return self.exclude(ended_at=None)
            case NoticeState.PAST_END:
                return self.past(at)
            case NoticeState.PLANNED:
                return self.not_ended().filter(since__gt=at)
        return self.not_ended().filter(Q(until=None) | Q(until__gt=at), since__lte=at)

    def with_subjects(self) -> Self:
        """With what they are on, and what naming that needs."""
        return self.select_related(
            "contact_point", "service", "channel__service", "channel__schedule"
        )

    def end(self, at: datetime) -> int:
        """End those that nobody has ended, at a whole second, as fixtures write it; returns how
        many. Publish their services afterwards."""
        watch(self.not_ended())
        return self.not_ended().update(ended_at=at.replace(microsecond=0))


class Notice(NaturalKeyModel):
    """Something that customers must know of a contact point, a channel, a service, or of all.

    It holds from `since` until `until`, by itself. Once somebody has ended it (`ended_at`) it is
    history, and no page has it; one whose time has passed waits for that.
    """

    class Severity(models.TextChoices):
        INFORMATION = "information", _("for information")
        LIMITED = "limited", _("limited")
        OUT_OF_ORDER = "out_of_order", _("out of order")

    code = CodeField(_("code"), unique=True, help_text=_("A short, stable name for imports."))
    contact_point = models.ForeignKey(
        ContactPoint,
        verbose_name=_("contact point"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
    )
    channel = models.ForeignKey(
        Channel,
        verbose_name=_("channel"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
    )
    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
    )
    severity = models.CharField(
        _("severity"), max_length=20, choices=Severity, default=Severity.OUT_OF_ORDER
    )
    text = models.CharField(
        _("text"),
        max_length=300,
        help_text=_("Customers read it, such as “The chat is out of order. Call us instead.”"),
    )
    since = models.DateTimeField(
        _("since"), default=this_minute, validators=[validate_plausible_year]
    )
    until = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        validators=[validate_plausible_year],
        help_text=_("Empty: until further notice."),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    objects: ClassVar = NaturalKeyManager.from_queryset(NoticeQuerySet)()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="notice_severity_is_known",
                condition=Q(severity__in=["information", "limited", "out_of_order"]),
            ),
            models.CheckConstraint(
                name="notice_has_one_subject",
                condition=Q(contact_point=None, channel=None)
                | Q(contact_point=None, service=None)
                | Q(channel=None, service=None),
                violation_error_message=SEVERAL_SUBJECTS,
            ),
            models.CheckConstraint(
                name="notice_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> ContactPoint | Channel | Service | None:
        """What it is on; None for all services."""
        return next((each for name in SUBJECTS if (each := getattr(self, name))), None)

    def state_at(self, at: datetime) -> NoticeState:
        """What has become of it at the aware instant `at`."""
        if self.ended_at:
            return NoticeState.ENDED
        if self.since > at:
            return NoticeState.PLANNED
        if self.until and self.until <= at:
            return NoticeState.PAST_END
        return NoticeState.IN_FORCE

    def clean(self) -> None:
        given = [name for name in SUBJECTS if getattr(self, f"{name}_id")]
        if len(given) > 1:
            error = ValidationError(SEVERAL_SUBJECTS, code="several_subjects")
            raise ValidationError(dict.fromkeys(given[1:], error))
        if self.until and self.since and self.until <= self.since:
            message = _("It ends before it begins. Check both times.")
            raise ValidationError({"until": ValidationError(message, code="times_out_of_order")})

    def end(self, at: datetime) -> None:
        """It is over: no page has it any more. Once ended it keeps that instant. Publish its
        `services()` afterwards."""
        Notice.objects.filter(pk=self.pk).end(at)
        self.refresh_from_db(fields=["ended_at"])

    @property
    def shown_with(self) -> int | None:
        """The key of the contact point that services show it with, if it is on one."""
        return self.contact_point_id

    def services(self) -> ServiceQuerySet:
        """The services whose pages show it."""
        if self.contact_point_id:
            return Service.objects.showing_contact_points([self.contact_point_id])
        if self.channel_id:
            return Service.objects.filter(channels=self.channel_id)
        if self.service_id:
            return Service.objects.filter(pk=self.service_id)
        return Service.objects.all()
