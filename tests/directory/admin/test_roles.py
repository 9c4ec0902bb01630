"""Who may do what: every role against every address of the back office, by request.

The tables are compared whole, so a new page or model has no row until somebody has decided who may
use it.
"""

import re
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from directory import models
from directory.editions.publish import publish
from directory.models.recording import record
from directory.upkeep.checks.runs import run_checks
from tests.addresses import change_url
from tests.directory.admin.waiting_rows import proposal_of, withheld_entry
from tests.editing import act
from tests.factories import (
    AbsenceFactory,
    ContactReportFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    SubscriptionFactory,
    UserFactory,
    complete_service,
)
from tests.people import client_of

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "no group", "Lectores", "Editores", "Publicadores", "superuser")
# Who reads, and manages people without being an administrator.
MANAGER = "manager"
MANAGES = ("view_user", "add_user", "change_user")

# Signing in and out is no matter of roles.
LEFT_OUT = {"login/", "logout/"}
QUERIES = {
    "autocomplete/": {"app_label": "directory", "model_name": "channel", "field_name": "schedule"}
}
# "<path:object_id>", or "(?P<app_label>auth|directory|escalations)".
ARGUMENT = re.compile(r"(?:\(\?P)?<(?:\w+:)?(\w+)>(?:[^()]*\))?")
POSTED = {"delete/": {"post": "yes"}}

# What comes of a request, one letter for each of ROLES:
# l is asked to sign in, + may, . is refused, - is told that the method or the thing does not exist.

# Of each model: to open its list, a row and the history of one; to add, to change and to delete.
MODELS = """
auth.group                    l....+ l....+ l....+ l....+
auth.user                     l....+ l....+ l....+ l.....
directory.auditentry          l....+ l..... l..... l.....
directory.channel             l.++++ l...++ l..+++ l...++
directory.contactpoint        l.++++ l..+++ l..+++ l..+++
directory.contactreport       l..+++ l..... l..... l.....
directory.edition             l.++++ l..... l..... l.....
directory.findingacceptance   l.++++ l..... l..... l.....
directory.notice              l.++++ l..+++ l..+++ l..+++
directory.proposal            l.++++ l..... l..... l.....
directory.requesttype         l.++++ l...++ l...++ l...++
directory.revision            l.++++ l..... l..... l.....
directory.schedule            l.++++ l..+++ l..+++ l..+++
directory.scheduleexception   l.++++ l..+++ l..+++ l..+++
directory.service             l.++++ l...++ l..+++ l...++
directory.subscription        l.++++ l..... l..... l..+++
directory.withheldtext        l....+ l..... l..... l.....
escalations.absence           l.++++ l..+++ l..+++ l..+++
escalations.escalationcontact l.++++ l..+++ l..+++ l..+++
escalations.escalationpolicy  l.++++ l...++ l..+++ l...++
"""

