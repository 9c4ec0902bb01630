"""A proposal in a real browser: made and published with the keyboard, and read on a phone."""

import os

import pytest
from django.contrib.auth import get_user_model

from directory.models import ContactPoint, Proposal
from tests.browser.tools import wait_until

PHONE = {"width": 320, "height": 700}


@pytest.fixture
def two(sign_in, settings, site_to_change):
    """The desks of who proposes, and of who publishes."""
    first, second = sign_in(), sign_in("beto")
    settings.FOUR_EYES = "risky"
    get_user_model().objects.filter(username="beto").update(email="beto@example.com")
    return first, second


def picture(page, name):
    """Keep what the page looks like where somebody wants to see it."""
    if folder := os.environ.get("PICTURES"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def is_as_wide_as_the_window(page):
    page.set_viewport_size(PHONE)
    script = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    return page.evaluate(script)


def press(desk, name):
    """Tab to the button of that name, and press Enter."""
    for _press in range(120):
        if desk.page.evaluate("document.activeElement.name") == name:
            break
        desk.page.keyboard.press("Tab")
    desk.go(desk.page.keyboard.press, "Enter")


def test_a_number_is_proposed_and_published_with_the_keyboard(two):
    first, second = two
    number = ContactPoint.objects.filter(kind="phone").earliest("pk")
    first.open("directory_contactpoint_change", number.pk)
    first.page.fill("#id_phone", "601 744 2799")
    press(first, "_save")
    proposal = Proposal.objects.get()
    assert first.page.url.endswith(f"/proposal/{proposal.pk}/change/")
    picture(first.page, "own")
    first.open("directory_contactpoint_change", number.pk)
    picture(first.page, "form")
    second.page.goto(f"{second.site}/admin/")
    picture(second.page, "start")
    second.open("directory_proposal_changelist")
    picture(second.page, "list")
    assert is_as_wide_as_the_window(second.page)
    second.open("directory_proposal_change", proposal.pk)
    picture(second.page, "proposal")
    assert is_as_wide_as_the_window(second.page)
    press(second, "_refuse")
    wait_until(second.page, "document.querySelector('.errorlist') !== null")
    picture(second.page, "reason")
    press(second, "_publish")
    if "second-factor" in second.page.content():
        picture(second.page, "confirm")
    number.refresh_from_db()
    picture(second.page, "published")
    assert str(number.phone) == "+576017442799"


def test_what_is_risky_is_read_on_a_phone(two):
    _first, second = two
    number = ContactPoint.objects.filter(kind="phone").earliest("pk")
    second.open("directory_contactpoint_change", number.pk)
    second.page.fill("#id_phone", "01 900 123 4567")
    press(second, "_save")
    picture(second.page, "warned")
    assert is_as_wide_as_the_window(second.page)
    assert not Proposal.objects.exists()
