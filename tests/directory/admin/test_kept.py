"""Nothing that was typed is lost: without a session, with a stale token, or when the database is
away; and nothing is done with it that nobody pressed for."""

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from directory.models import ContactPoint, Service
from directory.public import kept
from tests.addresses import INDEX, add_url, change_url, delete_url, list_url, page_url
from tests.factories import PhoneFactory, ServiceFactory, UserFactory, complete_service
from tests.html import form_values, read, submit
from tests.people import client_of

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
PASSWORD = "una clave larga"
HERE = {"HTTP_ORIGIN": "http://testserver"}
ELSEWHERE = {"HTTP_ORIGIN": "https://example.org"}


def person(name, **fields):
    user = UserFactory.build(username=name, is_staff=True, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def ana(db):
    return person("ana", is_superuser=True)


@pytest.fixture
def service():
    return complete_service(name="Clave Segura", slug="clave-segura")


def expired(user, url, button="_save", **typed):
    """What the person gets who sends a form after the session has ended: (client, answer)."""
    client = client_of(user)
    values = form_values(client.get(url))
    client.logout()
    return client, client.post(url, {**values, button: "1", **typed})


def sign_in(client, page, name="ana", password=PASSWORD):
    """Sign in on a page that keeps something; its hidden fields go along."""
    return client.post(LOGIN, {**form_values(page), "username": name, "password": password})


def go_on(client, page, **buttons):
    """Press the button of the page that gives back what was typed."""
    assert page.templates[0].name == "admin/kept.html"
    return client.post(page.context["path"], {**form_values(page), **buttons})


EDIT_AGAIN = {"_edit_again": "1"}


def test_a_form_comes_back_as_it_was_after_signing_in_again(ana, service):
    url = change_url(service)
    client, page = expired(ana, url, name="Clave", introduction="Dos\nlíneas")
    assert page.status_code == 403
    assert read(page).fields["next"] == [url]
    given = sign_in(client, page)
    assert "Nada se ha guardado todavía" in read(given).seen
    again = go_on(client, given, **EDIT_AGAIN)
    values = form_values(again)
    assert (values["name"], values["introduction"]) == (["Clave"], ["Dos\nlíneas"])
    assert Service.objects.get().name == "Clave Segura"
    client.post(url, {**values, "_save": "1"})
    assert Service.objects.get().name == "Clave"


def test_a_wrong_password_in_between_loses_nothing(ana):
    client, page = expired(ana, add_url(Service), name="Clave", slug="clave")
    wrong = sign_in(client, page, password="otra")
    assert wrong.status_code == 200
    again = go_on(client, sign_in(client, wrong), **EDIT_AGAIN)
    assert form_values(again)["name"] == ["Clave"]


def test_another_user_is_named_before_the_form_opens_and_refused_what_he_may_not(ana, service):
    person("beto")
    client, page = expired(ana, change_url(service), name="Clave")
    given = sign_in(client, page, "beto")
    assert "beto" in read(given).seen
    assert go_on(client, given, **EDIT_AGAIN).status_code == 403
    assert Service.objects.get().name == "Clave Segura"


def test_a_preview_that_was_open_comes_back_as_its_form(ana, service):
    url = change_url(service)
    client = client_of(ana)
    shown = submit(client, url, "_preview", name="Clave")
    client.logout()
    page = client.post(url, {**form_values(shown), "_save": "1", "_knowingly": "yes"})
    again = go_on(client, sign_in(client, page), **EDIT_AGAIN)
    assert form_values(again)["name"] == ["Clave"]
    assert "_knowingly" not in form_values(again)
    assert Service.objects.get().name == "Clave Segura"


@pytest.mark.parametrize(
    ("url", "typed"),
    [
        (lambda: add_url(Group), {"name": "Mesa"}),
        (lambda: change_url(User.objects.get()), {"first_name": "Ana María"}),
        (lambda: "/admin/directory/notice/add/?all=1", {"text": "Sin sistema"}),
    ],
)
def test_forms_of_every_kind_come_back(ana, url, typed):
    client, page = expired(ana, url(), **typed)
    again = go_on(client, sign_in(client, page), **EDIT_AGAIN)
    ((name, value),) = typed.items()
    assert form_values(again)[name] == [value]
    assert again.request["QUERY_STRING"] == url().partition("?")[2]


def test_what_is_no_form_is_sent_once_more_by_who_presses(ana, service):
    number = PhoneFactory()
    url = list_url(ContactPoint)
    client = client_of(ana)
    client.logout()
    action = {"action": "delete_selected", "_selected_action": [number.pk]}
    given = sign_in(client, client.post(url, action))
    assert 'value="Enviarlo otra vez"' in given.content.decode()
    asked = go_on(client, given)
    assert asked.templates[0].name == "admin/delete_selected_confirmation.html"


def test_a_deletion_is_asked_anew(ana):
    number = PhoneFactory()
    client, page = expired(ana, delete_url(number), post="yes")
    given = sign_in(client, page)
    assert (given.context["is_question"], read(given).ticks) == (True, {})
    assert delete_url(number) in read(given).links
    assert ContactPoint.objects.filter(pk=number.pk).exists()


def test_passwords_and_tokens_never_travel_and_files_are_named(ana):
    url = reverse("admin:auth_user_add")
    typed = {"username": "caro", "password1": "secretísima", "password2": "secretísima"}
    client, page = expired(ana, url, csrfmiddlewaretoken="a" * 32, **typed)
    assert b"secret" not in page.content
    given = sign_in(client, page)
    sent = dict(given.context["kept"].fields)
    assert (sent["username"], {"password1", "csrfmiddlewaretoken"} & sent.keys()) == ("caro", set())
    assert "Las contraseñas no se conservan" in read(given).seen

    client.logout()
    upload = page_url(ContactPoint, "import", "contact-points")
    page = client.post(upload, {"file": SimpleUploadedFile("medios.xlsx", b"contents")})
    assert "medios.xlsx" in read(page).seen
    assert "medios.xlsx" in read(sign_in(client, page)).seen


def test_what_is_too_long_to_travel_is_told(ana, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3000
    _client, page = expired(ana, add_url(Group), name="".join(map(chr, range(200, 1200))))
    assert "demasiado largo" in read(page).seen
    assert kept.KEPT not in read(page).fields


def test_a_token_of_an_earlier_sign_in_leads_to_no_dead_end(ana, service):
    client = client_of(ana, enforce_csrf_checks=True)
    url = change_url(service)
    values = {**form_values(client.get(url)), "name": "Clave", "_save": "1"}
    answer = client.post(url, {**values, "csrfmiddlewaretoken": "a" * 32}, **HERE)
    assert (answer.status_code, answer.context["path"]) == (403, url)
    token = read(answer).fields["csrfmiddlewaretoken"][-1]
    typed = {**form_values(answer), "csrfmiddlewaretoken": token, **EDIT_AGAIN}
    assert form_values(client.post(url, typed, **HERE))["name"] == ["Clave"]
    assert Service.objects.get().name == "Clave Segura"


def test_without_cookies_and_session_it_leads_to_the_page_to_sign_in(ana, service):
    page = Client(enforce_csrf_checks=True).post(change_url(service), {"name": "Clave"}, **HERE)
    assert page.templates[0].name == "admin/login.html"
    assert kept.read(read(page).fields[kept.KEPT][0]).fields == (("name", "Clave"),)


def test_signed_in_elsewhere_while_the_page_to_sign_in_was_open(ana, service):
    _client, page = expired(ana, change_url(service), name="Clave")
    client = client_of(ana, enforce_csrf_checks=True)
    answer = client.post(LOGIN, {**form_values(page), "username": "ana"}, **HERE)
    assert dict(answer.context["kept"].fields)["name"] == "Clave"


# ---- What others try -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sender", [ELSEWHERE, {"HTTP_ORIGIN": "null"}, {"HTTP_REFERER": "http://[testserver"}, {}]
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sends_is_refused_as_before(ana, service, sender, signed_in):
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(ana)
    answer = client.post(change_url(service), {"name": "Suyo", "_save": "1"}, **sender)
    assert (answer.status_code, b"Suyo" in answer.content) == (403, False)
    assert Service.objects.get().name == "Clave Segura"


def test_another_site_cannot_make_the_page_to_sign_in_keep_something(ana):
    forged = kept.Kept(add_url(Group), (("name", "Suyo"), ("_save", "1"))).signed()
    for address, data in [(LOGIN, {kept.KEPT: forged}), (f"{LOGIN}?{kept.KEPT}={forged}", {})]:
        answer = Client(enforce_csrf_checks=True).post(address, data, **ELSEWHERE)
        assert (answer.status_code, b"Suyo" in answer.content) == (403, False)
    page = Client().get(LOGIN, {kept.KEPT: forged})
    assert kept.KEPT not in read(page).fields


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a:b:c",
        signing.dumps({"path": "https://example.org/", "fields": []}),
        signing.dumps({"path": INDEX, "fields": []}, salt="another"),
    ],
    # Signed texts differ from second to second, and the names of tests do not.
    ids=["empty", "short", "three parts", "no page of ours", "signed for something else"],
)
def test_only_what_we_signed_is_given_back(ana, text):
    answer = Client().post(LOGIN, {"username": "ana", "password": PASSWORD, kept.KEPT: text})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


