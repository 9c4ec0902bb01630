"""Attacks on what customers read: what was altered in the table is shown nowhere."""

import ast
import logging

import pytest
from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from directory.editions import chain
from directory.editions.publish import publish
from directory.editions.reading import is_proven
from directory.models import Edition, Service
from tests.directory.withdrawals import address
from tests.factories import ChannelFactory, PhoneFactory, UserFactory
from tests.people import client_of
from tests.tampering import execute, set_values
from tests.test_layers import sources

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]

OURS, FRAUD = "+576017450000", "+573009998877"
SHOWN = "300 999 8877"


@pytest.fixture
def other(thrice):
    """Another service, which nobody attacks."""
    ChannelFactory(service__slug="ajeno", service__name="Ajeno", contacts=[PhoneFactory()])
    publish(Service.objects.all())
    return Service.objects.get(slug="ajeno")


def forge(service, **values):
    """Put a number of a fraudster into the page, and other values into its row."""
    edition = service.editions.latest()
    document = edition.document.replace(OURS, FRAUD)
    assert document != edition.document
    set_values(edition, document=document, **values)
    execute(
        "UPDATE directory_edition SET search_text = replace(search_text, %s, %s) WHERE id = %s",
        "6017450000",
        "3009998877",
        edition.pk,
    )
    return edition


def pages():
    """Every public address of the service that gives a number."""
    named = ["service-detail", "card", "contacts-vcf", "calendar", "changes-feed", "follow"]
    return [
        *map(address, named),
        address("report"),
        address("edition-detail", 3),
        address("edition-changes", 3),
        reverse("api:service-detail", args=["servicio"]),
        reverse("api:service-now", args=["servicio"]),
        reverse("api:edition-detail", args=["servicio", 3]),
    ]


def test_a_number_that_was_put_into_the_table_is_shown_nowhere(thrice, client, caplog):
    before = {page: client.get(page).status_code for page in pages()}
    assert set(before.values()) == {200}
    forge(thrice)
    for page in pages():
        caplog.clear()
        response = client.get(page)
        assert response.status_code == 503, page
        assert SHOWN not in response.content.decode(), page
        assert FRAUD not in response.content.decode(), page
        assert response["Cache-Control"] == "no-store"
        assert int(response["Retry-After"]) > 0
        assert ("servicio, edition 3" in caplog.text, caplog.records[0].levelno) == (
            True,
            logging.ERROR,
        )


def test_lists_archives_and_searches_show_nothing_of_it(thrice, other, client):
    forge(thrice)
    searched = reverse("directory:service-list") + "?q="
    found = [
        reverse("directory:service-list"),
        searched + "3009998877",
        searched + "6017450000",
        searched + "servicio",
        searched + "servisio",
        address("edition-list"),
        address("edition-detail", 1),
        address("edition-detail", 2),
        address("edition-changes", 2),
        reverse("api:service-list"),
        reverse("api:service-list") + "?q=3009998877",
        reverse("api:edition-list", args=["servicio"]),
        reverse("sitemap-index"),
        reverse("sitemap", args=["services"]),
        reverse("offline-data"),
    ]
    for page in found:
        response = client.get(page)
        assert SHOWN not in response.content.decode(), page
        assert FRAUD not in response.content.decode(), page
        # Pages of editions are called as the service is today, and give what is there today.
        expected = 503 if "/servicios/servicio/ediciones/" in page else 200
        assert response.status_code == expected, page


def test_the_list_says_that_it_is_not_shown_and_names_the_others(thrice, other, client):
    forge(thrice)
    for language, heading in (("es", "No disponible en este momento"), ("en", "Not available")):
        with translation.override(language):
            text = client.get(reverse("directory:service-list")).content.decode()
        assert text.index("Ajeno") < text.index(heading) < text.index("Servicio</a>")
    answer = client.get(reverse("api:service-list")).json()
    assert [(each["slug"], each["is_available"], each["state"]) for each in answer["results"]] == [
        ("ajeno", True, "open"),
        ("servicio", False, "unknown"),
    ]


def test_the_page_says_it_in_the_language_of_who_reads_it(thrice, client):
    forge(thrice)
    told = {
        "es": "Este directorio no se puede mostrar ahora",
        "en": "This directory cannot be shown right now",
    }
    for language, title in told.items():
        with translation.override(language):
            response = client.get(reverse("directory:service-detail", args=["servicio"]))
        assert f"<h1>{title}</h1>" in response.content.decode()
    problem = client.get(reverse("api:service-detail", args=["servicio"]) + "?lang=en")
    assert problem["Content-Type"] == "application/problem+json"
    assert (problem.json()["status"], problem.json()["title"]) == (503, told["en"])


NONCE = "0" * 64


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"nonce": NONCE},
        {"seal": "x"},
        {"digest": "0" * 64},
    ],
)
def test_whatever_else_of_its_row_is_forged_with_it(thrice, client, values):
    forge(thrice, **values)
    assert client.get(address("service-detail")).status_code == 503


