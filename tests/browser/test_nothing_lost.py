"""In a browser: nothing that was typed is lost."""

import pytest

from directory.models import ContactPoint, Service, Session
from tests.browser.tools import follow, wait_until

PASSWORD = "una clave larga"


@pytest.fixture
def service(site_to_change):
    return Service.objects.get(slug="clave-segura")


@pytest.fixture
def desk(sign_in, service):
    desk = sign_in()
    desk.open("directory_service_change", service.pk)
    return desk


def expect_question(page, act, *args):
    """Do something that would leave the page: the browser asks, and one stays."""
    page.once("dialog", lambda dialog: dialog.dismiss())
    before = page.url
    with page.expect_event("dialog") as asked:
        act(*args)
    assert (asked.value.type, page.url) == ("beforeunload", before)


HOME = ".breadcrumbs a >> nth=0"


def test_a_form_that_says_what_it_said_is_left_without_a_question(desk):
    questions = []
    desk.page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    desk.page.click("#id_name")
    desk.go(desk.page.click, HOME)
    assert (desk.page.url, questions) == (f"{desk.site}/admin/", [])


@pytest.mark.parametrize("change", ["typed", "ticked", "added a row", "chose"])
def test_leaving_a_changed_form_asks(desk, change):
    page = desk.page
    match change:
        case "typed":
            page.fill("#id_introduction", "Otra cosa")
        case "ticked":
            page.click("#id_is_international")
        case "added a row":
            page.click("#channels-group .add-row a")
        case "chose":
            page.select_option("#id_channels-0-medium", "chat")
    expect_question(page, page.click, HOME)
    expect_question(page, page.evaluate, "history.back()")
    assert desk.complaints == []


def test_saving_and_an_error_page_that_is_left(desk):
    page = desk.page
    page.fill("#id_name", "")
    desk.go(page.click, "[name=_preview]")
    # What is wrong has the focus, and is unsaved.
    wait_until(page, "document.activeElement.matches('.problems')")
    assert "Clave Segura" in page.inner_text(".breadcrumbs")
    expect_question(page, page.click, HOME)
    page.fill("#id_name", "Clave")
    desk.go(page.click, "[name=_preview]")
    expect_question(page, page.click, HOME)
    desk.go(page.click, "[name=_save]")
    assert Service.objects.filter(name="Clave").exists()


def test_what_is_wrong_in_a_new_form_has_the_focus(desk):
    desk.open("directory_service_add")
    wait_until(desk.page, "document.activeElement.id === 'id_name'")
    desk.go(desk.page.click, "[name=_save]")
    wait_until(desk.page, "document.activeElement.matches('.problems')")


def test_the_way_back_of_the_browser_leads_from_a_preview_to_the_form_as_it_was(desk):
    page = desk.page
    page.fill("#id_introduction", "Otra cosa")
    page.click("#channels-group .add-row a")
    rows = int(page.input_value("#id_channels-TOTAL_FORMS"))
    page.fill(f"#id_channels-{rows - 1}-title", "Chat")
    page.select_option(f"#id_channels-{rows - 1}-medium", "chat")
    page.fill(f"#id_channels-{rows - 1}-contacts", "nuevo@example.com")
    desk.choose(f"#id_channels-{rows - 1}-request_types + span input", "Incidentes")
    desk.go(page.click, "[name=_preview]")
    assert page.query_selector(".effect")
    with page.expect_request(lambda request: request.method == "POST"):
        page.evaluate("history.back()")
    page.wait_for_selector("[name=_form][data-typed]", state="attached")
    assert page.input_value("#id_introduction") == "Otra cosa"
    assert page.input_value(f"#id_channels-{rows - 1}-title") == "Chat"
    assert page.input_value("#id_channels-TOTAL_FORMS") == str(rows)


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_session_that_ended_loses_nothing(sign_in, service, with_scripts):
    desk = sign_in(java_script_enabled=with_scripts)
    page = desk.page
    desk.open("directory_service_change", service.pk)
    page.fill("#id_introduction", "Lo que costó escribir")
    Session.objects.all().delete()
    desk.go(page.click, "[name=_preview]")
    page.fill("#id_username", "ana")
    page.fill("#id_password", "otra")
    desk.go(page.press, "#id_password", "Enter")
    assert page.query_selector(".errornote")
    page.fill("#id_password", PASSWORD)
    desk.go(page.press, "#id_password", "Enter")
    desk.go(page.press, "[name=_edit_again]", "Enter")
    assert page.input_value("#id_introduction") == "Lo que costó escribir"
    desk.go(page.click, "[name=_preview]")
    assert page.query_selector(".effect")
    desk.go(page.click, "[name=_save]")
    assert page.query_selector(".messagelist")
    assert Service.objects.get(pk=service.pk).introduction == "Lo que costó escribir"


def test_signing_in_in_another_tab_leads_to_no_dead_end(desk, service):
    page, other = desk.page, desk.page.context.new_page()
    page.fill("#id_introduction", "Lo que costó escribir")
    other.goto(f"{desk.site}/admin/")
    follow(other, other.click, "#logout-form button")
    other.goto(f"{desk.site}/admin/login/")
    other.fill("#id_username", "ana")
    other.fill("#id_password", PASSWORD)
    follow(other, other.press, "#id_password", "Enter")
    desk.go(page.click, "[name=_preview]")
    desk.go(page.click, "[name=_edit_again]")
    assert page.input_value("#id_introduction") == "Lo que costó escribir"


def test_a_double_click_on_save_adds_once(desk):
    desk.open("directory_contactpoint_add")
    page = desk.page
    page.select_option("#id_kind", "email")
    page.fill("#id_label", "Correo")
    page.fill("#id_email", "nuevo@example.com")
    desk.go(page.dblclick, "input[name=_save]")
    assert page.query_selector(".messagelist")
    assert ContactPoint.objects.filter(email="nuevo@example.com").count() == 1


def test_a_pencil_shows_what_it_changes_and_closes(desk):
    page = desk.page
    desk.open(
        "directory_channel_change", Service.objects.get(slug="clave-segura").channels.first().pk
    )
    pencil = page.locator(".inline-group .change-related[href]").first
    with page.expect_popup() as opened:
        pencil.click()
    popup = opened.value
    popup.wait_for_selector("#id_label")
    popup.fill("#id_label", "Línea principal")
    popup.click("[name=_save]")
    popup.wait_for_selector(".effect-group")
    assert "Línea principal" in popup.inner_text(".effect")
    with popup.expect_event("close"):
        popup.click("[name=_save]")
    assert ContactPoint.objects.filter(label="Línea principal").exists()
