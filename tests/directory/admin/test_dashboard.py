"""The start page: what staff need to see, and what they do most, one click away."""

from datetime import date, time

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory import models
from directory.editions.publish import publish
from directory.models.findings import Severity
from directory.upkeep.checks import runs
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)
from tests.findings import accept
from tests.forms import form_values

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
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


def test_the_four_tasks_come_first_in_their_order(today, admin_client):
    assert [str(task.title) for task in dashboard(admin_client)["tasks"]] == [
        "Cambiar un número o una dirección",
        "Cambiar un horario",
        "Cambiar quién atiende un escalamiento",
        "Anunciar un cierre",
    ]


def test_tasks_are_those_that_somebody_may_do(today, client, django_user_model):
    user = django_user_model.objects.create_user("editora", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_schedule"))
    client.force_login(user)
    assert [task.title for task in dashboard(client)["tasks"]] == ["Cambiar un horario"]


def test_holidays_of_two_weeks_say_what_each_schedule_does(today, admin_client):
    weekday_schedule(name="Sin decir")
    weekday_schedule(name="Cerrado", holidays="closed")
    weekday_schedule(name="Como siempre", holidays="as_weekday")
    ScheduleFactory(name="Siempre")
    [holiday] = dashboard(admin_client)["holidays"]
    assert holiday["day"] == date(2026, 12, 8)
    assert outcomes(holiday) == [
        ("nadie ha dicho si atiende (lo usual es 7 a.m. a 7 p.m.)", ["Sin decir"]),
        ("cerrado", ["Cerrado"]),
        ("7 a.m. a 7 p.m.", ["Como siempre"]),
        ("24 horas", ["Siempre"]),
    ]


def test_an_exception_decides_the_holiday(today, admin_client):
    schedule = weekday_schedule(name="Oficina")
    models.ScheduleException.objects.create(
        code="puente", schedule=schedule, reason="Puente", first_day="2026-12-08",
        last_day="2026-12-08",
    )  # fmt: skip
    assert outcomes(dashboard(admin_client)["holidays"][0]) == [("cerrado", ["Oficina"])]
    assert attention(admin_client) == []


def test_an_unconfirmed_holiday_needs_attention_and_leads_to_the_schedules(today, admin_client):
    weekday_schedule(name="Sin decir")
    [found] = attention(admin_client)
    assert found.level == "warning"
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
    PhoneFactory()

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
        (each.level, f"{each.subject}: {each.message}", each.url) for each in others[:5]
    ]
    assert found[5].text == (
        "1 hallazgo más." if len(others) == 6 else f"{len(others) - 5} hallazgos más."
    )
    assert found[5].link.url == reverse("admin:directory_findingacceptance_changelist")


def test_the_page_says_when_the_data_were_checked_unless_that_still_holds(today, admin_client):
    def said():
        return [each.text for each in dashboard(admin_client)["attention"] if each.level == "info"]

    assert said() == ["Los datos todavía no se han comprobado."]
    runs.run_checks()
    assert said() == []
    publish(models.Service.objects.filter(pk=complete_service(reviewed_on=today).pk))
    models.ContactPoint.objects.update(verified_on=today)
    assert said() == ["Última comprobación de los datos: 1 de diciembre de 2026 a las 09:00."]


def test_what_was_changed_in_the_back_office_is_checked_with_it(today, admin_client):
    point = WebFactory(url="https://example.com/a", verified_on=today)
    url = reverse("admin:directory_contactpoint_change", args=[point.pk])
    shown = form_values(admin_client.get(url))

    admin_client.post(url, {**shown, "url": "http://example.com/a"})

    assert [(each.level, each.link.url) for each in dashboard(admin_client)["attention"]] == [
        ("warning", url)
    ]


def test_what_was_only_tried_is_not_checked(today, admin_client):
    point = WebFactory(url="https://example.com/a", verified_on=today)
    runs.run_checks()
    url = reverse("admin:directory_contactpoint_change", args=[point.pk])
    shown = form_values(admin_client.get(url))

    admin_client.post(url, {**shown, "url": "http://example.com/a", "_preview": "1"})

    assert not runs.last_run().has_changes
    assert dashboard(admin_client)["attention"] == []


