"""Looking ahead: announcements, replacements, pages as of another date, the calendar."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format

from directory.answers.resolve import resolve
from directory.contacts.replacements import LONGEST_CHAIN
from directory.editions.publish import publish
from directory.hours.upcoming import UpcomingKind
from directory.models import ChannelContact, ContactPoint, ExceptionSpan, ScheduleException, Service
from directory.upkeep import settlement
from directory.upkeep.calendar import upcoming_events
from escalations.models import EscalationContactUse, EscalationLevel
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ServiceFactory,
    UserFactory,
    weekday_schedule,
)
from tests.refusals import refused_in_full_clean

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)  # a Monday, 10:00 in Bogotá
TODAY = date(2026, 11, 23)
DECEMBER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _today(settings):
    # Signing in without a password has no address to count attempts of.
    settings.AXES_ENABLED = False
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def service():
    """A channel on weekdays, one around the clock, and a level without hours."""
    service = ServiceFactory(slug="servicio", name="Servicio")
    ChannelFactory(
        service=service, code="linea", title="Telefónico", position=1, schedule=weekday_schedule()
    )
    ChannelFactory(service=service, code="chat", title="Chat", position=2)
    EscalationPolicyFactory(service=service, levels=[EscalationContactFactory()])
    return service


def read(service, at=NOW):
    publish(Service.objects.all())
    return resolve(service.editions.latest(), at)


def announced(service, at=NOW):
    return [(each.text, each.reason, each.places) for each in read(service, at).announcements]


def exception(schedule, first, last=None, spans=(), **values):
    row = ScheduleException.objects.create(
        **{
            "code": f"excepcion-{first}",
            "schedule": schedule,
            "first_day": first,
            "last_day": last or first,
            "reason": "Inventario",
            "is_closed": not spans,
            **values,
        }
    )
    for opens, closes in spans:
        ExceptionSpan.objects.create(exception=row, opens=time(opens), closes=time(closes))
    return row


def reread(row):
    return type(row).objects.get(pk=row.pk)


def schedule_of(service, code="linea"):
    return service.channels.get(code=code).schedule


# ---- Announced on the page and in the API --------------------------------------------------


def test_nothing_is_announced_when_nothing_is_planned(service):
    assert announced(service) == []


def test_special_hours_are_announced_for_the_channels_that_keep_them(service, client):
    exception(schedule_of(service), date(2026, 12, 4), spans=[(8, 12)])
    text = "El 4 de diciembre de 2026: 8 a.m. a 12 m."
    assert announced(service) == [(text, "Inventario", ("Telefónico",))]
    page = " ".join(client.get(service.get_absolute_url()).content.decode().split())
    assert f"{text}, Inventario" in page
    answer = client.get(reverse("api:service-detail", args=["servicio"])).json()
    assert answer["announcements"] == [
        {
            "on": "2026-12-04",
            "until": "2026-12-04",
            "text": text,
            "reason": "Inventario",
            "places": ["Telefónico"],
            "where": [{"kind": "channel", "name": "Telefónico"}],
        }
    ]


def test_closure_for_all_schedules_names_no_place(service):
    exception(None, date(2026, 12, 4), date(2026, 12, 5))
    assert announced(service) == [
        ("Del 4 de diciembre de 2026 al 5 de diciembre de 2026: cerrado", "Inventario", ())
    ]


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((0, 0), "Hoy: cerrado"),
        ((-3, 0), "Hoy: cerrado"),
        ((-3, 1), "Hoy y hasta el {1}: cerrado"),
        ((0, 1), "Hoy y hasta el {1}: cerrado"),
        ((1, 1), "El {0}: cerrado"),
        ((1, 2), "Del {0} al {1}: cerrado"),
    ],
)
def test_exception_of_today_is_said_of_today(service, days, text):
    first, last = (TODAY + timedelta(days=each) for each in days)
    exception(None, first, last)
    dates = [date_format(each, "DATE_FORMAT") for each in (first, last)]
    assert announced(service) == [(text.format(*dates), "Inventario", ())]


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (0, 1), (1, 1), (14, 1), (15, 0)])
def test_exceptions_are_announced_two_weeks_before_and_until_they_end(service, days, told):
    exception(schedule_of(service), TODAY + timedelta(days=days))
    assert len(announced(service)) == told


def test_new_hours_of_the_week_are_announced(service):
    spans = schedule_of(service).spans
    spans.update(valid_until=DECEMBER - timedelta(days=1))
    for day in range(1, 6):
        spans.create(day=day, opens=time(8), closes=time(17), valid_from=DECEMBER)
    assert announced(service) == [
        ("Desde el 1 de diciembre de 2026: Lunes a viernes: 8 a.m. a 5 p.m.", "", ("Telefónico",))
    ]


def test_channels_and_levels_that_come_and_go_are_announced(service):
    service.channels.filter(code="chat").update(valid_until=date(2026, 11, 30))
    policy = service.escalation_policy
    EscalationLevel.objects.create(
        policy=policy, level=2, contact=EscalationContactFactory(), valid_from=DECEMBER
    )
    assert announced(service) == [
        ("Último día: 30 de noviembre de 2026", "", ("Chat",)),
        ("Empieza el 1 de diciembre de 2026", "", ("Nivel 2",)),
    ]


def test_levels_are_there_only_while_they_are_valid(service):
    policy = service.escalation_policy
    policy.levels.update(valid_until=DECEMBER - timedelta(days=1))
    new = EscalationContactFactory(name="Nuevo grupo")
    EscalationLevel.objects.create(policy=policy, level=1, contact=new, valid_from=DECEMBER)
    # Midnight is that of the organisation.
    for at, name in (
        (datetime(2026, 12, 1, 4, 59, tzinfo=UTC), policy.levels.first().contact.name),
        (datetime(2026, 12, 1, 5, 0, tzinfo=UTC), "Nuevo grupo"),
    ):
        assert [level.name for level in read(service, at).escalation.levels] == [name]


# ---- Replacements --------------------------------------------------------------------------


def replaced_line(service, on, **values):
    """The phone of the first channel, and what replaces it on a day."""
    old = ContactPoint.objects.get(channelcontacts__channel__code="linea")
    new = PhoneFactory(phone="+576017450000", label="Línea nueva", **values)
    ContactPoint.objects.filter(pk=old.pk).update(replaced_by=new, replaced_on=on)
    return old, new


@pytest.mark.parametrize(
    ("at", "shown", "changes"),
    [
        (datetime(2026, 12, 1, 4, 59, tzinfo=UTC), "old", True),
        (datetime(2026, 12, 1, 5, 0, tzinfo=UTC), "new", False),
    ],
)
def test_replacement_is_announced_until_its_day_and_shown_from_then_on(service, at, shown, changes):
    old, new = replaced_line(service, DECEMBER)
    contact = read(service, at).channels[0].contacts[0]
    assert contact.value == {"old": old, "new": new}[shown].value
    assert (contact.changes and contact.changes.value) == (new.value if changes else None)


def test_own_label_stays_when_the_contact_is_replaced(service):
    replaced_line(service, TODAY)
    ChannelContact.objects.filter(channel__code="linea").update(label="Línea directa")
    assert read(service).channels[0].contacts[0].label == "Línea directa"


def test_settling_changes_the_rows_and_nothing_that_is_shown(service):
    old, new = replaced_line(service, TODAY)
    level_contact = EscalationContactUse.objects.get().contact
    EscalationContactUse.objects.update(contact_point=old)
    before = read(service)
    settled = settlement.settle(settlement.due())
    assert [edition.number for edition in settled.editions] == [2]
    old.refresh_from_db()
    assert (old.replaced_by, old.replaced_on) == (None, None)
    assert ChannelContact.objects.get(channel__code="linea").contact_point == new
    assert EscalationContactUse.objects.get(contact=level_contact).contact_point == new
    after = read(service)
    assert after.channels == before.channels
    assert after.escalation == before.escalation


def test_settling_waits_for_the_day(service):
    replaced_line(service, TODAY + timedelta(days=1))
    assert settlement.due() == []


def test_settling_follows_a_chain_as_far_as_it_has_come(service):
    old, middle = replaced_line(service, date(2026, 11, 1))
    newest = PhoneFactory()
    later = PhoneFactory()
    ContactPoint.objects.filter(pk=middle.pk).update(
        replaced_by=newest, replaced_on=date(2026, 11, 20)
    )
    ContactPoint.objects.filter(pk=newest.pk).update(replaced_by=later, replaced_on=DECEMBER)
    assert [(each.old, each.new) for each in settlement.due()] == [(old, newest), (middle, newest)]
    settlement.settle(settlement.due(ContactPoint.objects.filter(pk=middle.pk)))
    old.refresh_from_db()
    assert old.replaced_by == newest
    settlement.settle(settlement.due())
    assert ChannelContact.objects.get(channel__code="linea").contact_point == newest


def test_settling_keeps_one_of_two_equal_contacts(service):
    _old, new = replaced_line(service, TODAY)
    channel = service.channels.get(code="linea")
    ChannelContact.objects.create(channel=channel, contact_point=new, position=9)
    settlement.settle(settlement.due())
    assert [use.contact_point for use in channel.contact_uses.all()] == [new]


DETAILS = ("label", "menu_options", "extensions", "position")


def given_twice(service, on, old_details, new_details):
    """A channel that gives a phone and also what replaces it on a day."""
    old, new = replaced_line(service, on)
    channel = service.channels.get(code="linea")
    channel.contact_uses.update(**old_details, position=1)
    channel.contact_uses.create(contact_point=new, **new_details, position=2)
    return old, new, channel


@pytest.mark.parametrize(
    ("old_details", "new_details"),
    [
        ({"menu_options": "Opción 2 (Soporte)", "extensions": "1107"}, {}),
        ({}, {"menu_options": "Opción 2 (Soporte)", "extensions": "1107"}),
        ({"extensions": "1107"}, {"menu_options": "Opción 2 (Soporte)", "extensions": "1107"}),
    ],
)
def test_settling_loses_no_detail_of_two_that_become_one(service, old_details, new_details):
    old, new, channel = given_twice(service, TODAY, old_details, new_details)
    assert refused_in_full_clean(reread(old)) == {}
    assert settlement.settle(settlement.due()).left == []
    assert list(channel.contact_uses.values_list("contact_point", *DETAILS)) == [
        (new.pk, "", "Opción 2 (Soporte)", "1107", 1)
    ]


def test_what_one_contact_cannot_say_stays_as_it_was_planned(service):
    details = {"menu_options": "Opción 2"}, {"menu_options": "Opción 3"}
    old, new, channel = given_twice(service, TODAY, *details)
    EscalationContactUse.objects.update(contact_point=old)
    before = read(service)
    settled = settlement.settle(settlement.due())
    assert [use.contact_point for use in settled.left] == [old]
    assert [use.contact_point for use in channel.contact_uses.all()] == [old, new]
    assert EscalationContactUse.objects.get().contact_point == new
    assert reread(old).replaced_by == new
    after = read(service)
    assert (after.channels, after.escalation) == (before.channels, before.escalation)


def test_command_and_action_say_what_was_left(service, client):
    details = {"menu_options": "Opción 2"}, {"menu_options": "Opción 3"}
    old, _new, channel = given_twice(service, TODAY, *details)
    publish(Service.objects.all())
    err = StringIO()
    call_command("settle_replacements", "--write", stdout=StringIO(), stderr=err)
    assert err.getvalue().startswith(f"{old}: {channel} ")
    staff(client, "view_contactpoint", "change_contactpoint")
    response = client.post(
        reverse("admin:directory_contactpoint_changelist"),
        {"action": "settle_replacements", "_selected_action": [old.pk]},
        follow=True,
    )
    assert [message.level_tag for message in response.context["messages"]] == ["warning", "success"]


@pytest.mark.parametrize("field", ["label", "menu_options", "extensions"])
def test_replacement_by_what_is_given_beside_it_with_other_details_is_refused(service, field):
    old, _new, _channel = given_twice(service, TODAY, {field: "1"}, {field: "2"})
    assert refused_in_full_clean(reread(old)) == {"replaced_by": ["both_given"]}


def test_two_that_are_replaced_by_the_same_one_are_given_with_the_same_details(service):
    _old, new = replaced_line(service, TODAY)
    other = PhoneFactory(replaced_by=new, replaced_on=DECEMBER)
    channel = service.channels.get(code="linea")
    channel.contact_uses.update(extensions="1")
    channel.contact_uses.create(contact_point=other, extensions="2")
    assert refused_in_full_clean(reread(other)) == {"replaced_by": ["both_given"]}
    channel.contact_uses.update(extensions="1")
    assert refused_in_full_clean(reread(other)) == {}


def chain(length):
    """Contact points of which each replaces the one before, and the first day without a plan."""
    points = [PhoneFactory() for _ in range(length + 1)]
    for number in reversed(range(length)):
        points[number].replaced_by = points[number + 1]
        points[number].replaced_on = DECEMBER + timedelta(days=number)
        points[number].save()
    return points, DECEMBER + timedelta(days=length)


def test_chain_of_replacements_is_not_longer_than_pages_follow_it(service):
    points, day = chain(LONGEST_CHAIN)
    assert refused_in_full_clean(points[0]) == {}
    before = PhoneFactory(replaced_by=points[0], replaced_on=DECEMBER - timedelta(days=1))
    assert refused_in_full_clean(before) == {"replaced_by": ["too_many"]}
    before.delete()
    last = reread(points[-1])
    last.replaced_by, last.replaced_on = PhoneFactory(), day
    assert refused_in_full_clean(last) == {"replaced_by": ["too_many"]}


@pytest.mark.parametrize("services", [1, 3])
def test_settling_costs_the_same_for_any_number_of_services(django_assert_num_queries, services):
    old, new = PhoneFactory(), PhoneFactory()
    for _ in range(services):
        ChannelFactory(contacts=[old])
    ContactPoint.objects.filter(pk=old.pk).update(replaced_by=new, replaced_on=TODAY)
    publish(Service.objects.all())
    settlements = settlement.due()
    # PostgreSQL takes its lock with a query, once for settling and once for publishing.
    locks = 2 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(22 + locks):
        assert len(settlement.settle(settlements).editions) == services


def run_command(*arguments):
    out = StringIO()
    call_command("settle_replacements", *arguments, stdout=out)
    return out.getvalue()


def test_command_shows_first_and_writes_on_request(service):
    old, _new = replaced_line(service, TODAY)
    publish(Service.objects.all())
    shown = run_command()
    assert f"{old} → 601 745 0000 · Línea nueva (23 de noviembre de 2026; 1 uso)" in shown
    assert "No se guardó nada" in shown
    assert ContactPoint.objects.exclude(replaced_by=None).exists()
    assert "Se publicó 1 edición." in run_command("--write")
    assert not ContactPoint.objects.exclude(replaced_by=None).exists()
    assert "No hay reemplazos por aplicar" in run_command("--write")


# ---- Back office ---------------------------------------------------------------------------


def staff(client, *permissions):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return user


def text_of(response):
    return " ".join(response.content.decode().split())


def test_action_settles_the_selected_replacements(service, client):
    old, _new = replaced_line(service, TODAY)
    publish(Service.objects.all())
    user = staff(client, "view_contactpoint", "change_contactpoint")
    response = client.post(
        reverse("admin:directory_contactpoint_changelist"),
        {"action": "settle_replacements", "_selected_action": [old.pk]},
        follow=True,
    )
    assert "Se aplicó 1 reemplazo. Se publicó 1 edición." in text_of(response)
    assert service.editions.latest().published_by == user


def test_page_as_of_an_instant_that_has_not_come(service, client):
    replaced_line(service, DECEMBER)
    publish(Service.objects.all())
    staff(client, "view_service")
    url = reverse("backoffice:preview", args=["servicio"])
    planned = 'Cambia el 1 de diciembre de 2026: <span class="value">601 745 0000</span>'
    assert planned in text_of(client.get(url))
    response = client.get(url, {"at": "2026-12-01T10:00"})
    page = text_of(response)
    assert "lo que dice la edición vigente el 1 de diciembre de 2026 a las 10:00" in page
    assert "Cambia el" not in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("asked", ["", "mañana", "9999-12-31T23:59"])
def test_preview_refuses_an_unusable_instant_at_the_field(service, client, asked):
    publish(Service.objects.all())
    staff(client, "view_service")
    response = client.get(reverse("backoffice:preview", args=["servicio"]), {"at": asked})
    assert response.status_code == 200
    assert 'role="alert"' in text_of(response)


@pytest.mark.parametrize("url", ["/admin/calendar/", "/admin/services/servicio/preview/"])
def test_looking_ahead_is_for_staff(service, client, url):
    publish(Service.objects.all())
    response = client.get(url)
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
    staff(client)
    assert client.get(url).status_code == 403
    staff(client, "view_service")
    assert client.get(url).status_code == 200


def test_preview_of_an_unknown_or_unpublished_service_is_not_found(service, client):
    staff(client, "view_service")
    for slug in ("otro", "servicio"):
        url = reverse("backoffice:preview", args=[slug])
        assert client.get(url).status_code == 404


def test_calendar_lists_what_is_coming_in_order(service):
    replaced_line(service, date(2026, 12, 2))
    service.channels.filter(code="chat").update(valid_until=date(2026, 11, 30))
    schedule = schedule_of(service)
    exception(schedule, date(2026, 12, 4), spans=[(8, 12)])
    service.escalation_policy.levels.update(valid_from=DECEMBER)
    schedule.spans.filter(day=5).update(valid_until=date(2026, 12, 6))
    events = upcoming_events(TODAY, date(2026, 12, 8))
    assert [(event.on, event.what.kind) for event in events] == [
        (date(2026, 11, 30), UpcomingKind.END),
        (date(2026, 12, 1), UpcomingKind.BEGINNING),
        (date(2026, 12, 2), UpcomingKind.REPLACEMENT),
        (date(2026, 12, 4), UpcomingKind.EXCEPTION),
        (date(2026, 12, 7), UpcomingKind.HOURS),
        (date(2026, 12, 8), UpcomingKind.HOLIDAY),
    ]
    assert events[1].subjects == (service.escalation_policy,)
    assert events[4].details == (
        "Lunes a viernes: 7 a.m. a 7 p.m. → Lunes a jueves: 7 a.m. a 7 p.m.",
    )
    assert f"{schedule}: 7 a.m. a 7 p.m., sin confirmar" in events[5].details


def test_holidays_name_their_country_only_where_there_are_several(service):
    christmas = date(2026, 12, 25)
    assert [event.text for event in upcoming_events(christmas, christmas)] == ["Navidad"]
    weekday_schedule(country="US")
    countries = [event.text[-4:] for event in upcoming_events(christmas, christmas)]
    assert sorted(countries) == ["(CO)", "(US)"]


def test_calendar_page_shows_and_links_each_event(service, client):
    old, _new = replaced_line(service, DECEMBER)
    staff(client, "view_service")
    page = text_of(client.get("/admin/calendar/", {"days": "30"}))
    assert f"{old.display} se reemplaza por 601 745 0000" in page
    assert reverse("admin:directory_contactpoint_change", args=[old.pk]) in page


@pytest.mark.parametrize("asked", ["", "x", "31", "-1"])
def test_calendar_of_an_unknown_length_says_so(service, client, asked):
    staff(client, "view_service")
    response = client.get("/admin/calendar/", {"days": asked})
    assert response.status_code == 200
    assert 'class="errorlist"' in text_of(response)


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_costs_the_same_for_any_plan(django_assert_num_queries, count):
    for day in range(1, count + 1):
        on = date(2026, 12, day)
        schedule = weekday_schedule()
        exception(schedule, on, spans=[(8, 12)])
        channel = ChannelFactory(schedule=schedule)
        channel.valid_until = on
        channel.save()
        PhoneFactory(replaced_by=PhoneFactory(), replaced_on=on)
        policy = EscalationPolicyFactory()
        policy.levels.update(valid_from=on)
    with django_assert_num_queries(10):
        events = upcoming_events(TODAY, date(2026, 12, 31))
    assert len([event for event in events if event.what.kind != UpcomingKind.HOLIDAY]) == 4 * count
