"""What people write, how it is read, and what is refused with both readings."""

import pytest
from django.utils import translation

from directory.hours.reading.errors import Unreadable
from directory.hours.reading.reader import read_hours
from directory.hours.schedule import HolidayPolicy
from tests.directory.hours.reading.readings import as_osm

OFFICE = "Mo-Fr 08:00-12:00,14:00-18:00"

READ = [
    ("lunes a viernes 8-12 y 14-18, sábados 9-13, domingos y festivos cerrado",
     f"{OFFICE}; Sa 09:00-13:00; PH off"),
    ("L-V 7am-7pm; S 8-13", "Mo-Fr 07:00-19:00; Sa 08:00-13:00"),
    ("L-V 7-19; S 8-13", "Mo-Fr 07:00-19:00; Sa 08:00-13:00"),
    ("Lun. a vie. de 7:00 a.m. a 7:00 p.m.", "Mo-Fr 07:00-19:00"),
    ("Lun. a vie. de 7:00 a. m. a 7:00 p. m.", "Mo-Fr 07:00-19:00"),
    ("de domingo a jueves 22:00 a 06:00", "Mo-Th,Su 22:00-06:00"),
    ("todos los días 8 a 20 h", "Mo-Su 08:00-20:00"),
    ("jornada continua 8 a 16", "Mo-Fr 08:00-16:00"),
    ("L-V jornada continua 8 a 16", "Mo-Fr 08:00-16:00"),
    ("lunes, miércoles y viernes 10-12", "Mo,We,Fr 10:00-12:00"),
    ("Mo-Fr 07:00-19:00; Sa 08:00-13:00; PH off", "Mo-Fr 07:00-19:00; Sa 08:00-13:00; PH off"),
    # Days.
    ("viernes a lunes 9-13", "Mo,Fr-Su 09:00-13:00"),
    ("de lunes a lunes 9-13", "Mo-Su 09:00-13:00"),
    ("L a V 9-13", "Mo-Fr 09:00-13:00"),
    ("LMXJV 9-13", "Mo-Fr 09:00-13:00"),
    ("L M M J V 9-13", "Mo-Fr 09:00-13:00"),
    ("M y X 9-13", "Tu-We 09:00-13:00"),
    ("Mi, J 9-13", "We-Th 09:00-13:00"),
    ("M-F 9am-5pm", "Mo-Fr 09:00-17:00"),
    ("MWF 9am-5pm", "Mo,We,Fr 09:00-17:00"),
    ("martes/jueves 9-13", "Tu,Th 09:00-13:00"),
    ("sábados domingos 9-13", "Sa-Su 09:00-13:00"),
    ("fines de semana 9-13", "Sa-Su 09:00-13:00"),
    ("entre semana 9-13", "Mo-Fr 09:00-13:00"),
    ("días hábiles 9-13", "Mo-Fr 09:00-13:00; PH off"),
    ("lunes a sábado, días hábiles, 9-13", "Mo-Sa 09:00-13:00; PH off"),
    ("todos los días excepto domingos 9-13", "Mo-Sa 09:00-13:00"),
    ("todos los días 9-13; domingos 10-12", "Mo-Sa 09:00-13:00; Su 10:00-12:00"),
    ("L-V 9-13; X 10-14", "Mo-Tu,Th-Fr 09:00-13:00; We 10:00-14:00"),
    ("Mo-Fr 09:00-13:00; We 14:00-18:00", "Mo-Tu,Th-Fr 09:00-13:00; We 14:00-18:00"),
    ("MIERCOLES 9-13", "We 09:00-13:00"),
    ("VSD 9-13", "Fr-Su 09:00-13:00"),
    # "F" is Friday only where the days are English.
    ("L-S 8-20; D-F 9-14", "Mo-Sa 08:00-20:00; Su 09:00-14:00; PH 09:00-14:00"),
    ("L-J 8-17, D y F 9-14", "Mo-Th 08:00-17:00; Su 09:00-14:00; PH 09:00-14:00"),
    ("L-V 9-13, S-D-F 9-14", "Mo-Fr 09:00-13:00; Sa-Su 09:00-14:00; PH 09:00-14:00"),
    ("domingos - festivos 9-14", "Su 09:00-14:00; PH 09:00-14:00"),
    ("Tu-F 9-17, S 10-12", "Tu-Fr 09:00-17:00; Sa 10:00-12:00"),
    # Times.
    ("L-V 8-12 y 2-6", OFFICE),
    ("L-V 8:00 a.m. a 12:00 m. - 2:00 p.m. a 6:00 p.m.", OFFICE),
    ("L-V 8:00 - 12:00 - 14:00 - 18:00", OFFICE),
    ("L-V 8 a 12 y 1:30 a 5", "Mo-Fr 08:00-12:00,13:30-17:00"),
    ("L-V 7 a 12 m. y 2 a 6 p.m.", "Mo-Fr 07:00-12:00,14:00-18:00"),
    ("L-V mañana 8 a 12, tarde 2 a 6", OFFICE),
    ("L-V 8 a 5 p.m.", "Mo-Fr 08:00-17:00"),
    ("L-V 9 a.m. a 5", "Mo-Fr 09:00-17:00"),
    ("L-V 12 a 6 p.m.", "Mo-Fr 12:00-18:00"),
    ("L-V desde las 7 hasta las 19", "Mo-Fr 07:00-19:00"),
    ("L-V entre las 8 y las 17", "Mo-Fr 08:00-17:00"),
    ("L-V 0800-1700", "Mo-Fr 08:00-17:00"),
    ("L-V 8.30 – 17.30", "Mo-Fr 08:30-17:30"),
    ("L-V 8h a 17h30", "Mo-Fr 08:00-17:30"),
    ("L-V 8 a 24 h", "Mo-Fr 08:00-24:00"),
    ("L-V 2 p.m. a medianoche", "Mo-Fr 14:00-24:00"),
    ("L-V mediodía a 6", "Mo-Fr 12:00-18:00"),
    ("V 22-6", "Fr 22:00-06:00"),
    ("V 8 p.m. a 2", "Fr 20:00-02:00"),
    ("V 7 p.m. a 7 a.m. del día siguiente", "Fr 19:00-07:00"),
    ("Mo-Fr 22:00-26:00", "Mo-Fr 22:00-02:00"),
    ("8-12 y 14-18 lunes a viernes; 9-13 sábados", f"{OFFICE}; Sa 09:00-13:00"),
    ("8-12 lunes a viernes, sábados 9-13", "Mo-Fr 08:00-12:00; Sa 09:00-13:00"),
    ("24 horas de lunes a viernes y fines de semana 9-17", "Mo-Fr 00:00-24:00; Sa-Su 09:00-17:00"),
    ("Lunes\n8-12\nMartes\n9-13", "Mo 08:00-12:00; Tu 09:00-13:00"),
    ("• L-V: 8-12 | 14-18", OFFICE),
    # Holidays.
    ("domingos y festivos 9-13", "Su 09:00-13:00; PH 09:00-13:00"),
    ("L-V 9-13 excepto festivos", "Mo-Fr 09:00-13:00; PH off"),
    ("L-V 9-13. Feriados no", "Mo-Fr 09:00-13:00; PH off"),
    ("L-V 9-13; PH unknown", "Mo-Fr 09:00-13:00; PH unknown"),
    ("L-V 9-13. No se presta servicio domingos ni festivos.", "Mo-Fr 09:00-13:00; PH off"),
    ("L-V 9-13; domingos cerrado; domingos y festivos cerrado", "Mo-Fr 09:00-13:00; PH off"),
    ("closed on holidays; Mon-Fri 9am-1pm", "Mo-Fr 09:00-13:00; PH off"),
    # Always.
    *[(text, "24/7") for text in (
        "7x24", "24x7", "24/7", "7 x 24", "24-7", "24/7/365", "24 horas", "7 días 24 horas",
        "24 horas los 7 días de la semana", "todos los días 24 horas", "Mo-Su 00:00-24:00",
        "24 hours a day, 365 days a year", "L-D 0-24", "24 horas, festivos incluidos",
        "24 x 7 x 365", "24/365", "siempre", "disponibilidad 24x7", "servicio 24 horas",
    )],
    ("24/7; PH off", "Mo-Su 00:00-24:00; PH off"),
    ("L-V 24 horas; S 8-12", "Mo-Fr 00:00-24:00; Sa 08:00-12:00"),
    ("Horario no informado", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "osm"), READ)
