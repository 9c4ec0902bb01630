"""Who answers escalations, and at which contact points."""

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directory.models import ContactPointUse, Schedule, Service
from directory.models.address_fields import CodeField
from directory.models.natural_keys import NaturalKeyModel


class EscalationContact(NaturalKeyModel):
    """A group, role or person who answers an escalation. Shared between services."""

    code = CodeField(_("code"), unique=True, help_text=_("A short, stable name for imports."))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("The group or role, such as “Support supervisor”.")
    )
    person = models.CharField(
        _("person"), max_length=120, blank=True, help_text=_("Who it is, if customers should know.")
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("schedule"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="escalation_contacts",
        help_text=_("Empty: the hours are not stated."),
    )

    holder_related = ()
    path_from_service = "escalation_policy__levels__contact"

    class Meta:
        verbose_name = _("escalation contact")
        verbose_name_plural = _("escalation contacts")
        ordering = ["name", "person", "code"]
        permissions = [("bulk_change_escalationcontact", _("Can import escalation contacts"))]

    def __str__(self) -> str:
        named = f"{self.name} · {self.person}" if self.person else self.name
        return f"{named} ({self.code})"

    def services(self) -> QuerySet[Service]:
        """The services whose pages name this contact."""
        return Service.objects.filter(escalation_policy__levels__contact=self).distinct()

    def holders(self) -> list[models.QuerySet]:
        """The policies that escalate to this contact, as one queryset."""
        policies = apps.get_model("escalations", "EscalationPolicy").objects.filter(
            pk__in=self.levels.values("policy")
        )
        return [policies.select_related("service").order_by("pk")]


class EscalationContactUse(ContactPointUse):
    """A contact point as one escalation contact gives it."""

    contact = models.ForeignKey(
        EscalationContact,
        verbose_name=_("escalation contact"),
        on_delete=models.CASCADE,
        related_name="contact_uses",
    )

    natural_key_fields = ("contact__code", "contact_point__code")
    part_of = "contact"
    holder_field = "contact"
    holder_related = ("contact",)
    path_from_service = f"{EscalationContact.path_from_service}__contact_uses"

    class Meta(ContactPointUse.Meta):
        verbose_name = _("contact of an escalation contact")
        verbose_name_plural = _("contacts of an escalation contact")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "contact_point"],
                name="escalationcontactuse_is_unique_in_contact",
                violation_error_message=_("This contact already has this contact point."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} › {self.contact_point}"
