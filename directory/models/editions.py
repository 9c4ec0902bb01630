"""Editions: what the public reads. Written by `directory.editions.publish` alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connections, models, router
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import append_only
from directory.models.revisions import named_both
from directory.models.services import Service


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions are only added: changing or deleting them in bulk is refused.

    What may be stored later says that one was withdrawn or erased; the database refuses all else
    (`directory.models.append_only`).
    """

    def current(self, **services: Any) -> Self:
        """The edition of each service, or of those of which these look-ups hold, that is on record
        as its newest, with the record. Former ones are not looked at, however many there are.

        Where the record leads nowhere it is the newest that is left, which nothing proves then:
        whoever took the record or its edition away leaves a page that is refused, and no gap.
        """
        recorded = self.model.objects.filter(
            pk=OuterRef("current_edition__edition"), service=OuterRef("pk")
        ).order_by()
        key = Coalesce(Subquery(recorded.values("pk")), self._newest_of_service())
        return self._with_record().filter(pk__in=_of_services(services, key))

    def newest(self, **services: Any) -> Self:
        """The edition that has the highest number of each of the services of which these look-ups
        hold, whatever is on record, with the record: what the next one follows."""
        return self._with_record().filter(pk__in=_of_services(services, self._newest_of_service()))

    def _newest_of_service(self) -> Subquery:
        newest = self.model.objects.filter(service=OuterRef("pk")).order_by("-number")
        return Subquery(newest.values("pk")[:1])

    def _with_record(self) -> Self:
        """With what is on record as the newest of their service: `on_record`, its number,
        `digest_on_record` and `seal_on_record`; None without a record."""
        return self.annotate(
            on_record=F("service__current_edition__number"),
            digest_on_record=F("service__current_edition__digest"),
            seal_on_record=F("service__current_edition__seal"),
        )

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
        """Store that these editions were withdrawn, or are shown again, as `editions.withdraw` has
        decided."""
        # By a plain queryset, which may update.
        plain: models.QuerySet[Edition] = models.QuerySet(self.model, using=self.db)
        plain.bulk_update(editions, append_only.WITHDRAWAL, batch_size=500)

    def store_erasures(self, editions: "Iterable[Edition]") -> None:
        """Store that the contents of these editions, which are withdrawn, were erased."""
        plain: models.QuerySet[Edition] = models.QuerySet(self.model, using=self.db)
        plain.bulk_update(editions, append_only.ERASURE, batch_size=500)

    def store_search_text(self, edition: "Edition", text: str) -> None:
        """Store what an edition is found by, which no digest covers, unless it was erased."""
        plain: models.QuerySet[Edition] = models.QuerySet(self.model, using=self.db)
        plain.filter(pk=edition.pk, erased_at=None).update(search_text=text)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(Edition.IMMUTABLE)

    def delete(self) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(Edition.IMMUTABLE)


def _of_services(lookups: dict[str, Any], key: Any) -> models.QuerySet:
    return Service.objects.filter(**lookups).order_by().values_list(key)


# What the rows of the states of an edition have.
NOT_WITHDRAWN = Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="", withdrawal_seal="")
WITHDRAWN = (
    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
    & ~Q(withdrawn_reason="")
    & ~Q(withdrawal_seal="")
)
NOT_ERASED = Q(erased_at=None, erased_by=None, erasure_seal="") & ~Q(document="") & ~Q(nonce="")
ERASED = Q(
    erased_at__isnull=False, erased_by__isnull=False, document="", nonce="", search_text=""
) & ~Q(erasure_seal="")


