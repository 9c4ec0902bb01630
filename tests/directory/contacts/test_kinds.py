"""Every kind of contact: whatever shows one, finds one or lets one be edited knows it."""

import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.utils import translation

from directory.contacts.kinds import KINDS, VALUE_FIELDS, kind_of
from directory.editions.diff.documents import changes
from directory.editions.document import decode
from directory.editions.publish import publish
from directory.editions.withdrawals.withdraw import withdraw
from directory.imports.spreadsheets.cells import escape
from directory.imports.spreadsheets.directory_sheets import ContactPointSheet
from directory.models import Channel, ChannelContact, ContactPoint, Finding, Service
from directory.upkeep.checks.addresses import canonical
from directory.upkeep.checks.runs import check_changes, run_checks
from tests.addresses import add_url, change_url, list_url
from tests.directory.imports.sheet_files import as_csv, bring_in, told
from tests.directory.withdrawals import withdrawer
from tests.factories import ChannelFactory, FaxFactory, ServiceFactory
from tests.html import submit, words
from tests.refusals import refused_by_the_database, refused_in_full_clean

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES" / "django.po"
NO_NUMBERS = [kind for kind in KINDS.values() if not kind.is_number]
# How a place is shown is tested in `test_places`.
NO_PLACES = [kind for kind in KINDS.values() if not kind.is_place]
LINKED = [kind for kind in KINDS.values() if kind.link(kind.example)]
MAP = "https://maps.app.goo.gl/sede"
ADD = add_url(ContactPoint)


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def point(kind, db):
    """A contact point of the kind, which the one published service gives."""
    values = {"code": "medio", "kind": kind.code, "label": "Soporte", kind.field: kind.example}
    point = ContactPoint(**values, map_url=MAP if kind.is_place else "")
    point.full_clean()
    point.save()
    ChannelFactory(service=ServiceFactory(slug="mesa"), contacts=[point])
    publish(Service.objects.all())
    return point


def writings(kind):
    """How people write the example: as it is stored, as it is typed, as its link on the web."""
    link = kind.link(kind.example)
    return [kind.example, kind.typed(kind.example), *([link] if link.startswith("http") else [])]


@pytest.fixture
def page(point, client):
    return client.get("/servicios/mesa/").content.decode()


def test_a_channel_that_gives_nothing_else_has_a_medium(kind):
    assert kind.medium in Channel.Medium.values


def test_its_words_are_in_the_catalogue(kind):
    catalogue = CATALOGUE.read_text()
    with translation.override(None):
        assert [w for w in (kind.label, kind.verb) if f'msgid "{w}"' not in catalogue] == []


def test_its_icon_is_drawn(kind):
    assert f'<symbol id="{kind.icon}"' in Path(finders.find("directory/icons.svg")).read_text()


@pytest.mark.parametrize("kind", LINKED, ids=lambda kind: kind.code)
def test_page_has_a_button_with_its_icon_and_verb_and_a_link(kind, page):
    (classes, button) = re.search(r'<a class="(button.*?)"(.*?)</a>', page, re.S).groups()
    assert classes == ("button button-number" if kind.is_number else "button")
    assert f'icons.svg#{kind.icon}"' in button
    assert words(re.search(r'<span class="verb">.*?</span></span>', button)[0]) == (
        f"{kind.verb}: Soporte"
    )
    assert unescape(re.search(r'href="(.*?)"', button)[1]) == kind.href(kind.example) != ""
    shown = re.search(r'<span class="value">(.*?)</span>', button)[1]
    assert unescape(shown.replace("<wbr>", "")) == kind.brief(kind.display(kind.example)) != ""


def test_page_shows_a_fax_large_with_what_it_is(client, db):
    point = FaxFactory(phone="+576017442729", label="Central")
    ChannelFactory(service=ServiceFactory(slug="mesa"), contacts=[point])
    publish(Service.objects.all())
    page = client.get("/servicios/mesa/").content.decode()
    now, listed = [words(each) for each in re.findall(r'(?s)<p class="no-link".*?</p>', page)]
    assert (now, listed) == ("Fax: Central 601 744 2729", "Fax 601 744 2729")
    assert "601 744 2729</a>" not in page


