"""People typed on a level: a group or role, who it is, their contacts and hours.

What is typed beside somebody who is stored already changes them wherever they answer; who is typed
by name is made, once, unless the same one is there already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.hours.reading.reader import WeeklyHours, read_hours
from directory.models import Schedule
from directory.models.codes import free_code
from directory.models.typed_contacts import TypedContacts, TypedUse, give_typed, written
from directory.models.typed_schedules import TypedSchedules
from escalations.models import EscalationContact, EscalationContactUse

Name = tuple[str, str]


def contacts_text(contact: EscalationContact) -> str:
    """The contacts that somebody gives, a line each, as they are typed."""
    return "\n".join(written(use) for use in contact.contact_uses.all())


def hours_text(contact: EscalationContact) -> str:
    """The name of the schedule of somebody; empty without one."""
    return contact.schedule.name if contact.schedule else ""


@dataclass(eq=False)
class TypedPerson:
    """Somebody, stored or to be made, with what was typed: None where nothing was."""

    contact: EscalationContact
    uses: list[TypedUse] | None = None
    sets_schedule: bool = False
    schedule: Schedule | None = None
    # What hours were typed that no schedule is called.
    reading: WeeklyHours | None = None
    # Whether a row of the form made it.
    is_new: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether something was typed of somebody who is stored."""
        return not self.is_new and (self.uses is not None or self.sets_schedule)


@dataclass
class Said:
    """What the rows of one form say of people, as texts: they are looked up at once."""

    contacts: list[str] = field(default_factory=list)
    hours: set[str] = field(default_factory=set)


class TypedPeople:
    """The people that one form says. Its queries do not grow with the rows; nothing is stored
    before `store`."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self._contacts = TypedContacts(EscalationContactUse, said.contacts)
        self._typed_schedules = TypedSchedules()
        self._named: dict[Name, list[EscalationContact]] | None = None
        self._schedules: dict[str, Schedule] | None = None
        self._new: dict[Name, TypedPerson] = {}
        self._stored: dict[int, TypedPerson] = {}

    # ---- Reading -----------------------------------------------------------------------------

    def named(self, name: str, person: str) -> TypedPerson:
        """Who is typed by name; somebody without a group or role is called by the person alone.
        Raises ValidationError, by field, for what can be no name."""
        if not name:
            name, person = person, ""
        key = fold(name), fold(person)
        if key not in self._new:
            contact = EscalationContact(name=name, person=person)
            contact.full_clean(exclude=["code", "schedule"], validate_constraints=False)
            self._new[key] = TypedPerson(contact, is_new=True)
        return self._new[key]

    def stored(self, contact: EscalationContact) -> TypedPerson:
        """What is typed of somebody who is stored."""
        return self._stored.setdefault(contact.pk, TypedPerson(contact))

    def says_contacts(self, typed: TypedPerson, text: str, *, adds: bool = False) -> None:
        """Take `text` as the contacts of somebody; with `adds`, besides those that they have.
        Raises ValidationError for what cannot be read, or says something else than another row."""
        held = [] if typed.is_new else list(typed.contact.contact_uses.all())
        label = typed.contact.short_name
        uses = self._contacts.read(text, held, None, label)
        if adds:
            given = {use.contact_point_id for use in held}
            new = [use for use in uses if use.point.pk not in given]
            kept = self._contacts.read("\n".join(map(written, held)), held, None, label)
            uses = [*kept, *new]
        if typed.uses is not None and not _alike(typed.uses, uses):
            message = _("Another row says other contacts of %(who)s. Write them once.")
            raise ValidationError(message, "contradiction", {"who": typed.contact.short_name})
        typed.uses = uses

    def says_hours(self, typed: TypedPerson, text: str) -> None:
        """Take `text` as the hours of somebody: the name of a schedule, or hours as people say
        them; empty for hours that are not stated. Raises ValidationError as `says_contacts`."""
        schedule = self._called(text)
        reading = read_hours(text) if text and not schedule else None
        if reading:
            schedule = self._typed_schedules.saying(reading, typed.contact.schedule)
        if typed.sets_schedule and typed.schedule is not schedule:
            message = _("Another row says other hours of %(who)s. Write them once.")
            raise ValidationError(message, "contradiction", {"who": typed.contact.short_name})
        typed.sets_schedule, typed.schedule, typed.reading = True, schedule, reading

    def _called(self, text: str) -> Schedule | None:
        """The schedule of this name or code."""
        if self._schedules is None:
            named = (Q(name__folded=each) | Q(code=each) for each in self._said.hours)
            found = Schedule.objects.filter(reduce(or_, named, Q(pk__in=[])))
            self._schedules = {}
            for schedule in found.order_by("-pk"):
                for each in (schedule.code, schedule.name):
                    self._schedules[fold(each)] = schedule
        return self._schedules.get(fold(text))

    # ---- What is there already ------------------------------------------------------------------

    def settle(self) -> None:
        """Take those who are there already, with the same name and contacts, for those who were
        typed: nobody is made twice."""
        for key, typed in self._new.items():
            said = {use.point.pk for use in typed.uses or ()}
            same = [each for each in self._namesakes(key) if said <= _given(each)]
            if len(same) == 1 and not typed.sets_schedule:
                typed.contact, typed.is_new, typed.uses = same[0], False, None

    def namesakes(self) -> list[EscalationContact]:
        """Others who are called as those that are made."""
        made = [key for key, typed in self._new.items() if typed.is_new]
        return [contact for key in made for contact in self._namesakes(key)]

    def _namesakes(self, key: Name) -> list[EscalationContact]:
        if self._named is None:
            asked = (Q(name__folded=name, person__folded=person) for name, person in self._new)
            found = EscalationContact.objects.filter(reduce(or_, asked, Q(pk__in=[])))
            self._named = {}
            for contact in found.prefetch_related("contact_uses__contact_point").order_by("pk"):
                name = fold(contact.name), fold(contact.person)
                self._named.setdefault(name, []).append(contact)
        return self._named.get(key, [])

    # ---- Storing -----------------------------------------------------------------------------

    def changed(self) -> list[EscalationContact]:
        """Those who are stored and of whom something was typed."""
        return [typed.contact for typed in self._stored.values() if typed.is_changed]

    def store(self, wanted: Sequence[TypedPerson]) -> list[Any]:
        """Store those of `wanted`, with their contacts and hours. Returns what was made besides:
        people, contact points and schedules."""
        made: list[Any] = []
        # Another part of the same form may have stored the same hours since.
        schedules = TypedSchedules()
        for typed in dict.fromkeys(wanted):
            contact = typed.contact
            if typed.reading:
                typed.schedule = schedules.saying(typed.reading, contact.schedule)
                if typed.schedule.pk is None:
                    schedules.store(typed.schedule)
                    made.append(typed.schedule)
            if typed.sets_schedule:
                contact.schedule = typed.schedule
            if typed.is_new:
                contact.code = free_code(EscalationContact, f"{contact.name} {contact.person}")
                made.append(contact)
            if typed.is_new or typed.sets_schedule:
                contact.save()
            if typed.uses is not None:
                made += give_typed(contact, typed.uses)
        return made


def _given(contact: EscalationContact) -> set[int]:
    return {use.contact_point_id for use in contact.contact_uses.all()}


def _alike(one: Iterable[TypedUse], other: Iterable[TypedUse]) -> bool:
    first, second = ([(use.point, use.details) for use in uses] for uses in (one, other))
    return first == second
