"""Who may do what: every role against every address of the back office, by request.

The tables are compared whole, so a new page or model has no row until somebody has decided who may
use it.
"""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from directory import models
from directory.admin import urls
from directory.editions.publish import publish
from directory.upkeep.checks.runs import run_checks
from tests.addresses import change_url
from tests.editing import act
from tests.factories import (
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
)
from tests.people import client_of

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "no group", "Lectores", "Editores", "Publicadores", "superuser")

# Signing in and out is no matter of roles.
LEFT_OUT = {"login/", "logout/"}
QUERIES = {
    "autocomplete/": {"app_label": "directory", "model_name": "channel", "field_name": "schedule"}
}
POSTED = {"delete/": {"post": "yes"}}

# Every sheet of a page is asked for; what comes of it must be the same for all.
SHEETS = {
    "directory.channel": ("channels", "channel-contacts"),
    "directory.contactpoint": ("contact-points",),
    "escalations.escalationcontact": ("escalation-contacts", "escalation-contact-uses"),
}

# For each address what happens on GET and on POST, one letter for each of ROLES:
# l is asked to sign in, + may, . is refused, - is told that the method or the thing does not exist.
PAGES = """
(start)                                                               l+++++ l+++++
(?P<app_label>auth|directory|escalations)/                            l-++++ l-++++
auth/group/                                                           l....+ l....+
auth/group/<path:object_id>/change/                                   l....+ l....+
auth/group/<path:object_id>/delete/                                   l....+ l....+
auth/group/<path:object_id>/history/                                  l....+ l....+
auth/group/add/                                                       l....+ l....+
auth/user/                                                            l....+ l....+
auth/user/<id>/password/                                              l....+ l....+
auth/user/<path:object_id>/change/                                    l....+ l....+
auth/user/<path:object_id>/delete/                                    l....+ l....+
auth/user/<path:object_id>/history/                                   l....+ l....+
auth/user/add/                                                        l....+ l....+
autocomplete/                                                         l.++++ l-----
calendar/                                                             l.++++ l.----
directory/channel/                                                    l.++++ l.++++
directory/channel/<path:object_id>/change/                            l.++++ l..+++
directory/channel/<path:object_id>/delete/                            l...++ l...++
directory/channel/<path:object_id>/history/                           l.++++ l.++++
directory/channel/add/                                                l...++ l...++
directory/channel/spreadsheets/                                       l.++++ l.++++
directory/channel/spreadsheets/<slug:sheet>.<slug:ending>             l.++++ l.++++
directory/channel/spreadsheets/<slug:sheet>/                          l...++ l...++
directory/contactpoint/                                               l.++++ l.++++
directory/contactpoint/<int:pk>/confirm/                              l----- l..+++
directory/contactpoint/<path:object_id>/change/                       l.++++ l..+++
directory/contactpoint/<path:object_id>/delete/                       l..+++ l..+++
directory/contactpoint/<path:object_id>/history/                      l.++++ l.++++
directory/contactpoint/add/                                           l..+++ l..+++
directory/contactpoint/replace/                                       l...++ l...++
directory/contactpoint/spreadsheets/                                  l.++++ l.++++
directory/contactpoint/spreadsheets/<slug:sheet>.<slug:ending>        l.++++ l.++++
directory/contactpoint/spreadsheets/<slug:sheet>/                     l...++ l...++
directory/edition/                                                    l.++++ l.++++
directory/edition/<path:object_id>/change/                            l.++++ l.....
directory/edition/<path:object_id>/delete/                            l..... l.....
directory/edition/<path:object_id>/history/                           l.++++ l.++++
directory/edition/add/                                                l..... l.....
directory/findingacceptance/                                          l.++++ l.++++
directory/findingacceptance/<path:object_id>/change/                  l.++++ l.....
directory/findingacceptance/<path:object_id>/delete/                  l..... l.....
directory/findingacceptance/<path:object_id>/history/                 l.++++ l.++++
directory/findingacceptance/accept/                                   l----- l..+++
directory/findingacceptance/add/                                      l..... l.....
directory/findingacceptance/check/                                    l----- l.++++
directory/findingacceptance/reopen/                                   l----- l..+++
directory/requesttype/                                                l.++++ l.++++
directory/requesttype/<path:object_id>/change/                        l.++++ l...++
directory/requesttype/<path:object_id>/delete/                        l...++ l...++
directory/requesttype/<path:object_id>/history/                       l.++++ l.++++
directory/requesttype/add/                                            l...++ l...++
directory/schedule/                                                   l.++++ l.++++
directory/schedule/<path:object_id>/change/                           l.++++ l..+++
directory/schedule/<path:object_id>/delete/                           l..+++ l..+++
directory/schedule/<path:object_id>/history/                          l.++++ l.++++
directory/schedule/add/                                               l..+++ l..+++
directory/scheduleexception/                                          l.++++ l.++++
directory/scheduleexception/<path:object_id>/change/                  l.++++ l..+++
directory/scheduleexception/<path:object_id>/delete/                  l..+++ l..+++
directory/scheduleexception/<path:object_id>/history/                 l.++++ l.++++
directory/scheduleexception/add/                                      l..+++ l..+++
directory/service/                                                    l.++++ l.++++
directory/service/<int:pk>/confirm/                                   l----- l...++
directory/service/<int:pk>/coverage/                                  l.++++ l.++++
directory/service/<path:object_id>/change/                            l.++++ l...++
directory/service/<path:object_id>/copy/                              l...++ l...++
directory/service/<path:object_id>/delete/                            l...++ l...++
directory/service/<path:object_id>/history/                           l.++++ l.++++
directory/service/add/                                                l...++ l...++
escalations/escalationcontact/                                        l.++++ l.++++
escalations/escalationcontact/<path:object_id>/change/                l.++++ l..+++
escalations/escalationcontact/<path:object_id>/delete/                l..+++ l..+++
escalations/escalationcontact/<path:object_id>/history/               l.++++ l.++++
escalations/escalationcontact/add/                                    l..+++ l..+++
escalations/escalationcontact/spreadsheets/                           l.++++ l.++++
escalations/escalationcontact/spreadsheets/<slug:sheet>.<slug:ending> l.++++ l.++++
escalations/escalationcontact/spreadsheets/<slug:sheet>/              l...++ l...++
escalations/escalationpolicy/                                         l.++++ l.++++
escalations/escalationpolicy/<path:object_id>/change/                 l.++++ l..+++
escalations/escalationpolicy/<path:object_id>/delete/                 l..+++ l..+++
escalations/escalationpolicy/<path:object_id>/history/                l.++++ l.++++
escalations/escalationpolicy/add/                                     l..+++ l..+++
find/<slug:app_label>/<slug:model_name>/                              l.++++ l.++++
jsi18n/                                                               l+++++ l-----
password_change/                                                      l+++++ l+++++
password_change/done/                                                 l+++++ l-----
r/<path:content_type_id>/<path:object_id>/                            l----- l-----
services/<slug:slug>/preview/                                         l.++++ l.----
"""

