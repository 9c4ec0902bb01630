"""The spreadsheets of escalations."""

from django.utils.translation import gettext_lazy as _

from directory.models import Schedule, Service
from directory.sheets import UseSheet
from directory.spreadsheets.columns import Column, ReferenceWidget
from directory.spreadsheets.sheets import Options, Sheet
from escalations.models import EscalationContact, EscalationContactUse


class EscalationContactSheet(Sheet):
    name = "escalation-contacts"
    description = _("One line per group, role or person who answers an escalation.")

    code = Column("code", _("code"), help_text=_("Recognises it. A new code makes a new one."))
    name_of_it = Column("name", _("name"), attribute="name", help_text=_("The group or role."))
    person = Column("person", _("person"), help_text=_("Who it is, if customers should know."))
    schedule = Column(
        "schedule",
        _("schedule"),
        widget=ReferenceWidget(Schedule),
        help_text=_("Its code. Empty: the hours are not stated."),
    )

    class Meta(Options):
        model = EscalationContact
        fields = ("code", "name_of_it", "person", "schedule")
        import_id_fields = ("code",)

    def get_queryset(self):
        return EscalationContact.objects.select_related("schedule").order_by("pk")

    def services(self, keys):
        return Service.objects.filter(escalation_policy__levels__contact__in=keys).distinct()


class EscalationContactUseSheet(UseSheet):
    name = "escalation-contact-uses"
    description = _("One line per contact point of an escalation contact.")

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
