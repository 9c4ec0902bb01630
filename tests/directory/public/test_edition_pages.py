"""Reading the past: the list of editions, each as it was published, what it changed, the feed, the
API; and nothing of it once an edition was withdrawn."""

import tracemalloc
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from directory.editions import history
from directory.editions.chain import BATCH, digest, document_digest, first_broken
from directory.editions.publish import publish
from directory.editions.withdraw import withdraw
from directory.models import ContactPoint, Edition, Service
from escalations.models import EscalationContact
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ServiceFactory,
    UserFactory,
)
from tests.html import form_values
from tests.refusals import refused_by_the_database

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 3, 1, 15, tzinfo=UTC)
SECOND = datetime(2026, 3, 3, 15, tzinfo=UTC)  # 10:00 in Bogotá
THIRD = datetime(2026, 3, 5, 15, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
PRIVATE = "+573105550199"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _today(settings):
    # Signing in without a password has no address to count attempts of.
    settings.AXES_ENABLED = False
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def author():
    return UserFactory(username="operadora")


@pytest.fixture
def line():
    return PhoneFactory(phone="+576017442727", label="Línea")


@pytest.fixture
def service(line, author):
    """Three editions: the number, somebody's private number, the number again."""
    service = ServiceFactory(slug="servicio", name="Servicio")
    ChannelFactory(service=service, title="Telefónico", contacts=[line])
    publish_with(line, "+576017442727", FIRST, author)
    publish_with(line, PRIVATE, SECOND, author)
    publish_with(line, "+576017450000", THIRD, author)
    return service


def publish_with(line, number, at, by=None):
    ContactPoint.objects.filter(pk=line.pk).update(phone=number)
    return publish(Service.objects.all(), by=by, at=at)


def withdrawer():
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="withdraw_edition"))
    return user


def withdraw_second(service):
    return withdraw(service.editions.filter(number=2), withdrawer(), "Número privado")


def text_of(response):
    return " ".join(response.content.decode().split())


def address(name, *args):
    return reverse(f"directory:{name}", args=["servicio", *args])


def everything(client):
    """Every public answer that tells of editions."""
    pages = [
        address("edition-list"),
        *(address("edition-detail", number) for number in (1, 2, 3)),
        *(address("edition-changes", number) for number in (1, 2, 3)),
        address("changes-feed"),
        address("service-detail"),
        reverse("api:edition-list", args=["servicio"]),
        *(reverse("api:edition-detail", args=["servicio", number]) for number in (1, 2, 3)),
    ]
    return {page: client.get(page).content.decode() for page in pages}


# ---- The list ------------------------------------------------------------------------------


def test_list_tells_each_edition_newest_first(service):
    entries = history.entries(service.editions.all())
    assert [(entry.edition.number, entry.summary) for entry in entries] == [
        (3, ["Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»"]),
        (2, ["Teléfono: 601 744 2727 → 310 555 0199 en «Telefónico»"]),
        (1, ["Primera edición: 1 canal y 0 niveles de escalamiento"]),
    ]


def test_a_part_of_the_list_tells_the_same(service):
    whole = history.entries(service.editions.all())
    assert history.entries(service.editions.all(), 0, 2) == whole[:2]
    assert history.entries(service.editions.all(), 2, 4) == whole[2:]
    assert [history.entry(entry.edition) for entry in whole] == whole


def test_authors_are_for_staff(service, client):
    assert "operadora" not in text_of(client.get(address("edition-list")))
    client.force_login(UserFactory(is_staff=True))
    response = client.get(address("edition-list"))
    assert "operadora" in text_of(response)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("editions", [1, 3])
def test_list_costs_the_same_at_any_length(line, client, django_assert_num_queries, editions):
    ChannelFactory(service=ServiceFactory(slug="servicio"), contacts=[line])
    for number in range(editions):
        publish_with(line, f"+57601744000{number}", FIRST.replace(day=number + 1))
    with django_assert_num_queries(3):
        assert client.get(address("edition-list")).status_code == 200
    with django_assert_num_queries(3):
        client.get(reverse("api:edition-list", args=["servicio"]))
    with django_assert_num_queries(1):
        client.get(address("changes-feed"))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [("", [3, 2, 1]), ("yes", [2]), ("no", [3, 1]), ("quizá", [3, 2, 1])],
)
def test_staff_tell_the_withdrawn_editions_from_the_others(service, admin_client, query, numbers):
    withdraw_second(service)
    page = admin_client.get(reverse("admin:directory_edition_changelist"), {"withdrawn": query})
    assert [edition.number for edition in page.context["cl"].result_list] == numbers


