"""States in sentences of the active language, for pages to print.

Instants are told in their schedule's zone, as seen at `at`.
"""

from datetime import datetime, tzinfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.answers.notices import NoticeSeverity
from directory.answers.standing_in import StandInKind
from directory.answers.structures import (
    AnsweringState,
    ChannelAnswer,
    ContactAnswer,
    LevelAnswer,
    NextOpening,
    NoticeAnswer,
    PlannedChange,
)
from directory.contacts.kinds import kind_of
from directory.contacts.remembered import remembered
from directory.hours import moments
from directory.hours.moments import beginning
from directory.hours.schedule import Status


def state_word(state: AnsweringState) -> str:
    """“Atiende ahora”, “Cerrado ahora”, “Fuera de servicio”; “Horario no confirmado” on a holiday,
    else “Horario no informado”."""
    if state.out_of_order:
        return _("Out of order")
    if state.state == Status.OPEN:
        return _("Answers now")
    if state.state == Status.UNKNOWN:
        return _("Hours not confirmed") if state.reason else _("Hours not stated")
    return _("Closed now")


def state_detail(state: AnsweringState, at: datetime) -> str:
    """Until when it is open, or when it opens; empty where nothing is planned."""
    if state.state == Status.OPEN:
        if state.until is None:
            return _("around the clock")
        return _("until %(when)s") % {"when": deadline(state.until, at)}
    if state.state == Status.UNKNOWN:
        return _for_certain(state.next_open, at)
    return opening(state, at)


def opening(state: AnsweringState, at: datetime) -> str:
    """When what is closed opens: “abre mañana a las 7 a.m.”; before a holiday that nobody has
    confirmed, when perhaps and when for certain. Empty if no opening is planned."""
    if state.unconfirmed and state.until:
        perhaps = _("perhaps %(when)s (holiday not confirmed: %(holiday)s)") % {
            "when": moment(state.until, at),
            "holiday": state.unconfirmed,
        }
        return "; ".join(filter(None, (perhaps, _for_certain(state.next_open, at))))
    if state.next_open:
        return _("opens %(when)s") % {"when": moment(state.next_open, at)}
    return ""


def open_too(state: AnsweringState, at: datetime) -> str:
    """“También abren mañana a las 7 a.m.”: what is said of channels that are closed as this one."""
    if state.next_open and not state.unconfirmed:
        return _("Also open %(when)s") % {"when": moment(state.next_open, at)}
    return _("Other channels, closed now")


def in_whose_place(level: LevelAnswer) -> str:
    """“En reemplazo de Nelson, hasta el 15 de diciembre de 2026”; empty where nobody is away."""
    away = level.standing_in
    if away is None:
        return ""
    until = away.until if away.kind is StandInKind.NOBODY else away.answers_until
    names = {"who": away.person or away.away, "date": date_format(until, "DATE_FORMAT")}
    match away.kind:
        case StandInKind.SOMEBODY_ELSE:
            return _("In place of %(who)s, until %(date)s") % names
        case StandInKind.CONTACT_POINTS:
            return _("%(who)s is away until %(date)s; use these contacts instead") % names
        case StandInKind.NOBODY:
            return _("%(who)s is away until %(date)s, and nobody stands in") % names


def planned_change(contact: ContactAnswer, change: PlannedChange) -> str:
    """“601 744 2727 cambia el 1 de diciembre de 2026: 601 745 0000”, with the kind of the new
    contact where that is another."""
    new, kind = change.display, kind_of(change.kind)
    if change.kind != contact.kind:
        new = f"{kind.label} {new}"
    told = {"value": contact.display, "date": date_format(change.on, "DATE_FORMAT"), "new": new}
    return _("%(value)s changes on %(date)s: %(new)s") % told


def no_opening(state: AnsweringState) -> str:
    """What is said of what is closed where no opening is planned."""
    return _("until further notice") if state.out_of_order else _("no opening is planned")


