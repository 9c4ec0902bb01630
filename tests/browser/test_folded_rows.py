"""The stored rows of a service's form: open on a desk, a line each on a phone."""

import pytest

from directory.models import Service
from tests.browser.tools import wait_until

PHONE = {"width": 390, "height": 844}
OPEN = "rows => rows.filter(row => row.open).map(row => row.closest('.ordered-row').id)"


def service():
    return Service.objects.get(slug="certifactura")


def opened(page):
    return page.eval_on_selector_all(".row-fold", OPEN)


def test_stored_rows_are_open_on_a_desk(sign_in):
    desk = sign_in()
    desk.open("directory_service_change", service().pk)
    rows = desk.page.locator(".row-fold")
    assert len(opened(desk.page)) == rows.count() == service().channels.count() + 3


def test_stored_rows_are_a_line_each_on_a_phone(sign_in):
    desk = sign_in()
    desk.page.set_viewport_size(PHONE)
    desk.open("directory_service_change", service().pk)
    assert opened(desk.page) == []
    desk.page.click("#channels-0 .row-fold > summary")
    assert opened(desk.page) == ["channels-0"]
    desk.page.set_viewport_size({"width": 1366, "height": 768})
    wait_until(desk.page, "!document.querySelector('.row-fold:not([open])')")


@pytest.mark.parametrize("anchor", ["channels-1", "id_channels-1-title"])
def test_the_row_that_a_link_leads_to_is_open_and_focused_on_a_phone(sign_in, anchor):
    desk = sign_in()
    desk.page.set_viewport_size(PHONE)
    desk.open("directory_service_change", service().pk)
    desk.page.goto("about:blank")
    desk.page.goto(f"{desk.site}/admin/directory/service/{service().pk}/change/#{anchor}")
    wait_until(desk.page, "document.activeElement.id === 'id_channels-1-title'")
    assert opened(desk.page) == ["channels-1"]


def test_a_row_with_an_error_is_open_on_a_phone(sign_in):
    desk = sign_in()
    desk.page.set_viewport_size(PHONE)
    desk.open("directory_service_change", service().pk)
    desk.page.click("#channels-0 .row-fold > summary")
    desk.page.fill("#id_channels-0-hours", "cuando se pueda")
    desk.go(desk.page.click, "[name=_save]")
    assert opened(desk.page) == ["channels-0"]
