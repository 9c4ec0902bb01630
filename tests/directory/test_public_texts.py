"""What staff write for customers, field by field: whatever shows, keeps or checks texts knows it.

The fields are those of the models: one that is added is told everywhere, or fails here.
"""

import re

import pytest
from django.apps import apps
from django.db.models import CharField, TextField

from directory.editions import history
from directory.editions.contributions import app_labels
from directory.editions.publish import publish
from directory.imports.spreadsheets.directory_sheets import ChannelContactSheet, workbook_sheets
from directory.models import Channel, ChannelContact, RequestType, Schedule, Service
from escalations.escalation_sheets import EscalationContactUseSheet
from escalations.models import EscalationContactUse, EscalationLevel
from tests.addresses import change_url
from tests.factories import ExceptionFactory, NoticeFactory, complete_service
from tests.findings import found
from tests.html import Page, form_values

# With a number that no contact point has.
WORDS = "Pregunte por Eva o al 601 745 9999"
USES = (ChannelContact, EscalationContactUse)
# Digits, and codes.
NO_WORDS = {(model, "extensions") for model in USES} | {(Channel, "languages")}
# Read where the page was, when there is none: test_ended_services.
NO_WORDS |= {(Service, "ended_note")}
# A few names that few people make.
NOT_CHECKED = {(RequestType, "name")}
SHEETS = [*workbook_sheets(), ChannelContactSheet, EscalationContactUseSheet]


def texts():
    """(model, name of the field) of what staff write freely and pages show."""
    # Of a schedule pages show the hours.
    models = [model for label in app_labels() for model in apps.get_app_config(label).get_models()]
    for model in models:
        if model in USES or (hasattr(model, "services") and model is not Schedule):
            for field in model._meta.concrete_fields:
                is_text = type(field) in (CharField, TextField) and not field.choices
                if is_text and (model, field.name) not in NO_WORDS:
                    yield model, field.name


every_text = pytest.mark.parametrize(
    ("model", "name"), list(texts()), ids=lambda each: getattr(each, "__name__", each)
)


@pytest.fixture
def service(db, monday):
    """A service with all that it can have, which was published before the text is written."""
    service = complete_service(slug="mesa")
    ExceptionFactory(first_day="2026-11-23", effect="closed")
    NoticeFactory(service=service, severity="information")
    publish(Service.objects.all())
    return service


@pytest.fixture
def row(service, model, name):
    """The row with the text, published."""
    row = model.objects.order_by("pk").last()
    setattr(row, name, WORDS)
    row.full_clean()
    row.save()
    publish(Service.objects.all())
    return row


def edited(row):
    """The row on whose form it is edited."""
    if isinstance(row, EscalationLevel):
        return row.policy
    return row.holder if isinstance(row, USES) else row


def languages(client, path):
    """How often a page says it in each language; whom to contact now, which is on no paper, and the
    code to copy are left out."""
    html = client.get(path).content.decode()
    page = Page(re.sub(r'(?s)<section class="now .*?</section>|<textarea.*?</textarea>', "", html))
    return {code: said.count(WORDS) for code, said in page.by_language.items() if WORDS in said}


@every_text
def test_page_shows_it_in_its_own_language(row, client):
    assert languages(client, "/servicios/mesa/").keys() == {"es"}
    assert languages(client, "/en/servicios/mesa/") == languages(client, "/servicios/mesa/")


@every_text
def test_api_says_it(row, client):
    assert WORDS in client.get("/api/v1/services/mesa/").content.decode()


@every_text
def test_edition_tells_its_change(row, service, model):
    told = history.entry(service.editions.latest()).changes
    assert [change.is_data for change in told if WORDS in change.after] == [True]
    assert len(told) == 1


@every_text
def test_form_asks_for_it(row, name, admin_client):
    asked = form_values(admin_client.get(change_url(edited(row))))
    assert [WORDS] in [asked[key] for key in asked if re.fullmatch(rf"(.*-)?{name}", key)]


@every_text
def test_number_in_it_is_noticed(row, model, name):
    subjects = [finding.subject_model for finding in found("unknown_mention")]
    assert subjects == [edited(row)._meta.label_lower] * ((model, name) not in NOT_CHECKED)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_spreadsheet_has_every_field_that_a_form_has(sheet):
    meta = sheet.model._meta
    edited = {field.name for field in (*meta.fields, *meta.many_to_many) if field.editable}
    told = {name for column in sheet.columns for name in column.errors_of}
    # Accounts belong to their database, as in fixtures.
    assert edited - told <= {meta.pk.name, "owner"}
