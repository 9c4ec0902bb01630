"""What cannot be undone: told in words, with who is in the way; nothing is lost or half done."""

from functools import partial

import pytest

from directory import models
from directory.editions.publish import publish
from directory.models import Edition, Revision, Service
from tests.addresses import change_url, page_url
from tests.editing import Deleting, Editing, stored, told
from tests.factories import (
    ChannelFactory,
    ExceptionFactory,
    PhoneFactory,
    UserFactory,
    weekday_schedule,
)
from tests.html import read, submit
from tests.people import client_of, staff
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


def last():
    return Revision.objects.latest("pk")


def undo_url(revision):
    return page_url(Revision, "undo", revision.pk)


def refused(client, revision):
    """Why: what the page says before, and again when it is sent all the same."""
    page = client.get(undo_url(revision))
    before = {model: list(model.objects.order_by("pk").values()) for model in (Revision, Edition)}
    sent = client.post(undo_url(revision))
    after = {model: list(model.objects.order_by("pk").values()) for model in (Revision, Edition)}
    assert (page.status_code, sent.status_code, before) == (200, 409, after)
    reasons = [each.message for each in page.context["obstacles"]]
    assert reasons == [each.message for each in sent.context["obstacles"]]
    assert "default" not in read(page).by_class
    return reasons


@pytest.fixture(autouse=True)
def _at_ten(monday):
    """When all of this happens."""


def test_what_somebody_changed_since_stays(people):
    ana, beto = people
    number = PhoneFactory(label="Uno", phone="+576017442727")
    Editing(ana, number).post(label="Dos")
    first = last()
    Editing(beto, number).post(label="Tres")

    assert refused(ana, first) == [
        "Medio de contacto «601 744 2727 · Tres»: después se modificó Nombre "
        "(beto, 23/11/2026 10:00 a.m.)."
    ]
    page = read(ana.get(undo_url(first)))
    assert undo_url(last()) in page.links


def test_another_field_that_somebody_changed_since_is_in_nobodys_way(people):
    ana, beto = people
    number = PhoneFactory(label="Uno", phone="+576017442727")
    Editing(ana, number).post(label="Dos")
    first = last()
    Editing(beto, number).post(phone="601 744 2728")

    assert ana.post(undo_url(first)).status_code == 302

    assert stored(number, "label", "phone") == ("Uno", "+576017442728")


def test_what_was_undone_is_not_undone_again(people):
    ana, beto = people
    number = PhoneFactory(label="Uno")
    Editing(ana, number).post(label="Dos")
    first = last()
    ana.post(undo_url(first))

    assert refused(beto, first) == ["Ya se deshizo: ana, 23/11/2026 10:00 a.m."]


def test_a_change_whose_row_is_gone_names_the_deletion(people):
    ana, beto = people
    number = PhoneFactory(label="Uno", phone="+576017442727")
    Editing(ana, number).post(label="Dos")
    first = last()
    Deleting(beto, number).confirm()

    assert refused(ana, first) == [
        "Medio de contacto «601 744 2727 · Dos» se eliminó después (beto, 23/11/2026 10:00 a.m.)."
    ]


def test_a_channel_whose_schedule_is_gone_comes_back_after_it(people):
    ana, beto = people
    channel = ChannelFactory(title="Línea", schedule=weekday_schedule(name="Común"))
    schedule = channel.schedule
    Deleting(ana, channel).confirm()
    of_channel = last()
    Deleting(beto, schedule).confirm()
    of_schedule = last()

    (reason,) = refused(ana, of_channel)
    assert reason.endswith(
        "se refiere a Horario «Común», que se eliminó (beto, 23/11/2026 10:00 a.m.). "
        "Primero deshaga eso."
    )
    assert undo_url(of_schedule) in read(ana.get(undo_url(of_channel))).links

    assert ana.post(undo_url(of_schedule)).status_code == 302
    assert ana.post(undo_url(of_channel)).status_code == 302
    assert models.Channel.objects.get().schedule == schedule


def test_what_is_in_use_by_something_new_is_not_removed(people):
    ana, _beto = people
    add = page_url(models.Schedule, "add")
    submit(
        ana,
        add,
        name="Nuevo",
    )
    schedule, first = models.Schedule.objects.get(), last()
    channel = ChannelFactory(schedule=schedule)
    exception = ExceptionFactory(schedules=[schedule])

    assert refused(ana, first) == [
        f"Horario «Nuevo» está en uso por algo nuevo: Canal «{channel}».",
        f"Horario «Nuevo» está en uso por algo nuevo: Excepción «{exception}».",
    ]
    assert schedule in exception.schedules.all()


