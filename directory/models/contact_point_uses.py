"""What others add to a contact point that they give: extensions, menu options, an own label."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from directory.contacts import phones
from directory.contacts.kinds import ContactKind
from directory.models.contact_points import ContactPoint
from directory.models.natural_keys import NaturalKeyManager, NaturalKeyModel


class ContactPointUseQuerySet(models.QuerySet["ContactPointUse"]):
    """Uses with their holders."""

    def with_holders(self) -> Self:
        """With what naming them and their holders needs."""
        return self.select_related("contact_point", *self.model.holder_related)

    def several_given(self, contact_points: Iterable[int | None]) -> Self:
        """The uses of these contact points by holders that give more than one of them."""
        holder = self.model.holder_field
        uses = self.filter(contact_point__in=contact_points)
        holders = uses.order_by().values(holder).annotate(given=Count("pk")).filter(given__gt=1)
        return uses.filter(**{f"{holder}__in": holders.values(holder)}).with_holders()


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
    leading_fields = ("contact_point_id", "menu_options", "extensions")
    # The foreign key to what gives the contact point, and what naming that needs.
    holder_field: str
    holder_related: tuple[str, ...]
    # The ways from a service to the uses that its page shows.
    paths_from_service: tuple[str, ...]

    objects: ClassVar = NaturalKeyManager.from_queryset(ContactPointUseQuerySet)()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.contact_point)

    @property
    def holder(self) -> models.Model:
        """The channel or escalation contact that gives it."""
        return getattr(self, self.holder_field)

    @property
    def holder_key(self) -> tuple[type[models.Model], int]:
        """What the holder is recognised by, without reading it."""
        return type(self), getattr(self, f"{self.holder_field}_id")

    def clean(self) -> None:
        try:
            self.extensions = ", ".join(phones.clean_extensions(self.extensions))
        except ValidationError as error:
            raise ValidationError({"extensions": error}) from error
        if self.contact_point_id and (self.extensions or self.menu_options):
            self.validate_details(self.contact_point.kinds())

    def validate_details(self, kinds: Sequence[ContactKind]) -> None:
        """Raise ValidationError if it gives extensions or menu options, and one of `kinds`, those
        of the contact point and of what is to take its place, has none."""
        if all(kind.has_extensions for kind in kinds):
            return
        if kinds[0].has_extensions:
            code = "replacement_kind"
            message = _(
                "A replacement is planned that is no phone and cannot have this. "
                "Leave it empty, or change the plan first."
            )
        else:
            code, message = "not_a_phone", _("Only a phone number has this. Leave it empty here.")
        errors = {
            field: ValidationError(message, code=code)
            for field in ("extensions", "menu_options")
            if getattr(self, field)
        }
        if errors:
            raise ValidationError(errors)

    def absorb(self, other: Self) -> bool:
        """Take over the details of `other`, a use by the same holder whose contact point is this
        one now, and the earlier of the two positions.

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
