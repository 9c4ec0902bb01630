"""The pages of who is refused: they say what to do, in the language of the site."""

import pytest
from django.test import Client
from django.utils import translation

from directory.admin.sign_in.limits import LIMITS, PASSWORD
from directory.models import ContactPoint, Service
from tests.addresses import INDEX, add_url, list_url
from tests.people import staff

pytestmark = pytest.mark.django_db
LOGIN = f"{INDEX}login/"


def test_who_lacks_a_permission_is_told_so_and_where_to_go():
    response = staff().get(list_url(Service))
    page = response.content.decode()
    assert response.status_code == 403
    assert "<h1>No tiene permiso para hacer esto</h1>" in page
    assert f'<a href="{INDEX}">Ir al inicio de la administración</a>' in page


def test_a_form_without_its_token_is_refused_in_words_and_without_queries(
    django_assert_num_queries,
):
    with django_assert_num_queries(0):
        response = Client(enforce_csrf_checks=True).post(LOGIN, {})
    page = response.content.decode()
    assert response.status_code == 403
    assert "<h1>No se recibió el formulario</h1>" in page
    assert f'<a href="{LOGIN}">Abrir la página de nuevo</a>' in page


def test_a_form_with_too_many_fields_is_refused_with_what_to_do(admin_client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    address = list_url(ContactPoint) + "?kind=phone"
    response = admin_client.post(address, {"_selected_action": ["1", "2", "3", "4"]})
    page = response.content.decode()
    assert response.status_code == 413
    assert "<h1>Eso fue demasiado de una vez</h1>" in page
    assert "No se guardó nada" in page
    assert f'<a href="{address}">Abrir la página de nuevo</a>' in page


def test_a_form_with_too_much_text_is_refused_in_the_same_words(admin_client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = admin_client.post(add_url(Service), {"name": "a" * 200})
    assert response.status_code == 413
    assert "<h1>Eso fue demasiado de una vez</h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "language", "heading"),
    [("/", "es", "No se entendió la solicitud"), ("/en/", "en", "The request was not understood")],
)
def test_unknown_host_is_told_so_in_the_language_of_the_address(
    client, settings, path, language, heading
):
    """Not in that of the request before, which the thread still has."""
    settings.SECURE_SSL_REDIRECT = True
    with translation.override({"es": "en", "en": "es"}[language]):
        response = client.get(path, headers={"host": "unknown.example.com"})
    page = response.content.decode()
    assert response.status_code == 400
    assert f'<html lang="{language}"' in page
    assert f"<h1>{heading}</h1>" in page
    # Customers are not led to the back office.
    assert INDEX not in page


def test_a_bad_request_of_a_program_is_answered_with_a_problem(client):
    response = client.get("/api/v1/services/", headers={"host": "evil.example.com"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 400


def test_who_is_locked_out_is_told_so_by_this_back_office_and_by_no_other(client):
    for _ in range(LIMITS[PASSWORD].of_one):
        response = client.post(LOGIN, {"username": "ana", "password": "otra"})
    page = response.content.decode()
    name = f'<div id="site-name"><a href="{INDEX}">Directorio de soporte · administración</a>'
    assert response.status_code == 429
    assert "<h1>Demasiadas contraseñas equivocadas</h1>" in page
    assert name in page
    assert "Django" not in page
