"""How an answer travels: codings, conditions, HEAD, and for how long caches keep it."""

import gzip
from datetime import timedelta
from hashlib import sha512

import brotli
import pytest

from directory.rendered.encodings import encoded, wanted
from tests.directory.rendered.asking import Server

PAGE = "/servicios/mesa/"
DECODED = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("", "identity"),
        ("gzip", "gzip identity"),
        ("x-gzip", "gzip identity"),
        ("gzip, deflate, br, zstd", "br gzip identity"),
        ("br;q=0.5, gzip", "gzip br identity"),
        ("br;q=0, gzip;q=0.1", "gzip identity"),
        ("*", "br gzip identity"),
        ("*;q=0.1, gzip", "gzip br identity"),
        ("identity, gzip;q=0.5", "identity gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("gzip, *;q=0", "gzip"),
        ("identity;q=0", ""),
        ("GZIP ; Q=1.0", "gzip identity"),
        ("gzip;q=2", "identity"),
        ("gzip;q=x", "identity"),
        (",,;", "identity"),
        ("deflate", "identity"),
        ("gzip" + " " * 400, "identity"),
    ],
)
def test_the_most_wanted_coding_comes_first(header, codings):
    assert " ".join(wanted(header)) == codings


def test_short_and_random_contents_stay_as_they_are():
    noise = b"".join(sha512(bytes([number])).digest() for number in range(9))
    assert (list(encoded(b"a" * 199)), list(encoded(noise))) == (["identity"], ["identity"])
    assert list(encoded(b"a" * 200)) == ["identity", "gzip", "br"]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("", ""), ("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0.1, gzip", "gzip"), ("zstd", "")],
)
def test_it_has_the_coding_that_is_wanted_and_a_tag_of_its_own(server, desk, accepted, coding):
    plain, given = server.get(PAGE), server.get(PAGE, accept_encoding=accepted)
    assert given.headers.get("Content-Encoding", "") == coding
    assert DECODED[coding](given.body) == plain.body
    assert given["Content-Length"] == str(len(given.body))
    assert (given["Vary"], given["ETag"].startswith('"')) == ("Accept-Encoding", True)
    assert (given["ETag"] == plain["ETag"]) == (coding == "")
    assert len(server.renders) == 1


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"a", W/"b" ,{tag}', 304),
        ('"a",{tag},"b"', 304),
        ("*", 304),
        (" * ", 304),
        ('"a"', 200),
        ("{bare}", 200),
        ('"{bare}x"', 200),
        ("", 200),
        ('"', 200),
    ],
)
def test_what_is_known_is_not_sent_again(server, desk, accepted, condition, status):
    first = server.get(PAGE, accept_encoding=accepted)
    tag = first["ETag"]
    known = condition.format(tag=tag, bare=tag.strip('"'))
    again = server.get(PAGE, accept_encoding=accepted, if_none_match=known)
    assert again.status == status
    if status == 304:
        assert again.body == b""
        same = ("ETag", "Cache-Control", "Vary", "Content-Security-Policy")
        assert [again[name] for name in same] == [first[name] for name in same]
        assert not [name for name in again.headers if name in ("Content-Type", "Content-Length")]


def test_the_tag_of_another_coding_is_another_answer(server, desk):
    tag = server.get(PAGE, accept_encoding="gzip")["ETag"]
    assert server.get(PAGE, if_none_match=tag).status == 200


@pytest.mark.parametrize(
    ("needed", "status"), [("*", 200), ("{tag}", 200), ("W/{tag}", 412), ('"a"', 412), ("", 412)]
)
def test_who_needs_another_one_is_told_that_it_failed(server, desk, needed, status):
    tag = server.get(PAGE)["ETag"]
    answer = server.get(PAGE, if_match=needed.format(tag=tag))
    assert (answer.status, answer.body == b"") == (status, status == 412)


@pytest.mark.parametrize("name", ["if_modified_since", "if_unmodified_since"])
def test_dates_are_no_conditions(server, desk, name):
    server.get(PAGE)
    for date in ("Mon, 23 Nov 2099 08:00:00 GMT", "Mon, 23 Nov 1999 08:00:00 GMT"):
        assert server.get(PAGE, **{name: date}).status == 200


@pytest.mark.parametrize("target", [PAGE, "/", "/api/v1/services/mesa/", "/sitemap.xml"])
@pytest.mark.parametrize("is_kept", [False, True])
def test_head_has_the_headers_of_get_and_no_body(server, desk, target, is_kept):
    if is_kept:
        server.get(target)
    head = server.get(target, method="HEAD", accept_encoding="br")
    got = server.get(target, accept_encoding="br")
    assert (head.status, head.body) == (200, b"")
    own = {"X-Request-ID"}
    assert {k: v for k, v in head.headers.items() if k not in own} == {
        k: v for k, v in got.headers.items() if k not in own
    }
    known = server.get(target, method="HEAD", accept_encoding="br", if_none_match=got["ETag"])
    assert known.status == 304


@pytest.mark.parametrize(
    ("seconds", "fresh", "meanwhile"), [(500, 60, 60), (100, 60, 40), (60, 60, 0), (7, 7, 0)]
)
def test_no_cache_keeps_it_beyond_its_end_however_long_it_was_kept_here(
    server, desk, monday, seconds, fresh, meanwhile
):
    server.get(PAGE)
    monday.move_to("2026-11-23T19:00:00-05:00")
    monday.shift(-seconds)
    given = server.get(PAGE)
    assert len(server.renders) == 1
    assert given["Cache-Control"] == (
        f"public, max-age=0, s-maxage={fresh}, stale-while-revalidate={meanwhile}, "
        "stale-if-error=86400"
    )


def test_a_page_is_told_the_clock_of_the_server(server, desk, monday):
    for seconds in (0, 90):
        monday.shift(seconds)
        milliseconds = int(server.get(PAGE)["Server-Timing"].split('"')[1])
        assert milliseconds == round((1795438800 + seconds) * 1000)


def test_the_api_is_open_to_all_also_where_nothing_is_sent_again(server, desk):
    path = "/api/v1/services/mesa/"
    first = server.get(path)
    again = server.get(path, if_none_match=first["ETag"])
    assert (again.status, again["Access-Control-Allow-Origin"]) == (304, "*")
    assert again["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_id_of_a_proxy_is_the_one_of_the_answer(server, desk, settings):
    settings.BEHIND_PROXY = True
    assert server.get(PAGE, x_request_id="proxy-0001")["X-Request-ID"] == "proxy-0001"
    assert server.get(PAGE, x_request_id="bad id")["X-Request-ID"] != "bad id"


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_what_another_process_made_in_another_second_is_not_sent_again(
    server, desk, monday, coding
):
    target = "/api/v1/services/mesa/"
    first = server.get(target, accept_encoding=coding)
    monday.shift(60)
    other = Server()
    known = other.get(target, accept_encoding=coding)
    assert known.body != first.body
    assert known["ETag"] != first["ETag"]
    again = other.get(target, accept_encoding=coding, if_none_match=first["ETag"])
    assert (again.status, again["ETag"]) == (304, known["ETag"])
    assert other.get(target, accept_encoding=coding, if_match=first["ETag"]).status == 412


def test_what_says_something_else_is_sent_whoever_made_it(server, desk, monday):
    target = "/api/v1/services/mesa/"
    known = server.get(target)["ETag"]
    asked = [target + "?lang=en", target + "now/", "/api/v1/services/"]
    monday.shift(timedelta(hours=14))
    given = [server.get(each, if_none_match=known).status for each in (target, *asked)]
    assert given == [200] * 4
