"""Notices in the back office: two clicks and a sentence to set one, one click to end it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry

from directory import models
from directory.admin import dashboard_notices, notices_shown
from directory.editions.publish import publish
from directory.models import Notice, Service
from directory.upkeep.copies import copy_service
from tests.addresses import INDEX, add_url, change_url, history_url, list_url, page_url
from tests.editing import Deleting, Editing, pages_told, refused, told
from tests.factories import (
    ChannelFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
)
from tests.html import form_values, read, submit
from tests.people import staff

pytestmark = pytest.mark.django_db

# A Tuesday morning in Bogotá.
NOW = datetime(2026, 12, 1, 14, 0, 30, tzinfo=UTC)
THIS_MINUTE = NOW.replace(second=0)
HOUR = timedelta(hours=1)
SENTENCE = "El chat está fuera de servicio. Llámenos."


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def service():
    service = ServiceFactory(name="Clave", slug="clave")
    ChannelFactory(service=service, title="Chat", contacts=[PhoneFactory(label="Línea del chat")])
    publish(Service.objects.all())
    return service


def follow(client, opened, text):
    """Click the first link of a page with this text."""
    page = opened.content.decode()
    [before, *_rest] = page.split(f">{text}<", 1)
    href = before.rpartition('href="')[2].partition('"')[0]
    return href.replace("&amp;", "&")


def end(client, notice, **options):
    return client.post(page_url(notice, "end", notice.pk), **options)


# ---- Two clicks and a sentence -----------------------------------------------------------------


@pytest.mark.parametrize("where", ["contact_point", "channel", "service"])
def test_from_the_form_of_what_fails_it_is_two_clicks_and_a_sentence(admin_client, service, where):
    channel = service.channels.get()
    subject = {
        "contact_point": channel.contact_uses.get().contact_point,
        "channel": channel,
        "service": service,
    }[where]
    form = follow(admin_client, admin_client.get(change_url(subject)), "Avisar de una falla")

    saved = submit(admin_client, form, text=SENTENCE)

    assert pages_told(saved) == ["/servicios/clave/"]
    notice = Notice.objects.get()
    assert (notice.subject, notice.text, notice.severity) == (subject, SENTENCE, "out_of_order")
    assert (notice.since, notice.until) == (THIS_MINUTE, None)
    assert notice.code == "el-chat-esta-fuera-de-servicio-llamenos"


def test_its_form_names_what_it_is_on_and_begins_in_the_text(admin_client, service):
    channel = service.channels.get()
    opened = admin_client.get(f"{add_url(Notice)}?channel={channel.pk}")
    form = opened.context["adminform"].form
    assert [*form.fields] == ["text", "severity", "since", "until", "code"]
    assert form["since"].value() == ["01/12/2026", "9:00 a.m."]
    assert "autofocus" in str(form["text"])
    assert str(channel) in read(opened).seen


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Todos los servicios", lambda service: None),
        ("Clave", lambda service: service),
        ("Chat", lambda service: service.channels.get()),
    ],
)
def test_from_the_start_page_it_is_two_clicks_and_a_sentence(admin_client, service, text, subject):
    task = next(each for each in admin_client.get(INDEX).context["tasks"] if each.groups)
    links = [*task.links, *(link for group in task.groups for link in (group.link, *group.parts))]
    [url] = [link.url for link in links if link.text == text]
    submit(admin_client, url, text=SENTENCE)
    assert Notice.objects.get().subject == subject(service)


def test_what_fails_can_be_searched_for(admin_client, service):
    """What is found alone opens the form at once."""
    channel, number = service.channels.get(), models.ContactPoint.objects.get()
    url = page_url(Notice, "subjects")
    groups = admin_client.get(url, {"q": "clave"}).context["groups"]
    assert [[row for row, _url in rows] for _name, rows in groups] == [
        [service],
        [channel],
        [number],
    ]
    assert admin_client.get(url, {"q": "línea chat"}).url == (
        f"{add_url(Notice)}?contact_point={number.pk}"
    )


def test_many_channels_are_searched_for(admin_client, service, monkeypatch):
    monkeypatch.setattr(dashboard_notices, "CHANNELS_AT_MOST", 0)
    task = admin_client.get(INDEX).context["tasks"][-1]
    assert (task.groups, task.search_url) == ((), page_url(Notice, "subjects"))


def test_more_than_the_start_page_shows_are_in_their_list(admin_client, monkeypatch):
    monkeypatch.setattr(notices_shown, "AT_MOST", 1)
    shown = []
    for _number in range(2):
        NoticeFactory()
        page = admin_client.get(INDEX)
        leads_on = "Todos los avisos" in read(page).by_class["dashboard-notices"]
        shown.append((len(page.context["notices"]), leads_on))
    assert shown == [(1, False), (1, True)]


@pytest.mark.parametrize(
    "query", ["channel=99", "channel=x", f"service={10**30}", "contact_point="]
)
def test_what_is_not_there_is_to_be_chosen(admin_client, query):
    form = admin_client.get(f"{add_url(Notice)}?{query}").context["adminform"].form
    assert {"contact_point", "channel", "service"} <= {*form.fields}


def test_two_subjects_are_refused_at_the_field(admin_client, service):
    typed = {"channel": service.channels.get().pk, "service": service.pk, "text": SENTENCE}
    answer = submit(admin_client, add_url(Notice), **typed)
    assert refused(answer) == (["service"], {})


def test_the_same_sentence_on_two_things_has_two_codes(admin_client, service):
    for subject in (service, service.channels.get()):
        form = follow(admin_client, admin_client.get(change_url(subject)), "Avisar de una falla")
        submit(admin_client, form, text="Falla")
    assert sorted(Notice.objects.values_list("code", flat=True)) == ["falla", "falla-2"]


def test_its_effect_is_shown_before_it_is_saved(admin_client, service):
    url = f"{add_url(Notice)}?service={service.pk}"
    shown = submit(admin_client, url, "_preview", text=SENTENCE)
    assert [page for group in shown.context["effect"].groups for page in group.services] == [
        service
    ]
    assert not Notice.objects.exists()
    admin_client.post(url, {**form_values(shown), "_save": "1"})
    assert Notice.objects.get().subject == service


# ---- When --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        (("2/12/2026", "2 p.m."), datetime(2026, 12, 2, 19, tzinfo=UTC)),
        (("", "5 p.m."), datetime(2026, 12, 1, 22, tzinfo=UTC)),
        (("2026-12-02", "7:30"), datetime(2026, 12, 2, 12, 30, tzinfo=UTC)),
    ],
)
def test_times_are_typed_as_people_write_them(admin_client, service, typed, until):
    day, time = typed
    submit(admin_client, f"{add_url(Notice)}?all=1", text=SENTENCE, until_0=day, until_1=time)
    assert Notice.objects.get().until == until


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("1/12/2026", "8:00"), "Termina antes de empezar. Revise las dos fechas y horas."),
        (("1/12/2026", ""), "Escriba también la hora, como 14:00 o 2 p.m."),
        (("1/12/2026", "ayer"), "«ayer» no es una hora. Escriba una como 7:30, 14:00 o 2 p.m."),
        (("31/12/9999", "23:59"), None),
        (("1/1/0001", "0:00"), None),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(admin_client, typed, message):
    day, time = typed
    url = f"{add_url(Notice)}?all=1"
    answer = submit(admin_client, url, text=SENTENCE, until_0=day, until_1=time)
    [problem, *_more] = answer.context["problems"]
    assert problem.target == "id_until_0"
    assert message in (None, problem.message)
    assert not Notice.objects.exists()


def test_a_form_that_is_saved_as_it_is_changes_no_second(admin_client):
    notice = NoticeFactory(since=NOW.replace(microsecond=5))
    submit(admin_client, change_url(notice), text="Otro")
    [entry] = LogEntry.objects.all()
    assert "Desde" not in entry.get_change_message()


def test_two_people_who_change_the_end_of_one_are_told(people):
    notice = NoticeFactory()
    first, second = (Editing(client, notice) for client in people)
    first.post(until_0="2/12/2026", until_1="10:00")
    conflict = second.post(until_0="3/12/2026", until_1="11:00")
    [problem] = conflict.context["problems"]
    assert "ana" in problem.message
    assert second.again().status_code == 302
    notice.refresh_from_db()
    assert notice.until == datetime(2026, 12, 3, 16, tzinfo=UTC)


# ---- One click to end it -----------------------------------------------------------------------


def test_one_click_on_the_start_page_ends_it_and_says_what_is_published(admin_client, service):
    notice = NoticeFactory(service=service, text=SENTENCE, since=NOW - HOUR)
    publish(Service.objects.all())
    assert (
        f'action="{page_url(notice, "end", notice.pk)}"' in admin_client.get(INDEX).content.decode()
    )

    answer = end(admin_client, notice, headers={"referer": "http://testserver" + INDEX})

    assert answer.url == "http://testserver" + INDEX
    assert told(answer)[0] == f"Terminado: «{SENTENCE}»"
    assert pages_told(answer) == ["/servicios/clave/"]
    notice.refresh_from_db()
    assert notice.ended_at == NOW
    assert "Fuera de servicio" not in read(admin_client.get(INDEX)).by_class.get("notices", "")
    assert "Terminado: vacío → " in LogEntry.objects.get().get_change_message()


def test_who_comes_later_is_told_who_ended_it(people):
    notice = NoticeFactory(text=SENTENCE)
    end(people[0], notice)
    assert told(end(people[1], notice)) == [
        f"Ya había terminado (ana, 01/12/2026 9:00 a.m.): «{SENTENCE}»"
    ]
    assert LogEntry.objects.count() == 1


def test_what_was_typed_meanwhile_into_one_that_ended_is_not_saved(people):
    notice = NoticeFactory(text=SENTENCE)
    editing = Editing(people[1], notice)
    end(people[0], notice)
    answer = editing.post(text="Otro")
    assert (answer.status_code, told(answer)[0][:17]) == (302, "Ya había terminad")
    notice.refresh_from_db()
    assert notice.text == SENTENCE


def test_one_that_was_deleted_meanwhile_is_told(admin_client):
    notice = NoticeFactory()
    url = page_url(notice, "end", notice.pk)
    notice.delete()
    assert told(admin_client.post(url)) == ["Lo que usted había seleccionado ya se eliminó."]


def test_one_that_is_planned_is_called_off_by_the_same_button(admin_client, service):
    notice = NoticeFactory(service=service, since=NOW + HOUR)
    assert "Cancelar" in read(admin_client.get(change_url(notice))).by_class["notices"]
    end(admin_client, notice)
    notice.refresh_from_db()
    assert notice.ended_at == NOW


def test_only_who_may_change_notices_ends_them(service):
    notice = NoticeFactory(service=service)
    reader = staff("view_notice", "view_service")
    assert (
        page_url(notice, "end", notice.pk) not in reader.get(change_url(service)).content.decode()
    )
    assert end(reader, notice).status_code == 403
    notice.refresh_from_db()
    assert notice.ended_at is None


def test_one_that_ended_is_history(admin_client):
    notice = NoticeFactory(ended_at=NOW)
    opened = admin_client.get(change_url(notice))
    assert opened.context["adminform"].form.fields == {}
    assert "notices" not in read(opened).by_class
    assert admin_client.get(history_url(notice)).status_code == 200


# ---- Where they are shown ----------------------------------------------------------------------


def test_the_form_of_what_it_is_on_shows_those_that_nobody_ended(admin_client, service):
    channel = service.channels.get()
    shown = NoticeFactory(channel=channel)
    NoticeFactory(channel=channel, ended_at=NOW)
    NoticeFactory(service=service)
    notices = admin_client.get(change_url(channel)).context["notices"]
    assert [each.notice for each in notices] == [shown]


def test_the_button_is_beside_the_form_which_enter_sends(admin_client, service):
    NoticeFactory(service=service)
    page = admin_client.get(change_url(service)).content.decode()
    assert page.index("/end/") < page.index('id="service_form"')


def test_the_list_says_their_state_and_filters_by_it(admin_client):
    states = {
        "in_force": NoticeFactory(since=NOW, until=NOW + HOUR),
        "planned": NoticeFactory(since=NOW + HOUR),
        "past_end": NoticeFactory(since=NOW - HOUR, until=NOW),
        "ended": NoticeFactory(ended_at=NOW),
    }
    listed = {
        state: [*admin_client.get(list_url(Notice), {"state": state}).context["cl"].result_list]
        for state in states
    }
    assert listed == {state: [notice] for state, notice in states.items()}
    assert {state: notice.state_at(NOW) for state, notice in states.items()} == dict(
        zip(states, states, strict=True)
    )
    everything = read(admin_client.get(list_url(Notice))).by_class["field-state"]
    assert everything == "Programado Vigente Ya venció Terminado el 01/12/2026 9:00 a.m."


@pytest.mark.parametrize("typed", ["fuera", "clave", "chat", "601 744 2727"])
def test_they_are_found_by_their_text_and_what_they_are_on(admin_client, typed):
    service = ServiceFactory(name="Clave")
    channel = ChannelFactory(service=service, title="Chat")
    made = {
        "fuera": NoticeFactory(text="Fuera", service=service),
        "clave": NoticeFactory(text="A", service=service),
        "chat": NoticeFactory(text="B", channel=channel),
        "601 744 2727": NoticeFactory(text="C", contact_point=PhoneFactory(phone="+576017442727")),
    }
    found = admin_client.get(list_url(Notice), {"q": typed}).context["cl"].result_list
    assert made[typed] in found
    assert len(found) == (3 if typed == "clave" else 1)


def test_deleting_what_it_is_on_says_that_it_goes(admin_client):
    number = PhoneFactory()
    notice = NoticeFactory(contact_point=number, text=SENTENCE)
    deleting = Deleting(admin_client, number)
    assert f"Aviso: {SENTENCE}" in read(deleting.page).seen
    deleting.confirm()
    assert not Notice.objects.filter(pk=notice.pk).exists()


def test_a_copy_of_a_service_has_none_of_its_notices(service):
    NoticeFactory(service=service)
    NoticeFactory(channel=service.channels.get())
    copy = copy_service(service, "Copia", "copia")
    assert Notice.objects.exclude(service=service).filter(channel__service=copy).count() == 0
    assert Notice.objects.count() == 2