def test_a_check_that_fails_does_not_undo_the_change(today, admin_client, monkeypatch, caplog):
    def fails():
        raise OperationalError("gone")

    point = PhoneFactory(label="Línea")
    url = reverse("admin:directory_contactpoint_change", args=[point.pk])
    shown = form_values(admin_client.get(url))
    monkeypatch.setattr(runs, "catch_up", fails)

    response = admin_client.post(url, {**shown, "label": "Otra"})

    point.refresh_from_db()
    assert (response.status_code, point.label) == (302, "Otra")
    assert [each.message for each in caplog.records] == [
        "The data could not be checked after a change"
    ]


def test_what_is_planned_is_listed_by_day(today, admin_client):
    new = PhoneFactory(phone="+576012223344")
    PhoneFactory(
        label="Línea", phone="+576017442727", replaced_by=new, replaced_on=date(2026, 12, 20)
    )
    schedule = weekday_schedule(name="Oficina", days=[1], holidays="closed")
    schedule.spans.update(valid_until=date(2026, 12, 15))
    models.ScheduleException.objects.create(
        code="cierre", reason="Cierre de fin de año", first_day="2026-12-24", last_day="2026-12-31"
    )
    channel = ChannelFactory(service=ServiceFactory(name="Clave"), schedule=schedule)
    models.Channel.objects.filter(pk=channel.pk).update(valid_from=date(2026, 12, 10))
    policy = EscalationPolicyFactory(
        service=channel.service, levels=[EscalationContactFactory(name="Ana", code="ana")]
    )
    policy.levels.update(valid_until=date(2026, 12, 22))
    assert [(each.on.day, each.text) for each in dashboard(admin_client)["coming"]] == [
        (10, "Clave › Telefónico (Oficina): Primer día"),
        (15, "Oficina › lunes 07:00-19:00: Último día"),
        (20, "Línea: 601 222 3344 reemplaza a 601 744 2727"),
        (22, "Escalamiento de Clave › 1: Ana (ana): Último día"),
        (24, "Cierre de fin de año: cerrado hasta el 31 de diciembre de 2026 (todos los horarios)"),
    ]


def test_who_may_not_see_the_services_is_not_told_what_is_coming(today, client):
    PhoneFactory(replaced_by=PhoneFactory(), replaced_on=date(2026, 12, 20))
    client.force_login(UserFactory(is_staff=True))
    page = client.get(INDEX)
    assert page.context["coming"] is None
    assert "desk-coming" not in page.content.decode()


def test_what_is_over_is_not_coming(today, admin_client):
    models.ScheduleException.objects.create(
        code="ayer", reason="Ayer", first_day="2026-11-30", last_day="2026-11-30"
    )
    PhoneFactory(replaced_by=PhoneFactory(), replaced_on=date(2026, 11, 30))
    assert dashboard(admin_client)["coming"] == []


def test_who_answers_now_is_what_the_current_editions_say(today, admin_client):
    service = ServiceFactory(name="Clave")
    ChannelFactory(service=service, title="Telefónico", schedule=weekday_schedule())
    ChannelFactory(service=service, title="Tarde", schedule=weekday_schedule(opens=time(14)))
    publish(models.Service.objects.all())
    service.channels.update(title="Sin publicar")
    [answering] = dashboard(admin_client)["answering"]
    assert [channel.title for channel in answering["open"]] == ["Telefónico"]
    assert answering["best"].state == "open"


def test_what_changed_lately_says_who_did_it(today, admin_client, admin_user):
    number = PhoneFactory(label="Línea")
    url = reverse("admin:directory_contactpoint_change", args=[number.pk])
    admin_client.post(url, {"label": "Línea nacional", "phone": "601 222 3344", "_save": "1"})
    [entry] = dashboard(admin_client)["lately"]
    assert (entry.user, entry.object_repr) == (admin_user, "601 222 3344 · Línea nacional")


def test_last_editions_say_who_published_them(today, admin_client, admin_user):
    complete_service(name="Clave")
    publish(models.Service.objects.all(), by=admin_user)
    [edition] = dashboard(admin_client)["editions"]
    assert (edition.service.name, edition.number, edition.published_by) == ("Clave", 1, admin_user)


def sign_in_with(client, django_user_model, *codenames):
    user = django_user_model.objects.create_user("lectora", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)


