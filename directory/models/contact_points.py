"""Contact points: one number or address each, kept once."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.contacts.kinds import KINDS, VALUE_FIELDS, ContactKind, kind_of
from directory.contacts.replacements import LONGEST_CHAIN, Plan, Replacements, chain
from directory.models.address_fields import (
    CodeField,
    EmailField,
    PlaceField,
    SmsField,
    TelegramField,
    WebField,
)
from directory.models.address_keys import KEYS
from directory.models.constraints import RowsConstraint
from directory.models.contact_values import MAP_OF_A_PLACE, VALUE_CONSTRAINTS
from directory.models.date_fields import DateField
from directory.models.fields import PhoneField, ShortCodeField
from directory.models.natural_keys import NaturalKeyManager, NaturalKeyModel
from directory.models.replacement_validation import replacement_errors
from directory.models.validity import validate_not_to_come, validate_plausible_year

if TYPE_CHECKING:
    from directory.models.contact_point_uses import ContactPointUse
    from directory.models.services import ServiceQuerySet


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    """Contact points with what replaces them."""

    def planned_replacements(self) -> Replacements:
        """All replacements that are planned for these contact points. One query."""
        # Not “is not null”, for which no database takes the index.
        planned = self.filter(replaced_by__gt=0).order_by()
        rows = planned.values_list("pk", "replaced_by_id", "replaced_on")
        return Replacements({old: Plan(by=new, on=on) for old, new, on in rows})

    def with_replaced(self, keys: Iterable[int]) -> set[int]:
        """The keys themselves and those of all that they are to replace. One query."""
        replaced = self.planned_replacements().all_replaced(keys)
        return {key for key in replaced if key is not None}


class ContactPoint(NaturalKeyModel):
    """One number or address, of one of the kinds of `directory.contacts.kinds`.

    Every channel and escalation contact that gives it refers to this one row, so that one edit
    reaches every page.
    """

    Kind = models.TextChoices(  # type: ignore[call-overload] # the stubs know no pairs
        "Kind", [(kind.code.upper(), (kind.code, kind.label)) for kind in KINDS.values()]
    )

    code = CodeField(
        _("code"),
        unique=True,
        help_text=_("A short, stable name for imports, such as “linea-bogota”."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.CharField(
        _("label"),
        max_length=120,
        help_text=_("What customers read beside it, such as “Customer service line”."),
    )
    phone = PhoneField(
        _("number"),
        blank=True,
        # The form adds examples of the organisation's country.
        help_text=_("As people write it."),
    )
    short_code = ShortCodeField(
        _("short code"),
        blank=True,
        help_text=_("As it is dialled, with * and #: #627, *611, 195."),
    )
    email = EmailField(_("e-mail address"), blank=True)
    url = WebField(
        _("web address"),
        max_length=500,
        blank=True,
        help_text=_("Begins with https:// (or http://)."),
    )
    telegram = TelegramField(
        _("name on Telegram"),
        max_length=100,
        blank=True,
        help_text=_("With or without @, or its link: @acme_soporte, https://t.me/acme_soporte."),
    )
    sms = SmsField(
        _("number for SMS"),
        max_length=30,
        blank=True,
        help_text=_("A number as people write it, or a short code such as 85432."),
    )
    address = PlaceField(
        _("postal address"),
        blank=True,
        help_text=_("A line for each: street and number; floor or office; city."),
    )
    map_url = WebField(
        _("link to a map"),
        max_length=500,
        blank=True,
        help_text=_("What the map gives to share the place. Customers find the way with it."),
    )
    verified_on = DateField(
        _("verified on"),
        null=True,
        blank=True,
        validators=[validate_plausible_year, validate_not_to_come],
        help_text=_("The day on which somebody last tried it and it worked."),
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        help_text=_(
            "The contact point that takes its place from the given day on, wherever it is used."
        ),
    )
    replaced_on = DateField(_("replaced on"), null=True, blank=True)
    # The day on which each owner, by user name, was last reminded of it.
    reminded_on = models.JSONField(default=dict, blank=True, editable=False, serialize=False)

    called_by = (*VALUE_FIELDS, "label")
    leading_fields = ("kind", *VALUE_FIELDS, "map_url", "replaced_by_id", "replaced_on")
    # A chain of replacements has its dates in order when it is whole.
    set_last = ("replaced_by", "replaced_on")
    objects: ClassVar = NaturalKeyManager.from_queryset(ContactPointQuerySet)()

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["label", "code"]
        permissions = [
            ("bulk_change_contactpoint", _("Can import, replace and verify many contact points"))
        ]
        indexes = [models.Index(key, name=f"contactpoint_by_{name}") for name, key in KEYS.items()]
        constraints = [
            *VALUE_CONSTRAINTS,
            models.CheckConstraint(
                name="contactpoint_replacement_has_a_date",
                condition=Q(replaced_by=None, replaced_on=None)
                | Q(replaced_by__isnull=False, replaced_on__isnull=False),
                violation_error_message=_(
                    "A replacement needs both: what replaces it, and from which day on."
                ),
            ),
            models.CheckConstraint(
                name="contactpoint_does_not_replace_itself",
                condition=Q(replaced_by=None) | ~Q(replaced_by=models.F("id")),
                violation_error_message=_("A contact point cannot replace itself."),
            ),
            # Later and later dates along a chain: so no chain leads back to where it began.
            RowsConstraint(
                name="contactpoint_replacements_follow_each_other",
                # Two questions: SQLite would look through the whole table for one.
                forbidden="""EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE other.id = NEW.replaced_by_id AND other.replaced_on <= NEW.replaced_on
                ) OR EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE other.replaced_by_id = NEW.id AND NEW.replaced_on <= other.replaced_on
                )""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display} · {self.label}"

    @property
    def value_field(self) -> str:
        """The name of the field that holds the value of this kind, the number's without one."""
        return kind_of(self.kind).field or "phone"

    @property
    def value(self) -> str:
        """The stored value: E.164 for numbers, else the address as entered."""
        return str(getattr(self, self.value_field))

    @property
    def display(self) -> str:
        """The value as people write it."""
        return kind_of(self.kind).display(self.value)

    @property
    def typed(self) -> str:
        """The value as people type it, in as many lines."""
        return kind_of(self.kind).typed(self.value)

    # ---- Validation ------------------------------------------------------------------------

    def clean(self) -> None:
        errors = self._value_errors() | self._kind_errors() | replacement_errors(self)
        if errors:
            raise ValidationError(errors)
        self.forget_verification()

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Compares numbers within their kind, also where a form does not ask for the kind."""
        if self.kind in KINDS:
            exclude = set(exclude or ()) - {"kind"}
        super().validate_constraints(exclude)

    def forget_verification(self) -> None:
        """Empty `verified_on` if the value is another than the stored one and the same edit states
        no other day: nobody has tried the new one.

        Forms, fixtures and spreadsheets come through here, by `clean`.
        """
        if self.pk is None or self.verified_on is None:
            return
        stored = ContactPoint.objects.filter(pk=self.pk, verified_on=self.verified_on)
        now = {name: str(getattr(self, name)) for name in VALUE_FIELDS}
        before = stored.values("kind", *VALUE_FIELDS).first()
        if before and before != {"kind": self.kind, **now}:
            self.verified_on = None

    def _value_errors(self) -> dict[str, ValidationError]:
        if self.kind not in KINDS:
            return {}
        errors = {}
        if self.map_url and not kind_of(self.kind).is_place:
            errors["map_url"] = ValidationError(MAP_OF_A_PLACE, code="wrong_kind")
        for field in VALUE_FIELDS:
            filled = bool(getattr(self, field))
            if field != self.value_field and filled:
                errors[field] = ValidationError(
                    _("Leave this empty, or choose the kind that it belongs to."), code="wrong_kind"
                )
            elif field == self.value_field and not filled:
                errors[field] = ValidationError(
                    _("Fill this in: it is what a contact point of this kind is."), code="required"
                )
        return errors

    def _kind_errors(self) -> dict[str, ValidationError]:
        if self.pk is None or kind_of(self.kind).has_extensions or not self.has_phone_details():
            return {}
        message = _(
            "It is used with extensions or menu options, which only a phone has. "
            "Take those out first."
        )
        return {"kind": ValidationError(message, code="kind_without_details")}

    @staticmethod
    def set_aside(pk: int) -> dict[str, str]:
        """What stands in the row while it changes places with another: a value that none has."""
        others = dict.fromkeys([*VALUE_FIELDS, "map_url"], "")
        return {**others, "kind": "web", "url": f"https://set-aside.invalid/{pk}"}

    # ---- Uses ------------------------------------------------------------------------------

    def has_phone_details(self) -> bool:
        """Whether any use gives extensions or menu options for it, or for what it replaces."""
        if self.pk is None:
            return False
        concerned = ContactPoint.objects.with_replaced([self.pk])
        return any(
            model.objects.filter(contact_point__in=concerned)
            .exclude(extensions="", menu_options="")
            .exists()
            for model in self.use_models()
        )

    @classmethod
    def use_models(cls) -> list[type["ContactPointUse"]]:
        """The models whose rows are uses of a contact point, of whatever app."""
        from directory.models.contact_point_uses import ContactPointUse

        return [model for model in apps.get_models() if issubclass(model, ContactPointUse)]

    @property
    def shown_with(self) -> int:
        """The key of the contact point that services show it with: itself."""
        return self.pk

    def services(self) -> "ServiceQuerySet":
        """The services whose pages show this contact point, also as what replaces another."""
        services = apps.get_model("directory", "Service").objects
        return services.showing_contact_points([self.pk])

    def holders(self) -> Iterator[models.QuerySet]:
        """The channels and escalation contacts that give it, and the contact points it replaces: a
        queryset of each kind."""
        for model in self.use_models():
            holder: Any = model._meta.get_field(model.holder_field).related_model
            joined = [path.partition("__")[2] for path in model.holder_related if "__" in path]
            giving = model.objects.filter(contact_point=self).values(model.holder_field)
            yield holder.objects.filter(pk__in=giving).select_related(*joined).order_by("pk")
        yield self.replaces.order_by("pk")

    # ---- Replacements ----------------------------------------------------------------------

    def kinds(self) -> list[ContactKind]:
        """Its kind and those of what is to take its place."""
        own = kind_of(self.kind)
        if not self.replaced_by_id:
            return [own]
        planned = ContactPoint.objects.planned_replacements()
        following = ContactPoint.objects.filter(pk__in=planned.following(self.pk))
        return [own, *(kind_of(code) for code in following.values_list("kind", flat=True))]

    def replacements(self) -> list["ContactPoint"]:
        """The contact points that take its place, one after the other: for composing, which
        prefetches `replaced_by` along the chain."""
        return list(islice(chain(self, lambda current: current.replaced_by), LONGEST_CHAIN))
