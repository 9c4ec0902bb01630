"""An open page keeps itself true, without taking anything from who reads it."""

from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from tests.browser.tools import stop_clock, wait_until

BEFORE = datetime.fromisoformat("2026-11-23T18:59:30-05:00")
AFTER = BEFORE + timedelta(minutes=1)
PAGE = "/servicios/clave-segura/"


class Reader:
    """Somebody with a page open: the clocks of the server and of the device go together."""

    def __init__(self, open_page, address, clock_is_wrong_by=timedelta()):
        self.page = open_page("about:blank")
        self.asked = []
        self.address = address
        self.page.on("request", self._listen)
        stop_clock(self.page, BEFORE + clock_is_wrong_by)
        self.page.goto(address)
        # Until the page knows the clock of the server.
        self.page.evaluate(
            "() => new Promise(resolve => new PerformanceObserver(() => resolve())"
            ".observe({ type: 'navigation', buffered: true }))"
        )

    def _listen(self, request):
        if request.resource_type == "fetch" and request.url == self.address:
            self.asked.append(request)

    def wait(self, **time):
        """Let time pass on the device."""
        self.page.clock.run_for(timedelta(**time).total_seconds() * 1000)

    def refreshed(self, times=1):
        """Wait until so many pages that were fetched are in place."""
        wait_until(self.page, "window.refreshes >= given", times)

    def count_refreshes(self):
        self.page.evaluate(
            "document.addEventListener('refreshed',"
            " () => window.refreshes = (window.refreshes ?? 0) + 1)"
        )


@contextmanager
def server_at(instant):
    with time_machine.travel(instant, tick=False):
        yield


@pytest.fixture
def reading(site, open_page):
    """A function that opens a page half a minute before it changes."""

    def opened(path=PAGE, **options):
        with server_at(BEFORE):
            reader = Reader(open_page, f"{site}{path}", **options)
        reader.count_refreshes()
        return reader

    return opened


def test_open_page_changes_when_what_it_says_does(reading):
    reader = reading()
    page = reader.page
    expect(page.locator(".now > .state")).to_contain_text("hasta las 7 p.m.")
    assert page.locator(".now-open").count() == 1
    with server_at(AFTER):
        reader.wait(seconds=40)
        reader.refreshed()
    assert page.locator(".now-open").count() == 0
    assert len(reader.asked) == 1
    # Those who do not see it are told.
    expect(page.locator("body > [role=status]:not(#copied)")).not_to_be_empty()


def test_nothing_is_taken_from_who_reads(reading):
    reader = reading()
    page = reader.page
    link = page.locator("main table a[href^='tel:'], .sheet a[href^='tel:']").last
    link.scroll_into_view_if_needed()
    link.focus()
    page.evaluate(
        """() => {
            window.focused = document.activeElement;
            window.folds = [...document.querySelectorAll('details')];
            for (const fold of window.folds) fold.open = !fold.open;
            window.state = window.folds.map(({ open }) => open);
            window.focused.scrollIntoView({ block: 'center' });
            window.place = window.focused.getBoundingClientRect().top;
        }"""
    )
    with server_at(AFTER):
        reader.wait(seconds=40)
        reader.refreshed()
    kept = page.evaluate(
        """() => [
            document.activeElement === window.focused,
            Math.abs(window.focused.getBoundingClientRect().top - window.place) < 3,
            window.folds.every((fold, n) => !fold.isConnected || fold.open === window.state[n]),
        ]"""
    )
    assert kept == [True, True, True]


def test_typed_words_stay_in_the_search(reading):
    reader = reading("/")
    field = reader.page.locator("input[name=q]")
    # As of somebody who has not finished typing: what is found might come before, and is as true.
    reader.page.route(lambda url: "?q=" in url, lambda route: route.abort())
    field.fill("744 2727")
    with server_at(AFTER):
        reader.wait(seconds=40)
        reader.refreshed()
    assert field.input_value() == "744 2727"
    assert field.evaluate("each => each === document.activeElement")


