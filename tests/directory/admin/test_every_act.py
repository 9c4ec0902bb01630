"""Every act of the back office that changes rows is one revision, by whom did it.

The acts are compared with the addresses of the back office: a new page has none until somebody has
said what it records.
"""

import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory import models
from directory.editions.publish import publish
from directory.models import Revision
from directory.models.recording import is_recorded
from escalations.models import EscalationContact
from tests.addresses import page_url
from tests.directory.admin.test_bulk_spreadsheets import workbook
from tests.directory.admin.test_roles import MODELS, addresses, column
from tests.editing import Deleting, DeletingSelected, Editing, act, confirm
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values
from tests.people import client_of

pytestmark = pytest.mark.django_db

ROWS = {
    "directory.channel": lambda: complete_service().channels.first(),
    "directory.contactpoint": PhoneFactory,
    "directory.notice": NoticeFactory,
    "directory.requesttype": RequestTypeFactory,
    "directory.schedule": weekday_schedule,
    "directory.scheduleexception": ExceptionFactory,
    "directory.service": lambda: ServiceFactory(is_published=False),
    "escalations.absence": AbsenceFactory,
    "escalations.escalationcontact": EscalationContactFactory,
    "escalations.escalationpolicy": EscalationPolicyFactory,
}
CHANGES = {
    "directory.channel": {"title": "Otro"},
    "directory.contactpoint": {"label": "Otro"},
    "directory.notice": {"text": "Otro"},
    "directory.requesttype": {"name": "Otro"},
    "directory.schedule": {"name": "Otro"},
    "directory.scheduleexception": {"reason": "Otro"},
    "directory.service": {"name": "Otro"},
    "escalations.absence": {"last_day": "31/12/2026"},
    "escalations.escalationcontact": {"name": "Otro"},
    "escalations.escalationpolicy": {"instructions": "Otro"},
}


def confirm_contact_point(client):
    client.post(page_url(models.ContactPoint, "confirm", PhoneFactory().pk))


def confirm_service(client):
    client.post(page_url(models.Service, "confirm", ServiceFactory().pk))


def copy(client):
    url = page_url(models.Service, "copy", complete_service().pk)
    client.post(url, {"name": "Copia", "slug": ""})


def end(client):
    client.post(page_url(models.Notice, "end", NoticeFactory().pk))


def replace_everywhere(client):
    old, new = complete_service().channels.first().contact_uses.first(), PhoneFactory()
    url = f"{page_url(models.ContactPoint, 'replace')}?ids={old.contact_point_id}"
    preview = client.post(url, {"target": new.pk, "where": "everywhere"})
    client.post(url, {**form_values(preview), "_confirm": "1"})


def change_holidays(client):
    keys = ",".join(str(weekday_schedule().pk) for _number in range(2))
    url = f"{page_url(models.Schedule, 'holidays')}?ids={keys}"
    preview = client.post(url, {"holidays": "closed", "place": ""})
    client.post(url, {**form_values(preview), "_confirm": "1"})


def import_rows(model, sheet, text):
    def imported(client):
        url = page_url(model, "import", sheet)
        preview = client.post(url, {"file": SimpleUploadedFile("f.csv", text.encode())})
        client.post(url, {"confirmed": form_values(preview)["confirmed"]})

    return imported


def import_channel(client):
    channel = complete_service().channels.first()
    text = f"service,code,title\n{channel.service.slug},{channel.code},Otro\n"
    import_rows(models.Channel, "channels", text)(client)


def import_workbook(client):
    headings = ["Código", "Clase", "Nombre", "Número o dirección"]
    rows = [["uno", "Teléfono", "Uno", "601 744 2727"], ["dos", "Teléfono", "Dos", "601 744 2728"]]
    preview = client.post("/admin/workbook/", workbook(Medios_de_contacto=[headings, *rows]))
    confirm(client, "/admin/workbook/", preview)


def make_request_types(client):
    client.post(reverse("backoffice:make-request-types"))


def publish_draft(client):
    service = complete_service(is_published=False)
    url = page_url(models.Service, "publish", service.pk)
    client.post(url, form_values(client.get(url)))


def take_offline(client):
    client.post(page_url(models.Service, "offline", ServiceFactory().pk))


def end_service(client):
    service = ServiceFactory()
    url = page_url(models.Service, "end", service.pk)
    client.post(url, {**form_values(client.get(url)), "_save": "1"})
    return service


def offer_again(client):
    service = end_service(client)
    client.post(page_url(models.Service, "offer_again", service.pk))


def give_own_hours(client, holder):
    client.post(page_url(type(holder), "own_hours", holder.pk))


