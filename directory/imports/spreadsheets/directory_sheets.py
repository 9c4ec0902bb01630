"""The spreadsheets of contact points, channels, and what channels give; and the workbook of all.

Which contact points a channel gives stands in its row; what is particular to each, such as its
extensions, in a sheet with a line for each of them.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.contacts.countries import home
from directory.contacts.kinds import KINDS, VALUE_FIELDS, kind_of
from directory.contacts.text import fold
from directory.imports.spreadsheets.columns import (
    ChoiceColumn,
    Column,
    DigitsColumn,
    FixedChoiceColumn,
    PositionColumn,
    Row,
    YesNoColumn,
)
from directory.imports.spreadsheets.exception_sheet import ScheduleExceptionSheet
from directory.imports.spreadsheets.notice_sheet import NoticeSheet
from directory.imports.spreadsheets.references import ListColumn, ReferenceColumn
from directory.imports.spreadsheets.schedule_sheet import ScheduleSheet, SeasonSheet
from directory.imports.spreadsheets.service_sheets import (
    SERVICE_HELP,
    RequestTypeSheet,
    ResponseTargetSheet,
    ServiceSheet,
)
from directory.imports.spreadsheets.sheet import NumberedRow, Sheet
from directory.imports.spreadsheets.time_columns import DayColumn
from directory.imports.spreadsheets.uses import HolderSheet, UsesColumn, UseSheet
from directory.models import Channel, ChannelContact, ContactPoint, Service
from directory.models.number_concerns import warnings_of
from directory.models.services import ServiceQuerySet


def _written() -> str:
    examples = (*home().examples, *home().short_codes, "soporte@example.com")
    return gettext("As people write it: %s.") % ", ".join(examples)


def _example_number() -> str:
    return home().examples[0] if home().examples else "+1 305 555 0100"


class NumberColumn(DigitsColumn):
    """The number or address, whichever the kind asks for."""

    def differs(self, instance: ContactPoint, row: Row) -> bool:
        if not super().differs(instance, row):
            return False
        # The same number may be written in many ways.
        return not instance.phone or ContactPoint(phone=row[self.name]).phone != instance.phone

    def assign(self, instance: ContactPoint, value: str) -> None:
        for field in VALUE_FIELDS:
            setattr(instance, field, value if field == kind_of(instance.kind).field else "")


def _with_key(before: str, after: str = "") -> Concat:
    return Concat(Value(before), Cast("pk", CharField()), Value(after), output_field=CharField())


# What a contact point holds while another row of the file may take its value: unique, and nobody's.
STAND_INS = {name: _with_key("#") for name in VALUE_FIELDS} | {
    "phone": _with_key("+0"),
    "email": _with_key("", "@import.invalid"),
    "url": _with_key("https://import.invalid/"),
    "sms": _with_key("+0"),
    "telegram": _with_key("aside_"),
}


class ContactPointSheet(Sheet):
    """Contact points, with what replaces them."""

    name = "contact-points"
    description = _("One line per number or address. Every page that gives it changes with it.")
    model = ContactPoint
    code_from = ("label",)
    facts = ("kind", "value")
    related = ("replaced_by",)
    columns = [
        Column("code", _("Recognises it. Empty: found by its number or address, or made.")),
        FixedChoiceColumn("kind"),
        Column("label", _("What customers read beside it.")),
        NumberColumn(
            "value",
            lazy(_written, str)(),
            _("number or address"),
            attribute="typed",
            errors_of=[*VALUE_FIELDS, NON_FIELD_ERRORS],
        ),
        Column("map_url", _("Only of a postal address: the link to a map, or empty.")),
        DayColumn("verified_on", _("31/12/2026 or empty.")),
        ReferenceColumn("replaced_by", _("The code of what takes its place, or empty.")),
        DayColumn("replaced_on", _("From which day on.")),
    ]
    examples = [
        {
            "code": _("example-line"),
            "kind": KINDS["phone"].label,
            "label": _("Help desk line"),
            "value": lazy(_example_number, str)(),
        },
        {
            "code": _("example-mail"),
            "kind": KINDS["email"].label,
            "label": _("Help desk mail"),
            "value": "help@example.com",
        },
    ]

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.showing_contact_points(keys)

    def warnings(self, keys: Collection[int]) -> list[str]:
        return warnings_of(ContactPoint.objects.filter(pk__in=keys).order_by("pk"), keys)

    def facts_of(self, row: Row) -> tuple[str, ...]:
        kinds = self._by_name["kind"]
        try:
            kind = kinds.read(row) if row.get("kind") else ""
        except ValidationError:
            kind = ""
        if not kind or not row.get("value"):
            return ()
        field: Any = ContactPoint._meta.get_field(kind_of(kind).field)
        try:
            kept = str(field.to_python(row["value"]))
        except ValidationError:
            kept = row["value"]
        return kind, fold(kept)

    def stored_facts(
        self, lines: list[NumberedRow]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        rows = ContactPoint.objects.order_by("pk").values_list("code", "kind", *VALUE_FIELDS)
        for code, kind, *values in rows.iterator(chunk_size=2000):
            yield (code,), (kind, fold(str(next(filter(None, values), ""))))

    def set_aside(self, stored: list[tuple[ContactPoint, Row]]) -> set[int]:
        def keys_of_changing(*names: str) -> set[int]:
            columns = [column for column in self.columns if column.name in names]
            return {
                point.pk
                for point, row in stored
                if any(column.differs(point, row) for column in columns)
            }

        valued = keys_of_changing("value")
        for field, stand_in in STAND_INS.items():
            points = ContactPoint.objects.filter(pk__in=valued).exclude(**{field: ""})
            points.update(**{field: stand_in})
        planned = keys_of_changing("replaced_by", "replaced_on")
        ContactPoint.objects.filter(pk__in=planned).update(replaced_by=None, replaced_on=None)
        return valued | planned

    def twin(self, instance: ContactPoint) -> ContactPoint | None:
        others = ContactPoint.objects.filter(kind=instance.kind).exclude(pk=instance.pk)
        lookup = "email__iexact" if instance.value_field == "email" else instance.value_field
        return others.filter(**{lookup: getattr(instance, instance.value_field)}).first()


class ChannelSheet(HolderSheet):
    """Channels, with the contact points that they give."""

    name = "channels"
    description = _(
        "One line per channel, with the codes of the contact points that it gives. One that you "
        "delete from the cell is taken away from the channel."
    )
    model = Channel
    key = ("service", "code")
    code_from = facts = ("title",)
    further_facts = ("medium", "request_types", "schedule")
    order = ("service__slug", "position", "pk")
    related = Channel.holder_related
    columns = [
        ReferenceColumn("service", SERVICE_HELP),
        Column(
            "code",
            _("Recognises it within the service. Empty: found by its title, or made of it."),
        ),
        ChoiceColumn("medium", _("Telephone, E-mail, WhatsApp and so on, as in the export.")),
        Column("title"),
        ListColumn("request_types", _("Codes or names, with commas: incidente, solicitud.")),
        ReferenceColumn("schedule", _("Its code or name. Empty: the hours are not stated.")),
        UsesColumn(),
        Column("description"),
        YesNoColumn("for_abroad", _("“Yes” for customers in other countries; else “no” or empty.")),
        Column("languages", _("In which customers are served: es, en.")),
        PositionColumn("position", _("Its place on the page: 1, 2, 3… Empty: last.")),
        DayColumn("valid_from", _("31/12/2026 or empty.")),
        DayColumn("valid_until", _("31/12/2026 or empty.")),
    ]
    examples = [
        {
            "service": _("example-help-desk"),
            "code": _("example-telephone"),
            "medium": Channel.Medium.TELEPHONE.label,
            "title": _("By telephone"),
            "request_types": _("example-incident"),
            "schedule": _("example-office"),
            "contact_points": _("example-line"),
        },
        {
            "service": _("example-help-desk"),
            "code": _("example-by-mail"),
            "medium": Channel.Medium.EMAIL.label,
            "title": _("By e-mail"),
            "request_types": _("example-incident"),
            "contact_points": _("example-mail"),
        },
    ]


class ChannelOfServiceColumn(ReferenceColumn):
    """A channel by its code, within the service of the same row."""

    within = ("service",)
    related = Channel.holder_related


class NamingServiceColumn(ReferenceColumn):
    """The service by which a channel is found: nothing of the row itself."""

    @property
    def model(self) -> Any:
        return Service

    def text(self, instance: ChannelContact) -> str:
        return instance.channel.service.slug if instance.channel_id else ""

    def fill(self, instance: ChannelContact, row: Row) -> None:
        self.read(row)


class ChannelContactSheet(UseSheet):
    """What each channel gives."""

    name = "channel-contacts"
    description = _(
        "One line per contact point that a channel gives: its extensions, menu options and own "
        "label. Deleting a line takes nothing away; that is done in the sheet of channels."
    )
    model = ChannelContact
    key = ("service", "channel", "contact_point")
    columns = [
        NamingServiceColumn(
            "service",
            SERVICE_HELP,
            _("service"),
            attribute="channel__service__slug",
        ),
        ChannelOfServiceColumn("channel", _("Its code or title.")),
        *UseSheet.use_columns,
    ]
    order = ("channel__service__slug", "channel__position", "channel__pk", "position", "pk")
    examples = [
        {
            "service": _("example-help-desk"),
            "channel": _("example-telephone"),
            "contact_point": _("example-line"),
            "extensions": "1107, 1109",
            "menu_options": _("Option 2"),
        }
    ]


# The sheets of the workbook that other apps add, in `AppConfig.ready`.
_registered: list[type[Sheet]] = []


def register(*sheets: type[Sheet]) -> None:
    """Let the workbook with all have these sheets too, behind those of the directory."""
    _registered.extend(sheet for sheet in sheets if sheet not in _registered)


def workbook_sheets() -> list[type[Sheet]]:
    """The sheets of the workbook with all, each behind those that it refers to."""
    return [
        ServiceSheet,
        RequestTypeSheet,
        ScheduleSheet,
        SeasonSheet,
        ScheduleExceptionSheet,
        ContactPointSheet,
        ChannelSheet,
        ChannelContactSheet,
        ResponseTargetSheet,
        *_registered,
        NoticeSheet,
    ]
