"""Compares what a service promises: the types of requests that it names, and its times."""

from collections.abc import Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from directory.editions.diff.differences import (
    Difference,
    added,
    flag,
    order,
    pairs,
    removed,
    renamed,
)
from directory.editions.diff.differences import value as difference
from directory.editions.document import (
    PublishedEscalation,
    PublishedLevel,
    PublishedRequestType,
    PublishedTarget,
    ServiceDocument,
)
from directory.hours.durations import describe_duration


def request_type_changes(before: ServiceDocument, after: ServiceDocument) -> Iterator[Difference]:
    """What is said otherwise of the types of requests that both name."""
    named = before.named_request_types, after.named_request_types
    matched, _only_before, _only_after = pairs(*named, lambda kind: kind.code)
    for old, new in matched:
        # Most types are named by many channels, and are as they were.
        if old != new:
            yield from _request_type(old, new)


def target_changes(before: ServiceDocument, after: ServiceDocument) -> Iterator[Difference]:
    """The times within which somebody responds and solves, by type of request."""
    what = _("Response time")
    matched, only_before, only_after = pairs(
        before.targets, after.targets, lambda target: target.request_type.code
    )
    for target in only_before:
        core = _("response time for “%(name)s” removed") % {"name": target.request_type.name}
        yield removed(what, _target_in_words(target), core)
    for target in only_after:
        words = _target_in_words(target)
        core = _("response time for “%(name)s” added: %(words)s")
        yield added(what, words, core % {"name": target.request_type.name, "words": words})
    yield from order(
        _("Order of the response times"),
        before.targets,
        matched,
        lambda target: target.request_type.name,
    )
    for old, new in matched:
        named = _("Response time for “%s”") % new.request_type.name
        yield from difference(named, _target_in_words(old), _target_in_words(new))


def counted_changes(
    before: PublishedEscalation, after: PublishedEscalation
) -> Iterator[Difference]:
    """What the times of the levels say."""
    words = _counted(before.times_count), _counted(after.times_count)
    yield from difference(_("Times to escalate"), *words)


def time_changes(old: PublishedLevel, new: PublishedLevel) -> Iterator[Difference]:
    """After which time a level is asked: for all types, and by type of request."""
    what = _("Time to escalate")
    minutes = _words(old.escalate_after_minutes), _words(new.escalate_after_minutes)
    yield from difference(what, *minutes)
    times = {time.request_type.code: time.minutes for time in old.escalate_after}
    times_after = {time.request_type.code: time.minutes for time in new.escalate_after}
    names = {
        time.request_type.code: time.request_type.name
        for time in (*old.escalate_after, *new.escalate_after)
    }
    for code, name in names.items():
        named = _("%(what)s “%(name)s”") % {"what": what, "name": name}
        yield from difference(named, _words(times.get(code)), _words(times_after.get(code)))


def times_in_words(level: PublishedLevel) -> Iterator[str]:
    """After which time a new level is asked, for each type that has a time of its own too."""
    if level.escalate_after_minutes is not None:
        yield f"{_('Time to escalate')}: {_words(level.escalate_after_minutes)}"
    for time in level.escalate_after:
        yield f"{time.request_type.name}: {_words(time.minutes)}"


def _request_type(old: PublishedRequestType, new: PublishedRequestType) -> Iterator[Difference]:
    what = _("Request type")
    named = _("%(what)s “%(name)s”") % {"what": what, "name": new.name}
    yield from renamed(what, old.name, new.name)
    about = _("%s is described") % named
    yield from difference(about, old.description, new.description, is_data=True)
    yield from flag(_("%s covers all the others") % named, old.covers_all, new.covers_all)
    yield from flag(_("%s is critical") % named, old.is_critical, new.is_critical)


def _target_in_words(target: PublishedTarget) -> str:
    said = (
        (target.respond_minutes, _("responded to within %s")),
        (target.solve_minutes, _("solved within %s")),
    )
    words = [
        text % describe_duration(minutes, in_open_hours=target.in_open_hours)
        for minutes, text in said
        if minutes is not None
    ]
    return get_text_list(words, _("and"))


def _counted(times_count: str) -> str:
    return {
        "no_answer": _("without an answer of the level before"),
        "no_solution": _("without a solution of the level before"),
        "since_report": _("since it was reported"),
    }.get(times_count, times_count)


def _words(minutes: int | None) -> str:
    return "" if minutes is None else describe_duration(minutes)