@pytest.mark.parametrize("kind", NO_PLACES, ids=lambda kind: kind.code)
def test_vcard_has_it(kind, point, client):
    card = client.get("/servicios/mesa/contactos.vcf").content.decode().replace("\r\n ", "")
    properties = kind.vcard(kind.example)
    assert properties
    assert [f"{n}:{v}" for n, v in properties.items() if f".{n}:{v}\r\n" not in card] == []


@pytest.mark.parametrize("kind", NO_PLACES, ids=lambda kind: kind.code)
def test_schema_org_has_it(kind, page):
    script = re.search(r'<script type="application/ld\+json".*?>(.*?)</script>', page, re.S)[1]
    (described,) = json.loads(script)["provider"]["contactPoint"]
    properties = kind.schema_org(kind.example)
    assert properties.keys() & {"telephone", "faxNumber", "email", "url"}
    assert described.items() >= properties.items()


def test_api_has_its_value_and_link(kind, point, client):
    (channel,) = client.get("/api/v1/services/mesa/").json()["channels"]
    (contact,) = channel["contacts"]
    assert (contact["kind"], contact["value"]) == (kind.code, kind.example)
    written = kind.display(kind.example), kind.href(kind.example, map_url=point.map_url)
    assert (contact["display"], contact["href"]) == written


def test_search_finds_it_however_it_is_written(kind, point, client):
    for text in [*writings(kind), kind.display(kind.example)]:
        html = client.get("/", {"q": text}).content.decode()
        matched = re.search(r'<ul class="matched">.*?</ul>', html, re.S)[0]
        assert f'icons.svg#{kind.icon}"' in matched


def test_changes_name_it(kind, point):
    ChannelContact.objects.all().delete()
    (edition,) = publish(Service.objects.all())
    before, after = (decode(each.document) for each in edition.service.editions.order_by("number"))
    (change,) = changes(before, after)
    shown = kind.display(kind.example)
    assert (change.what, change.before) == (kind.label, f"Soporte: {shown}")
    assert change.sentence == f"Telefónico: se retira {kind.label} {shown}"


def test_form_reads_it_however_it_is_written(kind, admin_client):
    for text in writings(kind):
        filled = {"kind": kind.code, "label": "Soporte", "code": "medio", kind.field: text}
        assert submit(admin_client, ADD, **filled).status_code == 302
        point = ContactPoint.objects.get()
        assert (point.kind, point.value) == (kind.code, kind.example)
        point.delete()


def test_form_of_one_asks_for_its_value_alone(kind, point, admin_client):
    change = change_url(point)
    html = admin_client.get(change).content.decode()
    asked = [name for name in (*VALUE_FIELDS, "map_url") if f' name="{name}"' in html]
    assert asked == [kind.field, *(["map_url"] if kind.is_place else [])]
    assert submit(admin_client, change, label="Otra").status_code == 302
    point.refresh_from_db()
    assert (point.label, point.value) == ("Otra", kind.example)


def test_form_of_a_new_one_hides_what_other_kinds_are_asked_for(kind):
    """Without a script, by the kind that is chosen; what was refused stays."""
    sheet = Path(finders.find("directory/admin.css")).read_text()
    (hidden,) = re.findall(rf"form:has\((.*?):checked\) .*\.field-{kind.field}\b.*errors\)", sheet)
    assert f"[value={kind.code}]" in hidden


def test_form_refuses_a_second_one_at_its_field(kind, point, admin_client):
    filled = {"kind": kind.code, "label": "Otra", "code": "otra", kind.field: kind.example}
    form = submit(admin_client, ADD, **filled).context["adminform"].form
    assert form.errors.keys() == {kind.field}


def test_back_office_finds_it_however_it_is_written(kind, point, admin_client):
    for text in [*writings(kind), kind.display(kind.example)]:
        found = admin_client.get(list_url(ContactPoint), {"q": text}).context["cl"].queryset
        assert [*found] == [point], text


