"""Contact points in the back office: the daily change of a number, and what is refused."""

from urllib.parse import quote

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.utils.html import escape

from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Schedule, Service
from tests.addresses import add_url, change_url, delete_url, list_url
from tests.editing import pages_told, refused, told
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    UserFactory,
)
from tests.html import submit
from tests.people import client_of

pytestmark = pytest.mark.django_db


def add(client, **values):
    values = {"kind": "phone", "label": "Línea", "code": "linea", **values}
    return submit(client, add_url(ContactPoint), **values)


# ---- The daily change ----------------------------------------------------------------------


def test_shared_number_is_changed_everywhere_in_one_save(admin_client, admin_user):
    line = PhoneFactory(label="Línea Bogotá", phone="+576017442727")
    ChannelFactory(service__slug="canal", service__name="A", contacts=[line])
    EscalationPolicyFactory(
        service__slug="nivel", service__name="B", levels=[EscalationContactFactory(contacts=[line])]
    )
    ChannelFactory(service__slug="ajeno")
    publish(Service.objects.all())

    listed = admin_client.get(list_url(ContactPoint)).content.decode()
    assert f'href="{change_url(line)}' in listed
    saved = submit(admin_client, change_url(line), phone="(571) 744 2828")

    assert pages_told(saved) == ["/servicios/canal/", "/servicios/nivel/"]
    # Each edition is named apart.
    assert "A, edición 2</a> · <a " in " ".join(told(saved))
    editions = Edition.objects.filter(published_by=admin_user)
    assert sorted(editions.values_list("service__slug", "number")) == [("canal", 2), ("nivel", 2)]
    for slug in ("canal", "nivel"):
        page = admin_client.get(f"/servicios/{slug}/").content.decode()
        assert ("601 744 2828" in page, "601 744 2727" in page) == (True, False)


def test_staff_with_one_permission_may_do_just_that():
    line = PhoneFactory(phone="+576017442727")
    ChannelFactory(contacts=[line])
    publish(Service.objects.all())
    clerk = UserFactory(is_staff=True, permissions=["view_contactpoint", "change_contactpoint"])
    client = client_of(clerk)
    submit(client, change_url(line), phone="601 744 2828")
    assert Edition.objects.get(number=2).published_by == clerk
    others = (add_url(ContactPoint), list_url(Schedule), list_url(Edition))
    assert [client.get(url).status_code for url in others] == [403] * 3


@pytest.mark.parametrize("is_known", [True, False])
def test_who_is_not_staff_is_asked_to_sign_in_and_nothing_is_saved(client, is_known):
    line = PhoneFactory(phone="+576017442727")
    if is_known:
        client.force_login(UserFactory())
    response = client.post(change_url(line), {"phone": "601 744 2828"})
    assert (response.status_code, response.context["next"]) == (403, change_url(line))
    line.refresh_from_db()
    assert line.phone.as_e164 == "+576017442727"


def test_where_a_contact_point_is_used_is_shown_with_links(admin_client):
    line = PhoneFactory()
    users = ChannelFactory(contacts=[line]), EscalationContactFactory(contacts=[line])
    page = admin_client.get(change_url(line)).content.decode()
    back = quote(change_url(line), safe="")
    links = [f'href="{change_url(user)}?_back={back}"' for user in users]
    assert [link in page for link in links] == [True, True]


def test_markup_in_names_is_shown_as_text(admin_client):
    markup = "<script>alert(1)</script>"
    line = PhoneFactory(label=markup)
    channel = ChannelFactory(service__name=markup, title=markup, contacts=[line])
    publish(Service.objects.all())
    saved = submit(admin_client, change_url(line), phone="601 744 2828")
    changed = [change_url(row) for row in (line, channel, channel.service)]
    for url in (saved["Location"], *changed, delete_url(line), list_url(Edition)):
        page = admin_client.get(url).content.decode()
        assert escape(markup) in page, url
        assert markup not in page, url


