"""What others add to a contact point that they give: extensions, menu options, an own label."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.contacts import phones
from directory.models.contact_points import ContactPoint
from directory.models.natural_keys import NaturalKeyModel


class ContactPointUse(NaturalKeyModel):
    """What one channel or escalation contact adds to a contact point that it gives."""

    contact_point = models.ForeignKey(
        ContactPoint,
        verbose_name=_("contact point"),
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    label = models.CharField(
        _("own label"),
        max_length=120,
        blank=True,
        help_text=_("Only if this page should call it differently."),
    )
    menu_options = models.CharField(
        _("menu options"),
        max_length=120,
        blank=True,
        help_text=_("What to choose after dialling, such as “Option 2 - option 4”."),
    )
    extensions = models.CharField(
        _("extensions"),
        max_length=120,
        blank=True,
        help_text=_("Separated by commas: 1107, 1109."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    # What one use says beyond its contact point.
    DETAILS = ("label", "menu_options", "extensions")
    # The foreign key to what gives the contact point, and what naming that needs.
    holder_field: str
    holder_related: tuple[str, ...]
    # The way from a service to the uses that its page shows.
    path_from_service: str

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.contact_point)

    def clean(self):
        try:
            self.extensions = ", ".join(phones.clean_extensions(self.extensions))
        except ValidationError as error:
            raise ValidationError({"extensions": error}) from error
        if self.contact_point_id and self.contact_point.kind != ContactPoint.Kind.PHONE:
            errors = {
                field: ValidationError(
                    _("Only a phone number has this. Leave it empty here."), code="not_a_phone"
                )
                for field in ("extensions", "menu_options")
                if getattr(self, field)
            }
            if errors:
                raise ValidationError(errors)
        self._refuse_details_that_a_replacement_cannot_have()

    def _refuse_details_that_a_replacement_cannot_have(self):
        if not self.contact_point_id:
            return
        planned = self.contact_point.replacements()
        if all(each.kind == ContactPoint.Kind.PHONE for each in planned):
            return
        message = _(
            "A replacement is planned that is no phone and cannot have this. "
            "Leave it empty, or change the plan first."
        )
        errors = {
            field: ValidationError(message, code="replacement_kind")
            for field in ("extensions", "menu_options")
            if getattr(self, field)
        }
        if errors:
            raise ValidationError(errors)

    def absorb(self, other) -> bool:
        """Say also what `other` says, a use by the same holder whose contact point is this one now,
        at the earlier of the two places.

        Returns False, and changes nothing, if each says something that the other does not: one
        contact point cannot be given with both.
        """
        for whole, part in ((self, other), (other, self)):
            if all(getattr(part, name) in ("", getattr(whole, name)) for name in self.DETAILS):
                for name in self.DETAILS:
                    setattr(self, name, getattr(whole, name))
                self.position = min(self.position, other.position)
                return True
        return False
