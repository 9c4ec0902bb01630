"""What an edition changed about notices, in words."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from directory.editions.diff.documents import changes
from directory.editions.document import PublishedNotice, Replacement
from tests.directory.documents import BROKEN, DOCUMENT, SLOW

NEW = "+576017449999"
BOTH = replace(DOCUMENT, notices=(BROKEN, SLOW))
FOR_ALL = PublishedNotice(
    code="todo", text="Todo funciona.", severity="information", since=SLOW.since, for_all=True
)
OF_SERVICE = replace(FOR_ALL, code="servicio", for_all=False)


def told(before, after):
    return [(change.kind, change.sentence) for change in changes(before, after)]


def test_a_notice_that_is_set_says_on_what_from_when_until_when_and_where():
    assert told(DOCUMENT, replace(BOTH, notices=(*BOTH.notices, FOR_ALL, OF_SERVICE))) == [
        (
            "added",
            "Telefónico, Nivel 1, Nivel 2: aviso «La línea no funciona.» (601 744 2727, fuera de "
            "servicio, desde el 23 de noviembre de 2026 a las 8 a.m. hasta el 24 de noviembre de "
            "2026 a las 8 a.m.)",
        ),
        (
            "added",
            "Correo electrónico: aviso «Respondemos más tarde.» (Correo electrónico, limitado, "
            "desde el 23 de noviembre de 2026 a las 8 a.m.)",
        ),
        (
            "added",
            "Aviso «Todo funciona.» (todos los servicios, informativo, desde el 23 de noviembre "
            "de 2026 a las 8 a.m.)",
        ),
        (
            "added",
            "Aviso «Todo funciona.» (todo el servicio, informativo, desde el 23 de noviembre de "
            "2026 a las 8 a.m.)",
        ),
    ]


def test_an_end_says_what_is_over():
    assert told(BOTH, replace(BOTH, notices=(SLOW,))) == [
        ("removed", "Telefónico, Nivel 1, Nivel 2: terminó el aviso «La línea no funciona.»")
    ]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ({"text": "Ya no."}, "Aviso: La línea no funciona. → Ya no."),
        (
            {"severity": "limited"},
            "Aviso «La línea no funciona.», gravedad: fuera de servicio → limitado",
        ),
        (
            {"since": datetime(2026, 11, 23, 15, 30, tzinfo=UTC)},
            "Aviso «La línea no funciona.», desde: 23 de noviembre de 2026 a las 8 a.m. → "
            "23 de noviembre de 2026 a las 10:30 a.m.",
        ),
        (
            {"until": None},
            "Aviso «La línea no funciona.», hasta: 24 de noviembre de 2026 a las 8 a.m. → "
            "nuevo aviso",
        ),
    ],
)
def test_a_notice_that_was_edited_says_what_is_new(new, sentence):
    after = replace(BOTH, notices=(replace(BROKEN, **new), SLOW))
    (change,) = changes(BOTH, after)
    assert change.sentence == f"{sentence} en «Telefónico», «Nivel 1» y «Nivel 2»"


def test_a_notice_on_what_replaces_a_contact_says_where_that_is():
    (line,) = [each for each in DOCUMENT.channels if each.title == "Telefónico"]
    plan = Replacement(on=date(2026, 12, 1), code="nueva", kind="phone", label="", value=NEW)
    changed = replace(line, contacts=(replace(line.contacts[0], replacements=(plan,)),))
    others = [each for each in DOCUMENT.channels if each is not line]
    planned = replace(DOCUMENT, channels=(changed, *others))
    notice = replace(SLOW, channel="", contact_point="nueva")
    ((_kind, sentence),) = told(planned, replace(planned, notices=(notice,)))
    assert sentence.startswith("Telefónico: aviso «Respondemos más tarde.» (601 744 9999, limitado")


def test_a_notice_that_stays_is_not_told_where_its_channel_is_called_otherwise():
    (mail,) = [each for each in BOTH.channels if each.code == SLOW.channel]
    others = [each for each in BOTH.channels if each is not mail]
    before = replace(BOTH, channels=(*others, mail))
    after = replace(BOTH, channels=(*others, replace(mail, title="Buzón")))
    assert told(before, after) == [
        ("renamed", "Canal: «Correo electrónico» pasa a llamarse «Buzón»")
    ]