def test_hours_are_read(written, osm):
    assert as_osm(written) == osm


@pytest.mark.parametrize(
    ("written", "holidays"),
    [
        ("L-V 9-13", None),
        ("24/7", None),
        ("L-S incluidos festivos 9-13", HolidayPolicy.AS_WEEKDAY),
        ("todos los días de 9 a 13, incluidos domingos y festivos", HolidayPolicy.AS_WEEKDAY),
        ("todos los días del año 9-13, incluidos festivos", HolidayPolicy.AS_WEEKDAY),
        ("9am-1pm daily, incl. holidays", HolidayPolicy.AS_WEEKDAY),
        ("L-S 9-13 (festivos incluidos)", HolidayPolicy.AS_WEEKDAY),
        ("L-S 9-13. Festivos: horario habitual.", HolidayPolicy.AS_WEEKDAY),
        ("L-S 9-13. Festivos: horario no confirmado.", HolidayPolicy.NOT_STATED),
        ("L-S 9-13 y festivos 10-12", HolidayPolicy.OWN_HOURS),
        ("L-S 9-13, salvo festivos", HolidayPolicy.CLOSED),
    ],
)
def test_what_a_text_says_of_holidays(written, holidays):
    assert read_hours(written).holidays is holidays


TWO_READINGS = [
    ("8 a 8", "8 a.m. a 8 p.m.", "8 p.m. a 8 a.m. del día siguiente"),
    ("7-7", "7 a.m. a 7 p.m.", "7 p.m. a 7 a.m. del día siguiente"),
    ("1-5", "1 a.m. a 5 a.m.", "1 p.m. a 5 p.m."),
    ("1:00-5:00", "1 a.m. a 5 a.m.", "1 p.m. a 5 p.m."),
    ("8 a 5", "8 a.m. a 5 p.m.", "8 p.m. a 5 a.m. del día siguiente"),
    ("10 a 2", "10 a.m. a 2 p.m.", "10 p.m. a 2 a.m. del día siguiente"),
    ("12-4", "medianoche a 4 a.m.", "12 m. a 4 p.m."),
    ("8 a 9 p.m.", "8 p.m. a 9 p.m.", "8 a.m. a 9 p.m."),
    ("7 a.m. a 9", "7 a.m. a 9 a.m.", "7 a.m. a 9 p.m."),
    ("10 a medianoche", "10 p.m. a medianoche", "10 a.m. a medianoche"),
    ("14 a 6", "2 p.m. a 6 a.m. del día siguiente", "2 p.m. a 6 p.m."),
    ("8 a.m. a 12 a.m.", "8 a.m. a 12 m.", "8 a.m. a medianoche"),
]