# Of each other address: to open it and to send it.
OTHERS = r"""
(start)                                                                l+++++ l+++++
(?P<app_label>auth|directory|escalations)/                             l-++++ l-++++
account/                                                               l+++++ l+++++
account/second-factor/                                                 l+++++ l+++++
account/second-factor/app/                                             l+++++ l+++++
account/second-factor/app/remove/                                      l----- l+++++
account/second-factor/codes/                                           l----- l+++++
account/second-factor/passkeys/                                        l+++++ l+++++
account/second-factor/passkeys/<int:pk>/remove/                        l----- l-----
account/second-factor/passkeys/<int:pk>/rename/                        l----- l-----
account/sessions/                                                      l+++++ l+++++
auth/user/<int:pk>/activate/                                           l----- l....+
auth/user/<int:pk>/close-sessions/                                     l----- l....+
auth/user/<int:pk>/deactivate/                                         l....+ l....+
auth/user/<int:pk>/invite-again/                                       l----- l....+
auth/user/<int:pk>/reset-second-factor/                                l----- l....+
auth/user/<int:pk>/send-link/                                          l----- l....+
auth/user/<int:pk>/unlock/                                             l----- l....+
auth/user/<int:pk>/withdraw/                                           l----- l....+
auth/user/invite/                                                      l....+ l....+
autocomplete/                                                          l.++++ l-----
calendar/                                                              l.++++ l.----
confirm/                                                               l+++++ l+++++
directory/auditentry/audit.csv                                         l....+ l-----
directory/channel/<int:pk>/own-hours/                                  l----- l..+++
directory/channel/spreadsheets/                                        l.++++ l.++++
directory/channel/spreadsheets/<slug:sheet>.<slug:ending>              l.++++ l.++++
directory/channel/spreadsheets/<slug:sheet>/                           l...++ l...++
directory/contactpoint/<int:pk>/confirm/                               l----- l..+++
directory/contactpoint/replace/                                        l...++ l...++
directory/contactpoint/spreadsheets/                                   l.++++ l.++++
directory/contactpoint/spreadsheets/<slug:sheet>.<slug:ending>         l.++++ l.++++
directory/contactpoint/spreadsheets/<slug:sheet>/                      l...++ l...++
directory/contactreport/close/                                         l..+++ l..+++
directory/edition/<int:pk>/contents/                                   l....- l....-
directory/edition/<path:object_id>/restore/                            l...++ l...++
directory/edition/erase/                                               l....+ l....+
directory/edition/show-again/                                          l....+ l....+
directory/findingacceptance/accept/                                    l----- l..+++
directory/findingacceptance/check/                                     l----- l.++++
directory/findingacceptance/reopen/                                    l----- l..+++
directory/notice/<int:pk>/end/                                         l----- l..+++
directory/notice/subjects/                                             l..+++ l..+++
directory/proposal/<int:pk>/decide/                                    l.++++ l...++
directory/revision/<int:pk>/restore/<slug:app_label>/<slug:model_name>/<int:key>/ l.++++ l..+++
directory/revision/<int:pk>/undo/                                      l.++++ l..+++
directory/schedule/holidays/                                           l...++ l...++
directory/schedule/spreadsheets/                                       l.++++ l.++++
directory/schedule/spreadsheets/<slug:sheet>.<slug:ending>             l.++++ l.++++
directory/schedule/spreadsheets/<slug:sheet>/                          l...++ l...++
directory/service/<int:pk>/confirm/                                    l----- l..+++
directory/service/<int:pk>/coverage/                                   l.++++ l.++++
directory/service/<int:pk>/end/                                        l...++ l...++
directory/service/<int:pk>/offer-again/                                l----- l...++
directory/service/<int:pk>/offline/                                    l...++ l...++
directory/service/<int:pk>/publish/                                    l.++++ l...++
directory/service/<path:object_id>/copy/                               l...++ l...++
directory/withheldtext/erase/                                          l....+ l....+
directory/withheldtext/show-again/                                     l....+ l....+
escalations/escalationcontact/<int:pk>/own-hours/                      l----- l..+++
escalations/escalationcontact/spreadsheets/                            l.++++ l.++++
escalations/escalationcontact/spreadsheets/<slug:sheet>.<slug:ending>  l.++++ l.++++
escalations/escalationcontact/spreadsheets/<slug:sheet>/               l...++ l...++
everything/                                                            l....+ l....+
first-steps/put-away/                                                  l----- l+++++
first-steps/request-types/                                             l...-- l...++
jsi18n/                                                                l+++++ l-----
password/<str:uidb64>/<str:token>/                                     ++++++ ++++++
password/forgotten/                                                    ++++++ ++++++
password_change/                                                       l+++++ l+++++
password_change/done/                                                  l+++++ l-----
r/<path:content_type_id>/<path:object_id>/                             l----- l-----
search/                                                                l+++++ l-----
second-factor/                                                         ++++++ ++++++
second-factor/lost/                                                    ++++++ ++++++
second-factor/passkey/                                                 ------ llllll
second-factor/passkey/options/                                         ------ ......
second-factor/recover/<str:token>/                                     llllll llllll
services/<slug:slug>/preview/                                          l.++++ l.----
settings/                                                              l+++++ l-----
workbook/                                                              l.++++ l...++
workbook/directory.xlsx                                                l.++++ l-----
workbook/template.xlsx                                                 l.++++ l-----
(?P<url>.*)                                                            l----- l-----
"""

