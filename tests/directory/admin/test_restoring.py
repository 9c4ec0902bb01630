"""An earlier edition put back in the back office: chosen, previewed, confirmed, and undone."""

import pytest
from django.urls import reverse

from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Revision, Service
from tests.addresses import change_url, list_url
from tests.directory.pages import text_of
from tests.directory.withdrawals import withdraw_edition
from tests.editing import told
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ServiceFactory,
    UserFactory,
    weekday_schedule,
)
from tests.people import staff

pytestmark = pytest.mark.django_db


def url(edition):
    return reverse("admin:directory_edition_restore", args=[edition.pk])


@pytest.fixture
def line():
    return PhoneFactory(code="linea", phone="+576017442727", label="Línea")


@pytest.fixture
def service(line):
    made = ServiceFactory(slug="servicio", name="Servicio")
    ChannelFactory(
        service=made, code="linea", title="Telefónico", position=1, contacts=[line],
        schedule=weekday_schedule(name="Oficina"),
    )  # fmt: skip
    ChannelFactory(service=made, code="chat", title="Chat", position=2, contacts=[])
    return made


@pytest.fixture
def other(line):
    made = ServiceFactory(slug="otro", name="Otro servicio")
    ChannelFactory(service=made, contacts=[line])
    return made


@pytest.fixture
def first(service, other):
    publish(Service.objects.all())
    return service.editions.get()


@pytest.fixture
def changed(first, service, line):
    """The first edition, of a service that lost a channel and has another title and number."""
    service.channels.get(code="chat").delete()
    service.channels.filter(code="linea").update(title="Teléfono")
    line.phone = "+576017442999"
    line.save()
    publish(Service.objects.all())
    return first


def keys(page):
    return [row["fact"].key for _title, rows in page.context["groups"] for row in rows]


def send(client, edition, button, data, *without):
    data = {**data, "fact": [key for key in data.get("fact", ()) if key not in without]}
    return client.post(url(edition), {**data, button: "1"})


def ticked(page):
    return {"fact": keys(page), "offered": keys(page)}


def shown(page):
    return {name: [] for name, _value in page.context["typed"]} | _lists(page.context["typed"])