def test_spreadsheet_brings_one_in_as_it_is_shown(kind, admin_user):
    row = {"code": "medio", "kind": str(kind.label), "label": "Soporte"}
    row |= {"value": escape(kind.typed(kind.example))}
    file = "datos.csv", as_csv([row, row.values()])
    assert told(bring_in(ContactPointSheet, file, admin_user)) == []
    assert ContactPoint.objects.values_list("kind", kind.field).get() == (kind.code, kind.example)


def test_dump_can_be_loaded(kind, point, tmp_path):
    fixture = tmp_path / "datos.json"
    options = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    call_command("dumpdata", "directory.contactpoint", output=str(fixture), verbosity=0, **options)
    ChannelContact.objects.all().delete()
    point.delete()
    call_command("loaddata", str(fixture), stdout=io.StringIO())
    assert ContactPoint.objects.values_list("kind", kind.field).get() == (kind.code, kind.example)


def test_histories_lose_it_with_its_edition(kind, point, admin_client):
    submit(admin_client, change_url(point), label="Otra")
    LogEntry.objects.update(object_repr=str(point))
    ChannelContact.objects.all().delete()
    publish(Service.objects.all())
    withdraw(Service.objects.get().editions.filter(number__lte=2), withdrawer(), "Privado")
    names = LogEntry.objects.filter(content_type__model="contactpoint")
    shown = " ".join(names.values_list("object_repr", flat=True))
    assert "[retirado]" in shown
    assert kind.example not in shown
    assert kind.display(kind.example) not in shown


def test_text_that_names_it_names_a_contact_point(kind, point):
    """Shown as a link, found at once and by the whole check."""
    link = kind.link(kind.example)
    named = link if link.startswith("http") else kind.display(kind.example)
    run_checks()
    Service.objects.update(introduction=f"Escriba a {named} o a https://example.org/otra.")
    publish(Service.objects.all())
    for check in (check_changes, run_checks):
        check()
        unknown = Finding.objects.filter(code="unknown_mention")
        assert [*unknown.values_list("value", flat=True)] == ["example.org/otra"], check


@pytest.mark.parametrize("kind", NO_NUMBERS, ids=lambda kind: kind.code)
def test_slip_is_found_at_once_and_by_the_whole_check(kind, point, admin_client):
    at = kind.example.lower().index(canonical(kind.example)) + 3
    letters = kind.example
    slip = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    run_checks()
    filled = {"kind": kind.code, "label": "Otra", "code": "otra", kind.field: slip}
    submit(admin_client, ADD, **filled)
    check_changes()
    assert Finding.objects.filter(code="near_identical").count() == 1
    run_checks()
    assert Finding.objects.filter(code="near_identical").count() == 1


def test_database_refuses_a_value_of_another_kind(kind, point):
    values = {each.field: each.example for each in KINDS.values()}
    for wrong in values.keys() - {kind.field}:
        with refused_by_the_database():
            ContactPoint.objects.update(**{wrong: values[wrong]})
    with refused_by_the_database():
        ContactPoint.objects.update(**{kind.field: ""})
    if not kind.is_place:
        with refused_by_the_database():
            ContactPoint.objects.update(map_url=MAP)


def test_it_takes_extensions_or_refuses_them(kind, point):
    use = ChannelContact.objects.get()
    use.extensions = "1107"
    if kind.has_extensions:
        use.full_clean()
        assert "1107" in kind.href(kind.example, "1107")
    else:
        assert refused_in_full_clean(use) == {"extensions": ["not_a_phone"]}
        assert kind.href(kind.example, "1107") == kind.href(kind.example)


def test_a_kind_that_was_taken_out_is_shown_without_a_link():
    gone = kind_of("pager")
    assert (gone.label, gone.display("123"), gone.pieces("123")) == ("pager", "123", ["123"])
    assert [gone.href("123", "1"), gone.verb, gone.vcard("123"), gone.written("123")] == [
        "", "", {}, (),
    ]  # fmt: skip
