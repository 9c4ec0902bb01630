"""What changed between two documents, sentence by sentence."""

from datetime import date

import pytest
from django.utils import translation
from msgspec.structs import replace

from directory.editions.diff.documents import changes
from directory.hours.schedule import HolidayPolicy
from tests.directory.documents import (
    ALWAYS,
    DOCUMENT,
    E_MAIL,
    FIRST,
    INCIDENT,
    LINE,
    MAIL,
    OFFICE,
    PLAN,
    SECOND,
    TELEPHONE,
    weekly,
    with_channels,
    with_hours,
    with_levels,
)


def sentences(before, after):
    return [str(change) for change in changes(before, after)]


def told(before, after):
    return [(change.kind, str(change)) for change in changes(before, after)]


def with_line(**fields):
    """The document whose telephone channel gives its line with other fields."""
    return with_channels(replace(TELEPHONE, contacts=(replace(LINE, **fields),)), E_MAIL)


def with_telephone(**fields):
    return with_channels(replace(TELEPHONE, **fields), E_MAIL)


def with_mail(**fields):
    return with_channels(TELEPHONE, replace(E_MAIL, **fields))


SATURDAY = weekly(6, opens=8, closes=13)
UNTIL_DECEMBER = weekly(1, 2, 3, 4, 5, valid_until=date(2026, 11, 30))
IN_DECEMBER = {"valid_from": date(2026, 12, 1)}
TWO_SCHEDULES = {"oficina": OFFICE, "siempre": ALWAYS}
CLOSED_SATURDAY = with_hours(spans=weekly(1, 2, 3, 4, 5))
WITHOUT_EXTENSION = with_levels(
    FIRST, replace(SECOND, contacts=(replace(LINE, extensions=("1428",)),))
)


def test_nothing_changed_between_equal_documents():
    assert changes(DOCUMENT, replace(DOCUMENT)) == []


def test_first_edition_says_what_it_has():
    assert sentences(None, DOCUMENT) == ["Primera edición: 2 canales y 2 niveles de escalamiento"]


def test_new_number_of_a_contact_point():
    [change] = changes(DOCUMENT, with_line(value="+576017450000"))
    assert str(change) == "Teléfono: 601 744 2727 → 601 745 0000 en «Telefónico»"
    assert (change.kind, change.place, change.what, change.before, change.after) == (
        "changed",
        "Telefónico",
        "Teléfono",
        "601 744 2727",
        "601 745 0000",
    )


def test_new_number_that_several_places_share_is_told_once():
    line = replace(LINE, value="+576017450000")
    after = replace(
        DOCUMENT,
        channels=(replace(TELEPHONE, contacts=(line,)), E_MAIL),
        escalation=replace(
            DOCUMENT.escalation,
            levels=(
                replace(FIRST, contacts=(line,)),
                replace(SECOND, contacts=(replace(line, extensions=("1427", "1428")),)),
            ),
        ),
    )
    assert sentences(DOCUMENT, after) == [
        "Teléfono: 601 744 2727 → 601 745 0000 en «Telefónico», «Nivel 1» y «Nivel 2»"
    ]


def test_many_places_are_counted_not_listed():
    before = with_channels(
        *(replace(TELEPHONE, code=f"c{n}", title=f"Canal {n}") for n in range(1, 7))
    )
    after = replace(
        before,
        channels=tuple(
            replace(channel, contacts=(replace(LINE, menu_options=""),))
            for channel in before.channels
        ),
    )
    assert sentences(before, after) == [
        "Opciones del menú: ya no Opción 2 en «Canal 1», «Canal 2», «Canal 3» y 3 más"
    ]


