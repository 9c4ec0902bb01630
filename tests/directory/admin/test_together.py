"""Two people add, delete and move rows of the same service at the same moment."""

from datetime import time

import pytest

from directory import models
from directory.editions.publish import publish
from directory.upkeep import replacement
from tests.addresses import page_url
from tests.editing import Deleting, Editing, overtaken, problems, stored, told
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values, read

pytestmark = pytest.mark.django_db


def channel_row(**values):
    kind, schedule = RequestTypeFactory(), models.Schedule.objects.first()
    usual = {"title": "Chat", "medium": "chat", "request_types": [kind.pk], "position": 9}
    usual["description"] = "Está en la página."
    return {**usual, "schedule": schedule.pk, **values}


def contact_row():
    return {"contact_point": PhoneFactory().pk, "position": 1}


def level_row(level):
    return {"level": level, "contact": EscalationContactFactory().pk}


def messages(response):
    return [message for _where, message in problems(response)]


def channels(service, *names):
    return list(service.channels.values_list(*names))


def test_channels_of_the_same_title_that_both_add_are_kept(people):
    service = complete_service()
    first, second = (Editing(client, service) for client in people)
    first.add_row("channels", **channel_row(position=8))
    second.add_row("channels", **channel_row(position=9))
    first.post()
    second.post()
    assert channels(service, "title", "code")[2:] == [("Chat", "chat"), ("Chat", "chat-2")]


@pytest.mark.parametrize(
    ("make", "field", "where", "message"),
    [
        (
            lambda: (complete_service(), "channels", channel_row(code="chat")),
            "title",
            "Canales, fila 4",
            "Otro canal de este servicio ya tiene este código.",
        ),
        (
            lambda: (EscalationPolicyFactory(), "levels", level_row(2)),
            "purpose",
            "Niveles de escalamiento, fila 2 › Responsable de escalamiento",
            "Este responsable ya está en este nivel.",
        ),
        (
            lambda: (ChannelFactory(), "contact_uses", contact_row()),
            "extensions",
            "Contactos de un canal, fila 2 › Medio de contacto",
            "Este canal ya tiene este medio de contacto.",
        ),
    ],
)
def test_of_rows_that_cannot_both_be_the_second_is_refused_and_nothing_is_lost(
    people, make, field, where, message
):
    row, prefix, same = make()
    first, second = (Editing(client, row) for client in people)
    [number] = first.data[f"{prefix}-TOTAL_FORMS"]
    name = f"{prefix}-{number}-{field}"
    first.add_row(prefix, **same | {field: "1100"})
    second.add_row(prefix, **same | {field: "1101"})
    first.post()

    answer = second.post()

    assert problems(answer) == [(where, message)]
    assert "1100" in told(answer)[0]
    assert form_values(answer)[name] == ["1101"]
    kept = Editing(people[0], row).data
    [before] = first.data[f"{prefix}-INITIAL_FORMS"]
    assert kept[f"{prefix}-INITIAL_FORMS"] == [str(int(before) + 1)]
    assert kept[f"{prefix}-{before}-{field}"] == ["1100"]


def test_moved_rows_stay_moved_when_somebody_else_adds_one(people):
    service = complete_service()
    first, second = (Editing(client, service) for client in people)
    second.add_row("channels", **channel_row(title="Nuevo"))
    first.post(**{"channels-0-position": 7, "channels-1-position": 3})
    assert second.post().status_code == 302
    moved = [("Telefónico", 3), ("Incidentes", 7), ("Nuevo", 9)]
    assert channels(service, "title", "position") == moved


def test_a_withdrawn_service_stays_withdrawn_when_somebody_else_saves_it(people):
    service = complete_service()
    publish(models.Service.objects.all())
    second = Editing(people[1], service)
    people[0].post(page_url(service, "offline", service.pk))
    assert second.post(introduction="Hola").status_code == 302
    assert stored(service, "is_published", "introduction") == (False, "Hola")


def test_an_address_that_was_published_meanwhile_leads_to_the_one_that_is_typed(people):
    service = complete_service(slug="uno", is_published=False)
    second = Editing(people[1], service)
    people[0].post(page_url(service, "publish", service.pk))
    # The warning that the page has an address already was not shown yet.
    assert second.post(slug="otro").status_code == 200
    assert second.again(slug="otro").status_code == 302
    assert stored(service, "slug", "is_published") == ("otro", True)
    assert people[0].get("/servicios/uno/").url == "/servicios/otro/"


def test_levels_move_up_while_somebody_changes_who_answers_the_last(people):
    contacts = EscalationContactFactory.create_batch(4)
    policy = EscalationPolicyFactory(levels=contacts[:3])
    first, second = (Editing(client, policy) for client in people)
    first.delete_row("levels", 1, **{"levels-2-level": 2})
    assert second.post(**{"levels-2-contact": contacts[3].pk}).status_code == 302
    levels = list(policy.levels.values_list("level", "contact"))
    assert levels == [(1, contacts[0].pk), (2, contacts[3].pk)]


