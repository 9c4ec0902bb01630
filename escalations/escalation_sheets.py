"""The spreadsheets of escalations: who answers, and what is particular to their contact points."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directory.imports.spreadsheets.columns import Column, ReferenceColumn
from directory.imports.spreadsheets.directory_sheets import UseSheet
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.uses import (
    UsesColumn,
    with_contact_points,
    without_contact_points,
)
from directory.models import Schedule, Service
from escalations.models import EscalationContact, EscalationContactUse


class EscalationContactSheet(Sheet):
    """Escalation contacts, with the contact points that they give."""

    name = "escalation-contacts"
    description = _(
        "One line per group, role or person who answers an escalation, with the codes of their "
        "contact points. One that you delete from the cell is taken away from them."
    )
    model = EscalationContact
    columns = [
        Column("code", _("code"), _("Recognises it. A new code makes a new one.")),
        Column("name", _("name"), _("The group or role.")),
        Column("person", _("person"), _("Who it is, if customers should know.")),
        ReferenceColumn(
            "schedule",
            _("schedule"),
            Schedule,
            help_text=_("Its code. Empty: the hours are not stated."),
        ),
        UsesColumn(EscalationContactUse),
    ]

    def queryset(self) -> QuerySet:
        rows = EscalationContact.objects.select_related("schedule").order_by("pk")
        return rows.prefetch_related(with_contact_points(EscalationContactUse))

    def services(self, keys: Collection[int]) -> QuerySet:
        return Service.objects.filter(escalation_policy__levels__contact__in=keys).distinct()

    def warnings(self, keys: Collection[int]) -> list[str]:
        contacts = EscalationContact.objects.filter(pk__in=keys)
        return without_contact_points(contacts.filter(levels__policy__service__is_published=True))


class EscalationContactUseSheet(UseSheet):
    """What each escalation contact gives."""

    name = "escalation-contact-uses"
    description = _(
        "One line per contact point of an escalation contact: its extensions, menu options and own "
        "label. Deleting a line takes nothing away; that is done in the sheet of escalation "
        "contacts."
    )
    model = EscalationContactUse
    key = ("contact", "contact_point")
    columns = [
        ReferenceColumn(
            "contact", _("escalation contact"), EscalationContact, help_text=_("Its code.")
        ),
        *UseSheet.use_columns,
    ]