@pytest.mark.parametrize("is_chained_anew", [False, True])
def test_digests_that_fit_the_forgery_do_not_help(thrice, client, is_chained_anew):
    """Anybody can compute them; nobody has the secret key."""
    last = thrice.editions.latest()
    before = thrice.editions.get(number=2)
    digest = chain.document_digest(NONCE, last.document.replace(OURS, FRAUD))
    link = chain.Link(
        thrice.pk, 3, last.published_at, last.published_by_id, None, digest, before.digest
    )
    values = {"digest": link.digest} if is_chained_anew else {}
    forge(thrice, nonce=NONCE, document_digest=digest, **values)
    assert client.get(address("service-detail")).status_code == 503


@pytest.mark.parametrize("number", [1, 2])
def test_an_earlier_edition_is_not_shown_as_the_newest(thrice, client, number):
    """All of its row, with its seal, under the newest number: what was true once."""
    names = ["document", "nonce", "document_digest", "seal", "published_at"]
    row = Edition.objects.filter(number=number).values(*names).get()
    set_values(thrice.editions.latest(), **row)
    assert client.get(address("service-detail")).status_code == 503


def test_the_page_of_another_service_is_not_shown_as_this_one(thrice, other, client):
    names = ["document", "nonce", "document_digest", "seal", "published_at", "identity"]
    row = other.editions.values(*names).get()
    set_values(thrice.editions.latest(), **row)
    assert client.get(address("service-detail")).status_code == 503


def test_publishing_again_puts_it_right(thrice, client):
    forge(thrice)
    call_command("publish", verbosity=0)
    assert thrice.editions.latest().number == 4
    response = client.get(address("service-detail"))
    assert (response.status_code, SHOWN in response.content.decode()) == (200, False)
    assert "601 745 0000" in response.content.decode()
    # What was forged stays where it can be found, and is told as that.
    assert client.get(address("edition-detail", 3)).status_code == 503
    listed = client.get(address("edition-list")).content.decode()
    assert "Esta edición no se muestra" in listed


def test_nonce_that_was_altered_alone_is_put_right_too(thrice, client):
    set_values(thrice.editions.latest(), nonce=NONCE)
    assert client.get(address("service-detail")).status_code == 503
    call_command("publish", verbosity=0)
    assert client.get(address("service-detail")).status_code == 200


def test_the_back_office_stays_open_and_does_not_put_it_back(thrice, other):
    forge(thrice)
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    start = client.get(reverse("admin:index"))
    assert (start.status_code, "No se muestra" in start.content.decode()) == (200, True)
    edition = thrice.editions.latest()
    restoring = reverse("admin:directory_edition_restore", args=[edition.pk])
    answer = client.get(restoring, follow=True)
    assert "no es lo que se publicó" in answer.content.decode()
    service = reverse("admin:directory_service_change", args=[thrice.pk])
    for page in (service, reverse("admin:directory_edition_change", args=[edition.pk])):
        assert client.get(page).status_code == 200, page


def test_reading_proves_an_edition_without_a_query(thrice, django_assert_num_queries):
    edition = thrice.editions.latest()
    with django_assert_num_queries(0):
        assert is_proven(edition)


def warned():
    return [each.id for each in checks.run_checks(tags=["database"], databases=["default"])]


def test_key_that_was_changed_is_told_and_publishing_signs_anew(thrice, client, settings):
    assert warned() == []
    former, settings.SECRET_KEY = settings.SECRET_KEY, "n" * 50
    assert client.get(address("service-detail")).status_code == 503
    assert warned() == ["directory.W001"]
    settings.SECRET_KEY_FALLBACKS = [former]
    assert (client.get(address("service-detail")).status_code, warned()) == (200, [])
    settings.SECRET_KEY_FALLBACKS = []
    call_command("publish", verbosity=0)
    assert (client.get(address("service-detail")).status_code, warned()) == (200, [])


# What may take a document from a row without asking whether it was altered: what writes editions,
# compares them, checks them or takes them away.
MAY_READ_ROWS = {
    "directory/editions/reading.py",
    "directory/editions/publish.py",
    "directory/editions/verifying.py",
    "directory/editions/withdrawals/redaction.py",
    "directory/editions/withdrawals/withdraw.py",
    "directory/editions/withdrawals/erase.py",
    "directory/editions/checkpoints/check_page.py",
    "directory/api/proofs.py",
    "directory/admin/editions.py",
    "directory/editions/dry_run.py",
    "directory/upkeep/checks/services.py",
    "directory/imports/restoring/restoration.py",
    "directory/admin/restoring.py",
    "directory/api/views.py",
}


def test_no_reader_can_forget_to_ask():
    """`document` of an edition, and `decode`, are used where documents are made or proven."""
    found = set()
    for path, tree in sources("directory", "escalations"):
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Attribute) and node.attr == "document"
            is_decoding = isinstance(node, ast.ImportFrom) and any(
                alias.name == "decode" for alias in node.names
            )
            if is_text or is_decoding:
                found.add(str(path))
    assert found <= MAY_READ_ROWS
    assert (settings.BASE_DIR / "directory/editions/reading.py").exists()
