"""Services and their channels in the back office."""

import pytest

from directory.editions.publish import publish
from directory.models import Channel, ChannelContact, Service
from escalations.models import EscalationPolicy
from tests.addresses import add_url, change_url
from tests.editing import Deleting, pages_told, refused
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    complete_service,
)
from tests.html import submit

pytestmark = pytest.mark.django_db


def test_service_is_renamed_and_keeps_its_address(admin_client):
    service = complete_service(slug="uno", name="Antes")
    publish(Service.objects.all())
    saved = submit(admin_client, change_url(service), name="Después")
    assert pages_told(saved) == ["/servicios/uno/"]
    assert "<h1>Después</h1>" in admin_client.get("/servicios/uno/").content.decode()


def test_channel_is_added_to_a_service_and_removed(admin_client):
    service = ServiceFactory()
    publish(Service.objects.all())
    channel = {"code": "tel", "title": "Telefónico", "medium": "telephone", "position": "1"}
    chosen = {"request_types": [RequestTypeFactory().pk], "schedule": ScheduleFactory().pk}
    use = {"contact_point": PhoneFactory().pk, "extensions": "ext 1107 - 1109", "position": "1"}
    row = {f"contact_uses-0-{name}": value for name, value in use.items()}
    typed = {**channel, **chosen, "contact_uses-TOTAL_FORMS": "1", **row}
    saved = submit(admin_client, add_url(Channel), service=service.pk, **typed)
    assert pages_told(saved) == [service.get_absolute_url()]
    assert ChannelContact.objects.get().extensions == "1107, 1109"

    Deleting(admin_client, service.channels.get()).confirm()

    assert service.editions.first().number == 3


@pytest.mark.parametrize("is_new", [True, False])
def test_channels_of_one_title_in_one_form_get_numbered_codes(admin_client, is_new):
    url = add_url(Service) if is_new else change_url(ServiceFactory(name="Uno", slug="uno"))
    row = {"title": "Chat", "medium": "chat", "position": "1", "code": ""}
    row |= {"request_types": [RequestTypeFactory().pk], "schedule": ScheduleFactory().pk}
    row["description"] = "Está en la página."
    typed = {f"channels-{n}-{name}": value for n in range(3) for name, value in row.items()}
    submit(admin_client, url, name="Uno", slug="uno", **typed, **{"channels-TOTAL_FORMS": "3"})
    codes = Channel.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["chat", "chat-2", "chat-3"]


def test_extension_of_an_address_is_refused_at_the_field_and_kept(admin_client):
    channel = ChannelFactory(contacts=[EmailFactory()])
    response = submit(admin_client, change_url(channel), **{"contact_uses-0-extensions": "1107"})
    assert refused(response) == ([], {ChannelContact: [["extensions"]]})
    assert 'value="1107"' in response.content.decode()
    assert ChannelContact.objects.get().extensions == ""


def test_policy_of_a_service_is_one_click_away(admin_client):
    policy = EscalationPolicyFactory()
    page = admin_client.get(change_url(policy.service)).content.decode()
    assert f'href="{change_url(policy)}' in page
    assert EscalationPolicy.objects.count() == 1