@pytest.fixture
def changed(admin_client, client):
    """A contact point and a group, both changed by somebody, and an edition."""
    number = PhoneFactory(label="Línea")
    url = reverse("admin:directory_contactpoint_change", args=[number.pk])
    admin_client.post(url, {"label": "Línea privada", "phone": "310 555 0199", "_save": "1"})
    admin_client.post(reverse("admin:auth_group_add"), {"name": "Turno de noche", "_save": "1"})
    complete_service(name="Clave")
    publish(models.Service.objects.all())


@pytest.mark.parametrize(
    ("codenames", "seen"),
    [
        (["view_contactpoint"], ["310 555 0199 · Línea privada"]),
        (["change_contactpoint"], ["310 555 0199 · Línea privada"]),
        (["view_group"], ["Turno de noche"]),
        (["view_contactpoint", "view_group"], ["Turno de noche", "310 555 0199 · Línea privada"]),
        (["view_service"], []),
    ],
)
def test_what_changed_lately_is_for_who_may_see_it(
    today, changed, client, django_user_model, codenames, seen
):
    sign_in_with(client, django_user_model, *codenames)
    shown = dashboard(client)
    assert [entry.object_repr for entry in shown["lately"]] == seen
    assert shown["editions"] is None


def test_last_editions_are_for_who_may_see_editions(today, changed, client, django_user_model):
    sign_in_with(client, django_user_model, "view_edition")
    shown = dashboard(client)
    assert [edition.service.name for edition in shown["editions"]] == ["Clave"]
    assert list(shown["lately"]) == []


def test_who_may_see_nothing_reads_no_history(today, changed, client, django_user_model):
    sign_in_with(client, django_user_model)
    page = client.get(INDEX).content.decode()
    assert "310 555 0199" not in page
    assert "desk-lately" not in page


def fill_dashboard():
    schedule = weekday_schedule()
    service = ServiceFactory()
    ChannelFactory(service=service, schedule=schedule)
    EscalationContactFactory()
    PhoneFactory(replaced_by=PhoneFactory(), replaced_on=date(2026, 12, 20))
    channel = ChannelFactory(service=service)
    models.Channel.objects.filter(pk=channel.pk).update(valid_from=date(2026, 12, 10))
    number = models.ScheduleException.objects.count()
    exception = models.ScheduleException.objects.create(
        code=f"cierre-{number}", schedule=schedule, reason="Cierre", is_closed=False,
        first_day="2026-12-24", last_day="2026-12-31",
    )  # fmt: skip
    models.ExceptionSpan.objects.create(exception=exception, opens=time(8), closes=time(10))
    for_all = models.ScheduleException.objects.create(
        code=f"todos-{number}", reason="Brigada", is_closed=False,
        first_day="2026-12-29", last_day=date(2027, 1, 1 + number),
    )  # fmt: skip
    models.ExceptionSpan.objects.create(exception=for_all, opens=time(8), closes=time(10))
    publish(models.Service.objects.all())


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("checked", ["never", "before", "now"])
def test_the_start_page_takes_the_same_few_queries_for_one_and_for_three(
    today, client, django_user_model, times, checked
):
    if checked == "before":
        runs.catch_up()
    for _ in range(times):
        fill_dashboard()
    if checked == "now":
        runs.catch_up()
    user = django_user_model.objects.create_user("editora", is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    client.force_login(user)
    client.get(INDEX)
    with CaptureQueriesContext(connection) as queries:
        client.get(INDEX)
    assert len(queries) == (18 if checked == "never" else 19)


# ---- The search that finds a number ------------------------------------------------------------


def found(client, text, model="directory/contactpoint"):
    return client.get(f"{INDEX}find/{model}/", {"q": text})


@pytest.mark.parametrize(
    "text",
    [
        "7442727",
        "(601) 744 27 27",
        "+57 601 744 2727",
        "(571) 7442727",
        "744-27-27",
        "601 744 2727",
    ],
)
def test_a_number_is_found_however_it_is_typed_and_opens_at_once(admin_client, text):
    number = PhoneFactory(phone="+576017442727")
    PhoneFactory(phone="+576012223344")
    url = reverse("admin:directory_contactpoint_change", args=[number.pk])
    assert found(admin_client, text).url == url


def test_an_address_opens_at_once(admin_client):
    email = EmailFactory(email="soporte@example.com")
    EmailFactory()
    url = reverse("admin:directory_contactpoint_change", args=[email.pk])
    assert found(admin_client, "soporte@example.com").url == url


@pytest.mark.parametrize("text", ["", "nada", "\0", "x" * 5000, "Línea", "%", "'"])
def test_what_is_not_one_thing_leads_to_the_list(admin_client, text):
    PhoneFactory()
    PhoneFactory()
    response = found(admin_client, text)
    assert response.url.startswith(reverse("admin:directory_contactpoint_changelist") + "?q=")
    assert admin_client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("model", "view"),
    [
        ("escalations/escalationcontact", "admin:escalations_escalationcontact_change"),
        ("directory/channel", "admin:directory_channel_change"),
    ],
)
def test_who_uses_a_number_is_found_by_it(admin_client, model, view):
    number = PhoneFactory(phone="+576017442727")
    contact = EscalationContactFactory(contacts=[number])
    EscalationContactFactory()
    channel = ChannelFactory(contacts=[number])
    ChannelFactory()
    expected = contact if "escalation" in model else channel
    assert found(admin_client, "7442727", model).url == reverse(view, args=[expected.pk])


