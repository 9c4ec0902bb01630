"""States in sentences of the active language, for pages to print.

Instants are told in their schedule's zone, as seen at `at`.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from directory.answers.structures import AnsweringState, ChannelAnswer, NextOpening
from directory.hours.moments import deadline, moment
from directory.hours.schedule import Status


def state_word(state: AnsweringState) -> str:
    """“Contesta ahora”, “Horario sin confirmar”, “Cerrado ahora”, “Fuera de servicio”."""
    if state.out_of_order:
        return _("Out of order")
    if state.state == Status.OPEN:
        return _("Answers now")
    return _("Hours not confirmed") if state.state == Status.UNKNOWN else _("Closed now")


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


def no_opening(state: AnsweringState) -> str:
    """What is said of what is closed where no opening is planned."""
    return _("until further notice") if state.out_of_order else _("no opening is planned")


def nobody_answers(
    unknown: tuple[ChannelAnswer, ...], following: NextOpening | None, at: datetime
) -> str:
    """Why nobody is known to answer: of what is `unknown`, or else of what opens next."""
    if unknown and unknown[0].reason:
        return _(
            "%(reason)s: nobody has confirmed today's hours. On other days somebody answers at "
            "this time: try."
        ) % {"reason": unknown[0].reason}
    if unknown:
        return _("Nobody has stated the hours. Try.")
    closed = _("Right now everything is closed.")
    if following is None:
        return closed
    first = (
        _("The first that is certain to open does so %(when)s")
        if following.channel.unconfirmed
        else _("The first to open does so %(when)s")
    )
    return f"{closed} {first % {'when': moment(following.at, at)}}"


def _for_certain(opens: datetime | None, at: datetime) -> str:
    return _("for certain %(when)s") % {"when": moment(opens, at)} if opens else ""
