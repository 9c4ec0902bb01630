"""When levels are asked, by type of request: the table in the form of the policy, and imports."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command

from directory.editions.compose import compose
from directory.models import Service
from escalations.models import EscalationTime
from tests.addresses import change_url, delete_url
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    EscalationTimeFactory,
    RequestTypeFactory,
)
from tests.html import form_values, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def p1():
    return RequestTypeFactory(code="p1", name="P1", position=1)


@pytest.fixture
def policy(p1):
    """Two levels, and a time for P1 on the second."""
    policy = EscalationPolicyFactory(levels=[EscalationContactFactory() for _ in range(2)])
    EscalationTimeFactory(policy=policy, level=2, request_type=p1, minutes=120)
    return policy


def times():
    return list(EscalationTime.objects.values_list("level", "request_type__code", "minutes"))


def test_cells_are_shown_typed_emptied_and_logged_in_words(admin_client, policy, p1):
    p2 = RequestTypeFactory(code="p2", name="P2", position=2)
    url = change_url(policy)
    assert form_values(admin_client.get(url))[f"time_2_{p1.pk}"] == ["2 horas"]
    submit(admin_client, url, **{f"time_2_{p1.pk}": "3 h", f"time_1_{p2.pk}": "0"})
    assert times() == [(1, "p2", 0), (2, "p1", 180)]
    assert "Nivel 2, P1: 2 horas → 3 horas" in str(LogEntry.objects.latest("pk"))
    submit(admin_client, url, **{f"time_2_{p1.pk}": ""})
    assert times() == [(1, "p2", 0)]


@pytest.mark.parametrize(
    ("cell", "text", "message"),
    [
        (
            "time_2_{}",
            "2",
            "«2» pueden ser minutos, horas o días. Escriba cuáles, por ejemplo «2 h».",
        ),
        ("time_2_{}", "61 días", "Escriba máximo 60 días."),
        ("time_3_{}", "4 h", "No hay nivel 3. Agréguelo arriba, o deje esto vacío."),
    ],
)
def test_a_cell_that_cannot_be_is_refused_there(admin_client, policy, p1, cell, text, message):
    name = cell.format(p1.pk)
    page = submit(admin_client, change_url(policy), **{name: text})
    [problem] = page.context["problems"]
    assert (problem.target, problem.message) == (f"id_{name}", message)
    assert times() == [(2, "p1", 120)]


def test_times_of_a_level_that_is_taken_away_go_with_it(admin_client, policy):
    page = form_values(admin_client.get(change_url(policy)))
    assert page["levels-INITIAL_FORMS"] == ["2"]
    submit(admin_client, change_url(policy), **{"levels-1-DELETE": "on"})
    assert times() == []


def test_columns_are_what_the_service_names_where_no_channel_takes_any_type(admin_client, policy):
    incident = RequestTypeFactory(code="incidente", name="Incidentes", position=5)
    RequestTypeFactory(code="queja", name="Quejas")

    def columns():
        form = admin_client.get(change_url(policy)).context["adminform"].form
        return [kind.code for kind in form.request_types]

    ChannelFactory(service=policy.service, request_types=[incident])
    assert columns() == ["p1", "incidente"]
    ChannelFactory(service=policy.service)
    assert columns() == ["p1", "incidente", "queja"]


def test_a_request_type_with_times_is_refused_to_be_deleted_with_where(admin_client, policy, p1):
    [line] = admin_client.get(delete_url(p1)).context["protected"]
    assert str(policy) in line


def test_the_time_for_all_types_of_one_contact_is_that_of_the_level():
    policy = EscalationPolicyFactory()
    other = policy.levels.create(level=1, contact=EscalationContactFactory())
    policy.levels.exclude(pk=other.pk).update(escalate_after_minutes=60)
    [(_service, document)] = compose(Service.objects.all())
    assert [each.escalate_after_minutes for each in document.escalation.levels] == [60, 60]


def fixture(tmp_path, *objects):
    path = tmp_path / "tiempos.json"
    path.write_text(json.dumps([{"model": model, "fields": fields} for model, fields in objects]))
    return str(path)


def time_of(policy, level, minutes):
    fields = {"policy": [policy.service.slug], "level": level, "request_type": ["p1"]}
    return "escalations.escalationtime", {**fields, "minutes": minutes}


def test_a_fixture_gives_all_times_of_a_policy_as_numbers(tmp_path, policy):
    call_command("loaddata", fixture(tmp_path, time_of(policy, 1, 30)), verbosity=0)
    assert times() == [(1, "p1", 30)]


@pytest.mark.parametrize(
    ("level", "minutes", "message"),
    [
        (2, "2 h", 'Escriba los minutos como número, 120, no "2 h".'),
        (2, -5, "Un tiempo no puede ser negativo."),
        (2, 90000, "Escriba máximo 60 días."),
        (3, 60, "Hay un tiempo para el nivel 3, y ese nivel no existe."),
    ],
)
def test_a_fixture_with_wrong_times_is_refused(tmp_path, policy, level, minutes, message):
    with pytest.raises(CommandError) as refused:
        call_command("loaddata", fixture(tmp_path, time_of(policy, level, minutes)), verbosity=0)
    assert message in str(refused.value)
    assert times() == [(2, "p1", 120)]


def test_times_that_a_fixture_leaves_without_their_level_are_refused(tmp_path, policy):
    first = policy.levels.get(level=1)
    level = {"policy": [policy.service.slug], "level": 1, "contact": [first.contact.code]}
    with pytest.raises(CommandError) as refused:
        call_command(
            "loaddata", fixture(tmp_path, ("escalations.escalationlevel", level)), verbosity=0
        )
    assert "Hay un tiempo para el nivel 2, y ese nivel no existe." in str(refused.value)
