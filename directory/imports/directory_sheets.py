"""The spreadsheets of the directory: contact points, channels, and what channels give.

Which contact points a channel gives stands in its row; what is particular to each, such as its
extensions, in a sheet with a line for each of them.
"""

import re

from django.core.exceptions import ValidationError
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from directory.contacts import phones
from directory.contacts.kinds import VALUE_FIELDS, kind_of
from directory.imports.spreadsheets.columns import (
    ChoiceWidget,
    Column,
    DayWidget,
    DigitsWidget,
    FixedColumn,
    ListColumn,
    ReferencesWidget,
    ReferenceWidget,
    ReminderColumn,
    WholeNumberWidget,
)
from directory.imports.spreadsheets.sheets import Options, Sheet
from directory.imports.spreadsheets.uses import (
    UsesColumn,
    with_contact_points,
    without_contact_points,
)
from directory.models import Channel, ChannelContact, ContactPoint, RequestType, Schedule, Service


class ValueColumn(Column):
    """The number or address, whichever the kind asks for."""

    def differs(self, instance, row):
        return super().differs(instance, row) and not (
            instance.phone and self._is_number(row, instance.phone)
        )

    def save(self, instance, row, is_m2m=False, **kwargs):
        if instance.pk is not None and not self.differs(instance, row):
            return
        wanted = kind_of(instance.kind).field
        text = self.clean(row) if wanted == "phone" else row[self.column_name]
        for field in VALUE_FIELDS:
            setattr(instance, field, text if field == wanted else "")

    def _is_number(self, row, number):
        try:
            return phones.parse(self.clean(row)) == number
        except (ValueError, ValidationError):
            return False


