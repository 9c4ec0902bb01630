"""Numbers that cost more or are a slip: told before saving, saved knowingly, found afterwards."""

from dataclasses import replace
from functools import partial

import pytest
from django.core.management import call_command

from directory.imports.spreadsheets import file_import
from directory.imports.spreadsheets.directory_sheets import ContactPointSheet
from directory.models import ContactPoint
from tests.addresses import add_url, change_url
from tests.directory.imports.sheet_files import as_csv, match
from tests.directory.test_every_door import WRITE
from tests.factories import ChannelFactory, PhoneFactory, SmsFactory
from tests.findings import found
from tests.html import form_values, read, submit

pytestmark = pytest.mark.django_db

NEW = {"kind": "phone", "label": "Soporte", "code": "nueva"}
PREMIUM = "Quien llama paga mucho más que por una llamada normal."
SATELLITE = "Es un teléfono satelital"
SHARED = "tienen una tarifa propia"
FOREIGN = "Ningún otro número del directorio es de ese país."

LINE = partial(PhoneFactory, phone="+34912345678")
MOBILE = partial(PhoneFactory, phone="+34612345678")
SMS = partial(SmsFactory, sms="+34612345678")

WARNED = [
    ("+1 900 555 1234", [PREMIUM, FOREIGN]),
    ("+979 123456789", [PREMIUM, FOREIGN]),
    ("01 900 123 4567", [PREMIUM]),
    ("+881 612345678", [SATELLITE, FOREIGN]),
    ("+34 902 123 456", [SHARED, FOREIGN]),
    ("+34 912 345 678", [FOREIGN]),
]


def warnings(answer):
    return answer.context["effect"].warnings


def are(told, expected):
    return len(told) == len(expected) and all(
        begin in warning for begin, warning in zip(expected, told, strict=True)
    )


@pytest.mark.parametrize("button", ["_save", "_preview"])
@pytest.mark.parametrize(("number", "expected"), WARNED)
def test_new_number_is_shown_with_its_warning_before_it_is_saved(
    number, expected, button, admin_client
):
    answer = submit(admin_client, add_url(ContactPoint), button, **NEW, phone=number)
    assert are(warnings(answer), expected)
    assert not ContactPoint.objects.exists()
    # The page has the button that saves knowingly.
    saved = admin_client.post(add_url(ContactPoint), {**form_values(answer), "_save": "1"})
    assert (saved.status_code, ContactPoint.objects.count()) == (302, 1)


@pytest.mark.parametrize("ending", WRITE)
@pytest.mark.parametrize(("number", "expected"), WARNED[:4])
def test_new_number_of_a_fixture_is_told_tried_and_loaded(
    number, expected, ending, tmp_path, capsys
):
    path = tmp_path / f"numero.{ending}"
    path.write_text(WRITE[ending]("directory.contactpoint", {**NEW, "phone": number}))
    for trial, times in (("--dry-run", expected), ("-v1", expected), ("-v1", [])):
        call_command("loaddata", trial, str(path))
        said = capsys.readouterr().out
        assert [text for text in (PREMIUM, SATELLITE, FOREIGN) if text in said] == times


def test_number_that_is_added_beside_another_form_is_told_too(admin_client):
    address = f"{add_url(ContactPoint)}?_popup=1"
    answer = submit(admin_client, address, **NEW, phone="+1 900 555 1234")
    assert are(warnings(answer), [PREMIUM, FOREIGN])
    saved = admin_client.post(address, {**form_values(answer), "_save": "1"})
    assert "popup_response" in saved.template_name[-1]
    assert ContactPoint.objects.count() == 1


def test_who_goes_back_and_changes_it_is_asked_again(admin_client):
    shown = submit(admin_client, add_url(ContactPoint), **NEW, phone="+1 900 555 1234")
    back = admin_client.post(add_url(ContactPoint), {**form_values(shown), "_edit_again": "1"})
    again = {**form_values(back), "phone": "+979 123456789", "_save": "1"}
    assert are(warnings(admin_client.post(add_url(ContactPoint), again)), [PREMIUM, FOREIGN])


def test_usual_number_and_other_changes_are_saved_at_once(admin_client):
    assert (
        submit(admin_client, add_url(ContactPoint), **NEW, phone="601 744 2727").status_code == 302
    )
    premium = PhoneFactory(phone="+5719001234567")
    assert submit(admin_client, change_url(premium), label="Otra").status_code == 302


