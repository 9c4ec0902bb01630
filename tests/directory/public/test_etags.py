"""Conditional requests: what is kept is known again while it says the same, and no longer."""

from datetime import datetime, timedelta

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import help_desk
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

# On a Monday: it opens at 7 a.m. and closes at 7 p.m.
BEFORE_A_MINUTE_ENDS = datetime.fromisoformat("2026-11-23T08:00:59-05:00")
BEFORE_IT_CLOSES = datetime.fromisoformat("2026-11-23T18:59:59-05:00")
PAGES = [
    "/", "/?q=mesa", "/servicios/mesa/", "/servicios/mesa/?request_type=incidente-critico",
    "/servicios/mesa/tarjeta/", "/servicios/mesa/contactos.vcf", "/servicios/mesa/qr.svg",
    "/servicios/mesa/ediciones/", "/servicios/mesa/ediciones/1/",
    "/servicios/mesa/ediciones/1/qr.svg", "/servicios/mesa/ediciones/1/cambios/",
    "/servicios/mesa/cambios.atom", "/offline.html", "/en/servicios/mesa/",
]  # fmt: skip
ANSWERS = [
    "/api/v1/services/", "/api/v1/services/mesa/", "/api/v1/services/mesa/now/",
    "/api/v1/services/mesa/editions/", "/api/v1/services/mesa/editions/1/", "/api/v1/openapi.json",
]  # fmt: skip
TELL_NOW = ["/", "/servicios/mesa/", "/servicios/mesa/tarjeta/", *ANSWERS[1:3]]


@pytest.fixture
def desk(db):
    with time_machine.travel(BEFORE_A_MINUTE_ENDS - timedelta(hours=1), tick=False):
        return help_desk()


def ask(client, path, at, etag=""):
    headers = {"if-none-match": etag} if etag else {}
    with time_machine.travel(at, tick=False):
        return client.get(path, headers=headers)


def status_later(client, path, at, seconds):
    first = ask(client, path, at)
    assert first.status_code == 200
    return ask(client, path, at + timedelta(seconds=seconds), first["ETag"]).status_code


@pytest.mark.parametrize("path", [*PAGES, *ANSWERS])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_seconds_later_it_is_known_again(client, desk, path, encoding):
    client.defaults["HTTP_ACCEPT_ENCODING"] = encoding
    assert status_later(client, path, BEFORE_A_MINUTE_ENDS, 2) == 304


@pytest.mark.parametrize("path", TELL_NOW)
def test_what_closes_meanwhile_is_told(client, desk, path):
    assert status_later(client, path, BEFORE_IT_CLOSES, 2) == 200


@pytest.mark.parametrize("path", [*PAGES[:6], *ANSWERS[:2]])
def test_what_is_published_meanwhile_is_told(client, desk, path):
    first = ask(client, path, BEFORE_A_MINUTE_ENDS)
    Service.objects.update(name="Mesa nueva")
    publish(Service.objects.all(), at=BEFORE_A_MINUTE_ENDS)
    again = ask(client, path, BEFORE_A_MINUTE_ENDS + timedelta(seconds=2), first["ETag"])
    assert (again.status_code, again["ETag"] == first["ETag"]) == (200, False)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/servicios/mesa/", 200),
        ("/servicios/mesa/tarjeta/", 200),
        *((each, 304) for each in ANSWERS),
    ],
)
def test_a_page_that_tells_its_minute_is_sent_anew_after_it(client, desk, path, status):
    assert status_later(client, path, BEFORE_A_MINUTE_ENDS, 60) == status


def test_another_question_and_another_language_have_other_tags(client, desk):
    paths = [
        "/servicios/mesa/",
        "/en/servicios/mesa/",
        "/servicios/mesa/?request_type=incidente-critico",
        "/api/v1/services/mesa/now/",
        "/api/v1/services/mesa/now/?request_type=incidente-critico",
    ]
    tags = {ask(client, path, BEFORE_A_MINUTE_ENDS)["ETag"] for path in paths}
    assert len(tags) == len(paths)


def test_a_copy_that_is_not_known_is_answered_whole(client, desk):
    path, at = "/servicios/mesa/", BEFORE_A_MINUTE_ENDS
    said = ask(client, path, at)["ETag"].partition("-")[0]
    for known in (f'{said}-ffffffffff"', f'{said}-x"', f'{said}"', '"', 'W/"x-1"', "nada"):
        assert ask(client, path, at, known).status_code == 200
    assert ask(client, path, at, f'"a", {ask(client, path, at)["ETag"]}').status_code == 304
    assert ask(client, path, at, "*").status_code == 304


@pytest.mark.parametrize("path", [*PAGES, *ANSWERS])
def test_caches_are_told_to_ask_again_and_what_answers_depend_on(client, desk, path):
    first = ask(client, path, BEFORE_A_MINUTE_ENDS)
    again = ask(client, path, BEFORE_A_MINUTE_ENDS, first["ETag"])
    kept_for = "max-age=86400, public" if path.endswith("qr.svg") else "no-cache, public"
    varies = {"Accept-Encoding"} | ({"Cookie"} if "/ediciones/" in path else set())
    if path.endswith("ediciones/1/qr.svg"):
        varies = {"Accept-Encoding"}
    for answer in (first, again):
        assert ", ".join(sorted(answer["Cache-Control"].split(", "))) == kept_for
        assert set(answer["Vary"].split(", ")) == varies


def test_what_staff_see_is_not_kept(client, desk):
    client.force_login(UserFactory(is_staff=True))
    response = ask(client, "/servicios/mesa/ediciones/1/", BEFORE_A_MINUTE_ENDS)
    assert ("no-store" in response["Cache-Control"], "ETag" in response) == (True, False)
