"""Users and groups in the back office: permissions in Spanish, whatever Django calls them."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import translation

from directory.admin.accounts import in_words
from directory.contacts.text import fold
from tests.factories import UserFactory
from tests.forms import submit

pytestmark = pytest.mark.django_db


def group_with(*codenames):
    group = Group.objects.create(name="Mesa de ayuda")
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


def permissions_on(page, field):
    return [str(label) for _, label in page.context["adminform"].form.fields[field].choices]


@pytest.mark.parametrize(
    ("make", "url_name", "field"),
    [
        (group_with, "admin:auth_group_change", "permissions"),
        (UserFactory, "admin:auth_user_change", "user_permissions"),
    ],
)
def test_permissions_stand_in_spanish_under_their_model(admin_client, make, url_name, field):
    page = admin_client.get(reverse(url_name, args=[make().pk]))

    labels = permissions_on(page, field)
    assert [label for label in labels if label.startswith(("Canal:", "Edición:"))] == [
        "Canal: agregar",
        "Canal: eliminar",
        "Canal: modificar",
        "Canal: Puede importar canales",
        "Canal: ver",
        "Edición: agregar",
        "Edición: eliminar",
        "Edición: modificar",
        "Edición: Puede retirar ediciones",
        "Edición: ver",
    ]
    assert len(labels) == Permission.objects.count()
    assert [label for label in labels if "Can " in label or label.startswith("Access")] == []


def test_permissions_stand_in_the_order_of_the_alphabet(admin_client):
    page = admin_client.get(reverse("admin:auth_group_add"))

    labels = permissions_on(page, "permissions")
    assert labels == sorted(labels, key=fold)


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


def test_chosen_permissions_are_kept(admin_client):
    group = group_with("view_channel")
    add = Permission.objects.get(codename="add_channel")

    submit(
        admin_client,
        reverse("admin:auth_group_change", args=[group.pk]),
        permissions=[add.pk, *group.permissions.values_list("pk", flat=True)],
    )

    assert sorted(each.codename for each in group.permissions.all()) == [
        "add_channel",
        "view_channel",
    ]


@pytest.mark.parametrize("url_name", ["admin:auth_group_change", "admin:auth_user_change"])
def test_the_number_of_permissions_costs_no_query(
    admin_client, django_assert_num_queries, url_name
):
    row = group_with() if "group" in url_name else UserFactory()
    url = reverse(url_name, args=[row.pk])
    admin_client.get(url)
    expected = 5 if "group" in url_name else 7

    with django_assert_num_queries(expected):
        admin_client.get(url)
    types = ContentType.objects.bulk_create(
        ContentType(app_label="directory", model=f"fax{number}") for number in range(3)
    )
    Permission.objects.bulk_create(
        Permission(codename="send", name="Can send", content_type=each) for each in types
    )
    with django_assert_num_queries(expected):
        admin_client.get(url)