def notice_word(notice: NoticeAnswer) -> str:
    """How much a notice takes away: “Fuera de servicio”, “Servicio limitado”; else that it is to be
    known."""
    if notice.severity is NoticeSeverity.OUT_OF_ORDER:
        return _("Out of order")
    if notice.severity is NoticeSeverity.LIMITED:
        return _("Limited service")
    return _("Please note")


def notice_time(notice: NoticeAnswer, at: datetime) -> str:
    """“Desde las 7 a.m., hasta mañana a las 10 a.m.”."""
    words = {"since": beginning(notice.since, at)}
    if notice.until is None:
        return _("Since %(since)s, until further notice") % words
    return _("Since %(since)s, until %(until)s") % {**words, "until": deadline(notice.until, at)}


def critical_only(rest: AnsweringState, at: datetime) -> str:
    """That only critical requests are answered now, and when the `rest` is: “En este momento solo
    se atienden incidentes críticos. Lo demás abre mañana a las 7 a.m.”."""
    told = _("Right now only critical incidents are answered.")
    # It may end with “a.m.”.
    return f"{told} {capfirst(others(rest, at)).removesuffix('.')}."


def others(state: AnsweringState, at: datetime) -> str:
    """“lo demás abre mañana a las 7 a.m.”: when what is not critical is answered, which is closed
    now."""
    if state.out_of_order:
        when = state.next_open and opening(state, at)
        told = ", ".join(filter(None, (_("out of order"), when or no_opening(state))))
        return _("everything else: %(state)s") % {"state": told}
    if when := opening(state, at):
        return _("everything else %(opens)s") % {"opens": when}
    return _("everything else: %(state)s") % {"state": no_opening(state)}


def nobody_answers(
    unknown: tuple[ChannelAnswer, ...],
    following: NextOpening | None,
    at: datetime,
    critical: AnsweringState | None = None,
    *,
    is_out_of_order: bool = False,
) -> str:
    """Why nobody is known to answer: of what is `unknown`, or else of what opens next. `critical`
    is the state of what is for critical requests alone, and does not answer either.
    `is_out_of_order`: nothing of all that works."""
    if unknown and unknown[0].reason:
        return _(
            "%(reason)s: nobody has confirmed today's hours. On other days somebody answers at "
            "this time: try."
        ) % {"reason": unknown[0].reason}
    if unknown:
        return _("The hours are not stated. Try.")
    is_all_closed = critical is None or critical.state == Status.CLOSED
    if is_out_of_order:
        closed = _("Right now everything is out of order.")
    elif is_all_closed:
        closed = _("Right now everything is closed.")
    else:
        closed = _("Right now everything but critical incidents is closed.")
    if following is None:
        return closed
    when = {"when": moment(following.at, at)}
    is_first = critical is None or not critical.next_open or following.at <= critical.next_open
    if not is_first:
        first = _("What is not critical opens %(when)s")
    elif following.channel.unconfirmed:
        first = _("The first that is certain to open does so %(when)s")
    else:
        first = _("The first to open does so %(when)s")
    return f"{closed} {first % when}"


def _for_certain(opens: datetime | None, at: datetime) -> str:
    return _("for certain %(when)s") % {"when": moment(opens, at)} if opens else ""


def moment(instant: datetime, at: datetime) -> str:
    """As `moments.moment`: of many services on a page it is the same."""
    return _moment(instant, instant.tzinfo, at, at.tzinfo)


def deadline(instant: datetime, at: datetime) -> str:
    """As `moments.deadline`: of many services on a page it is the same."""
    return _deadline(instant, instant.tzinfo, at, at.tzinfo)


# Instants are equal in all zones, but they are told in their own.
@remembered(512)
def _moment(instant: datetime, _zone: tzinfo | None, at: datetime, _here: tzinfo | None) -> str:
    return moments.moment(instant, at)


@remembered(512)
def _deadline(instant: datetime, _zone: tzinfo | None, at: datetime, _here: tzinfo | None) -> str:
    return moments.deadline(instant, at)