def test_second_number_of_a_country_is_usual(admin_client):
    PhoneFactory(phone="+34912345678")
    new = {**NEW, "phone": "+34 912 345 679"}
    assert submit(admin_client, add_url(ContactPoint), **new).status_code == 302


def test_existing_number_that_becomes_foreign_is_told(admin_client):
    answer = submit(admin_client, change_url(PhoneFactory()), phone="+44 20 7946 0018")
    assert are(warnings(answer), [FOREIGN])
    assert FOREIGN in read(answer).seen


def test_preview_of_a_spreadsheet_tells_it():
    row = {"code": "x", "kind": "phone", "label": "X", "value": "'+1 900 555 1234"}
    file = "a.csv", as_csv([[*row], [*row.values()]])
    outcome = file_import.preview([match(ContactPointSheet(), file)])
    assert are(outcome.warnings, [f"+1 900-555-1234: {PREMIUM}", f"+1 900-555-1234: {FOREIGN}"])


def test_two_numbers_of_a_country_in_one_spreadsheet_do_not_vouch_for_each_other():
    numbers = {"a": "'+34 912 345 678", "b": "'+34 912 345 679"}
    rows = [[code, "phone", "X", number] for code, number in numbers.items()]
    file = "a.csv", as_csv([["code", "kind", "label", "value"], *rows])
    outcome = file_import.preview([match(ContactPointSheet(), file)])
    assert outcome.added == 2
    told = [f"+34 912 34 56 {end}: {FOREIGN}" for end in (78, 79)]
    assert are(outcome.warnings, told)
    PhoneFactory(phone="+34912345670")
    assert file_import.preview([match(ContactPointSheet(), file)]).warnings == []


def test_countries_with_one_calling_code_are_told_apart(admin_client, settings):
    PhoneFactory(phone="+12125550100")
    new = {**NEW, "phone": "+1 876 926 0123"}
    assert are(warnings(submit(admin_client, add_url(ContactPoint), **new)), [FOREIGN])
    settings.ORGANIZATION = replace(settings.ORGANIZATION, country="US")
    settings.PHONENUMBER_DEFAULT_REGION = "US"
    assert are(warnings(submit(admin_client, add_url(ContactPoint), **new)), [FOREIGN])
    for usual in ("+1 212 736 5000", "+1 800 736 5000"):
        new = {**NEW, "phone": usual}
        assert submit(admin_client, add_url(ContactPoint), **new).status_code == 302
        ContactPoint.objects.filter(code=NEW["code"]).delete()


@pytest.mark.parametrize(
    ("number", "levels"),
    [
        ("+19005551234", {"premium_number": "error", "foreign_number": "warning"}),
        ("+881612345678", {"satellite_number": "warning", "foreign_number": "warning"}),
        ("+5719001234567", {"premium_number": "error"}),
        ("+5718000181531", {}),
    ],
)
def test_number_is_found_afterwards(number, levels):
    point = PhoneFactory(phone=number)
    codes = ("premium_number", "satellite_number", "shared_cost_number", "foreign_number")
    findings = [finding for code in codes for finding in found(code)]
    assert {finding.code: finding.level for finding in findings} == levels
    assert {finding.subject_pk for finding in findings} <= {point.pk}


@pytest.mark.parametrize(("one", "other"), [(LINE, MOBILE), (LINE, SMS), (SMS, LINE)])
def test_only_number_of_a_country_is_found_until_there_is_another(one, other):
    point = one()
    assert [finding.subject_pk for finding in found("foreign_number")] == [point.pk]
    other()
    assert found("foreign_number") == []


def test_emergency_code_is_found():
    ContactPoint.objects.create(code="c", kind="short_code", label="Línea", short_code="123")
    assert [finding.level for finding in found("emergency_number")] == ["warning"]


def test_channel_from_abroad_with_a_number_of_the_country_alone_is_found():
    toll_free, line = PhoneFactory(phone="+5718000181531"), PhoneFactory(phone="+576017442727")
    channel = ChannelFactory(contacts=[toll_free, line], for_abroad=True)
    ChannelFactory(contacts=[toll_free])
    (finding,) = found("out_of_reach_from_abroad")
    assert (finding.subject_pk, finding.level) == (channel.pk, "warning")
    assert "01 8000 181531" in finding.message
