"""Services: each owns one public page, and may have had other addresses."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import DenseRank
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models.address_fields import CodeField
from directory.models.contact_points import ContactPoint
from directory.models.date_fields import DateField
from directory.models.natural_keys import NaturalKeyManager, NaturalKeyModel
from directory.models.request_types import RequestType
from directory.models.schedules import Schedule
from directory.models.validity import validate_not_to_come, validate_plausible_year

# From one service that has ended to the next.
STEPS_AT_MOST = 8


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services by what their pages show."""

    def published(self) -> Self:
        """Services with a public page."""
        return self.filter(is_published=True)

    def ended(self) -> Self:
        """Services that are offered no more: their addresses say so."""
        return self.exclude(ended_on=None)

    def with_an_address(self) -> Self:
        """Services that have a page, or have ended and say so, each with its newest edition as
        `editions` alone."""
        from directory.models.editions import Edition

        newer = Edition.objects.filter(
            service=OuterRef("pk"), number__gt=OuterRef("editions__number")
        )
        has_page = Q(is_published=True, editions__isnull=False)
        return self.filter(has_page | ~Q(ended_on=None)).filter(~Exists(newer))

    def ended_at(self, slug: str) -> "Service | None":
        """The service that has ended and has, or had, this slug. One query."""
        found = self.ended().filter(Q(slug=slug) | Q(former_slugs__slug=slug))
        return found.select_related("successor").first()

    def showing_contact_points(self, contact_points: Iterable[int]) -> Self:
        """Services that give one of these contact points or what they are to replace, wherever
        their pages do so. Takes their primary keys."""
        contact_points = ContactPoint.objects.with_replaced(contact_points)
        return self.reached_by(use_paths(), "contact_point__in", contact_points)

    def showing_schedules(self, schedules: "models.QuerySet[Schedule]") -> Self:
        """Services whose pages show the hours of any of these schedules."""
        keys = schedules.order_by().values("pk")
        return self.reached_by(schedule_paths(), "schedule__in", keys)

    def naming_request_type(self, request_type: RequestType) -> Self:
        """Services whose pages name this type."""
        return self.reached_by(RequestType.paths_from_service(), "pk", request_type.pk)

    def showing(self, rows: Iterable[Any]) -> Self:
        """Services whose pages show any of these rows, of whatever models: each has `services()`,
        or is `shown_with` a contact point. Two queries at most, however many rows they are."""
        points, shown = [], []
        for row in rows:
            if point := getattr(row, "shown_with", None):
                points.append(point)
            else:
                shown.append(row.services())
        if points:
            shown.append(self.model.objects.showing_contact_points(points))
        return self._in_any(shown)

    def first_showing_contact_points(
        self, contact_points: Iterable[int], at_most: int
    ) -> dict[int, list[int]]:
        """For each of these contact points, by key, the keys of the first services that give it or
        what it is to replace, in order. The queries do not grow with the contact points."""
        planned = ContactPoint.objects.planned_replacements()
        replaced = {key: planned.all_replaced([key]) for key in contact_points}
        paths = [f"{path}__contact_point" for path in use_paths()]
        first = self.first_reaching(paths, set().union(*replaced.values()), at_most)
        return {
            key: sorted(set().union(*(first[old] for old in olds)))[:at_most]
            for key, olds in replaced.items()
        }

    def first_showing_schedules(
        self, schedules: Iterable[int], at_most: int
    ) -> dict[int, list[int]]:
        """For each of these schedules, by key, the keys of the first services that show it, in
        order."""
        paths = [f"{path}__schedule" for path in schedule_paths()]
        return self.first_reaching(paths, schedules, at_most)

    def first_reaching(
        self, paths: Iterable[str], keys: Iterable[Any], at_most: int
    ) -> dict[Any, list[int]]:
        """For each key that the paths lead to, its first services: a query for each path."""
        found: dict[Any, set[int]] = {key: set() for key in keys}
        for path in paths:
            # A service that leads there twice has one place.
            place = Window(DenseRank(), partition_by=F(path), order_by="pk")
            reached = self.order_by().filter(**{f"{path}__in": list(found)}).annotate(place=place)
            first = reached.filter(place__lte=at_most).values_list(path, "pk")
            for key, service in first.distinct():
                found[key].add(service)
        return {key: sorted(services)[:at_most] for key, services in found.items()}

    def reached_by(self, paths: Iterable[str], lookup: str, value: object) -> Self:
        """Services from which one of the paths leads to a row of which the lookup holds."""
        by_relation = defaultdict(list)
        for path in paths:
            by_relation[path.partition("__")[0]].append(path)
        return self._in_any(
            self.model.objects.filter(leading_to(self.model, each, lookup, value))
            for each in by_relation.values()
        )

    def _in_any(self, querysets: "Iterable[models.QuerySet[Service]]") -> Self:
        """Those of all of these. One of several conditions would be asked of every service, for
        which neither database takes an index; the parts of a union have theirs."""
        keys = [each.order_by().values("pk") for each in querysets]
        return self.filter(pk__in=keys[0].union(*keys[1:]) if keys else [])