def give_channel_own_hours(client):
    first, _second = (ChannelFactory(schedule=weekday_schedule()) for _number in range(2))
    models.Channel.objects.update(schedule=first.schedule)
    give_own_hours(client, first)


def give_contact_own_hours(client):
    first, _second = (EscalationContactFactory() for _number in range(2))
    EscalationContact.objects.update(schedule=weekday_schedule())
    give_own_hours(client, first)


def restore_edition(client):
    service = complete_service()
    publish(models.Service.objects.all())
    Editing(client, service).post(introduction="Otra")
    url = page_url(models.Edition, "restore", service.editions.earliest("number").pk)
    preview = client.post(url, {**form_values(client.get(url)), "_preview": "1"})
    client.post(url, {**form_values(preview), "_confirm": "1"})


def deactivate_owner(client):
    owner = UserFactory(is_staff=True)
    ServiceFactory(owner=owner)
    url = page_url(owner, "deactivate", owner.pk)
    client.post(url, form_values(client.get(url)))


def verify_selected(client):
    act(client, "verify_selected", PhoneFactory(), PhoneFactory())


def settle(client):
    old = complete_service().channels.first().contact_uses.first().contact_point
    models.ContactPoint.objects.filter(pk=old.pk).update(
        replaced_by=PhoneFactory(), replaced_on=date(2020, 1, 1)
    )
    act(client, "settle_replacements", old)


def first_change(client):
    """The first that somebody made: others make some meanwhile, where this is tried beside them."""
    return Revision.objects.filter(made_by=client.session[SESSION_KEY]).earliest("pk")


def undo_a_save(client):
    Editing(client, PhoneFactory()).post(label="Otro")
    client.post(page_url(Revision, "undo", first_change(client).pk))


def restore(client):
    number = PhoneFactory(label="Uno")
    for label in ("Dos", "Tres"):
        Editing(client, number).post(label=label)
    first = first_change(client)
    url = page_url(Revision, "restore", first.pk, "directory", "contactpoint", number.pk)
    client.post(url, {**form_values(client.get(url)), "_save": "1"})


# What is sent to an address, and the actions that are recorded of it.
ACTS = {
    "directory/contactpoint/<int:pk>/confirm/": (confirm_contact_point, "confirmed"),
    "directory/service/<int:pk>/confirm/": (confirm_service, "confirmed"),
    "directory/service/<path:object_id>/copy/": (copy, "added"),
    "directory/notice/<int:pk>/end/": (end, "changed"),
    "workbook/": (import_workbook, "imported"),
    "first-steps/request-types/": (make_request_types, "added"),
    "directory/service/<int:pk>/publish/": (publish_draft, "changed"),
    "directory/service/<int:pk>/offline/": (take_offline, "changed"),
    "directory/service/<int:pk>/end/": (end_service, "changed"),
    "directory/service/<int:pk>/offer-again/": (offer_again, "changed changed"),
    "directory/channel/<int:pk>/own-hours/": (give_channel_own_hours, "changed"),
    "escalations/escalationcontact/<int:pk>/own-hours/": (give_contact_own_hours, "changed"),
    "directory/edition/<path:object_id>/restore/": (restore_edition, "changed restored"),
    "auth/user/<int:pk>/deactivate/": (deactivate_owner, "changed"),
    "directory/contactpoint/replace/": (replace_everywhere, "replaced"),
    "directory/schedule/holidays/": (change_holidays, "changed"),
    "directory/revision/<int:pk>/undo/": (undo_a_save, "changed undone"),
    "directory/revision/<int:pk>/restore/<slug:app_label>/<slug:model_name>/<int:key>/": (
        restore,
        "changed changed restored",
    ),
    "directory/schedule/spreadsheets/<slug:sheet>/": (
        import_rows(models.Schedule, "schedules", "code,name\nuno,Uno\ndos,Dos\n"),
        "imported",
    ),
    "directory/contactpoint/spreadsheets/<slug:sheet>/": (
        import_rows(
            models.ContactPoint,
            "contact-points",
            "code,kind,label,value\nuno,Teléfono,Uno,601 744 2728\n",
        ),
        "imported",
    ),
    "directory/channel/spreadsheets/<slug:sheet>/": (import_channel, "imported"),
    "escalations/escalationcontact/spreadsheets/<slug:sheet>/": (
        import_rows(EscalationContact, "escalation-contacts", "code,name\nuno,Uno\n"),
        "imported",
    ),
}
ACTIONS = {
    "verify_selected": (verify_selected, "confirmed"),
    "settle_replacements": (settle, "replaced"),
}
# What is sent to these changes no row that is recorded: or asks, before another request does it.
NO_ACTS = r"""

(?P<app_label>auth|directory|escalations)/
(?P<url>.*)
account/
account/second-factor/
account/second-factor/app/
account/second-factor/app/remove/
account/second-factor/codes/
account/second-factor/passkeys/
account/second-factor/passkeys/<int:pk>/remove/
account/second-factor/passkeys/<int:pk>/rename/
auth/user/<int:pk>/activate/
auth/user/<int:pk>/close-sessions/
auth/user/<int:pk>/invite-again/
auth/user/<int:pk>/reset-second-factor/
auth/user/<int:pk>/send-link/
auth/user/<int:pk>/unlock/
auth/user/<int:pk>/withdraw/
auth/user/invite/
autocomplete/
calendar/
confirm/
directory/auditentry/audit.csv
directory/channel/spreadsheets/
directory/channel/spreadsheets/<slug:sheet>.<slug:ending>
directory/contactpoint/spreadsheets/
directory/contactpoint/spreadsheets/<slug:sheet>.<slug:ending>
directory/contactreport/close/
directory/edition/<int:pk>/contents/
directory/edition/erase/
directory/edition/show-again/
directory/findingacceptance/accept/
directory/findingacceptance/check/
directory/findingacceptance/reopen/
directory/notice/subjects/
directory/proposal/<int:pk>/decide/
directory/schedule/spreadsheets/
directory/schedule/spreadsheets/<slug:sheet>.<slug:ending>
directory/service/<int:pk>/coverage/
directory/withheldtext/erase/
directory/withheldtext/show-again/
escalations/escalationcontact/spreadsheets/
escalations/escalationcontact/spreadsheets/<slug:sheet>.<slug:ending>
everything/
first-steps/put-away/
jsi18n/
password/<str:uidb64>/<str:token>/
password_change/
r/<path:content_type_id>/<path:object_id>/
search/
second-factor/
second-factor/lost/
second-factor/passkey/
second-factor/passkey/options/
second-factor/recover/<str:token>/
services/<slug:slug>/preview/
settings/
workbook/directory.xlsx
workbook/template.xlsx
"""
# The same of actions of lists.
NO_ACTIONS = {"delete_selected", "replace_selected", "change_holidays", "withdraw_selected"}