def test_channels_of_equal_title_are_told_apart_by_what_they_are_for():
    other = replace(TELEPHONE, code="incidentes", request_types=(INCIDENT,))
    before = with_channels(TELEPHONE, other)
    after = with_channels(TELEPHONE, replace(other, contacts=(replace(LINE, menu_options="3"),)))
    assert sentences(before, after) == [
        "Opciones del menú: Opción 2 → 3 en «Telefónico (Incidentes)»"
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (with_line(extensions=("1107", "1109", "1110")), "Telefónico: extensión 1110 agregada"),
        (with_line(extensions=("1107", "1110")), "Extensión: 1109 → 1110 en «Telefónico»"),
        (
            with_line(extensions=("1109", "1107")),
            "Orden de las extensiones: 1107, 1109 → 1109, 1107 en «Telefónico»",
        ),
        (WITHOUT_EXTENSION, "Nivel 2: extensión 1427 retirada"),
        (
            with_levels(FIRST, replace(SECOND, contact="jefe", name="Jefe", person="")),
            "Quién responde: Supervisor · Ana Ruiz se reemplaza por Jefe en «Nivel 2»",
        ),
        (CLOSED_SATURDAY, "Sábado: 8 a.m. a 1 p.m. → cerrado"),
        (
            with_hours(spans=(*weekly(1, 2, 3, 4, 5, closes=18), *SATURDAY)),
            "Lunes a viernes: 7 a.m. a 7 p.m. → 7 a.m. a 6 p.m.",
        ),
        (
            with_hours(
                spans=(*UNTIL_DECEMBER, *weekly(1, 2, 3, 4, 5, closes=18, **IN_DECEMBER), *SATURDAY)
            ),
            "Lunes a viernes (desde el 1 de diciembre de 2026): 7 a.m. a 7 p.m. → 7 a.m. a 6 p.m.",
        ),
        # Hours of holidays that do not apply.
        (
            with_hours(spans=(*OFFICE.spans, *weekly(8, opens=9, closes=12))),
            "Detalles que la página no muestra: horarios",
        ),
        (
            replace(with_mail(schedule="siempre"), schedules=TWO_SCHEDULES),
            "Horario: Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m. → 7 días 24 horas "
            "en «Correo electrónico»",
        ),
        (
            with_telephone(valid_from=date(2026, 12, 1)),
            "Vigencia: Siempre → Desde el 1 de diciembre de 2026 en «Telefónico»",
        ),
    ],
)
def test_one_change_is_one_sentence(after, expected):
    assert sentences(DOCUMENT, after) == [expected]


def test_extensions_that_stay_in_another_order_are_told_beside_what_went():
    before = with_line(extensions=("1107", "1109", "1113", "1427"))
    assert sentences(before, with_line(extensions=("1109", "1107", "1113"))) == [
        "Telefónico: extensión 1427 retirada",
        "Orden de las extensiones: 1107, 1109, 1113 → 1109, 1107, 1113 en «Telefónico»",
    ]
    assert sentences(before, with_line(extensions=("1428", "1107", "1109", "1113"))) == [
        "Extensión: 1427 → 1428 en «Telefónico»",
        "Orden de las extensiones: 1107, 1109, 1113, 1428 → 1428, 1107, 1109, 1113 en «Telefónico»",
    ]


def test_contact_renamed():
    assert told(DOCUMENT, with_line(label="Línea nacional")) == [
        (
            "renamed",
            "Teléfono 601 744 2727: «Línea de servicio» pasa a llamarse «Línea nacional» "
            "en «Telefónico»",
        )
    ]


def test_contact_replaced_by_another_contact_point():
    after = with_line(code="otra", value="+576017450000", label="Línea de servicio")
    assert told(DOCUMENT, after) == [
        ("replaced", "Teléfono: 601 744 2727 se reemplaza por 601 745 0000 en «Telefónico»")
    ]


WEB = replace(MAIL, code="portal", kind="web", label="Portal", value="https://example.com/")


def test_only_contact_replaced_by_one_of_another_kind():
    assert told(DOCUMENT, with_mail(contacts=(WEB,))) == [
        (
            "replaced",
            "Contacto: Correo electrónico soporte@example.com se reemplaza por "
            "Dirección web https://example.com/ en «Correo electrónico»",
        ),
        ("changed", "Nombre: Correo → Portal en «Correo electrónico»"),
    ]


def test_order_is_told_beside_a_replacement_of_another_kind():
    before = with_mail(contacts=(MAIL, LINE))
    after = with_mail(contacts=(LINE, replace(WEB, label=MAIL.label)))
    assert sentences(before, after) == [
        "Orden de los contactos: https://example.com/, 601 744 2727 → "
        "601 744 2727, https://example.com/ en «Correo electrónico»",
        "Contacto: Correo electrónico soporte@example.com se reemplaza por "
        "Dirección web https://example.com/ en «Correo electrónico»",
    ]


def test_contact_that_moved_is_not_taken_for_a_replacement():
    after = with_channels(
        replace(TELEPHONE, contacts=(WEB,)), replace(E_MAIL, contacts=(MAIL, LINE))
    )
    assert sentences(DOCUMENT, after) == [
        "Telefónico: se agrega Dirección web https://example.com/",
        "Teléfono 601 744 2727: pasa de «Telefónico» a «Correo electrónico»",
    ]


def test_contact_moved_from_one_channel_to_another():
    after = with_channels(replace(TELEPHONE, contacts=()), replace(E_MAIL, contacts=(MAIL, LINE)))
    assert told(DOCUMENT, after) == [
        ("moved", "Teléfono 601 744 2727: pasa de «Telefónico» a «Correo electrónico»")
    ]


