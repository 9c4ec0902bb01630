"""Every kind of contact: whatever shows one, finds one or lets one be edited knows it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from directory.contacts.kinds import KINDS, VALUE_FIELDS, kind_of
from directory.editions.diff.documents import changes
from directory.editions.document import decode
from directory.editions.publish import publish
from directory.models import ChannelContact, ContactPoint, Service
from tests.factories import ChannelFactory, ServiceFactory
from tests.html import submit

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES" / "django.po"
ADD = reverse("admin:directory_contactpoint_add")


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def point(kind, db):
    """A contact point of the kind, which the one published service gives."""
    values = {"code": "medio", "kind": kind.code, "label": "Soporte", kind.field: kind.example}
    point = ContactPoint(**values)
    point.full_clean()
    point.save()
    ChannelFactory(service=ServiceFactory(slug="mesa"), contacts=[point])
    publish(Service.objects.all())
    return point


@pytest.fixture
def page(point, client):
    return client.get("/servicios/mesa/").content.decode()


def test_its_words_are_in_the_catalogue(kind):
    catalogue = CATALOGUE.read_text()
    with translation.override(None):
        assert [w for w in (kind.label, kind.verb) if f'msgid "{w}"' not in catalogue] == []


def test_its_icon_is_drawn(kind):
    assert f'<symbol id="{kind.icon}"' in Path(finders.find("directory/icons.svg")).read_text()


def test_page_has_a_button_with_its_icon_and_verb_and_a_link(kind, page):
    button = re.search(r'<a class="button".*?</a>', page, re.S)[0]
    assert f'icons.svg#{kind.icon}"' in button
    assert f'<span class="verb">{kind.verb}</span>' in button
    assert unescape(re.search(r'href="(.*?)"', button)[1]) == kind.href(kind.example) != ""
    shown = re.search(r'<span class="value">(.*?)</span></span>', button)[1]
    assert unescape(shown.replace("<wbr>", "")) == kind.brief(kind.display(kind.example)) != ""


def test_vcard_has_it(kind, point, client):
    card = client.get("/servicios/mesa/contactos.vcf").content.decode().replace("\r\n ", "")
    properties = kind.vcard(kind.example)
    assert properties
    assert [f"{n}:{v}" for n, v in properties.items() if f".{n}:{v}\r\n" not in card] == []


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
    assert (contact["display"], contact["href"]) == (
        kind.display(kind.example),
        kind.href(kind.example),
    )


def test_search_finds_it_as_it_is_stored_and_as_it_is_shown(kind, point, client):
    for text in (kind.example, kind.display(kind.example)):
        html = client.get("/", {"q": text}).content.decode()
        matched = re.search(r'<ul class="matched">.*?</ul>', html, re.S)[0]
        assert f'icons.svg#{kind.icon}"' in matched


def test_changes_name_it(kind, point):
    ChannelContact.objects.all().delete()
    (edition,) = publish(Service.objects.all())
    before, after = (decode(each.document) for each in edition.service.editions.order_by("number"))
    (change,) = changes(before, after)
    assert (change.what, change.before) == (kind.label, kind.display(kind.example))
    assert f"{kind.label} {kind.display(kind.example)}" in change.sentence


def test_form_makes_one_and_then_asks_for_its_value_alone(kind, admin_client):
    filled = {"kind": kind.code, "label": "Soporte", "code": "medio", kind.field: kind.example}
    assert submit(admin_client, ADD, **filled).status_code == 302
    point = ContactPoint.objects.get()
    assert (point.kind, point.value) == (kind.code, kind.example)
    change = reverse("admin:directory_contactpoint_change", args=[point.pk])
    html = admin_client.get(change).content.decode()
    assert [name for name in VALUE_FIELDS if f' name="{name}"' in html] == [kind.field]
    assert submit(admin_client, change, label="Otra").status_code == 302
    point.refresh_from_db()
    assert (point.label, point.value) == ("Otra", kind.example)


def test_database_refuses_a_value_of_another_kind(kind, point):
    values = {"phone": "+573001234567", "email": "a@example.com", "url": "https://example.org/"}
    for wrong in values.keys() - {kind.field}:
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactPoint.objects.update(**{wrong: values[wrong]})
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPoint.objects.update(**{kind.field: ""})


def test_it_takes_extensions_or_refuses_them(kind, point):
    use = ChannelContact.objects.get()
    use.extensions = "1107"
    if kind.has_extensions:
        use.full_clean()
        assert "1107" in kind.href(kind.example, "1107")
    else:
        with pytest.raises(ValidationError) as refusal:
            use.full_clean()
        assert refusal.value.message_dict.keys() == {"extensions"}
        assert kind.href(kind.example, "1107") == kind.href(kind.example)


def test_a_kind_that_was_taken_out_is_shown_without_a_link():
    gone = kind_of("pager")
    assert (gone.label, gone.display("123"), gone.pieces("123")) == ("pager", "123", ["123"])
    assert [gone.href("123", "1"), gone.verb, gone.vcard("123"), gone.written("123")] == [
        "", "", {}, (),
    ]  # fmt: skip
