"""“¿No le contestaron? Avísenos”: the form, what is taken, and what to try next."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, InternalError, OperationalError
from django.utils import timezone
from psycopg import errors as postgresql

from directory.editions.publish import publish
from directory.models import ContactPoint, ContactReport, FormerSlug, Service
from directory.upkeep import reports
from tests.directory.pages import MONDAY_MORNING, SUNDAY_NIGHT, help_desk
from tests.factories import NoticeFactory, ServiceFactory
from tests.html import Page

pytestmark = pytest.mark.django_db
FORM = "/servicios/mesa/avisar/"
THANKS = "/servicios/mesa/avisar/gracias/"


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def line(clock):
    """The first contact of the help desk."""
    help_desk()
    return ContactPoint.objects.get(label="Línea Bogotá")


def opened(client, path=FORM, **query):
    return Page(client.get(path, query).content.decode())


def filled(client, line, **typed):
    """What a customer sends who has opened the form of a contact."""
    fields = opened(client, key=line.code).fields
    values = {name: values[0] for name, values in fields.items()}
    return {**values, "problem": "no_answer", **typed}


def send(client, values, clock=None, path=FORM, **headers):
    if clock:
        clock.shift(timedelta(seconds=20))
    return client.post(path, values, **headers)


def report(client, clock, line, **typed):
    return send(client, filled(client, line, **typed), clock)


def refusals(response):
    """The status, and what the page says is wrong."""
    return response.status_code, Page(response.content.decode()).by_class.get("report-errors")


# ---- The way of a customer ------------------------------------------------------------------


def test_each_contact_of_the_page_leads_to_its_form(client, line):
    page = opened(client, "/servicios/mesa/")
    links = {each for each in page.seen_links if "avisar" in each}
    codes = ContactPoint.objects.values_list("code", flat=True)
    assert links == {f"{FORM}?key={code}" for code in codes}
    assert "¿No le contestaron? Avísenos : 601 744 2727" in page.by_class["report-link"]


@pytest.mark.parametrize("of", ["service", "contact_point"])
def test_what_is_out_of_order_takes_no_reports(client, line, of):
    subject = Service.objects.get() if of == "service" else line
    NoticeFactory(severity="out_of_order", **{of: subject})
    publish(Service.objects.all())
    links = opened(client, "/servicios/mesa/").seen_links
    assert f"{FORM}?key={line.code}" not in links


def test_no_edition_no_card_and_no_copy_takes_reports(client, line):
    paths = "/servicios/mesa/ediciones/1/", "/servicios/mesa/tarjeta/"
    copy = client.get("/servicios/mesa/", **{"directory.is_copy": True})
    pages = [client.get(path) for path in paths] + [copy]
    assert [
        each for page in pages for each in Page(page.content.decode()).links if "avisar" in each
    ] == []


def test_the_contact_of_the_link_is_chosen_beforehand(client, line):
    page = opened(client, key=line.code)
    assert page.fields["key"] == [line.code]
    assert [each["src"] for each in page.scripts] == ["/static/directory/pages.js"]
    assert "key" not in opened(client).fields


def test_a_report_is_stored_and_leads_to_what_to_try_next(client, clock, line):
    response = report(client, clock, line, text="Llamé\r\ntres veces", email="ana@example.com")
    assert (response.status_code, response["Location"]) == (302, f"{THANKS}?key={line.code}")
    [stored] = ContactReport.objects.all()
    assert (stored.contact_point, stored.problem, stored.text) == (
        line,
        "no_answer",
        "Llamé tres veces",
    )
    assert stored.subject == "601 744 2727 · Línea Bogotá (Telefónico)"
    assert (stored.email, stored.made_at) == ("ana@example.com", timezone.now())
    assert "127.0.0.1" not in stored.sender
    page = opened(client, response["Location"])
    assert "601 744 2727 · Línea Bogotá" in page.by_class["report-about"]
    assert next(each for each in page.seen_links if "tel:" in each) == "tel:+573187174937"
    assert "tel:+576017442727" not in page.seen_links
    assert "Supervisión" in page.by_class["ways"]


def test_at_night_the_page_after_it_says_what_answers(client, clock, line):
    clock.move_to(SUNDAY_NIGHT)
    monitoring = ContactPoint.objects.get(label="Monitoreo")
    page = opened(client, THANKS, key=monitoring.code)
    assert "Lo próximo que abre" in page.seen
    assert "tel:+576017442727" in page.seen_links


def test_what_to_try_next_says_for_which_requests_only_where_not_for_all(client, clock, line):
    monitoring = ContactPoint.objects.get(label="Monitoreo")
    page = opened(client, THANKS, key=monitoring.code)
    assert page.by_class["ways"].startswith("Telefónico Atiende ahora")
    page = opened(client, THANKS, key=line.code)
    assert page.by_class["ways"].startswith("Celular Incidentes críticos Atiende ahora")


def test_who_reports_a_level_is_led_to_the_next_one(client, clock, line):
    on_first = ContactPoint.objects.get(escalationcontactuses__contact__name="Supervisión")
    page = opened(client, THANKS, key=on_first.code)
    assert "Coordinación" in page.by_class["ways"]
    assert "Supervisión" not in page.by_class["ways"]


def test_no_cookie_is_set_and_no_form_is_kept_by_a_cache(client, clock, line):
    form = client.get(FORM)
    assert (form.cookies, "no-store" in form["Cache-Control"]) == ({}, True)
    assert not report(client, clock, line).cookies


# ---- What is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"key": ""}, "Elija el contacto que no funcionó."),
        ({"key": "otro"}, "Este contacto ya no está en la página. Elija otro."),
        ({"problem": ""}, "Elija qué pasó."),
        ({"problem": "nada"}, "Elija qué pasó."),
        ({"problem": "other", "text": ""}, "Escriba qué pasó."),
        ({"problem": "other", "text": "\x00 \u200b"}, "Escriba qué pasó."),
        ({"email": "ana"}, "Escriba una dirección como ana@example.com, o déjelo vacío."),
        ({"reference": "x"}, "Todavía no se ha enviado Revise lo que escribió"),
        ({"token": "nada"}, "Esta página estuvo abierta mucho tiempo."),
        ({"token": ""}, "Esta página estuvo abierta mucho tiempo."),
    ],
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(client, clock, line, typed, message):
    response = report(client, clock, line, **{"text": "Ana & <b>Beto</b>", **typed})
    status, told = refusals(response)
    assert (status, message in told) == (422, True)
    page = Page(response.content.decode())
    assert page.fields["text"] == [typed.get("text", "Ana & <b>Beto</b>").replace("\x00", " ")]
    assert not ContactReport.objects.exists()


def test_too_long_a_text_is_refused_with_what_was_typed(client, clock, line):
    status, told = refusals(report(client, clock, line, text="a" * 501))
    assert (status, "500" in told) == (422, True)


def test_a_form_that_no_person_can_have_filled_in_is_sent_once_more(client, clock, line):
    values = filled(client, line)
    assert send(client, values).status_code == 422
    assert send(client, values, clock).status_code == 302


def test_a_form_that_was_open_for_a_day_gets_a_new_number(client, clock, line):
    values = filled(client, line)
    clock.shift(timedelta(hours=25))
    response = send(client, values)
    assert response.status_code == 422
    again = {**values, "token": Page(response.content.decode()).fields["token"][0]}
    assert send(client, again, clock).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://example.org"},
        {"HTTP_ORIGIN": "http://["},
        {"HTTP_ORIGIN": "testserver.example.org://x"},
    ],
)
def test_a_form_of_another_site_is_shown_and_not_taken(client, clock, line, headers):
    response = send(client, filled(client, line), clock, **headers)
    assert (response.status_code, ContactReport.objects.count()) == (422, 0)


def test_a_form_of_this_site_says_so(client, clock, line):
    headers = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
    assert send(client, filled(client, line), clock, **headers).status_code == 302


def test_megabytes_are_answered_with_a_calm_page(client, clock, line):
    values = {**filled(client, line), "text": "a" * 10_000_000}
    response = send(client, values, clock)
    assert (response.status_code, "32,0\xa0KB" in response.content.decode()) == (413, True)


def test_thousands_of_fields_are_passed_over(client, clock, line):
    body = "&".join(["a="] * 10_000)
    response = client.post(FORM, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, line, method):
    response = getattr(client, method)(FORM)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


# ---- Sent twice, and floods -----------------------------------------------------------------


def test_a_form_that_is_sent_twice_is_one_report_as_it_was_last(client, clock, line):
    values = filled(client, line)
    answers = [send(client, {**values, "problem": each}, clock) for each in ("no_answer", "other")]
    assert [each.status_code for each in answers] == [302, 422]
    send(client, {**values, "problem": "somebody_else"}, clock)
    assert [each.problem for each in ContactReport.objects.all()] == ["somebody_else"]


def test_a_flood_from_one_address_is_cut_and_shuts_nobody_out(client, clock, line):
    other = ContactPoint.objects.get(label="Monitoreo")
    for _number in range(reports.OF_ADDRESS_AND_CONTACT + 2):
        response = report(client, clock, line)
    assert response["Location"] == f"{THANKS}?key={line.code}&known=1"
    assert "ya nos avisaron" in opened(client, response["Location"]).seen
    assert ContactReport.objects.count() == reports.OF_ADDRESS_AND_CONTACT
    elsewhere = send(client, filled(client, line), clock, REMOTE_ADDR="192.0.2.7")
    assert elsewhere["Location"] == f"{THANKS}?key={line.code}"
    assert report(client, clock, other)["Location"] == f"{THANKS}?key={other.code}"


def test_an_address_that_sends_too_much_in_all_is_told_so(client, clock, line, monkeypatch):
    monkeypatch.setattr(reports, "OF_ADDRESS", 1)
    other = ContactPoint.objects.get(label="Monitoreo")
    report(client, clock, line)
    status, told = refusals(report(client, clock, other, text="Sigue así"))
    assert (status, "inténtelo de nuevo mañana" in told) == (429, True)
    clock.shift(timedelta(days=1))
    assert report(client, clock, other).status_code == 302


def test_in_a_flood_from_everywhere_what_is_not_known_yet_is_still_taken(
    client, clock, line, monkeypatch
):
    monkeypatch.setattr(reports, "OF_ALL", 2)
    monkeypatch.setattr(reports, "OF_CONTACT_IN_A_FLOOD", 2)
    other = ContactPoint.objects.get(label="Monitoreo")
    for number in range(4):
        send(client, filled(client, line), clock, REMOTE_ADDR=f"192.0.2.{number}")
    send(client, filled(client, other), clock, REMOTE_ADDR="192.0.2.9")
    found = ContactReport.objects.order_by("pk").values_list("contact_point", flat=True)
    assert list(found) == [line.pk, line.pk, other.pk]


def test_who_sent_it_is_another_digest_each_day(clock):
    now = timezone.now()
    first, second = (reports.sender_of(each, now) for each in ("192.0.2.1", "192.0.2.2"))
    tomorrow = reports.sender_of("192.0.2.1", now + timedelta(days=1))
    assert len({first, second, tomorrow}) == 3


# ---- What is not there, or not now ----------------------------------------------------------


@pytest.mark.parametrize("key", ["otro", "<script>", "\x00", "a" * 5000])
def test_a_contact_that_is_not_on_the_page_is_told(client, line, key):
    page = opened(client, key=key)
    assert "El contacto de este enlace ya no está en la página" in page.by_class["report-note"]
    assert "key" not in page.fields
    assert client.get(THANKS, {"key": key}).status_code == 200


def test_a_service_without_contacts_says_so(client, clock):
    ServiceFactory(slug="mesa")
    publish(Service.objects.all())
    assert "no tiene contactos" in opened(client).by_class["report-note"]
    assert client.post(FORM, {"key": "x"}).status_code == 422


def test_a_service_that_ended_says_so_to_whoever_sends(client, clock, line):
    values = filled(client, line)
    Service.objects.update(is_published=False, ended_on="2026-11-01")
    for response in (client.get(FORM), send(client, values, clock), client.get(THANKS)):
        assert response.status_code == 410
        assert "now-ended" in Page(response.content.decode()).by_class
    assert not ContactReport.objects.exists()


def test_what_was_sent_to_a_former_address_goes_along(client, clock, line):
    values = filled(client, line)
    FormerSlug.objects.create(slug="vieja", service=Service.objects.get())
    response = send(client, values, clock, path="/servicios/vieja/avisar/")
    assert (response.status_code, response["Location"]) == (307, FORM)
    assert client.get("/servicios/vieja/avisar/?key=a").status_code == 301


@pytest.mark.parametrize("path", ["/servicios/nada/avisar/", "/servicios/nada/avisar/gracias/"])
def test_an_unknown_service_is_not_found(client, path):
    assert client.get(path).status_code == 404


def read_only():
    error = InternalError("read only")
    error.__cause__ = postgresql.ReadOnlySqlTransaction()
    return error


def busy():
    error = OperationalError("busy")
    error.__cause__ = postgresql.LockNotAvailable()
    return error


@pytest.mark.parametrize("error", [read_only(), busy()], ids=["read-only", "busy"])
def test_while_nothing_can_be_stored_what_was_typed_stays(client, clock, line, monkeypatch, error):
    def fail(*args):
        raise error

    monkeypatch.setattr(reports, "_store", fail)
    response = report(client, clock, line, text="Tres veces")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert Page(response.content.decode()).fields["text"] == ["Tres veces"]


def test_a_mistake_of_ours_is_no_outage(client, clock, line, monkeypatch):
    def fail(*args):
        raise DatabaseError("no such column")

    monkeypatch.setattr(reports, "_store", fail)
    with pytest.raises(DatabaseError):
        report(client, clock, line)


# ---- Verified -------------------------------------------------------------------------------


def test_when_a_contact_was_tried_is_told_where_it_is_known(client, clock, line):
    ContactPoint.objects.filter(pk=line.pk).update(verified_on="2026-11-03")
    publish(Service.objects.all())
    page = opened(client, "/servicios/mesa/")
    told = page.by_class["verified"].split("Verificado el ")[1:]
    assert {each.strip() for each in told} == {"3 de noviembre de 2026"}
