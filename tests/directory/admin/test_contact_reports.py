"""Reports of customers in the back office: read as plain text, closed with a word."""

import pytest

from directory.models import ContactReport, FindingAcceptance
from directory.upkeep.checks.runs import run_checks
from tests.addresses import INDEX, change_url, history_url, list_url, page_url
from tests.editing import act
from tests.factories import ContactReportFactory, PhoneFactory, UserFactory
from tests.html import Page, form_values
from tests.people import client_of

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script> https://malo.example.com ana@example.com"


@pytest.fixture
def ana(roles):
    return client_of(UserFactory(username="ana", is_staff=True, role="Editores"))


@pytest.fixture
def number():
    return PhoneFactory(phone="+576017442727", label="Línea")


def close_page(*reports):
    return f"{page_url(ContactReport, 'close')}?ids={','.join(str(each.pk) for each in reports)}"


def test_the_start_page_and_the_form_of_the_number_tell_of_it(ana, number):
    ContactReportFactory(contact_point=number, text="Sonó ocupado")
    run_checks()
    assert "«Sonó ocupado»" in Page(ana.get(INDEX).content.decode()).seen
    page = Page(ana.get(change_url(number)).content.decode())
    assert "“Sonó ocupado”" in page.by_class["customer-reports-panel"]


def test_what_customers_wrote_is_plain_text_wherever_it_is_shown(ana, number):
    report = ContactReportFactory(contact_point=number, text=MARKUP, email="ana@example.com")
    run_checks()
    pages = INDEX, change_url(number), change_url(report), list_url(ContactReport)
    for url in (*pages, close_page(report), "/admin/directory/findingacceptance/"):
        html = ana.get(url).content.decode()
        page = Page(html)
        assert "<script>alert" not in html, url
        assert "&lt;script&gt;alert" in html, url
        assert [each for each in page.links if "malo" in each or "mailto" in each] == [], url


def test_a_word_closes_all_of_a_number_and_the_finding(ana, number):
    for problem in ("no_answer", "other"):
        ContactReportFactory(contact_point=number, problem=problem)
    later = ContactReportFactory(contact_point=number)
    run_checks()
    links = Page(ana.get(change_url(number)).content.decode()).links
    [close] = [each for each in links if "/close/" in each]
    response = ana.post(close, {**form_values(ana.get(close)), "closing_word": " Corregido "})
    assert (response.status_code, response["Location"]) == (302, change_url(number))
    closed = ContactReport.objects.values_list("closing_word", "closed_by__username")
    assert {*closed} == {("Corregido", "ana")}
    assert "Atendido: Corregido" in Page(ana.get(history_url(later)).content.decode()).seen
    assert (
        "customer-reports-panel" not in Page(ana.get(change_url(number)).content.decode()).by_class
    )
    assert "Línea" not in Page(ana.get(INDEX).content.decode()).by_class.get("attention", "")


def test_what_came_after_the_page_was_opened_stays_open(ana, number):
    first = ContactReportFactory(contact_point=number)
    address = close_page(first)
    second = ContactReportFactory(contact_point=number)
    ana.post(address, {"closing_word": "Corregido"})
    assert list(ContactReport.objects.open()) == [second]


@pytest.mark.parametrize("word", ["", "  ", "\u200b"])
def test_without_a_word_nothing_is_closed(ana, number, word):
    report = ContactReportFactory(contact_point=number)
    response = ana.post(close_page(report), {"closing_word": word})
    assert (response.status_code, ContactReport.objects.open().count()) == (422, 1)
    assert "Diga en una palabra qué se hizo." in Page(response.content.decode()).seen


def test_some_of_the_list_lead_to_the_same_page(ana, number):
    report = ContactReportFactory(contact_point=number)
    response = act(ana, "close_selected", report)
    assert response["Location"] == close_page(report)
    ana.post(close_page(report), {"closing_word": "Sí"})
    response = act(ana, "close_selected", report)
    assert "Esos ya están atendidos." in Page(ana.get(response["Location"]).content.decode()).seen


@pytest.mark.parametrize("keys", ["", "x", "9" * 30, "1,,2,-1"])
def test_keys_of_no_report_lead_to_the_list(ana, keys):
    response = ana.get(f"{page_url(ContactReport, 'close')}?ids={keys}")
    assert (response.status_code, response["Location"]) == (302, list_url(ContactReport))


def test_the_list_is_filtered_and_searched(ana, number):
    ContactReportFactory(contact_point=number, subject="601 744 2727 (Chat)", text="Ocupado")
    for query, found in [("state=open", 1), ("state=closed", 0), ("q=ocupado", 1), ("q=zzz", 0)]:
        page = ana.get(f"{list_url(ContactReport)}?{query}")
        assert page.context["cl"].result_count == found, query


def test_who_only_reads_the_directory_sees_no_report(roles, number):
    ContactReportFactory(contact_point=number)
    reader = client_of(UserFactory(is_staff=True, role="Lectores"))
    page = Page(reader.get(change_url(number)).content.decode())
    assert "customer-reports-panel" not in page.by_class
    assert reader.get(list_url(ContactReport)).status_code == 403


def test_who_sees_no_report_reads_no_words_of_customers_in_findings(roles, number):
    report = ContactReportFactory(contact_point=number, text="Sonó ocupado")
    run_checks()
    pages = INDEX, list_url(FindingAcceptance), change_url(number), change_url(report.service)
    for role, is_told in [("Lectores", False), ("Editores", True)]:
        staff = client_of(UserFactory(is_staff=True, role=role))
        told = ["Sonó ocupado" in staff.get(url).content.decode() for url in pages]
        assert told == [is_told] * len(pages)
