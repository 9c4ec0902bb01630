"""The channels in the form of their service: each row is a whole channel, contacts and hours too.

Contacts are a text of a line each (`directory.models.typed_contacts`): its lines are all that the
channel gives. Hours are chosen, or typed as a text, which stands for the schedule that says them
(`directory.models.typed_schedules`): a schedule that others share is never changed here. What the
text says is stored when the row is, and compared with what others saved like any field.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy

from directory.admin.codes import CodeFromName, NumberedCodesFormSet
from directory.admin.compared_rows import ComparedFormSet
from directory.admin.own_hours import own_hours_url
from directory.admin.row_keys import AutocompletesMixin, PossibleChoices, PossibleKeySelectMultiple
from directory.admin.way_back import with_way_back
from directory.contacts.kinds import kind_of, kind_of_medium
from directory.hours.reading.reader import read_hours
from directory.models import Channel, ChannelContact, ContactPoint, RequestType, Schedule
from directory.models.channels import NO_CONTACT
from directory.models.typed_contacts import TypedContacts, TypedUse, give_typed, written
from directory.models.typed_hours import hours_text
from directory.models.typed_schedules import TypedSchedules

ROWS_OF_A_NEW_SERVICE = 4


@dataclass
class Rights:
    """What the user may do besides changing channels."""

    may_change_contacts: bool = True
    may_add_points: bool = True
    may_add_schedules: bool = True
    may_change_schedules: bool = True

    @classmethod
    def of(cls, request: HttpRequest) -> "Rights":
        """Those of who sends this request."""
        may = request.user.has_perm
        uses = [f"directory.{each}_channelcontact" for each in ("add", "change", "delete")]
        return cls(
            may_change_contacts=all(map(may, uses)),
            may_add_points=may("directory.add_contactpoint"),
            may_add_schedules=may("directory.add_schedule"),
            may_change_schedules=may("directory.change_schedule"),
        )


class ChannelRow(CodeFromName):
    """A channel within the form of its service. What is not typed follows from what is: the medium
    from the contact, the title from the medium, and a new one is for all requests."""

    code_from = ("title",)
    code_within = "service"
    aids = ("more_contacts",)
    said_parts = (ChannelContact,)
    # What the formset gives it.
    formset: "ChannelFormSet"
    # What its contacts are to be; None where nothing was typed.
    typed_uses: list[TypedUse] | None = None
    # The schedule that its text stands for.
    typed_schedule: Schedule | None = None

    contacts = forms.CharField(
        label=gettext_lazy("contacts"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "aria-describedby": "channels-help-contacts"}),
    )
    more_contacts = PossibleChoices(
        label=gettext_lazy("add one that is there already"),
        queryset=ContactPoint.objects.all(),
        required=False,
        widget=PossibleKeySelectMultiple(
            ChannelContact._meta.get_field("contact_point"), admin.site
        ),
    )
    hours = forms.CharField(
        label=gettext_lazy("hours, as you would say them"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "aria-describedby": "channels-help-hours"}),
    )

    class Meta:
        widgets = {
            # Staff do not need it; imports find the channel by it.
            "code": forms.HiddenInput,
            "description": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"title", "medium", "request_types", "position"} & {*self.fields}:
            self.fields[name].required = False
        if self.instance.pk is None:
            # It comes last.
            self.initial["position"] = None
            return
        self.initial["contacts"] = "\n".join(map(written, self.uses))
        if self.instance.schedule:
            self.initial["hours"] = hours_text(self.instance.schedule)

    @property
    def uses(self) -> list[ChannelContact]:
        """The stored uses of contact points, with these."""
        return list(self.instance.contact_uses.all()) if self.instance.pk else []

    def has_changed(self) -> bool:
        """As Django's; a new row that says nothing but its place is empty."""
        if self.instance.pk is None and {*self.changed_data} <= {"position"}:
            return False
        return super().has_changed()

    # ---- Reading -----------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        self._read_hours()
        self._read_contacts()
        self._fill_in()
        cleaned = super().clean()
        self.refuse_silence()
        return cleaned

    def _read_contacts(self) -> None:
        cleaned = self.cleaned_data
        is_typed = self.instance.pk is None or "contacts" in self.changed_data
        chosen = list(cleaned.get("more_contacts") or ())
        if "contacts" not in cleaned or not (is_typed or chosen):
            return
        kind = kind_of_medium(cleaned.get("medium") or "")
        # What a new one is called: as the channel, or as the service.
        label = cleaned.get("title") or self.formset.instance.name
        try:
            typed = self.formset.typed_contacts.read(cleaned["contacts"], self.uses, kind, label)
            self._check_rights(typed, chosen)
        except ValidationError as error:
            self.add_error("contacts", error)
            return
        given = {each.point.pk for each in typed}
        self.typed_uses = typed + [TypedUse(point) for point in chosen if point.pk not in given]

    def _check_rights(self, typed: list[TypedUse], chosen: list[ContactPoint]) -> None:
        rights = self.formset.rights
        if (typed or chosen) and not rights.may_change_contacts:
            raise ValidationError(gettext("You may not change the contacts."), "no_right")
        if not rights.may_add_points and any(each.point.pk is None for each in typed):
            message = gettext("You may not add contact points. Choose one that is there already.")
            raise ValidationError(message, "no_right")

    def _read_hours(self) -> None:
        cleaned = self.cleaned_data
        text = cleaned.get("hours")
        if "hours" not in self.changed_data or text is None:
            return
        if not text:
            # The schedule that is chosen says it all.
            self.changed_data.remove("hours")
            return
        stored, chosen = self.instance.schedule, cleaned.get("schedule")
        try:
            found = self.formset.typed_schedules.saying(read_hours(text), stored)
            if chosen and chosen != found and "schedule" in self.changed_data:
                message = gettext(
                    "You also chose the schedule “%(schedule)s”, which says something else. "
                    "Empty one of the two."
                )
                raise ValidationError(message, "contradiction", {"schedule": chosen})
            if found.pk is None and not self.formset.rights.may_add_schedules:
                message = gettext("No schedule says these hours, and you may not add one.")
                raise ValidationError(message, "no_right")
        except ValidationError as error:
            self.add_error("hours", error)
            return
        cleaned["hours"] = found.name
        self.typed_schedule = found
        if found.pk:
            cleaned["schedule"] = found

    def _fill_in(self) -> None:
        """Give empty fields what follows from the others."""
        cleaned = self.cleaned_data
        if not cleaned.get("medium") and not {"medium", "contacts"} & {*self.errors}:
            cleaned["medium"] = self._medium()
        if not cleaned.get("title") and "title" not in self.errors and cleaned.get("medium"):
            cleaned["title"] = str(Channel.Medium(cleaned["medium"]).label)
        if not cleaned.get("request_types") and "request_types" not in self.errors:
            all_of_them = self.formset.covering_all if self.instance.pk is None else []
            if len(all_of_them) == 1:
                cleaned["request_types"] = all_of_them
            else:
                self.add_error("request_types", gettext("Choose what it is for."))

    def _medium(self) -> str:
        points = [each.point for each in self.typed_uses or ()]
        points = points or [use.contact_point for use in self.uses]
        if not points:
            self.add_error("medium", gettext("Choose a medium, or write a contact."))
            return ""
        return kind_of(points[0].kind).medium

    def refuse_silence(self) -> None:
        """Add an error if it would be public without saying how it is reached."""
        has_contact = self.uses if self.typed_uses is None else self.typed_uses
        description = self.cleaned_data.get("description", self.instance.description)
        is_silent = not has_contact and not description
        if is_silent and self.formset.instance.is_published and "contacts" not in self.errors:
            self.add_error("contacts", ValidationError(NO_CONTACT, "no_contact"))

    # ---- Saving and showing ------------------------------------------------------------------

    def take_schedule(self) -> Schedule | None:
        """Give the channel the schedule of its text, and return it if it was stored for that."""
        schedule = self.typed_schedule
        is_new = schedule is not None and schedule.pk is None
        if schedule and is_new:
            self.formset.typed_schedules.store(schedule)
        if schedule:
            self.instance.schedule = schedule
        return schedule if is_new else None

    def contact_links(self) -> Iterator[dict[str, Any]]:
        """The contacts that it gives, each with the address of its form."""
        for use in self.uses:
            yield {"use": use, "url": self._way("contactpoint", use.contact_point_id)}

    @property
    def schedule_url(self) -> str:
        """The address of the form of its schedule."""
        return self._way("schedule", self.instance.schedule_id)

    @property
    def own_hours_url(self) -> str:
        """The address that gives it hours of its own, by POST; empty where it shares them with
        nobody, or the user may not."""
        rights = self.formset.rights
        may = rights.may_add_schedules and rights.may_change_schedules
        is_shared = getattr(self.instance, "shares_its_schedule", False)
        return own_hours_url(self.instance) if may and is_shared else ""

    @property
    def channel_url(self) -> str:
        """The address of the form with all that the channel has."""
        return self._way("channel", self.instance.pk)

    def _way(self, model: str, key: int | None) -> str:
        url = reverse(f"admin:directory_{model}_change", args=[key])
        return with_way_back(url, self.formset.origin, str(self.prefix))


