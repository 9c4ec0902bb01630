"""Other hours for one only: a copy of the shared schedule, in one click."""

import pytest
from django.urls import reverse

from directory.admin.own_hours import own_hours_url
from directory.editions import document
from directory.editions.diff.documents import changes
from directory.editions.publish import publish
from directory.models import Revision, Schedule, Service
from tests.addresses import change_url
from tests.directory.pages import text_of
from tests.editing import told
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    weekday_schedule,
)
from tests.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule():
    return weekday_schedule(code="oficina", name="Oficina", holidays="closed")


@pytest.fixture
def channel(schedule):
    return ChannelFactory(code="telefono", title="Canal telefónico", schedule=schedule)


@pytest.fixture
def contact(schedule):
    made = EscalationContactFactory(name="Redes", person="", schedule=schedule)
    EscalationPolicyFactory(levels=[made])
    return made


def hours(schedule):
    return [(span.day, span.opens, span.closes) for span in schedule.spans.all()]


def test_one_click_copies_the_schedule_assigns_it_and_opens_it(
    admin_client, schedule, channel, contact
):
    exception = ExceptionFactory(schedules=[schedule])
    back = change_url(channel)
    done = admin_client.post(own_hours_url(channel), {"_back": back, "_anchor": "channels-0"})
    channel.refresh_from_db()
    own = channel.schedule
    assert own.name == f"Solo {channel.service} › Canal telefónico"
    assert hours(own) == hours(schedule) != []
    assert (own.holidays, own.timezone) == (schedule.holidays, schedule.timezone)
    assert {*exception.schedules.all()} == {schedule, own}
    contact.refresh_from_db()
    assert contact.schedule == schedule
    assert done.url.startswith(change_url(own))
    assert "_back=" in done.url
    assert "channels-0" in done.url
    assert done.url.endswith("#id_hours_text")
    assert "con las mismas horas" in told(done)[0]


def test_an_escalation_contact_gets_its_own_too(admin_client, schedule, channel, contact):
    admin_client.post(own_hours_url(contact))
    contact.refresh_from_db()
    assert contact.schedule.name == "Solo Redes"


def test_customers_read_that_the_hours_are_the_same(admin_client, schedule, channel, contact):
    publish(Service.objects.all())
    admin_client.post(own_hours_url(channel))
    before, after = (
        document.decode(edition.document) for edition in channel.service.editions.order_by("number")
    )
    assert [str(change) for change in changes(before, after)] == [
        f"Horario (las mismas horas): Oficina → Solo {channel.service} › Canal telefónico "
        "en «Canal telefónico»"
    ]


def test_one_that_is_used_only_there_is_opened_as_it_is(admin_client, schedule, channel):
    done = admin_client.post(own_hours_url(channel))
    assert done.url.startswith(change_url(schedule))
    assert told(done) == ["«Oficina» solo se usa aquí: cámbielo como quiera."]
    assert Schedule.objects.get() == schedule


def test_two_clicks_make_one_copy(admin_client, schedule, channel, contact):
    for _number in range(2):
        admin_client.post(own_hours_url(channel))
    assert Schedule.objects.count() == 2


def test_without_a_schedule_it_says_what_to_do(admin_client, channel):
    channel.schedule = None
    channel.save()
    done = admin_client.post(own_hours_url(channel))
    assert (done.url, told(done)) == (
        change_url(channel),
        ["Todavía no tiene horario. Elija uno, o escriba sus horas."],
    )


def test_only_who_may_change_it_and_add_schedules_may(schedule, channel, contact):
    client = staff("change_channel", "view_channel")
    assert client.post(own_hours_url(channel)).status_code == 403
    assert "Otros horarios solo aquí" not in text_of(client.get(change_url(channel)))
    assert staff("change_channel").get(own_hours_url(channel)).status_code == 405


def test_a_channel_that_is_gone_is_told(admin_client):
    url = reverse("admin:directory_channel_own_hours", args=[999])
    assert admin_client.post(url).status_code == 404


def test_the_forms_of_both_say_who_else_has_the_schedule(admin_client, schedule, channel, contact):
    for holder in (channel, contact):
        page = admin_client.get(change_url(holder)).content.decode()
        assert "También lo tiene 1 más." in page
        assert f'formaction="{own_hours_url(holder)}"' in page


def test_a_schedule_says_who_shares_it_above_its_fields(admin_client, schedule, channel, contact):
    ChannelFactory(service=channel.service, schedule=schedule)
    page = admin_client.get(change_url(schedule))
    text = text_of(page)
    said = "Lo comparten 2 canales de 1 servicio y 1 responsable de escalamiento"
    assert (
        text.index(said) < text.index("Horario en texto")
        if "Horario en texto" in text
        else said in text
    )
    assert page.content.decode().count('form="own-hours"') == 3


def test_one_that_nobody_uses_says_so(admin_client, schedule):
    assert "Nadie usa este horario." in text_of(admin_client.get(change_url(schedule)))


@pytest.mark.parametrize("count", [2, 30])
def test_saying_who_shares_it_takes_the_same_queries_for_few_and_for_many(
    admin_client, schedule, django_assert_max_num_queries, count
):
    for number in range(count):
        ChannelFactory(code=f"canal-{number}", schedule=schedule)
    admin_client.get(change_url(schedule))
    with django_assert_max_num_queries(40):
        page = admin_client.get(change_url(schedule))
    assert page.context["shared_by"]["count"] == count


def test_it_is_undone_by_one_click(admin_client, schedule, channel, contact):
    admin_client.post(own_hours_url(channel))
    admin_client.post(reverse("admin:directory_revision_undo", args=[Revision.objects.get().pk]))
    channel.refresh_from_db()
    assert channel.schedule == schedule
    assert Schedule.objects.get() == schedule
