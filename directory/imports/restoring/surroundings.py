"""What a fact is told beside: the part of both states that its words depend on. Pure.

Comparing two whole documents for each fact would grow with the square of a large service.
"""

from typing import TYPE_CHECKING

from directory.imports.restoring.state import CHANNELS, REQUEST_TYPES, Key, State

if TYPE_CHECKING:
    from directory.imports.restoring.facts import Fact

ALL = None
# The facts that are about one channel.
OF_A_CHANNEL = ("channel", "use", "uses")


def around(fact: "Fact", now: State, then: State) -> tuple[State, State]:
    """Both states with the channels that the fact concerns, those that are called alike, and the
    levels unless it is about a channel alone."""
    channels = _channels(fact.subject, now, then)
    if channels is ALL:
        return now, then
    titles = {
        state.rows["channel", code]["title"]
        for state in (now, then)
        for code in channels
        if ("channel", code) in state.rows
    }
    alike = {
        key[1]
        for state in (now, then)
        for key in state.keys("channel")
        if state.rows[key]["title"] in titles
    }
    return _restricted(now, channels | alike), _restricted(then, channels | alike)


def _channels(subject: Key, now: State, then: State) -> set[str] | None:
    kind = subject[0]
    if subject in (CHANNELS, REQUEST_TYPES):
        return ALL
    if kind in OF_A_CHANNEL and "channel" in subject[:2]:
        return {subject[2] if kind != "channel" else subject[1]}
    both = (now, then)
    if kind == "schedule":
        kept = {
            key[1]: state.rows[key]["schedule"] for state in both for key in state.keys("channel")
        }
        # Another one too: of an only schedule it is not said whose it is.
        others = [code for code, schedule in kept.items() if schedule not in ("", subject[1])]
        return _keeping(subject[1], both) | {*others[:1]}
    if kind == "contact_point":
        uses = [key for state in both for key in state.keys("use", "channel")]
        given = _leading_to(subject[1], both)
        return {key[2] for key in uses if key[3] in given}
    if kind == "request_type":
        return {
            key[1]
            for state in both
            for key in state.keys("channel")
            if subject[1] in state.rows[key]["request_types"]
        }
    return set()


def _keeping(schedule: str, both: tuple[State, State]) -> set[str]:
    return {
        key[1]
        for state in both
        for key in state.keys("channel")
        if state.rows[key]["schedule"] == schedule
    }


def _leading_to(code: str, both: tuple[State, State]) -> set[str]:
    """The contact point, and those that it is to replace one day."""
    found = {code}
    for state in both:
        points = state.keys("contact_point")
        while more := {key[1] for key in points if state.rows[key]["replaced_by"] in found} - found:
            found |= more
    return found


def _restricted(state: State, channels: set[str]) -> State:
    def is_kept(key: Key) -> bool:
        if key[0] == "channel":
            return key[1] in channels
        return key[:2] != ("use", "channel") or key[2] in channels

    rows = {key: fields for key, fields in state.rows.items() if is_kept(key)}
    orders = {
        key: tuple(code for code in order if code in channels) if key == CHANNELS else order
        for key, order in state.orders.items()
        if key[:2] != ("uses", "channel") or key[2] in channels
    }
    return State(rows, orders)
