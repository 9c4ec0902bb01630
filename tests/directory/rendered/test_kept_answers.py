"""What is asked again is given as it was rendered, until it is told otherwise."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from directory.editions.publish import publish
from directory.models import CurrentEdition, Service
from tests.directory.pages import published
from tests.directory.rendered.asking import Server
from tests.tampering import triggers_dropped

KEPT = [
    "/", "/en/", "/servicios/mesa/", "/pt/servicios/mesa/",
    "/servicios/mesa/?request_type=incidente-critico", "/servicios/mesa/tarjeta/?theme=dark",
    "/servicios/mesa/contactos.vcf", "/servicios/mesa/qr.svg", "/servicios/mesa/calendario.ics",
    "/servicios/mesa/cambios.atom", "/sitemap.xml", "/sitemap-services.xml", "/sitemap-start.xml",
    "/offline.json", "/api/v1/services/", "/api/v1/services/mesa/",
    "/api/v1/services/mesa/?lang=pt", "/api/v1/services/mesa/now/",
    "/api/v1/services/mesa/now/?request_type=incidente-critico&lang=en",
]  # fmt: skip
NOT_KEPT = [
    "/?q=mesa", "/?page=2", "/?utm_source=mail", "/servicios/mesa/?request_type=nada",
    "/servicios/mesa/tarjeta/?theme=blue", "/servicios/mesa/ediciones/", "/servicios/nada/",
    "/api/v1/services/?q=mesa", "/api/v1/services/mesa/?at=2026-11-23T08:00:00Z",
    "/api/v1/services/mesa/now/?request_type=nada", "/api/v1/services/?page=2",
    "/api/v1/services/mesa/?lang=xx", "/sitemap-services.xml?p=2", "/servicios/mesa/avisar/",
]  # fmt: skip
PAGE = "/servicios/mesa/"


def rendered(server, target, **options):
    """What is answered, and how often Django was asked for it."""
    before = len(server.renders)
    given = server.get(target, **options)
    return given, len(server.renders) - before


@pytest.mark.parametrize("target", KEPT)
def test_it_is_rendered_once_and_given_again_for_one_query(
    server, desk, target, django_assert_num_queries
):
    first = server.get(target)
    with django_assert_num_queries(1):
        again, renders = rendered(server, target)
    assert (first.status, renders) == (200, 0)
    assert (again.status, again.body) == (200, first.body)


@pytest.mark.parametrize("target", KEPT)
def test_it_is_what_django_answers(server, client, desk, target):
    given, asked = server.get(target), client.get(target, headers={"host": "testserver"})
    assert given.body == asked.content
    own = {"X-Request-ID", "Content-Length", "Last-Modified", "Server-Timing"}
    same = {name: value for name, value in asked.headers.items() if name not in own}
    assert {name: value for name, value in given.headers.items() if name not in own} == same


@pytest.mark.parametrize("target", NOT_KEPT)
def test_what_is_asked_in_a_way_of_its_own_is_rendered_each_time(server, desk, target):
    server.get(target)
    assert [rendered(server, target)[1], len(server.serving.memory)] == [1, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{PAGE}?request_type=incidente-critico", f"{PAGE}?solicitud=Incidente_Critico"),
        ("/", "/?page=1"),
        (f"{PAGE}tarjeta/?theme=dark&request_type=incidente-critico",
         f"{PAGE}tarjeta/?request_type=incidente-critico&theme=dark"),
    ],
)  # fmt: skip
def test_another_spelling_of_a_question_is_the_same_question(server, desk, one, other):
    first = server.get(one)
    again, renders = rendered(server, other)
    assert (again.body, renders) == (first.body, 0)


@pytest.mark.parametrize("target", KEPT)
def test_a_publication_is_shown_at_once(server, desk, monday, target):
    before = server.get(target)
    Service.objects.update(name="Mesa nueva")
    publish(Service.objects.all())
    after, renders = rendered(server, target)
    names_it = not any(each in target for each in ("qr.svg", ".xml", ".json", "/now/"))
    assert ("nueva" in before.text, after.status, renders) == (False, 200, 1)
    assert ("nueva" in after.text) == names_it


@pytest.mark.parametrize("is_public", [False, True])
def test_a_page_taken_off_is_gone_at_once_and_back_at_once(server, desk, is_public):
    first = server.get(PAGE)
    Service.objects.update(is_published=False)
    assert server.get(PAGE).status == 404
    if is_public:
        Service.objects.update(is_published=True)
        assert server.get(PAGE).body == first.body


def test_a_list_forgets_a_service_that_is_taken_off(server, desk):
    assert "Mesa de Ayuda" in server.get("/").text
    Service.objects.update(is_published=False)
    publish(Service.objects.all())
    assert "Mesa de Ayuda" not in server.get("/").text


def test_a_page_under_a_new_address_is_no_longer_at_the_former_one(server, desk):
    server.get(PAGE)
    Service.objects.update(slug="ayuda")
    publish(Service.objects.all())
    assert server.get(PAGE).status == 404
    assert server.get("/servicios/ayuda/").status == 200


@pytest.mark.parametrize("target", ["/", PAGE, f"{PAGE}tarjeta/", *KEPT[-5:]])
def test_nothing_is_given_beyond_the_instant_at_which_it_is_told_otherwise(
    server, desk, monday, target
):
    """It closes at 7 p.m."""
    monday.move_to("2026-11-23T18:59:59-05:00")
    before = server.get(target)
    monday.move_to("2026-11-23T19:00:00-05:00")
    after, renders = rendered(server, target)
    assert (renders, after.body == before.body) == (1, False)


@pytest.mark.parametrize("target", ["/", PAGE, f"{PAGE}tarjeta/", "/en/servicios/mesa/"])
def test_all_day_long_a_page_says_the_same_from_one_change_to_the_next(desk, monday, target):
    """So processes that rendered it at other minutes give the same, with the same tag."""
    instants = [datetime.fromisoformat(f"2026-11-23T{time}:00-05:00") for time in (
        "00:00", "03:17", "06:59", "07:00", "11:42", "18:59", "19:00", "23:59")]  # fmt: skip
    said = []
    for instant in instants:
        monday.move_to(instant)
        said.append(Server().get(target))
    same = [one.body == other.body for one, other in pairwise(said)]
    assert same == [True, True, False, True, True, False, True]
    assert same == [one["ETag"] == other["ETag"] for one, other in pairwise(said)]


def test_a_clock_that_is_put_back_does_not_show_what_was_made_later(server, desk, monday):
    monday.move_to("2026-11-23T19:30:00-05:00")
    evening = server.get(PAGE)
    monday.move_to("2026-11-23T18:30:00-05:00")
    earlier, renders = rendered(server, PAGE)
    assert (renders, earlier.body == evening.body) == (1, False)


def test_the_next_day_another_day_is_told(server, desk, monday):
    assert "Lunes 23 de noviembre de 2026" in server.get("/").text
    monday.shift(timedelta(days=1))
    assert "Martes 24 de noviembre de 2026" in server.get("/").text


def test_what_was_altered_in_the_database_is_not_kept(server, desk):
    with triggers_dropped():
        CurrentEdition.objects.update(digest="0" * 64)
    assert [server.get(PAGE).status for _ in range(2)] == [503, 503]
    assert len(server.serving.memory) == 0


def test_each_answer_has_an_id_of_its_own(server, desk):
    ids = [server.get(PAGE)["X-Request-ID"] for _ in range(3)]
    assert len(set(ids)) == 3


def test_lists_of_another_service_are_told_of_it(server, desk):
    server.get("/")
    published(slug="otra", name="Otra")
    assert "Otra" in server.get("/").text
    assert [rendered(server, each)[1] for each in (PAGE, "/")] == [1, 0]
