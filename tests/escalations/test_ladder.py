"""The ladder on the form of its service: levels, and who answers on them, chosen or typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.editions.publish import publish
from directory.models import ContactPoint, Schedule, Service
from escalations.models import EscalationContact, EscalationLevel, EscalationPolicy
from tests.addresses import add_url, change_url, history_url
from tests.editing import pages_told
from tests.factories import (
    AbsenceFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    RequestTypeFactory,
    ServiceFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values, read, submit

pytestmark = pytest.mark.django_db


def row(number, **typed):
    return {f"levels-{number}-{name}": value for name, value in typed.items()}


def ladder(service):
    """The levels of a service: number, who answers, and their contacts."""
    return [
        (
            level.level,
            level.contact.name,
            level.contact.person,
            [use.contact_point.display for use in level.contact.contact_uses.all()],
        )
        for level in EscalationLevel.objects.filter(policy__service=service)
    ]


def test_three_levels_of_a_new_service_are_two_fields_each(admin_client):
    typed = (
        row(0, new_name="Mesa de ayuda", contacts="601 744 2727 ext. 1107")
        | row(1, new_person="Ana Ruiz", contacts="ana@example.com")
        | row(2, new_name="Gerencia", contacts="316 873 1648")
    )
    answer = submit(admin_client, add_url(Service), name="Internet", slug="internet", **typed)
    assert answer.status_code == 302, answer.context["problems"]
    service = Service.objects.get()
    assert ladder(service) == [
        (1, "Mesa de ayuda", "", ["601 744 2727"]),
        (2, "Ana Ruiz", "", ["ana@example.com"]),
        (3, "Gerencia", "", ["316 873 1648"]),
    ]


@pytest.fixture
def service():
    """A published service with three levels, whose people have a number each."""
    people = [EscalationContactFactory(name=name) for name in ("Mesa", "Jefe", "Gerencia")]
    policy = EscalationPolicyFactory(levels=people)
    publish(Service.objects.all())
    return policy.service


def contact_of(service, level):
    return EscalationContact.objects.get(levels__policy__service=service, levels__level=level)


def lines(contact):
    return [(use.contact_point.display, use.extensions) for use in contact.contact_uses.all()]


def errors(answer):
    """What the summary of errors says, by the field or the rows that it leads to."""
    return {problem.target: problem.message for problem in answer.context["problems"]}


# ---- Levels --------------------------------------------------------------------------------


def test_form_shows_each_level_with_who_answers_and_what_is_typed_of_them(admin_client, service):
    schedule = weekday_schedule(name="Oficina")
    EscalationContact.objects.filter(name="Jefe").update(schedule=schedule, person="Ana Ruiz")
    values = form_values(admin_client.get(change_url(service)))
    jefe = contact_of(service, 2)
    [[number, _extensions]] = lines(jefe)
    shown = {name: values[f"levels-1-{name}"] for name in ("level", "contact", "contacts", "hours")}
    assert shown == {
        "level": ["2"],
        "contact": [str(jefe.pk)],
        "contacts": [number],
        "hours": ["Oficina"],
    }
    page = read(admin_client.get(change_url(service)))
    assert "2 · Segundo escalamiento" in page.text
    assert "Jefe · Ana Ruiz" in page.by_class["ladder-who"]


def test_people_lead_to_their_form_and_back_to_their_row(admin_client, service):
    links = read(admin_client.get(change_url(service))).links
    jefe = change_url(contact_of(service, 2))
    [link] = [each for each in links if each.startswith(jefe)]
    answer = submit(admin_client, link, person="Ana Ruiz")
    assert answer.url == f"{change_url(service)}#levels-1"


@pytest.mark.parametrize("stands_in", [True, False])
def test_form_says_who_is_away_and_who_answers(admin_client, service, stands_in):
    other = EscalationContactFactory(name="Suplente") if stands_in else None
    today = timezone.localdate()
    last = today + timedelta(days=3)
    days = {"first_day": today, "last_day": last}
    AbsenceFactory(contact=contact_of(service, 2), stand_in=other, **days)
    page = read(admin_client.get(change_url(service)))
    said = "responde Suplente" if stands_in else "y nadie responde en su lugar"
    assert page.by_class["away"] == f"Ausente hasta el {last:%d/%m/%Y}, {said}"


def test_levels_are_moved_and_deleted(admin_client, service):
    moved = {"levels-0-level": "2", "levels-1-level": "1"}
    answer = submit(admin_client, change_url(service), **moved)
    assert pages_told(answer) == [service.get_absolute_url()]
    assert [row[:2] for row in ladder(service)] == [(1, "Jefe"), (2, "Mesa"), (3, "Gerencia")]
    submit(admin_client, change_url(service), **{"levels-2-DELETE": "on"})
    assert [row[:2] for row in ladder(service)] == [(1, "Jefe"), (2, "Mesa")]


def test_a_gap_is_told_in_words_and_nothing_is_saved(admin_client, service):
    before = ladder(service)
    answer = submit(admin_client, change_url(service), **{"levels-0-DELETE": "on"})
    assert errors(answer) == {
        "id_levels-1-level": "El nivel 2 necesita un nivel 1. Agréguelo o dele a este un número "
        "menor."
    }
    assert ladder(service) == before


def test_times_go_with_the_level_that_has_their_number(admin_client, service):
    policy = service.escalation_policy
    kind = RequestTypeFactory()
    for level in (2, 3):
        policy.times.create(level=level, request_type=kind, minutes=60)
    submit(admin_client, change_url(service), **{"levels-2-DELETE": "on"})
    assert list(policy.times.values_list("level", flat=True)) == [2]


def test_rows_that_stay_empty_are_passed_over_and_numbers_follow(admin_client):
    typed = row(1, new_name="Mesa", contacts="601 744 2727") | row(
        2, contact=EscalationContactFactory(name="Jefe").pk, escalate_after_minutes="2 h"
    )
    answer = submit(admin_client, add_url(Service), name="Uno", slug="uno", **typed)
    assert answer.status_code == 302
    levels = EscalationLevel.objects.values_list("level", "contact__name", "escalate_after_minutes")
    assert list(levels) == [(1, "Mesa", None), (2, "Jefe", 120)]


def test_first_level_makes_the_policy_with_what_is_typed_of_it(admin_client):
    service = ServiceFactory()
    typed = row(0, new_name="Mesa", contacts="601 744 2727")
    typed |= {"escalation_policy-0-instructions": "Tenga su caso a mano."}
    typed |= {"escalation_policy-0-times_count": "since_report"}
    submit(admin_client, change_url(service), **typed)
    policy = EscalationPolicy.objects.get()
    assert (policy.service, policy.instructions, policy.times_count) == (
        service,
        "Tenga su caso a mano.",
        "since_report",
    )
    assert policy.levels.count() == 1


def test_instructions_alone_make_a_policy(admin_client):
    typed = {"escalation_policy-0-instructions": "Llame primero."}
    submit(admin_client, change_url(ServiceFactory()), **typed)
    assert EscalationPolicy.objects.get().instructions == "Llame primero."


def test_policy_that_is_deleted_takes_its_levels_but_not_what_was_typed(admin_client, service):
    gone = {"escalation_policy-0-DELETE": "on"}
    answer = submit(admin_client, change_url(service), **gone, **row(0, title="Uno"))
    assert errors(answer) == {
        "levels-group": "Marcó la política de escalamiento para eliminarla, y sus niveles se van "
        "con ella. Quite esa marca, o lo que escribió aquí."
    }
    submit(admin_client, change_url(service), **gone)
    assert not EscalationPolicy.objects.exists()


# ---- People --------------------------------------------------------------------------------


def test_somebody_typed_has_a_name_contacts_and_hours_and_a_history(admin_client, service):
    typed = row(
        3,
        new_name="Vicepresidencia",
        new_person="Luz Mora",
        contacts="601 744 2727 ext. 1107\nluz@example.com",
        hours="L-V 8-12 y 14-18",
    )
    answer = submit(admin_client, change_url(service), **typed)
    assert answer.status_code == 302
    luz = contact_of(service, 4)
    assert (luz.name, luz.person, luz.code) == (
        "Vicepresidencia",
        "Luz Mora",
        "vicepresidencia-luz-mora",
    )
    assert lines(luz) == [("601 744 2727", "1107"), ("luz@example.com", "")]
    assert luz.schedule.spans.count() == 10
    history = read(admin_client.get(history_url(luz))).text
    assert "Se agregó." in history


def test_hours_are_those_of_a_schedule_that_is_called_so_or_says_them(admin_client, service):
    schedule = weekday_schedule(name="Oficina")
    for text in ("oficina", schedule.code, "lunes a viernes 7 a 19"):
        EscalationContact.objects.update(schedule=None)
        submit(admin_client, change_url(service), **row(0, hours=text))
        assert contact_of(service, 1).schedule == schedule
    submit(admin_client, change_url(service), **row(0, hours=""))
    assert contact_of(service, 1).schedule is None
    assert Schedule.objects.count() == 1


def test_same_hours_and_number_typed_twice_are_made_once(admin_client):
    same = {"contacts": "601 744 2727", "hours": "L-V 8-12"}
    typed = row(0, new_name="Mesa", **same) | row(1, new_name="Jefe", **same)
    channel = {"channels-0-contacts": "601 744 2727", "channels-0-hours": "L-V 8-12"}
    RequestTypeFactory()
    answer = submit(admin_client, add_url(Service), name="Uno", slug="uno", **typed, **channel)
    assert answer.status_code == 302, answer.context["problems"]
    assert (ContactPoint.objects.count(), Schedule.objects.count()) == (1, 1)


def test_same_person_on_two_levels_is_one(admin_client):
    typed = row(0, new_person="Ana Ruiz", contacts="601 744 2727")
    typed |= row(1, new_person="ana  ruíz")
    submit(admin_client, add_url(Service), name="Uno", slug="uno", **typed)
    assert [each.levels.count() for each in EscalationContact.objects.all()] == [2]


def test_same_person_twice_on_a_level_is_refused(admin_client):
    typed = row(0, new_person="Ana Ruiz", level="1") | row(1, new_person="Ana Ruiz", level="1")
    answer = submit(admin_client, add_url(Service), name="Uno", slug="uno", **typed)
    assert "ya tiene este responsable" in next(iter(errors(answer).values()))
    assert not EscalationContact.objects.exists()


def test_who_is_there_already_with_that_name_and_number_is_taken(admin_client, service):
    jefe = contact_of(service, 2)
    [[number, _extensions]] = lines(jefe)
    other = ServiceFactory()
    submit(admin_client, change_url(other), **row(0, new_name="jefe", contacts=number))
    assert contact_of(other, 1) == jefe


def test_namesake_with_another_number_is_made_once_that_was_read(admin_client, service):
    other = ServiceFactory()
    typed = row(0, new_name="Jefe", contacts="316 873 1648")
    asked = submit(admin_client, change_url(other), **typed)
    assert "Ya hay un responsable «Jefe»" in read(asked).by_class["warning"]
    assert EscalationContact.objects.filter(name="Jefe").count() == 1
    admin_client.post(change_url(other), {**form_values(asked), "_save": "1"})
    assert EscalationContact.objects.filter(name="Jefe").count() == 2


def test_numbers_of_somebody_who_answers_elsewhere_change_there_once_that_was_read(
    admin_client, service
):
    jefe = contact_of(service, 2)
    other = EscalationPolicyFactory(levels=[jefe]).service
    publish(Service.objects.all())
    typed = row(1, contacts="316 873 1648")
    asked = submit(admin_client, change_url(service), **typed)
    assert f"también responde en 1 servicio más ({other})" in read(asked).by_class["warning"]
    assert other.name in read(asked).text
    saved = admin_client.post(change_url(service), {**form_values(asked), "_save": "1"})
    assert sorted(pages_told(saved)) == sorted(
        [service.get_absolute_url(), other.get_absolute_url()]
    )
    assert lines(jefe) == [("316 873 1648", "")]
    assert (
        f"Se modificó en el formulario de «{service}»."
        in read(admin_client.get(history_url(jefe))).text
    )


def test_contacts_typed_beside_who_is_chosen_are_added_to_theirs(admin_client, service):
    jefe = contact_of(service, 2)
    [before] = lines(jefe)
    other = ServiceFactory()
    typed = row(0, contact=jefe.pk, contacts="ana@example.com")
    asked = submit(admin_client, change_url(other), **typed)
    admin_client.post(change_url(other), {**form_values(asked), "_save": "1"})
    assert lines(jefe) == [before, ("ana@example.com", "")]


def test_somebody_new_takes_the_place_of_who_stood_there(admin_client, service):
    jefe = contact_of(service, 2)
    [before] = lines(jefe)
    submit(admin_client, change_url(service), **row(1, new_person="Beto Paz"))
    beto = contact_of(service, 2)
    # The contacts that the row shows are theirs.
    assert (beto.name, lines(beto), lines(jefe)) == ("Beto Paz", [before], [before])


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"contacts": "601 744 2727"}, "contact", "Elija quién responde aquí, o escriba quién es."),
        (
            {"new_name": "Mesa", "contacts": "hola que tal"},
            "contacts",
            "hola que tal",
        ),
        ({"new_name": "Mesa", "contacts": "ana@"}, "contacts", "ana@"),
        ({"new_name": "Mesa", "hours": "cuando se pueda"}, "hours", ""),
        ({"new_name": "M" * 200}, "new_name", ""),
        ({"new_name": "Mesa", "level": "0"}, "level", ""),
        ({"new_name": "Mesa", "level": "9"}, "level", "El nivel 9 necesita un nivel 8"),
        ({"new_name": "Mesa\x00"}, "new_name", ""),
        ({"new_name": "Mesa", "contact": "9" * 30}, "contact", ""),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(
    admin_client, service, typed, field, message
):
    before = (ladder(service), EscalationContact.objects.count(), ContactPoint.objects.count())
    answer = submit(admin_client, change_url(service), **row(3, **typed))
    assert answer.status_code == 200
    told_at = errors(answer)
    assert [*told_at] == [f"id_levels-3-{field}"]
    assert message in told_at[f"id_levels-3-{field}"]
    kept = form_values(answer)
    assert {name: kept.get(f"levels-3-{name}") for name in typed if name != "contact"} == {
        name: [value] for name, value in typed.items() if name != "contact"
    }
    now = (ladder(service), EscalationContact.objects.count(), ContactPoint.objects.count())
    assert now == before


def test_who_is_chosen_and_typed_too_is_refused(admin_client, service):
    typed = row(3, contact=contact_of(service, 1).pk, new_name="Otro")
    answer = submit(admin_client, change_url(service), **typed)
    assert errors(answer) == {
        "id_levels-3-new_name": "También eligió a alguien. Deje esto vacío, o la elección."
    }


def test_numbers_of_who_stood_there_are_not_given_to_who_is_chosen_instead(admin_client, service):
    typed = row(1, contact=contact_of(service, 1).pk, contacts="316 873 1648")
    answer = submit(admin_client, change_url(service), **typed)
    assert "tiene los suyos" in errors(answer)["id_levels-1-contacts"]


def test_two_rows_that_say_other_numbers_of_one_person_are_refused(admin_client, service):
    jefe = contact_of(service, 2)
    EscalationLevel.objects.create(policy=service.escalation_policy, level=4, contact=jefe)
    typed = row(1, contacts="316 873 1648") | row(3, contacts="316 873 1649")
    answer = submit(admin_client, change_url(service), **typed)
    assert errors(answer) == {
        "id_levels-3-contacts": "Otra fila dice otros contactos de Jefe. Escríbalos una sola vez."
    }


def test_effect_is_shown_before_anything_is_saved(admin_client, service):
    typed = row(3, new_person="Luz Mora", contacts="316 873 1648")
    shown = submit(admin_client, change_url(service), "_preview", **typed)
    assert "Luz Mora" in read(shown).by_class["effect"]
    assert EscalationContact.objects.count() == 3
    again = admin_client.post(change_url(service), {**form_values(shown), "_edit_again": "1"})
    assert form_values(again)["levels-3-new_person"] == ["Luz Mora"]


def test_somebody_new_on_a_stored_level_beside_an_error_in_another_row_is_shown_again(admin_client):
    service = complete_service()
    row, other = {"levels-0-new_person": "Ana Ruiz"}, {"channels-0-hours": "L-V 8 a 8"}
    page = submit(admin_client, change_url(service), **row, **other)
    assert page.status_code == 200
    assert form_values(page)["levels-0-new_person"] == ["Ana Ruiz"]
