"""Inviting a colleague: a mail, a link that is good once, and nothing half done."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client

from tests.addresses import INDEX, change_url, list_url, page_url
from tests.directory.pages import text_of
from tests.editing import told
from tests.factories import ServiceFactory, UserFactory
from tests.html import form_values
from tests.people import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles")]
INVITE = page_url(User, "invite")
PASSWORD = "caballo-verde-7"
LINK = re.compile(r"https?://\S+(/admin/password/\S+)")


def invite(client, **typed):
    editors = Group.objects.get(name="Editores")
    values = {"first_name": "Carla", "last_name": "Díaz", "email": "carla@example.com"}
    return client.post(INVITE, {**values, "role": str(editors.pk), **typed})


def link(number=-1):
    return LINK.search(mail.outbox[number].body)[1]


def set_password(client, address, password=PASSWORD):
    opened = client.get(address, follow=True)
    if not opened.context["validlink"]:
        return opened
    where = opened.redirect_chain[-1][0]
    return client.post(where, {"new_password1": password, "new_password2": password})


def errors(page):
    assert page.status_code == 200
    return {name: list(each) for name, each in page.context["form"].errors.items()}


@pytest.fixture
def carla(admin_client):
    invite(admin_client)
    return User.objects.get(email="carla@example.com")


def test_who_is_invited_sets_a_password_and_is_in(admin_client, carla, client):
    assert (carla.username, carla.is_staff, carla.is_superuser) == (
        "carla@example.com",
        True,
        False,
    )
    assert [each.name for each in carla.groups.all()] == ["Editores"]
    response = set_password(client, link())
    assert response["Location"] == INDEX
    assert client.get(INDEX).status_code == 200
    carla.refresh_from_db()
    assert carla.check_password(PASSWORD)


def test_the_mail_says_who_invites_to_what_and_how_to_sign_in(admin_client, settings):
    settings.BACK_OFFICE_URL = "https://directorio.example.com"
    invite(admin_client)
    [sent] = mail.outbox
    assert sent.to == ["carla@example.com"]
    for said in (
        "Hola, Carla:",
        "admin le invita",
        "https://directorio.example.com/admin/password/",
        "https://directorio.example.com/admin/login/",
        "Su nombre de usuario es: carla@example.com",
        "durante 7 días",
    ):
        assert said in sent.body


def test_the_host_of_the_request_enters_no_link(admin_client, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://soporte.example.com", ["*"]
    admin_client.defaults["HTTP_HOST"] = "otro.example.net"
    invite(admin_client)
    [sent] = mail.outbox
    assert "https://soporte.example.com/admin/password/" in sent.body
    assert "otro.example.net" not in sent.body


def test_roles_are_told_in_words_and_that_editors_publish(admin_client):
    page = text_of(admin_client.get(INVITE))
    assert "Lee todo lo que hay aquí. No cambia nada." in page
    editors = page.partition("<b>Editores</b>")[2].partition("</label>")[0]
    assert "Lo que guarda se publica de inmediato" in editors
    assert "Crea" not in editors


def test_a_link_is_good_once(carla, client):
    address = link()
    set_password(client, address)
    again = set_password(Client(), address)
    assert "Este enlace ya no sirve" in text_of(again)


@pytest.mark.parametrize("days", [6, 8])
def test_a_link_is_good_for_some_days(admin_client, client, days):
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False):
        invite(admin_client)
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False) as travelled:
        travelled.shift(timedelta(days=days))
        opened = client.get(link(), follow=True)
        assert opened.context["validlink"] is (days < 7)
        people = text_of(
            client_of(UserFactory(is_staff=True, is_superuser=True)).get(list_url(User))
        )
        assert ("el enlace ya venció" in people) is (days > 7)


@pytest.mark.parametrize("how", ["another token", "another person", "no person", "garbage"])
def test_a_link_that_was_tampered_with_opens_nothing(carla, client, how):
    address = link()
    changed = {
        "another token": address[:-4] + "abc/",
        "another person": re.sub(r"password/\w+/", "password/MQ/", address),
        "no person": re.sub(r"password/\w+/", "password/OTk5OTk/", address),
        "garbage": "/admin/password/%C3%B1/%00/",
    }[how]
    response = client.get(changed, follow=True)
    assert response.status_code == 200
    assert "Este enlace ya no sirve" in text_of(response)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({}, "ya tiene este correo y una cuenta"),
        ({"is_active": False}, "reactívela allí"),
        ({"password": "!"}, "ya tiene una invitación"),
    ],
)
def test_somebody_who_is_there_already_is_told_with_what_to_do(admin_client, state, said):
    person = UserFactory(email="Carla@Example.com", **{"last_login": None, **state})
    if not state:
        client_of(person)
    page = invite(admin_client)
    [message] = errors(page)["email"]
    assert said in message
    assert change_url(person) in message
    assert (mail.outbox, User.objects.filter(email__iexact="carla@example.com").count()) == ([], 1)


@pytest.mark.parametrize(
    "email",
    ["", "carla", "carla@", "a@b\nBcc: x@y.com", "carla@exa mple.com", "ñ@example.com", "a" * 300],
)
def test_what_is_no_address_is_refused_at_its_field(admin_client, email):
    assert list(errors(invite(admin_client, email=email))) == ["email"]
    assert (mail.outbox, User.objects.count()) == ([], 1)


def test_unseen_characters_are_left_out(admin_client):
    invite(admin_client, email=" carla\u200b@example.com\u202e", first_name="Car\u2066la\n")
    [sent] = mail.outbox
    assert sent.to == ["carla@example.com"]
    assert "\n" not in User.objects.get(email="carla@example.com").first_name


@pytest.mark.parametrize("role", ["", "999", "x", "administrator\n"])
def test_no_role_is_no_invitation(admin_client, role):
    assert list(errors(invite(admin_client, role=role))) == ["role"]


def test_a_mail_server_that_is_down_leaves_nothing_half_done(admin_client, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr("directory.admin.sign_in.account_links.send_mail", refuse)
    page = text_of(invite(admin_client))
    assert "no se invitó a nadie" in page
    assert "Invitar de nuevo" in page
    assert 'value="carla@example.com"' in page
    assert User.objects.filter(email="carla@example.com").count() == 0


def test_who_was_invited_stands_in_the_list_until_the_first_visit(admin_client, carla, client):
    assert "aún no ha entrado" in text_of(admin_client.get(list_url(User)))
    set_password(client, link())
    assert "aún no ha entrado" not in text_of(admin_client.get(list_url(User)))


def test_sent_again_only_the_new_link_is_good(admin_client, carla):
    old = link()
    response = admin_client.post(page_url(User, "invite_again", carla.pk))
    assert "se envió de nuevo" in told(response)[-1]
    opened = [Client().get(each, follow=True).context["validlink"] for each in (old, link())]
    assert opened == [False, True]


def test_withdrawn_the_link_is_good_no_more_and_the_address_is_free(admin_client, carla, client):
    ServiceFactory(owner=carla)
    response = admin_client.post(page_url(User, "withdraw", carla.pk))
    assert told(response)[-1] == "1 servicio queda sin responsable."
    assert "Este enlace ya no sirve" in text_of(client.get(link(), follow=True))
    assert invite(admin_client).status_code == 302


def test_who_has_come_in_keeps_the_account(admin_client, carla, client):
    set_password(client, link())
    for act in ("withdraw", "invite_again"):
        response = admin_client.post(page_url(User, act, carla.pk))
        assert "ya entró" in told(response)[-1]
    assert User.objects.filter(pk=carla.pk).exists()


def test_a_user_name_is_made_where_the_address_is_none_or_taken(admin_client):
    UserFactory(username="carla@example.com")
    invite(admin_client)
    invite(admin_client, email="o'brien@example.com")
    invited = User.objects.filter(last_login=None, is_staff=True)
    names = invited.exclude(email="").values_list("username", flat=True)
    assert {"carla@example.com-2", "obrien"} <= {*names}


def test_adding_a_person_is_inviting(admin_client):
    assert admin_client.get("/admin/auth/user/add/")["Location"] == INVITE
    values = form_values(admin_client.get(INVITE))
    assert sorted(values) == ["email", "first_name", "last_name", "q"]