def test_service_page_leads_to_its_editions(service, client):
    page = text_of(client.get(address("service-detail")))
    for name in ("edition-list", "changes-feed"):
        assert f'href="{address(name)}"' in page


def test_page_of_the_first_edition_leads_to_no_changes(client):
    ServiceFactory(slug="servicio")
    publish(Service.objects.all())
    page = text_of(client.get(address("service-detail")))
    assert address("edition-list") in page
    assert address("edition-changes", 1) not in page


# ---- One edition ---------------------------------------------------------------------------


def test_past_edition_reads_as_it_was_published(service, client):
    response = client.get(address("edition-detail", 1))
    page = text_of(response)
    assert "601 744 2727" in page
    assert "601 745 0000" not in page
    assert "No es la vigente" in page
    assert "La lee como estaba el 1 de marzo de 2026 a las 10:00" in page
    assert f'href="{address("service-detail")}"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert response["X-Robots-Tag"] == "noindex"


def test_current_edition_says_that_it_is(service, client):
    page = text_of(client.get(address("edition-detail", 3)))
    assert "Esta es la edición 3, la vigente." in page


@pytest.mark.parametrize("number", [0, 4, 10**30])
@pytest.mark.parametrize("name", ["edition-detail", "edition-changes"])
def test_unknown_number_is_not_found_and_lists_those_there_are(service, client, name, number):
    response = client.get(address(name, number))
    assert response.status_code == 404
    page = text_of(response)
    assert "sus ediciones van de la 1 a la 3" in page
    for known in (1, 2, 3):
        assert f'href="{address("edition-detail", known)}"' in page


@pytest.mark.parametrize("name", ["edition-list", "changes-feed"])
def test_editions_of_no_service_and_of_drafts_are_not_found(service, client, name):
    assert client.get(reverse(f"directory:{name}", args=["otro"])).status_code == 404
    Service.objects.update(is_published=False)
    assert client.get(address(name)).status_code == 404
    assert client.get(address("edition-detail", 1)).status_code == 404


def test_changes_stand_field_by_field_and_not_only_in_colour(service, client):
    page = text_of(client.get(address("edition-changes", 3)))
    assert "<dt>Antes</dt> <dd><del>310 555 0199</del></dd>" in page
    assert "<dt>Ahora</dt> <dd><ins>601 745 0000</ins></dd>" in page


# ---- By date -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2026-03-01T10:00", 1),
        ("2026-03-03T09:59", 1),
        ("2026-03-03T10:00", 2),
        ("2026-03-03T15:00:00Z", 2),
        ("2026-03-09T23:00", 3),
    ],
)
def test_date_and_time_leads_to_the_edition_of_then(service, client, asked, number):
    response = client.get(address("edition-list"), {"at": asked}, follow=True)
    assert response.redirect_chain[0][0].startswith(address("edition-detail", number))
    assert response.status_code == 200


@pytest.mark.parametrize("name", ["at", "en"])
def test_edition_found_by_date_reads_as_at_that_instant(service, client, name):
    """Also where an address has the name that the parameter had before."""
    response = client.get(address("edition-list"), {name: "2026-03-04T08:30"}, follow=True)
    query = "?at=2026-03-04T08%3A30"
    assert response.redirect_chain == [(address("edition-detail", 2) + query, 302)]
    assert "La lee como estaba el 4 de marzo de 2026 a las 08:30" in text_of(response)


def test_address_of_an_edition_with_the_old_name_is_answered_alike(service, client):
    pages = [
        text_of(client.get(address("edition-detail", 2), {name: "2026-03-04T08:30"}))
        for name in ("at", "en")
    ]
    assert "el 4 de marzo de 2026 a las 08:30" in pages[0]
    assert pages[1].replace("en=2026", "at=2026") == pages[0]