def test_contact_added_and_removed():
    both = with_mail(contacts=(MAIL, LINE))
    assert sentences(DOCUMENT, both) == [
        "Correo electrónico: se agrega Teléfono 601 744 2727, Opción 2, extensiones 1107, 1109"
    ]
    assert sentences(both, DOCUMENT) == ["Correo electrónico: se retira Teléfono 601 744 2727"]


def test_channel_added_removed_and_renamed():
    assert sentences(DOCUMENT, with_channels(TELEPHONE)) == ["Canal «Correo electrónico» retirado"]
    [change] = changes(with_channels(TELEPHONE), DOCUMENT)
    assert str(change) == (
        "Canal «Correo electrónico» agregado: soporte@example.com · Todas, Incidentes · "
        "Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m."
    )
    assert sentences(DOCUMENT, with_telephone(title="Línea")) == [
        "Canal: «Telefónico» pasa a llamarse «Línea»"
    ]


def test_channels_in_another_order():
    assert told(DOCUMENT, with_channels(E_MAIL, TELEPHONE)) == [
        (
            "moved",
            "Orden de los canales: Telefónico, Correo electrónico → Correo electrónico, Telefónico",
        )
    ]


def test_request_type_of_a_channel_and_its_name_everywhere():
    both = E_MAIL.request_types
    more = with_telephone(request_types=both)
    assert sentences(DOCUMENT, more) == ["Telefónico: tipo de solicitud «Incidentes» agregado"]
    renamed = tuple(replace(kind, name=f"{kind.name} *") for kind in both)
    after = with_channels(
        replace(TELEPHONE, request_types=renamed), replace(E_MAIL, request_types=renamed)
    )
    assert sentences(more, after) == [
        "Tipo de solicitud: «Todas» pasa a llamarse «Todas *»",
        "Tipo de solicitud: «Incidentes» pasa a llamarse «Incidentes *»",
    ]


def test_holiday_is_named():
    short, longer = (
        with_hours(
            holidays=HolidayPolicy.OWN_HOURS,
            spans=(*OFFICE.spans, *weekly(8, opens=9, closes=closes)),
        )
        for closes in (12, 13)
    )
    assert sentences(DOCUMENT, short) == ["Festivos: no informado → 9 a.m. a 12 m."]
    assert sentences(short, DOCUMENT) == ["Festivos: 9 a.m. a 12 m. → no informado"]
    assert sentences(short, longer) == ["Festivos: 9 a.m. a 12 m. → 9 a.m. a 1 p.m."]


def test_replacement_planned_put_off_cancelled_and_come_about():
    planned = with_line(replacements=(PLAN,))
    assert sentences(DOCUMENT, planned) == [
        "Telefónico: cambio planeado de 601 744 2727 (el 1 de diciembre de 2026: 601 745 0000)"
    ]
    later = with_line(replacements=(replace(PLAN, on=date(2026, 12, 15)),))
    assert sentences(planned, later) == [
        "Cambio planeado de 601 744 2727: el 1 de diciembre de 2026: 601 745 0000 → "
        "el 15 de diciembre de 2026: 601 745 0000 en «Telefónico»"
    ]
    assert sentences(planned, DOCUMENT) == [
        "Telefónico: cambio planeado de 601 744 2727 cancelado "
        "(el 1 de diciembre de 2026: 601 745 0000)"
    ]
    settled = with_line(code="nueva", value="+576017450000", label="Línea de servicio")
    assert sentences(planned, settled) == [
        "Teléfono: 601 744 2727 se reemplaza por 601 745 0000 en «Telefónico»"
    ]


def test_of_long_texts_only_what_differs_is_quoted():
    text = "Queremos prestarle un excelente servicio, por esto presentamos los canales de %s."
    before = replace(DOCUMENT, introduction=text % "atención")
    after = replace(DOCUMENT, introduction=text % "soporte")
    [change] = changes(before, after)
    assert str(change) == "Introducción: … atención. → … soporte."
    assert change.after == text % "soporte"


def test_split_validity_without_other_hours_is_not_passed_over():
    renewed = weekly(1, 2, 3, 4, 5, **IN_DECEMBER)
    after = with_hours(spans=(*UNTIL_DECEMBER, *renewed, *SATURDAY))
    [change] = changes(DOCUMENT, after)
    assert change.after == "las mismas horas, con otras fechas de vigencia"


def test_in_english():
    with translation.override("en"):
        assert sentences(DOCUMENT, with_line(value="+576017450000")) == [
            "Phone: +57 601 744 2727 → +57 601 745 0000 in “Telefónico”"
        ]
        assert sentences(DOCUMENT, WITHOUT_EXTENSION) == ["Level 2: extension 1427 removed"]
        assert sentences(DOCUMENT, CLOSED_SATURDAY) == ["Saturday: 8 a.m. to 1 p.m. → closed"]
