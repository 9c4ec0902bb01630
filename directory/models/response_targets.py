"""What a service promises for a request type: to respond, to solve."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models.durations import (
    LONGEST,
    LONGEST_TO_SOLVE,
    PLAUSIBLE_TIME,
    PLAUSIBLE_TIME_TO_SOLVE,
    MinutesField,
)
from directory.models.natural_keys import NaturalKeyModel
from directory.models.request_types import RequestType
from directory.models.services import Service, ServiceQuerySet


class ResponseTarget(NaturalKeyModel):
    """Within which time a service responds to requests of a type, and solves them."""

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="targets"
    )
    request_type = models.ForeignKey(
        RequestType,
        verbose_name=_("request type"),
        on_delete=models.PROTECT,
        related_name="targets",
    )
    respond_minutes = MinutesField(
        _("respond within"),
        null=True,
        blank=True,
        validators=PLAUSIBLE_TIME,
        help_text=_("As you would say it: “4 h”, “2 days”. Empty: not promised."),
    )
    solve_minutes = MinutesField(
        _("solve within"),
        null=True,
        blank=True,
        validators=PLAUSIBLE_TIME_TO_SOLVE,
        help_text=_("As you would say it: “8 h”, “15 days”. Empty: not promised."),
    )
    in_open_hours = models.BooleanField(
        _("in open hours"),
        default=False,
        help_text=_("Only hours and days count on which it is open; else around the clock."),
    )

    natural_key_fields = ("service__slug", "request_type__code")
    part_of = "service"
    copied_with = "service"
    holder_field = "service"
    holder_related = ("service",)
    path_to_request_type = "targets__request_type"

    class Meta:
        verbose_name = _("response target")
        verbose_name_plural = _("response targets")
        ordering = ["request_type__position", "request_type__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "request_type"],
                name="responsetarget_is_unique_in_service",
                violation_error_message=_("This service already has times for this type."),
            ),
            models.CheckConstraint(
                name="responsetarget_has_a_time",
                condition=Q(respond_minutes__isnull=False) | Q(solve_minutes__isnull=False),
                violation_error_code="respond_minutes",
                violation_error_message=_("Say within which time you respond, or solve."),
            ),
            models.CheckConstraint(
                name="responsetarget_times_are_plausible",
                condition=(
                    (Q(respond_minutes=None) | Q(respond_minutes__range=(1, LONGEST)))
                    & (Q(solve_minutes=None) | Q(solve_minutes__range=(1, LONGEST_TO_SOLVE)))
                ),
            ),
            models.CheckConstraint(
                name="responsetarget_times_are_in_order",
                condition=Q(respond_minutes=None)
                | Q(solve_minutes=None)
                | Q(solve_minutes__gte=F("respond_minutes")),
                violation_error_code="solve_minutes",
                violation_error_message=_(
                    "It is solved before it is responded to. Check both times."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} › {self.request_type}"

    def services(self) -> ServiceQuerySet:
        """The service whose page shows it."""
        return Service.objects.filter(pk=self.service_id)
