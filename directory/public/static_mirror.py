"""The public pages as files: a mirror to fail over to, for any web server at the root of a host.

What a page says about “now” is of the instant of the copy; each page says so (`data-offline` in
site.css), hides searching, and leaves out what templates mark as “live”: choosing a request, the
data, the feed and the earlier editions. A copy is for what holds now: with its history it would
grow with every edit, and take ever longer to be made.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.test import Client

# Put into every copy; only a directory that has it is ever replaced.
MARKER = ".support-directory-copy"
# What works with the application only; never one such element inside of another.
LIVE = re.compile(
    r'<link class="live"[^>]*>\n?|<(li|span|nav) class="(?:choices )?live"[^>]*>.*?</\1>', re.DOTALL
)
# Of all questions only that for a further page has a file of its own.
LINK = re.compile(r'(?:href|src)="((?:/[^"#?]*)?(?:\?page=\d+)?)(?:#[^"]*)?"')
FURTHER_PAGE = re.compile(r'href="(/[^"?#]*)?(\?page=\d+)"')
ENTRANCES = (
    "/",
    "/en/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-start.xml",
    "/sitemap-services.xml",
    "/sw.js",
)


def write(target: Path, base_url: str) -> Iterator[str]:
    """Write all public pages, as they are at `base_url`, into the directory `target`; yield the
    path of each one written.

    The copy is complete or not there: it is built beside `target` and then takes its place.
    Raises FileExistsError if `target` holds anything but an earlier copy, ImproperlyConfigured if
    the site does not answer at `base_url`.
    """
    if target.exists() and any(target.iterdir()) and not (target / MARKER).exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        (building / MARKER).touch()
        building.chmod(0o755)
        for path, content in _crawl(base_url):
            file = building / file_of(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            yield path
        if target.exists():
            outgoing = building.with_name(f"{building.name}-old")
            target.rename(outgoing)
            building.rename(target)
            shutil.rmtree(outgoing)
        else:
            building.rename(target)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def file_of(path: str) -> str:
    """The file, relative to the copy, that a web server hands out for a path of the site."""
    parts = urlsplit(path)
    page = parse_qs(parts.query).get("page", ["1"])[0]
    folder = parts.path.lstrip("/") + (f"pagina/{page}/" if page != "1" else "")
    return f"{folder}index.html" if folder.endswith("/") or not folder else folder


def _crawl(base_url: str) -> Iterator[tuple[str, bytes]]:
    """(path, content) of everything public that can be reached from ENTRANCES."""
    parts = urlsplit(base_url)
    client = Client(SERVER_NAME=parts.hostname, SERVER_PORT=str(parts.port or ""))
    waiting, seen = list(ENTRANCES), set(ENTRANCES)
    while waiting:
        path = waiting.pop()
        response = client.get(path, secure=parts.scheme == "https")
        if response.status_code != 200:
            raise ImproperlyConfigured(f"{base_url}{path}: {response.status_code}")
        content = response.getvalue()
        if response["Content-Type"].startswith("text/html"):
            html = LIVE.sub("", content.decode())
            for link in _links(html, path):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
            content = _as_copy(html, path).encode()
        yield path, content


def _links(html: str, path: str) -> Iterator[str]:
    for found in filter(None, LINK.findall(html)):
        link = found if found.startswith("/") else f"{urlsplit(path).path}{found}"
        yield link.removesuffix("?page=1")


def _as_copy(html: str, path: str) -> str:
    def address(match):
        file = file_of(f"{match[1] or urlsplit(path).path}{match[2]}")
        return f'href="/{file.removesuffix("index.html")}"'

    return FURTHER_PAGE.sub(address, html).replace("<body", '<body data-offline="copy"', 1)
