"""`renamed_from`: the row stays, with what refers to it; a service's old address leads to it."""

import pytest
from django.core.management import CommandError, call_command

from directory.editions import document
from directory.editions.verifying import breaks
from directory.models import (
    Channel,
    ContactPoint,
    Edition,
    FormerSlug,
    RequestType,
    Schedule,
    ScheduleException,
    Service,
)
from escalations.models import EscalationContact
from tests.directory.imports.fixture_files import (
    DIRECTORY,
    channel,
    channel_contact,
    contact,
    level,
    phone,
    policy,
    request_type,
    rows,
    schedule,
    service,
    web,
)
from tests.factories import ExceptionFactory

pytestmark = pytest.mark.django_db


def renamed(obj, now, before):
    name = "slug" if "slug" in obj["fields"] else "code"
    return {**obj, "fields": {**obj["fields"], name: now, "renamed_from": before}}


EXCEPTION = {
    "model": "directory.scheduleexception",
    "fields": {"code": "cierre", "reason": "Cierre", "first_day": "2026-12-24"},
}
RENAMED = [
    (RequestType, request_type(), "todas", "todo"),
    (Schedule, schedule(), "oficina", "horario-oficina"),
    (ContactPoint, phone(), "linea", "pbx"),
    (Service, service(), "uno", "primero"),
    (Channel, channel(), "telefonico", "telefono"),
    (EscalationContact, contact(), "soporte", "mesa"),
    (ScheduleException, EXCEPTION, "cierre", "fin-de-ano"),
]


@pytest.mark.parametrize(
    ("model", "given", "before", "now"), RENAMED, ids=lambda each: getattr(each, "__name__", "")
)
def test_a_row_is_renamed_once_and_keeps_what_refers_to_it(load, model, given, before, now):
    load(DIRECTORY)
    ExceptionFactory(code="cierre")
    name = "slug" if model is Service else "code"
    stored = model.objects.values().get(**{name: before})
    load([renamed(given, now, before)])
    assert model.objects.values().get(pk=stored["id"]) == stored | {name: now}
    once = rows()
    said = load([renamed(given, now, before)])
    assert rows() == once
    assert "Sin cambios: 1." in said
    assert list(breaks()) == []


def directory_of(slug, **fields):
    """The small directory under another slug; what a fixture of a renamed service looks like."""
    return [
        *DIRECTORY[:5],
        service(slug=slug, **fields),
        channel(service=[slug]),
        channel_contact(channel=[slug, "telefonico"]),
        contact(),
        policy(service=[slug]),
        level(policy=[slug]),
    ]


PLACES = [
    ("", ""),
    ("ediciones/", ""),
    ("ediciones/1/", ""),
    ("ediciones/1/cambios/", ""),
    ("cambios.atom", ""),
    ("contactos.vcf", ""),
    ("qr.svg", ""),
    ("tarjeta/", "?request_type=queja"),
]


def test_a_renamed_service_is_found_under_its_old_address(load, client):
    load(DIRECTORY)
    load(directory_of("dos", renamed_from="uno"))
    assert Service.objects.get().slug == "dos"
    load(directory_of("tres", renamed_from="dos"))
    for former in ("uno", "dos"):
        for end, query in PLACES:
            for prefix in ("", "/en"):
                old = f"{prefix}/servicios/{former}/{end}{query}"
                response = client.get(old)
                assert (response.status_code, response["Location"]) == (
                    301,
                    f"{prefix}/servicios/tres/{end}{query}",
                )
                assert client.get(response["Location"]).status_code == 200
        for end in ("", "now/?lang=en", "editions/", "editions/1/"):
            response = client.get(f"/api/v1/services/{former}/{end}")
            assert response.status_code == 301
            assert response["Location"] == f"/api/v1/services/tres/{end}"
    assert client.get("/api/v1/services/tres/").json()["renamed_from"] == "dos"
    assert client.get("/servicios/cuatro/").status_code == 404
    assert client.get("/sitemap-services.xml").content.decode().count("/servicios/tres/") > 0
    assert "/servicios/dos/" not in client.get("/sitemap-services.xml").content.decode()
    numbers = Edition.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]
    assert list(breaks()) == []


def test_a_draft_does_not_give_its_old_address_away(load, client):
    load(DIRECTORY)
    load([renamed(service(is_published=False), "dos", "uno")])
    assert client.get("/servicios/uno/").status_code == 404
    assert client.get("/api/v1/services/uno/").status_code == 404


def test_entries_of_the_feed_are_the_same_after_a_rename(load, client):
    def entries():
        page = client.get(f"/servicios/{Service.objects.get().slug}/cambios.atom")
        return [each.partition("</id>")[0] for each in page.content.decode().split("<id>")[1:]]

    load(DIRECTORY)
    before = entries()
    load([renamed(service(), "dos", "uno")])
    after = entries()
    assert (after[0], after[2:]) == (before[0], before[1:])


