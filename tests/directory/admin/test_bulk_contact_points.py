"""Contact points are replaced, and marked as verified, many at once."""

from datetime import date

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from directory.editions.publish import publish
from directory.models import Channel, ContactPoint, Edition, Service
from tests import factories
from tests.addresses import change_url, list_url, page_url
from tests.editing import act, confirm, told, undo_link
from tests.html import inline_code
from tests.people import client_of, staff

pytestmark = pytest.mark.django_db

LIST = list_url(ContactPoint)
REPLACE = page_url(ContactPoint, "replace")


def test_a_number_is_replaced_everywhere_after_seeing_where(admin_client):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    service = factories.ChannelFactory(contacts=[old]).service
    publish(Service.objects.all())
    form = admin_client.get(change_url(old))
    address = f"{REPLACE}?ids={old.pk}"
    assert f'href="{address}"' in form.content.decode()
    choice = {"target": new.pk, "where": "everywhere"}
    preview = admin_client.post(address, {**choice, "_preview": "1"})
    assert service.name in preview.content.decode()
    assert [inline_code(page) for page in (admin_client.get(address), preview)] == [[], []]
    assert Channel.objects.get().contact_uses.get().contact_point == old
    done = confirm(admin_client, address, preview, "seen", _confirm="1", **choice)
    assert Channel.objects.get().contact_uses.get().contact_point == new
    assert Edition.objects.count() == 2
    edition = Edition.objects.first()
    assert told(done) == [
        undo_link(),
        f"Ahora está «{new}» en su lugar.",
        f'Se publicó: <a href="{service.get_absolute_url()}">{edition}</a>',
        f"«{old}» ya no se usa en ninguna parte. Lo puede eliminar.",
    ]
    logged = {entry.object_repr: entry.change_message for entry in LogEntry.objects.all()}
    assert set(logged) == {str(old), str(new), str(Channel.objects.get())}


def test_a_shared_escalation_contact_says_whom_it_affects(admin_client):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    contact = factories.EscalationContactFactory(contacts=[old])
    first, second = (factories.EscalationPolicyFactory(levels=[contact]) for _ in range(2))
    factories.ChannelFactory(service=first.service, contacts=[old])
    page = admin_client.get(f"{REPLACE}?ids={old.pk}").content.decode()
    assert f"compartido: cambia a la vez en {first.service} y {second.service}" in page
    data = {"target": new.pk, "where": "chosen", "places": [f"service-{first.service.pk}"]}
    preview = admin_client.post(f"{REPLACE}?ids={old.pk}", data)
    assert [place.name for place in preview.context["still_shown"]] == [str(contact)]


def test_a_refusal_stands_at_the_target_and_keeps_the_choice(admin_client):
    old, new = factories.PhoneFactory(), factories.EmailFactory()
    channel = factories.ChannelFactory(contacts=[old])
    channel.contact_uses.update(menu_options="Opción 2")
    data = {"target": new.pk, "where": "everywhere"}
    page = admin_client.post(f"{REPLACE}?ids={old.pk}", data)
    assert list(page.context["form"].errors) == ["target"]
    assert f'<option value="{new.pk}" selected' in page.content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        *(
            ({"target": target, "where": "everywhere"}, "target")
            for target in ("", "999999", "x" * 50, "9" * 50, "²", "\0")
        ),
        ({"where": "chosen"}, "places"),
        ({"where": "chosen", "places": ["service-999"]}, "places"),
        ({"where": "nowhere"}, "where"),
        ({"where": "everywhere", "places": ["service"]}, "where"),
    ],
)
def test_an_impossible_choice_is_refused_at_its_field(admin_client, data, field):
    old = factories.PhoneFactory()
    channel = factories.ChannelFactory(contacts=[old])
    target = {"target": factories.PhoneFactory().pk}
    if data.get("places") == ["service"]:
        data = {**data, "places": [f"service-{channel.service.pk}"]}
    page = admin_client.post(f"{REPLACE}?ids={old.pk}", {**target, **data, "_confirm": "1"})
    assert list(page.context["form"].errors) == [field]
    assert channel.contact_uses.get().contact_point == old


def test_a_use_added_meanwhile_is_shown_before_replacing(admin_client):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    factories.ChannelFactory(contacts=[old])
    address, choice = f"{REPLACE}?ids={old.pk}", {"target": new.pk, "where": "everywhere"}
    preview = admin_client.post(address, choice)
    added = factories.ChannelFactory(contacts=[old])
    choice["_confirm"] = "1"
    again = confirm(admin_client, address, preview, "seen", **choice)
    assert told(again) == ["Entretanto algo cambió. Esto es lo que pasa ahora."]
    assert str(added) in again.content.decode()
    assert added.contact_uses.get().contact_point == old
    confirm(admin_client, address, again, "seen", **choice)
    assert added.contact_uses.get().contact_point == new


@pytest.mark.parametrize("ids", ["", "0", "x", "1,x,;", "9" * 40, "1" + ",1" * 5000])
def test_odd_selections_lead_back_to_the_list(admin_client, ids):
    answer = admin_client.get(REPLACE, {"ids": ids})
    assert (answer.status_code, answer.headers.get("Location")) == (302, LIST)


# ---- Actions -----------------------------------------------------------------------------------


def test_several_are_replaced_by_one_from_the_list(admin_client):
    points = [factories.PhoneFactory() for _ in range(2)]
    answer = act(admin_client, "replace_selected", *points)
    assert answer.headers["Location"] == f"{REPLACE}?ids={points[0].pk},{points[1].pk}"


@time_machine.travel("2026-11-23T23:30:00-05:00")
def test_several_are_marked_as_verified_today_where_we_are():
    points = [factories.PhoneFactory(), factories.PhoneFactory(verified_on=date(2026, 11, 23))]
    # Signed in at the time that the test has set.
    client = client_of(factories.UserFactory(is_staff=True, is_superuser=True))
    done = act(client, "verify_selected", *points)
    assert set(ContactPoint.objects.values_list("verified_on", flat=True)) == {date(2026, 11, 23)}
    assert told(done) == [
        undo_link(),
        "1 medio de contacto quedó verificado hoy.",
    ]
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(points[0].pk)]


def test_verified_ones_are_published_with_the_day():
    new, old = factories.PhoneFactory(), factories.PhoneFactory()
    shown = factories.ChannelFactory(contacts=[new]).service
    factories.ChannelFactory(contacts=[old])
    publish(Service.objects.all())
    act(client_of(factories.UserFactory(is_staff=True, is_superuser=True)), "verify_selected", new)
    (edition,) = Edition.objects.filter(number=2)
    assert edition.service == shown
    assert f'"verified_on":"{timezone.localdate()}"' in edition.document


@pytest.mark.parametrize("action", ["replace_selected", "verify_selected"])
def test_bulk_actions_need_their_permission(action):
    point = factories.PhoneFactory()
    client = staff("change_contactpoint")
    assert action not in client.get(LIST).content.decode()
    act(client, action, point)
    point.refresh_from_db()
    assert point.verified_on is None
    assert client.get(f"{REPLACE}?ids={point.pk}").status_code == 403
    client = staff("change_contactpoint", "bulk_change_contactpoint")
    assert action in client.get(LIST).content.decode()
