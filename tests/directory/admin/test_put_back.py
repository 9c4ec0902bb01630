"""Any entry of a history: the object with its parts is put back as it was, whole or in part."""

import pytest
from django.contrib.admin.models import LogEntry

from directory.editions.publish import publish
from directory.models import Edition, Revision, Service
from tests.addresses import history_url, page_url
from tests.editing import Deleting, Editing, stored, told
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values, read
from tests.people import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def revisions():
    return list(Revision.objects.order_by("pk"))


def restore_url(revision, row):
    meta = row._meta
    return page_url(Revision, "restore", revision.pk, meta.app_label, meta.model_name, row.pk)


def restore(client, revision, row, **changes):
    """Open the page and press its button, with these boxes instead of all."""
    url = restore_url(revision, row)
    page = client.get(url)
    return client.post(url, {**form_values(page), "_save": "1", **changes})


def fact(row, field=""):
    return f"{row._meta.label_lower}:{row.pk}" + (f":{field}" if field else "")


@pytest.fixture
def number(people):
    """A number that was called one, two and three; its note changed with the last."""
    service = complete_service()
    number = service.channels.first().contact_uses.first().contact_point
    publish(Service.objects.all())
    Editing(people[0], number).post(label="Uno")
    Editing(people[1], number).post(label="Dos")
    Editing(people[0], number).post(label="Tres", phone="601 744 2799")
    return number


def test_an_entry_of_the_history_is_put_back_as_a_new_edition(people, number):
    first = revisions()[0]
    history = read(people[0].get(history_url(number)))
    assert restore_url(first, number) in history.links

    page = read(people[0].get(restore_url(first, number)))
    assert "Tres" in page.text
    answer = restore(people[0], first, number)

    assert answer.status_code == 302
    assert stored(number, "label", "phone") == ("Uno", "+576015500100")
    edition = Edition.objects.current().get()
    assert (edition.number, edition.published_by.username) == (5, "ana")
    assert revisions()[-1].action == "restored"
    assert LogEntry.objects.latest("pk").get_change_message() == (
        "Se dejó como estaba: ana, 23/11/2026 10:00 a.m."
    )


def test_only_what_is_ticked_is_put_back(people, number):
    phone = stored(number, "phone")
    restore(people[0], revisions()[0], number, fact=[fact(number, "phone")])
    label, now = stored(number, "label", "phone")
    assert (label, now != phone) == ("Tres", True)


def test_nothing_ticked_puts_nothing_back(people, number):
    answer = restore(people[0], revisions()[0], number, fact=[])
    assert answer.status_code == 409
    assert "No hay nada marcado." in read(answer).seen
    assert stored(number, "label") == "Tres"


def test_what_changes_meanwhile_is_shown_again(people, number):
    url = restore_url(revisions()[0], number)
    page = people[0].get(url)
    Editing(people[1], number).post(label="Cuatro")

    answer = people[0].post(url, {**form_values(page), "_save": "1"})

    assert answer.status_code == 409
    assert told(answer) == ["Entretanto algo cambió. Esto es lo que pasa ahora."]
    assert "Cuatro" in read(answer).text
    assert stored(number, "label") == "Cuatro"


def test_the_newest_entry_has_nothing_to_put_back(people, number):
    page = read(people[0].get(restore_url(revisions()[-1], number)))
    assert "Ya está así: no hay nada que restablecer." in page.seen


def test_putting_back_is_undone_like_any_change(people, number):
    restore(people[0], revisions()[0], number)
    people[0].post(page_url(Revision, "undo", revisions()[-1].pk))
    assert stored(number, "label") == "Tres"


# ---- With its parts --------------------------------------------------------------------------


def test_parts_that_were_deleted_and_added_since_go_back_too(people):
    schedule = weekday_schedule(name="Común")
    Editing(people[0], schedule).post(name="Uno")
    first = revisions()[0]
    form = Editing(people[0], schedule)
    form.add_row("spans", day="5", opens="8:00", closes="12:00")
    form.delete_row("spans", 0)
    assert schedule.spans.count() == 5

    restore(people[0], first, schedule)

    assert [span.day for span in schedule.spans.order_by("day")] == [1, 2, 3, 4, 5]


def test_levels_that_changed_places_go_back(people):
    policy = EscalationPolicyFactory(levels=[EscalationContactFactory() for _ in range(3)])
    contacts = list(policy.levels.order_by("level").values_list("contact", flat=True))
    Editing(people[0], policy).post(instructions="Uno")
    first = revisions()[0]
    Editing(people[0], policy).post(**{"levels-0-level": "3", "levels-2-level": "1"})
    moved = list(policy.levels.order_by("level").values_list("contact", flat=True))
    assert moved == list(reversed(contacts))

    assert restore(people[0], first, policy).status_code == 302

    again = list(policy.levels.order_by("level").values_list("contact", flat=True))
    assert again == contacts


def test_a_service_gets_back_a_channel_that_was_deleted_with_its_contacts(people):
    service = complete_service()
    publish(Service.objects.all())
    document = Edition.objects.current().get().document
    Editing(people[0], service).post(introduction="Otra")
    first, channel = revisions()[0], service.channels.last()
    before = Edition.objects.current().get().document
    assert before != document
    Deleting(people[1], channel).confirm()

    restore(people[0], first, service)

    assert channel in service.channels.all()
    assert Edition.objects.current().get().document == before


def test_a_channel_whose_schedule_is_gone_is_told_so(people):
    channel = ChannelFactory(schedule=weekday_schedule(name="Común"))
    other = weekday_schedule(name="Otro")
    Editing(people[0], channel).post(title="Uno")
    first, gone = revisions()[0], channel.schedule
    Editing(people[0], channel).post(schedule=other.pk)
    Deleting(people[1], gone).confirm()

    page = people[0].get(restore_url(first, channel))
    answer = restore(people[0], first, channel)

    (reason,) = [each.message for each in answer.context["obstacles"]]
    assert "se refiere a Horario «Común», que se eliminó (beto, 23/11/2026 10:00 a.m.)" in reason
    assert [each.message for each in page.context["obstacles"]] == [reason]
    assert (answer.status_code, stored(channel, "schedule")) == (409, other.pk)


# ---- Who and what ----------------------------------------------------------------------------


def test_the_history_of_something_deleted_leads_to_its_return(people):
    number = PhoneFactory(label="Uno")
    Editing(people[0], number).post(label="Dos")
    Deleting(people[1], number).confirm()

    page = read(people[0].get(history_url(number)))

    assert "Se eliminó. Para recuperarlo, deshaga la eliminación." in page.seen
    assert page_url(Revision, "undo", revisions()[-1].pk) in page.links


def test_who_may_only_read_is_told_so_and_changes_nothing(people, number):
    reader = staff("view_contactpoint", "view_revision", username="lector")
    url = restore_url(revisions()[0], number)
    page = reader.get(url)
    assert "no tiene permiso" in read(page).seen
    assert reader.post(url, {**form_values(page), "_save": "1"}).status_code == 403
    assert stored(number, "label") == "Tres"


@pytest.mark.parametrize(
    "path",
    ["directory/edition/1", "auth/user/1", "nothing/nothing/1", "directory/contactpoint/99999"],
)
def test_what_cannot_be_put_back_is_not_found(people, number, path):
    url = f"/admin/directory/revision/{revisions()[0].pk}/restore/{path}/"
    expected = 200 if path.endswith("99999") else 404
    assert people[0].get(url).status_code == expected
