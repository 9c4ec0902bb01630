"""What staff do most, in a real browser: how many clicks it takes, and that nothing is blocked."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from directory.models import ContactPoint, Schedule, ScheduleException, Service
from escalations.models import EscalationContact
from tests.browser.tools import settle, wait_until


def test_a_number_is_changed_with_the_keyboard_in_three_steps(sign_in):
    desk = sign_in()
    # The search box has the focus already.
    desk.type("(571) 7442727")
    desk.go(desk.page.keyboard.press, "Enter")
    desk.page.fill("#id_phone", "601 744 2728")
    desk.go(desk.page.press, "#id_phone", "Enter")
    assert "601 744 2728" in desk.page.inner_text(".effect")
    desk.confirm()
    assert "Clave Segura, edición 2" in desk.page.inner_text(".messagelist")
    assert ContactPoint.objects.filter(phone="+576017442728").exists()
    assert (desk.pressed, desk.complaints) == (3, [])


def test_hours_are_changed_in_three_clicks(sign_in):
    desk = sign_in()
    desk.go(desk.page.click, ".dashboard-task >> text=Lunes a viernes de 7 a 17")
    desk.page.fill("#id_spans-0-closes", "18:00")
    desk.go(desk.page.click, "[name=_preview]")
    desk.go(desk.page.click, "[name=_save]")
    assert "Se publicó" in desk.page.inner_text(".messagelist")
    assert (desk.pressed, desk.complaints) == (3, [])


def test_hours_are_typed_as_they_are_said_shown_back_and_saved(sign_in):
    desk = sign_in()
    desk.go(desk.page.click, ".dashboard-task >> text=Lunes a viernes de 7 a 17")
    desk.page.fill("#id_hours_text", "L-V 8 a 8")
    desk.go(desk.page.click, "[name=_preview]")
    assert "«8 p.m. a 8 a.m. del día siguiente»" in desk.page.inner_text(".problems")
    # Its link leads into the field, where the text still is.
    desk.page.click(".problems a")
    wait_until(desk.page, "document.activeElement.id === 'id_hours_text'")
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.type("Lunes a viernes 8-12 y 14-18; festivos cerrado")
    desk.go(desk.page.click, "[name=_preview]")
    assert "Festivos\tcerrado" in desk.page.inner_text(".week table")
    desk.confirm()
    assert "8 a.m. a 12 m. y 2 p.m. a 6 p.m." in desk.page.inner_text(".messagelist")
    schedule = Schedule.objects.get(code="lunes-a-viernes-7-17")
    assert (schedule.spans.count(), schedule.holidays) == (10, "closed")
    assert desk.complaints == []


def test_who_answers_an_escalation_is_changed_in_three_clicks(sign_in):
    desk = sign_in()
    desk.page.fill("#search-everything", "Iván Rodríguez")
    desk.go(desk.page.press, "#search-everything", "Enter")
    desk.page.fill("#id_person", "Ana Torres")
    desk.go(desk.page.click, "[name=_preview]")
    desk.go(desk.page.click, "[name=_save]")
    assert EscalationContact.objects.filter(person="Ana Torres").count() == 1
    assert (desk.pressed, desk.complaints) == (3, [])


def test_a_closure_is_announced_in_three_clicks(sign_in):
    desk = sign_in()
    desk.go(desk.page.click, ".dashboard-task >> text='Hoy'")
    desk.page.fill("#id_reason", "Cierre por inventario")
    desk.go(desk.page.click, "[name=_preview]")
    assert "Cierre por inventario" in desk.page.inner_text(".effect")
    assert not ScheduleException.objects.exists()
    desk.go(desk.page.click, "[name=_save]")
    assert ScheduleException.objects.get().code.startswith("cierre-por-inventario")
    assert (desk.pressed, desk.complaints) == (3, [])


def test_everybody_stops_at_noon_is_one_form_of_the_keyboard(sign_in):
    desk = sign_in()
    press = desk.page.keyboard.press
    desk.open("directory_scheduleexception_add")
    # The reason has the focus already.
    desk.type("Nochebuena")
    press("Tab")
    desk.page.keyboard.type("24/12/2026")
    desk.page.focus("[name=effect][value=closed]")
    press("ArrowDown")
    press("Tab")
    desk.page.focus("#id_closes_at_latest")
    desk.page.keyboard.type("12:00")
    desk.go(press, "Enter")
    shown = desk.page.inner_text(".exception-effects")
    assert "24 de diciembre de 2026: 7 a.m. a 12 m. en vez de 7 a.m. a 7 p.m." in shown
    assert "no toca: 7 días 24 horas" in shown
    assert not ScheduleException.objects.exists()
    desk.confirm()
    saved = ScheduleException.objects.get()
    assert (saved.effect, str(saved.last_day)) == ("limited", "2026-12-24")
    assert (desk.pressed, desk.complaints) == (2, [])


def test_an_exception_is_typed_without_javascript(sign_in):
    desk = sign_in(java_script_enabled=False)
    desk.open("directory_scheduleexception_add")
    desk.page.fill("#id_reason", "Inventario")
    desk.page.fill("#id_first_day", "24/12/2026")
    desk.page.check("text=Lunes a viernes de 7 a 17")
    desk.page.check("[name=effect][value=other_hours]")
    for number, (opens, closes) in enumerate([("08:00", "12:00"), ("14:00", "16:00")]):
        desk.page.fill(f"#id_spans-{number}-opens", opens)
        desk.page.fill(f"#id_spans-{number}-closes", closes)
    desk.go(desk.page.click, "[name=_preview]")
    said = desk.page.inner_text(".exception-effects")
    assert said.count("8 a.m. a 12 m. y 2 p.m. a 4 p.m. en vez de 7 a.m. a 5 p.m.") == 1
    desk.go(desk.page.click, "[name=_save]")
    saved = ScheduleException.objects.get()
    assert (saved.spans.count(), saved.schedules.get().name) == (2, "Lunes a viernes de 7 a 17")


def test_two_people_and_one_field(sign_in):
    ana, beto = sign_in("ana"), sign_in("beto")
    service = Service.objects.get(slug="clave-segura")
    for desk in (ana, beto):
        desk.open("directory_service_change", service.pk)
    ana.page.fill("#id_channels-0-title", "Línea de Ana")
    ana.go(ana.page.click, "[name=_save]")
    beto.page.fill("#id_channels-0-title", "Línea de Beto")
    beto.go(beto.page.click, "[name=_preview]")

    said = beto.page.inner_text(".problems")
    assert "ana" in said
    assert "Línea de Ana" in said
    assert beto.page.input_value("#id_channels-0-title") == "Línea de Beto"
    beto.go(beto.page.click, "[name=_preview]")
    beto.go(beto.page.click, "[name=_save]")

    titles = service.channels.order_by("position").values_list("title", flat=True)
    assert titles[0] == "Línea de Beto"
    assert (ana.complaints, beto.complaints) == ([], [])


def test_two_people_and_the_rows_of_a_schedule(sign_in):
    ana, beto = sign_in("ana"), sign_in("beto")
    schedule = Schedule.objects.get(name="Lunes a viernes de 7 a 17")
    for desk in (ana, beto):
        desk.open("directory_schedule_change", schedule.pk)
    ana.page.check("#id_spans-0-DELETE")
    ana.page.fill("#id_spans-1-closes", "16:00")
    ana.go(ana.page.click, "[name=_save]")
    beto.page.fill("#id_spans-0-closes", "18:00")
    beto.page.click(".add-row a")
    beto.page.select_option("#id_spans-5-day", "6")
    beto.page.fill("#id_spans-5-opens", "9:00")
    # The button “now”: hours and minutes, as they are asked for.
    beto.page.click("#id_spans-5-closes ~ .datetimeshortcuts a >> nth=0")
    expect(beto.page.locator("#id_spans-5-closes")).to_have_value(re.compile(r"^\d\d:\d\d$"))
    beto.page.fill("#id_spans-5-closes", "12:00")
    beto.go(beto.page.click, "[name=_save]")

    said = beto.page.inner_text(".problems")
    assert "Esto se eliminó entretanto (ana, " in said
    assert beto.page.input_value("#id_spans-0-closes") == "18:00"
    assert beto.page.input_value("#id_spans-1-closes") == "4:00 p.m."
    beto.go(beto.page.click, "[name=_save]")

    spans = [str(span) for span in schedule.spans.all()]
    assert spans[:2] == ["lunes 7 a.m. a 6 p.m.", "martes 7 a.m. a 4 p.m."]
    assert spans[-1] == "sábado 9 a.m. a 12 m."
    assert (ana.complaints, beto.complaints) == ([], [])


def test_an_error_is_one_key_away_from_its_field(sign_in):
    desk = sign_in()
    number = ContactPoint.objects.get(phone="+576017442727")
    desk.open("directory_contactpoint_change", number.pk)
    desk.page.fill("#id_phone", "601 74")
    desk.go(desk.page.press, "#id_phone", "Enter")
    desk.page.click(".problems a")
    desk.page.wait_for_url("**#id_phone")
    assert desk.page.input_value("#id_phone") == "601 74"


PAGES = [
    "index",
    "directory_channel_changelist",
    "directory_channel_add",
    "directory_contactpoint_changelist",
    "directory_contactpoint_add",
    "directory_edition_changelist",
    "directory_schedule_changelist",
    "directory_schedule_add",
    "directory_scheduleexception_changelist",
    "directory_scheduleexception_add",
    "directory_service_changelist",
    "directory_service_add",
    "escalations_escalationcontact_changelist",
    "escalations_escalationcontact_add",
    "escalations_escalationpolicy_add",
]


def test_pages_fit_and_nothing_of_them_is_blocked(sign_in):
    desk = sign_in()
    channel = Service.objects.get(slug="clave-segura").channels.first()
    addresses = [reverse(f"admin:{name}") for name in PAGES]
    addresses += [
        reverse("admin:directory_channel_change", args=[channel.pk]),
        reverse("admin:directory_service_change", args=[channel.service_id]),
        reverse("admin:directory_channel_delete", args=[channel.pk]),
    ]
    wide = []
    for address in addresses:
        desk.page.goto(desk.site + address)
        settle(desk.page)
        for box in (".select2-selection--single", ".select2-selection--multiple"):
            if desk.page.locator(box).count():
                desk.page.locator(box).first.click()
                desk.page.locator(".select2-results__option").first.wait_for()
                desk.page.keyboard.press("Escape")
        for width in (320, 1280):
            desk.page.set_viewport_size({"width": width, "height": 800})
            if desk.page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((address, width))
    assert (wide, desk.complaints) == ([], [])
