"""Publishing a service, and taking it offline: what the pages say, and what they do."""

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from directory.editions.publish import publish
from directory.models import Channel, Revision, Service
from tests.addresses import add_url, change_url, page_url
from tests.editing import pages_told, stored, told
from tests.factories import ChannelFactory, RequestTypeFactory, ServiceFactory, complete_service
from tests.html import form_values, inline_code, read, submit
from tests.people import staff

pytestmark = pytest.mark.django_db


def publish_url(service):
    return page_url(service, "publish", service.pk)


def offline_url(service):
    return page_url(service, "offline", service.pk)


@pytest.fixture
def draft():
    return complete_service(slug="uno", name="Uno", is_published=False)


def act(client, url):
    """Open the page and press its button."""
    return client.post(url, form_values(client.get(url)))


def test_a_service_begins_as_a_draft_and_its_form_says_so(admin_client):
    RequestTypeFactory()
    typed = {"channels-0-contacts": "601 744 2727"}
    saved = submit(admin_client, add_url(Service), name="Uno", slug="uno", **typed)
    service = Service.objects.get()
    assert told(saved)[0] == "Se guardó como borrador: los clientes no lo ven."
    assert (service.is_published, service.editions.count()) == (False, 0)
    assert "is_published" not in form_values(admin_client.get(change_url(service)))
    page = read(admin_client.get(change_url(service)))
    assert "Borrador: los clientes no la ven." in page.seen
    assert publish_url(service) in page.seen_links


def test_what_belongs_to_a_draft_says_so_too(admin_client, draft):
    saved = submit(admin_client, change_url(draft.channels.first()), title="Otro")
    assert told(saved)[0] == "Se guardó como borrador: los clientes no lo ven."


def test_a_draft_is_saved_and_shown_with_one_button_and_published_with_the_next(
    admin_client, client, draft
):
    saved = submit(admin_client, change_url(draft), button="_review", name="Nuevo nombre")
    assert saved.url == publish_url(draft)
    page = read(admin_client.get(saved.url))
    assert "Borrador: los clientes no la ven." in page.by_class["draft-banner"]
    assert "Nuevo nombre" in page.seen
    assert client.get(draft.get_absolute_url()).status_code == 404

    published = act(admin_client, publish_url(draft))

    assert (published.url, pages_told(published)) == (change_url(draft), ["/servicios/uno/"])
    assert "Nuevo nombre" in client.get("/servicios/uno/").content.decode()
    entry = LogEntry.objects.first()
    assert entry.get_change_message() == "Cambios: Publicado: no → sí."
    revision = Revision.objects.first()
    assert (revision.action, revision.rows.count()) == (Revision.Action.CHANGED, 1)


