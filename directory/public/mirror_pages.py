"""Pages that are rendered for the static mirror: how templates know, and where the files lie."""

from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest

# A key of the WSGI environment. No visitor can set it: what comes by HTTP begins with “HTTP_”.
KEY = "directory.is_copy"


def is_copy(request: HttpRequest) -> bool:
    """Whether the page is rendered for the mirror."""
    return request.META.get(KEY, False)


def context(request: HttpRequest) -> dict[str, bool]:
    """For every template: `is_copy`, where what needs the live site is left out."""
    return {"is_copy": is_copy(request)}


def file_of(address: str) -> str:
    """The file, relative to the mirror, that a web server hands out for an address of the site.

    Of all questions only that for a further page (`?page=2`) has a file of its own.
    """
    parts = urlsplit(address)
    page = parse_qs(parts.query).get("page", ["1"])[0]
    folder = parts.path.lstrip("/") + (f"pagina/{page}/" if page != "1" else "")
    return f"{folder}index.html" if folder.endswith("/") or not folder else folder


def address_of(address: str) -> str:
    """The address, within the mirror, of the file that stands for an address of the site."""
    return "/" + file_of(address).removesuffix("index.html")