class ChannelFormSet(NumberedCodesFormSet, ComparedFormSet):
    """The rows of a service's channels."""

    rights = Rights()
    # The address of the page that it stands on.
    origin = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.typed_schedules = TypedSchedules()
        self.made: list[ContactPoint | Schedule] = []
        super().__init__(*args, **kwargs)

    @cached_property
    def typed_contacts(self) -> TypedContacts:
        """The reader of the contacts of all rows."""
        numbers = range(self.total_form_count())
        texts = (self.data.get(f"{self.prefix}-{number}-contacts", "") for number in numbers)
        return TypedContacts(ChannelContact, texts)

    @cached_property
    def covering_all(self) -> list[RequestType]:
        """The types that cover all others, two at most."""
        return list(RequestType.objects.filter(covers_all=True)[:2])

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.formset = self
        if self.is_bound and form.instance.pk is not None:
            # Nothing is asked about rows into which nobody typed: a save costs what it changes.
            form.empty_permitted = not form.has_changed()

    def clean(self) -> None:
        super().clean()
        self._number()
        stored: list[Any] = [form for form in self.initial_forms if not form.has_changed()]
        for form in stored:
            form.refuse_silence()

    def _number(self) -> None:
        """Give rows without a position the one after the last."""
        stored = [form for form in self.initial_forms if not form.is_marked_for_deletion]
        new = [form for form in self.extra_forms if form.has_changed()]
        for form in stored:
            if form.instance.position is None:
                form.instance.position = form.initial["position"]
        rows = [form.instance for form in (*stored, *new)] + self.added_by_others
        last = max((row.position for row in rows if row.position is not None), default=0)
        for form in new:
            if form.instance.position is None:
                last = min(last + 1, 32767)
                form.instance.position = last

    def save(self, commit: bool = True) -> list[Any]:
        """Save the rows with what their texts say."""
        kept: list[Any] = [*self.initial_forms, *self.extra_forms]
        kept = [form for form in kept if form.has_changed() and not form.is_marked_for_deletion]
        for form in kept:
            if schedule := form.take_schedule():
                self.made.append(schedule)
        saved = super().save(commit)
        for form in kept:
            if form.typed_uses is not None:
                self.made += give_typed(form.instance, form.typed_uses)
        return saved

    def name_of(self, row: Any) -> str:
        """The channel, and the contacts that were typed with it."""
        forms: list[Any] = [form for form in self.extra_forms if form.instance is row]
        given = [str(each.point) for form in forms for each in form.typed_uses or ()]
        return ": ".join(filter(None, [str(row), ", ".join(given)]))