def leading_to(model: Any, paths: Iterable[str], lookup: str, value: object, at: str = "") -> Q:
    """The condition that one of the paths leads from a row of the model, which `at` leads to, to
    one of which the lookup holds.

    What paths begin with alike is asked once, in a subquery for each relation to many: joins for
    each path take PostgreSQL longer to plan than all other queries of a page together.
    """
    further: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        relation, _separator, rest = path.partition("__")
        further[relation].add(rest)
    found = Q(pk__in=[])
    for relation, rests in further.items():
        field = model._meta.get_field(relation)
        related, onwards = field.related_model, sorted(rests - {""})
        is_own = field.concrete and not field.many_to_many
        inner = f"{at}{relation}__" if is_own else ""
        holds = leading_to(related, onwards, lookup, value, inner)
        if "" in rests:
            holds |= Q(**{f"{inner}{lookup}": value})
        if not is_own:
            rows, back = related._default_manager.order_by().filter(holds), field.remote_field.name
            holds = Q(**{f"{at}pk__in": rows.values(back)})
        found |= holds
    return found


def use_paths() -> list[str]:
    """The lookups that lead from a service to the contact point uses that its page shows."""
    return [path for model in ContactPoint.use_models() for path in model.paths_from_service]


def schedule_paths() -> list[str]:
    """The lookups that lead from a service to what keeps the schedules that its page shows."""
    return [path for model in Schedule.holder_models() for path in model.paths_from_service]


def reachable(services: "models.QuerySet[Service]", model: Any) -> Q:
    """The condition that a row of a model with `paths_from_service` is shown by these services."""
    keys = (Q(pk__in=services.order_by().values(path)) for path in model.paths_from_service)
    return reduce(or_, keys)


