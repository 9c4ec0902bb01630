"""The form that replaces contact points."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget, BaseAdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin.row_keys import PossibleKeySelect
from directory.contacts.kinds import kind_of
from directory.models import ContactPoint
from directory.models.date_fields import DateFormField
from directory.upkeep.free_codes import free_code
from directory.upkeep.replacement import PlaceOfUse

NAMED_AT_MOST = 4
EVERYWHERE, CHOSEN = "everywhere", "chosen"
NOW, LATER = "now", "later"
# The longest that a contact point has, a place in lines.
LONGEST_NEW_VALUE = 1000


class ReplaceForm(forms.Form):
    """Which contact point, there or new, comes in the place of others; where, and from when on."""

    new: ContactPoint | None = None

    target = forms.ModelChoiceField(
        ContactPoint.objects.all(),
        label=gettext_lazy("Replace by one that is there"),
        required=False,
        help_text=gettext_lazy("Begin to type a name, a number or an address."),
    )
    new_value = forms.CharField(
        label=gettext_lazy("Or by a new one"),
        required=False,
        strip=True,
        max_length=LONGEST_NEW_VALUE,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Type the new number or address: it is made with this change."),
    )
    new_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of the new one"), choices=ContactPoint.Kind.choices
    )
    new_label = forms.CharField(
        label=gettext_lazy("Label of the new one"),
        required=False,
        max_length=ContactPoint._meta.get_field("label").max_length,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("What customers read beside it. Empty: as the old one."),
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[
            (NOW, gettext_lazy("Now: the old one is given nowhere any more")),
            (
                LATER,
                gettext_lazy("From a day on: until then the old one is given, and pages say both"),
            ),
        ],
        widget=forms.RadioSelect,
        initial=NOW,
        required=False,
    )
    on = DateFormField(
        label=gettext_lazy("From this day on"),
        required=False,
        widget=BaseAdminDateWidget,
        help_text=gettext_lazy("Only for “From a day on”."),
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[
            (EVERYWHERE, gettext_lazy("Everywhere, also in planned replacements")),
            (CHOSEN, gettext_lazy("Only where I say:")),
        ],
        widget=forms.RadioSelect,
        initial=EVERYWHERE,
    )
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Where it is used"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        olds: list[ContactPoint],
        places: Iterable[PlaceOfUse],
        admin_site: admin.AdminSite,
        may_add: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.olds = olds
        self.fields["new_kind"].initial = olds[0].kind
        self.fields["new_kind"].required = False
        if not may_add:
            for name in ("new_value", "new_kind", "new_label"):
                del self.fields[name]
        self.by_key = {place.key: place for place in places}
        places_field: Any = self.fields["places"]
        places_field.choices = [(place.key, _described(place)) for place in places]
        relation = ContactPoint._meta.get_field("replaced_by")
        target: Any = self.fields["target"]
        target.widget = PossibleKeySelect(relation, admin_site)
        target.widget.choices = target.choices

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        self._clean_target(cleaned)
        where, ticked = cleaned.get("where"), cleaned.get("places")
        if where == CHOSEN and not ticked and "places" not in self.errors:
            self.add_error("places", _("Tick at least one, or choose “Everywhere”."))
        if where == EVERYWHERE and ticked:
            self.add_error(
                "where", _("Places are ticked: choose “Only where I say” or untick them.")
            )
        self._clean_day(cleaned)
        return cleaned

    def _clean_target(self, cleaned: dict[str, Any]) -> None:
        target, value = cleaned.get("target"), cleaned.get("new_value")
        if target and value:
            message = _("Choose one that is there, or type a new one: not both.")
            self.add_error("new_value", message)
        elif value:
            self._clean_new(cleaned, value)
        elif not target and not {"target", "new_value"} & {*self.errors}:
            self.add_error("target", self.fields["target"].error_messages["required"])

    def _clean_new(self, cleaned: dict[str, Any], value: str) -> None:
        """Judge the new one in the words of its own form."""
        kind = cleaned.get("new_kind") or self.olds[0].kind
        name = kind_of(kind).field or "phone"
        field: Any = ContactPoint._meta.get_field(name)
        try:
            read = field.formfield().clean(value)
            new = ContactPoint(
                kind=kind,
                code=free_code(ContactPoint, cleaned.get("new_label") or self.olds[0].label),
                label=cleaned.get("new_label") or self.olds[0].label,
                **{name: read},
            )
            new.full_clean()
        except ValidationError as error:
            found = error.error_dict if hasattr(error, "error_dict") else {"": [error]}
            for place, errors in found.items():
                self.add_error("new_label" if place == "label" else "new_value", errors)
        else:
            self.new = new

    def _clean_day(self, cleaned: dict[str, Any]) -> None:
        is_later, on = cleaned.get("when") == LATER, cleaned.get("on")
        if on and not is_later:
            message = _("A day is given: choose “From a day on”, or take it out.")
            self.add_error("when", message)
        if not is_later or {"on", "where"} & {*self.errors}:
            return
        if on is None:
            self.add_error("on", _("Write the day from which on the new one is given."))
        elif on <= timezone.localdate():
            self.add_error("on", _("That day is not to come: choose “Now”, or a later day."))
        if cleaned.get("where") == CHOSEN:
            message = _("What is planned for a day is planned everywhere. Choose “Everywhere”.")
            self.add_error("where", message)

    @property
    def planned_on(self) -> date | None:
        """The day from which on it is replaced; None for now."""
        return self.cleaned_data["on"] if self.cleaned_data["when"] == LATER else None

    @property
    def chosen(self) -> list[PlaceOfUse] | None:
        """The ticked places, or None for everywhere."""
        if self.cleaned_data["where"] == EVERYWHERE:
            return None
        return [self.by_key[key] for key in self.cleaned_data["places"]]

    def stored_target(self) -> ContactPoint:
        """The chosen contact point, or the new one, which is stored."""
        if self.new is None:
            target: ContactPoint = self.cleaned_data["target"]
            return target
        new = copy(self.new)
        new.save()
        return new


def _described(place: PlaceOfUse) -> str:
    if place.key.startswith("service-"):
        uses: Iterable[Any] = place.uses
        channels = {use.channel_id: use.channel for use in uses}.values()
        titles = get_text_list(list(dict.fromkeys(c.title for c in channels)), _("and"))
        return _("%(service)s: %(channels)s") % {"service": place.name, "channels": titles}
    names = [str(service) for service in place.services[:NAMED_AT_MOST]]
    if more := len(place.services) - len(names):
        names.append(ngettext("%d more", "%d more", more) % more)
    named = {"name": place.name, "services": get_text_list(names, _("and"))}
    if not names:
        return _("%(name)s, which no service escalates to") % named
    if place.is_shared:
        return _("%(name)s, shared: changes in %(services)s together") % named
    return _("%(name)s, in %(services)s") % named
