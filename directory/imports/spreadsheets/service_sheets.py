"""The spreadsheets of services, of what customers want from them, and of what these promise."""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.imports.spreadsheets.columns import (
    CODE_HELP,
    Column,
    OptionalNumberColumn,
    OptionalYesNoColumn,
    PositionColumn,
    Row,
    YesNoColumn,
)
from directory.imports.spreadsheets.references import ReferenceColumn
from directory.imports.spreadsheets.sheet import NumberedRow, Sheet
from directory.imports.spreadsheets.time_columns import DayColumn, DurationColumn
from directory.models import RequestType, ResponseTarget, Service
from directory.models.services import FormerSlug, ServiceQuerySet

SERVICE_HELP = _("Its address, such as “mesa-de-ayuda”, or its name.")
NAMED_AT_MOST = 20
TYPE_HELP = _("Its code or name.")


class SlugColumn(Column):
    """The address of a service, which must not have been another one's."""

    def prepare(self, rows: list[Row]) -> None:
        former = FormerSlug.objects.values_list("slug", flat=True)
        self._former = set(former.filter(slug__in={row[self.name] for row in rows}))

    def fill(self, instance: Service, row: Row) -> None:
        super().fill(instance, row)
        if instance.slug in self._former and instance.pk is None:
            try:
                instance.validate_unique()
            except ValidationError as error:
                raise ValidationError(error.messages[0]) from error


class ServiceSheet(Sheet):
    """Services: their names, and whether they have a page."""

    name = "services"
    description = _(
        "One line per service. A new one is a draft until you write “yes” in Published."
    )
    model = Service
    key = ("slug",)
    code_from = facts = ("name",)
    related = ("successor",)
    columns = [
        SlugColumn(
            "slug",
            _("The last part of its page's address. Empty: found by its name, or made of it."),
            _("page address"),
        ),
        Column("name", _("As customers call it.")),
        Column("introduction", _("The sentence above the channels.")),
        OptionalYesNoColumn(
            "is_published",
            _("“Yes”: it has a public page. Empty: as it is, and a new one is a draft."),
        ),
        YesNoColumn("is_international", _("“Yes”: its numbers are shown with the country code.")),
        OptionalNumberColumn("review_interval_days", _("Empty: the usual interval.")),
        DayColumn("reviewed_on", _("31/12/2026 or empty.")),
        DayColumn("ended_on", _("Only of a service that is not offered any more: since when.")),
        Column("ended_note", _("Only of a service that has ended: what to use instead.")),
        ReferenceColumn("successor", _("The service to use instead: its address or name.")),
    ]
    examples = [
        {
            "slug": _("example-help-desk"),
            "name": _("Help desk"),
            "introduction": _("Whom to contact about computers and accounts."),
            "is_published": _("no"),
        }
    ]

    def stored_facts(
        self, lines: list[NumberedRow]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        yield from super().stored_facts(lines)
        # No new service gets an address that leads to another one.
        for slug in FormerSlug.objects.values_list("slug", flat=True).iterator():
            yield (slug,), ()

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.filter(pk__in=keys)

    def warnings(self, keys: Collection[int]) -> list[str]:
        """Which are drafts, as nobody sees these."""
        drafts = Service.objects.filter(pk__in=keys, is_published=False, ended_on=None)
        names = list(drafts.order_by("name").values_list("name", flat=True))
        if not names:
            return []
        warning = ngettext(
            "This service is a draft: it has a page once you write “yes” in “%(column)s”: "
            "%(names)s.",
            "These services are drafts: they have pages once you write “yes” in “%(column)s”: "
            "%(names)s.",
            len(names),
        )
        named = ", ".join(names[:NAMED_AT_MOST]) + ("…" if len(names) > NAMED_AT_MOST else "")
        return [warning % {"column": self._by_name["is_published"].heading, "names": named}]


class RequestTypeSheet(Sheet):
    """What customers want."""

    name = "request-types"
    description = _("One line for each thing that customers want: an incident, a request, …")
    model = RequestType
    code_from = facts = ("name",)
    order = ("position", "code")
    columns = [
        Column("code", CODE_HELP),
        Column("name"),
        Column("description", _("What it is, in a sentence. Customers read it.")),
        YesNoColumn("covers_all", _("“Yes” for the one that stands for all the others.")),
        YesNoColumn("is_critical", _("“Yes” for what cannot wait.")),
        PositionColumn("position", _("Its place in lists: 1, 2, 3… Empty: last.")),
    ]
    examples = [
        {"code": _("example-incident"), "name": _("Incidents"), "description": _("It fails.")}
    ]

    @property
    def bulk_model(self) -> type[Model]:
        return Service

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.reached_by(RequestType.paths_from_service(), "pk__in", keys)


class ResponseTargetSheet(Sheet):
    """What services promise."""

    name = "response-targets"
    description = _("One line per service and request type: within which time it responds.")
    model = ResponseTarget
    key = ("service", "request_type")
    related = ("service", "request_type")
    columns = [
        ReferenceColumn("service", SERVICE_HELP),
        ReferenceColumn("request_type", TYPE_HELP),
        DurationColumn("respond_minutes", _("“4 h”, “2 days”. Empty: not promised.")),
        DurationColumn("solve_minutes", _("“8 h”, “15 days”. Empty: not promised.")),
        YesNoColumn("in_open_hours", _("“Yes”: only hours and days count on which it is open.")),
    ]
    examples = [
        {
            "service": _("example-help-desk"),
            "request_type": _("example-incident"),
            "respond_minutes": "4 h",
            "in_open_hours": _("yes"),
        }
    ]

    @property
    def page_model(self) -> type[Model]:
        return Service

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.filter(targets__in=keys)

    def subject(self, instance: Any) -> Model:
        return instance.service
