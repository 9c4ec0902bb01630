"""No address and no save costs more queries the larger the directory is, whatever is shared."""

from datetime import UTC, date, datetime
from functools import partial
from itertools import count

import pytest
import time_machine
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from directory import models
from directory.editions.publish import publish
from directory.models.recording import record
from directory.upkeep.checks import changes, runs
from escalations import models as escalations
from tests.addresses import INDEX, change_url
from tests.factories import (
    ChannelFactory,
    ContactReportFactory,
    EscalationContactFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    SubscriptionFactory,
    UserFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values

pytestmark = pytest.mark.django_db
# More than are listed or compared, fewer than one batch of findings holds.
FEW, MANY = 2, 11
# Of Django's, these are no pages: signing out, and what leads elsewhere.
NO_PAGES = {"admin:logout", "admin:view_on_site", "admin:None"}
QUERIES = {
    "admin:autocomplete": "?app_label=directory&model_name=channel&field_name=service",
    "admin:search": "?q=1&list=1",
    "admin:directory_contactpoint_replace": "?ids={contactpoint}",
    "admin:directory_notice_subjects": "?q=servicio",
    "backoffice:calendar": "?days=365",
}
# A text field of each model.
TYPED = {
    models.ContactPoint: "label",
    models.Schedule: "name",
    models.Service: "introduction",
    models.Channel: "description",
    models.RequestType: "name",
    models.ScheduleException: "reason",
    models.Notice: "text",
    escalations.EscalationContact: "name",
    escalations.EscalationPolicy: "instructions",
}


@pytest.fixture(autouse=True)
def a_week_before_a_holiday(monkeypatch):
    # Too large to be checked whole by a request.
    monkeypatch.setattr(runs, "SMALL", {models.Service: -1})
    # And the hours of what all share are left to the command, whatever the size.
    monkeypatch.setattr(changes, "COMPARED_AT_MOST", 1)
    with time_machine.travel("2026-12-01T15:00:00Z", tick=False):
        yield


class Directory:
    """Services of which each shares with all others what can be shared, and has the same itself.

    `rows` has the shared row of each model, or the first.
    """

    def __init__(self, publisher):
        self.publisher = publisher
        self.number, self.schedule = PhoneFactory(), weekday_schedule(name="Común")
        self.contact = EscalationContactFactory(contacts=[self.number], schedule=self.schedule)
        ExceptionFactory(first_day=date(2026, 12, 30))
        NoticeFactory()
        with record(publisher, models.Revision.Action.CHANGED):
            self.number.label = "Otra"
            self.number.save()
        self.add(1)
        first = {model: model.objects.first() for model in admin.site._registry}
        self.rows = first | {type(row): row for row in (self.number, self.schedule, self.contact)}

    def add(self, services):
        """Add services, publish them and check everything."""
        for _ in range(services):
            owner = UserFactory(is_staff=True, is_superuser=True)
            service = complete_service(owner=owner)
            days = date(2026, 12, 24), date(2026, 12, 23)
            own = PhoneFactory(replaced_by=PhoneFactory(), replaced_on=days[0])
            contacts = [self.number, own]
            ChannelFactory(service=service, schedule=self.schedule, contacts=contacts)
            service.channels.filter(position=1).update(valid_until=days[0])
            escalations.EscalationLevel.objects.create(
                policy=service.escalation_policy, level=3, contact=self.contact
            )
            ExceptionFactory(schedules=[service.channels.last().schedule], first_day=days[1])
            soon = datetime(2026, 12, 2, tzinfo=UTC)
            NoticeFactory(contact_point=self.number, since=soon)
            NoticeFactory(channel=service.channels.last(), until=soon)
            NoticeFactory(service=service, ended_at=soon)
            ContactReportFactory(contact_point=self.number, service=service)
            SubscriptionFactory(service=service)
            LogEntry.objects.log_actions(owner.pk, [service, own, self.number], CHANGE, "")
        publish(models.Service.objects.all(), by=self.publisher)
        runs.run_checks()

    def address(self, name, route):
        """The address of a name, of the shared row of its model."""
        page = name.rpartition(":")[2]
        row = next((row for model, row in self.rows.items() if is_of(page, model)), None)
        sheets = getattr(admin.site._registry.get(type(row)), "sheets", None)
        given = {
            "slug": self.rows[models.Service].slug,
            "number": 1,
            "under": "nada",
            "size": 180,
            "language": "es",
            "section": "services",
            "name": "logo.svg",
            "uidb64": "MQ",
            "token": "token",
            "key": self.number.pk,
            "app_label": "directory",
            "model_name": "contactpoint",
            "ending": "csv",
            "sheet": sheets and sheets[0].name,
            # Of what has no list, such as passkeys, nobody has one.
            **dict.fromkeys(["object_id", "pk", "id"], row.pk if row else 1),
        }
        kwargs = {each: given[each] for each in route.pattern.regex.groupindex}
        keys = {model._meta.model_name: row.pk for model, row in self.rows.items() if row}
        return reverse(name, kwargs=kwargs) + QUERIES.get(name, "").format(**keys)


def is_of(page, model):
    return page.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")


def routes(patterns, namespaces=()):
    """Every address of the site that has a name, with it."""
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = [*namespaces, each.namespace] if each.namespace else namespaces
            yield from routes(each.url_patterns, inner)
        elif (name := ":".join([*namespaces, str(each.name)])) not in NO_PAGES:
            yield name, each


def queries(ask):
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    assert response.status_code < 500
    return len(captured)


def grown(few, many):
    """What costs more than before. Less is a list that is full before its last query."""
    return {name: (few[name], many[name]) for name in few if many[name] > few[name]}


def test_no_address_costs_more_in_a_larger_directory(admin_client, admin_user):
    directory, counts = Directory(admin_user), []
    addresses = {
        name: directory.address(name, route) for name, route in routes(get_resolver().url_patterns)
    }
    assert len(addresses) > 100
    for services in (FEW - 1, MANY - FEW):
        directory.add(services)
        asked = {name: partial(admin_client.get, url) for name, url in addresses.items()}
        counts.append({name: queries(ask) for name, ask in asked.items()})
    assert grown(*counts) == {}


def test_no_save_costs_more_for_what_more_services_share(admin_client, admin_user):
    directory, counts, numbers = Directory(admin_user), [], count()

    def save(url, typed, button):
        response = admin_client.post(url, {**typed, button: "1"})
        assert response.status_code == (302 if button == "_save" else 200)
        # What was changed is checked by the next page.
        return admin_client.get(INDEX)

    for services in (FEW - 1, MANY - FEW):
        directory.add(services)
        counts.append({})
        for model, field in TYPED.items():
            url = change_url(directory.rows[model])
            for button in ("_save", "_preview"):
                typed = {**form_values(admin_client.get(url)), field: f"Nuevo {next(numbers)}"}
                name = f"{model._meta.model_name}{button}"
                counts[-1][name] = queries(partial(save, url, typed, button))
    assert grown(*counts) == {}
