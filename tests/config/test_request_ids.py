"""Requests have ids, which logs, answers and pages of failures share."""

import logging
import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config import request_ids
from config.logs import Formatter

OWN = re.compile(r"(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}")


def answered(**headers):
    seen = {}

    def view(request):
        seen["id"], seen["known"] = request_ids.request_id(request), request_ids.request_id()
        return HttpResponse()

    request = RequestFactory().get("/", headers=headers)
    response = request_ids.RequestIdMiddleware(view)(request)
    assert seen["id"] == seen["known"] == response["X-Request-ID"]
    assert request_ids.request_id() == ""
    return response["X-Request-ID"]


def test_each_request_has_an_id_of_its_own():
    first, second = answered(), answered()
    assert first != second
    assert OWN.fullmatch(first)


def test_who_asks_directly_gives_no_id(settings):
    settings.BEHIND_PROXY = False
    assert OWN.fullmatch(answered(x_request_id="0123456789abcdef"))


def test_the_id_of_the_declared_proxy_is_taken(settings):
    settings.BEHIND_PROXY = True
    assert answered(x_request_id="0123456789abcdef") == "0123456789abcdef"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "short",
        "a" * 65,
        "a" * 10_000,
        "0123456789abcdef,fedcba9876543210",
        "0123456789\r\nSet-Cookie: a=b",
        "<script>alert(1)</script>",
        "número-0123456789",
        "../../../../etc/passwd",
        "0123456789abcdef ",
    ],
)
def test_an_id_that_is_no_plain_word_is_not_taken(settings, given):
    settings.BEHIND_PROXY = True
    assert OWN.fullmatch(answered(x_request_id=given))


def test_lines_of_the_log_name_their_request():
    record = logging.LogRecord("a", logging.INFO, "", 1, "done", (), None)
    formatter = Formatter("[%(request_id)s] %(message)s")
    assert formatter.format(record) == "[-] done"

    def view(request):
        return HttpResponse(formatter.format(record))

    response = request_ids.RequestIdMiddleware(view)(RequestFactory().get("/"))
    assert response.content.decode() == f"[{response['X-Request-ID']}] done"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/en/"])
def test_a_page_of_a_failure_tells_the_id_that_the_log_has(client, monkeypatch, path):
    known = []

    def fail(*args):
        known.append(request_ids.request_id())
        raise RuntimeError("a mistake of ours")

    client.raise_request_exception = False
    monkeypatch.setattr("directory.public.views.find", fail)
    response = client.get(path)
    assert response.status_code == 500
    assert [response["X-Request-ID"]] == known
    assert f'<code translate="no">{known[0]}</code>' in response.content.decode()
