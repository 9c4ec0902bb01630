"""Sign-ins, failures and rights are on record, whoever gives them and however."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from directory.admin.sign_in.limits import LIMITS, PASSWORD
from directory.models import AuditEntry, Event
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("admin:login")


@pytest.fixture
def jefa():
    user = UserFactory(username="jefa@example.com", is_staff=True, is_superuser=True)
    user.set_password("una frase muy correcta")
    user.save()
    return user


def told(*events):
    """The entries of these events, oldest first: event, who, about, details."""
    found = AuditEntry.objects.filter(event__in=events).order_by("pk")
    return [(each.event, each.user_name, each.about_name, each.details) for each in found]


def sign_in(client, name, password, address="192.0.2.1"):
    sent = {"username": name, "password": password}
    return client.post(SIGN_IN, sent, REMOTE_ADDR=address)


def test_who_comes_and_goes_is_on_record_with_address_and_request(client, jefa):
    response = sign_in(client, jefa.username, "una frase muy correcta")
    client.post(reverse("admin:logout"))
    entry = AuditEntry.objects.get(event="signed_in")
    assert (entry.user_key, entry.address) == (jefa.pk, "192.0.2.1")
    assert entry.request_id == response["X-Request-ID"]
    assert told("signed_out") == [("signed_out", jefa.username, jefa.username, {})]


def test_a_failure_names_the_account_where_there_is_one(client, jefa):
    sign_in(client, jefa.username, "falsa")
    assert told("sign_in_failed") == [("sign_in_failed", "", jefa.username, {"is_known": True})]


@pytest.mark.parametrize("typed", ["MiClave-secreta-9", "a" * 5000, "x\x00y", "ñ" * 151, ""])
def test_a_password_typed_as_a_name_is_kept_nowhere(client, jefa, typed, caplog):
    sign_in(client, typed, "falsa")
    assert [row[2:] for row in told("sign_in_failed")] in ([("", {"is_known": False})], [])
    assert not typed or not any(typed in str(vars(each)) for each in AuditEntry.objects.all())


def test_a_closed_door_is_told_once_however_often_it_is_tried(client, jefa):
    limit = LIMITS[PASSWORD].of_one
    for _ in range(limit + 15):
        sign_in(client, jefa.username, "falsa")
    assert len(told("locked_out")) == 1
    assert len(told("sign_in_failed")) <= limit


def test_rights_are_on_record_however_they_are_given(jefa):
    call_command("loaddata", "roles", verbosity=0)
    ana = UserFactory(username="ana")
    role = Group.objects.get(name="Lectores")
    permission = Permission.objects.get(codename="add_service")
    ana.groups.add(role)
    ana.groups.clear()
    role.user_set.add(ana)
    ana.user_permissions.set([permission])
    ana.is_superuser = True
    ana.save()
    rows = [row for row in told("rights_granted", "rights_taken") if row[2] == "ana"]
    assert [(event, details) for event, _by, _about, details in rows] == [
        ("rights_granted", {"roles": ["Lectores"]}),
        ("rights_taken", {"roles": ["Lectores"]}),
        ("rights_granted", {"roles": ["Lectores"]}),
        ("rights_granted", {"permissions": ["directory.add_service"]}),
        ("rights_granted", {"is_superuser": True}),
    ]


def test_an_administrator_made_by_a_command_is_on_record():
    call_command("createsuperuser", username="raiz", email="r@example.com", interactive=False)
    assert ("rights_granted", "", "raiz", {"is_superuser": True}) in told("rights_granted")


def test_roles_that_a_fixture_changes_are_on_record():
    call_command("loaddata", "roles", verbosity=0)
    role = Group.objects.get(name="Lectores")
    given = {row[2]: row[3] for row in told("rights_granted")}
    assert len(given["Lectores"]["permissions"]) == role.permissions.count()
    assert sorted(row[2] for row in told("role_added")) == sorted(
        Group.objects.values_list("name", flat=True)
    )
    role.permissions.remove(role.permissions.first())
    call_command("loaddata", "roles", verbosity=0)
    last = told("rights_granted")[-1]
    assert (last[2], len(last[3]["permissions"])) == ("Lectores", 1)


def test_a_taken_over_address_is_on_record_with_both(jefa):
    jefa.email = "ladron@example.net"
    jefa.save()
    assert told("person_changed")[-1][3] == {"email": ["", "ladron@example.net"]}


def test_what_was_noted_stays_when_the_account_is_gone(jefa):
    key, name = jefa.pk, jefa.username
    jefa.delete()
    rows = AuditEntry.objects.filter(about_kind="auth.user", about_key=str(key))
    assert {each.about_name for each in rows} == {name}
    assert rows.first().event == Event.PERSON_DELETED


def test_passwords_are_in_no_entry(client, jefa):
    sign_in(client, jefa.username, "una frase muy correcta")
    sign_in(client, jefa.username, "otra frase muy falsa")
    jefa.set_password("la tercera frase secreta")
    jefa.save()
    rows = str([vars(each) for each in AuditEntry.objects.all()])
    assert "frase" not in rows
    assert jefa.password not in rows
