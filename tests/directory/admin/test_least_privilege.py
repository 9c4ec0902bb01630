"""Attacks of somebody who may a little and wants all: each is refused."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from directory import models
from directory.admin import roles as role_rules
from tests.addresses import change_url, list_url, page_url
from tests.factories import PhoneFactory, ServiceFactory, UserFactory, complete_service
from tests.html import form_values
from tests.people import client_of, staff

pytestmark = pytest.mark.django_db
MANAGES = ("view_user", "add_user", "change_user", "view_group", "change_group", "add_group")
ACTS = ("activate", "send_link", "unlock", "withdraw", "invite_again", "deactivate")


@pytest.fixture
def manager(roles):
    """Manages people and roles, and reads; is no administrator."""
    return UserFactory(
        is_staff=True, role="Lectores", permissions=MANAGES, email="jefe@example.com"
    )


@pytest.fixture
def reader(roles):
    return UserFactory(is_staff=True, role="Lectores", first_name="Eva", email="eva@example.com")


def rights(person):
    person = User.objects.get(pk=person.pk)
    flags = (person.is_superuser, person.is_staff, person.is_active)
    own = sorted(person.user_permissions.values_list("codename", flat=True))
    return flags, sorted(person.groups.values_list("name", flat=True)), own


def send(client, person, **values):
    """Save the form of somebody with these values besides what it showed."""
    url = change_url(person)
    return client.post(url, {**form_values(client.get(url)), **values})


@pytest.mark.parametrize(
    "claim",
    [
        {"is_superuser": "on"},
        {"is_staff": "on", "is_superuser": "1", "initial-is_superuser": "True"},
        {"user_permissions": "all"},
        {"groups": "all"},
        {"groups": "Publicadores"},
        {"username": "root", "password": "pbkdf2_sha256$1$a$b"},
        {"is_active": ""},
    ],
)
@pytest.mark.parametrize("whom", ["reader", "manager"])
def test_nobody_gives_more_than_the_own_rights(manager, reader, whom, claim):
    person = {"reader": reader, "manager": manager}[whom]
    before, name = rights(person), person.username
    if claim.get("user_permissions"):
        claim = {"user_permissions": [*Permission.objects.values_list("pk", flat=True)]}
    elif claim.get("groups") == "all":
        claim = {"groups": [*Group.objects.values_list("pk", flat=True)]}
    elif "groups" in claim:
        claim = {"groups": Group.objects.get(name=claim["groups"]).pk}
    send(client_of(manager), person, **claim)
    assert rights(person) == before
    assert User.objects.get(pk=person.pk).username == name


@pytest.mark.parametrize(
    "query", ["?_popup=1", "?_to_field=username", "?is_superuser=1", "?_changelist_filters=x"]
)
def test_no_parameter_of_an_address_opens_more(manager, query):
    chief = UserFactory(is_staff=True, is_superuser=True, email="gerente@example.com")
    client, before = client_of(manager), rights(chief)
    sent = {"first_name": "X", "email": "ladron@example.net", "is_superuser": "on"}
    assert client.post(change_url(chief) + query, sent).status_code in (400, 403)
    assert (rights(chief), User.objects.get(pk=chief.pk).email) == (before, "gerente@example.com")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("whom", ["superuser", "Editores", "Publicadores", "one permission more"])
def test_nobody_touches_an_account_that_may_do_more(manager, mailoutbox, act, whom):
    person = UserFactory(
        is_staff=True,
        is_superuser=whom == "superuser",
        role=whom if whom[0].isupper() else None,
        permissions=["add_service"] if whom == "one permission more" else (),
        email="otra@example.com",
    )
    before = (rights(person), person.password)
    address = page_url(User, act, person.pk)
    assert client_of(manager).post(address).status_code == 403
    person.refresh_from_db()
    assert ((rights(person), person.password), mailoutbox) == (before, [])


def test_who_is_deactivated_and_may_do_more_is_not_activated(manager):
    person = UserFactory(is_staff=True, is_superuser=True, is_active=False)
    address = page_url(User, "activate", person.pk)
    assert client_of(manager).post(address).status_code == 403
    assert rights(person)[0] == (True, True, False)


@pytest.mark.parametrize("role", ["Editores", "Publicadores", "administrator"])
def test_nobody_is_invited_to_more_than_the_own_rights(manager, role):
    group = Group.objects.filter(name=role).first()
    sent = {"first_name": "Z", "email": "z@example.com", "role": group.pk if group else role}
    response = client_of(manager).post(reverse("admin:auth_user_invite"), sent)
    assert response.context["form"].errors["role"]
    assert not User.objects.filter(email="z@example.com").exists()


def test_who_may_change_roles_raises_nobody_by_that(manager):
    client, role = client_of(manager), Group.objects.get(name="Lectores")
    before = role_rules.permissions_of_roles([role])
    everything = [*Permission.objects.values_list("pk", flat=True)]
    sent = {"name": "Lectores", "permissions": everything, "_popup": "1"}
    answers = [
        client.post(change_url(role), sent),
        client.post(reverse("admin:auth_group_add"), {**sent, "name": "Nueva"}),
        client.post(reverse("admin:auth_group_add") + "?_popup=1", {**sent, "name": "Nueva"}),
    ]
    assert [each.status_code for each in answers] == [403] * 3
    assert role_rules.permissions_of_roles([role]) == before
    assert not Group.objects.filter(name="Nueva").exists()


def test_who_stole_a_session_does_not_change_where_password_links_go(roles):
    for is_superuser in (False, True):
        person = UserFactory(
            is_staff=True,
            is_superuser=is_superuser,
            permissions=MANAGES,
            first_name="Eva",
            email=f"eva{is_superuser}@example.com",
        )
        client = client_of(person)
        send(client, person, email="ladron@example.net")
        sent = {"first_name": "Eva", "email": "ladron@example.net"}
        client.post(reverse("backoffice:account"), sent)
        assert User.objects.get(pk=person.pk).email == f"eva{is_superuser}@example.com"


# ---- Django's own doors --------------------------------------------------------------------------


def test_there_is_no_page_that_sets_the_password_of_another(manager):
    chief = UserFactory(is_staff=True, is_superuser=True)
    before = chief.password
    for client in (client_of(manager), client_of(UserFactory(is_staff=True, is_superuser=True))):
        sent = {"password1": "Otra-clave-9", "password2": "Otra-clave-9", "usable_password": "true"}
        client.post(f"/admin/auth/user/{chief.pk}/password/", sent)
    chief.refresh_from_db()
    assert chief.password == before


@pytest.mark.parametrize(
    ("app_label", "model_name", "field_name"),
    [
        ("directory", "service", "owner"),
        ("directory", "edition", "published_by"),
        ("directory", "revision", "made_by"),
        ("directory", "findingacceptance", "accepted_by"),
        ("admin", "logentry", "user"),
        ("auth", "user", "groups"),
        ("auth", "user", "user_permissions"),
        ("auth", "permission", "content_type"),
        ("sessions", "session", "pk"),
        ("directory", "contactpoint", "phone"),
        ("nada", "nada", "nada"),
    ],
)
def test_autocomplete_tells_nobody_of_people(roles, app_label, model_name, field_name):
    UserFactory(username="secreta", is_staff=True, is_superuser=True)
    query = {"app_label": app_label, "model_name": model_name, "field_name": field_name}
    for role in ("Lectores", "Editores", "Publicadores"):
        client = client_of(UserFactory(is_staff=True, role=role))
        response = client.get(reverse("admin:autocomplete"), {**query, "term": "secreta"})
        assert (response.status_code, b"secreta" in response.content) == (403, False)


def test_the_address_of_a_draft_is_told_to_who_may_see_it(roles):
    draft = ServiceFactory(is_published=False, slug="compra-de-la-competencia")
    kind = ContentType.objects.get_for_model(models.Service)
    address = reverse("admin:view_on_site", args=[kind.pk, draft.pk])
    refused = staff("view_contactpoint").get(address)
    assert (refused.status_code, "Location" in refused) == (403, False)
    shown = client_of(UserFactory(is_staff=True, role="Lectores")).get(address)
    assert "compra-de-la-competencia" in shown["Location"]


@pytest.mark.parametrize("key", ["9" * 30, "x", "-1", "0", "1%00", "١"])
def test_no_key_of_a_redirect_is_a_mistake_of_ours(admin_client, key):
    kind = ContentType.objects.get_for_model(models.Service).pk
    for address in (f"/admin/r/{key}/{key}/", f"/admin/r/{kind}/{key}/"):
        assert admin_client.get(address).status_code == 404


@pytest.mark.parametrize(
    "field", ["password", "is_superuser", "last_login", "id__in", "user_permissions"]
)
def test_no_field_names_a_row_that_is_not_its_key(manager, field):
    chief = UserFactory(is_staff=True, is_superuser=True, password="secreto")
    address = f"/admin/auth/user/secreto/change/?_to_field={field}"
    response = client_of(manager).get(address)
    assert response.status_code in (302, 400)
    assert chief.username not in response.content.decode()


def test_the_history_of_what_somebody_may_not_see_is_not_told(roles):
    service = ServiceFactory()
    client = staff("view_contactpoint")
    pages = [
        reverse("admin:directory_service_history", args=[service.pk]),
        reverse("admin:auth_user_history", args=[UserFactory().pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [403, 403]


# ---- Exports -------------------------------------------------------------------------------------


def test_a_download_is_refused_to_who_may_not_see_all_that_it_tells():
    complete_service()
    PhoneFactory(phone="+576017442727", label="Línea reservada")
    lists_channels = staff("view_channel", "view_service")
    sheets = list_url(models.Channel) + "spreadsheets/"
    for name in ("channels", "channel-contacts"):
        assert lists_channels.get(f"{sheets}{name}.csv").status_code == 403
    everything = (
        "view_channel",
        "view_service",
        "view_contactpoint",
        "view_schedule",
        "view_requesttype",
    )
    assert staff(*everything).get(f"{sheets}channels.csv").status_code == 200


def test_a_workbook_has_no_sheet_that_tells_of_what_somebody_may_not_see():
    complete_service()
    assert staff("view_user").get(reverse("backoffice:workbook-download")).status_code == 403
    response = staff("view_contactpoint").get(reverse("backoffice:workbook-download"))
    assert response.status_code == 200
    exported = models.AuditEntry.objects.filter(event="exported")
    assert [each.details["format"] for each in exported] == ["xlsx"]
