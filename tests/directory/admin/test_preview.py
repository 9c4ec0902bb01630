"""The step before saving: which pages change and how, with nothing written."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core import serializers
from django.urls import reverse

from directory import models
from directory.editions.publish import publish
from escalations import models as escalations
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    PhoneFactory,
    ServiceFactory,
    complete_service,
    weekday_schedule,
)
from tests.forms import form_values as filled

pytestmark = pytest.mark.django_db

ROWS = [
    models.Service,
    models.Channel,
    models.ChannelContact,
    models.ContactPoint,
    models.Schedule,
    models.TimeSpan,
    models.ScheduleException,
    models.ExceptionSpan,
    models.Edition,
    escalations.EscalationContact,
    escalations.EscalationContactUse,
    escalations.EscalationPolicy,
    escalations.EscalationLevel,
    LogEntry,
]


def everything():
    return [serializers.serialize("python", model.objects.order_by("pk")) for model in ROWS]


def change_url(instance, action="change"):
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{action}", args=[instance.pk])


@pytest.fixture
def service():
    service = complete_service(name="Clave Segura", slug="clave-segura")
    publish(models.Service.objects.all())
    return service


def preview(client, url, **typed):
    return client.post(url, {**filled(client.get(url)), **typed, "_preview": "1"})


def pages(response):
    effect = response.context["effect"]
    return [service.slug for group in effect.groups for service in group.services]


def test_a_changed_number_shows_every_page_that_gives_it_and_writes_nothing(admin_client, service):
    number = service.channels.first().contact_uses.get().contact_point
    other = ServiceFactory(slug="certifactura")
    ChannelFactory(service=other, contacts=[number])
    untouched = ServiceFactory(slug="subasta")
    ChannelFactory(service=untouched)
    publish(models.Service.objects.all())
    before = everything()

    response = preview(admin_client, change_url(number), phone="601 222 3344")

    assert sorted(pages(response)) == ["certifactura", "clave-segura"]
    assert "601 222 3344" in " ".join(response.context["effect"].groups[0].sentences)
    assert everything() == before


def test_saving_from_the_effect_publishes_what_was_shown(admin_client, service):
    number = service.channels.first().contact_uses.get().contact_point
    shown = preview(admin_client, change_url(number), phone="601 222 3344")

    admin_client.post(change_url(number), {**filled(shown), "_save": "1"})

    number.refresh_from_db()
    assert str(number.phone) == "+576012223344"
    assert service.editions.count() == 2


def test_going_back_to_editing_keeps_what_was_typed_and_writes_nothing(admin_client, service):
    number = service.channels.first().contact_uses.get().contact_point
    shown = preview(admin_client, change_url(number), phone="601 222 3344")
    before = everything()

    again = admin_client.post(change_url(number), {**filled(shown), "_edit_again": "1"})

    assert filled(again)["phone"] == ["601 222 3344"]
    assert "problems" not in again.context
    assert everything() == before


def test_an_edit_that_shows_nowhere_says_so(admin_client):
    number = PhoneFactory()
    response = preview(admin_client, change_url(number), phone="601 222 3344")
    assert response.context["effect"].count == 0
    assert "Con esto no cambia ninguna página pública." in response.content.decode()


def test_errors_come_before_the_effect_at_their_field(admin_client, service):
    number = service.channels.first().contact_uses.get().contact_point
    response = preview(admin_client, change_url(number), phone="601 74")
    assert [problem.target for problem in response.context["problems"]] == ["id_phone"]
    assert filled(response)["phone"] == ["601 74"]


def test_rows_edited_together_are_in_the_effect(admin_client, service):
    channel = service.channels.first()
    before = everything()
    response = preview(
        admin_client, change_url(service), **{"channels-0-DELETE": "on", "name": "Clave"}
    )
    sentences = " ".join(response.context["effect"].groups[0].sentences)
    assert "Clave" in sentences
    assert channel.title in sentences
    assert everything() == before


def test_hours_changed_in_a_shared_schedule_are_in_the_effect(admin_client):
    schedule = weekday_schedule()
    for slug in ("uno", "dos"):
        ChannelFactory(service=ServiceFactory(slug=slug), schedule=schedule)
    publish(models.Service.objects.all())
    before = everything()
    response = preview(admin_client, change_url(schedule), **{"spans-0-closes": "18:00"})
    assert sorted(pages(response)) == ["dos", "uno"]
    assert everything() == before


def test_a_new_exception_shows_what_it_closes_and_is_not_stored(admin_client, service):
    url = reverse("admin:directory_scheduleexception_add")
    before = everything()
    response = preview(
        admin_client, url, reason="Inventario", first_day="2026-12-01", last_day="2026-12-01"
    )
    assert pages(response) == ["clave-segura"]
    assert everything() == before


def test_an_escalation_contact_shows_the_pages_that_name_it(admin_client, service):
    contact = escalations.EscalationContact.objects.first()
    response = preview(admin_client, change_url(contact), person="Ana Torres")
    assert pages(response) == ["clave-segura"]


def test_a_policy_shows_its_page(admin_client, service):
    policy = service.escalation_policy
    response = preview(admin_client, change_url(policy), instructions="Llame primero.")
    assert pages(response) == ["clave-segura"]


def test_withdrawing_a_page_is_said_in_so_many_words(admin_client, service):
    typed = filled(admin_client.get(change_url(service)))
    del typed["is_published"]
    response = admin_client.post(change_url(service), {**typed, "_preview": "1"})
    effect = response.context["effect"]
    assert (effect.withdrawn, effect.groups, effect.count) == ([service], [], 1)


def test_a_first_publication_is_a_new_page(admin_client):
    draft = ServiceFactory(is_published=False)
    ChannelFactory(service=draft)
    response = preview(admin_client, change_url(draft), is_published="on")
    assert response.context["effect"].appearing == [draft]


def test_pages_that_change_alike_stand_together(admin_client):
    number = EmailFactory()
    for name in ("Uno", "Dos", "Tres"):
        ChannelFactory(service=ServiceFactory(name=name), code="correo", contacts=[number])
    publish(models.Service.objects.all())
    response = preview(admin_client, change_url(number), email="nuevo@example.com")
    [group] = response.context["effect"].groups
    assert [service.name for service in group.services] == ["Dos", "Tres", "Uno"]


def test_the_effect_costs_the_same_for_one_page_and_for_three(
    admin_client, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    number, counts = PhoneFactory(), []
    for slug in ("uno", "dos", "tres"):
        ChannelFactory(service=ServiceFactory(slug=slug), contacts=[number])
        publish(models.Service.objects.all())
        typed = {**filled(admin_client.get(change_url(number))), "phone": "601 222 3344"}
        with CaptureQueriesContext(
            connection,
        ) as queries:
            admin_client.post(change_url(number), {**typed, "_preview": "1"})
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_popup_saves_at_once(admin_client):
    url = reverse("admin:directory_contactpoint_add") + "?_popup=1"
    response = admin_client.get(url)
    assert "offers_preview" not in response.context


def test_deleting_shows_its_effect_first(admin_client, service):
    channel = service.channels.first()
    before = everything()
    response = admin_client.get(change_url(channel, "delete"))
    assert pages(response) == ["clave-segura"]
    assert everything() == before


def test_deleting_several_shows_its_effect_first(admin_client, service):
    chosen = {"action": "delete_selected", "_selected_action": service.channels.first().pk}
    before = everything()
    response = admin_client.post(reverse("admin:directory_channel_changelist"), chosen)
    assert pages(response) == ["clave-segura"]
    assert everything() == before


def test_nobody_without_permission_sees_an_effect(client, django_user_model, service):
    reader = django_user_model.objects.create_user("lectora", is_staff=True)
    client.force_login(reader)
    response = client.post(change_url(service), {"_preview": "1", "name": "X"})
    assert response.status_code == 403