# Deleting several at once from a list, and whether what was chosen is gone.
DELETED_FROM_LISTS = """
directory.channel                  ....++
directory.scheduleexception        ...+++
directory.edition                  ......
directory.requesttype              ....++
directory.service                  ....++
directory.schedule                 ...+++
directory.contactpoint             ...+++
escalations.escalationcontact      ...+++
escalations.escalationpolicy       ...+++
auth.group                         .....+
auth.user                          .....+
directory.findingacceptance        ......
"""


@dataclass
class Things:
    """A row of each model, by its label, that nothing else needs."""

    by_label: dict[str, int]
    slug: str

    @classmethod
    def made(cls):
        service = complete_service()
        publish(models.Service.objects.all())
        things = (
            service.channels.first(),
            ExceptionFactory(),
            models.Edition.objects.first(),
            RequestTypeFactory(code="queja", name="Quejas"),
            ServiceFactory(is_published=False),
            ScheduleFactory(),
            PhoneFactory(),
            EscalationContactFactory(contacts=[]),
            EscalationPolicyFactory(service__is_published=False),
            Group.objects.create(name="Otro"),
            UserFactory(),
            models.FindingAcceptance.objects.create(
                fingerprint="f", code="c", subject="s", reason="r", accepted_by=UserFactory()
            ),
        )
        return cls({thing._meta.label_lower: thing.pk for thing in things}, service.slug)

    def arguments(self, route):
        model = ".".join(route.split("/")[:2])
        key = self.by_label.get(model, 999)
        return {
            "object_id": key,
            "pk": key,
            "id": key,
            "slug": self.slug,
            "app_label": "directory",
            "model_name": "contactpoint",
            "ending": "csv",
        }


@pytest.fixture
def things(roles):
    made = Things.made()
    # Or every form that is sent would check all of it for the first time.
    run_checks()
    return made


def client_in(role):
    if role == "anonymous":
        return Client()
    is_superuser, group = role == "superuser", role if role[0].isupper() else None
    return client_of(UserFactory(is_staff=True, is_superuser=is_superuser, role=group))


