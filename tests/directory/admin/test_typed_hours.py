"""The hours of a schedule are typed as a text: it becomes the spans, and nothing is lost unseen."""

from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry

from directory.editions.publish import publish
from directory.models import Channel, Schedule, Service, TimeSpan
from tests.addresses import add_url, change_url
from tests.directory.admin.test_schedules import spans_of
from tests.editing import Editing, overtaken, pages_told, problems, refused, told
from tests.factories import ChannelFactory, ScheduleFactory
from tests.html import form_values, read, submit
from tests.people import staff

pytestmark = pytest.mark.django_db

OFFICE = "Lunes a viernes 8-12 y 14-18"
OFFICE_SPANS = [
    (day, *times) for day in range(1, 6) for times in (("08:00", "12:00"), ("14:00", "18:00"))
]


@pytest.fixture
def schedule():
    """A schedule of Mondays and holidays, used by a service that is published."""
    schedule = ScheduleFactory(always_open=False, holidays=Schedule.Holidays.OWN_HOURS)
    TimeSpan.objects.create(schedule=schedule, day=1, opens=time(7), closes=time(12))
    TimeSpan.objects.create(schedule=schedule, day=8, opens=time(9), closes=time(11))
    ChannelFactory(schedule=schedule)
    publish(Service.objects.all())
    return schedule


def stored(schedule):
    schedule.refresh_from_db()
    return spans_of(schedule), schedule.always_open, schedule.holidays


def only_error(response, status=200):
    assert response.status_code == status
    [(where, message)] = [(each.where, each.message) for each in response.context["problems"]]
    assert where == "Horario, como se dice"
    return message


def test_new_schedule_is_its_name_and_its_hours(admin_client):
    url = add_url(Schedule)
    typed = {**form_values(admin_client.get(url)), "name": "Oficina", "hours_text": OFFICE}
    shown = admin_client.post(url, {**typed, "_preview": "1"})
    assert not Schedule.objects.exists()
    assert shown.context["read_as"] == "Lunes a viernes: 8 a.m. a 12 m. y 2 p.m. a 6 p.m."
    assert shown.context["read_week"] == [
        *[
            (day, "8 a.m. a 12 m. y 2 p.m. a 6 p.m.")
            for day in ("lunes", "martes", "miércoles", "jueves", "viernes")
        ],
        ("sábado", "cerrado"),
        ("domingo", "cerrado"),
        ("festivos", "horario no confirmado"),
    ]
    assert "Viernes 8 a.m. a 12 m. y 2 p.m. a 6 p.m. Sábado cerrado" in read(shown).seen
    saved = admin_client.post(url, {**form_values(shown), "_save": "1"})
    schedule = Schedule.objects.get()
    assert stored(schedule) == (OFFICE_SPANS, False, "not_stated")
    assert "Así se leyó el horario: Lunes a viernes: 8 a.m. a 12 m. y 2 p.m. a 6 p.m." in told(
        saved
    )


@pytest.mark.parametrize(
    ("text", "spans", "always_open", "holidays"),
    [
        # Silent about holidays, theirs stay.
        (OFFICE, [*OFFICE_SPANS, (8, "09:00", "11:00")], False, "own_hours"),
        ("L 7-12", [(1, "07:00", "12:00"), (8, "09:00", "11:00")], False, "own_hours"),
        ("lunes 7-12; festivos cerrado", [(1, "07:00", "12:00")], False, "closed"),
        ("lunes 7-12, festivos 10-12", [(1, "07:00", "12:00"), (8, "10:00", "12:00")], False,
         "own_hours"),
        ("viernes 22 a 6\nSábado 24 horas", [(5, "22:00", "06:00"), (6, "00:00", "00:00")], None,
         None),
        ("7x24", [], True, "own_hours"),
    ],
)  # fmt: skip
def test_text_becomes_the_hours_of_a_stored_schedule(
    admin_client, schedule, text, spans, always_open, holidays
):
    if always_open is None:
        # What reaches into Saturday overlaps it.
        message = only_error(submit(admin_client, change_url(schedule), hours_text=text))
        assert "se superponen" in message
        return
    saved = submit(admin_client, change_url(schedule), hours_text=text)
    assert stored(schedule) == (spans, always_open, holidays)
    assert pages_told(saved) == (
        [Service.objects.get().get_absolute_url()] if text != "L 7-12" else []
    )