@pytest.mark.parametrize(("hours", "first", "second"), TWO_READINGS)
def test_hours_with_two_readings_are_refused_with_both(hours, first, second):
    with pytest.raises(Unreadable) as caught:
        read_hours(f"L-V {hours}; S 9-13")
    error = caught.value
    assert (error.code, error.start, error.end) == ("two_readings", 4, 4 + len(hours))
    assert error.messages == [
        f"«{hours}» puede ser dos cosas: «{first}» o «{second}». Escriba la que quiere decir."
    ]
    assert error.readings == (f"L-V {first}; S 9-13", f"L-V {second}; S 9-13")
    one, other = map(as_osm, error.readings)
    assert one != other


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("M-V 8-12", ("martes-V 8-12", "miércoles-V 8-12")),
        (
            "L-V 8-14; martes y jueves 16-19.",
            (
                "Lunes, miércoles y viernes 8 a.m. a 2 p.m.; martes y jueves 16-19.",
                "L-V 8-14; Martes y jueves 8 a.m. a 2 p.m. y 4 p.m. a 7 p.m..",
            ),
        ),
        ("LV 8-12", ("L-V 8-12", "L, V 8-12")),
        ("L\N{SOFT HYPHEN}V 8-12", ("L-V 8-12", "L, V 8-12")),
        ("LMV 8-12", ("L, martes, V 8-12", "L, miércoles, V 8-12")),
        ("8 a 17", ("Lunes a viernes 8 a 17", "Todos los días 8 a 17")),
    ],
)
def test_days_with_two_readings_are_refused_with_both(written, readings):
    with pytest.raises(Unreadable) as caught:
        read_hours(written)
    assert (caught.value.code, caught.value.readings) == ("two_readings", readings)
    assert len(set(map(as_osm, readings))) == 2


