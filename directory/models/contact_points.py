"""Contact points: one number or address each, kept once."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from directory.contacts import phones
from directory.editions.document import LONGEST_REPLACEMENT_CHAIN, Replacement
from directory.models.constraints import RowsConstraint
from directory.models.fields import PhoneField
from directory.models.natural_keys import NaturalKeyModel
from directory.models.validity import PLAUSIBLE_DAY, validate_not_to_come

BOTH_GIVEN = _(
    "%(holder)s gives both, each with a label, menu options or extensions of its own, and can give "
    "one number or address only once. Make them the same there first, or take one of the two out."
)


def only(field, **conditions):
    """The condition that of the three value fields exactly `field` is filled."""
    others = {name: "" for name in ("phone", "email", "url") if name != field}
    return Q(**others, **conditions) & ~Q(**{field: ""})


class ContactPoint(NaturalKeyModel):
    """A phone number, WhatsApp number, e-mail address or web address.

    Every channel and escalation contact that gives this number or address refers to this one row,
    so that one edit reaches every page.
    """

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        WHATSAPP = "whatsapp", _("WhatsApp")
        EMAIL = "email", _("E-mail")
        WEB = "web", _("Web address")

    VALUE_FIELDS = {
        Kind.PHONE: "phone",
        Kind.WHATSAPP: "phone",
        Kind.EMAIL: "email",
        Kind.WEB: "url",
    }

    code = models.SlugField(
        _("code"),
        unique=True,
        help_text=_("A short, stable name for imports, such as “linea-bogota”."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.CharField(
        _("label"),
        max_length=120,
        help_text=_("What customers read beside it, such as “Customer service line in Bogotá”."),
    )
    phone = PhoneField(
        _("number"),
        blank=True,
        help_text=_("As people write it: 601 744 2727, 318 717 4937, 01 8000 181531."),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    url = models.URLField(
        _("web address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Begins with https:// (or http://)."),
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        validators=[*PLAUSIBLE_DAY, validate_not_to_come],
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
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True)
    # The day on which each owner, by user name, was last reminded of it.
    reminded_on = models.JSONField(default=dict, blank=True, editable=False)

    kept_by_imports = ("verified_on", "reminded_on")

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["label", "code"]
        permissions = [
            ("bulk_change_contactpoint", _("Can import, replace and verify many contact points"))
        ]
        constraints = [
            models.CheckConstraint(
                name="contactpoint_has_only_the_value_of_its_kind",
                condition=(Q(kind__in=["phone", "whatsapp"]) & only("phone", phone__startswith="+"))
                | (Q(kind="email") & only("email"))
                | (Q(kind="web") & only("url")),
                violation_error_message=_(
                    "Fill in the one value that belongs to the kind, and no other."
                ),
            ),
            models.CheckConstraint(
                name="contactpoint_url_is_http",
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                violation_error_message=_("A web address begins with https:// or http://."),
            ),
            models.UniqueConstraint(
                "kind",
                "phone",
                name="contactpoint_phone_is_unique_within_kind",
                violation_error_code="phone",
                condition=~Q(phone=""),
                violation_error_message=_(
                    "This number is already a contact point. Use that one, so that one edit "
                    "reaches every page."
                ),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="contactpoint_email_is_unique",
                violation_error_code="email",
                condition=~Q(email=""),
                violation_error_message=_(
                    "This address is already a contact point. Use that one, so that one edit "
                    "reaches every page."
                ),
            ),
            models.UniqueConstraint(
                "url",
                name="contactpoint_url_is_unique",
                violation_error_code="url",
                condition=~Q(url=""),
                violation_error_message=_(
                    "This address is already a contact point. Use that one, so that one edit "
                    "reaches every page."
                ),
            ),
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
                forbidden="""EXISTS (
                    SELECT 1 FROM directory_contactpoint other
                    WHERE (other.id = NEW.replaced_by_id AND other.replaced_on <= NEW.replaced_on)
                    OR (other.replaced_by_id = NEW.id AND NEW.replaced_on <= other.replaced_on))""",
            ),
        ]

    def __str__(self):
        return f"{self.display} · {self.label}"

    @property
    def value_field(self):
        """The name of the field that holds the value of this kind."""
        return self.VALUE_FIELDS.get(self.kind, "phone")

    @property
    def value(self):
        """The stored value: E.164 for phones and WhatsApp, else the address as entered."""
        return str(getattr(self, self.value_field))

    @property
    def display(self):
        """The value as people write it."""
        return phones.display(self.phone) if self.phone else self.value

    def clean(self):
        errors = {}
        wanted = self.VALUE_FIELDS.get(self.kind)
        for field in ("phone", "email", "url"):
            filled = bool(getattr(self, field))
            if wanted == field and not filled:
                errors[field] = ValidationError(
                    _("Fill this in: it is what a contact point of this kind is."), code="required"
                )
            elif wanted and wanted != field and filled:
                errors[field] = ValidationError(
                    _("Leave this empty, or choose the kind that it belongs to."), code="wrong_kind"
                )
        errors |= self._kind_errors() | self._replacement_errors()
        if errors:
            raise ValidationError(errors)

    def _kind_errors(self):
        if self.pk is None or self.kind == self.Kind.PHONE or not self.has_phone_details():
            return {}
        message = _(
            "It is used with extensions or menu options, which only a phone has. "
            "Take those out first."
        )
        return {"kind": ValidationError(message, code="kind_without_details")}

    def _replacement_errors(self):
        if bool(self.replaced_by_id) != bool(self.replaced_on):
            missing = "replaced_on" if self.replaced_by_id else "replaced_by"
            return {
                missing: ValidationError(
                    _("A replacement needs both: what replaces it, and from which day on."),
                    code="incomplete_replacement",
                )
            }
        if not self.replaced_by_id:
            return {}
        seen, following = {self.pk}, self.replaced_by
        while following is not None:
            if following.pk in seen:
                return {
                    "replaced_by": ValidationError(
                        _("These replacements lead back to where they began. Choose another one."),
                        code="replacement_loop",
                    )
                }
            seen.add(following.pk)
            following = following.replaced_by
        if errors := self._errors_in_order_of_dates() or self._errors_in_length():
            return errors
        kinds = {self.kind, *(planned.kind for planned in self.replacements())}
        if kinds != {self.Kind.PHONE} and self.has_phone_details():
            return {
                "replaced_by": ValidationError(
                    _(
                        "It is used with extensions or menu options, which only a phone has. "
                        "Choose a phone, or take those out first."
                    ),
                    code="replacement_kind",
                )
            }
        return self._errors_where_both_are_given()

    def _errors_in_length(self):
        """A page follows a chain so far and no further."""
        following, length = self.replaced_by, len(self._generations())
        while following.replaced_by is not None:
            following, length = following.replaced_by, length + 1
        if length <= LONGEST_REPLACEMENT_CHAIN:
            return {}
        message = _(
            "More than %(most)d replacements would follow each other. Settle those whose day has "
            "come, or let it be replaced by %(last)s at once."
        )
        params = {"most": LONGEST_REPLACEMENT_CHAIN, "last": following.display}
        return {"replaced_by": ValidationError(message, code="too_many", params=params)}

    def _errors_where_both_are_given(self):
        """Where two that become one are given, one use must be able to say what both say."""
        last = self.replaced_by
        while last.replaced_by is not None:
            last = last.replaced_by
        becoming_one = last.with_replaced() | self.with_replaced()
        kept = {}
        for relation in self.uses():
            model = relation.related_model
            uses = model.objects.filter(contact_point__in=becoming_one)
            for use in uses.select_related(*model.holder_related):
                holder = getattr(use, model.holder_field)
                if not kept.setdefault((model, holder.pk), use).absorb(use):
                    params = {"holder": holder}
                    error = ValidationError(BOTH_GIVEN, code="both_given", params=params)
                    return {"replaced_by": error}
        return {}

    def _errors_in_order_of_dates(self):
        """A replacement is replaced later than it comes, or it would never be shown."""
        following = self.replaced_by
        if following.replaced_on and following.replaced_on <= self.replaced_on:
            message = _(
                "On that day %(this)s is already replaced itself. "
                "Choose what replaces it, or another day."
            )
            params = {"this": following.display}
            error = ValidationError(message, code="replaced_already", params=params)
            return {"replaced_by": error}
        later = ContactPoint.objects.filter(replaced_by=self.pk, replaced_on__gte=self.replaced_on)
        if self.pk and (earlier := later.first()):
            message = _(
                "It replaces %(other)s only later. Choose a day after that, "
                "or change the plan of that one first."
            )
            params = {"other": earlier.display}
            error = ValidationError(message, code="replaces_later", params=params)
            return {"replaced_on": error}
        return {}

    def has_phone_details(self):
        """Whether any use gives extensions or menu options for it, or for what it replaces."""
        concerned = self.with_replaced()
        return self.pk is not None and any(
            relation.related_model.objects.filter(contact_point__in=concerned)
            .exclude(extensions="", menu_options="")
            .exists()
            for relation in self.uses()
        )

    @classmethod
    def uses(cls):
        """The relations through which others use a contact point, of whatever app."""
        from directory.models.contact_point_uses import ContactPointUse

        return [
            relation
            for relation in cls._meta.related_objects
            if issubclass(relation.related_model, ContactPointUse)
        ]

    def services(self):
        """The services whose pages show this contact point, also as what replaces another."""
        from directory.models.services import Service

        return Service.objects.showing_contact_points(self.with_replaced())

    def holders(self) -> Iterator[models.QuerySet]:
        """The channels and escalation contacts that give it, and the contact points it replaces: a
        queryset of each kind."""
        for relation in self.uses():
            model = relation.related_model
            holder = model._meta.get_field(model.holder_field).related_model
            joined = [path.partition("__")[2] for path in model.holder_related if "__" in path]
            giving = model.objects.filter(contact_point=self).values(model.holder_field)
            yield holder.objects.filter(pk__in=giving).select_related(*joined).order_by("pk")
        yield self.replaces.order_by("pk")

    def with_replaced(self):
        """The primary keys of this contact point and of all that it replaces, however far back."""
        return set().union(*self._generations())

    def _generations(self):
        """The primary keys of this contact point, of those that it replaces, and so on."""
        generations, found = [], {self.pk}
        newest = found
        while newest:
            generations.append(newest)
            replaced = ContactPoint.objects.filter(replaced_by__in=newest)
            newest = set(replaced.values_list("pk", flat=True)) - found
            found = found | newest
        return generations

    def replacements(self):
        """What takes its place, as `Replacement`s in order of date."""
        planned, current = [], self
        while current.replaced_by is not None and len(planned) < LONGEST_REPLACEMENT_CHAIN:
            following = current.replaced_by
            planned.append(
                Replacement(
                    on=current.replaced_on,
                    code=following.code,
                    kind=following.kind,
                    label=following.label,
                    value=following.value,
                )
            )
            current = following
        return tuple(planned)