class Edition(models.Model):
    """A numbered publication of one service's directory.

    `document` is the text of a `document.ServiceDocument`, exactly as it was hashed: a text column,
    since a JSON column would reorder it. `document_digest` covers it with a random `nonce`, and
    `digest` covers that, the author, the number, the instant and the edition before
    (`directory.editions.chain`): so document and nonce can be erased, the chain still holds, and
    nobody can guess what was erased. The three seals are proofs that the application did it:
    published, withdrew, erased it.
    """

    IMMUTABLE = _("An edition cannot be changed or deleted. Correct the rows and publish again.")

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveIntegerField(_("number"))
    document = models.TextField(_("document"))
    document_digest = models.CharField(
        _("digest of the document"),
        max_length=64,
        help_text=_("SHA-256 of the nonce and the document."),
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
    # Who asked for it, where somebody else had to agree (`published_by`).
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # Random, so that nobody can guess an erased document from its digest; erased with it.
    nonce = models.CharField(max_length=64, blank=True, editable=False)
    # Made with the secret key, so who only writes to the database can make none.
    seal = models.CharField(max_length=64, blank=True, editable=False)
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
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("erased by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    erasure_seal = models.CharField(max_length=64, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()
    holder_field = "service"
    holder_related = ("service",)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["service", "-number"]
        get_latest_by = "number"
        indexes = [models.Index(fields=["published_at", "id"], name="edition_by_instant")]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "number"], name="edition_number_is_unique_in_service"
            ),
            models.CheckConstraint(name="edition_number_begins_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="edition_is_sealed", condition=~Q(seal="")),
            models.CheckConstraint(
                name="edition_is_whole_withdrawn_or_erased",
                condition=(NOT_WITHDRAWN & NOT_ERASED)
                | (WITHDRAWN & NOT_ERASED)
                | (WITHDRAWN & ERASED),
            ),
            models.CheckConstraint(
                name="edition_withdrawn_is_found_by_nothing",
                condition=Q(withdrawn_at=None) | Q(search_text=""),
            ),
            models.CheckConstraint(
                name="edition_is_erased_by_a_second_person",
                condition=Q(erased_by=None)
                | (
                    ~Q(erased_by=F("withdrawn_by"))
                    & (Q(published_by=None) | ~Q(erased_by=F("published_by")))
                    & (Q(proposed_by=None) | ~Q(erased_by=F("proposed_by")))
                ),
            ),
            models.CheckConstraint(
                name="edition_is_erased_after_it_was_withdrawn",
                condition=Q(erased_at=None) | Q(erased_at__gte=F("withdrawn_at")),
            ),
        ]
        permissions = [
            ("withdraw_edition", _("Can withdraw editions")),
            ("view_withdrawn_edition", _("Can read what withdrawn editions said")),
            ("erase_edition", _("Can erase withdrawn editions for ever")),
        ]

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
    def who(self) -> str:
        """Who published it, and who proposed it if anybody did; empty for a command."""
        return named_both(self.published_by, self.proposed_by)

    @property
    def is_withdrawn(self) -> bool:
        """Whether nobody reads its contents any more; they may be erased, too."""
        return self.withdrawn_at is not None

    @property
    def is_erased(self) -> bool:
        """Whether its contents were erased."""
        return self.erased_at is not None


class CurrentEditionQuerySet(models.QuerySet["CurrentEdition"]):
    """What is on record as the newest."""

    # By name, in the order of the table's primary key and the rest.
    COLUMNS = "service_id", "edition_id", "number", "digest", "seal"

    def record(self, rows: Sequence[tuple[int, int, int, str, str]]) -> None:
        """Store the values of these columns for each service, in the place of those before. One
        statement for all: Django's would cost a third of what storing the editions does."""
        key, *others = self.COLUMNS
        changed = ", ".join(f"{name} = excluded.{name}" for name in others)
        statement = (
            f"INSERT INTO {self.model._meta.db_table} ({', '.join(self.COLUMNS)})"  # noqa: S608
            f" VALUES (%s, %s, %s, %s, %s) ON CONFLICT ({key}) DO UPDATE SET {changed}"
        )
        with connections[router.db_for_write(self.model)].cursor() as cursor:
            cursor.executemany(statement, rows)


class CurrentEdition(models.Model):
    """Which edition of a service is the newest, signed with the secret key: where later ones are
    cut off, this tells that there were some. Written by `directory.editions.publish`."""

    # Its edition protects both already, and is what people are told of.
    service = models.OneToOneField(
        Service, on_delete=models.DO_NOTHING, primary_key=True, related_name="current_edition"
    )
    edition = models.OneToOneField(Edition, on_delete=models.DO_NOTHING, related_name="+")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    objects = CurrentEditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("current edition")
        verbose_name_plural = _("current editions")

    def __str__(self) -> str:
        return str(self.edition)
