"""The spreadsheets of escalations."""

from django.utils.translation import gettext_lazy as _

from directory.imports.directory_sheets import WORKBOOK, UseSheet
from directory.imports.spreadsheets.columns import Column, ReferenceWidget
from directory.imports.spreadsheets.sheets import Options, Sheet
from directory.imports.spreadsheets.uses import (
    UsesColumn,
    with_contact_points,
    without_contact_points,
)
from directory.models import Schedule, Service
from escalations.models import EscalationContact, EscalationContactUse


class EscalationContactSheet(Sheet):
    name = "escalation-contacts"
    description = _(
        "One line per group, role or person who answers an escalation, with the codes of their "
        "contact points. One that you delete from the cell is taken away from them."
    )

    code = Column("code", _("code"), help_text=_("Recognises it. A new code makes a new one."))
    name_of_it = Column("name", _("name"), attribute="name", help_text=_("The group or role."))
    person = Column("person", _("person"), help_text=_("Who it is, if customers should know."))
    schedule = Column(
        "schedule",
        _("schedule"),
        widget=ReferenceWidget(Schedule),
        help_text=_("Its code. Empty: the hours are not stated."),
    )
    contact_points = UsesColumn(EscalationContactUse)

    class Meta(Options):
        model = EscalationContact
        fields = ("code", "name_of_it", "person", "schedule", "contact_points")
        import_id_fields = ("code",)

    def get_queryset(self):
        rows = EscalationContact.objects.select_related("schedule").order_by("pk")
        return rows.prefetch_related(with_contact_points(EscalationContactUse))

    def services(self, keys):
        return Service.objects.filter(escalation_policy__levels__contact__in=keys).distinct()

    def warnings(self, keys):
        contacts = EscalationContact.objects.filter(pk__in=keys)
        return without_contact_points(contacts.filter(levels__policy__service__is_published=True))


class EscalationContactUseSheet(UseSheet):
    name = "escalation-contact-uses"
    description = _(
        "One line per contact point of an escalation contact: its extensions, menu options and own "
        "label. Deleting a line takes nothing away; that is done in the sheet of escalation "
        "contacts."
    )

    contact = Column(
        "contact",
        _("escalation contact"),
        widget=ReferenceWidget(EscalationContact),
        help_text=_("Its code."),
    )

    class Meta(Options):
        model = EscalationContactUse
        fields = (
            "contact", "contact_point", "value", "label", "menu_options", "extensions", "position",
        )  # fmt: skip
        import_id_fields = ("contact", "contact_point")

    def get_queryset(self):
        rows = EscalationContactUse.objects.select_related("contact", "contact_point")
        return rows.order_by("pk")


WORKBOOK.append(EscalationContactSheet)
