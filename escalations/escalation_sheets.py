"""The spreadsheets of escalations: who answers, and what is particular to their contact points."""

from django.utils.translation import gettext_lazy as _

from directory.imports.spreadsheets.columns import Column, ReferenceColumn
from directory.imports.spreadsheets.uses import HolderSheet, UsesColumn, UseSheet
from escalations.models import EscalationContact, EscalationContactUse


class EscalationContactSheet(HolderSheet):
    """Escalation contacts, with the contact points that they give."""

    name = "escalation-contacts"
    description = _(
        "One line per group, role or person who answers an escalation, with the codes of their "
        "contact points. One that you delete from the cell is taken away from them."
    )
    model = EscalationContact
    related = ("schedule",)
    columns = [
        Column("code", _("Recognises it. A new code makes a new one.")),
        Column("name", _("The group or role.")),
        Column("person", _("Who it is, if customers should know.")),
        ReferenceColumn("schedule", _("Its code. Empty: the hours are not stated.")),
        UsesColumn(),
    ]


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
    columns = [ReferenceColumn("contact", _("Its code.")), *UseSheet.use_columns]