def test_instant_of_another_edition_is_passed_over(service, client):
    response = client.get(address("edition-detail", 1), {"at": "2026-03-04T08:30"})
    assert "La lee como estaba el 1 de marzo de 2026 a las 10:00" in text_of(response)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "Escriba una fecha y una hora."),
        ("ayer", "Escriba una fecha y una hora, por ejemplo 2026-03-03T10:00."),
        ("2026-02-30T10:00", "Escriba una fecha y una hora, por ejemplo 2026-03-03T10:00."),
        ("0001-01-01T00:00", "Consulte una fecha entre 1970 y 2199."),
        ("9999-12-31T23:59", "Consulte una fecha entre 1970 y 2199."),
        ("2026-02-28T10:00", "En ese momento la página todavía no estaba publicada."),
        ("2026-03-11T10:00", "Esa fecha aún no llega."),
        ("\x00", "Escriba una fecha y una hora, por ejemplo 2026-03-03T10:00."),
    ],
)
def test_unusable_date_is_refused_at_the_field(service, client, asked, message):
    response = client.get(address("edition-list"), {"at": asked})
    assert response.status_code == 200
    assert message in text_of(response)


# ---- In English ----------------------------------------------------------------------------


def test_english_pages_of_editions_mark_what_is_spanish(service, client):
    channel = service.channels.get()
    channel.description = "Solo para clientes"
    channel.save()
    EscalationPolicyFactory(service=service, levels=[EscalationContactFactory(name="Jefe")])
    publish(Service.objects.all())
    EscalationContact.objects.update(name="Jefa")
    publish(Service.objects.all())

    page = text_of(client.get("/en/servicios/servicio/ediciones/4/cambios/"))
    assert '<a href="/en/servicios/servicio/" lang="es">Servicio</a>' in page
    assert '<span class="change-place"><span lang="es">Telefónico</span></span>' in page
    assert '<dd lang="es"><ins>Solo para clientes</ins></dd>' in page
    page = text_of(client.get("/en/servicios/servicio/ediciones/5/cambios/"))
    assert '<span class="change-place"><span>Level 1</span></span>' in page
    assert '<dd lang="es"><del>Jefe</del></dd>' in page
    page = text_of(client.get("/en/servicios/servicio/ediciones/"))
    assert '<h1> Editions of <span lang="es">Servicio</span> </h1>' in page
    page = text_of(client.get("/servicios/servicio/ediciones/"))
    assert "<h1> Ediciones de Servicio </h1>" in page


# ---- Feed and API --------------------------------------------------------------------------


def test_feed_tells_what_the_list_tells(service, client):
    response = client.get(address("changes-feed"))
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    assert feed.findtext(f"{ATOM}title") == "Cambios de Servicio"
    entries = feed.findall(f"{ATOM}entry")
    assert [
        (
            entry.findtext(f"{ATOM}title"),
            entry.findtext(f"{ATOM}updated"),
            entry.findtext(f"{ATOM}summary"),
        )
        for entry in entries[:2]
    ] == [
        (
            "Edición 3",
            "2026-03-05T15:00:00+00:00",
            "<ul><li>Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»</li></ul>",
        ),
        (
            "Edición 2",
            "2026-03-03T15:00:00+00:00",
            "<ul><li>Teléfono: 601 744 2727 → 310 555 0199 en «Telefónico»</li></ul>",
        ),
    ]


def test_api_tells_summaries_and_changes(service, client):
    results = client.get(reverse("api:edition-list", args=["servicio"])).json()["results"]
    sentence = "Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»"
    assert results[0]["summary"] == [sentence]
    assert results[0]["withdrawn_at"] is None
    edition = client.get(reverse("api:edition-detail", args=["servicio", 3])).json()
    assert edition["changes"] == [
        {
            "kind": "changed",
            "place": "Telefónico",
            "what": "Teléfono",
            "before": "310 555 0199",
            "after": "601 745 0000",
            "sentence": sentence,
            "is_data": False,
            "where": [{"kind": "channel", "name": "Telefónico"}],
        }
    ]