# What the manager may that Lectores may not: with an account that may do no more.
MANAGED = {
    "auth/user/": ["+", "+"],
    "auth/user/add/": ["+", "+"],
    "auth/user/invite/": ["+", "+"],
    "auth/user/<path:object_id>/change/": ["+", "+"],
    "auth/user/<path:object_id>/history/": ["+", "+"],
    "auth/user/<int:pk>/deactivate/": ["+", "+"],
    **{
        f"auth/user/<int:pk>/{act}/": ["-", "+"]
        for act in (
            "activate",
            "close-sessions",
            "invite-again",
            "reset-second-factor",
            "send-link",
            "unlock",
            "withdraw",
        )
    },
}
# What auditors may that Lectores may not: read the audit log, what customers write and what was
# withdrawn; show it again, and erase it.
AUDITED = {
    "directory/auditentry/": ["+", "+"],
    "directory/auditentry/<path:object_id>/change/": ["+", "."],
    "directory/auditentry/<path:object_id>/history/": ["+", "+"],
    "directory/auditentry/audit.csv": ["+", "-"],
    "directory/contactreport/": ["+", "+"],
    "directory/contactreport/<path:object_id>/change/": ["+", "."],
    "directory/contactreport/<path:object_id>/history/": ["+", "+"],
    "directory/edition/<int:pk>/contents/": ["-", "-"],
    "directory/edition/erase/": ["+", "+"],
    "directory/edition/show-again/": ["+", "+"],
    "directory/withheldtext/": ["+", "+"],
    "directory/withheldtext/<path:object_id>/change/": ["+", "."],
    "directory/withheldtext/<path:object_id>/history/": ["+", "+"],
    "directory/withheldtext/erase/": ["+", "+"],
    "directory/withheldtext/show-again/": ["+", "+"],
    "everything/": ["+", "+"],
}
BESIDES = {MANAGER: MANAGED, "Auditores": AUDITED}


@dataclass
class Things:
    """A row of each model, by its label, that nothing else needs."""

    by_label: dict[str, int]
    slug: str

    def arguments(self, route):
        """What stands for the arguments of a route."""
        key = self.by_label.get(".".join(route.split("/")[:2]), 999)
        return {
            **dict.fromkeys(["object_id", "pk", "id", "key"], key),
            "content_type_id": 999,
            "slug": self.slug,
            "app_label": "directory",
            "model_name": "contactpoint",
            "ending": "csv",
            "uidb64": "MQ",
            "token": "no-token",
            "what": "directory",
            "url": "no-such-page",
        }


@pytest.fixture
def things(roles):
    service = complete_service()
    publish(models.Service.objects.all())
    with record(None, models.Revision.Action.CHANGED) as recorded:
        PhoneFactory()
    made = (
        recorded.revision,
        service.channels.first(),
        ExceptionFactory(),
        models.Edition.objects.first(),
        models.AuditEntry.objects.first(),
        RequestTypeFactory(code="queja", name="Quejas"),
        ServiceFactory(is_published=False),
        ScheduleFactory(),
        PhoneFactory(),
        ContactReportFactory(contact_point=None),
        NoticeFactory(),
        proposal_of(PhoneFactory()),
        SubscriptionFactory(),
        EscalationContactFactory(contacts=[]),
        AbsenceFactory(contact=EscalationContactFactory(contacts=[])),
        EscalationPolicyFactory(service__is_published=False),
        Group.objects.create(name="Otro"),
        UserFactory(),
        withheld_entry(),
        models.FindingAcceptance.objects.create(
            fingerprint="f", code="c", subject="s", reason="r", accepted_by=UserFactory()
        ),
    )
    # Or every form that is sent would check all of it for the first time.
    run_checks()
    return Things({thing._meta.label_lower: thing.pk for thing in made}, service.slug)


def client_in(role):
    if role == "anonymous":
        return Client()
    if role == MANAGER:
        return client_of(UserFactory(is_staff=True, role="Lectores", permissions=MANAGES))
    is_superuser, group = role == "superuser", role if role[0].isupper() else None
    return client_of(UserFactory(is_staff=True, is_superuser=is_superuser, role=group))


def addresses():
    """The route of every page of the back office, whoever has put it there."""

    def walk(patterns, prefix=""):
        for each in patterns:
            route = prefix + str(each.pattern).removeprefix("^").removesuffix("$")
            if isinstance(each, URLPattern):
                yield route
            else:
                yield from walk(each.url_patterns, route)

    routes = (each for each in walk(get_resolver().url_patterns) if each.startswith("admin/"))
    return sorted({each.removeprefix("admin/") for each in routes} - LEFT_OUT)


