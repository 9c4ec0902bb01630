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
MORNING = datetime.fromisoformat("2026-11-23T08:00:59-05:00")
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
# They tell the instant at which they were made: `directory.rendered` keeps them as they are.
TELL_THEIR_INSTANT = ANSWERS[1:3]
SAY_THE_SAME = [each for each in [*PAGES, *ANSWERS] if each not in TELL_THEIR_INSTANT]


@pytest.fixture
def desk(db):
    with time_machine.travel(MORNING - timedelta(hours=1), tick=False):
        return help_desk()


def ask(client, path, at, etag=""):
    headers = {"if-none-match": etag} if etag else {}
    with time_machine.travel(at, tick=False):
        return client.get(path, headers=headers)


def status_later(client, path, at, seconds):
    first = ask(client, path, at)
    assert first.status_code == 200
    return ask(client, path, at + timedelta(seconds=seconds), first["ETag"]).status_code


@pytest.mark.parametrize("path", SAY_THE_SAME)
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_hours_later_it_is_known_again(client, desk, path, encoding):
    client.defaults["HTTP_ACCEPT_ENCODING"] = encoding
    assert status_later(client, path, MORNING, 3 * 60 * 60) == 304


@pytest.mark.parametrize("path", TELL_THEIR_INSTANT)
def test_an_answer_that_tells_another_instant_is_another(client, desk, path):
    assert [status_later(client, path, MORNING, seconds) for seconds in (0, 2)] == [304, 200]


@pytest.mark.parametrize("path", TELL_NOW)
def test_what_closes_meanwhile_is_told(client, desk, path):
    assert status_later(client, path, BEFORE_IT_CLOSES, 2) == 200


@pytest.mark.parametrize("path", [*PAGES[:6], *ANSWERS[:2]])
def test_what_is_published_meanwhile_is_told(client, desk, path):
    first = ask(client, path, MORNING)
    Service.objects.update(name="Mesa nueva")
    publish(Service.objects.all(), at=MORNING)
    again = ask(client, path, MORNING + timedelta(seconds=2), first["ETag"])
    assert (again.status_code, again["ETag"] == first["ETag"]) == (200, False)


def test_another_question_and_another_language_have_other_tags(client, desk):
    paths = [
        "/servicios/mesa/",
        "/en/servicios/mesa/",
        "/servicios/mesa/?request_type=incidente-critico",
        "/api/v1/services/mesa/now/",
        "/api/v1/services/mesa/now/?request_type=incidente-critico",
    ]
    tags = {ask(client, path, MORNING)["ETag"] for path in paths}
    assert len(tags) == len(paths)


def test_a_copy_that_is_not_known_is_answered_whole(client, desk):
    path, at = "/servicios/mesa/", MORNING
    said = ask(client, path, at)["ETag"].strip('"')
    for known in (f'"{said}x"', f'"x{said}"', '"', 'W/"x-1"', "nada"):
        assert ask(client, path, at, known).status_code == 200
    assert ask(client, path, at, f'"a", {ask(client, path, at)["ETag"]}').status_code == 304
    assert ask(client, path, at, "*").status_code == 304


# It closes at 7 p.m.
HOLDS = "max-age=0, public, s-maxage=60, stale-if-error=86400, stale-while-revalidate=60"
KEPT = [PAGES[0], *PAGES[2:6], PAGES[11], PAGES[13], *ANSWERS[:3]]
FOR_A_DAY = [PAGES[6], PAGES[9]]


def directives(response):
    return ", ".join(sorted(response["Cache-Control"].split(", ")))


@pytest.mark.parametrize("path", [*PAGES, *ANSWERS])
def test_caches_are_told_for_how_long_and_what_answers_depend_on(client, desk, path):
    first = ask(client, path, MORNING)
    again = ask(client, path, MORNING, first["ETag"])
    kept_for = HOLDS if path in KEPT else "no-cache, public"
    if path in FOR_A_DAY:
        kept_for = "max-age=86400, public"
    varies = {"Accept-Encoding"} | ({"Cookie"} if "/ediciones/" in path else set())
    if path in FOR_A_DAY:
        varies = {"Accept-Encoding"}
    for answer in (first, again):
        assert directives(answer) == kept_for
        assert set(answer["Vary"].split(", ")) == varies


@pytest.mark.parametrize(
    ("seconds", "fresh", "meanwhile"),
    [(121, 60, 60), (120, 60, 60), (119, 60, 59), (61, 60, 1), (60, 60, 0), (5, 5, 0), (1, 1, 0)],
)
def test_no_cache_keeps_a_page_beyond_its_next_change(client, desk, seconds, fresh, meanwhile):
    closes = BEFORE_IT_CLOSES + timedelta(seconds=1)
    response = ask(client, "/servicios/mesa/", closes - timedelta(seconds=seconds))
    wanted = {f"s-maxage={fresh}", f"stale-while-revalidate={meanwhile}"}
    assert wanted <= set(response["Cache-Control"].split(", "))


def test_what_staff_see_is_not_kept(client, desk):
    client.force_login(UserFactory(is_staff=True))
    response = ask(client, "/servicios/mesa/ediciones/1/", MORNING)
    assert ("no-store" in response["Cache-Control"], "ETag" in response) == (True, False)
