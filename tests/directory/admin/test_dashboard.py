"""The start page: what staff need to see, and what they do most, one click away."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from directory import models
from directory.admin import dashboard as desk
from directory.editions.publish import publish
from directory.models.findings import Severity
from directory.upkeep.checks import runs
from tests.addresses import INDEX, add_url, back_to, change_url, list_url
from tests.editing import Editing
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)
from tests.findings import accept
from tests.html import submit
from tests.people import staff

pytestmark = pytest.mark.django_db

# A Tuesday morning in Bogotá; 8 December, a Tuesday too, is a public holiday.
TUESDAY = "2026-12-01T09:00:00-05:00"


@pytest.fixture
def today():
    with time_machine.travel(TUESDAY, tick=False):
        yield date(2026, 12, 1)


def dashboard(client):
    return client.get(INDEX).context


def attention(client):
    """What needs attention, without the word on how old the findings are."""
    found = dashboard(client)["attention"]
    return [each for each in found if each.link.text != "Comprobar los datos ahora"]


def outcomes(holiday):
    return [
        (each["text"], [link.text for link in each["schedules"]]) for each in holiday["outcomes"]
    ]


def test_the_tasks_come_first_in_their_order(today, admin_client):
    assert [str(task.title) for task in dashboard(admin_client)["tasks"]] == [
        "Cambiar un número o una dirección",
        "Cambiar un horario",
        "Cambiar quién atiende un escalamiento",
        "Registrar una ausencia",
        "Anunciar un cierre",
        "Avisar de una falla",
    ]


def test_tasks_are_those_that_somebody_may_do(today):
    tasks = dashboard(staff("change_schedule"))["tasks"]
    assert [task.title for task in tasks] == ["Cambiar un horario"]


def test_few_are_linked_and_of_many_it_is_said_where_to_search(today, admin_client, monkeypatch):
    monkeypatch.setattr(desk, "LINKS_AT_MOST", 1)
    ScheduleFactory(name="Oficina")
    EscalationContactFactory(name="Ana")

    def offered():
        tasks = dashboard(admin_client)["tasks"][1:3]
        return [(task.hint, len(task.links)) for task in tasks]

    assert offered() == [("", 1), ("", 1)]
    ScheduleFactory()
    EscalationContactFactory()
    assert offered() == [("Son muchos: busque arriba el nombre.", 0)] * 2


def test_holidays_of_thirty_days_say_what_each_schedule_does(today, admin_client):
    weekday_schedule(name="Sin decir")
    weekday_schedule(name="Cerrado", holidays="closed")
    weekday_schedule(name="Como siempre", holidays="as_weekday")
    ScheduleFactory(name="Siempre")
    holiday, christmas = dashboard(admin_client)["holidays"]
    assert [each["day"].day for each in (holiday, christmas)] == [8, 25]
    assert outcomes(holiday) == [
        ("nadie ha dicho si atiende (lo usual es 7 a.m. a 7 p.m.)", ["Sin decir"]),
        ("cerrado", ["Cerrado"]),
        ("7 a.m. a 7 p.m.", ["Como siempre"]),
        ("24 horas", ["Siempre"]),
    ]


def test_an_exception_decides_the_holiday(today, admin_client):
    schedule = weekday_schedule(name="Oficina")
    for day in (8, 25):
        ExceptionFactory(schedules=[schedule], first_day=date(2026, 12, day))
    assert outcomes(dashboard(admin_client)["holidays"][0]) == [("cerrado", ["Oficina"])]
    assert [each.text for each in attention(admin_client)] == ["Sin uso: 1 horario."]


def test_an_unconfirmed_holiday_needs_attention_and_leads_to_the_schedules(today, admin_client):
    weekday_schedule(name="Sin decir")
    found, christmas, unused = attention(admin_client)
    assert unused.text == "Sin uso: 1 horario."
    assert (found.level, christmas.link) == ("warning", found.link)
    assert found.text == (
        "El 8 de diciembre de 2026 es festivo (La Inmaculada Concepción) y 1 horario no dice si "
        "atiende."
    )
    listed = admin_client.get(found.link.url)
    assert [schedule.name for schedule in listed.context["cl"].result_list] == ["Sin decir"]


def test_what_is_due_for_review_leads_to_lists_of_exactly_that(today, admin_client):
    service, phone = ServiceFactory(), PhoneFactory()
    ChannelFactory(service=service, contacts=[phone])
    ServiceFactory(reviewed_on=today)
    ServiceFactory(is_published=False)
    ChannelFactory(service=service, contacts=[PhoneFactory(verified_on=today)])

    found = attention(admin_client)

    assert [(each.level, each.text) for each in found] == [
        ("info", "Falta revisar 1 servicio."),
        ("info", "Falta probar 1 medio de contacto."),
    ]
    listed = [admin_client.get(each.link.url).context["cl"].result_list for each in found]
    assert [list(each) for each in listed] == [[service], [phone]]


def test_errors_and_warnings_about_the_data_need_attention_the_most_serious_first(
    today, admin_client, admin_user
):
    for _ in range(4):
        complete_service(introduction="Llame al 601 999 9999")
    runs.run_checks()
    accepted, *others = models.Finding.objects.exclude(severity=Severity.INFO)
    accept(accepted, by=admin_user)

    found = [each for each in attention(admin_client) if each.level != "info"]

    assert len(others) > 5
    assert [(each.level, each.text, each.link.url) for each in found[:5]] == [
        (each.level, f"{each.subject}: {each.message}", back_to(INDEX, each.url))
        for each in others[:5]
    ]
    assert found[5].text == f"Estos son los primeros 5 de {len(others)} errores y advertencias."
    listed = admin_client.get(found[5].link.url).context["page"]
    assert listed.paginator.count == len(others)


def test_the_page_says_when_the_data_were_checked_unless_that_still_holds(today, admin_client):
    def said():
        return [each.text for each in dashboard(admin_client)["attention"] if each.level == "info"]

    assert said() == []
    ChannelFactory(service=ServiceFactory(reviewed_on=today), contacts=[PhoneFactory()])
    models.ContactPoint.objects.update(verified_on=today)
    assert said() == ["Los datos todavía no se han comprobado."]
    runs.run_checks()
    assert said() == []
    publish(models.Service.objects.filter(pk=complete_service(reviewed_on=today).pk))
    models.ContactPoint.objects.update(verified_on=today)
    assert said() == ["Última comprobación de los datos: 01/12/2026 9:00 a.m."]


def test_what_was_changed_in_the_back_office_is_checked_with_it(today, admin_client):
    point = WebFactory(url="https://example.com/a", verified_on=today)
    submit(admin_client, change_url(point), url="http://example.com/a")
    found = dashboard(admin_client)["attention"]
    assert [(each.level, each.link.url) for each in found] == [
        ("warning", back_to(INDEX, f"{change_url(point)}#id_url")),
        ("info", f"{list_url(models.ContactPoint)}?unused=yes"),
    ]


def test_what_was_only_tried_is_not_checked(today, admin_client):
    point = WebFactory(url="https://example.com/a", verified_on=today)
    runs.run_checks()
    submit(admin_client, change_url(point), "_preview", url="http://example.com/a")
    assert not runs.last_run().has_changes
    [unused] = dashboard(admin_client)["attention"]
    assert unused.text == "Sin uso: 1 medio de contacto."


def test_a_check_that_fails_does_not_undo_the_change(today, admin_client, monkeypatch, caplog):
    def fails():
        raise OperationalError("gone")

    point = PhoneFactory(label="Línea")
    editing = Editing(admin_client, point)
    monkeypatch.setattr(runs, "catch_up", fails)
    editing.post(label="Otra")
    point.refresh_from_db()
    assert point.label == "Otra"
    assert [each.message for each in caplog.records] == [
        "The data could not be checked after a change"
    ]


def test_what_is_planned_is_listed_by_day_and_not_what_is_over(today, admin_client):
    yesterday = date(2026, 11, 30)
    ExceptionFactory(first_day=yesterday)
    PhoneFactory(replaced_by=PhoneFactory(), replaced_on=yesterday)
    new = PhoneFactory(phone="+576012223344")
    PhoneFactory(
        label="Línea", phone="+576017442727", replaced_by=new, replaced_on=date(2026, 12, 20)
    )
    schedule = weekday_schedule(name="Oficina", days=[1], holidays="closed")
    schedule.spans.update(valid_until=date(2026, 12, 15))
    ExceptionFactory(reason="Cierre de fin de año", last_day=date(2026, 12, 31))
    channel = ChannelFactory(service=ServiceFactory(name="Clave"), schedule=schedule)
    models.Channel.objects.filter(pk=channel.pk).update(valid_from=date(2026, 12, 10))
    policy = EscalationPolicyFactory(
        service=channel.service, levels=[EscalationContactFactory(name="Ana", code="ana")]
    )
    policy.levels.update(valid_until=date(2026, 12, 22))
    # What has begun today is in force.
    begun = datetime(2026, 12, 1, 13, tzinfo=UTC)
    NoticeFactory(text="Mantenimiento", since=begun, until=datetime(2026, 12, 25, tzinfo=UTC))
    NoticeFactory(text="Corte", since=begun + timedelta(hours=2))
    assert [(each.on.day, each.text) for each in dashboard(admin_client)["upcoming"]] == [
        (1, "Comienza: Corte (10 a.m.)"),
        (10, "Clave › Telefónico (Oficina): Primer día"),
        (15, "Oficina › lunes 7 a.m. a 7 p.m.: Último día"),
        (20, "Línea: 601 222 3344 reemplaza a 601 744 2727"),
        (22, "Escalamiento de Clave › 1: Ana: Último día"),
        (
            24,
            "Cierre de fin de año: cerrado hasta el 31 de diciembre de 2026 (todos los horarios, "
            "menos los de 24 horas)",
        ),
        (24, "Termina: Mantenimiento (7 p.m.)"),
    ]


def test_what_changed_lately_and_the_last_editions_say_who_did_it(today, admin_client, admin_user):
    number = PhoneFactory(label="Línea")
    submit(admin_client, change_url(number), label="Línea nacional", phone="601 222 3344")
    complete_service(name="Clave")
    publish(models.Service.objects.all(), by=admin_user)
    shown = dashboard(admin_client)
    [entry], [edition] = shown["lately"], shown["editions"]
    assert (entry.by, entry.name) == (
        str(admin_user),
        "medio de contacto «601 222 3344 · Línea nacional»",
    )
    assert entry.undo.endswith("/undo/")
    assert (edition.service.name, edition.number, edition.published_by) == ("Clave", 1, admin_user)


PRIVATE, GROUP = "medio de contacto «310 555 0199 · Línea privada»", "rol «Turno de noche»"


@pytest.fixture
def changed(admin_client):
    """A contact point and a group, both changed by somebody, and an edition."""
    number = PhoneFactory(label="Línea")
    submit(admin_client, change_url(number), label="Línea privada", phone="310 555 0199")
    models.Revision.objects.update(made_at=datetime(2026, 11, 30, tzinfo=UTC))
    submit(admin_client, add_url(Group), name="Turno de noche")
    complete_service(name="Clave")
    publish(models.Service.objects.all())


@pytest.mark.parametrize(
    ("codenames", "seen", "editions"),
    [
        (["view_contactpoint"], [PRIVATE], None),
        (["change_contactpoint"], [PRIVATE], None),
        (["view_group"], [GROUP], None),
        (["view_contactpoint", "view_group"], [GROUP, PRIVATE], None),
        (["view_service"], [], None),
        (["view_edition"], [], ["Clave"]),
    ],
)
def test_what_changed_lately_is_for_who_may_see_it(today, changed, codenames, seen, editions):
    shown = dashboard(staff(*codenames))
    assert [line.name for line in shown["lately"]] == seen
    named = shown["editions"] and [edition.service.name for edition in shown["editions"]]
    assert named == editions


def test_who_may_see_nothing_reads_no_history_and_no_plans(today, changed):
    PhoneFactory(replaced_by=PhoneFactory(), replaced_on=date(2026, 12, 20))
    response = staff().get(INDEX)
    hidden = ("310 555 0199", "dashboard-lately", "dashboard-upcoming")
    assert [text for text in hidden if text in response.content.decode()] == []
    assert response.context["upcoming"] is None


def fill_dashboard():
    schedule = weekday_schedule()
    service = ServiceFactory()
    ChannelFactory(service=service, schedule=schedule)
    AbsenceFactory(stand_in=EscalationContactFactory())
    AbsenceFactory().contact_uses.create(contact_point=PhoneFactory())
    PhoneFactory(replaced_by=PhoneFactory(), replaced_on=date(2026, 12, 20))
    channel = ChannelFactory(service=service)
    models.Channel.objects.filter(pk=channel.pk).update(valid_from=date(2026, 12, 10))
    number = models.ScheduleException.objects.count()
    hours = {"effect": "other_hours", "hours": (time(8), time(10))}
    ExceptionFactory(schedules=[schedule], last_day=date(2026, 12, 31), **hours)
    ExceptionFactory(first_day=date(2026, 12, 29), last_day=date(2027, 1, 1 + number), **hours)
    NoticeFactory(channel=channel)
    NoticeFactory(service=service, since=datetime(2026, 12, 28, tzinfo=UTC))
    publish(models.Service.objects.all())


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("checked", ["never", "before", "now"])
def test_the_start_page_takes_the_same_few_queries_for_one_and_for_three(today, times, checked):
    if checked == "before":
        runs.catch_up()
    for _ in range(times):
        fill_dashboard()
    if checked == "now":
        runs.catch_up()
    client = staff(*Permission.objects.values_list("codename", flat=True))
    client.get(INDEX)
    with CaptureQueriesContext(connection) as queries:
        client.get(INDEX)
    # Of the first steps four, of proposals two.
    assert len(queries) == 33


def test_a_closure_is_announced_with_its_day_filled_in(today, admin_client):
    links = dashboard(admin_client)["tasks"][4].links
    forms = [admin_client.get(link.url).context["adminform"].form for link in links]
    days = [(form["first_day"].value(), form["last_day"].value()) for form in forms]
    # The last follows the first.
    assert days == [("01/12/2026", None), ("02/12/2026", None)]
