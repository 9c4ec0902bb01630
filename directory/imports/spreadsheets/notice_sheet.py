"""The spreadsheet of notices: what is out of order or is to be known."""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports.spreadsheets.columns import CODE_HELP, Column, OptionalChoiceColumn, Row
from directory.imports.spreadsheets.references import ReferenceColumn, by_natural_key
from directory.imports.spreadsheets.service_sheets import SERVICE_HELP
from directory.imports.spreadsheets.sheet import NumberedRow, Sheet
from directory.imports.spreadsheets.time_columns import MomentColumn, OptionalMomentColumn
from directory.models import Channel, Notice, Service
from directory.models.services import ServiceQuerySet


class SubjectServiceColumn(ReferenceColumn):
    """The service that a notice is on, or whose channel it is on."""

    def text(self, instance: Notice) -> str:
        service = instance.channel.service if instance.channel else instance.service
        return service.slug if service else ""

    def fill(self, instance: Notice, row: Row) -> None:
        if self.name in row:
            service = self.read(row)
            instance.service = None if row.get("channel") else service


class SubjectChannelColumn(ReferenceColumn):
    """The channel that a notice is on, of the service of the same row."""

    within = ("service",)
    related = ("service", "schedule")

    def fill(self, instance: Notice, row: Row) -> None:
        if self.name in row:
            instance.channel = self.read(row)


class NoticeSheet(Sheet):
    """Notices that nobody has ended."""

    name = "notices"
    description = gettext_lazy(
        "One line per notice, on a service, a channel or a contact point; on none of them it is "
        "for all services. Those that were ended are not here."
    )
    model = Notice
    code_from = facts = ("text",)
    further_facts = ("service", "channel", "contact_point")
    related = ("contact_point", "service", "channel__service", "channel__schedule")
    may_leave_pages = True
    columns = [
        Column("code", CODE_HELP),
        Column("text", gettext_lazy("What customers read.")),
        OptionalChoiceColumn("severity"),
        SubjectServiceColumn("service", SERVICE_HELP),
        SubjectChannelColumn("channel", gettext_lazy("Its code or title, within the service.")),
        ReferenceColumn("contact_point", gettext_lazy("Its code, or the number or address.")),
        OptionalMomentColumn("since", gettext_lazy("31/12/2026 8:00. Empty: from now on.")),
        MomentColumn("until", gettext_lazy("31/12/2026 18:00. Empty: until further notice.")),
    ]
    examples = [
        {
            "code": gettext_lazy("example-notice"),
            "text": gettext_lazy("The line is being repaired. Write to us instead."),
            "service": gettext_lazy("example-help-desk"),
            "channel": gettext_lazy("example-telephone"),
            "since": "24/12/2030 8:00",
            "until": "24/12/2030 18:00",
        }
    ]

    @property
    def bulk_model(self) -> type[Model]:
        return Service

    def queryset(self) -> QuerySet:
        return super().queryset().filter(ended_at=None)

    def stored(self, rows: list[Row]) -> dict[tuple[str, ...], Any]:
        return by_natural_key(Notice.objects.with_subjects(), map(self.key_of, rows))

    def stored_facts(
        self, lines: list[NumberedRow]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        ended = set(Notice.objects.exclude(ended_at=None).values_list("code", flat=True))
        for key, facts in super().stored_facts(lines):
            # What has ended keeps its code, and is no notice to find again.
            yield key, () if key[0] in ended else facts

    def refuse_change(self, instance: Notice) -> None:
        if instance.ended_at:
            message = _("This notice was ended. Leave it as it is, or write another code.")
            raise ValidationError(message, code="ended")

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        notices = Notice.objects.filter(pk__in=keys)
        if notices.filter(contact_point=None, channel=None, service=None).exists():
            return Service.objects.all()
        points = notices.exclude(contact_point=None).values_list("contact_point", flat=True)
        shown = Service.objects.showing_contact_points(points)
        channels = Channel.objects.filter(notices__in=keys)
        return Service.objects.filter(
            Q(notices__in=keys)
            | Q(pk__in=channels.values("service"))
            | Q(pk__in=shown.order_by().values("pk"))
        ).distinct()