def test_what_was_kept_long_ago_is_not_given_back():
    with time_machine.travel("2026-11-23 10:00Z", tick=False) as clock:
        text = kept.Kept(INDEX, ()).signed()
        assert kept.read(text) == kept.Kept(INDEX, ())
        clock.shift(kept.FOR_SECONDS + 1)
        assert kept.read(text) is None


def test_nothing_is_saved_by_signing_in_nor_by_opening_the_form(ana):
    client, page = expired(ana, add_url(Group), name="Mesa")
    given = sign_in(client, page)
    go_on(client, given, **EDIT_AGAIN)
    assert not Group.objects.exists()
    assert not {"_save", "_continue", "_preview"} & read(given).fields.keys()


def test_markup_that_was_typed_stays_text(ana):
    client, page = expired(ana, add_url(Group), name='"><script>alert(1)</script>')
    assert b"<script>alert" not in page.content
    assert b"<script>alert" not in sign_in(client, page).content


def test_signing_out_keeps_nothing(client):
    assert client.post("/admin/logout/").status_code == 302


# ---- When it fails -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [503, 500])
def test_a_save_that_fails_keeps_what_was_typed(ana, service, monkeypatch, status):
    def fail(*_args, **_options):
        error = OperationalError("database is locked") if status == 503 else KeyError("mistake")
        if status == 503:
            error.__cause__ = type("Busy", (Exception,), {"sqlite_errorcode": 5})()
        raise error

    client = client_of(ana, raise_request_exception=False)
    url = change_url(service)
    with monkeypatch.context() as patched:
        patched.setattr("directory.editions.turn.take_publishing_turn", fail)
        page = submit(client, url, name="Clave")
    assert page.status_code == status
    assert "Intente de nuevo" in read(page).seen
    client.post(url, form_values(page))
    assert Service.objects.get().name == "Clave"


def test_what_the_database_refuses_comes_back_in_its_form(ana, monkeypatch):
    PhoneFactory()
    ServiceFactory(name="Vecino", slug="vecino")
    monkeypatch.setattr(Service, "validate_unique", lambda *_args, **_options: None)
    monkeypatch.setattr(Service, "validate_constraints", lambda *_args, **_options: None)
    page = submit(client_of(ana), add_url(Service), name="Vecina", slug="vecino")
    assert "Nada se guardó" in read(page).seen
    assert form_values(page)["name"] == ["Vecina"]
    assert Service.objects.count() == 1
