"""What has changed about a contact of a channel or an escalation level."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.contacts.kinds import kind_of
from directory.contacts.readers import may_be_abroad
from directory.editions.diff.differences import (
    ChangeKind,
    Difference,
    added,
    pairs,
    removed,
    renamed,
    replaced,
    value,
)
from directory.editions.document import PublishedContact, Replacement

Contacts = list[PublishedContact]
Pairs = list[tuple[PublishedContact, PublishedContact]]


def paired(
    old: Iterable[PublishedContact], new: Iterable[PublishedContact]
) -> tuple[Pairs, Contacts, Contacts]:
    """The contacts matched as `pairs` does: by code; then by the replacement that was planned;
    then one for one of a kind."""
    planned = (
        lambda contact: contact.replacements[0].code if contact.replacements else None,
        lambda contact: contact.code,
    )
    return pairs(old, new, lambda contact: contact.code, planned, lambda contact: contact.kind)


def contact_changes(old: PublishedContact, new: PublishedContact) -> Iterator[Difference]:
    """The differences between a contact and what it is now."""
    is_same = old.code == new.code or (old.kind, old.value) == (new.kind, new.value)
    if old.code == new.code:
        yield from value(_("Kind of contact"), kind_name(old), kind_name(new))
        yield from _other_value(kind_name(new), old, new)
    elif (old.kind, old.value) == (new.kind, new.value):
        yield from value(_("Internal code"), old.code, new.code)
    elif old.kind == new.kind:
        yield replaced(kind_name(new), display_of(old), display_of(new))
    else:
        names = (f"{kind_name(each)} {display_of(each)}" for each in (old, new))
        yield replaced(_("Contact"), *names)
    if is_same:
        yield from renamed(f"{kind_name(new)} {display_of(new)}", old.label, new.label)
    else:
        yield from value(_("Label"), old.label, new.label, is_data=True)
    yield from value(_("Menu options"), old.menu_options, new.menu_options, is_data=True)
    yield from _particulars(old, new)
    yield from _extensions(old.extensions, new.extensions)
    yield from _planned(old, new)


def _other_value(what: str, old: PublishedContact, new: PublishedContact) -> Iterator[Difference]:
    displays = display_of(old), display_of(new)
    # Two numbers that are written alike are given as they are stored.
    yield from value(what, *(displays if displays[0] != displays[1] else (old.value, new.value)))


def _particulars(
    old: PublishedContact | Replacement, new: PublishedContact | Replacement
) -> Iterator[Difference]:
    """What a value has besides: the map of a place, the day on which somebody tried it."""
    yield from value(capfirst(_("link to a map")), old.map, new.map)
    yield from value(verified_on(), _day(old.verified_on), _day(new.verified_on))


def verified_on() -> str:
    """What changes of the day on which somebody tried a value are called, in the active language:
    the value is what it was."""
    return capfirst(_("verified on"))


def _extensions(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Difference]:
    what = _("Extension")
    only_before = [extension for extension in old if extension not in new]
    only_after = [extension for extension in new if extension not in old]
    if len(only_before) == len(only_after) == 1:
        yield from value(what, only_before[0], only_after[0])
        old = tuple(only_after[0] if extension in only_before else extension for extension in old)
        only_before = only_after = []
    for extension in only_before:
        yield removed(what, extension, _("extension %s removed") % extension)
    for extension in only_after:
        yield added(what, extension, _("extension %s added") % extension)
    stayed = {*old, *new} - {*only_before, *only_after}
    before, after = (", ".join(each for each in some if each in stayed) for some in (old, new))
    yield from value(_("Order of the extensions"), before, after, kind=ChangeKind.MOVED)


def _planned(old: PublishedContact, new: PublishedContact) -> Iterator[Difference]:
    """Planned replacements. One that has come about is told as a replacement already."""
    what = _("Planned change of %s") % display_of(new)
    waiting = [each for each in old.replacements if old.code == new.code or each.code != new.code]
    matched, only_before, only_after = pairs(
        waiting, new.replacements, lambda each: each.code, lambda each: each.on
    )
    for each in only_before:
        core = _("planned change of %(value)s cancelled (%(plan)s)")
        core %= {"value": display_of(new), "plan": _plan(each)}
        yield removed(what, _plan(each), core)
    for each in only_after:
        core = _("planned change of %(value)s (%(plan)s)")
        core %= {"value": display_of(new), "plan": _plan(each)}
        yield added(what, _plan(each), core)
    for before, after in matched:
        yield from value(what, _plan(before), _plan(after))
        yield from renamed(f"{kind_name(after)} {display_of(after)}", before.label, after.label)
        yield from value(_("Kind of contact"), kind_name(before), kind_name(after))
        if _plan(before) == _plan(after):
            yield from value(what, before.value, after.value)
            yield from value(_("Internal code"), before.code, after.code)
        yield from _particulars(before, after)


def in_a_line(contact: PublishedContact) -> str:
    """The contact with its menu options and extensions."""
    parts = [display_of(contact), contact.menu_options]
    if contact.extensions:
        count = len(contact.extensions)
        parts.append(
            ngettext("extension %s", "extensions %s", count) % ", ".join(contact.extensions)
        )
    return ", ".join(part for part in parts if part)


def in_full(contact: PublishedContact) -> str:
    """The contact with its label, and what is planned to take its place."""
    planned = [_plan(each) for each in contact.replacements]
    words = ": ".join(filter(None, [contact.label, in_a_line(contact)]))
    return "; ".join([words, *planned])


def kind_and_value(contact: PublishedContact) -> dict[str, str]:
    """The parameters of sentences about a contact."""
    return {"kind": kind_name(contact), "value": display_of(contact)}


def kind_name(contact: PublishedContact | Replacement) -> str:
    """The name of its kind, in the active language."""
    return str(kind_of(contact.kind).label)


def display_of(contact: PublishedContact | Replacement) -> str:
    """Its value as the readers of the active language read it."""
    return kind_of(contact.kind).shown(contact.value, may_be_abroad())


def _plan(replacement: Replacement) -> str:
    words = _("on %(date)s: %(value)s")
    return words % {"date": _day(replacement.on), "value": display_of(replacement)}


def _day(day: date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else ""
