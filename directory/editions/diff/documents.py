"""Compares two documents of a service.

Parts are matched by their codes, so a reorder, a new name, a move and a replacement are one change,
not a removal and an addition. A change of what several channels share (a number, a schedule) is
one change, with the places that it concerns.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cached_property

from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec.structs import replace

from directory.contacts import languages
from directory.editions.diff import promises
from directory.editions.diff.absences import (
    absence_changes,
    absence_places,
    stand_in_places,
)
from directory.editions.diff.contacts import (
    contact_changes,
    display_of,
    in_a_line,
    in_full,
    kind_and_value,
    kind_name,
    paired,
)
from directory.editions.diff.differences import (
    Change,
    ChangeKind,
    Difference,
    added,
    flag,
    moved,
    order,
    pairs,
    removed,
    renamed,
    replaced,
    value,
)
from directory.editions.diff.hours import exception_changes, hours_in_words, schedule_changes
from directory.editions.diff.notices import notice_changes
from directory.editions.diff.part_words import (
    answering,
    dates_of,
    detailed,
    facts_of,
    medium_of,
    position_of,
    summary_of,
    validity_of,
)
from directory.editions.diff.people import as_public_as, public_changes
from directory.editions.document import (
    Holder,
    Part,
    PublishedAbsence,
    PublishedChannel,
    PublishedLevel,
    PublishedStandIn,
    ServiceDocument,
    text_fields,
)
from directory.editions.names import Place, level_name, place_of, who_answers
from directory.hours.schedule import DatedException, OpeningHours

# What keeps a schedule, and what gives contacts.
Keeper = Holder | PublishedStandIn
Giver = Keeper | PublishedAbsence
PlacedDifferences = Iterator[tuple[Difference, Iterable[Place]]]


def changes(before: ServiceDocument | None, after: ServiceDocument) -> list[Change]:
    """The changes that make `after` of `before`, in the order of the page, in the active language.

    None as `before` stands for nothing published yet. The list is empty if and only if the
    documents are equal.
    """
    if before is None:
        return [_first_edition(after)]
    places: dict[Difference, dict[Place, None]] = {}
    for difference, where in Comparison(before, after).differences():
        places.setdefault(difference, {}).update(dict.fromkeys(where))
    found = [difference.at(list(where)) for difference, where in places.items()]
    return found or ([_hidden_change(before, after)] if before != after else [])


class Comparison:
    """Two documents of a service, their channels and levels matched with each other."""

    def __init__(self, before: ServiceDocument, after: ServiceDocument) -> None:
        self.before, self.after = before, after
        self.channels = pairs(
            before.channels,
            after.channels,
            lambda channel: channel.code,
            lambda channel: (channel.title, channel.medium),
        )
        self.levels = pairs(
            before.escalation.levels,
            after.escalation.levels,
            lambda level: (level.level, level.contact, level.valid_from, level.valid_until),
            lambda level: (level.level, level.contact),
            lambda level: level.contact,
            lambda level: (level.level, level.purpose) if level.purpose else None,
            lambda level: (level.level, level.valid_from, level.valid_until),
            lambda level: level.level,
        )

    def differences(self) -> PlacedDifferences:
        """Each change with the places that it concerns."""
        before, after = self.before, self.after
        yield from _at((), value(_("Address of the page"), before.slug, after.slug))
        if before.slug == after.slug:
            former = value(_("Former address"), before.renamed_from, after.renamed_from)
            yield from _at((), former)
        yield from _at((), renamed(_("The service"), before.name, after.name))
        international = before.is_international, after.is_international
        yield from _at((), flag(_("All numbers with the country code"), *international))
        yield from _at((), _texts(before, after))
        yield from notice_changes(before, after)
        yield from _at((), promises.request_type_changes(before, after))
        yield from _at((), promises.target_changes(before, after))
        yield from self._channels()
        yield from self._levels()
        yield from self._absences()
        yield from self._moved_contacts()
        yield from self._schedules()

    def _channels(self) -> PlacedDifferences:
        matched, only_before, only_after = self.channels
        for old in only_before:
            core = _("Channel “%s” removed") % place_of(old, self.before)
            core = detailed(core, dates_of(old))
            what = _("Channel “%s”") % place_of(old, self.before)
            yield removed(what, facts_of(old, self.before), core), ()
        for new in only_after:
            core = _("Channel “%s” added") % place_of(new, self.after)
            if position := position_of(new, self.after.channels):
                core = f"{core} ({position})"
            summary = summary_of(new, self.after)
            what = _("Channel “%s”") % place_of(new, self.after)
            facts = facts_of(new, self.after)
            yield added(what, facts, detailed(core, dates_of(new), summary)), ()
        ordered = order(
            _("Order of the channels"),
            self.before.channels,
            matched,
            lambda channel: place_of(channel, self.after).name,
        )
        yield from _at((), ordered)
        for old, new in matched:
            # Of a hundred, nearly all are as they were.
            if old != new:
                yield from self._channel(old, new)

    def _channel(self, old: PublishedChannel, new: PublishedChannel) -> PlacedDifferences:
        here = [place_of(new, self.after)]
        yield from _at((), renamed(_("Channel"), old.title, new.title))
        yield from _at(here, value(_("Internal code"), old.code, new.code))
        yield from _at(here, value(_("Medium"), medium_of(old), medium_of(new)))
        yield from _at(here, _texts(old, new))
        yield from self._request_types(old, new, here)
        abroad = flag(_("For callers from abroad"), old.for_abroad, new.for_abroad)
        yield from _at(here, abroad)
        spoken = languages.in_words(old.languages), languages.in_words(new.languages)
        yield from _at(here, value(_("Languages"), *spoken))
        yield from _at(here, value(_("Validity"), validity_of(old), validity_of(new)))
        yield from _at(here, self._schedule_choice(old, new))
        yield from _at(here, self._contacts(old, new))

    def _request_types(self, old: Holder, new: Holder, here: list[Place]) -> PlacedDifferences:
        what = _("Request type")
        matched, only_before, only_after = pairs(
            old.request_types, new.request_types, lambda kind: kind.code
        )
        for kind in only_before:
            yield (
                removed(what, kind.name, _("request type “%s” removed") % kind.name, is_data=True),
                here,
            )
        for kind in only_after:
            yield (
                added(what, kind.name, _("request type “%s” added") % kind.name, is_data=True),
                here,
            )
        ordered = order(
            _("Order of the request types"), old.request_types, matched, lambda kind: kind.name
        )
        yield from _at(here, ordered)

    def _levels(self) -> PlacedDifferences:
        before, after = self.before.escalation, self.after.escalation
        matched, only_before, only_after = self.levels
        yield from _at((), _texts(before, after))
        yield from _at((), promises.counted_changes(before, after))
        for old in only_before:
            is_level = all(old.level != each.level for each in after.levels)
            core = (
                _("%(level)s removed (%(name)s)") if is_level else _("%(level)s: %(name)s removed")
            )
            core %= {"level": level_name(old), "name": answering(old)}
            level = place_of(old, self.before).name
            yield removed(level, facts_of(old, self.before), detailed(core, dates_of(old))), ()
        for new in only_after:
            is_level = all(new.level != each.level for each in before.levels)
            core = _("%(level)s added (%(name)s)") if is_level else _("%(level)s: %(name)s added")
            core %= {"level": level_name(new), "name": answering(new)}
            level = place_of(new, self.after).name
            summary = summary_of(new, self.after, who=False)
            core = detailed(core, dates_of(new), *promises.times_in_words(new), summary)
            yield added(level, facts_of(new, self.after), core), ()
        for old, new in matched:
            if old == new:
                continue
            here = [place_of(new, self.after)]
            if old.level == new.level:
                title = _("Title of level %d") % new.level
                yield from _at((), value(title, old.title, new.title, is_data=True))
            else:
                levels = place_of(old, self.before).name, here[0].name
                yield moved(who_answers(new), *levels), ()
                yield from _at(here, value(_("Title"), old.title, new.title, is_data=True))
            yield from _at(here, self._level(old, new))
            yield from self._request_types(old, new, here)

    def _level(self, old: PublishedLevel, new: PublishedLevel) -> Iterator[Difference]:
        if old.contact != new.contact:
            yield replaced(_("Who answers"), who_answers(old), who_answers(new))
            # Of another contact it is no change that the person is another one.
            old = replace(old, person=new.person)
        else:
            yield from renamed(_("Who answers"), old.name, new.name)
        yield from public_changes(old, new)
        old = as_public_as(old, new)
        yield from _texts(old, new)
        yield from promises.time_changes(old, new)
        yield from value(_("Validity"), validity_of(old), validity_of(new))
        yield from self._schedule_choice(old, new)
        yield from self._contacts(old, new)

    def _absences(self) -> PlacedDifferences:
        both = self.before.escalation, self.after.escalation
        yield from _at((), absence_changes(*both))
        for place, old, new in stand_in_places(*both):
            yield from _at([place], renamed(_("Who answers"), old.name, new.name))
            yield from _at([place], public_changes(old, new))
            old = as_public_as(old, new)
            yield from _at([place], _texts(old, new))
            yield from _at([place], self._schedule_choice(old, new))
            yield from _at([place], self._contacts(old, new))
        for place, before, after in absence_places(*both):
            yield from _at([place], self._contacts(before, after))

    def _contacts(self, old: Giver, new: Giver) -> Iterator[Difference]:
        matched, only_before, only_after = paired(old.contacts, new.contacts)
        only_before = [contact for contact in only_before if contact.code not in self._moves]
        only_after = [contact for contact in only_after if contact.code not in self._moves]
        if len(only_before) == len(only_after) == 1:
            matched = [*matched, (only_before.pop(), only_after.pop())]
            matched.sort(key=lambda pair: new.contacts.index(pair[1]))
        for contact in only_before:
            core = _("%(kind)s %(value)s removed") % kind_and_value(contact)
            yield removed(kind_name(contact), in_full(contact), core)
        for contact in only_after:
            words = {**kind_and_value(contact), "value": Truncator(in_a_line(contact)).chars(120)}
            core = _("%(kind)s %(value)s added") % words
            yield added(kind_name(contact), in_full(contact), core)
        yield from order(_("Order of the contacts"), old.contacts, matched, display_of)
        for before, after in matched:
            yield from contact_changes(before, after)

    def _moved_contacts(self) -> PlacedDifferences:
        for (from_place, old), (to_place, new) in self._moves.values():
            places = from_place.name, to_place.name
            yield moved(f"{kind_name(new)} {display_of(new)}", *places), ()
            yield from _at([to_place], contact_changes(old, new))

    @cached_property
    def _moves(self) -> dict[str, tuple]:
        """The contacts that one place gave up and one other took, by code: each with its place."""
        only_before, only_after = [], []
        for place, old, new in self._givers_with_other_contacts():
            _matched, removed_here, added_here = paired(old.contacts, new.contacts)
            only_before += [(place, contact) for contact in removed_here]
            only_after += [(place, contact) for contact in added_here]
        matched, only_before, only_after = pairs(
            only_before, only_after, lambda placed: placed[1].code
        )
        ambiguous = {contact.code for _place, contact in (*only_before, *only_after)}
        codes = [new.code for _old, (_place, new) in matched]
        ambiguous |= {code for code in codes if codes.count(code) > 1}
        return {
            code: pair for code, pair in zip(codes, matched, strict=True) if code not in ambiguous
        }

    def _givers_with_other_contacts(self) -> Iterator[tuple[Place, Giver, Giver]]:
        both = self.before.escalation, self.after.escalation
        for old, new in (*self.channels[0], *self.levels[0]):
            if old.contacts != new.contacts:
                yield place_of(new, self.after), old, new
        others: tuple[tuple[Place, Giver, Giver], ...] = (
            *stand_in_places(*both),
            *absence_places(*both),
        )
        yield from (each for each in others if each[1].contacts != each[2].contacts)

    def _keeping(self, schedule: str) -> Iterator[Place]:
        """What keeps the schedule with this code, and did so or not before."""
        for _old, new in (*self.channels[0], *self.levels[0]):
            if new.schedule == schedule:
                yield place_of(new, self.after)
        for place, _before, after in stand_in_places(self.before.escalation, self.after.escalation):
            if after.schedule == schedule:
                yield place

    def _schedule_choice(self, old: Keeper, new: Keeper) -> Iterator[Difference]:
        """Another schedule is kept. What one and the same says now is told by `_schedules`."""
        if old.schedule == new.schedule:
            return
        before, after = self.before.hours(old.schedule), self.after.hours(new.schedule)
        hours = hours_in_words(before), hours_in_words(after)
        if hours[0] != hours[1]:
            yield from value(_("Hours"), *hours)
            return
        if before.name == after.name:
            yield from value(_("Schedule"), old.schedule, new.schedule)
            return
        what = _("Schedule")
        if dataclasses.replace(after, code=before.code, name=before.name) == before:
            # Nothing is other for customers than it was.
            what = _("Schedule (the same hours)")
        yield from value(what, before.name, after.name)

    def _schedules(self) -> PlacedDifferences:
        before, after = self.before.schedules, self.after.schedules
        if before == after:
            return
        alone = len(before) == len(after) == 1
        known = _exceptions(before) & _exceptions(after)
        for code in after:
            if code not in before or before[code] == after[code]:
                continue
            places = list(self._keeping(code))
            yield from _at([] if alone else places, schedule_changes(before[code], after[code]))
            for difference, for_all in exception_changes(before[code], after[code], known):
                yield difference, [] if alone or for_all else places


# Words


def _first_edition(document: ServiceDocument) -> Change:
    channels, levels = len(document.channels), len(document.escalation.levels)
    counted = [
        ngettext("%d channel", "%d channels", channels) % channels,
        ngettext("%d escalation level", "%d escalation levels", levels) % levels,
    ]
    contents = get_text_list(counted, _("and"))
    what = _("First edition")
    parts = [
        f"{place_of(holder, document).name}: "
        + " · ".join(filter(None, (dates_of(holder), summary_of(holder, document))))
        for holder in document.holders
    ]
    told = "\n".join([contents, *dict.fromkeys(parts)])
    core = f"{what}: {contents}"
    return Difference(kind=ChangeKind.ADDED, what=what, after=told, core=core).at([])


def _hidden_change(before: ServiceDocument, after: ServiceDocument) -> Change:
    """The change of documents that differ, but in nothing that has a sentence of its own."""
    parts = {
        _("channels"): (before.channels, after.channels),
        _("response times"): (before.targets, after.targets),
        _("escalation"): (before.escalation, after.escalation),
        _("schedules"): (before.schedules, after.schedules),
        _("notices"): (before.notices, after.notices),
    }
    changed = [name for name, (old, new) in parts.items() if old != new]
    core = what = _("Details that the page does not show")
    if changed:
        core = f"{what}: {get_text_list(changed, _('and'))}"
    return Difference(kind=ChangeKind.CHANGED, what=what, core=core).at([])


def _exceptions(schedules: dict[str, OpeningHours]) -> set[DatedException]:
    return {each for schedule in schedules.values() for each in schedule.exceptions}


def _at(places: Iterable[Place], differences: Iterable[Difference]) -> PlacedDifferences:
    return ((difference, places) for difference in differences)


def _texts(old: Part, new: Part) -> Iterator[Difference]:
    """The public texts that differ, under the labels that the document gives them."""
    for name, text in text_fields(type(new)).items():
        if text.label:
            words = getattr(old, name), getattr(new, name)
            yield from value(str(text.label), *words, is_data=True)
