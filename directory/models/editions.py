"""Editions: what the public reads. Written by `directory.editions.publish` alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models.services import Service


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions are only added: changing or deleting them in bulk is refused.

    The one change there is takes the contents of an edition away (`store_withdrawals`).
    """

    def current(self) -> Self:
        """The newest edition of each service."""
        newer = self.model.objects.filter(
            service=OuterRef("service"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer))

    def public(self) -> Self:
        """Editions of the services that are published now."""
        return self.filter(service__is_published=True)

    def in_force(self, at: datetime) -> Self:
        """Of each service, the edition that its page showed at the aware instant `at`."""
        newer = self.model.objects.filter(
            service=OuterRef("service"), number__gt=OuterRef("number"), published_at__lte=at
        )
        return self.filter(~Exists(newer), published_at__lte=at)

    def store_withdrawals(self, editions: "Iterable[Edition]") -> None:
        """Store that these editions were withdrawn, as `editions.withdraw` has decided."""
        # By a plain queryset, which may update.
        plain: models.QuerySet[Edition] = models.QuerySet(self.model, using=self.db)
        plain.bulk_update(editions, self.model.WITHDRAWAL, batch_size=500)

    def store_search_text(self, edition: "Edition", text: str) -> None:
        """Store what an edition is found by, which no digest covers, unless it is withdrawn."""
        plain: models.QuerySet[Edition] = models.QuerySet(self.model, using=self.db)
        plain.filter(pk=edition.pk, withdrawn_at=None).update(search_text=text)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(Edition.IMMUTABLE)

    def delete(self) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(Edition.IMMUTABLE)


class Edition(models.Model):
    """A numbered publication of one service's directory.

    `document` is the text of a `document.ServiceDocument`, exactly as it was hashed: a text column,
    since a JSON column would reorder it. `digest` covers the hash and the edition before
    (`directory.editions.chain.digest`), not the text itself: so the text of an edition that must
    not be public any more can be erased, and the chain still holds. `withdrawal_seal` is the proof
    that the application did that.
    """

    IMMUTABLE = _("An edition cannot be changed or deleted. Correct the rows and publish again.")
    WITHDRAWAL = (
        "document",
        "search_text",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawn_reason",
        "withdrawal_seal",
    )

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveIntegerField(_("number"))
    document = models.TextField(_("document"))
    document_digest = models.CharField(
        _("digest of the document"), max_length=64, help_text=_("SHA-256 of the document's text.")
    )
    search_text = models.TextField(
        _("search text"),
        help_text=_("What the search looks through, without accents and in lower case."),
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    # A tag URI (RFC 4151): what the service is called by programs that follow it, made with its
    # first edition and the same in all, whatever is renamed or moved later.
    identity = models.CharField(max_length=320, editable=False)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty: published by a command."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_reason = models.CharField(
        _("reason for withdrawing"),
        max_length=300,
        blank=True,
        help_text=_("Only staff read it. Do not repeat here what must not be public."),
    )
    withdrawal_seal = models.CharField(max_length=64, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()
    holder_field = "service"
    holder_related = ("service",)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["service", "-number"]
        get_latest_by = "number"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "number"], name="edition_number_is_unique_in_service"
            ),
            models.CheckConstraint(name="edition_number_begins_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="edition_is_whole_or_withdrawn",
                condition=(
                    Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                    & Q(withdrawal_seal="")
                    & ~Q(document="")
                )
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & Q(document="", search_text="")
                    & ~Q(withdrawn_reason="")
                    & ~Q(withdrawal_seal="")
                ),
            ),
        ]
        permissions = [("withdraw_edition", _("Can withdraw editions"))]

    def __str__(self) -> str:
        return _("%(service)s, edition %(number)d") % {
            "service": self.service,
            "number": self.number,
        }

    def save(self, **kwargs: Any) -> None:
        """Add it. Raises PermissionDenied for an edition that is already stored."""
        if not self._state.adding:
            raise PermissionDenied(self.IMMUTABLE)
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        """The address of its public page."""
        return reverse("directory:edition-detail", args=[self.service.slug, self.number])

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(self.IMMUTABLE)

    @property
    def is_withdrawn(self) -> bool:
        """Whether its contents were erased."""
        return self.withdrawn_at is not None
