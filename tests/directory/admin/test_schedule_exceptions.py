"""Exceptions in the back office: one form says whose hours, on which days, and what happens."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.admin.schedule_exceptions import CHECKBOXES_AT_MOST
from directory.editions.publish import publish
from directory.models import ExceptionSpan, ScheduleException, Service
from tests.addresses import add_url, change_url, delete_url, history_url, list_url
from tests.editing import Deleting, act, pages_told, problems, refused
from tests.factories import ChannelFactory, ExceptionFactory, ScheduleFactory, weekday_schedule
from tests.html import Page, form_values, submit
from tests.people import staff

pytestmark = pytest.mark.django_db

NOON = {"effect": "limited", "closes_at_latest": "12:00"}
OTHER = {"effect": "other_hours"}


def hours(*spans):
    """What is typed into the first rows: opening and closing times."""
    fields = {}
    for number, (opens, closes) in enumerate(spans):
        fields |= {f"spans-{number}-opens": opens, f"spans-{number}-closes": closes}
    return fields


def add_exception(client, spans=(), button="_save", **values):
    """Send the form that opens empty: one day, all schedules, closed, unless `values` say else."""
    url = add_url(ScheduleException)
    typed = {
        **form_values(client.get(url)),
        "reason": "Cierre de fin de año",
        "first_day": "2026-12-24",
        **hours(*spans),
        **values,
        button: "1",
    }
    return client.post(url, {name: value for name, value in typed.items() if value is not None})


def effects(response):
    """What a page says that the exception does: by the names of schedules."""
    return {
        each.names: list(each.sentences) for each in response.context["exception_effects"].effects
    }


# ---- One form --------------------------------------------------------------------------------


def test_everybody_stops_at_noon_is_one_form(admin_client):
    """A reason, a day, an effect, a time: nothing else is typed."""
    weekday_schedule(name="Oficina")
    ScheduleFactory(name="Línea crítica")
    shown = add_exception(admin_client, button="_preview", **NOON)
    assert effects(shown) == {
        "Oficina": [
            "cambia: jueves 24 de diciembre de 2026: 7 a.m. a 12 m. en vez de 7 a.m. a 7 p.m."
        ],
        "Línea crítica": ["no toca: 7 días 24 horas"],
    }
    assert not ScheduleException.objects.exists()
    assert (
        admin_client.post(
            add_url(ScheduleException), {**form_values(shown), "_save": "1"}
        ).status_code
        == 302
    )
    saved = ScheduleException.objects.get()
    assert (saved.last_day, saved.code) == (date(2026, 12, 24), "cierre-de-fin-de-ano-2026-12-24")
    assert not saved.schedules.exists()


def test_the_first_working_day_of_each_month_is_one_form(admin_client, monday):
    """From now on: no end has to be invented."""
    weekday_schedule(name="Oro", holidays="closed")
    typed = {"first_day": "2026-11-23", "monthly": "first_working_day", **NOON}
    shown = add_exception(admin_client, button="_preview", **typed)
    assert effects(shown) == {
        "Oro": ["cambia: martes 1 de diciembre de 2026: 7 a.m. a 12 m. en vez de 7 a.m. a 7 p.m."]
    }
    assert shown.context["exception_effects"].notes == (
        "Cada mes; este es el día de la próxima vez.",
    )
    assert add_exception(admin_client, **typed).status_code == 302
    saved = ScheduleException.objects.get()
    assert (saved.last_day, saved.monthly) == (None, "first_working_day")
    assert refused(add_exception(admin_client, **typed))[0] == ["first_day"]


def test_preview_says_what_is_opened_closed_and_left_alone(admin_client):
    weekday_schedule(name="Oficina", holidays="closed")
    weekday_schedule(name="Soporte", holidays="closed")
    critical = ScheduleFactory(name="Línea crítica")
    typed = {"last_day": "2026-12-26", "also_on_days_off": "on", **OTHER}
    shown = effects(add_exception(admin_client, [("08:00", "12:00")], "_preview", **typed))
    days = "desde el 25 de diciembre de 2026 hasta el 26 de diciembre de 2026"
    assert shown == {
        "Oficina · Soporte": [
            "cambia: jueves 24 de diciembre de 2026: 8 a.m. a 12 m. en vez de 7 a.m. a 7 p.m.",
            f"abre además: {days} (8 a.m. a 12 m.)",
        ],
        "Línea crítica": ["no toca: 7 días 24 horas"],
    }
    closed = effects(
        add_exception(admin_client, button="_preview", schedules=[critical.pk], last_day="")
    )
    assert closed == {"Línea crítica": ["cierra: jueves 24 de diciembre de 2026"]}


def test_what_it_does_is_shown_in_its_form_too(admin_client):
    weekday_schedule(name="Oficina")
    exception = ExceptionFactory(last_day=date(2026, 12, 26), every_year=True)
    page = Page(admin_client.get(change_url(exception)).content.decode())
    assert "Oficina cierra: desde el 24 de diciembre de 2026" in page.by_class["exception-effects"]
    assert "Cada año; estos son los días de la próxima vez" in page.text


def test_long_exceptions_and_many_schedules_are_told_in_part(admin_client, monkeypatch):
    monkeypatch.setattr("directory.upkeep.exception_effects.SCHEDULES_AT_MOST", 1)
    for name in ("Oficina", "Soporte"):
        weekday_schedule(name=name, opens=time(len(name)))
    shown = add_exception(admin_client, button="_preview", last_day="2036-12-24")
    details = shown.context["exception_effects"]
    assert [each.names for each in details.effects] == ["Oficina"]
    assert details.notes == (
        "Los días después del 24 de diciembre de 2027 no se muestran aquí.",
        "1 horario más no se compara aquí.",
    )


# ---- What is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "values", "main", "rows"),
    [
        ([], {"first_day": ""}, ["first_day"], {}),
        ([], {"last_day": "2026-12-23"}, ["last_day"], {}),
        ([], {"last_day": "mañana"}, ["last_day"], {}),
        ([], {"effect": ""}, ["effect"], {}),
        ([], {"effect": "limited"}, ["opens_at_earliest"], {}),
        ([], {"closes_at_latest": "12:00"}, ["closes_at_latest"], {}),
        ([], {**NOON, "opens_at_earliest": "13:00"}, ["closes_at_latest"], {}),
        ([], {**NOON, "also_on_days_off": "on"}, ["also_on_days_off"], {}),
        ([], {"also_on_days_off": "on"}, ["also_on_days_off"], {}),
        ([], {"every_year": "on", "last_day": "2027-12-24"}, ["last_day"], {}),
        ([], {"every_year": "on", "monthly": "first_working_day"}, ["every_year"], {}),
        ([], {"monthly": "second_working_day"}, ["monthly"], {}),
        ([], OTHER, [], {}),  # It says no hours.
        ([("08:00", "12:00")], {}, [], {ExceptionSpan: [["__all__"], []]}),
        (
            [("08:00", "12:00"), ("11:00", "13:00")],
            OTHER,
            [],
            {ExceptionSpan: [["opens"], ["opens"]]},
        ),
        ([("25:00", "26:00")], OTHER, [], {ExceptionSpan: [["closes", "opens"], []]}),
        ([], {"schedules": ["99999"]}, ["schedules"], {}),
        ([], {"schedules": ["9" * 30]}, ["schedules"], {}),
    ],
)
def test_wrong_exception_is_refused_at_its_fields(admin_client, spans, values, main, rows):
    response = add_exception(admin_client, spans, **values)
    assert refused(response) == (main, rows)
    assert response.context["problems"]
    assert form_values(response)["reason"] == ["Cierre de fin de año"]
    assert not ScheduleException.objects.exists()


def test_a_second_exception_for_the_same_days_is_refused_at_the_day(admin_client):
    one, other = (ScheduleFactory() for _ in range(2))
    add_exception(admin_client, schedules=[one.pk])
    assert refused(add_exception(admin_client, schedules=[one.pk, other.pk]))[0] == ["first_day"]
    assert add_exception(admin_client, schedules=[other.pk]).status_code == 302
    assert add_exception(admin_client).status_code == 302
    response = add_exception(admin_client)
    assert [message for _where, message in problems(response, 200)] == [
        "Ya hay una excepción para exactamente estos días: «Cierre de fin de año (24/12/2026)»."
    ]


def test_more_schedules_than_a_form_can_show_are_refused(admin_client, monkeypatch):
    monkeypatch.setattr("directory.models.schedule_exceptions.NAMED_AT_MOST", 1)
    schedules = [ScheduleFactory().pk for _ in range(2)]
    assert refused(add_exception(admin_client, schedules=schedules))[0] == ["schedules"]


# ---- Publishing ------------------------------------------------------------------------------


def test_closure_for_all_is_published_on_every_page_and_so_is_its_end(admin_client):
    services = [ChannelFactory().service for _ in range(2)]
    publish(Service.objects.all())
    saved = add_exception(admin_client, also_always_open="on", last_day="2026-12-26")
    assert pages_told(saved) == [service.get_absolute_url() for service in services]
    address = f"/api/v1/services/{services[0].slug}/"
    body = admin_client.get(address, {"at": "2026-12-25T08:00:00-05:00"}).json()
    assert [(each["state"], each["reason"]) for each in body["channels"]] == [
        ("closed", "Cierre de fin de año")
    ]

    act(admin_client, "delete_selected", ScheduleException.objects.get(), post="yes")

    assert not ScheduleException.objects.exists()
    assert [service.editions.count() for service in services] == [3, 3]


def test_exception_is_published_where_it_is_kept_and_where_it_is_moved_to(admin_client):
    before, after, other = (ChannelFactory() for _ in range(3))
    publish(Service.objects.all())
    saved = add_exception(admin_client, schedules=[before.schedule.pk])
    assert pages_told(saved) == [before.service.get_absolute_url()]
    exception = ScheduleException.objects.get()

    saved = submit(admin_client, change_url(exception), schedules=[after.schedule.pk])

    both = [each.service.get_absolute_url() for each in (before, after)]
    assert pages_told(saved) == both
    assert other.service.editions.count() == 1
    told = f"Horarios: {before.schedule} → {after.schedule}"
    assert told in admin_client.get(history_url(exception)).content.decode()


def test_exception_with_own_hours_is_saved(admin_client):
    add_exception(admin_client, [("08:00", "12:00"), ("14:00", "18:00")], **OTHER)
    assert list(ExceptionSpan.objects.values_list("opens", "closes")) == [
        (time(8), time(12)),
        (time(14), time(18)),
    ]


def test_a_schedule_is_not_deleted_from_under_its_exception(people):
    """Without any schedule it would be one for all."""
    one, other = (ScheduleFactory() for _ in range(2))
    both, own = (
        ExceptionFactory(schedules=some, first_day=date(2026, 12, day))
        for day, some in ((24, [one, other]), (31, [one]))
    )
    client = people[0]
    said = " ".join(client.get(delete_url(one)).context["protected"])
    assert change_url(own) in said
    assert change_url(both) not in said
    assert "elija otro ahí, o elimínela: sin ninguno aplicaría a todos" in said
    client.post(delete_url(one), {"post": "yes"})
    assert list(own.schedules.all()) == [one]
    own.delete()
    Deleting(client, one).confirm()
    assert list(both.schedules.all()) == [other]


# ---- Lists and choices -----------------------------------------------------------------------


@pytest.mark.usefixtures("monday")
def test_the_list_says_whose_hours_and_what(admin_client):
    named = [ScheduleFactory(name=f"Horario {number}") for number in range(6)]
    ExceptionFactory(reason="Mudanza", schedules=named, first_day=date(2026, 11, 1))
    ExceptionFactory(reason="Inventario", effect="limited", closes_at_latest=time(12))
    ExceptionFactory(reason="Siempre", also_always_open=True, every_year=True)
    ExceptionFactory(
        reason="Conteo", first_day=date(2026, 1, 1), last_day=None, monthly="last_working_day"
    )

    def listed(**query):
        rows = admin_client.get(list_url(ScheduleException), query).context["cl"].result_list
        model_admin = admin_client.get(list_url(ScheduleException)).context["cl"].model_admin
        return [(row.reason, model_admin.in_words(row), model_admin.for_whom(row)) for row in rows]

    moving = (
        "Mudanza",
        "Cerrado",
        "Horario 0 · Horario 1 · Horario 2 · Horario 3 · y 2 más",
    )
    noon = (
        "Inventario",
        "Horario de siempre, hasta las 12 m. a más tardar",
        "todos los horarios, menos los de 24 horas",
    )
    always = ("Siempre", "Cerrado", "todos los horarios")
    count = (
        "Conteo",
        "Último día hábil de cada mes: cerrado",
        "todos los horarios, menos los de 24 horas",
    )
    assert listed() == [count, moving, noon, always]
    assert listed(when="over") == [moving]
    assert listed(when="coming") == [count, noon, always]
    assert listed(effect__exact="limited") == [noon]
    assert listed(q="horario 3") == [moving]


@pytest.mark.parametrize("more", [-1, 1])
def test_few_schedules_are_ticked_and_many_are_searched_for(admin_client, more):
    schedules = ScheduleFactory.create_batch(CHECKBOXES_AT_MOST + more)
    page = Page(admin_client.get(add_url(ScheduleException)).content.decode())
    assert ("schedules" in page.ticks) is (more < 0)
    saved = add_exception(admin_client, schedules=[each.pk for each in schedules[:2]])
    assert saved.status_code == 302
    assert ScheduleException.objects.get().schedules.count() == 2


@pytest.mark.parametrize("times", [1, 3])
def test_pages_take_the_same_queries_for_one_and_for_many(admin_client, times):
    schedules = [weekday_schedule(name=f"Horario {number}") for number in range(times)]
    for number in range(times):
        own = schedules if number else []
        ExceptionFactory(
            schedules=own,
            first_day=date(2026, 12, 24 + number),
            effect="other_hours",
            hours=(time(8), time(12)),
        )
    exception = ScheduleException.objects.first()
    pages = [list_url(ScheduleException), change_url(exception)]
    counts = []
    for url in pages:
        admin_client.get(url)
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(url)
        counts.append(len(queries))
    assert counts == [8, 24]


def test_who_may_only_look_sees_what_it_does_and_cannot_save():
    exception = ExceptionFactory(schedules=[weekday_schedule(name="Oficina")])
    client = staff("view_scheduleexception")
    page = client.get(change_url(exception)).content.decode()
    assert "cierra: jueves 24 de diciembre de 2026" in page
    assert 'name="_save"' not in page
    assert client.get(add_url(ScheduleException)).status_code == 403


def test_the_schedule_of_a_closure_is_filled_in(admin_client):
    schedule = weekday_schedule()
    url = admin_client.get(change_url(schedule)).context["closure_url"]
    form = admin_client.get(url).context["adminform"].form
    assert form["schedules"].value() == [str(schedule.pk)]


def test_an_exception_is_named_with_its_day_as_people_write_it():
    exception = ScheduleException(reason="Cierre", first_day=date(2026, 12, 24))
    assert str(exception) == "Cierre (24/12/2026)"


def test_reading_again_what_was_typed_keeps_it(admin_client):
    shown = add_exception(admin_client, [("08:00", "12:00")], "_preview", **OTHER)
    opened = admin_client.post(
        add_url(ScheduleException), {**form_values(shown), "_edit_again": "1"}
    )
    values = form_values(opened)
    assert (values["effect"], values["spans-0-closes"]) == (["other_hours"], ["12:00"])