def test_the_preview_is_the_page_that_customers_read_then(admin_client, client, draft):
    with time_machine.travel(timezone.now(), tick=False):
        shown = admin_client.get(publish_url(draft))
        act(admin_client, publish_url(draft))
        public = client.get("/servicios/uno/")
    for name in ("answer", "groups", "choices", "times_table", "meanings"):
        assert shown.context[name] == public.context[name]
    assert inline_code(shown) == []
    assert shown["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown["Cache-Control"]


def test_a_published_service_is_previewed_too(admin_client, draft):
    act(admin_client, publish_url(draft))
    page = read(admin_client.get(publish_url(draft)))
    assert "Pública: así la leen ahora los clientes." in page.by_class["draft-banner"]
    assert "Publicar" not in page.seen
    Channel.objects.update(title="Otro título")
    page = read(admin_client.get(publish_url(draft)))
    assert "así se leerá la página cuando se vuelva a guardar" in page.by_class["draft-banner"]


def test_a_channel_without_contact_and_instruction_is_named_and_not_published(admin_client, draft):
    bare = ChannelFactory(service=draft, title="Oficina", position=9, contacts=[])
    page = read(admin_client.get(publish_url(draft)))
    banner = page.by_class["draft-banner"]
    assert "«Oficina» no tiene un contacto ni una descripción que diga qué hacer." in banner
    assert "Publicar" not in banner
    assert f"{change_url(draft)}#channels-2" in page.seen_links

    refused = admin_client.post(
        publish_url(draft), form_values(admin_client.get(publish_url(draft)))
    )

    assert "un canal todavía no dice cómo se usa" in read(refused).by_class["draft-message"]
    assert stored(draft, "is_published") is False
    bare.description = "Venga a la oficina."
    bare.save()
    assert act(admin_client, publish_url(draft)).status_code == 302
    assert stored(draft, "is_published") is True


def test_what_else_is_missing_is_said_and_does_not_hinder(admin_client):
    empty = ServiceFactory(is_published=False)
    banner = read(admin_client.get(publish_url(empty))).by_class["draft-banner"]
    assert "No tiene ningún canal" in banner
    assert "No dice a quién pueden escalar los clientes." in banner
    ChannelFactory(service=empty, title="Chat", schedule=None)
    banner = read(admin_client.get(publish_url(empty))).by_class["draft-banner"]
    assert "«Chat» no tiene horario" in banner
    assert act(admin_client, publish_url(empty)).status_code == 302


def test_only_what_was_shown_is_published(admin_client, draft):
    shown = form_values(admin_client.get(publish_url(draft)))
    Channel.objects.update(title="Otro título")
    answer = admin_client.post(publish_url(draft), shown)
    assert "otra persona lo cambió" in read(answer).by_class["draft-message"]
    assert "Otro título" in read(answer).seen
    assert stored(draft, "is_published") is False
    assert admin_client.post(publish_url(draft), form_values(answer)).status_code == 302


def test_who_comes_second_is_told(admin_client, draft):
    shown = form_values(admin_client.get(publish_url(draft)))
    admin_client.post(publish_url(draft), shown)
    answer = admin_client.post(publish_url(draft), shown)
    assert "Este servicio ya es público." in read(answer).by_class["draft-message"]
    assert draft.editions.count() == 1


def test_taking_offline_asks_says_what_it_means_and_is_undone_by_publishing(
    admin_client, client, draft
):
    act(admin_client, publish_url(draft))
    assert offline_url(draft) in read(admin_client.get(change_url(draft))).seen_links
    page = read(admin_client.get(offline_url(draft)))
    assert "su dirección /servicios/uno/ dice que no existe ese servicio" in page.seen

    taken = act(admin_client, offline_url(draft))

    assert told(taken)[0] == "Se retiró 1 página pública."
    assert "Deshacer" in told(taken)[1]
    assert client.get("/servicios/uno/").status_code == 404
    assert "Borrador" in read(admin_client.get(change_url(draft))).seen
    again = admin_client.post(offline_url(draft))
    assert (again.url, told(again)) == (change_url(draft), ["Este servicio no es público."])
    back = act(admin_client, publish_url(draft))
    assert told(back)[0].startswith("Otra vez pública: ")
    assert client.get("/servicios/uno/").status_code == 200


def test_who_may_only_look_sees_the_preview_and_may_not_act(draft):
    viewer = staff("view_service")
    page = read(viewer.get(publish_url(draft)))
    assert "Uno" in page.seen
    assert "Publicar" not in page.seen
    assert viewer.post(publish_url(draft)).status_code == 403
    publish(Service.objects.all())
    assert viewer.get(offline_url(draft)).status_code == 403
    assert staff().get(publish_url(draft)).status_code == 403


@pytest.mark.parametrize("page", ["publish", "offline"])
def test_a_service_that_is_not_there_is_none(admin_client, page):
    assert admin_client.get(page_url(Service, page, 99)).status_code == 404
    assert admin_client.put(page_url(Service, page, 99)).status_code == 405


def test_an_ended_service_is_not_published(admin_client, draft):
    Service.objects.filter(pk=draft.pk).update(ended_on="2026-01-01")
    answer = act(admin_client, publish_url(draft))
    assert "Este servicio terminó." in read(answer).by_class["draft-message"]
    assert stored(draft, "is_published") is False


def test_the_page_before_publishing_costs_the_same_for_few_and_many(
    admin_client, draft, django_assert_num_queries
):
    admin_client.get(publish_url(draft))
    for count in (0, 8):
        for number in range(count):
            ChannelFactory(service=draft, code=f"otro-{number}")
        with django_assert_num_queries(18):
            admin_client.get(publish_url(draft))
