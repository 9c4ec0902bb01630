"""An outage, from the click that announces it to what customers see, in a real browser."""

from itertools import product

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Channel, Notice, Service
from tests.browser.pages import NIGHT, WORK
from tests.factories import NoticeFactory

PAGE = "servicios/clave-segura/"
SENTENCE = "El chat no funciona. Llámenos."


def test_a_failure_is_announced_in_two_clicks_and_a_sentence_and_ended_with_one(sign_in):
    desk = sign_in()
    group = desk.page.locator(".dashboard-groups > div", has_text="Clave Segura")
    desk.go(group.get_by_role("link", name="Chat online").click)
    # The text has the focus already.
    desk.type(SENTENCE)
    desk.go(desk.page.click, "[name=_save]")
    assert "Clave Segura, edición 2" in desk.page.inner_text(".messagelist")
    assert (desk.pressed, desk.complaints) == (2, [])

    desk.page.goto(f"{desk.site}/admin/")
    assert SENTENCE in desk.page.inner_text(".dashboard-notices")
    desk.go(desk.page.click, ".dashboard-notices button")
    assert "Clave Segura, edición 3" in desk.page.inner_text(".messagelist")
    assert desk.page.locator(".dashboard-notices").count() == 0
    assert Notice.objects.exclude(ended_at=None).count() == 1
    assert (desk.pressed, desk.complaints) == (3, [])


@pytest.fixture
def outages(site_to_change):
    """Something of each kind is out of order."""
    with time_machine.travel(NIGHT, tick=False):
        service = Service.objects.get(slug="clave-segura")
        chat = Channel.objects.get(service=service, medium="chat")
        phone = service.channels.get(code="telefonico").contact_uses.get().contact_point
        for subject in ({"service": service}, {"channel": chat}, {"contact_point": phone}):
            severity = "limited" if "service" in subject else "out_of_order"
            NoticeFactory(text=f"{SENTENCE} " * 8, severity=severity, **subject)
        publish(Service.objects.all())
    return site_to_change


def test_outages_are_whole_and_accessible_at_every_width_and_in_every_scheme(
    outages, open_page, violations
):
    found = {}
    with time_machine.travel(WORK, tick=False):
        page = open_page(outages, bypass_csp=True)
        for width, scheme in product((320, 1366), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            for path in (PAGE, f"{PAGE}tarjeta/", "", f"en/{PAGE}"):
                page.goto(f"{outages}/{path}")
                assert page.locator(".notice").first.is_visible()
                wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                found[width, scheme, path] = (wide, violations(page))
    assert found == dict.fromkeys(found, (False, []))


def test_paper_says_what_is_out_of_order_and_since_when(outages, open_page):
    with time_machine.travel(WORK, tick=False):
        page = open_page(f"{outages}/{PAGE}")
        page.emulate_media(media="print")
        assert page.locator(".notices .notice").is_visible()
        told = page.locator(".channels .notice").all_inner_texts()
    assert [text.splitlines()[0].strip() for text in told] != []
    assert all("Desde el comienzo del" in text or "Desde el 31" in text for text in told)
