"""Absences: on some days somebody else answers in a contact's place, wherever it is named."""

from collections.abc import Collection, Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from directory.contacts.stand_ins import LONGEST_CHAIN, Stretch, stretches
from directory.hours.words import describe_days
from directory.models import ContactPointUse, Service
from directory.models.constraints import RowsConstraint
from directory.models.date_fields import DateField
from directory.models.natural_keys import NaturalKeyModel
from directory.models.validity import refuse_days_out_of_order, validate_plausible_year
from escalations.models.contacts import EscalationContact

OWN_STAND_IN = _("Nobody stands in for themselves. Choose somebody else.")


class Absence(NaturalKeyModel):
    """From one day to another, both included, `contact` is away.

    `stand_in` answers instead, at the contact points of the absence where it has some, else at its
    own. Without a stand-in the contact points of the absence are those of the contact on these
    days; without any, nobody stands in.

    A stand-in who is away is stood in for in turn; that nobody does so for whom they stand in for,
    on the same days, is left to `validate_stand_ins`: an import may pass through that.
    """

    contact = models.ForeignKey(
        EscalationContact,
        verbose_name=_("escalation contact"),
        on_delete=models.CASCADE,
        related_name="absences",
    )
    first_day = DateField(_("first day"), validators=[validate_plausible_year])
    last_day = DateField(
        _("last day"), validators=[validate_plausible_year], help_text=_("Included.")
    )
    stand_in = models.ForeignKey(
        EscalationContact,
        verbose_name=_("stands in"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_in_for",
        help_text=_("Who answers in this place. Empty: pages say that nobody does."),
    )

    natural_key_fields = ("contact__code", "first_day")
    leading_fields = ("contact_id", "stand_in_id", "first_day", "last_day")
    part_of = "contact"
    reaches_beyond_owner = True
    holder_related = ("contact", "stand_in")

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "first_day"],
                name="absence_is_unique_from_a_day_on",
                violation_error_code="first_day",
                violation_error_message=_("There is an absence from this day on already."),
            ),
            models.CheckConstraint(
                name="absence_days_are_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="absence_is_stood_in_by_another",
                condition=Q(stand_in=None) | ~Q(stand_in=F("contact")),
                violation_error_code="stand_in",
                violation_error_message=OWN_STAND_IN,
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
        return f"{self.contact} › {self.days}"

    @property
    def days(self) -> str:
        """From when until when, in short."""
        first, last = (
            formats.date_format(day, "SHORT_DATE_FORMAT") for day in (self.first_day, self.last_day)
        )
        return first if first == last else f"{first} - {last}"

    def services(self) -> QuerySet[Service]:
        """The services whose pages name who is away."""
        return self.contact.services()

    def neighbours(self) -> "QuerySet[Absence]":
        """The other absences of the contact, as they are stored."""
        return Absence.objects.filter(contact=self.contact_id).exclude(pk=self.pk)

    # ---- Validation ------------------------------------------------------------------------

    def clean(self) -> None:
        refuse_days_out_of_order(self.first_day, self.last_day, "last_day")
        if self.stand_in_id and self.stand_in_id == self.contact_id:
            raise ValidationError({"stand_in": ValidationError(OWN_STAND_IN, code="own_stand_in")})

    def validate_among(self, others: "Collection[Absence]") -> None:
        """Raise ValidationError at `first_day` if it shares a day with one of `others`, absences of
        the same contact."""
        for other in others:
            if self.first_day <= other.last_day and other.first_day <= self.last_day:
                message = _(
                    "There is an absence on some of these days already: %(days)s. Change the days "
                    "of one of the two, or remove it."
                )
                error = ValidationError(message, code="overlap", params={"days": other.days})
                raise ValidationError({"first_day": error})

    def validate_stand_ins(self, others: "Collection[Absence] | None" = None) -> None:
        """Raise ValidationError at `stand_in` if on some day, among `others`, of `of_others`,
        people would stand in for each other in a circle, or too many for one another. Without
        `others` one query."""
        if not self.stand_in_id or self.stand_in_id == self.contact_id:
            # Who stands in for themselves is told so by `clean`.
            return
        absences = [self, *(Absence.of_others([self]) if others is None else others)]
        # One that is not stored yet has no hash.
        contacts = {each.contact_id: each.contact for each in absences}
        for contact in contacts.values():
            for stretch in stretches(absences, contact, self.first_day, self.last_day):
                if self in stretch.absences and (stretch.is_circle or stretch.is_too_long):
                    raise ValidationError({"stand_in": self._chain_error(stretch)})

    def validate_whole(self) -> None:
        """The same when all rows of an import are there. Raises ValidationError."""
        self.validate_stand_ins()

    def further_stretches(self, others: "Collection[Absence]") -> "Iterator[Stretch[Absence]]":
        """The days of this absence on which the stand-in is away too, as one of `others`, of
        `of_others`, says, and who answers then."""
        for stretch in stretches([self, *others], self.contact, self.first_day, self.last_day):
            if len(stretch.absences) > 1:
                yield stretch

    @staticmethod
    def of_others(absences: "Collection[Absence]") -> "list[Absence]":
        """The stored absences of other contacts from the first to the last day of these, which are
        those of one contact. One query, or none for none."""
        if not absences:
            return []
        sharing = Absence.objects.filter(
            first_day__lte=max(each.last_day for each in absences),
            last_day__gte=min(each.first_day for each in absences),
        ).exclude(contact__in={each.contact_id for each in absences})
        return list(sharing.select_related("contact", "stand_in"))

    def _chain_error(self, stretch: "Stretch[Absence]") -> ValidationError:
        days = describe_days(stretch.first_day, stretch.last_day)
        people = [each.contact for each in stretch.absences] + [stretch.absences[-1].stand_in]
        params = {
            "days": days,
            "names": " → ".join(each.short_name for each in people if each),
            "most": LONGEST_CHAIN,
        }
        if stretch.is_circle:
            message = _(
                "They would stand in for each other: %(names)s, on %(days)s. Choose somebody who "
                "is there on these days."
            )
            return ValidationError(message, code="circle", params=params)
        message = _(
            "More than %(most)d would stand in for one another: %(names)s, on %(days)s. Choose "
            "somebody who is there on these days."
        )
        return ValidationError(message, code="too_many", params=params)


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
    holder_related = ("absence", "absence__contact")
    paths_from_service = tuple(
        f"{path}__absences__contact_uses" for path in EscalationContact.paths_from_service
    )

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
