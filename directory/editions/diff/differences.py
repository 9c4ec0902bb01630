"""Changes in words: of values, names, parts and their order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import takewhile
from typing import Any

import msgspec
from django.utils.text import Truncator, capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.editions.names import Place

LONGEST_EXCERPT = 60
PLACES_NAMED = 3


class ChangeKind(StrEnum):
    """What happened to a fact."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENAMED = "renamed"
    REPLACED = "replaced"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change, in words of the language that was active when it was worked out.

    `place` is where it is ("Telefónico, Nivel 2"; empty: the service as a whole), `where` each of
    these channels and levels; `what` names the fact, `before` and `after` are its values (empty:
    there is none), which `is_data` if they are in the language of the directory; `detail` is what
    else is to be known of them. `sentence` says all of it, shortened where texts are long.
    """

    kind: ChangeKind
    place: str
    what: str
    before: str
    after: str
    sentence: str
    is_data: bool = False
    where: tuple[Place, ...] = ()
    detail: str = ""

    def __str__(self) -> str:
        return self.sentence


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A change without its place. `core` is its sentence; with `place_leads` the place comes before
    it ("Nivel 2: ..."), else after it ("... en «Telefónico»")."""

    kind: ChangeKind
    what: str
    before: str = ""
    after: str = ""
    core: str
    place_leads: bool = False
    is_data: bool = False
    detail: str = ""

    def at(self, where: list[Place]) -> Change:
        """The change, said of these places; of none: of the service as a whole."""
        places = [place.name for place in where]
        sentence = self.core
        if places and self.place_leads:
            sentence = f"{', '.join(_few(places))}: {self.core}"
        elif places:
            quoted = get_text_list(_few([_("“%s”") % place for place in places]), _("and"))
            sentence = _("%(change)s in %(places)s") % {"change": self.core, "places": quoted}
        return Change(
            kind=self.kind,
            place=", ".join(places),
            what=self.what,
            before=self.before,
            after=self.after,
            sentence=capfirst(sentence),
            is_data=self.is_data,
            where=tuple(where),
            detail=self.detail,
        )


def value(
    what: str, before: str, after: str, kind: ChangeKind = ChangeKind.CHANGED, is_data: bool = False
) -> Iterator[Difference]:
    """Nothing, or the difference of a value that became another, appeared, or went."""
    if before == after:
        return
    old, new = excerpts(before, after)
    if not before:
        kind, core = ChangeKind.ADDED, _("%(what)s: added %(after)s") % {"what": what, "after": new}
    elif not after:
        kind = ChangeKind.REMOVED
        core = _("%(what)s: no longer %(before)s") % {"what": what, "before": old}
    else:
        core = f"{what}: {old} → {new}"
    yield Difference(kind=kind, what=what, before=before, after=after, core=core, is_data=is_data)


def flag(what: str, before: bool, after: bool) -> Iterator[Difference]:
    """A box that was ticked or not, if it is otherwise now."""
    words = {True: _("yes"), False: _("no")}
    yield from value(what, words[before], words[after])


def renamed(what: str, before: str, after: str) -> Iterator[Difference]:
    """Nothing, or the difference of a name that became another, appeared, or went."""
    if not (before and after) or before == after:
        yield from value(what, before, after, is_data=True)
        return
    core = _("%(what)s: “%(before)s” is renamed “%(after)s”")
    core %= {"what": what, "before": before, "after": after}
    yield Difference(
        kind=ChangeKind.RENAMED, what=what, before=before, after=after, core=core, is_data=True
    )


def replaced(what: str, before: str, after: str) -> Difference:
    """The difference of a thing that another one took the place of."""
    core = _("%(what)s: %(before)s is replaced by %(after)s")
    core %= {"what": what, "before": before, "after": after}
    return Difference(
        kind=ChangeKind.REPLACED, what=what, before=before, after=after, core=core, is_data=True
    )