class Service(NaturalKeyModel):
    """What customers need help with. Owns one public page."""

    slug = CodeField(
        _("page address"),
        unique=True,
        help_text=_("The last part of the page's address. An earlier one leads to the new one."),
    )
    name = models.CharField(_("name"), max_length=120)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("The sentence above the channels.")
    )
    is_international = models.BooleanField(
        _("for customers in several countries"),
        default=False,
        help_text=_("All of its numbers are shown with the country code."),
    )
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Only then has it a public page.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="services",
        # Accounts stay in their database, and `dumpdata` writes what can be loaded into another.
        serialize=False,
        help_text=_("Who keeps it true, and is reminded when it is due for review."),
    )
    review_interval_days = models.PositiveSmallIntegerField(
        _("review every (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: the usual interval."),
    )
    reviewed_on = DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        validators=[validate_plausible_year, validate_not_to_come],
    )
    ended_on = DateField(
        _("ended on"),
        null=True,
        blank=True,
        validators=[validate_plausible_year, validate_not_to_come],
        help_text=_("Since this day it is not offered any more, and its address says so."),
    )
    ended_note = models.CharField(
        _("what customers use instead"),
        max_length=300,
        blank=True,
        help_text=_("Shown at the address of a service that has ended."),
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("service to use instead"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text=_("The address of a service that has ended leads there."),
    )
    # The day on which each owner, by user name, was last reminded of it.
    reminded_on = models.JSONField(default=dict, blank=True, editable=False, serialize=False)

    natural_key_fields = ("slug",)
    called_by = ("name",)
    # A page that appears gives all of its numbers.
    leading_fields = ("is_published",)
    # It may stand further down.
    set_last = ("successor",)
    objects: ClassVar = NaturalKeyManager.from_queryset(ServiceQuerySet)()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="service_review_interval_is_positive",
                condition=Q(review_interval_days=None) | Q(review_interval_days__gte=1),
            ),
            models.CheckConstraint(
                name="service_that_ended_is_not_published",
                condition=Q(ended_on=None) | Q(is_published=False),
                violation_error_code="is_published",
                violation_error_message=_("A service that has ended is not published."),
            ),
            models.CheckConstraint(
                name="service_is_not_its_own_successor",
                condition=Q(successor=None) | ~Q(successor=F("pk")),
                violation_error_code="successor",
                violation_error_message=_("A service cannot be used instead of itself."),
            ),
        ]
        permissions = [("bulk_change_service", _("Can copy services"))]

    def __str__(self) -> str:
        return self.name

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, and refuse the former address of another service."""
        super().validate_unique(exclude)
        if "slug" in (exclude or ()):
            return
        former = FormerSlug.objects.filter(slug=self.slug).exclude(service=self.pk).first()
        if former:
            message = _(
                "This is the former address of “%(service)s”, and leads to it. Choose another one."
            )
            params = {"service": former.service}
            error = ValidationError(message, code="former_slug", params=params)
            raise ValidationError({"slug": error})

    def get_absolute_url(self) -> str:
        """The address of its public page."""
        return reverse("directory:service-detail", args=[self.slug])

    def in_its_place(self) -> "Service | None":
        """The published service to use instead of one that has ended: its successor, or, where that
        has ended too, the successor's. None if there is none. A query for each further step."""
        passed, service = {self.pk}, self.successor
        while service and service.ended_on and len(passed) < STEPS_AT_MOST:
            passed.add(service.pk)
            service = service.successor if service.successor_id not in passed else None
        return service if service and service.is_published else None

    def services(self) -> ServiceQuerySet:
        """Itself: what else shows a service is its own page."""
        return Service.objects.filter(pk=self.pk)


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    """Former addresses by where they lead."""

    def leading_to(self, slug: str) -> str | None:
        """The slug that a published service has now which had this one before. One query."""
        found = self.filter(slug=slug, service__is_published=True)
        return found.values_list("service__slug", flat=True).first()

    def leading_on(self) -> Self:
        """Those of services that have a page, or say that they have ended."""
        return self.filter(Q(service__is_published=True) | ~Q(service__ended_on=None))

    def remember(self, addresses: Mapping[int, str]) -> None:
        """Keep the slugs that services had until now, by primary key: they lead to the services
        from now on. Call it when the new slugs are stored."""
        now = Service.objects.filter(pk__in=addresses).values_list("slug", flat=True)
        # Renamed back, it is no former one any more.
        self.filter(slug__in=now).delete()
        for key, old in addresses.items():
            self.update_or_create(slug=old, defaults={"service_id": key})


class FormerSlug(NaturalKeyModel):
    """An address that a service had before it was renamed: it leads to the service."""

    slug = models.SlugField(_("former address"), unique=True)
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="former_slugs"
    )

    natural_key_fields = ("slug",)
    objects: ClassVar = NaturalKeyManager.from_queryset(FormerSlugQuerySet)()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["-pk"]
        # Written by renaming a service, and deleted with it.
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug

    def services(self) -> ServiceQuerySet:
        """The service that it leads to."""
        return Service.objects.filter(pk=self.service_id)

    def clean(self) -> None:
        if Service.objects.filter(slug=self.slug).exists():
            message = _("A service has this address now.")
            raise ValidationError({"slug": ValidationError(message, code="slug_in_use")})

    def validate_whole(self) -> None:
        """The same when all rows of an import are there. Raises ValidationError."""
        self.clean()