def test_search_keeps_true_what_it_finds(reading):
    """One that found nothing for long holds no longer than what is found then."""
    reader = reading("/?q=camara+de+comercio")
    page = reader.page
    assert page.locator("main").get_attribute("data-until") > AFTER.isoformat()
    reader.address = f"{reader.address.partition('?')[0]}?q=clave+segura"
    with server_at(BEFORE):
        page.locator("input[name=q]").fill("clave segura")
        reader.wait(seconds=1)
        expect(page.locator("#found")).to_contain_text("clave segura")
    expect(page.locator("#results .as-of")).to_contain_text("hasta las 7 p.m.")
    reader.asked.clear()
    with server_at(AFTER):
        reader.wait(seconds=40)
        reader.refreshed()
    assert page.locator("#results .state-open").count() == 0


@pytest.mark.parametrize("path", [PAGE, "/"])
@pytest.mark.parametrize("hours", [-30, -3, 3, 30])
def test_wrong_clock_costs_one_fetch_and_no_loop(reading, hours, path):
    """One that is fast, at once; a slow one none."""
    reader = reading(path, clock_is_wrong_by=timedelta(hours=hours))
    fetches = 1
    if hours > 0:
        with server_at(BEFORE):
            reader.wait(seconds=5)
            reader.refreshed()
        fetches = 2
    with server_at(AFTER):
        # Not twice within a minute.
        reader.wait(seconds=40 if fetches == 1 else 70)
        reader.refreshed(fetches)
        for _ in range(10):
            reader.wait(minutes=1)
    assert "hasta las 7 p.m." not in reader.page.locator("main").inner_text()
    assert len(reader.asked) == fetches


def test_device_that_slept_shows_what_is_true_within_a_minute(reading):
    """Its timers stood still meanwhile, and nobody hid the page."""
    reader = reading("/servicios/camara-comercio-bogota/")
    reader.wait(seconds=5)
    morning = AFTER + timedelta(hours=8)
    with server_at(morning):
        reader.page.clock.set_system_time(morning)
        reader.wait(seconds=58)
        reader.refreshed()
    told = reader.page.locator("main .as-of .day").inner_text()
    assert told == "Martes 24 de noviembre de 2026"
    assert len(reader.asked) == 1


def test_who_is_connected_again_does_not_wait_for_what_failed(reading):
    reader = reading()
    page = reader.page
    page.context.set_offline(True)
    for _ in range(6):
        with page.expect_event("requestfailed"):
            page.clock.fast_forward("33:00")
    assert page.locator(".now-open").count() == 1
    with server_at(AFTER + timedelta(hours=4)):
        page.context.set_offline(False)
        wait_until(page, "navigator.onLine")
        page.clock.fast_forward("01:05")
        reader.refreshed()
    assert page.locator(".now-open").count() == 0


def test_without_an_answer_it_is_asked_less_and_less(reading):
    reader = reading()
    reader.page.route(reader.address, lambda route: route.abort())
    with server_at(AFTER):
        for _ in range(60):
            reader.wait(minutes=1)
    assert 3 <= len(reader.asked) <= 7
    # What was there stays.
    assert reader.page.locator(".now-open").count() == 1


def test_page_that_one_returns_to_is_read_again(reading):
    reader = reading()
    hide = """is => {
        Object.defineProperty(document, 'hidden', { value: is, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    reader.page.evaluate(hide, True)
    with server_at(AFTER + timedelta(minutes=12)):
        reader.wait(minutes=12)
        assert reader.asked == []
        reader.page.evaluate(hide, False)
        reader.refreshed()
        reader.page.evaluate(hide, False)
    assert len(reader.asked) == 1


def test_card_keeps_itself_true_too(reading):
    reader = reading(f"{PAGE}tarjeta/")
    assert reader.page.locator(".card-open").count() == 1
    with server_at(AFTER):
        reader.wait(seconds=40)
        reader.refreshed()
    assert reader.page.locator(".card-open").count() == 0