def test_field_shows_our_words_and_these_sent_back_change_nothing(admin_client, schedule):
    shown = form_values(admin_client.get(change_url(schedule)))
    assert shown["hours_text"] == ["Lunes: 7 a.m. a 12 m. Festivos: 9 a.m. a 11 a.m."]
    before = list(schedule.spans.values())
    submit(admin_client, change_url(schedule), name="Otro nombre")
    assert list(schedule.spans.values()) == before
    corrected = shown["hours_text"][0].replace("12 m.", "1 p.m.")
    submit(admin_client, change_url(schedule), hours_text=corrected)
    assert spans_of(schedule) == [(1, "07:00", "13:00"), (8, "09:00", "11:00")]


def test_empty_text_leaves_the_spans_and_they_can_be_edited_as_ever(admin_client, schedule):
    submit(admin_client, change_url(schedule), hours_text="", **{"spans-0-closes": "1 p.m."})
    assert spans_of(schedule) == [(1, "07:00", "13:00"), (8, "09:00", "11:00")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("L-V 8 a 8", ["«8 a 8»", "«8 a.m. a 8 p.m.»", "«8 p.m. a 8 a.m. del día siguiente»"]),
        ("L-V 1-5", ["«1 a.m. a 5 a.m.»", "«1 p.m. a 5 p.m.»"]),
        ("M-V 8-12", ["martes", "miércoles"]),
        ("8 a 17", ["«Lunes a viernes 8 a 17»", "«Todos los días 8 a 17»"]),
        ("lunes de siete a doce", ["«siete»", "lunes a viernes 8-12 y 14-18"]),
        ("24 de diciembre cerrado", ["«diciembre»", "excepción"]),
        ("cerrado", ["excepción"]),
        ("<b>lunes</b>", ["«<»"]),
        ("9" * 5000, ["1000"]),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_field_with_what_to_write_and_kept(
    admin_client, schedule, text, parts
):
    before = stored(schedule)
    response = submit(admin_client, change_url(schedule), hours_text=text)
    message = only_error(response)
    assert [part for part in parts if part not in message] == []
    assert form_values(response)["hours_text"] == [text]
    assert stored(schedule) == before


def test_text_is_corrected_after_another_field_was_refused(admin_client, schedule):
    editing = Editing(admin_client, schedule)
    editing.post(name="", hours_text=OFFICE)
    assert refused(editing.page) == (["name"], {})
    editing.again(name="", hours_text="martes 8-12")
    assert refused(editing.page) == (["name"], {})
    editing.again(name="Martes")
    assert stored(schedule)[0] == [(2, "08:00", "12:00"), (8, "09:00", "11:00")]


def test_text_becomes_24_hours_and_back_after_another_field_was_refused(admin_client, schedule):
    editing = Editing(admin_client, schedule)
    editing.post(name="", hours_text="24/7")
    editing.again(name="Lunes", hours_text="lunes 8-12; festivos cerrado")
    assert stored(schedule) == ([(1, "08:00", "12:00")], False, "closed")


@pytest.mark.parametrize(
    "changes",
    [
        {"spans-0-closes": "13:00"},
        {"spans-0-DELETE": "on"},
        {"always_open": "on"},
    ],
)
def test_text_and_spans_that_say_different_things_are_refused(admin_client, schedule, changes):
    before = stored(schedule)
    response = submit(admin_client, change_url(schedule), hours_text=OFFICE, **changes)
    messages = [each.message for each in response.context["problems"]]
    assert any("Lunes a viernes: 8 a.m. a 12 m. y 2 p.m. a 6 p.m." in text for text in messages)
    assert stored(schedule) == before
    assert form_values(response)["hours_text"] == [OFFICE]


def test_text_and_holidays_that_say_different_things_are_refused(admin_client, schedule):
    typed = {"hours_text": "lunes 7-12; festivos cerrado", "holidays": "as_weekday"}
    response = submit(admin_client, change_url(schedule), **typed)
    assert "contradiction" in {problem.code for problem in response.context["problems"]}
    assert stored(schedule)[2] == "own_hours"


def test_text_and_spans_that_say_the_same_are_saved(admin_client, schedule):
    typed = {"hours_text": "lunes 7-13", "spans-0-closes": "1 p.m."}
    submit(admin_client, change_url(schedule), **typed)
    assert spans_of(schedule) == [(1, "07:00", "13:00"), (8, "09:00", "11:00")]


def test_spans_with_dates_are_not_replaced_by_a_text(admin_client, schedule):
    schedule.spans.filter(day=1).update(valid_until=date(2027, 6, 14))
    shown = form_values(admin_client.get(change_url(schedule)))
    assert shown["hours_text"] == [""]
    response = submit(admin_client, change_url(schedule), hours_text=OFFICE)
    assert "lunes 7 a.m. a 12 m." in only_error(response)
    assert spans_of(schedule) == [(1, "07:00", "12:00"), (8, "09:00", "11:00")]


def test_preview_shows_the_holidays_that_stay(admin_client, schedule):
    shown = submit(admin_client, change_url(schedule), "_preview", hours_text="martes 8-12")
    assert shown.context["read_as"] == "Martes: 8 a.m. a 12 m. Festivos: 9 a.m. a 11 a.m."
    assert shown.context["read_week"][-1] == ("festivos", "9 a.m. a 11 a.m.")


def test_text_replaces_spans_with_dates_that_are_marked_for_deletion(admin_client, schedule):
    schedule.spans.filter(day=1).update(valid_until=date(2027, 6, 14))
    submit(admin_client, change_url(schedule), hours_text="martes 8-12", **{"spans-0-DELETE": "on"})
    assert spans_of(schedule) == [(2, "08:00", "12:00"), (8, "09:00", "11:00")]


def test_hours_that_others_changed_are_shown_before_a_text_replaces_them(people, schedule):
    late = overtaken(people, schedule, hours_text="martes 8-12; festivos cerrado")
    late.post(hours_text=OFFICE)
    [(where, message)] = problems(late.page)
    assert where == "Horario, como se dice"
    assert "«Martes: 8 a.m. a 12 m. Festivos: cerrado.»" in message
    assert spans_of(schedule) == [(2, "08:00", "12:00")]
    late.again()
    assert stored(schedule) == (OFFICE_SPANS, False, "closed")


def test_hours_that_others_changed_stay_where_nobody_typed(people, schedule):
    late = overtaken(people, schedule, hours_text="martes 8-12; festivos cerrado")
    late.post(name="Otro")
    assert stored(schedule) == ([(2, "08:00", "12:00")], False, "closed")
    assert any("Martes: 8 a.m. a 12 m." in text for text in told(late.page))


def test_history_says_what_was_typed(admin_client, schedule):
    submit(admin_client, change_url(schedule), hours_text="lunes 7-13; festivos cerrado")
    [entry] = LogEntry.objects.all()
    log = entry.get_change_message()
    assert "lunes 7-13; festivos cerrado" in log
    assert "horario propio (las franjas de «festivo») → cerrado" in log
    assert "lunes 7 a.m. a 1 p.m." in log
    submit(admin_client, change_url(schedule), hours_text="")
    assert LogEntry.objects.first().get_change_message() == "No ha cambiado ningún campo."


def test_who_may_only_look_reads_the_week_and_finds_no_text_to_type(schedule):
    page = staff("view_schedule").get(change_url(schedule))
    assert "hours_text" not in form_values(page)
    assert "Lunes 7 a.m. a 12 m. Martes cerrado" in read(page).seen


def test_channel_keeps_its_schedule(admin_client, schedule):
    submit(admin_client, change_url(schedule), hours_text="24/7")
    assert Channel.objects.get().schedule.always_open


def test_text_and_the_boxes_that_say_the_same_are_saved(admin_client, schedule):
    submit(admin_client, change_url(schedule), hours_text="24/7", always_open="on")
    assert stored(schedule) == ([], True, "own_hours")
    typed = {"hours_text": "lunes 7-12; festivos cerrado", "holidays": "closed"}
    submit(admin_client, change_url(schedule), **typed)
    assert stored(schedule) == ([(1, "07:00", "12:00")], False, "closed")


def test_span_of_the_same_times_with_dates_that_is_marked_for_deletion_goes(admin_client, schedule):
    schedule.spans.filter(day=1).update(valid_until=date(2027, 6, 14))
    typed = {"hours_text": "lunes 7-12", "spans-0-DELETE": "on"}
    submit(admin_client, change_url(schedule), **typed)
    assert list(schedule.spans.values_list("day", "valid_until")) == [(1, None), (8, None)]


def test_spans_of_others_are_not_replaced_before_they_were_shown(people, schedule):
    late = overtaken(people, schedule, **{"spans-0-closes": "13:00"})
    late.post(hours_text=OFFICE)
    [(where, message)] = problems(late.page)
    assert where == "Horario, como se dice"
    assert "«Lunes: 7 a.m. a 1 p.m. Festivos: 9 a.m. a 11 a.m.»" in message
    assert spans_of(schedule) == [(1, "07:00", "13:00"), (8, "09:00", "11:00")]
    late.again()
    assert stored(schedule) == ([*OFFICE_SPANS, (8, "09:00", "11:00")], False, "own_hours")
