"""Opening hours from texts such as "12345 07:00-19:00; 6 08:00-13:00" (8: holidays)."""

from datetime import date, time

from directory.hours.schedule import (
    DatedException,
    ExceptionEffect,
    HolidayPolicy,
    OpeningHours,
    Span,
    WeeklySpan,
)


def span(text):
    """The span of a text such as "22:00-06:00"."""
    opens, closes = text.split("-")
    return Span(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


def weekly(text, **validity):
    """The same spans on each of the days, rule by rule."""
    rules = [rule.split() for rule in text.split("; ") if rule]
    return tuple(
        WeeklySpan(day=int(day), opens=each.opens, closes=each.closes, **validity)
        for days, times in rules
        for day in days
        for each in map(span, times.split(","))
    )


def schedule(week="", holidays=HolidayPolicy.NOT_STATED, **fields):
    """A schedule in Bogotá with a week of `weekly`, or with its spans."""
    spans = weekly(week) if isinstance(week, str) else week
    given = {"code": "soporte", "name": "Soporte", "timezone": "America/Bogota", "country": "CO"}
    return OpeningHours(**{**given, "holidays": holidays, "spans": spans, **fields})


def exception(first, last="", *texts, **fields):
    """An exception from a day to another one, or on one day; closed without spans or limits. One of
    each month has no last day unless it is given."""
    limits = {
        name: time.fromisoformat(fields.pop(name))
        for name in ("opens_at_earliest", "closes_at_latest")
        if name in fields
    }
    effect = ExceptionEffect.OTHER_HOURS if texts else ExceptionEffect.CLOSED
    if not fields.get("monthly"):
        last = last or first
    return DatedException(
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last) if last else None,
        effect=ExceptionEffect.LIMITED if limits else effect,
        spans=tuple(map(span, texts)),
        **limits,
        **fields,
    )