def addresses_of(route, things):
    """The address of a route. Of each sheet it has its own: what comes of them must be the same."""
    given, routes = things.arguments(route), [route]
    if "<slug:sheet>" in route:
        sheets = admin.site._registry[apps.get_model(*route.split("/")[:2])].sheets
        routes = [route.replace("<slug:sheet>", sheet.name) for sheet in sheets]
    routes = [each.replace("\\", "") for each in routes]
    return ["/admin/" + ARGUMENT.sub(lambda found: str(given[found[1]]), each) for each in routes]


def outcome(send, *args, **kwargs):
    """What comes of a request, of which nothing stays."""
    with transaction.atomic():
        response = send(*args, **kwargs)
        transaction.set_rollback(True)
    if response.status_code == 302 and response.url.startswith("/admin/login/"):
        return "l"
    page = next((each.name for each in response.templates), "")
    if response.status_code == 403 and page == "admin/login.html":
        # With what was sent, kept.
        return "l"
    return {403: ".", 404: "-", 405: "-"}.get(response.status_code) or (
        "+" if response.status_code < 500 else "5"
    )


def column(table, role):
    """From a table in text: name -> the outcomes for this role."""
    rows = (line.split() for line in table.strip().splitlines())
    position = ROLES.index("Lectores" if role in BESIDES else role)
    return {name: [letters[position] for letters in cells] for name, *cells in rows}


def pages_for(role):
    """Every address -> what comes of opening it and of sending it."""
    pages = column(OTHERS, role)
    for label, (see, add, change, delete) in column(MODELS, role).items():
        listed = label.replace(".", "/") + "/"
        row = f"{listed}<path:object_id>/"
        pages |= {listed: [see, see], f"{row}history/": [see, see], f"{row}change/": [see, change]}
        pages |= {f"{listed}add/": [add, add], f"{row}delete/": [delete, delete]}
        pages[row] = ["l", "l"] if role == "anonymous" else ["+", "+"]
    return pages | BESIDES.get(role, {})


@pytest.mark.parametrize("role", [*ROLES, *BESIDES])
@pytest.mark.usefixtures("unchecked")
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

    assert found == pages_for(role)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("unchecked")
def test_who_may_delete_from_lists(role, things):
    client = client_in(role)

    found = {}
    for label, pk in things.by_label.items():
        model = apps.get_model(label)
        with transaction.atomic():
            act(client, "delete_selected", model.objects.get(pk=pk), post="yes")
            found[label] = "." if model.objects.filter(pk=pk).exists() else "+"
            transaction.set_rollback(True)

    rights = column(MODELS, role)
    assert found == {label: rights[label][3].replace("l", ".") for label in found}


@pytest.mark.parametrize("role", ROLES)
def test_a_number_changes_and_an_edition_is_withdrawn_only_by_who_may(role, things):
    phone, old = PhoneFactory(phone="+576017442727"), models.Edition.objects.get()
    models.Service.objects.filter(pk=old.service_id).update(introduction="Otra")
    publish(models.Service.objects.all())
    client = client_in(role)

    client.post(change_url(phone), {"phone": "601 744 2728", "initial-phone": "+576017442727"})
    act(client, "withdraw_selected", old, confirmed="1", reason="Un dato personal")

    withdraws = role == "superuser"
    changes = withdraws or role in ("Editores", "Publicadores")
    number = "+576017442728" if changes else "+576017442727"
    phone.refresh_from_db()
    old.refresh_from_db()
    assert (phone.phone, old.is_withdrawn) == (number, withdraws)


def test_the_roles_name_every_permission_of_our_models_or_leave_it_out_on_purpose(roles):
    publishers = Group.objects.get(name="Publicadores")
    ours = Permission.objects.filter(content_type__app_label__in=["directory", "escalations"])
    missing = ours.exclude(pk__in=publishers.permissions.all())
    assert sorted(each.codename for each in missing) == [
        "add_edition",
        "change_edition",
        "change_findingacceptance",
        "delete_edition",
        "erase_edition",
        "view_auditentry",
        "view_withdrawn_edition",
        "withdraw_edition",
    ]
