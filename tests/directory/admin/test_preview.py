"""The step before saving: which pages change and how, with nothing written."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers

from directory import models
from directory.editions.publish import publish
from escalations.models import EscalationContact
from tests.addresses import add_url, change_url
from tests.editing import Deleting, DeletingSelected
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    PhoneFactory,
    ServiceFactory,
    complete_service,
)
from tests.html import form_values, submit
from tests.people import staff

pytestmark = pytest.mark.django_db

# Any page may keep a session and what was found when the data were checked.
KEPT_BY_PAGES = (Session, models.CheckRun, models.Finding, models.FindingRow)
ROWS = [model for model in apps.get_models() if model not in KEPT_BY_PAGES]


@pytest.fixture
def service():
    service = complete_service(name="Clave Segura", slug="clave-segura")
    publish(models.Service.objects.all())
    return service


@pytest.fixture
def number(service):
    """A number that the service gives."""
    return service.channels.first().contact_uses.get().contact_point


@contextmanager
def nothing_written():
    """The block changes no row."""

    def everything():
        return [serializers.serialize("python", model.objects.order_by("pk")) for model in ROWS]

    before = everything()
    yield
    assert everything() == before


def preview(client, url, **typed):
    return submit(client, url, "_preview", **typed)


def pages(response):
    effect = response.context["effect"]
    return sorted(service.slug for group in effect.groups for service in group.services)


def sentences(response):
    return " ".join(response.context["effect"].groups[0].sentences)


def test_a_changed_number_shows_every_page_that_gives_it(admin_client, number):
    ChannelFactory(service=ServiceFactory(slug="certifactura"), contacts=[number])
    ChannelFactory(service=ServiceFactory(slug="subasta"))
    publish(models.Service.objects.all())
    with nothing_written():
        response = preview(admin_client, change_url(number), phone="601 222 3344")
    assert pages(response) == ["certifactura", "clave-segura"]
    assert 'value="Guardar y publicar"' in response.content.decode()
    assert "601 222 3344" in sentences(response)


def test_saving_from_the_effect_publishes_what_was_shown(admin_client, service, number):
    shown = preview(admin_client, change_url(number), phone="601 222 3344")
    admin_client.post(change_url(number), {**form_values(shown), "_save": "1"})
    number.refresh_from_db()
    assert str(number.phone) == "+576012223344"
    assert service.editions.count() == 2


def test_going_back_to_editing_keeps_what_was_typed(admin_client, number):
    with nothing_written():
        shown = preview(admin_client, change_url(number), phone="601 222 3344")
        again = admin_client.post(change_url(number), {**form_values(shown), "_edit_again": "1"})
    assert form_values(again)["phone"] == ["601 222 3344"]
    assert "problems" not in again.context


def test_an_edit_that_shows_nowhere_says_so(admin_client):
    response = preview(admin_client, change_url(PhoneFactory()), phone="601 222 3344")
    content = response.content.decode()
    assert response.context["effect"].count == 0
    assert "Con esto no cambia ninguna página pública." in content
    assert ('value="Guardar"' in content, "Guardar y publicar" in content) == (True, False)


def test_errors_come_before_the_effect_at_their_field(admin_client, number):
    response = preview(admin_client, change_url(number), phone="601 74")
    assert [problem.target for problem in response.context["problems"]] == ["id_phone"]
    assert form_values(response)["phone"] == ["601 74"]


def test_rows_edited_together_are_in_the_effect(admin_client, service):
    with nothing_written():
        typed = {"channels-0-DELETE": "on", "name": "Clave"}
        said = sentences(preview(admin_client, change_url(service), **typed))
    assert "Clave" in said
    assert service.channels.first().title in said


CLOSURE = {"reason": "Inventario", "first_day": "2026-12-01", "last_day": "2026-12-01"}


@pytest.mark.parametrize(
    ("url", "typed"),
    [
        (lambda service: change_url(service.channels.last().schedule), {"spans-0-closes": "18:00"}),
        (lambda service: change_url(EscalationContact.objects.first()), {"person": "Ana Torres"}),
        (lambda service: change_url(service.escalation_policy), {"instructions": "Llame primero."}),
        (lambda service: add_url(models.ScheduleException), CLOSURE),
    ],
)
def test_what_a_page_is_made_of_shows_that_page(admin_client, service, url, typed):
    with nothing_written():
        assert pages(preview(admin_client, url(service), **typed)) == ["clave-segura"]


def test_pages_that_change_alike_stand_together(admin_client):
    number = EmailFactory()
    for name in ("Uno", "Dos", "Tres"):
        ChannelFactory(service=ServiceFactory(name=name), code="correo", contacts=[number])
    publish(models.Service.objects.all())
    response = preview(admin_client, change_url(number), email="nuevo@example.com")
    [group] = response.context["effect"].groups
    assert [service.name for service in group.services] == ["Dos", "Tres", "Uno"]


def test_a_popup_that_changes_no_page_saves_at_once(admin_client):
    popup = add_url(models.ContactPoint) + "?_popup=1"
    assert "offers_preview" not in admin_client.get(popup).context
    typed = {"kind": "email", "label": "Correo", "email": "nuevo@example.com"}
    closing = submit(admin_client, popup, **typed)
    assert "popup_response_data" in closing.context
    assert models.ContactPoint.objects.get().email == "nuevo@example.com"


def test_a_popup_that_changes_pages_shows_them_first_and_closes_when_saved(admin_client, number):
    popup = change_url(number) + "?_to_field=id&_popup=1"
    with nothing_written():
        shown = submit(admin_client, popup, phone="601 222 3344")
    assert pages(shown) == ["clave-segura"]
    again = admin_client.post(popup, {**form_values(shown), "_edit_again": "1"})
    assert form_values(again)["phone"] == ["601 222 3344"]
    closing = admin_client.post(popup, {**form_values(shown), "_save": "1"})
    assert '"action": "change"' in closing.context["popup_response_data"]
    number.refresh_from_db()
    assert str(number.phone) == "+576012223344"


@pytest.mark.parametrize("is_public", [True, False])
def test_the_button_of_a_form_says_whether_it_publishes(admin_client, is_public):
    service = ServiceFactory(is_published=is_public)
    page = admin_client.get(change_url(service)).content.decode()
    word = "Guardar y publicar" if is_public else "Guardar"
    assert f'value="{word}" class="default" name="_save"' in page


@pytest.mark.parametrize("asking", [Deleting, DeletingSelected])
def test_deleting_shows_its_effect_first(admin_client, service, asking):
    with nothing_written():
        assert pages(asking(admin_client, service.channels.first()).page) == ["clave-segura"]


def test_nobody_without_permission_sees_an_effect(service):
    response = staff().post(change_url(service), {"_preview": "1", "name": "X"})
    assert response.status_code == 403
    assert "effect" not in (response.context or {})