def test_a_mirror_has_pages_that_lead_on_from_the_old_address(load, tmp_path, settings):
    settings.ALLOWED_HOSTS = ["www.example.com"]
    load(DIRECTORY)
    load([renamed(service(), "dos", "uno")])
    call_command("export_site", str(tmp_path / "m"), "--base-url", "https://www.example.com")
    for prefix in ("", "en/"):
        page = (tmp_path / "m" / f"{prefix}servicios/uno/index.html").read_text(encoding="utf-8")
        assert f'content="0; url=/{prefix}servicios/dos/"' in page
        assert f'<a href="/{prefix}servicios/dos/">' in page


def test_an_empty_database_knows_the_old_address_too(load, client):
    load(directory_of("dos", renamed_from="uno"))
    assert client.get("/servicios/uno/")["Location"] == "/servicios/dos/"
    assert document.decode(Edition.objects.get(number=1).document).renamed_from == "uno"


def test_a_service_can_be_renamed_back(load, client):
    load(DIRECTORY)
    load([renamed(service(), "dos", "uno")])
    load([renamed(service(), "uno", "dos")])
    assert list(FormerSlug.objects.values_list("slug")) == [("dos",)]
    assert client.get("/servicios/uno/").status_code == 200
    assert client.get("/servicios/dos/")["Location"] == "/servicios/uno/"


# ---- What is refused ---------------------------------------------------------------------------


@pytest.fixture
def refused(load):
    def refused(objects):
        load(DIRECTORY)
        before = rows()
        with pytest.raises(CommandError) as error:
            load(objects)
        assert rows() == before
        return str(error.value)

    return refused


def test_both_names_at_once_are_refused(load, refused):
    load([*DIRECTORY, service(slug="dos", name="Dos")])
    assert "service “dos”, renamed_from: Existen «uno» y «dos»." in refused(
        [renamed(service(), "dos", "uno")]
    )
    both = [service(), renamed(service(), "tres", "uno")]
    assert "«uno» también está en estos archivos de datos." in refused(both)


@pytest.mark.parametrize(
    "given",
    [
        [renamed(service(), "dos", "uno"), renamed(service(), "uno", "dos")],
        [renamed(service(), "dos", "uno"), renamed(service(), "tres", "dos")],
    ],
    ids=["they change places", "one takes the place of another"],
)
def test_names_that_are_free_only_afterwards_are_refused_with_what_to_do(load, refused, given):
    load([*DIRECTORY, service(slug="dos", name="Dos")])
    message = refused(given)
    assert "cambia de nombre. Cárguelos uno después del otro; si intercambian" in message
    assert message.count("prueba.json") == message.count("renamed_from: ")


def test_a_former_and_a_new_name_that_are_both_unknown_are_told_once(load, refused):
    load(DIRECTORY)
    given = [{"model": "directory.channel", "fields": {"service": ["uno"], "code": "nuevo"}}]
    given[0]["fields"]["renamed_from"] = "nada"
    assert refused(given).partition("renamed_from: ")[2] == (
        "No existen ni «nada» ni «nuevo». Corrija uno de los dos nombres."
    )


def test_an_address_is_not_a_former_one_of_its_own(load, refused):
    former = {"model": "directory.formerslug", "fields": {"slug": "uno", "service": ["uno"]}}
    said = "formerslug “uno”, slug: Un servicio tiene esta dirección ahora."
    assert said in refused([*DIRECTORY, former])
    load(DIRECTORY)
    assert said in refused([former])


def test_who_uses_the_old_name_is_told_the_new_one(load, refused):
    given = [renamed(service(), "dos", "uno"), channel(code="otro")]
    assert (
        'service: directory.service ["uno"] se llama distinto ahora: escriba ["dos"].'
        in refused(given)
    )
    load([renamed(service(), "dos", "uno")])
    with pytest.raises(CommandError, match="se llama distinto ahora: escriba"):
        load([channel(code="otro")])


def test_a_new_service_does_not_take_a_former_address(load):
    load(DIRECTORY)
    load([renamed(service(), "dos", "uno")])
    with pytest.raises(CommandError, match="“uno”, slug: Esta es la dirección anterior de «Uno»"):
        load(DIRECTORY)


def test_without_it_a_refusal_says_how(refused):
    message = refused([phone(code="pbx")])
    assert "“pbx”, phone: Este número ya es un medio de contacto." in message
    assert "Si ahora tiene otro código, escriba en él «renamed_from» con el anterior." in message


def test_a_new_service_with_the_name_of_another_is_told(load):
    load(DIRECTORY)
    said = load([service(slug="primero"), web()], dry_run=True)
    assert "escriba en él «renamed_from»: «uno»" in said
    assert list(Service.objects.values_list("slug", flat=True)) == ["uno"]
