"""Absences: on some days somebody else answers in a contact's place, wherever it is named."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from directory.models import ContactPointUse, Service
from directory.models.constraints import RowsConstraint
from directory.models.natural_keys import NaturalKeyModel
from directory.models.validity import PLAUSIBLE_DAY, refuse_days_out_of_order
from escalations.models.contacts import EscalationContact


class Absence(NaturalKeyModel):
    """From one day to another, both included, `contact` is away.

    `stand_in` answers instead, at the contact points of the absence where it has some, else at its
    own. Without a stand-in the contact points of the absence are those of the contact on these
    days; without any, nobody stands in.
    """

    contact = models.ForeignKey(
        EscalationContact,
        verbose_name=_("escalation contact"),
        on_delete=models.CASCADE,
        related_name="absences",
    )
    first_day = models.DateField(_("first day"), validators=PLAUSIBLE_DAY)
    last_day = models.DateField(_("last day"), validators=PLAUSIBLE_DAY, help_text=_("Included."))
    stand_in = models.ForeignKey(
        EscalationContact,
        verbose_name=_("stands in"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_in_for",
        help_text=_("Who answers in this place."),
    )

    natural_key_fields = ("contact__code", "first_day")
    part_of = "contact"

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "first_day"], name="absence_is_unique_from_a_day_on"
            ),
            models.CheckConstraint(
                name="absence_days_are_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="absence_is_stood_in_by_another",
                condition=Q(stand_in=None) | ~Q(stand_in=F("contact")),
                violation_error_code="stand_in",
                violation_error_message=_("Nobody stands in for themselves. Choose somebody else."),
            ),
            RowsConstraint(
                name="absence_overlaps_no_other",
                forbidden="""EXISTS (
                    SELECT 1 FROM escalations_absence other
                    WHERE other.id <> NEW.id AND other.contact_id = NEW.contact_id
                    AND other.first_day <= NEW.last_day AND NEW.first_day <= other.last_day)""",
            ),
        ]

    def __str__(self) -> str:
        days = [
            formats.date_format(day, "SHORT_DATE_FORMAT") for day in (self.first_day, self.last_day)
        ]
        return f"{self.contact} › {days[0]} - {days[1]}"

    def services(self) -> QuerySet[Service]:
        """The services whose pages name who is away."""
        return self.contact.services()

    def clean(self) -> None:
        refuse_days_out_of_order(self.first_day, self.last_day, "last_day")
        if self.stand_in_id and self.stand_in_id == self.contact_id:
            message = _("Nobody stands in for themselves. Choose somebody else.")
            raise ValidationError({"stand_in": ValidationError(message, code="own_stand_in")})


class AbsenceContact(ContactPointUse):
    """A contact point that is given while somebody is away."""

    absence = models.ForeignKey(
        Absence,
        verbose_name=_("absence"),
        on_delete=models.CASCADE,
        related_name="contact_uses",
    )

    natural_key_fields = ("absence__contact__code", "absence__first_day", "contact_point__code")
    part_of = "absence"
    holder_field = "absence"
    holder_related = ("absence__contact",)
    path_from_service = f"{EscalationContact.path_from_service}__absences__contact_uses"

    class Meta(ContactPointUse.Meta):
        verbose_name = _("contact during an absence")
        verbose_name_plural = _("contacts during an absence")
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "contact_point"],
                name="absencecontact_is_unique_in_absence",
                violation_error_message=_("This absence already has this contact point."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.absence} › {self.contact_point}"