def test_english_pages_tell_in_english(service, client):
    page = text_of(client.get(f"/en{address('edition-list')}"))
    assert "Phone: 310 555 0199 → 601 745 0000 in “Telefónico”" in page


@pytest.mark.parametrize(
    ("at", "numbers"),
    [
        ("2026-03-03T09:59:00-05:00", [1]),
        ("2026-03-03T10:00:00-05:00", [2]),
        ("2026-02-01T10:00:00-05:00", []),
    ],
)
def test_api_finds_the_edition_of_an_instant(service, client, at, numbers):
    answer = client.get(reverse("api:edition-list", args=["servicio"]), {"at": at}).json()
    assert [edition["number"] for edition in answer["results"]] == numbers
    if numbers == [2]:
        assert answer["results"][0]["summary"] == [
            "Teléfono: 601 744 2727 → 310 555 0199 en «Telefónico»"
        ]


# ---- Withdrawing ---------------------------------------------------------------------------


def test_withdrawn_edition_leaks_nowhere(service, client):
    before = everything(client)
    assert any("310 555 0199" in answer or PRIVATE in answer for answer in before.values())
    assert withdraw_second(service) == 1
    for page, answer in everything(client).items():
        assert "310 555 0199" not in answer, page
        assert PRIVATE not in answer, page
        assert "Número privado" not in answer, page
    stored = service.editions.get(number=2)
    assert (stored.document, stored.search_text) == ("", "")


def test_withdrawn_edition_keeps_number_date_and_digest(service, client):
    before = service.editions.values("number", "published_at", "digest", "document_digest")
    kept = before.get(number=2)
    withdraw_second(service)
    assert before.get(number=2) == kept
    assert list(first_broken(Edition.objects.all())) == []
    call_command("verify_editions", verbosity=0)
    response = client.get(address("edition-detail", 2))
    assert response.status_code == 410
    assert kept["digest"] in text_of(response)
    answer = client.get(reverse("api:edition-detail", args=["servicio", 2])).json()
    assert (answer["document"], answer["changes"]) == (None, [])
    assert answer["digest"] == kept["digest"]


def test_neighbours_of_a_withdrawn_edition_say_why_they_are_silent(service):
    withdraw_second(service)
    assert [entry.summary for entry in history.entries(service.editions.all())] == [
        ["La edición anterior fue retirada: no se dice qué cambió frente a ella."],
        ["Esta edición fue retirada."],
        ["Primera edición: 1 canal y 0 niveles de escalamiento"],
    ]


def test_feed_updates_the_entry_of_a_withdrawn_edition(service, client):
    withdraw_second(service)
    feed = ElementTree.fromstring(client.get(address("changes-feed")).content)  # noqa: S314
    entry = feed.findall(f"{ATOM}entry")[1]
    assert entry.findtext(f"{ATOM}title") == "Edición 2 (retirada)"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-10T15:00:00+00:00"


def test_who_withdrew_when_and_why_is_kept(service):
    user = withdrawer()
    withdraw(service.editions.filter(number=2), user, "  Número privado ")
    edition = service.editions.get(number=2)
    assert (edition.withdrawn_by, edition.withdrawn_at, edition.withdrawn_reason) == (
        user,
        NOW,
        "Número privado",
    )


def test_current_edition_cannot_be_withdrawn(service):
    with pytest.raises(ValidationError) as refused:
        withdraw(service.editions.filter(number__gte=2), withdrawer(), "Número privado")
    assert [error.code for error in refused.value.error_list] == ["current_edition"]
    assert "Corrija primero los datos" in refused.value.messages[0]
    assert not Edition.objects.exclude(withdrawn_at=None).exists()


def test_edition_is_withdrawn_once_with_a_reason_by_somebody_allowed(service):
    second = service.editions.filter(number=2)
    with pytest.raises(PermissionDenied):
        withdraw(second, UserFactory(is_staff=True), "Número privado")
    with pytest.raises(ValidationError) as refused:
        withdraw(second, withdrawer(), "  ")
    assert refused.value.code == "reason_missing"
    withdraw_second(service)
    with pytest.raises(ValidationError) as refused:
        withdraw_second(service)
    assert refused.value.error_list[0].code == "already_withdrawn"