def test_who_may_not_do_the_opposite_may_not_undo(people):
    ana, _beto = people
    number = PhoneFactory(label="Uno")
    Editing(ana, number).post(label="Dos")
    reader = staff("view_contactpoint", "view_revision", username="lector")

    page = reader.get(undo_url(last()))
    sent = reader.post(undo_url(last()))

    (reason,) = page.context["obstacles"]
    assert reason.message == (
        "Para eso tendría que modificar (Medio de contacto), y no tiene permiso."
    )
    assert (sent.status_code, stored(number, "label")) == (403, "Dos")


def test_nobody_sees_a_change_of_what_he_may_not_see(people):
    ana, _beto = people
    Editing(ana, PhoneFactory()).post(label="Dos")
    reader = staff("view_schedule", "view_revision", username="lector")
    assert reader.get(undo_url(last())).status_code == 404


def test_what_the_models_refuse_now_is_told_at_the_row(people):
    ana, beto = people
    number = PhoneFactory(label="Uno", phone="+576017442727")
    Deleting(ana, number).confirm()
    first = last()
    submit(
        beto,
        page_url(models.ContactPoint, "add"),
        kind="phone",
        label="Otro",
        phone="601 744 2727",
    )

    (reason,) = refused(ana, first)

    assert reason.startswith("Medio de contacto «601 744 2727 · Uno»: Número:")


def test_a_service_that_was_published_is_taken_off_instead_of_deleted(people):
    ana, _beto = people
    submit(ana, page_url(Service, "add"), name="Nuevo", slug="nuevo", is_published="on")
    service, first = Service.objects.get(), last()
    Service.objects.update(is_published=True)
    publish(Service.objects.all())

    page = ana.get(undo_url(first))
    assert "por eso no se elimina: se retira de las páginas públicas" in read(page).seen
    answer = ana.post(undo_url(first))

    assert answer.status_code == 302
    assert told(answer)[:2] == [
        "Se deshizo: servicio «Nuevo» (se agregó).",
        "Se retiró 1 página pública.",
    ]
    service.refresh_from_db()
    assert not service.is_published


@pytest.fixture
def changed_label(transactional_db, people):
    """A number that has another label now."""
    number = PhoneFactory(label="Uno")
    Editing(people[0], number).post(label="Dos")
    return number


def test_of_two_who_undo_at_once_one_does(changed_label, people, database_for_threads):
    url = undo_url(last())

    def undo(client):
        return client.post(url).status_code

    answers = in_threads(*(partial(undo, client) for client in people))

    ((label, undone),) = in_threads(
        lambda: (
            stored(changed_label, "label"),
            Revision.objects.filter(action="undone").count(),
        )
    )
    assert (sorted(answers), label, undone) == ([302, 409], "Uno", 1)


@pytest.mark.parametrize("act", ["offline", "slug", "end"])
def test_who_may_not_decide_on_the_page_of_a_service_does_not_by_undoing(people, roles, act):
    service = ChannelFactory(service__slug="uno").service
    publish(Service.objects.all())
    if act == "slug":
        submit(people[0], change_url(service), slug="dos", _knowingly="yes")
    else:
        people[0].post(page_url(service, act, service.pk), {"ended_on": "2026-11-01", "_save": "1"})
    editor = client_of(UserFactory(is_staff=True, role="Editores"))
    before = stored(service, "is_published", "slug", "ended_on")

    page = editor.get(undo_url(last()))
    assert [each.message for each in page.context["obstacles"]] == [
        "Para ello tendría que decidir si un servicio tiene página y con qué dirección, y no tiene "
        "permiso."
    ]
    assert editor.post(undo_url(last())).status_code == 403
    assert stored(service, "is_published", "slug", "ended_on") == before


def test_undoing_does_not_publish_a_channel_that_says_nothing(people):
    service = ChannelFactory().service
    publish(Service.objects.all())
    people[0].post(page_url(service, "offline", service.pk))
    revision = last()
    submit(people[0], change_url(service), **{"channels-0-contacts": ""})
    [reason] = refused(people[0], revision)
    assert "Un canal público tiene un contacto" in reason
    assert not stored(service, "is_published")


def test_undoing_does_not_take_the_last_that_a_public_channel_says(people):
    channel = ChannelFactory(description="Escriba.", contacts=[])
    submit(people[0], change_url(channel.service), **{"channels-0-contacts": "601 744 2799"})
    revision = last()
    submit(people[0], change_url(channel.service), **{"channels-0-description": ""})
    [reason] = refused(people[0], revision)
    assert "Un canal público tiene un contacto" in reason
    assert channel.contact_uses.count() == 1
