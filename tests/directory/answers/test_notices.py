"""Notices at an instant: what is out of order, what is offered instead, what is announced."""

from datetime import UTC, date, datetime

import pytest

from directory.answers.advice import advise
from directory.answers.whom_to_contact import best_state, whom_to_contact
from directory.editions.document import (
    PublishedAbsence,
    PublishedEscalation,
    PublishedLevel,
    PublishedNotice,
    PublishedStandIn,
)
from directory.hours.schedule import ReasonKind, Status
from tests.directory.answers.test_resolve import (
    BOGOTA,
    MONDAY_MORNING,
    channel,
    codes,
    contact,
    directory,
    replacement,
)

SINCE_SUNDAY = datetime(2026, 11, 22, 20, tzinfo=BOGOTA)
NINE = datetime(2026, 11, 23, 9, tzinfo=BOGOTA)
OUT, LIMITED, INFORMATION = "out_of_order", "limited", "information"


def notice(severity=OUT, since=SINCE_SUNDAY, text="No funciona.", **kwargs):
    return PublishedNotice(
        **{"code": "aviso", "text": text, "severity": severity, "since": since, **kwargs}
    )


def with_notices(*notices, channels=None, at=MONDAY_MORNING, **kwargs):
    """A directory with a chat in office hours and a phone around the clock."""
    chat = channel("chat", "oficina", contacts=(contact(code="web", kind="web", value=URL),))
    return directory(*(channels or (chat, channel("phone"))), at=at, notices=notices, **kwargs)


URL = "https://example.com/chat"


def level(number=1, **kwargs):
    given = {"contact": f"c{number}", "name": f"N{number}", "contacts": (contact(),), **kwargs}
    return PublishedLevel(level=number, **given)


def told(answer):
    return answer.state, answer.reason, answer.reason_kind, answer.note, answer.out_of_order


OUTAGE = (Status.CLOSED, "No funciona.", ReasonKind.NOTICE, "No funciona.", True)
WORKS = (Status.OPEN, "", ReasonKind.NONE, None, False)


def test_channel_out_of_order_is_closed_and_not_offered():
    answer = with_notices(notice(channel="chat", until=NINE))
    chat, phone = answer.channels
    assert (told(chat), told(phone)) == (OUTAGE, WORKS)
    assert chat.until == chat.next_open == NINE
    now = whom_to_contact(answer)
    assert (codes(now.open), now.unknown, now.next.channel.code) == (["phone"], (), "chat")
    advice = advise(answer)
    assert codes(advice.offered) == ["phone"]
    assert [(each.state.reason, each.opening) for each in advice.closed] == [
        ("No funciona.", "abre a las 9 a.m.")
    ]


def test_until_further_notice_nothing_opens():
    answer = with_notices(notice(channel="chat"))
    chat = answer.channels[0]
    assert (chat.until, chat.next_open, whom_to_contact(answer).next) == (None, None, None)
    assert [each.opening for each in advise(answer).closed] == ["hasta nuevo aviso"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 22, 19, 59, 59, tzinfo=BOGOTA), WORKS),
        (SINCE_SUNDAY, OUTAGE),
        (datetime(2026, 11, 23, 8, 59, 59, tzinfo=BOGOTA), OUTAGE),
        (NINE, WORKS),
    ],
)
def test_notice_holds_from_its_beginning_until_before_its_end(at, expected):
    answer = with_notices(notice(channel="phone", until=NINE), at=at)
    assert told(answer.channels[1]) == expected
    assert [each.code for each in answer.notices] == (["aviso"] if expected == OUTAGE else [])


def test_planned_outage_is_when_an_open_line_closes():
    answer = with_notices(notice(channel="phone", since=NINE))
    phone = answer.channels[1]
    assert (told(phone), phone.until, answer.notices) == (WORKS, NINE, ())


@pytest.mark.parametrize("for_all", [False, True])
def test_service_out_of_order_closes_its_channels_and_leaves_the_escalation(for_all):
    escalation = PublishedEscalation(levels=(level(schedule="siempre"),))
    answer = with_notices(notice(for_all=for_all), escalation=escalation)
    assert [told(each) for each in answer.channels] == [OUTAGE, OUTAGE]
    assert told(answer.escalation.levels[0]) == WORKS
    assert told(best_state(answer.channels)) == OUTAGE
    assert advise(answer).level == answer.escalation.levels[:1]
    assert [(each.for_all, each.about) for each in answer.notices] == [(for_all, "")]


