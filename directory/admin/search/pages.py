"""The pages of the back office, and what is done on them, by their names and what else people call
them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from directory.admin.found_places import Sought
from directory.admin.search.results import Group, Result
from directory.answers.near_names import is_near
from directory.contacts.text import fold

AT_MOST = 8
# Shorter words stand in every name.
SHORTEST = 3

Text = Any


@dataclass(frozen=True)
class Page:
    """A page: its name, how to get its address, what else people call what is done there, and a
    permission that its user has."""

    title: Text
    url: Callable[[], str]
    also: Text = ""
    permission: str = ""

    def is_named(self, words: tuple[str, ...]) -> bool:
        """Whether its names, in any language, have words that begin with each of these."""
        names = self._names().replace(",", " ").split()
        return all(any(name.startswith(word) for name in names) for word in words)

    def is_near(self, text: str) -> bool:
        """Whether a name of it, in the language of the user, is almost this text."""
        return any(is_near(text, name) for name in (str(self.title), *str(self.also).split(",")))

    def _names(self) -> str:
        names = []
        for code, _name in settings.LANGUAGES:
            with override(code):
                names.append(fold(f"{self.title}, {self.also}"))
        return ", ".join(names)


def named(url_name: str, query: str = "") -> Callable[[], str]:
    """What gives the address of this name."""
    return lambda: reverse(url_name) + query


_pages: list[Page] = []


def register(*pages: Page) -> None:
    """Have pages found that are neither the list of a model nor its form for a new row."""
    _pages.extend(pages)


def groups(request: HttpRequest, sought: Sought) -> Iterator[Group]:
    """The pages that are called what was sought. No query but for the user's permissions."""
    if any(len(word) >= SHORTEST for word in sought.words):
        yield from _group(page for page in _all(request) if page.is_named(sought.words))


def near_groups(request: HttpRequest, sought: Sought) -> Iterator[Group]:
    """The pages that are called almost so."""
    yield from _group(page for page in _all(request) if page.is_near(sought.text))


def _group(found: Iterator[Page]) -> Iterator[Group]:
    results = [Result(title=str(page.title), url=page.url()) for page in found]
    if results:
        yield Group(title=_("Pages and settings"), results=results[:AT_MOST])


def _all(request: HttpRequest) -> Iterator[Page]:
    yield from _of_models(request)
    for page in _pages:
        if not page.permission or request.user.has_perm(page.permission):
            yield page


def _of_models(request: HttpRequest) -> Iterator[Page]:
    for model in apps.get_models():
        if not admin.site.is_registered(model):
            continue
        model_admin: Any = admin.site.get_model_admin(model)
        meta, also = model._meta, getattr(model_admin, "also_called", "")
        name = f"admin:{meta.app_label}_{meta.model_name}"
        if model_admin.has_view_or_change_permission(request):
            title = capfirst(str(meta.verbose_name_plural))
            yield Page(title, named(f"{name}_changelist"), also)
        if model_admin.has_add_permission(request):
            title = gettext_lazy("Add: %s") % meta.verbose_name
            yield Page(title, named(f"{name}_add"), also)