def test_a_contact_point_that_was_replaced_meanwhile_stays_replaced(people):
    old, new = PhoneFactory(), PhoneFactory()
    channel = ChannelFactory(contacts=[old])
    editing = Editing(people[1], channel)
    replacement.replace([old], new)
    assert editing.post(**{"contact_uses-0-extensions": "12"}).status_code == 302
    assert list(channel.contact_uses.values_list("contact_point", "extensions")) == [(new.pk, "12")]


def test_a_schedule_that_was_deleted_meanwhile_is_an_error_at_the_field(people):
    service, schedule = complete_service(), ScheduleFactory()
    editing = Editing(people[1], service)
    Deleting(people[0], schedule).confirm()
    answer = editing.post(**{"channels-0-schedule": schedule.pk, "introduction": "Hola"})
    [(where, _message)] = problems(answer, status=200)
    assert where == "Canales, fila 1 › Horario"
    assert form_values(answer)["introduction"] == ["Hola"]


# ---- What somebody added must fit to what is typed ---------------------------------------------


def misfit(people, row, added, **typed):
    """Ana adds a row of `prefix`; Beto types. Returns the only problem that he is told of."""
    first, second = (Editing(client, row) for client in people)
    (prefix, values) = added
    first.add_row(prefix, **values)
    assert first.post().status_code == 302
    ticks = read(second.opened).ticks
    typed = {name: ticks[name] if value == "on" else value for name, value in typed.items()}
    [message] = messages(second.post(**typed))
    return message


def test_hours_that_somebody_added_are_not_left_in_a_schedule_that_becomes_24_hours(people):
    schedule = weekday_schedule(days=[1])
    added = ("spans", {"day": 2, "opens": "08:00", "closes": "12:00"})
    message = misfit(people, schedule, added, always_open="on", **{"spans-0-DELETE": "on"})
    assert message.startswith("«martes 8 a.m. a 12 m.», que se agregó entretanto, ")
    assert "Un horario de 24 horas no tiene franjas" in message
    assert (stored(schedule, "always_open"), schedule.spans.count()) == (False, 2)


def test_holiday_hours_that_somebody_added_are_not_left_without_their_policy(people):
    schedule = weekday_schedule(days=[1], holidays="own_hours")
    added = ("spans", {"day": 8, "opens": "08:00", "closes": "12:00"})
    assert "«festivo 8 a.m. a 12 m.»" in misfit(people, schedule, added, holidays="closed")
    assert stored(schedule, "holidays") == "own_hours"


def test_hours_that_somebody_added_are_not_left_on_a_day_that_becomes_closed(people):
    exception = ExceptionFactory(effect="other_hours", hours=(time(8), time(12)))
    added = ("spans", {"opens": "14:00", "closes": "16:00"})
    typed = {"effect": "closed", "spans-0-DELETE": "on"}
    assert "«2 p.m. a 4 p.m.»" in misfit(people, exception, added, **typed)
    assert (stored(exception, "effect"), exception.spans.count()) == ("other_hours", 2)


def test_a_level_that_somebody_added_is_not_left_without_the_one_before(people):
    policy = EscalationPolicyFactory(levels=EscalationContactFactory.create_batch(2))
    message = misfit(people, policy, ("levels", level_row(3)), **{"levels-1-DELETE": "on"})
    assert "El nivel 3 necesita un nivel 2" in message
    assert list(policy.levels.values_list("level", flat=True)) == [1, 2, 3]


# ---- What belongs to a row and is edited on a page of its own ----------------------------------


def test_a_channel_to_which_somebody_added_a_contact_is_not_deleted_unseen(people):
    service = complete_service()
    channel = service.channels.first()
    editing = Editing(people[1], service)
    adding = Editing(people[0], channel)
    adding.add_row("contact_uses", **contact_row())
    adding.post()

    [message] = messages(editing.delete_row("channels", 0))

    changed = "lo que le pertenece (contactos de un canal, avisos), cambió mientras tanto (ana, "
    assert changed in message
    assert channel.contact_uses.count() == 2


def test_a_row_that_somebody_changed_is_deleted_once_that_was_seen(people):
    service = complete_service()
    second = overtaken(people, service, **{"channels-0-title": "Línea única"})
    [message] = messages(second.delete_row("channels", 0))
    assert "Título: Línea única" in message
    assert service.channels.count() == 2
    assert second.again().status_code == 302
    assert service.channels.count() == 1


def test_a_change_below_a_row_that_stays_does_not_hold_up(people):
    service = complete_service()
    editing = Editing(people[1], service)
    service.channels.first().contact_uses.update(extensions="12")
    assert editing.post(introduction="Hola").status_code == 302
    assert stored(service, "introduction") == "Hola"
    assert service.channels.first().contact_uses.get().extensions == "12"


def test_a_channel_that_is_added_again_says_what_it_lacks(people):
    service = complete_service()
    first, second = (Editing(client, service) for client in people)
    first.delete_row("channels", 0)
    [message] = messages(second.post(**{"channels-0-title": "Otro"}))
    lacks = "Si se agrega de nuevo, le falta lo que le pertenecía: avisos."
    assert lacks in message
    assert second.again().status_code == 302
    assert channels(service, "title") == [("Otro",), ("Telefónico",)]
