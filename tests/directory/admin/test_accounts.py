"""Users and groups in the back office: permissions in Spanish, whatever Django calls them."""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from directory.admin.groups import in_words
from directory.contacts.text import fold
from tests.addresses import add_url, change_url, list_url
from tests.editing import Editing, overtaken, problems, stored, told
from tests.factories import UserFactory
from tests.html import submit
from tests.people import client_of

pytestmark = pytest.mark.django_db


def group_with(*codenames):
    group = Group.objects.create(name="Mesa de ayuda")
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


def test_permissions_of_a_role_stand_in_spanish_under_their_model_in_order(admin_client):
    form = admin_client.get(change_url(group_with())).context["adminform"].form

    labels = [str(label) for _, label in form.fields["permissions"].choices]
    assert [label for label in labels if label.startswith(("Canal:", "Edición:"))] == [
        "Canal: agregar",
        "Canal: eliminar",
        "Canal: modificar",
        "Canal: Puede importar canales",
        "Canal: ver",
        "Edición: agregar",
        "Edición: eliminar",
        "Edición: modificar",
        "Edición: Puede borrar para siempre las ediciones retiradas",
        "Edición: Puede leer lo que decían las ediciones retiradas",
        "Edición: Puede retirar ediciones",
        "Edición: ver",
    ]
    assert len(labels) == Permission.objects.count()
    assert labels == sorted(labels, key=fold)
    assert [label for label in labels if "Can " in label or label.startswith("Access")] == []


def test_permissions_stand_in_english_for_who_reads_english():
    permission = Permission.objects.get(codename="withdraw_edition")
    with translation.override("en"):
        assert in_words(permission) == "Edition: Can withdraw editions"


def test_permission_of_a_model_that_is_gone_keeps_its_name():
    gone = Permission.objects.create(
        codename="add_fax",
        name="Can add fax",
        content_type=ContentType.objects.create(app_label="directory", model="fax"),
    )

    assert in_words(gone) == str(gone)


def test_the_number_of_permissions_and_of_people_costs_no_query(
    admin_client,
):
    group, person = group_with(), UserFactory()
    urls = [change_url(group), change_url(person), list_url(User), list_url(Group)]
    counts = []
    for turn in range(2):
        counts.append([])
        for url in urls:
            with CaptureQueriesContext(connection) as captured:
                assert admin_client.get(url).status_code == 200
            counts[-1].append(len(captured))
        types = ContentType.objects.bulk_create(
            ContentType(app_label="directory", model=f"fax{turn}{number}") for number in range(3)
        )
        Permission.objects.bulk_create(
            Permission(codename="send", name="Can send", content_type=each) for each in types
        )
        for number in range(4):
            other = Group.objects.create(name=f"Otro {turn}{number}")
            other.permissions.set(Permission.objects.all()[:5])
            UserFactory().groups.add(other)
    assert counts[1] <= counts[0]


# ---- Two people --------------------------------------------------------------------------------


def test_permissions_that_somebody_gave_meanwhile_stay(people):
    group = group_with("view_service")
    codenames = ["view_service", "change_service"]
    given = [each.pk for each in Permission.objects.filter(codename__in=codenames)]
    saved = overtaken(people, group, permissions=given).post(name="Operaciones")
    assert "Permisos: Servicio: ver → " in told(saved)[0]
    assert sorted(group.permissions.values_list("codename", flat=True)) == sorted(codenames)
    assert Group.objects.get().name == "Operaciones"


def test_a_user_that_both_change_is_shown_and_not_overwritten(people):
    user = UserFactory(first_name="Marta", email="marta@example.com")
    editing = overtaken(people, user, first_name="Martha", last_name="Ríos")
    [(where, message)] = problems(editing.post(first_name="Marta Lucía"))
    assert (where, "«Marta» → «Martha»" in message) == ("Nombre", True)
    editing.again()
    assert stored(user, "first_name", "last_name") == ("Marta Lucía", "Ríos")


def test_the_form_of_a_user_does_not_carry_the_password(people):
    user = UserFactory(password=make_password("secreta"), email="m@example.com")
    editing = Editing(people[0], user)
    assert user.password not in editing.page.content.decode()
    assert [name for name in editing.data if "password" in name] == []


def test_saving_a_user_keeps_when_they_last_signed_in(people):
    user = UserFactory(email="marta@example.com")
    editing = Editing(people[0], user)
    client_of(user)
    signed_in = stored(user, "last_login")
    assert editing.post(first_name="Marta").status_code == 302
    assert stored(user, "first_name", "last_login") == ("Marta", signed_in)


def test_names_of_users_and_groups_are_kept_tidied(admin_client):
    submit(admin_client, add_url(Group), name="Me\u200bsa\u202e")
    user = UserFactory(email="ana@example.com")
    submit(admin_client, change_url(user), first_name="A\u00adna\u2066", last_name="Díaz\ufeff")
    user.refresh_from_db()
    assert [*Group.objects.values_list("name", flat=True)] == ["Mesa"]
    assert (user.first_name, user.last_name) == ("Ana", "Díaz")
