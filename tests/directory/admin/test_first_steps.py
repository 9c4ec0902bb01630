"""An empty directory says what comes first, and finds fault with nothing."""

import pytest
from django.contrib.admin.models import LogEntry

from directory.models import Finding, RequestType, Revision, Service
from directory.upkeep.checks import runs
from tests.addresses import INDEX, add_url, list_url
from tests.factories import RequestTypeFactory, ServiceFactory, UserFactory
from tests.html import read
from tests.people import staff

pytestmark = pytest.mark.django_db
MAKE = "/admin/first-steps/request-types/"
PUT_AWAY = "/admin/first-steps/put-away/"


def steps(client):
    found = client.get(INDEX).context["first_steps"]
    return found and {step.title: step.is_done for step in found.steps}


@pytest.fixture
def organization(settings):
    settings.ENVIRONMENT_IS_EXAMPLE = False


def test_an_empty_directory_welcomes(admin_client, settings):
    settings.ENVIRONMENT_IS_EXAMPLE = True
    assert steps(admin_client) == {
        "La organización": False,
        "Lo que piden los clientes": False,
        "El primer servicio": False,
        "Las personas que lo mantienen al día": False,
        "Lo que ya tiene en una hoja de cálculo": False,
    }
    page = admin_client.get(INDEX)
    assert '<details class="dashboard-panel first-steps" open>' in page.content.decode()
    assert add_url(Service) in read(page).links


def test_what_is_done_says_so_in_words_and_what_is_left_is_counted(admin_client, organization):
    ServiceFactory()
    page = read(admin_client.get(INDEX))
    assert "Primeros pasos Faltan 2" in page.seen
    assert "La organización ✓ hecho" in page.seen
    assert "El primer servicio ✓ hecho" in page.seen
    assert "Lo que piden los clientes por hacer" in page.seen


def test_they_go_when_all_is_done(admin_client, organization):
    ServiceFactory()
    RequestTypeFactory()
    UserFactory()
    assert steps(admin_client) is None


def test_they_are_put_away_in_one_browser(admin_client):
    assert admin_client.post(PUT_AWAY).url == INDEX
    assert steps(admin_client) is None
    assert admin_client.get(PUT_AWAY).status_code == 405


def test_they_are_for_who_may_do_them():
    assert steps(staff("view_service")) is None
    assert [*steps(staff("add_service"))] == ["La organización", "El primer servicio"]


def test_the_usual_request_types_are_made_at_once_and_recorded(admin_client, admin_user):
    response = admin_client.post(MAKE)
    assert response.url == list_url(RequestType)
    made = RequestType.objects.values_list("code", "name", "covers_all", "is_critical")
    assert list(made) == [
        ("todas", "Todas", True, False),
        ("incidente-critico", "Incidentes críticos", False, True),
        ("incidente", "Incidentes", False, False),
        ("solicitud", "Solicitudes", False, False),
        ("peticion", "Peticiones", False, False),
        ("queja", "Quejas", False, False),
        ("reclamo", "Reclamos", False, False),
        ("sugerencia", "Sugerencias", False, False),
        ("apelacion", "Apelaciones", False, False),
    ]
    revision = Revision.objects.get()
    assert (revision.action, revision.made_by, revision.rows.count()) == ("added", admin_user, 9)
    assert LogEntry.objects.count() == 9


def test_made_twice_only_what_is_missing_is_added(admin_client):
    RequestTypeFactory(code="queja", name="Quejas y reclamos")
    admin_client.post(MAKE)
    admin_client.post(MAKE)
    assert RequestType.objects.count() == 9
    assert RequestType.objects.get(code="queja").name == "Quejas y reclamos"
    assert Revision.objects.count() == 1


def test_who_may_not_add_request_types_makes_none():
    assert staff("add_service").post(MAKE).status_code == 403
    assert RequestType.objects.count() == 0


def test_in_an_empty_directory_nothing_is_wrong(admin_client):
    runs.run_checks()
    assert Finding.objects.count() == 0
    assert admin_client.get(INDEX).context["attention"] == []


def test_nothing_is_missing_of_a_draft(admin_client):
    ServiceFactory(is_published=False)
    runs.run_checks()
    assert list(Finding.objects.values_list("code", flat=True)) == []


# ---- Lists, and pages that are not there -------------------------------------------------------


def test_an_empty_list_says_what_to_do(admin_client):
    page = read(admin_client.get(list_url(Service)))
    assert "Aquí todavía no hay nada. Agregar el primero: servicio" in page.seen
    assert add_url(Service) in page.links
    assert add_url(Service) not in read(staff("view_service").get(list_url(Service))).links


def test_a_list_that_finds_nothing_leads_to_the_whole_and_to_the_search(admin_client):
    ServiceFactory()
    page = read(admin_client.get(list_url(Service), {"q": "nada & más"}))
    assert "Aquí no hay nada así." in page.seen
    assert {"?", "/admin/search/?q=nada%20%26%20m%C3%A1s"} <= {*page.links}


@pytest.mark.parametrize(
    "path", ["/admin/nada/", "/admin/directory/nada/", "/admin/services/x/preview/"]
)
def test_a_page_that_is_not_there_has_the_search(admin_client, path):
    response = admin_client.get(path)
    assert response.status_code == 404
    page = read(response)
    assert "Esta página no existe" in page.seen
    assert "Búsquelo arriba por su nombre o su número." in page.seen
    assert 'id="search-box"' in response.content.decode()


def test_what_is_set_is_shown_with_where_it_is_set(admin_client, settings):
    page = read(admin_client.get("/admin/settings/"))
    assert f"Nombre {settings.ORGANIZATION.name or 'sin definir'} ORGANIZATION_NAME" in page.seen
    assert settings.SECRET_KEY not in page.text