def addresses():
    """The route of every page of the back office that has a name, and the page itself."""

    def walk(patterns, prefix=""):
        for each in patterns:
            route = prefix + str(each.pattern).removeprefix("^").removesuffix("$")
            if isinstance(each, URLPattern):
                if each.name:
                    yield route
            else:
                yield from walk(each.url_patterns, route)

    return sorted(set(walk([*urls.urlpatterns, *admin.site.get_urls()])) - LEFT_OUT)


def addresses_of(route, things):
    if "<slug:sheet>" not in route:
        return [address_of(route, things)]
    sheets = SHEETS[".".join(route.split("/")[:2])]
    return [address_of(route.replace("<slug:sheet>", sheet), things) for sheet in sheets]


def address_of(route, things):
    if "(?P<app_label>" in route:
        return "/admin/directory/"
    arguments = things.arguments(route)
    for name, value in arguments.items():
        for kind in ("path:", "int:", "slug:", ""):
            route = route.replace(f"<{kind}{name}>", str(value))
    route = route.replace("<path:content_type_id>/<path:object_id>", "999/999")
    route = route.replace("<path:content_type_id>", "999")
    assert "<" not in route, f"say in Things what stands for the arguments of {route}"
    return f"/admin/{route}"


def outcome(send, *args, **kwargs):
    """What comes of a request, of which nothing stays."""
    with transaction.atomic():
        response = send(*args, **kwargs)
        transaction.set_rollback(True)
    if response.status_code == 302 and response.url.startswith("/admin/login/"):
        return "l"
    return {403: ".", 404: "-", 405: "-"}.get(response.status_code) or (
        "+" if response.status_code < 500 else "5"
    )


def column(table, number):
    """From a table in text: name -> the outcomes of the role with this number."""
    rows = (line.split() for line in table.strip().splitlines())
    return {name: [letters[number] for letters in cells] for name, *cells in rows}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_open_and_send_what(role, things):
    client = client_in(role)

    found = {}
    for route in addresses():
        query = QUERIES.get(route, {})
        posted = next((data for end, data in POSTED.items() if route.endswith(end)), {})
        for url in addresses_of(route, things):
            came = [
                outcome(client.get, url, query_params=query),
                outcome(client.post, url, posted, query_params=query),
            ]
            assert found.setdefault(route or "(start)", came) == came, url

    assert found == column(PAGES, ROLES.index(role))


@pytest.mark.parametrize("role", ROLES)
def test_who_may_delete_from_lists(role, things):
    client = client_in(role)

    found = {}
    for label, pk in things.by_label.items():
        model = apps.get_model(label)
        with transaction.atomic():
            act(client, "delete_selected", model.objects.get(pk=pk), post="yes")
            found[label] = ["." if model.objects.filter(pk=pk).exists() else "+"]
            transaction.set_rollback(True)

    assert found == column(DELETED_FROM_LISTS, ROLES.index(role))


@pytest.mark.parametrize(
    ("role", "may"), [(role, role in ("Publicadores", "superuser")) for role in ROLES]
)
def test_an_edition_is_withdrawn_only_by_who_may_withdraw(role, may, things):
    old = models.Edition.objects.get()
    models.Service.objects.filter(pk=old.service_id).update(introduction="Otra")
    publish(models.Service.objects.all())

    confirmed = {"confirmed": "1", "reason": "Un dato personal"}
    act(client_in(role), "withdraw_selected", old, **confirmed)

    old.refresh_from_db()
    assert old.is_withdrawn == may


@pytest.mark.parametrize(
    ("role", "may"), [(role, role in ("Editores", "Publicadores", "superuser")) for role in ROLES]
)
def test_a_number_changes_only_by_who_may_change_it(role, may, roles):
    phone = PhoneFactory(phone="+576017442727")
    typed = {"phone": "601 744 2728", "initial-phone": "+576017442727"}

    client_in(role).post(change_url(phone), typed)

    phone.refresh_from_db()
    assert phone.phone == ("+576017442728" if may else "+576017442727")


def test_the_roles_name_every_permission_of_our_models_or_leave_it_out_on_purpose(roles):
    publishers = Group.objects.get(name="Publicadores")
    ours = Permission.objects.filter(content_type__app_label__in=["directory", "escalations"])
    missing = ours.exclude(pk__in=publishers.permissions.all())
    assert sorted(each.codename for each in missing) == [
        "add_edition",
        "change_edition",
        "change_findingacceptance",
        "delete_edition",
    ]