def _lists(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def test_what_differs_is_told_as_facts_all_of_them_ticked(admin_client, changed):
    page = admin_client.get(url(changed))
    assert keys(page) == ["channel/linea/title", "channel/chat", "contact_point/linea"]
    assert all(row["ticked"] for _title, rows in page.context["groups"] for row in rows)
    text = text_of(page)
    assert "Canal: «Teléfono» pasa a llamarse «Telefónico»" in text
    assert "601 744 2999 → 601 744 2727" in text
    assert "También lo muestran: Otro servicio" in text


def test_all_of_it_is_previewed_and_put_back_as_a_new_edition(admin_client, changed, service):
    preview = send(admin_client, changed, "_preview", ticked(admin_client.get(url(changed))))
    assert preview.context["other_pages"] == 1
    assert service.editions.count() == 2
    response = send(admin_client, changed, "_confirm", shown(preview))
    assert response.url == change_url(service)
    assert told(response)[0] == "Lo que eligió está otra vez como en la edición 1."
    newest = service.editions.latest()
    assert (newest.number, newest.document) == (3, changed.document)
    assert newest.published_by.username == "admin"
    revision = Revision.objects.get(action="restored")
    assert revision.made_by.username == "admin"
    assert "«Teléfono» pasa a llamarse «Telefónico»" in revision.message
    assert {row.model._meta.model_name for row in revision.rows.all()} == {
        "channel",
        "contactpoint",
    }
    assert text_of(admin_client.get(url(changed))).count("No hay diferencias") == 1


def test_single_facts_are_put_back_and_the_others_stay(admin_client, changed, service, line):
    page = admin_client.get(url(changed))
    without = ("contact_point/linea", "channel/chat")
    preview = send(admin_client, changed, "_preview", ticked(page), *without)
    assert (len(preview.context["wanted"]), preview.context["left"]) == (1, 2)
    assert preview.context["other_pages"] == 0
    send(admin_client, changed, "_confirm", shown(preview))
    assert [channel.title for channel in service.channels.all()] == ["Telefónico"]
    line.refresh_from_db()
    assert str(line.phone) == "+576017442999"


def test_going_back_keeps_what_was_chosen(admin_client, changed):
    page = admin_client.get(url(changed))
    preview = send(admin_client, changed, "_preview", ticked(page), "channel/chat")
    again = send(admin_client, changed, "_edit", shown(preview))
    rows = [row for _title, rows in again.context["groups"] for row in rows]
    assert [row["fact"].key for row in rows if not row["ticked"]] == ["channel/chat"]


def test_nothing_chosen_is_told(admin_client, changed):
    page = send(admin_client, changed, "_preview", {"fact": []})
    assert page.context["problems"] == ["Elija al menos un dato para restablecer."]


def test_who_comes_second_is_told_that_it_is_done(admin_client, changed, service):
    page = admin_client.get(url(changed))
    preview = send(admin_client, changed, "_preview", ticked(page))
    other = staff("view_edition", "add_service", *(
        f"change_{name}" for name in ("service", "channel", "contactpoint", "escalationpolicy")
    ))  # fmt: skip
    theirs = send(other, changed, "_preview", ticked(other.get(url(changed))))
    send(other, changed, "_confirm", shown(theirs))
    late = send(admin_client, changed, "_confirm", shown(preview))
    assert late.context["problems"] == [
        "Lo que eligió ya está restablecido: otra persona lo hizo antes."
    ]
    assert service.editions.count() == 3


def test_what_changed_since_the_preview_is_shown_again_before_it_is_done(
    admin_client, changed, service
):
    preview = send(admin_client, changed, "_preview", ticked(admin_client.get(url(changed))))
    service.channels.filter(code="linea").update(title="Otro")
    again = send(admin_client, changed, "_confirm", shown(preview))
    assert told(again) == ["Entretanto algo cambió. Esto es lo que pasa ahora."]
    assert service.channels.get(code="linea").title == "Otro"
    send(admin_client, changed, "_confirm", shown(again))
    assert service.channels.get(code="linea").title == "Telefónico"


def test_a_schedule_that_is_gone_is_made_again(admin_client, first, service):
    channel = service.channels.get(code="linea")
    gone, channel.schedule = channel.schedule, None
    channel.save()
    gone.delete()
    publish(Service.objects.all())
    preview = send(admin_client, first, "_preview", ticked(admin_client.get(url(first))))
    send(admin_client, first, "_confirm", shown(preview))
    channel.refresh_from_db()
    assert (channel.schedule.code, channel.schedule.name) == (gone.code, "Oficina")
    assert service.editions.latest().document == first.document


def test_a_number_that_moved_to_another_code_is_used_there(admin_client, first, service, line):
    channel = service.channels.get(code="linea")
    channel.contact_uses.all().delete()
    ContactPoint.objects.filter(pk=line.pk).update(code="linea-nueva")
    PhoneFactory(code="linea", phone="+576017450000")
    preview = send(admin_client, first, "_preview", ticked(admin_client.get(url(first))))
    send(admin_client, first, "_confirm", shown(preview))
    assert [use.contact_point.code for use in channel.contact_uses.all()] == ["linea-nueva"]


def test_a_withdrawn_edition_is_refused_in_words(admin_client, changed, service):
    withdraw_edition(service, 1)
    response = admin_client.get(url(changed))
    assert response.url == change_url(changed)
    assert told(response) == [
        "Esta edición fue retirada: lo que decía no se puede restablecer. "
        "Muéstrela de nuevo primero."
    ]
    assert url(changed) not in text_of(admin_client.get(change_url(changed)))


def test_the_other_address_of_a_renamed_service_stays(admin_client, first, service):
    Service.objects.filter(pk=service.pk).update(slug="nuevo")
    page = text_of(admin_client.get(url(first)))
    assert "entonces era «servicio»" in page
    assert "No hay diferencias" in page


def test_who_may_not_change_what_is_concerned_is_told(changed, service):
    client = staff("view_edition", "add_service", "change_service", "change_contactpoint")
    page = send(client, changed, "_preview", ticked(client.get(url(changed))))
    [problem] = page.context["problems"]
    assert problem.startswith("Usted no puede modificar: canales")
    assert staff("view_edition", "change_service").get(url(changed)).status_code == 403
    assert service.editions.count() == 2


def test_it_is_offered_on_the_edition_and_in_the_list(admin_client, changed, service):
    link = f'href="{url(changed)}"'
    assert link in admin_client.get(change_url(changed)).content.decode()
    listed = admin_client.get(list_url(Edition), {"service__id__exact": service.pk})
    assert listed.content.decode().count(link) == 1
    client = staff("view_edition")
    assert "/restore/" not in client.get(list_url(Edition)).content.decode()


@pytest.mark.parametrize("channels", [1, 8])
def test_queries_do_not_grow_with_the_facts(admin_client, django_assert_max_num_queries, channels):
    made = ServiceFactory()
    for number in range(channels):
        ChannelFactory(service=made, code=f"canal-{number}", schedule=weekday_schedule())
    publish(Service.objects.all(), by=UserFactory())
    for channel in made.channels.all():
        channel.schedule.spans.all().delete()
        use = channel.contact_uses.get()
        ContactPoint.objects.filter(pk=use.contact_point_id).update(label="Otra")
        channel.contact_uses.update(label="Otra")
        channel.request_types.get().channels.model.objects.filter(pk=channel.pk).update(title="X")
    with django_assert_max_num_queries(60):
        page = admin_client.get(url(made.editions.get()))
    assert len(keys(page)) == 3 * channels


def test_putting_back_is_undone_by_one_click(admin_client, changed, service, other):
    before = [each.editions.latest().document for each in (service, other)]
    preview = send(admin_client, changed, "_preview", ticked(admin_client.get(url(changed))))
    done = send(admin_client, changed, "_confirm", shown(preview))
    undo = reverse("admin:directory_revision_undo", args=[Revision.objects.get().pk])
    assert undo in told(done)[-1]
    assert admin_client.get(undo).status_code == 200
    admin_client.post(undo)
    assert [each.editions.latest().document for each in (service, other)] == before
    assert service.editions.latest().number == 4


def test_what_a_draft_lost_is_put_back_and_stays_a_draft(admin_client, changed, service):
    Service.objects.filter(pk=service.pk).update(is_published=False)
    preview = send(admin_client, changed, "_preview", ticked(admin_client.get(url(changed))))
    send(admin_client, changed, "_confirm", shown(preview))
    assert [each.title for each in service.channels.all()] == ["Telefónico", "Chat"]
    assert service.editions.count() == 2


def test_what_cannot_be_is_told_all_at_once_and_nothing_is_changed(admin_client, first, service):
    """A level without the one before it."""
    contact = EscalationContactFactory(code="redes", contacts=[])
    policy = EscalationPolicyFactory(service=service, levels=[contact, EscalationContactFactory()])
    publish(Service.objects.all())
    second = service.editions.latest()
    policy.levels.all().delete()
    page = admin_client.get(url(second))
    assert keys(page) == ["level/1", "level/2"]
    answer = send(admin_client, second, "_preview", ticked(page), "level/1")
    [problem] = answer.context["problems"]
    assert "nivel 1" in problem
    assert not policy.levels.exists()