@pytest.mark.parametrize(
    "change",
    [
        "withdrawn_at = '2026-03-10'",
        "withdrawn_reason = 'x'",
        "withdrawal_seal = 'x'",
        "document = ''",
    ],
)
def test_half_withdrawn_edition_is_refused_by_the_database(service, change):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE directory_edition SET {change} WHERE number = 2")  # noqa: S608


def test_withdrawn_edition_without_its_seal_is_refused_by_the_database(service):
    withdraw_second(service)
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("UPDATE directory_edition SET withdrawal_seal = '' WHERE number = 2")


# ---- What the histories in the back office say of it ----------------------------------------


@pytest.fixture
def edited(admin_client, line):
    """Editions of changes in the back office: the line is somebody's private number for a while,
    named after him."""
    service = ServiceFactory(slug="servicio", name="Servicio")
    ChannelFactory(service=service, title="Telefónico", contacts=[line])
    publish(Service.objects.all())
    url = reverse("admin:directory_contactpoint_change", args=[line.pk])
    for number, label in [
        ("310 555 0199", "Celular de Iván"),
        ("601 745 0000", "Línea"),
        ("601 745 0001", "Línea"),
    ]:
        admin_client.post(url, {"label": label, "phone": number, "_save": "1"})
    assert service.editions.count() == 4
    return service


def histories_of_rows():
    return [
        (entry.object_repr, entry.get_change_message()) for entry in LogEntry.objects.order_by("pk")
    ]


def test_histories_no_longer_say_what_only_a_withdrawn_edition_said(edited, admin_user):
    before = list(LogEntry.objects.order_by("pk").values_list("user", "action_time"))
    withdraw_second(edited)
    assert histories_of_rows() == [
        (
            "[retirado] · [retirado]",
            "Cambios: Nombre: Línea → [retirado] y Número: 601 744 2727 → [retirado].",
        ),
        (
            "601 745 0000 · Línea",
            "Cambios: Nombre: [retirado] → Línea y Número: [retirado] → 601 745 0000.",
        ),
        ("601 745 0001 · Línea", "Cambios: Número: 601 745 0000 → 601 745 0001."),
    ]
    assert list(LogEntry.objects.order_by("pk").values_list("user", "action_time")) == before


def test_histories_keep_what_another_edition_says(edited):
    other = ServiceFactory(slug="otro", name="Otro")
    ChannelFactory(service=other, contacts=[PhoneFactory(phone=PRIVATE, label="Celular de Iván")])
    publish(Service.objects.all())
    before = histories_of_rows()
    withdraw_second(edited)
    assert histories_of_rows() == before
    assert "310 555 0199 · Celular de Iván" in dict(before)


def test_histories_say_nothing_once_the_last_edition_with_it_is_withdrawn(edited):
    withdraw(edited.editions.filter(number=3), withdrawer(), "Número equivocado")
    withdraw_second(edited)
    said = str(histories_of_rows())
    assert ("310 555 0199" in said, "601 745 0000" in said) == (False, False)
    assert "601 744 2727" in said


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Importado: +573105550199 → vacío", "Importado: [retirado] → vacío"),
        ("(57) 310 555 0199, 310-555-0199", "([retirado], [retirado]"),
        ("1310 555 0199, 310 555 01990", "1310 555 0199, 310 555 01990"),
        ('["310 555 0199"', '["[retirado]"'),
        ("Celular de Ivánovich", "Celular de Ivánovich"),
        ("Línea", "Línea"),
    ],
)
def test_every_written_form_is_replaced_and_no_other_text(edited, line, admin_user, said, left):
    LogEntry.objects.log_actions(admin_user.pk, [line], CHANGE, said)
    withdraw_second(edited)
    assert LogEntry.objects.latest("pk").change_message == left


