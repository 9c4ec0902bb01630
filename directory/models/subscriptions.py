"""Subscriptions: who is mailed what changes of a service.

Written by `directory.following` alone. An address is here as long as it is subscribed, no longer.
"""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from directory.models.editions import Edition
from directory.models.services import Service


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions by what is to be done about them."""

    def confirmed(self) -> Self:
        """Those whose owners said that they want mails."""
        return self.exclude(confirmed_at=None)

    def unconfirmed_since(self, at: datetime) -> Self:
        """Those that were asked for at the aware instant `at` or before, and never confirmed."""
        return self.filter(confirmed_at=None, asked_at__lte=at)

    def with_news(self) -> Self:
        """The confirmed ones of published services with an edition that was not told yet, with
        their services and the `newest` number."""
        editions = Edition.objects.filter(service=OuterRef("service")).order_by("-number")
        newest = Subquery(editions.values("number")[:1])
        found = self.confirmed().filter(service__is_published=True).annotate(newest=newest)
        return found.filter(newest__gt=F("told_number")).select_related("service")

    def of_ended_services(self) -> Self:
        """The confirmed ones of services that are offered no more, with these."""
        found = self.confirmed().exclude(service__ended_on=None)
        return found.select_related("service__successor")


class Subscription(models.Model):
    """Somebody asked for mails about the changes of a service, in a language. Until `confirmed_at`
    nothing but the mail that asks to confirm is sent; `told_number` is that of the newest edition
    that was told, at first the one that was current when it was confirmed.

    `key` stands for it in signed links. `refusals` counts the runs in a row in which the server of
    the address refused it.
    """

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=10)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    told_number = models.PositiveIntegerField(null=True, editable=False)
    refusals = models.PositiveSmallIntegerField(default=0, editable=False)
    # Annotated by `with_news`.
    newest: int

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["service", "pk"]
        # Customers make and confirm them.
        default_permissions = ("view", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "address"], name="subscription_is_one_for_service_and_address"
            ),
            models.CheckConstraint(
                name="subscription_address_is_in_lower_case",
                condition=Q(address=Lower("address")) & ~Q(address=""),
            ),
            models.CheckConstraint(
                name="subscription_is_told_from_its_confirmation_on",
                condition=Q(confirmed_at=None, told_number=None)
                | Q(confirmed_at__isnull=False, told_number__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["address"], name="subscription_by_address")]

    def __str__(self) -> str:
        # Without the address: it goes into histories, which keep what was forgotten.
        return _("Subscription to %(service)s") % {"service": self.service}