# ---- Adding, and what is refused -----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "field", "typed", "stored"),
    [
        ("phone", "phone", "(571) 7442727", "+576017442727"),
        ("whatsapp", "phone", "https://wa.me/573187174937", "+573187174937"),
        ("email", "email", "soporte@example.com", "soporte@example.com"),
        ("web", "url", "https://example.com/chat", "https://example.com/chat"),
    ],
)
def test_contact_point_is_added_as_people_write_it(admin_client, kind, field, typed, stored):
    added = add(admin_client, kind=kind, **{field: typed})
    assert added["Location"] == list_url(ContactPoint)
    assert ContactPoint.objects.get().value == stored
    assert LogEntry.objects.get().action_flag == ADDITION


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"phone": "744 2727"}, ["phone"]),
        ({"phone": "no tiene"}, ["phone"]),
        ({}, ["phone"]),
        ({"kind": "email", "phone": "601 744 2727"}, ["email", "phone"]),
        ({"kind": "email", "email": "soporte@"}, ["email"]),
        ({"kind": "web", "url": "javascript:alert(1)"}, ["url"]),
        ({"kind": "web", "url": "data:text/html,x"}, ["url"]),
        ({"kind": "web", "url": "ftp://example.com/"}, ["url"]),
        ({"kind": "address", "address": "---\r\n ... "}, ["address"]),
        ({"kind": "address", "address": "https://osm.org/1"}, ["address"]),
        ({"kind": "address", "address": "Carrera 19", "map_url": "osm"}, ["map_url"]),
        ({"phone": "601 744 2727", "map_url": "https://osm.org/1"}, ["map_url"]),
        ({"kind": "telegram", "telegram": "t.me/+abc"}, ["telegram"]),
        ({"kind": "sms", "sms": "soporte@example.com"}, ["sms"]),
        ({"kind": "pager", "phone": "601 744 2727"}, ["kind"]),
        ({"phone": "601 744 2727", "label": ""}, ["label"]),
        ({"phone": "601 744 2727", "code": "con espacios"}, ["code"]),
        ({"phone": "601 744 2727", "replaced_on": "2026-12-01"}, ["replaced_by"]),
        ({"phone": "601 744 2727", "label": "con\x00nulo"}, ["label"]),
        ({"phone": "601 744 2727", "label": "con\x0btabulador"}, ["label"]),
        ({"kind": "web", "url": "https://example.com/\x01"}, ["url"]),
    ],
)
def test_what_is_wrong_is_refused_once_at_the_field_and_kept(admin_client, values, fields):
    response = add(admin_client, **values)
    assert refused(response)[0] == fields
    errors = response.context["adminform"].form.errors
    assert [len(errors[field]) for field in fields] == [1] * len(fields)
    page = response.content.decode()
    typed = [text for name, text in values.items() if name != "kind" and "\x00" not in text]
    assert [text for text in typed if escape(text) not in page] == []
    assert not ContactPoint.objects.exists()


def test_a_missing_kind_is_said_once(admin_client):
    response = add(admin_client, kind="", phone="601 744 2727")
    errors = response.context["adminform"].form.errors
    assert errors == {"kind": ["Este campo es obligatorio."]}


def test_its_kind_and_its_code_are_fixed_once_it_is_stored(admin_client):
    form = admin_client.get(change_url(PhoneFactory())).context["adminform"].form
    assert {"kind", "code"} & {*form.fields} == set()


def test_number_that_is_there_already_is_refused(admin_client):
    PhoneFactory(phone="+576017442727")
    assert refused(add(admin_client, phone="(571) 744 27 27"))[0] == ["phone"]
    assert ContactPoint.objects.count() == 1


@pytest.mark.parametrize("button", ["_save", "_preview"])
def test_number_is_not_changed_to_one_that_is_there_already(admin_client, button):
    PhoneFactory(phone="+576017442727")
    line = PhoneFactory(phone="+576017442828")
    response = submit(admin_client, change_url(line), button, phone="601 744 2727")
    assert refused(response)[0] == ["phone"]
    line.refresh_from_db()
    assert line.phone == "+576017442828"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ["linea-unica", "linea-unica-2", "linea-unica-3"]),
        # Whether a script filled it in, nobody can tell.
        ("linea-unica", ["linea-unica", "linea-unica-2", "linea-unica-3"]),
        ("propio", ["propio"]),
    ],
)
def test_a_code_is_made_from_the_name_unless_somebody_chose_one(admin_client, typed, codes):
    for number, _code in enumerate(codes):
        add(admin_client, label="Línea única", phone=f"601 222 334{number}", code=typed)
    assert list(ContactPoint.objects.order_by("pk").values_list("code", flat=True)) == codes


def test_a_name_in_another_script_gives_the_code_of_what_it_names(admin_client):
    for number, label in enumerate(["支持", "Поддержка"]):
        add(admin_client, label=label, phone=f"601 222 334{number}", code="")
    codes = ContactPoint.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["medio-de-contacto", "medio-de-contacto-2"]


def test_a_code_that_somebody_chose_and_another_row_has_is_refused(admin_client):
    PhoneFactory(code="propio")
    response = add(admin_client, label="Línea", phone="601 222 3344", code="propio")
    assert refused(response)[0] == ["code"]


def test_no_script_fills_in_codes(admin_client):
    context = admin_client.get(add_url(ContactPoint)).context
    assert context["adminform"].prepopulated_fields == []


def test_a_name_without_letters_asks_for_a_code(admin_client):
    response = add(admin_client, label="¡!", phone="601 222 3344", code="")
    assert [problem.target for problem in response.context["problems"]] == ["id_code"]