@pytest.fixture
def ana(db):
    return client_of(UserFactory(username="ana", is_staff=True, is_superuser=True))


def acts():
    """What was recorded: the action and who did it, of each revision that is about something."""
    revisions = Revision.objects.filter(content_type__isnull=False).order_by("pk")
    return list(revisions.values_list("action", "made_by__username"))


@pytest.mark.parametrize("label", ROWS)
def test_a_changed_form_is_one_revision(ana, label):
    answer = Editing(ana, ROWS[label]()).post(**CHANGES[label])
    assert answer.status_code == 302
    assert acts() == [("changed", "ana")]


@pytest.mark.parametrize("label", ROWS)
@pytest.mark.parametrize("deleting", [Deleting, DeletingSelected])
def test_a_deletion_is_one_revision(ana, label, deleting):
    row = ROWS[label]()
    deleting(ana, row).confirm()
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert acts() == [("deleted", "ana")]


@pytest.mark.parametrize(("do", "actions"), [*ACTS.values(), *ACTIONS.values()])
def test_every_other_act_is_one_revision(ana, do, actions):
    do(ana)
    assert acts() == [(action, "ana") for action in actions.split()]


def test_a_form_that_is_saved_untouched_is_none(ana):
    Editing(ana, PhoneFactory()).post()
    assert not Revision.objects.exists()


def test_every_model_with_a_form_has_its_acts():
    labels = [name for name in column(MODELS, "superuser") if is_recorded(apps.get_model(name))]
    assert sorted(ROWS) == sorted(CHANGES) == sorted(labels)


def test_every_address_is_an_act_or_changes_no_row():
    of_models = re.compile(r"\w+/\w+/((add|<path:object_id>(/(change|delete|history))?)/)?")
    others = {route for route in addresses() if route and not of_models.fullmatch(route)}
    assert others == {*ACTS, *NO_ACTS.split()}


def test_every_action_of_a_list_is_an_act_or_changes_no_row(rf):
    admins = [admin.site.get_model_admin(apps.get_model(name)) for name in ROWS]
    names = {getattr(each, "__name__", each) for one in admins for each in one.actions or ()}
    assert names | {"delete_selected", "withdraw_selected"} == {*ACTIONS, *NO_ACTIONS}