def moved(what: str, before: str, after: str) -> Difference:
    """The difference of a thing that went from one place to another."""
    core = _("%(what)s: moves from “%(before)s” to “%(after)s”")
    core %= {"what": what, "before": before, "after": after}
    return Difference(kind=ChangeKind.MOVED, what=what, before=before, after=after, core=core)


def removed(
    what: str, before: str, core: str, is_data: bool = False, detail: str = ""
) -> Difference:
    """The difference of a part that was removed; `core` is its sentence."""
    return Difference(
        kind=ChangeKind.REMOVED,
        what=what,
        before=before,
        core=core,
        place_leads=True,
        is_data=is_data,
        detail=detail,
    )


def added(what: str, after: str, core: str, is_data: bool = False, detail: str = "") -> Difference:
    """The difference of a part that is new; `core` is its sentence."""
    return Difference(
        kind=ChangeKind.ADDED,
        what=what,
        after=after,
        core=core,
        place_leads=True,
        is_data=is_data,
        detail=detail,
    )


def order(
    what: str, before: Iterable, matched: list[tuple], name: Callable
) -> Iterator[Difference]:
    """Nothing, or the difference of items that follow each other otherwise than they did.

    `matched` are the pairs of an item of `before` and what it is now, in the order of now; `name`
    names the latter.
    """
    positions = {id(item): position for position, item in enumerate(before)}
    as_before = sorted(matched, key=lambda pair: positions[id(pair[0])])
    if as_before == matched:
        return
    names = [[name(new) for _old, new in pairs] for pairs in (as_before, matched)]
    old, new = _differing(*names)
    yield from value(what, ", ".join(old), ", ".join(new), kind=ChangeKind.MOVED)


def pairs(
    before: Iterable, after: Iterable, *keys: Callable | tuple[Callable, Callable]
) -> tuple[list[tuple], list, list]:
    """Match the items of two lists by the first of `keys` under which they agree.

    A key is a function of an item, or two of them, for the one list and the other; where it gives
    None nothing matches. Returns the matched pairs in the order of `after`, what is left of
    `before`, and what is left of `after`.
    """
    left, rest = dict(enumerate(before)), dict(enumerate(after))
    matched: dict[int, tuple] = {}
    for key in keys:
        if not (left and rest):
            break
        key_before, key_after = key if isinstance(key, tuple) else (key, key)
        waiting: dict[Any, deque[int]] = {}
        for position, item in left.items():
            waiting.setdefault(key_before(item), deque()).append(position)
        waiting.pop(None, None)
        for index, item in list(rest.items()):
            if positions := waiting.get(key_after(item)):
                matched[index] = left.pop(positions.popleft()), rest.pop(index)
    return [matched[index] for index in sorted(matched)], [*left.values()], [*rest.values()]


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Two texts without the words that both begin and end with, each short enough for a line.

    Texts that fit a line are left as they are.
    """
    if max(len(before), len(after)) <= LONGEST_EXCERPT:
        return before, after
    old, new = _differing(before.split(), after.split())
    is_cut = len(old) < len(before.split()) and bool(old) and bool(new)
    texts = [Truncator(" ".join(words)).chars(LONGEST_EXCERPT) for words in (old, new)]
    one, other = (f"… {text}" if is_cut else text for text in texts)
    # Only words came, or only words went: what stands around them is no help.
    return one or "…", other or "…"


def _differing(before: list, after: list) -> tuple[list, list]:
    """Two lists without what both begin with and what both end with."""
    start = _length_alike(before, after)
    before, after = before[start:], after[start:]
    end = _length_alike(reversed(before), reversed(after))
    return before[: len(before) - end], after[: len(after) - end]


def _length_alike(one: Iterable, other: Iterable) -> int:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _pair in alike)


def _few(places: list[str]) -> list[str]:
    more = len(places) - PLACES_NAMED
    if more <= 0:
        return places
    return [*places[:PLACES_NAMED], ngettext("%d more", "%d more", more) % more]