@pytest.mark.parametrize(
    ("written", "code", "named"),
    [
        ("", "no_hours", ""),
        (" .,; ", "no_hours", ""),
        ("L-V", "hours_missing", "«L-V»"),
        ("L-V desde las 8", "range_incomplete", "«8»"),
        ("L-V 8 a", "time_missing", "«8 a»"),
        ("L-V 8-12-14", "unexpected", "«-»"),
        ("8-12 L, J, V 9-17", "days_missing", "«9-17»"),
        ("L-V 9-13, incluidos domingos", "unexpected", "«incluidos domingos»"),
        ("L-F 9-13", "hours_missing", "«L-»"),
        ("L-V 8-12 pico y placa", "unknown_word", "«pico»"),
        ("L-V 7:61-8", "no_such_time", "«7:61»"),
        ("L-V 24:00-06:00", "end_of_day", "«24:00-06:00»"),
        ("L-V 8:00-08:00", "two_readings", "«8:00-08:00»"),
        ("L-V 08:00-08:00", "whole_day", "«08:00-08:00»"),
        ("L-V 8 a.m. a 5 p.m. del día siguiente", "whole_day", "24 horas"),
        ("L-V 8-12, V-S 14-18", "day_twice", "«viernes»"),
        ("L-V 8-12; L-V 14-18", "day_twice", "«lunes»"),
        ("domingos cerrado; todos los días 8-12", "day_twice", "«domingo»"),
        ("L-V 8-12 y 10-14", "overlap", "«Lunes 08:00-12:00»"),
        ("V 22-6, S 00:00-12:00", "overlap", "«Viernes 22:00-06:00»"),
        ("cerrado", "always_closed", "excepción"),
        ("off", "always_closed", "excepción"),
        ("L-V 8-12; 24 dic cerrado", "dated", "«dic»"),
        ("Mo-Fr 08:00-12:00; Dec 24 off", "dated", "«Dec»"),
        ("domingos y lunes festivos 9-13", "unexpected", "«festivos»"),
        ("S-S 10-16", "unexpected", "«S-S»"),
        ("Mo-Fr 10:00+", "range_incomplete", "«10:00»"),
        ('Mo-Fr 10:00-12:00 "solo citas"', "unknown_word", "«\"»"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_where_it_is_and_what_to_write(written, code, named):
    with pytest.raises(Unreadable) as caught:
        read_hours(written)
    assert caught.value.code == code
    assert named in caught.value.messages[0]


def test_refusals_and_assumptions_are_in_the_language_of_the_user():
    assert read_hours("días hábiles 9-13").assumptions == (
        "días hábiles: los festivos está cerrado",
    )
    with translation.override("en"), pytest.raises(Unreadable) as caught:
        read_hours("Mon-Fri 8-8")
    with translation.override("en"):
        assert caught.value.messages == [
            "“8-8” may be two things: “8 a.m. to 8 p.m.” or “8 p.m. to 8 a.m. the next day”. "
            "Write the one you mean."
        ]
        assert as_osm("M-Sa 9-17") == "Mo-Sa 09:00-17:00"
        assert as_osm("L, M y X 9-17") == "Mo-We 09:00-17:00"