@pytest.mark.parametrize("model", ["directory/nothing", "no/thing", "directory/timespan"])
def test_nothing_else_is_searched(admin_client, model):
    assert found(admin_client, "x", model).status_code == 404


def test_who_may_not_see_may_not_search(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nadie", is_staff=True))
    assert found(client, "x").status_code == 403


# ---- Sensible defaults -------------------------------------------------------------------------


def test_a_closure_is_announced_with_its_day_filled_in(today, admin_client):
    links = dashboard(admin_client)["tasks"][3].links
    forms = [admin_client.get(link.url).context["adminform"].form for link in links]
    days = [(form["first_day"].value(), form["last_day"].value()) for form in forms]
    assert days == [("01/12/2026", "01/12/2026"), ("02/12/2026", "02/12/2026")]


def test_a_code_is_made_from_the_name(admin_client):
    add = reverse("admin:directory_contactpoint_add")
    for phone in ("601 222 3344", "601 222 3345"):
        admin_client.post(add, {"kind": "phone", "label": "Línea única", "phone": phone})
    codes = models.ContactPoint.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["linea-unica", "linea-unica-2"]


def test_a_code_that_somebody_chose_is_kept(admin_client):
    add = reverse("admin:directory_contactpoint_add")
    typed = {"kind": "phone", "label": "Línea", "phone": "601 222 3344", "code": "propio"}
    admin_client.post(add, typed)
    assert models.ContactPoint.objects.get().code == "propio"


def test_a_name_without_letters_asks_for_a_code(admin_client):
    add = reverse("admin:directory_contactpoint_add")
    typed = {"kind": "phone", "label": "¡!", "phone": "601 222 3344"}
    response = admin_client.post(add, typed)
    assert [problem.target for problem in response.context["problems"]] == ["id_code"]


@pytest.mark.parametrize("may", [True, False])
def test_a_closure_is_offered_only_to_who_may_announce_it(may, client, django_user_model):
    user = django_user_model.objects.create_user("lectora", is_staff=True)
    codenames = ["view_schedule", *(["add_scheduleexception"] if may else [])]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)

    page = client.get(reverse("admin:directory_schedule_change", args=[ScheduleFactory().pk]))

    assert ("Anunciar un cierre" in page.content.decode()) == may


def test_an_exception_is_named_with_its_day_as_people_write_it():
    exception = models.ScheduleException(reason="Cierre", first_day=date(2026, 12, 24))
    assert str(exception) == "Cierre (24/12/2026)"


def test_new_editions_are_named_apart(admin_client):
    channels = [ChannelFactory(service=ServiceFactory(name=name)) for name in "AB"]
    number = PhoneFactory()
    for channel in channels:
        channel.contact_uses.update(contact_point=number)
    publish(models.Service.objects.all())
    url = reverse("admin:directory_contactpoint_change", args=[number.pk])
    response = admin_client.post(url, {"label": number.label, "phone": "601 222 3344"}, follow=True)
    [message] = [str(each) for each in response.context["messages"] if "edición" in str(each)]
    assert "A, edición 2</a> · <a " in message