def test_what_does_not_work_is_not_called_closed():
    until = datetime(2026, 11, 23, 12, tzinfo=BOGOTA)
    everything = advise(with_notices(notice(until=until)))
    assert everything.sentence == (
        "En este momento todo está fuera de servicio. Lo primero en abrir lo hace a las 12 m."
    )
    phone = notice(channel="phone", until=until)
    at_night = advise(with_notices(phone, at=SINCE_SUNDAY))
    assert at_night.sentence.startswith("En este momento todo está cerrado.")


def test_service_is_not_out_of_order_where_one_of_its_channels_is():
    """At night the one that does not work may be the first to answer again."""
    night, six = (datetime(2026, 11, 23, hour, tzinfo=BOGOTA) for hour in (5, 6))
    day, line = channel("chat", "oficina"), channel("phone")
    answer = with_notices(notice(channel="phone", until=six), channels=[day, line], at=night)
    best = best_state(answer.channels)
    assert (best.state, best.next_open, best.out_of_order) == (Status.CLOSED, six, False)


@pytest.mark.parametrize("severity", [LIMITED, INFORMATION])
def test_other_notices_are_noted_and_close_nothing(severity):
    answer = with_notices(
        notice(severity, channel="chat"), notice(severity, contact_point="linea", text="Demora.")
    )
    chat, phone = answer.channels
    assert told(chat) == (Status.OPEN, "", ReasonKind.NONE, "No funciona.", False)
    assert told(phone) == WORKS
    (line,) = phone.contacts
    assert (line.note, line.out_of_order, line.href) == ("Demora.", False, "tel:+576017442727")


def test_contact_out_of_order_comes_last_and_no_link_dials_it():
    line = contact(extensions=("1107",))
    mail = contact(code="mail", kind="email", value="a@example.com")
    answer = with_notices(
        notice(contact_point="linea"), channels=[channel("uno", contacts=(line, mail))]
    )
    (uno,) = answer.channels
    assert told(uno) == WORKS
    working, broken = uno.contacts
    assert (working.code, working.out_of_order, working.note) == ("mail", False, None)
    assert (broken.code, broken.out_of_order, broken.note) == ("linea", True, "No funciona.")
    assert (broken.href, [each.href for each in broken.extension_links]) == ("", [""])
    assert (broken.value, broken.display) == ("+576017442727", "601 744 2727")
    (answered,) = answer.notices
    assert (answered.contact_point, answered.channel, answered.about) == (
        "linea",
        None,
        "601 744 2727",
    )


def test_what_gives_nothing_but_contacts_out_of_order_is_out_of_order():
    """Wherever: in a channel, and on levels with and without stated hours."""
    levels = (level(), level(2, schedule="siempre"), level(3, contacts=(contact(code="otra"),)))
    answer = with_notices(
        notice(contact_point="linea", until=NINE), escalation=PublishedEscalation(levels=levels)
    )
    _chat, phone = answer.channels
    first, second, third = answer.escalation.levels
    assert told(phone) == told(first) == told(second) == OUTAGE
    assert (phone.until, phone.next_open) == (first.until, second.next_open) == (NINE, NINE)
    # Hours that nobody stated open at no time that is known.
    assert (first.next_open, third.state, third.out_of_order) == (None, None, False)
    advice = advise(answer)
    assert advice.level == (third,)


def test_channel_works_again_when_one_of_its_contacts_does():
    lines = (contact(code="una"), contact(code="otra"))
    ten = datetime(2026, 11, 23, 10, tzinfo=BOGOTA)
    answer = with_notices(
        notice(contact_point="una", until=ten),
        notice(contact_point="otra", until=NINE, code="otro"),
        channels=[channel("uno", contacts=lines)],
    )
    assert (told(answer.channels[0]), answer.channels[0].until) == (OUTAGE, NINE)


def test_replacement_takes_the_place_of_what_is_out_of_order():
    line = contact(replacements=(replacement(date(2026, 11, 24)),))
    broken = notice(contact_point="linea")
    before = with_notices(broken, channels=[channel("uno", contacts=(line,))])
    tomorrow = datetime(2026, 11, 24, tzinfo=BOGOTA)
    assert told(before.channels[0]) == OUTAGE
    assert before.channels[0].until == before.channels[0].next_open == tomorrow
    after = with_notices(broken, channels=[channel("uno", contacts=(line,))], at=tomorrow)
    assert (told(after.channels[0]), after.notices) == (WORKS, ())
    new = notice(contact_point="nueva", text="Tampoco.")
    after = with_notices(new, channels=[channel("uno", contacts=(line,))], at=tomorrow)
    assert (after.channels[0].out_of_order, after.notices[0].about) == (True, "601 744 2828")