def test_long_text_is_replaced_where_the_history_cut_it(edited, admin_client):
    url = reverse("admin:directory_service_change", args=[edited.pk])
    text = "Llame a Iván: 310 555 0199. " + "Siempre contesta. " * 20
    for introduction in (text, "", "Bienvenido"):
        shown = form_values(admin_client.get(url))
        admin_client.post(url, {**shown, "introduction": introduction})
    withdraw(edited.editions.filter(number__in=[2, 5]), withdrawer(), "Número privado")
    assert [message for _name, message in histories_of_rows()[3:]] == [
        "Cambios: Introducción: vacío → [retirado].",
        "Cambios: Introducción: [retirado] → vacío.",
        "Cambios: Introducción: vacío → Bienvenido.",
    ]


# ---- Withdrawing in the back office --------------------------------------------------------


@pytest.fixture
def office(client):
    user = withdrawer()
    user.user_permissions.add(Permission.objects.get(codename="view_edition"))
    client.force_login(user)
    return client


def post_action(client, editions, **data):
    return client.post(
        reverse("admin:directory_edition_changelist"),
        {
            "action": "withdraw_selected",
            "_selected_action": [edition.pk for edition in editions],
            **data,
        },
        follow=True,
    )


def test_back_office_asks_for_the_reason_and_withdraws(service, office):
    second = service.editions.filter(number=2)
    assert "Retirar para siempre" in text_of(post_action(office, second))
    assert not second.get().is_withdrawn
    refused = text_of(post_action(office, second, confirmed="yes", reason=""))
    assert 'class="errorlist"' in refused
    done = text_of(post_action(office, second, confirmed="yes", reason="Número privado"))
    assert "Se retiró 1 edición." in done
    assert second.get().withdrawn_reason == "Número privado"


def test_back_office_refuses_the_current_edition_with_the_hint(service, office):
    page = text_of(post_action(office, service.editions.filter(number=3)))
    assert "Corrija primero los datos" in page
    assert "Retirar para siempre" not in page


def test_back_office_does_not_offer_it_without_the_permission(service, client):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_edition"))
    client.force_login(user)
    assert "withdraw_selected" not in text_of(
        client.get(reverse("admin:directory_edition_changelist"))
    )
    post_action(client, service.editions.filter(number=2), confirmed="yes", reason="x")
    assert not Edition.objects.exclude(withdrawn_at=None).exists()


def test_back_office_shows_what_an_edition_changed(service, office):
    edition = service.editions.get(number=3)
    page = text_of(office.get(reverse("admin:directory_edition_change", args=[edition.pk])))
    assert "Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»" in page


# ---- Evidence ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "document = replace(document, '310', '311')",
        "document_digest = '0'",
        "digest = 'x'",
        "number = 7",
        "published_at = '2026-03-03 15:00:01+00:00'",
    ],
)
def test_tampering_names_the_first_broken_edition(service, change):
    other = ServiceFactory(slug="otro", name="Otro")
    ChannelFactory(service=other)
    publish(Service.objects.all(), at=THIRD)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE directory_edition SET {change} WHERE number = 2 AND service_id = %s",  # noqa: S608
            [service.pk],
        )
    number = "3" if change == "number = 7" else "2"
    assert list(first_broken(Edition.objects.all())) == [("Servicio", number)]


def test_removed_edition_breaks_the_chain_after_it(service):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_edition WHERE number = 2")
    assert list(first_broken(Edition.objects.all())) == [("Servicio", "3")]


def peak_memory_of_verifying():
    tracemalloc.start()
    try:
        assert list(first_broken(Edition.objects.all())) == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_verifying_takes_the_same_memory_for_any_number_of_editions(service):
    """In batches of `chain.BATCH`; `tests.benchmarks.verifying` does it with 100,000."""

    def add_until(count):
        last = service.editions.latest()
        before, text = last.digest, "x" * 2_000
        sealed, editions = document_digest(text), []
        for number in range(last.number + 1, count + 1):
            before = digest(service.pk, number, NOW, sealed, before)
            editions.append(
                Edition(
                    service=service,
                    number=number,
                    document=text,
                    document_digest=sealed,
                    digest=before,
                    published_at=NOW,
                )
            )
        Edition.objects.bulk_create(editions)

    add_until(2 * BATCH)
    few = peak_memory_of_verifying()
    add_until(4 * BATCH)
    assert peak_memory_of_verifying() < 1.3 * few