class ChannelInline(AutocompletesMixin, admin.StackedInline):
    """The channels of a service."""

    model = Channel
    form = ChannelRow
    formset = ChannelFormSet
    template = "admin/directory/service/channels.html"
    fields = [
        "title",
        "medium",
        "request_types",
        "contacts",
        "more_contacts",
        "schedule",
        "hours",
        "description",
        "position",
        "code",
    ]
    autocomplete_fields = ["request_types", "schedule"]
    max_num = 100

    class Media:
        css = {"all": ["directory/rows.css"]}
        js = [
            forms.Script("directory/row_order.js", defer=True),
            forms.Script("directory/folded_rows.js", defer=True),
        ]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Rows that stand ready; what stays empty is not saved."""
        return 1 if obj else ROWS_OF_A_NEW_SERVICE

    def get_formset(
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> type[forms.BaseInlineFormSet]:
        # Channels that an import added beyond the limit stay editable. Twice as many leave room for
        # two people who add at once, and bound what a request can claim to send.
        most = max(self.max_num, obj.channels.count() if obj else 0)
        limits = {"max_num": most, "absolute_max": 2 * most}
        formset: Any = super().get_formset(request, obj, **{**limits, **kwargs})
        formset.rights = Rights.of(request)
        formset.origin = request.get_full_path()
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = super().get_queryset(request).select_related("service", "schedule")
        related = related.annotate(shares_its_schedule=_shared())
        uses = ChannelContact.objects.select_related("contact_point")
        return related.prefetch_related(
            "request_types", "schedule__spans", Prefetch("contact_uses", uses)
        )


def _shared() -> Any:
    """The condition that others keep the schedule of a channel, too."""
    keepers = (
        model.objects.filter(schedule=OuterRef("schedule")) for model in Schedule.holder_models()
    )
    others = (
        each.exclude(pk=OuterRef("pk")) if each.model is Channel else each for each in keepers
    )
    return reduce(or_, map(Exists, others))
