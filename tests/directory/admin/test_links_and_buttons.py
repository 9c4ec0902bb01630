"""Nobody is shown a link or a button that ends in a refusal: every role follows all of them."""

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from directory.editions.publish import publish
from directory.models import Service
from directory.upkeep.checks.runs import run_checks
from tests.addresses import INDEX
from tests.factories import (
    AbsenceFactory,
    EscalationContactFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
)
from tests.html import read
from tests.people import client_of

pytestmark = pytest.mark.django_db
ROLES = ("Lectores", "owner", "Editores", "Publicadores", "people", "administrator")
# Of one kind of page that many.
OF_ONE_KIND = 2
PAGES_AT_MOST = 400
LEFT_OUT = re.compile(r"/admin/(logout|jsi18n|autocomplete)/|/r/\d+/")
TAG = re.compile(r"<(form|a|button|input|option|select)\b([^>]*)>|</(form|select)>", re.S)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


def somebody(role):
    if role == "administrator":
        return UserFactory(is_staff=True, is_superuser=True)
    if role == "people":
        rights = ["add_user", "change_user", "view_user", "view_group"]
        return UserFactory(is_staff=True, permissions=rights)
    return UserFactory(is_staff=True, role="Lectores" if role == "owner" else role)


def directory(owner):
    """Services that are public, offline, drafts, and ended, with all that leads to them."""
    public = complete_service(slug="publico", owner=owner)
    offline = complete_service(slug="retirado")
    ended = complete_service(slug="terminado", owner=owner)
    ServiceFactory(slug="borrador", is_published=False)
    publish(Service.objects.all(), by=owner)
    Service.objects.filter(pk=offline.pk).update(is_published=False)
    Service.objects.filter(pk=ended.pk).update(is_published=False, ended_on="2026-11-01")
    NoticeFactory(service=public)
    NoticeFactory(service=offline)
    ExceptionFactory(first_day="2027-01-01")
    AbsenceFactory(contact=EscalationContactFactory())
    PhoneFactory(replaced_by=PhoneFactory(), replaced_on="2027-01-01")
    UserFactory(is_staff=True, role="Lectores", password="!", email="nueva@example.com")
    UserFactory(is_staff=True, role="Lectores", is_active=False)
    run_checks()


def kind(address):
    """What kind of page it is: its route. None for what is of no interest here."""
    parts = urlsplit(address)
    if parts.netloc or LEFT_OUT.search(parts.path) or parts.scheme not in ("", "http"):
        return None
    try:
        return resolve(parts.path).route
    except Resolver404:
        return parts.path if parts.path.startswith("/admin/") else None


def links_and_buttons(html, here):
    """The links of a page, and for each form that is posted (address, name and value of a
    button)."""
    links, buttons, form, selected = [], [], None, ""
    for name, text, end in TAG.findall(html):
        given = dict(ATTRIBUTE.findall(text))
        if end == "form":
            form = None
        elif end == "select":
            selected = ""
        elif name == "form":
            is_posted = given.get("method", "").lower() == "post"
            form = urljoin(here, given.get("action", "")) if is_posted else None
        elif name == "a" and "href" in given:
            links.append(urljoin(here, given["href"].replace("&amp;", "&")))
        elif name == "select":
            selected = given.get("name", "")
        elif name == "option" and selected == "action" and given.get("value"):
            buttons.append((form or here, "action", given["value"]))
        elif form and (name == "button" or given.get("type") == "submit"):
            address = urljoin(here, given.get("formaction", form).replace("&amp;", "&"))
            buttons.append((address, given.get("name", ""), given.get("value", "")))
    return links, buttons


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("unchecked")
def test_no_link_and_no_button_is_refused_or_leads_nowhere(roles, role):
    user = somebody(role)
    directory(user)
    # What is pressed is undone, and what was told of it leads to what is not there.
    client, presser = client_of(user), client_of(user)
    waiting, seen, kinds, failed = deque([(INDEX, "")]), {INDEX}, Counter(), []
    pressed = Counter()
    while waiting and len(seen) < PAGES_AT_MOST:
        address, on = waiting.popleft()
        response = client.get(address)
        if response.status_code >= 400 and not (
            response.status_code == 410 and "/servicios/terminado/" in address
        ):
            failed.append((response.status_code, address, on))
        is_page = response.get("Content-Type", "").startswith("text/html")
        if not is_page or not address.startswith("/admin/") or response.status_code != 200:
            continue
        links, buttons = links_and_buttons(response.content.decode(), address)
        for link in links:
            bare = link.partition("#")[0]
            name = kind(bare)
            if name and bare not in seen and kinds[name] < OF_ONE_KIND:
                kinds[name] += 1
                seen.add(bare)
                waiting.append((bare, address))
        fields = read(response).fields if buttons else {}
        for where, name, value in buttons:
            what = (kind(where), name, value if name == "action" else "")
            if what[0] is None or pressed[what] >= OF_ONE_KIND:
                continue
            pressed[what] += 1
            data = {**fields, **({name: value} if name else {})}
            with transaction.atomic():
                sent = presser.post(where, data)
                transaction.set_rollback(True)
            if sent.status_code in (403, 404, 405) or sent.status_code >= 500:
                failed.append((sent.status_code, where, name, value, address))
    assert not failed, "\n".join(map(str, failed))
    assert len(seen) > 5
