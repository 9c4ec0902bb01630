"""The pages of who is refused: they say what to do, in the language of the site."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def test_who_lacks_a_permission_is_told_whom_to_ask_and_where_to_go(client):
    client.force_login(UserFactory(is_staff=True))

    response = client.get(reverse("admin:directory_service_changelist"))

    page = response.content.decode()
    assert response.status_code == 403
    assert "<h1>No tiene permiso para hacer esto</h1>" in page
    assert f'<a href="{INDEX}">Ir al inicio de la administración</a>' in page


def test_a_form_without_its_token_is_refused_in_words_and_without_queries(
    django_assert_num_queries,
):
    with django_assert_num_queries(0):
        response = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {})

    page = response.content.decode()
    assert response.status_code == 403
    assert "<h1>No se recibió el formulario</h1>" in page
    assert f'<a href="{reverse("admin:login")}">Abrir la página de nuevo</a>' in page


def test_who_is_locked_out_is_told_so_by_this_back_office_and_by_no_other(client, settings):
    settings.AXES_FAILURE_LIMIT = 1
    wrong = {"username": "ana", "password": "otra"}

    response = client.post(reverse("admin:login"), wrong)

    page = response.content.decode()
    assert response.status_code == 429
    assert "<h1>Demasiadas contraseñas equivocadas</h1>" in page
    assert (
        f'<div id="site-name"><a href="{INDEX}">Directorio de soporte · administración</a>' in page
    )
    assert "Django" not in page
