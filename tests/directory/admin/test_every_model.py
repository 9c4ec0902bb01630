"""What holds for the list and the forms of every model in the back office."""

from datetime import time

import pytest
from django.contrib import admin

from directory import models
from directory.editions.publish import publish
from directory.models.recording import record
from tests.addresses import INDEX, add_url, change_url, history_url, list_url
from tests.directory.admin.waiting_rows import proposal_of, withheld_entry
from tests.factories import (
    AbsenceFactory,
    ContactReportFactory,
    EmailFactory,
    EscalationContactFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    SubscriptionFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values, inline_code, submit

pytestmark = pytest.mark.django_db

# Findings are computed and have a page of their own, which test_upkeep opens.
MODELS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in ("directory", "escalations")
    and model is not models.FindingAcceptance
]
READ = (
    models.AuditEntry,
    models.ContactReport,
    models.Edition,
    models.Proposal,
    models.Revision,
    models.Subscription,
    models.WithheldText,
)
FORMS = [model for model in MODELS if model not in READ]
every_model, every_form = (
    pytest.mark.parametrize("model", some, ids=lambda model: model._meta.model_name)
    for some in (MODELS, FORMS)
)


def add_of_everything():
    service = complete_service()
    hours = {"effect": "other_hours", "hours": (time(8), time(12))}
    schedule = weekday_schedule()
    ExceptionFactory(schedules=[schedule], **hours)
    AbsenceFactory(contact=EscalationContactFactory(schedule=schedule))
    PhoneFactory(replaced_by=EmailFactory(), replaced_on="2030-01-01")
    with record(None, models.Revision.Action.ADDED):
        NoticeFactory(service=service)
    SubscriptionFactory(service=service)
    RequestTypeFactory(code=f"tipo-{service.pk}")
    ContactReportFactory(service=service)
    publish(models.Service.objects.all())
    withheld_entry()
    proposal_of(PhoneFactory())


@every_model
def test_every_page_opens_without_inline_code(admin_client, model):
    add_of_everything()
    row = model.objects.first()
    pages = [INDEX, list_url(model), change_url(row), history_url(row)]
    if model in FORMS:
        pages.append(add_url(model))
    for url in pages:
        response = admin_client.get(url)
        assert (response.status_code, inline_code(response)) == (200, []), url


@every_form
def test_a_form_has_every_field_that_can_be_edited(admin_client, model):
    """What is left out could only come by imports."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    edited = {field.name for field in fields if field.editable} - {model._meta.pk.name}
    # An act of its own, with a page of its own: test_ending.
    edited -= {"ended_on", "ended_note", "successor"}
    # Another one: test_publishing_act.
    edited -= {"is_published"}
    # A text that becomes other fields and rows.
    edited |= {"hours_text"} if model is models.Schedule else set()
    assert admin_client.get(add_url(model)).context["adminform"].form.fields.keys() == edited


@every_form
def test_saving_a_form_as_it_is_changes_nothing(admin_client, model):
    add_of_everything()
    row = model.objects.first()
    before = model.objects.filter(pk=row.pk).values().get()
    assert submit(admin_client, change_url(row))["Location"].startswith(list_url(model))
    assert model.objects.filter(pk=row.pk).values().get() == before
    assert models.Edition.objects.count() == 1


@every_form
def test_an_empty_form_is_refused(admin_client, model):
    before = model.objects.count()
    values = form_values(admin_client.get(add_url(model)))
    blank = {name: [""] for name in values if "_FORMS" not in name}
    response = admin_client.post(add_url(model), {**values, **blank, "_save": "1"})
    assert response.context["problems"]
    assert model.objects.count() == before