class ExtensionsColumn(Column):
    """Extensions; those that differ only by zeros in front were spoilt by Excel, not edited."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        held, written = self.export(instance), row[self.column_name]
        if held != written and self._without_zeros(held) == self._without_zeros(written):
            raise ValueError(
                _(
                    "Here it is “%(held)s”: Excel takes zeros away. Give the cell the format "
                    "“Text” and write it again, or change it in the form."
                )
                % {"held": held}
            )
        super().save(instance, row, is_m2m, **kwargs)

    def _without_zeros(self, text):
        return [digits.lstrip("0") for digits in re.findall(r"\d+", text)]


def _with_key(before, after=""):
    return Concat(Value(before), Cast("pk", CharField()), Value(after), output_field=CharField())


# What a contact point holds while another row of the file may take its value: unique, and nobody's.
STAND_INS = {
    "phone": _with_key("+0"),
    "email": _with_key("", "@import.invalid"),
    "url": _with_key("https://import.invalid/"),
}


class ContactPointSheet(Sheet):
    name = "contact-points"
    description = _("One line per number or address. Every page that gives it changes with it.")
    column_of_the_whole = "value"

    code = Column("code", _("code"), help_text=_("Recognises it. A new code makes a new one."))
    kind = FixedColumn(
        "kind",
        _("kind"),
        widget=ChoiceWidget(ContactPoint.Kind),
        help_text=_("Phone, WhatsApp, E-mail or Web address."),
    )
    label = Column("label", _("label"), help_text=_("What customers read beside it."))
    value = ValueColumn(
        "value",
        _("number or address"),
        attribute="display",
        widget=DigitsWidget(),
        errors_of=["phone", "email", "url"],
        help_text=_("As people write it: 601 744 2727, 01 8000 181531, soporte@ejemplo.com."),
    )
    verified_on = Column(
        "verified_on", _("verified on"), widget=DayWidget(), help_text=_("31/12/2026 or empty.")
    )
    replaced_by = Column(
        "replaced_by",
        _("replaced by"),
        widget=ReferenceWidget(ContactPoint),
        help_text=_("The code of what takes its place, or empty."),
    )
    replaced_on = Column(
        "replaced_on", _("replaced on"), widget=DayWidget(), help_text=_("From which day on.")
    )

    class Meta(Options):
        model = ContactPoint
        fields = (
            "code", "kind", "label", "value", "verified_on", "replaced_by", "replaced_on",
        )  # fmt: skip
        import_id_fields = ("code",)

    def get_queryset(self):
        return ContactPoint.objects.select_related("replaced_by").order_by("pk")

    def services(self, keys):
        return showing(keys)

    def set_aside(self, changing):
        if values := changing("value"):
            points = ContactPoint.objects.filter(pk__in=values)
            for field, stand_in in STAND_INS.items():
                points.exclude(**{field: ""}).update(**{field: stand_in})
        if planned := changing("replaced_by", "replaced_on"):
            points = ContactPoint.objects.filter(pk__in=planned)
            points.update(replaced_by=None, replaced_on=None)

    def twin(self, instance):
        others = ContactPoint.objects.filter(kind=instance.kind).exclude(pk=instance.pk)
        lookup = "email__iexact" if instance.value_field == "email" else instance.value_field
        return others.filter(**{lookup: getattr(instance, instance.value_field)}).first()


class ChannelSheet(Sheet):
    name = "channels"
    description = _(
        "One line per channel, with the codes of the contact points that it gives. One that you "
        "delete from the cell is taken away from the channel."
    )

    service = FixedColumn(
        "service",
        _("service"),
        widget=ReferenceWidget(Service, "slug"),
        help_text=_("Its address, such as “mesa-de-ayuda”."),
    )
    code = Column("code", _("code"), help_text=_("Recognises it within the service."))
    medium = Column(
        "medium",
        _("medium"),
        widget=ChoiceWidget(Channel.Medium),
        help_text=_("Telephone, E-mail, WhatsApp and so on, as in the export."),
    )
    title_of_it = Column("title", _("title"), attribute="title")
    request_types = ListColumn(
        "request_types",
        _("request types"),
        widget=ReferencesWidget(RequestType),
        help_text=_("Their codes, with commas: incidente, solicitud."),
    )
    schedule = Column(
        "schedule", _("schedule"), widget=ReferenceWidget(Schedule), help_text=_("Its code.")
    )
    description_of_it = Column("description", _("description"), attribute="description")
    position = Column(
        "position",
        _("position"),
        widget=WholeNumberWidget(),
        help_text=_("Its place on the page: 1, 2, 3…"),
    )
    valid_from = Column(
        "valid_from", _("valid from"), widget=DayWidget(), help_text=_("31/12/2026 or empty.")
    )
    valid_until = Column(
        "valid_until", _("valid until"), widget=DayWidget(), help_text=_("31/12/2026 or empty.")
    )

    contact_points = UsesColumn(ChannelContact)

    class Meta(Options):
        model = Channel
        fields = (
            "service", "code", "medium", "title_of_it", "request_types", "schedule",
            "contact_points", "description_of_it", "position", "valid_from", "valid_until",
        )  # fmt: skip
        import_id_fields = ("service", "code")

    def get_queryset(self):
        rows = Channel.objects.select_related("service", "schedule").order_by("pk")
        return rows.prefetch_related("request_types", with_contact_points(ChannelContact))

    def services(self, keys):
        return Service.objects.filter(channels__in=keys).distinct()

    def warnings(self, keys):
        public = Channel.objects.filter(pk__in=keys, service__is_published=True)
        return without_contact_points(public.select_related("service"))


class ChannelWidget(ReferenceWidget):
    """A channel by its code, within the service of the same line."""

    def __init__(self):
        super().__init__(Channel)

    def prepare_rows(self, rows, column):
        found = Channel.objects.select_related("service", "schedule").filter(
            service__slug__in={row["service"] for row in rows},
            code__in={row[column] for row in rows},
        )
        self._rows = {(channel.service.slug, channel.code): channel for channel in found}

    def clean(self, value, row=None, **kwargs):
        if channel := self._rows.get((row["service"], value)):
            return channel
        return self.row(value)


class UseSheet(Sheet):
    """What something gives: a contact point with its extensions and menu options."""

    contact_point = Column(
        "contact_point",
        _("contact point"),
        widget=ReferenceWidget(ContactPoint),
        help_text=_("Its code."),
    )
    value = ReminderColumn(
        "value",
        _("number or address"),
        attribute="contact_point__display",
        help_text=_("Only to read. It changes in the sheet of contact points."),
    )
    label = Column(
        "label", _("own label"), help_text=_("Only if this page should call it differently.")
    )
    menu_options = Column(
        "menu_options", _("menu options"), help_text=_("Such as “Opción 2 - opción 4”.")
    )
    extensions = ExtensionsColumn(
        "extensions",
        _("extensions"),
        widget=DigitsWidget(),
        help_text=_("With commas: 1107, 1109."),
    )
    position = Column(
        "position",
        _("position"),
        widget=WholeNumberWidget(),
        help_text=_("Its place in the list: 1, 2, 3…"),
    )

    def subject(self, instance):
        return getattr(instance, instance.holder_field)

    def services(self, keys):
        path = self._meta.model.path_from_service
        return Service.objects.filter(**{f"{path}__in": keys}).distinct()


class ChannelContactSheet(UseSheet):
    name = "channel-contacts"
    description = _(
        "One line per contact point that a channel gives: its extensions, menu options and own "
        "label. Deleting a line takes nothing away; that is done in the sheet of channels."
    )

    service = ReminderColumn(
        "service",
        _("service"),
        attribute="channel__service__slug",
        help_text=_("Its address, such as “mesa-de-ayuda”."),
    )
    channel = Column("channel", _("channel"), widget=ChannelWidget(), help_text=_("Its code."))

    class Meta(Options):
        model = ChannelContact
        fields = (
            "service", "channel", "contact_point", "value", "label", "menu_options",
            "extensions", "position",
        )  # fmt: skip
        import_id_fields = ("service", "channel", "contact_point")

    def get_queryset(self):
        return ChannelContact.objects.select_related(
            "channel__service", "channel__schedule", "contact_point"
        ).order_by("pk")


def showing(keys):
    """The services whose pages show one of these contact points, also as what replaces another."""
    return Service.objects.showing_contact_points(keys)


# The sheets of the workbook that holds all; apps that come later add theirs.
WORKBOOK = [ContactPointSheet, ChannelSheet]
