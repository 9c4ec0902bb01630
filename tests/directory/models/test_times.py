"""Times of day are read as people write them, through every door."""

from datetime import time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db.migrations.writer import MigrationWriter

from directory.models import TimeSpan
from directory.models.time_fields import TimeField, TimeFormField
from tests.factories import ScheduleFactory

READ = [
    *[
        (text, time(14))
        for text in ("2 p.m.", "2pm", "2 PM", "14", "14h", "1400", "14.00", "14:00")
    ],
    *[
        (text, time(14))
        for text in ("2 p. m.", "2 p.\xa0m.", "2\u202fpm", "2 de la tarde", "14 hrs.")
    ],
    *[
        (text, time(14))
        for text in ("14:00:00", "14h00", "14:00 p.m.", "a las 14", "１４：００", 14)
    ],
    *[
        (text, time(12))
        for text in ("12 m", "12 m.", "12:00 m.", "12m", "mediodía", "Noon", "12 p.m.")
    ],
    *[(text, time(12)) for text in ("12", "12 del día", "medio dia", "12 de la tarde")],
    *[(text, time(0)) for text in ("medianoche", "Midnight", "12 a.m.", "0:00", "12 de la noche")],
    *[(text, time(8)) for text in ("8", "08", "8 h", "8hs.", "0800", "800", "8.00", "8 a.m.", 8)],
    *[(text, time(8)) for text in ("8 de la mañana", "8 o'clock", "8 horas", "8:00\u200b")],
    *[
        ("7h30", time(7, 30)),
        ("730", time(7, 30)),
        ("7.30 pm", time(19, 30)),
        ("12:30 a.m.", time(0, 30)),
    ],
]
REFUSED = [
    *[
        (text, "no_time")
        for text in ("-1", "las siete", "8:5", "12345", "½", "7,30", "7 8", "x", "٨")
    ],
    *[(text, "no_such_time") for text in ("25:00", "7:61", "13 a.m.", "0 p.m.", "8 m.", "24:01")],
    ("7" * 41, "too_long"),
]


class Form(forms.Form):
    opens = TimeField().formfield()
    closes = TimeField(is_end=True).formfield()


@pytest.mark.parametrize(("text", "expected"), READ)
def test_writings_of_a_time_are_read_in_forms_rows_fixtures_and_queries(text, expected):
    form = Form({"opens": text, "closes": text})
    assert form.is_valid()
    assert form.cleaned_data == {"opens": expected, "closes": expected}
    span = TimeSpan(day=1, opens=text, closes=text)
    span.clean_fields(exclude=["schedule"])
    assert (span.opens, span.closes) == (expected, expected)
    field = TimeSpan._meta.get_field("closes")
    # What a deserializer of fixtures calls, and what a query compares with.
    assert field.to_python(text) == field.get_prep_value(text) == expected


@pytest.mark.parametrize("text", ["24:00", "24", "24h", "2400", "24.00 hrs"])
def test_end_of_a_day_is_midnight_where_something_closes_and_refused_where_it_opens(text):
    form = Form({"opens": text, "closes": text})
    assert form.errors.get_json_data() == {
        "opens": [
            {
                "message": f"«{text}» es el final de un día; a esa hora nada abre. "
                "Escriba 00:00 para el comienzo.",
                "code": "end_of_day",
            }
        ]
    }
    assert form.cleaned_data == {"closes": time(0)}


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_time_is_refused_at_the_field_with_what_to_write_and_kept(text, code):
    form = Form({"opens": text, "closes": "8"})
    [error] = form.errors.get_json_data()["opens"]
    assert error["code"] == code
    assert "7:30" in error["message"]
    assert form["opens"].value() == text
    with pytest.raises(ValidationError) as caught:
        TimeSpan(day=1, opens=text, closes="8").clean_fields(exclude=["schedule"])
    assert caught.value.message_dict == {"opens": [error["message"]]}


@pytest.mark.parametrize("value", ["", " ", None])
def test_missing_time_is_asked_for(value):
    form = Form({"opens": value, "closes": "8"})
    assert form.errors == {"opens": ["Este campo es obligatorio."]} or value == " "


def test_form_shows_hours_and_minutes_and_reads_them_as_no_change():
    form = Form(
        {"opens": "07:00", "closes": "7 p.m."}, initial={"opens": time(7), "closes": time(19)}
    )
    assert str(Form(initial={"opens": time(7)})["opens"]) == (
        '<input type="text" name="opens" value="7:00 a.m." required id="id_opens">'
    )
    assert form.has_changed() is False


def test_field_is_copied_and_written_into_migrations_with_its_end():
    field = TimeField("closes", is_end=True)
    assert field.clone().deconstruct() == field.deconstruct()
    written, _imports = MigrationWriter.serialize(TimeField(is_end=True))
    assert written == "directory.models.time_fields.TimeField(is_end=True)"
    assert isinstance(field.formfield(), TimeFormField)


@pytest.mark.django_db
def test_text_finds_the_row_and_is_stored_as_a_time():
    TimeSpan.objects.create(schedule=ScheduleFactory(), day=1, opens="7 a.m.", closes="medianoche")
    span = TimeSpan.objects.get(opens="7am", closes="24:00")
    assert (span.opens, span.closes) == (time(7), time(0))
