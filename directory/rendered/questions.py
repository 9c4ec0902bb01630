"""Which requests ask something whose answer may be kept: pure.

A question is all that such an answer depends on besides the version and the clock. Whatever else a
request says (headers, cookies, a body) is no part of it, and parameters that are not known, or that
are there twice or empty, make it none: then Django is asked, and nothing is kept.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import reverse
from django.utils.translation import override

# Longer ones are none of ours.
LONGEST_HOST, LONGEST_QUERY = 255, 200
CODE = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}")
NUMBER = re.compile(r"[1-9][0-9]{0,5}")
THEME = re.compile(r"light|dark|auto")
SLUG = "[-a-zA-Z0-9_]+"
# Stands for a slug where addresses are made.
ANY = "any-slug"


class Question(NamedTuple):
    """What is asked. `host` is empty where no answer depends on it; `slug` is of the service that
    it is about, empty for all; `is_of_all`: other services change the answer too."""

    scheme: str
    host: str
    path: str
    query: str
    slug: str
    is_of_all: bool


class Parameter(NamedTuple):
    """A parameter as it is asked of views, what it may be, and how it is written."""

    name: str
    values: re.Pattern[str]
    written: Callable[[str], str] = str


class Page(NamedTuple):
    """What is asked at an address: by which parameters, and what the answer depends on."""

    parameters: Mapping[str, Parameter]
    is_of_all: bool = False


def _as_code(text: str) -> str:
    return text.lower().replace("_", "-")


PAGE = Parameter("page", NUMBER)
KIND = Parameter("request_type", CODE, _as_code)
# Its former name is in bookmarks.
OF_KIND = {"request_type": KIND, "solicitud": KIND}
LANG = {"lang": Parameter("lang", CODE)}
# What the answers at each address depend on, by its name; with arguments beside the slug.
OF_SERVICE = {
    "directory:service-detail": Page(OF_KIND),
    "directory:card": Page(OF_KIND | {"theme": Parameter("theme", THEME)}),
    "directory:contacts-vcf": Page({}),
    "directory:calendar": Page({}),
    "directory:qr": Page({}),
    # Earlier editions of it may be withdrawn.
    "directory:changes-feed": Page({}, is_of_all=True),
    "api:service-detail": Page(LANG),
    "api:service-now": Page(LANG | {"request_type": Parameter("request_type", CODE)}),
}
OF_ALL: dict[tuple[str, ...], Page] = {
    ("directory:service-list",): Page({"page": PAGE}, is_of_all=True),
    ("api:service-list",): Page(LANG | {"page": PAGE}, is_of_all=True),
    ("sitemap-index",): Page({}, is_of_all=True),
    ("sitemap", "start"): Page({}, is_of_all=True),
    ("sitemap", "services"): Page({"p": Parameter("p", NUMBER)}, is_of_all=True),
    ("offline-data",): Page({}, is_of_all=True),
}


class Questions:
    """Reads requests, by the addresses and the settings of this site."""

    def __init__(self) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        self._languages = frozenset(languages)
        self._of_all: dict[str, Page] = {}
        self._of_service: dict[tuple[str, str], Page] = {}
        for code in languages:
            with override(code):
                for (name, *arguments), page in OF_ALL.items():
                    self._of_all[reverse(name, args=arguments)] = page
                for name, page in OF_SERVICE.items():
                    before, _slug, after = reverse(name, args=[ANY]).partition(ANY)
                    self._of_service[before, after] = page
        starts = {before for before, _after in self._of_service}
        self._service = re.compile(rf"({'|'.join(map(re.escape, starts))})({SLUG})(/.*)", re.ASCII)

    def read(self, environ: Mapping[str, Any]) -> Question | None:
        """What a WSGI request asks; None where the answer is not to be kept."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or _has_body(environ):
            return None
        path = environ.get("PATH_INFO", "")
        page, slug = self._page(path)
        if page is None:
            return None
        query = self._query(page.parameters, environ.get("QUERY_STRING", ""))
        scheme, host = scheme_of(environ), environ.get("HTTP_HOST", "").lower()
        if query is None or not _is_served(host, tuple(settings.ALLOWED_HOSTS)):
            return None
        if settings.SECURE_SSL_REDIRECT and scheme != "https":
            return None
        # Addresses begin with PUBLIC_URL, whichever host was asked.
        host = "" if settings.PUBLIC_URL else host
        return Question(scheme, host, path, query, slug, page.is_of_all)

    def _page(self, path: str) -> tuple[Page | None, str]:
        if page := self._of_all.get(path):
            return page, ""
        if match := self._service.fullmatch(path):
            before, slug, after = match.groups()
            return self._of_service.get((before, after)), slug
        return None, ""

    def _query(self, known: Mapping[str, Parameter], text: str) -> str | None:
        """The parameters in one order and spelling; None where one is not known."""
        if not text:
            return ""
        found: dict[str, str] = {}
        for part in text.split("&") if len(text) <= LONGEST_QUERY else ("",):
            name, _equals, value = part.partition("=")
            parameter = known.get(name)
            if parameter is None or parameter.name in found:
                return None
            if not parameter.values.fullmatch(value):
                return None
            if name == "lang" and value not in self._languages:
                return None
            found[parameter.name] = parameter.written(value)
        # The first page is the list itself.
        pairs = (each for each in found.items() if each not in {("page", "1"), ("p", "1")})
        return "&".join(f"{name}={value}" for name, value in sorted(pairs))


@lru_cache(maxsize=64)
def _is_served(host: str, allowed: tuple[str, ...]) -> bool:
    """Whether Django would answer at this host (ALLOWED_HOSTS)."""
    domain, _port = split_domain_port(host)
    return len(host) <= LONGEST_HOST and bool(domain) and validate_host(domain, allowed)


def scheme_of(environ: Mapping[str, Any]) -> str:
    """“https” or “http”, as Django reads it: what a header says counts behind a proxy alone."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if said := environ.get(name):
            return "https" if said.split(",", 1)[0].strip() == secure else "http"
    return str(environ.get("wsgi.url_scheme", "http"))


def _has_body(environ: Mapping[str, Any]) -> bool:
    return environ.get("CONTENT_LENGTH", "") not in ("", "0") or (
        "HTTP_TRANSFER_ENCODING" in environ
    )
