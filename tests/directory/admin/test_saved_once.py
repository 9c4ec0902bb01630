"""Who presses twice saves once."""

import pytest
import time_machine
from django.contrib.auth.models import Group

from directory.models import Channel, RequestType
from tests.addresses import add_url, change_url
from tests.factories import ChannelFactory, ServiceFactory
from tests.html import form_values
from tests.people import client_of

pytestmark = pytest.mark.django_db


def opened(client, url, **typed):
    return {**form_values(client.get(url)), "_save": "1", **typed}


@pytest.mark.parametrize(
    ("model", "typed"), [(RequestType, {"name": "Quejas", "position": "3"}), (Group, {"name": "A"})]
)
def test_a_form_sent_twice_adds_one_row_and_answers_alike(admin_client, model, typed):
    data = opened(admin_client, add_url(model), **typed)
    answers = [admin_client.post(add_url(model), data) for _press in range(2)]
    assert [each["Location"] for each in answers] == [answers[0]["Location"]] * 2
    assert model.objects.filter(name=typed["name"]).count() == 1
    said = admin_client.get(answers[1]["Location"]).content.decode()
    assert "oprimir dos veces guarda una sola" in said


def test_a_row_added_to_what_it_belongs_to_is_added_once(admin_client):
    service = ServiceFactory()
    url = change_url(service)
    kind = ChannelFactory().request_types.get()
    row = {"title": "Chat", "medium": "chat", "request_types": kind.pk}
    typed = {f"channels-0-{name}": value for name, value in row.items()}
    typed["channels-0-contacts"] = "nuevo@example.com"
    data = opened(admin_client, url, **typed, **{"channels-TOTAL_FORMS": "1"})
    for _press in range(2):
        answer = admin_client.post(url, data)
    assert answer.status_code == 302, answer.context["problems"]
    assert Channel.objects.filter(service=service).count() == 1


def test_a_popup_closes_with_the_row_of_the_first_press(admin_client):
    url = f"{add_url(RequestType)}?_popup=1"
    data = opened(admin_client, url, name="Quejas", position="3")
    first, second = (admin_client.post(url, data) for _press in range(2))
    assert RequestType.objects.filter(name="Quejas").count() == 1
    assert second.context["popup_response_data"] == first.context["popup_response_data"]


@pytest.mark.parametrize("other", ["typed", "opened", "later", "person"])
def test_what_is_not_the_same_press_is_saved(admin_client, admin_user, other):
    url = add_url(Group)
    with time_machine.travel("2026-11-23 10:00Z", tick=False) as clock:
        data = opened(admin_client, url, name="Uno")
        admin_client.post(url, data)
        Group.objects.update(name="Otro")
        client = admin_client
        if other == "typed":
            data["name"] = "Dos"
        elif other == "opened":
            data = opened(client, url, name="Uno")
        elif other == "later":
            clock.shift(121)
        else:
            client = client_of(admin_user)
        client.post(url, data)
    assert Group.objects.count() == 2


def test_what_was_refused_the_first_time_is_no_answer(admin_client):
    url = add_url(Group)
    data = opened(admin_client, url, name="")
    assert [admin_client.post(url, data).status_code for _press in range(2)] == [200, 200]