def test_worst_notice_is_told_first_and_the_newest_of_equals():
    answer = with_notices(
        notice(INFORMATION, channel="chat", code="a"),
        notice(channel="chat", code="b", text="Antes."),
        notice(channel="chat", code="c", since=MONDAY_MORNING, text="Ahora."),
        notice(LIMITED, code="d"),
    )
    assert [each.code for each in answer.notices] == ["c", "b", "d", "a"]
    assert answer.channels[0].note == answer.channels[0].reason == "Ahora."


def test_notice_on_a_channel_that_is_not_there_that_day_is_not_told():
    gone = channel("chat", valid_until=date(2026, 11, 22))
    answer = with_notices(notice(channel="chat"), channels=[gone, channel("phone")])
    assert answer.notices == ()


def test_notice_is_told_in_the_organisations_zone():
    answer = with_notices(notice(since=datetime(2026, 11, 23, 1, tzinfo=UTC), until=NINE))
    assert answer.notices[0].since.isoformat() == "2026-11-22T20:00:00-05:00"
    assert answer.notices[0].until.isoformat() == "2026-11-23T09:00:00-05:00"


# ---- What is announced -----------------------------------------------------------------------


def announced(*notices, **kwargs):
    answer = with_notices(*notices, **kwargs)
    return [
        (str(each.on), each.until and str(each.until), each.text, each.reason, each.places)
        for each in answer.announcements
        if each.reason_kind is ReasonKind.NOTICE
    ]


def test_notices_to_come_are_announced_in_order_with_their_place():
    night = {
        "since": datetime(2026, 11, 24, 22, tzinfo=BOGOTA),
        "until": datetime(2026, 11, 25, tzinfo=BOGOTA),
    }
    assert announced(
        notice(LIMITED, contact_point="linea", since=datetime(2026, 12, 1, 6, tzinfo=BOGOTA)),
        notice(channel="chat", **night),
        notice(INFORMATION, since=NINE, for_all=True),
    ) == [
        ("2026-11-23", None, "A las 9 a.m., hasta nuevo aviso", "No funciona.", ()),
        (
            "2026-11-24",
            "2026-11-24",
            "Mañana a las 10 p.m., hasta el final del día de mañana: fuera de servicio",
            "No funciona.",
            ("chat",),
        ),
        (
            "2026-12-01",
            None,
            "El 1 de diciembre de 2026 a las 6 a.m., hasta nuevo aviso: servicio limitado",
            "No funciona.",
            ("phone",),
        ),
    ]


def test_day_of_a_notice_is_said_once():
    since, until = (datetime(2026, 12, 10, hour, tzinfo=BOGOTA) for hour in (8, 9))
    [told] = announced(notice(channel="chat", since=since, until=until))
    assert told[2].startswith("El 10 de diciembre de 2026 a las 8 a.m., hasta las 9 a.m.: ")


@pytest.mark.parametrize(
    ("since", "days"),
    [
        (SINCE_SUNDAY, []),  # in force: its end is no news
        (datetime(2026, 12, 23, 23, tzinfo=BOGOTA), ["2026-12-23"]),
        (datetime(2026, 12, 24, tzinfo=BOGOTA), []),
    ],
)
def test_what_begins_within_thirty_days_is_announced(since, days):
    until = datetime(2026, 12, 31, tzinfo=BOGOTA)
    assert [each[0] for each in announced(notice(channel="chat", since=since, until=until))] == days


def test_notice_on_what_is_replaced_by_then_is_not_announced():
    line = contact(replacements=(replacement(date(2026, 11, 24)),))
    later = datetime(2026, 11, 24, 8, tzinfo=BOGOTA)
    channels = [channel("uno", contacts=(line,))]
    assert announced(notice(contact_point="linea", since=later), channels=channels) == []
    (new,) = announced(notice(contact_point="nueva", since=later), channels=channels)
    assert new[-1] == ("uno",)


@pytest.mark.parametrize(("code", "places"), [("linea", []), ("celular", [("Nivel 1",)])])
def test_notice_is_announced_on_what_is_given_by_who_stands_in_then(code, places):
    day = date(2026, 11, 24)
    escalation = PublishedEscalation(
        levels=(level(),),
        absences=(PublishedAbsence(contact="c1", first_day=day, last_day=day, stand_in="otra"),),
        stand_ins={"otra": PublishedStandIn(name="Otra", contacts=(contact(code="celular"),))},
    )
    later = notice(contact_point=code, since=datetime(2026, 11, 24, 8, tzinfo=BOGOTA))
    channels = [channel("chat", contacts=())]
    found = announced(later, channels=channels, escalation=escalation)
    assert [each[-1] for each in found] == places
