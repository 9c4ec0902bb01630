"""The people of the back office: who may manage whom, deactivating, own account."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User

from directory.models import Revision
from tests.addresses import INDEX, change_url, list_url, page_url
from tests.directory.pages import text_of
from tests.editing import problems, stored, told
from tests.factories import ServiceFactory, UserFactory
from tests.html import form_values, submit
from tests.people import client_of

pytestmark = pytest.mark.django_db
ACTS = ("activate", "send_link", "unlock", "withdraw", "invite_again")
MANAGES = ["add_user", "change_user", "view_user", "view_group", "view_service"]


@pytest.fixture
def manager():
    """Who manages people and may look at services, but is no administrator."""
    return UserFactory(is_staff=True, permissions=MANAGES, email="jefe@example.com")


def person(**fields):
    return UserFactory(
        **{"is_staff": True, "first_name": "Eva", "email": "eva@example.com", **fields}
    )


# ---- The form ----------------------------------------------------------------------------------


def test_the_form_asks_for_what_people_understand(admin_client, roles):
    owner = person(role="Editores", password="pbkdf2$secreto")
    ServiceFactory(owner=owner, name="Mesa")
    page = admin_client.get(change_url(owner))
    assert [*page.context["adminform"].form.fields] == [
        "first_name",
        "last_name",
        "email",
        "groups",
        "is_superuser",
    ]
    seen = text_of(page)
    for said in ("Lo que guarda se publica de inmediato", "Mesa", "Activa.", owner.username):
        assert said in seen
    for word in ("pbkdf2", "superusuario", "es staff", "Permisos de usuario", "Eliminar"):
        assert word not in seen


def test_rights_that_stay_as_they_are_are_told_in_words(admin_client, admin_user):
    seen = text_of(admin_client.get(change_url(admin_user)))
    assert "<li>Hace de todo: " in seen
    assert "superusuario" not in seen


def test_permissions_that_somebody_has_besides_the_roles_are_told(admin_client):
    assert "Servicio: ver" in text_of(
        admin_client.get(change_url(person(permissions=["view_service"])))
    )
    assert "Además de los roles" not in text_of(admin_client.get(change_url(person())))


def test_the_user_name_follows_the_address_if_it_was_that(admin_client):
    one, other = person(username="eva@example.com"), person(email="b@example.com", username="beto")
    submit(admin_client, change_url(one), email="Eva.Paz@example.com")
    submit(admin_client, change_url(other), email="beto@example.com")
    assert stored(one, "username", "email") == ("eva.paz@example.com", "Eva.Paz@example.com")
    assert stored(other, "username", "email") == ("beto", "beto@example.com")


def test_two_people_do_not_share_an_address(admin_client):
    person()
    other = person(email="b@example.com")
    [(where, message)] = problems(
        submit(admin_client, change_url(other), email="EVA@example.com"), 200
    )
    assert (where, "Eva ya tiene este correo" in message) == ("Correo electrónico", True)


def test_the_last_administrator_stays_one(admin_client, admin_user):
    other = person(is_superuser=True)
    User.objects.filter(pk=admin_user.pk).update(is_active=True)
    assert submit(admin_client, change_url(other), is_superuser="").status_code == 302
    assert stored(other, "is_superuser") is False
    form = admin_client.get(change_url(admin_user)).context["adminform"].form
    assert "is_superuser" not in form.fields


# ---- Who may manage whom -----------------------------------------------------------------------


@pytest.mark.parametrize("whom", ["administrator", "more rights", "deactivated with more rights"])
def test_nobody_gets_hold_of_an_account_that_may_do_more(manager, roles, whom):
    other = {
        "administrator": lambda: person(is_superuser=True),
        "more rights": lambda: person(role="Editores"),
        "deactivated with more rights": lambda: person(role="Editores", is_active=False),
    }[whom]()
    client = client_of(manager)
    values = {"first_name": "Eva", "email": "mio@example.com"}
    answers = [client.post(change_url(other), values).status_code]
    answers += [client.post(page_url(User, act, other.pk)).status_code for act in ACTS]
    answers.append(client.post(page_url(User, "deactivate", other.pk)).status_code)
    assert answers == [403] * len(answers)
    assert stored(other, "email") == "eva@example.com"


def test_who_is_no_administrator_makes_none_and_gives_no_role_beyond_the_own(manager, roles):
    client, other = client_of(manager), person()
    form = client.get(change_url(other)).context["adminform"].form
    assert "is_superuser" not in form.fields
    editors = Group.objects.get(name="Editores")
    submit(client, change_url(other), is_superuser="on", groups=[str(editors.pk)])
    other.refresh_from_db()
    assert (other.is_superuser, [*other.groups.all()]) == (False, [])
    invite = client.get(page_url(User, "invite")).context["form"].fields["role"].choices
    assert [value for value, _label in invite if value == "administrator"] == []
    assert str(editors.pk) not in [value for value, _label in invite]


def test_roles_are_changed_by_administrators_alone(manager, roles):
    manager.user_permissions.add(*Permission.objects.filter(codename__endswith="_group"))
    client, role = client_of(manager), Group.objects.get(name="Lectores")
    answers = [
        client.post(change_url(role), {"name": "Todo"}).status_code,
        client.post("/admin/auth/group/add/", {"name": "Todo"}).status_code,
        client.post(f"/admin/auth/group/{role.pk}/delete/", {"post": "yes"}).status_code,
    ]
    assert answers == [403] * 3


def test_nobody_gives_rights_to_oneself(manager, roles):
    client = client_of(manager)
    readers = Group.objects.get(name="Lectores")
    submit(client, change_url(manager), groups=[str(readers.pk)], first_name="Jefe")
    assert [*manager.groups.all()] == []


def test_passwords_are_not_found_by_guessing(admin_client):
    person(password="pbkdf2$abc")
    response = admin_client.get(list_url(User), {"password__startswith": "pbkdf2"})
    assert response.status_code in (302, 400)


# ---- Deactivating ------------------------------------------------------------------------------


def test_who_is_deactivated_is_signed_out_and_services_are_handed_over(admin_client):
    eva, new = person(), UserFactory(is_staff=True, is_superuser=True)
    service, client = ServiceFactory(owner=eva), client_of(eva)
    url = page_url(User, "deactivate", eva.pk)
    assert service.name in text_of(admin_client.get(url))
    response = admin_client.post(url, {"owner": str(new.pk)})
    assert response["Location"] == change_url(eva)
    assert stored(service, "owner_id") == new.pk
    assert client.get(INDEX).status_code == 302
    assert "1 servicio pasa a" in LogEntry.objects.last().get_change_message()
    assert Revision.objects.get().rows.count() == 1


def test_activated_again_the_person_can_sign_in(admin_client):
    eva = person(is_active=False)
    assert "Desactivada" in text_of(admin_client.get(list_url(User)))
    admin_client.post(page_url(User, "activate", eva.pk))
    assert stored(eva, "is_active", "is_staff") == (True, True)


@pytest.mark.parametrize("whom", ["oneself", "again"])
def test_what_cannot_be_deactivated_is_told(admin_client, admin_user, whom):
    other = admin_user if whom == "oneself" else person(is_active=False)
    url = page_url(User, "deactivate", other.pk)
    for page in (admin_client.get(url), admin_client.post(url)):
        assert page.context["reason"]
    assert stored(admin_user, "is_active") is True


def test_only_somebody_who_may_own_services_gets_them(admin_client):
    eva, nobody = person(), UserFactory()
    service = ServiceFactory(owner=eva)
    page = admin_client.post(page_url(User, "deactivate", eva.pk), {"owner": str(nobody.pk)})
    assert [*page.context["form"].errors] == ["owner"]
    assert (stored(eva, "is_active"), stored(service, "owner_id")) == (True, eva.pk)


def test_people_are_not_deleted(admin_client):
    eva = person()
    assert (
        admin_client.post(f"/admin/auth/user/{eva.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert "delete_selected" not in admin_client.get(list_url(User)).content.decode()


# ---- The own account ---------------------------------------------------------------------------


def test_everybody_keeps_the_own_name(roles):
    eva = person(role="Lectores")
    client = client_of(eva)
    assert "/admin/account/" in text_of(client.get(INDEX))
    page = text_of(client.get("/admin/account/"))
    assert "No cambia nada." in page
    submit(client, "/admin/account/", first_name="Eva María", is_superuser="on")
    assert stored(eva, "first_name", "is_superuser") == ("Eva María", False)


@pytest.mark.parametrize("password", ["", "falsa", "correcta"])
def test_the_address_is_changed_only_with_the_password(password):
    eva = person()
    eva.set_password("correcta")
    eva.save()
    client = client_of(eva)
    values = {**form_values(client.get("/admin/account/")), "email": "eva2@example.com"}
    client.post("/admin/account/", {**values, "password": password})
    expected = "eva2@example.com" if password == "correcta" else "eva@example.com"
    assert stored(eva, "email") == expected


def test_a_link_for_a_new_password_is_sent_by_a_colleague(admin_client, mailoutbox):
    response = admin_client.post(page_url(User, "send_link", person().pk))
    assert "va en camino a eva@example.com" in told(response)[0]
    assert mailoutbox[0].to == ["eva@example.com"]
