"""Who answers escalations, and at which contact points."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from directory.contacts.stand_ins import LONGEST_CHAIN
from directory.models import ContactPointUse, Schedule, Service
from directory.models.address_fields import CodeField
from directory.models.natural_keys import NaturalKeyModel

# Shorter ones (de, la) are in many words.
SHORTEST_NAME = 3


class EscalationContact(NaturalKeyModel):
    """A group, role or person who answers an escalation. Shared between services.

    `public` is how much of it editions say: what they do not say is in no page, file or feed.
    """

    class Public(models.TextChoices):
        PERSON = "person", _("Name and contacts")
        CONTACTS = "contacts", _("Role and contacts")
        ROLE = "role", _("Role only")

    code = CodeField(_("code"), unique=True, help_text=_("A short, stable name for imports."))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("The group or role, such as “Support supervisor”.")
    )
    person = models.CharField(
        _("person"), max_length=120, blank=True, help_text=_("Who it is, if customers should know.")
    )
    public = models.CharField(
        _("public"),
        max_length=20,
        choices=Public,
        default=Public.PERSON,
        help_text=_(
            "What customers see. Earlier editions stay as they are: withdraw those that say more."
        ),
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("schedule"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="escalation_contacts",
        help_text=_("Empty: customers read “Hours not stated”."),
    )

    called_by = ("name", "person")
    leading_fields = ("name", "person")

    holder_related = ()
    # Of who answers on a level, and of who stands in for one another.
    paths_from_service = tuple(
        "__".join(["escalation_policy__levels__contact", *["absences__stand_in"] * number])
        for number in range(LONGEST_CHAIN + 1)
    )

    class Meta:
        verbose_name = _("escalation contact")
        verbose_name_plural = _("escalation contacts")
        ordering = ["name", "person", "code"]
        constraints = [
            models.CheckConstraint(
                name="escalationcontact_public_is_known",
                condition=Q(public__in=["person", "contacts", "role"]),
            )
        ]
        permissions = [("bulk_change_escalationcontact", _("Can import escalation contacts"))]

    def __str__(self) -> str:
        return f"{self.name} · {self.person}" if self.person else self.name

    def clean(self) -> None:
        if self.public_person or not self.code_names_the_person:
            return
        message = _(
            "The code, which programs of customers read, names the person. Write another one, such "
            "as “%(other)s”."
        )
        other = slugify(self.name)[:40] or "contact"
        raise ValidationError(
            {"code": ValidationError(message, code="code_names_person", params={"other": other})}
        )

    @property
    def code_names_the_person(self) -> bool:
        """Whether the code has a name of the person which is no word of the role."""
        words = {*slugify(self.person).split("-")} - {*slugify(self.name).split("-")}
        return any(len(word) >= SHORTEST_NAME and word in self.code.split("-") for word in words)

    @property
    def public_person(self) -> str:
        """The person, if customers may know."""
        return self.person if self.public == self.Public.PERSON else ""

    @property
    def short_name(self) -> str:
        """The person, else the group or role."""
        return self.person or self.name

    def services(self) -> QuerySet[Service]:
        """The services whose pages name this contact, also as who stands in for another."""
        return Service.objects.reached_by(self.paths_from_service, "pk", self.pk)

    def holders(self) -> list[models.QuerySet]:
        """The policies that escalate to this contact, and the absences in which it stands in for
        another: a queryset of each."""
        policies = apps.get_model("escalations", "EscalationPolicy").objects.filter(
            pk__in=self.levels.values("policy")
        )
        return [
            policies.select_related("service").order_by("pk"),
            self.stands_in_for.select_related("contact").order_by("-first_day", "pk"),
        ]


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
    paths_from_service = tuple(
        f"{path}__contact_uses" for path in EscalationContact.paths_from_service
    )

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
