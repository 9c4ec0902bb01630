"""Bulk work and care for the data in a real browser: as staff do it, and in how many steps."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from directory.models import ContactPoint, Edition, FindingAcceptance, Service
from tests.browser.tools import wait_until

PUBLISHER = "Publicadores"
EDITOR = "Editores"


def number():
    """The line that all five services give."""
    return ContactPoint.objects.get(phone="+576017442727")


def clave_segura():
    return Service.objects.get(slug="clave-segura")


def said(desk):
    return desk.page.inner_text(".messagelist")


@pytest.mark.parametrize("typed", ["7442727", "(601) 744 27 27", "+57 601 7442727", "571 7442727"])
def test_a_number_is_found_in_one_step_however_it_is_typed(sign_in, typed):
    desk = sign_in(role=EDITOR)
    # The search box has the focus already.
    desk.type(typed)
    desk.go(desk.page.keyboard.press, "Enter")
    assert desk.page.input_value("#id_phone") == "601 744 2727"
    assert (desk.pressed, desk.complaints) == (1, [])


# ---- Many at once --------------------------------------------------------------------------


def test_a_number_is_replaced_in_one_service_in_three_steps(sign_in):
    desk = sign_in(role=PUBLISHER)
    editions = Edition.objects.count()
    old, new = number(), ContactPoint.objects.get(phone="+576017457495")
    desk.open("directory_contactpoint_change", old.pk)
    desk.go(desk.page.click, "text=Reemplazar por otro")
    desk.choose(".select2-selection", "601 745 7495")
    desk.page.check("text=Solo donde yo diga")
    desk.page.check("text=Certifactura: Telefónico")
    desk.go(desk.page.click, "text=Ver qué cambia")
    assert desk.page.locator(".effect-group h2").all_inner_texts() == ["Certifactura"]
    assert "601 745 7495" in desk.page.inner_text(".effect-group")
    assert Edition.objects.count() == editions

    desk.go(desk.page.click, "text=Reemplazar y publicar")

    assert "Certifactura, edición 2" in said(desk)
    holders = Service.objects.filter(channels__contact_uses__contact_point=new).distinct()
    assert "certifactura" in holders.values_list("slug", flat=True)
    assert not Service.objects.filter(
        slug="certifactura", channels__contact_uses__contact_point=old
    ).exists()
    assert Edition.objects.count() == editions + 1
    assert (desk.pressed, desk.complaints) == (3, [])


def test_a_service_is_copied_and_published_in_four_steps(sign_in):
    desk = sign_in(role=PUBLISHER)
    model = clave_segura()
    desk.open("directory_service_change", model.pk)
    desk.go(desk.page.click, ".object-tools >> text=Copiar")
    desk.page.fill("#id_name", "Firma Móvil")
    desk.go(desk.page.press, "#id_name", "Enter")
    copy = Service.objects.get(slug="firma-movil")
    assert not copy.is_published
    assert "Borrador: los clientes no la ven." in desk.page.inner_text(".publication")
    # As it is, or with what was typed into it: Enter saves it and shows it.
    desk.go(desk.page.press, "#id_name", "Enter")
    assert "Borrador: los clientes no la ven." in desk.page.inner_text(".draft-banner")
    desk.go(desk.page.click, ".draft-publish")

    desk.page.goto(desk.site + copy.get_absolute_url())
    assert "601 744 2727" in desk.page.inner_text("main")
    assert copy.channels.count() == model.channels.count()
    assert (desk.pressed, desk.complaints) == (4, [])


def upload(desk, sheet, text):
    """Bring a file to the page of spreadsheets and see what changes."""
    file = {"name": "medios.csv", "mimeType": "text/csv", "buffer": text.encode()}
    desk.page.set_input_files(f"#file-{sheet}", file)
    desk.go(desk.page.click, f"form:has(#file-{sheet}) [type=submit]")


def download(desk):
    """The spreadsheet of the page, as text."""
    with desk.page.expect_download() as started:
        desk.page.click(".button >> text=CSV")
    return started.value.path().read_text(encoding="utf-8-sig")


def test_a_spreadsheet_goes_out_and_comes_back_in_four_clicks(sign_in):
    desk = sign_in(role=PUBLISHER)
    desk.open("directory_contactpoint_changelist")
    desk.go(desk.page.click, "text=Excel y CSV")
    text = download(desk)
    upload(desk, "contact-points", text.replace("601 744 2727", "601 744 2728"))
    assert "601 744 2728" in desk.page.inner_text(".cells")
    assert number().replaces.count() == 0

    desk.go(desk.page.click, "text=Importar y publicar")

    assert "1 fila modificada" in said(desk)
    assert ContactPoint.objects.filter(phone="+576017442728").count() == 1
    # And the click that downloads.
    assert (desk.pressed + 1, desk.complaints) == (4, [])


def test_a_spreadsheet_with_a_wrong_number_says_where_and_changes_nothing(sign_in):
    desk = sign_in(role=PUBLISHER)
    editions = Edition.objects.count()
    desk.open("directory_contactpoint_spreadsheets")
    text = download(desk)
    row = next(i for i, line in enumerate(text.splitlines(), 1) if "601 744 2727" in line)
    upload(desk, "contact-points", text.replace("601 744 2727", "601 74"))
    problems = desk.page.locator(".problems tbody tr")
    assert problems.count() == 1
    assert problems.locator("td").first.inner_text() == f"D{row}"
    assert (number().display, Edition.objects.count()) == ("601 744 2727", editions)


# ---- Is it still true? ---------------------------------------------------------------------


def test_a_finding_is_accepted_with_the_keyboard_and_opened_again(sign_in):
    desk = sign_in(role=PUBLISHER)
    desk.open("directory_findingacceptance_changelist")
    page = desk.page
    page.focus(".findings summary >> nth=0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Así lo acordamos con el cliente")
    desk.go(page.keyboard.press, "Enter")
    assert page.locator(".messagelist .success").count() == 1
    accepted = FindingAcceptance.objects.get()
    assert (accepted.reason, accepted.accepted_by.username) == (
        "Así lo acordamos con el cliente",
        "ana",
    )

    desk.go(page.click, ".choices a[href='?state=accepted']")
    assert "Así lo acordamos con el cliente" in page.inner_text(".findings")
    desk.go(page.click, ".findings button")
    assert not FindingAcceptance.objects.exists()
    assert (desk.pressed, desk.complaints) == (3, [])


def test_a_number_is_marked_as_verified_in_one_click(sign_in):
    desk = sign_in(role=EDITOR)
    desk.open("directory_contactpoint_change", number().pk)
    desk.go(desk.page.click, "text=Sigue siendo cierto")
    assert number().verified_on is not None
    assert desk.page.url.endswith(
        reverse("admin:directory_contactpoint_change", args=[number().pk])
    )
    assert (desk.pressed, desk.complaints) == (1, [])


def test_many_numbers_are_marked_as_verified_in_three_clicks(sign_in):
    desk = sign_in(role=PUBLISHER)
    desk.open("directory_contactpoint_changelist")
    desk.page.click("#action-toggle")
    desk.page.select_option("select[name=action]", label="Verificado hoy: funciona")
    desk.go(desk.page.click, ".actions button[name=index]")
    assert not ContactPoint.objects.filter(verified_on=None).exists()
    # And the clicks that select all and choose what to do.
    assert (desk.pressed + 2, desk.complaints) == (3, [])


def test_who_answers_when_is_one_click_away_and_scrolls_with_the_keyboard(sign_in):
    desk = sign_in(role=EDITOR, viewport={"width": 320, "height": 700})
    desk.open("directory_service_changelist")
    desk.go(desk.page.click, "tr:has-text('Clave Segura') >> text=Quién atiende y cuándo")
    week, coming = desk.page.locator("section").first.locator("table").all()
    assert week.locator("tbody tr").count() == 7
    assert coming.locator("tbody tr").count() == 14
    monday = week.locator("tbody tr").first.locator("td.cell")
    assert monday.nth(10).get_attribute("class") == "cell open"
    assert "Telefónico" in monday.nth(10).inner_text()
    assert monday.nth(3).get_attribute("class") == "cell closed"

    region = desk.page.locator(".coverage").first
    region.focus()
    desk.page.keyboard.press("ArrowRight")
    wait_until(desk.page, "document.querySelector('.coverage').scrollLeft > 0")
    assert (desk.pressed, desk.complaints) == (1, [])


# ---- Everybody can use the pages -----------------------------------------------------------


def test_boxes_that_django_leaves_without_a_name_have_the_name_of_their_column(sign_in):
    desk = sign_in()
    desk.open("directory_service_change", clave_segura().pk)
    desk.page.click("#channels-group .add-row a")
    row = desk.page.locator("#channels-5")
    expect(row.get_by_role("textbox", name="Título")).to_have_count(1)
    expect(row.get_by_role("combobox", name="Horario")).to_have_count(1)
    expect(row.get_by_role("searchbox", name="Tipos de solicitud")).to_have_count(1)
