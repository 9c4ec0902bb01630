"""A form that was opened from another page leads back to it."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from directory.admin import way_back
from directory.models import RequestType
from tests.addresses import INDEX, add_url, back_to, change_url, delete_url, list_url
from tests.editing import Editing, make_again, overtaken, stored, told
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
)
from tests.html import form_values, read, submit
from tests.people import client_of, staff

pytestmark = pytest.mark.django_db

PLACE = "/admin/directory/service/?q=mesa&p=2#result_list"
OTHERS = [
    "https://evil.example/admin/",
    "//evil.example/admin/",
    "///evil.example/admin/",
    "/\\evil.example/admin/",
    "\\/evil.example",
    "/admin/\\..\\evil",
    "javascript:alert(1)",
    "JavaScript://%0aalert(1)",
    "data:text/html,x",
    " /admin/",
    "/admin/\r\nSet-Cookie: a=b",
    "/admin/\x00",
    "/admin/../servicios/",
    "/admin/%2e%2e/servicios/",
    "/admin/directory/%5c%5cevil",
    "/servicios/",
    "/administration/",
    "/admin/there/is/no/such/page/",
    "/admin/logout/",
    "admin/",
    "?q=1",
    "#channels-0",
    "http:///admin/",
    "/admin/?q=" + "a" * 5000,
    "",
]


def hidden(response):
    return form_values(response).get("_back")


@pytest.mark.parametrize(
    "make",
    [
        RequestTypeFactory,
        ServiceFactory,
        ChannelFactory,
        PhoneFactory,
        ScheduleFactory,
        NoticeFactory,
        AbsenceFactory,
        lambda: UserFactory(first_name="Ana", email="ana@example.com"),
        lambda: Group.objects.create(name="Mesa"),
    ],
)
def test_form_leads_back_with_its_messages_when_it_is_saved_and_by_a_link(admin_client, make):
    url = back_to(PLACE, change_url(make()))
    opened = admin_client.get(url)
    assert read(opened).seen_links.count(PLACE) == 1
    saved = submit(admin_client, url)
    assert (saved.status_code, saved.url) == (302, PLACE)
    assert told(saved)


@pytest.mark.parametrize("place", OTHERS)
def test_no_address_but_of_the_back_office_is_led_to(admin_client, place):
    row = RequestTypeFactory()
    opened = admin_client.get(back_to(place, change_url(row)))
    assert (opened.status_code, hidden(opened)) == (200, None)
    assert "way-back" not in opened.content.decode()
    for address in (change_url(row), delete_url(row)):
        sent = {"name": "Todas", "position": 0, "_back": place, "post": "yes", "_save": "1"}
        assert admin_client.post(address, sent).url == list_url(RequestType)


def test_way_is_kept_through_an_error_a_preview_and_going_on_editing(admin_client):
    url = back_to(PLACE, change_url(RequestTypeFactory()))
    refused = submit(admin_client, url, name="")
    assert hidden(refused) == [PLACE]
    previewed = submit(admin_client, url, "_preview", name="Todas")
    assert hidden(previewed) == [PLACE]
    edited = admin_client.post(url, {**form_values(previewed), "_edit_again": "1"})
    assert hidden(edited) == [PLACE]
    # Also where the address does not say it again.
    plain = url.partition("?")[0]
    assert admin_client.post(plain, {**form_values(edited), "_save": "1"}).url == PLACE


def test_who_goes_on_editing_keeps_the_way(admin_client):
    url = back_to(PLACE, change_url(RequestTypeFactory()))
    saved = submit(admin_client, url, "_continue", name="Otra")
    assert hidden(admin_client.get(saved.url)) == [PLACE]
    added = submit(admin_client, back_to(PLACE, add_url(RequestType)), "_addanother", name="Nueva")
    assert hidden(admin_client.get(added.url)) == [PLACE]


def test_new_row_leads_back(admin_client):
    assert submit(admin_client, back_to(PLACE, add_url(RequestType)), name="Nueva").url == PLACE


def test_way_is_kept_through_a_conflict_and_a_row_that_was_deleted_meanwhile(people):
    row = RequestTypeFactory()
    second = overtaken(people, row, name="Uno")
    second.url = back_to(PLACE, second.url)
    conflict = second.post(name="Dos", _back=PLACE)
    assert (conflict.status_code, hidden(conflict)) == (409, [PLACE])
    assert second.again(name="Dos").url == PLACE
    other = Editing(people[1], row, f"?{urlencode({'_back': PLACE})}")
    RequestType.objects.all().delete()
    opened, added = make_again(people[1], other.post(name="Tres"))
    assert hidden(opened) == [PLACE]
    assert added.url == PLACE


def test_deleting_leads_back_unless_that_was_a_page_of_what_is_gone(admin_client):
    for place, leads_to in [(PLACE, PLACE), (None, list_url(RequestType))]:
        row = RequestTypeFactory()
        opened = admin_client.get(back_to(place or change_url(row), change_url(row)))
        [asking] = [link for link in read(opened).links if delete_url(row) in link]
        page = admin_client.get(asking)
        answer = admin_client.post(asking, form_values(page))
        assert answer.url == leads_to
        assert not RequestType.objects.exists()


def test_notice_that_is_ended_leads_back_from_its_own_form_only(admin_client):
    notice = NoticeFactory(service=ServiceFactory())
    ending = reverse("admin:directory_notice_end", args=[notice.pk])
    on_service = admin_client.get(back_to(PLACE, change_url(notice.service)))
    own = admin_client.get(back_to(PLACE, change_url(notice)))
    pages = [page.content.decode().partition(ending)[2] for page in (on_service, own)]
    fields = [page.partition("</form>")[0] for page in pages]
    assert ['name="_back"' in each for each in fields] == [False, True]
    assert admin_client.post(ending, {"_back": PLACE}).url == PLACE
    assert stored(notice, "ended_at") is not None


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (PLACE, "Servicios"),
        (INDEX, "Página de inicio"),
        ("/admin/calendar/?days=30", "Lo que viene"),
    ],
)
def test_link_names_where_it_leads(admin_client, place, name):
    page = read(admin_client.get(back_to(place, change_url(RequestTypeFactory()))))
    assert page.by_class["way-back"] == f"Volver a «{name}»"


def test_link_names_a_row_to_who_may_see_it_and_tells_nobody_else(admin_client):
    secret = PhoneFactory(label="Secreta")
    url = back_to(change_url(secret), change_url(RequestTypeFactory()))
    assert "Secreta" in read(admin_client.get(url)).by_class["way-back"]
    somebody = staff("view_requesttype", "change_requesttype")
    told_to_others = read(somebody.get(url)).by_class["way-back"]
    assert told_to_others == "Volver a donde estaba"


@pytest.mark.parametrize("key", ["0", "9" * 30, "uno", "_5Fx"])
def test_way_back_to_a_row_that_is_gone_has_no_name(admin_client, key):
    place = f"/admin/directory/service/{key}/change/"
    page = read(admin_client.get(back_to(place, change_url(RequestTypeFactory()))))
    assert page.by_class["way-back"] == "Volver a donde estaba"


def test_of_a_long_way_the_last_step_is_kept(rf):
    url = "/admin/directory/service/1/change/"
    for number in range(30):
        form = f"/admin/directory/channel/{number}/change/"
        url = way_back.with_way_back(form, url, "channels-0")
    [back] = parse_qs(urlsplit(url).query)["_back"]
    assert way_back.is_page(back)
    assert back.startswith("/admin/directory/channel/28/change/")
    assert back.endswith("#channels-0")


def test_a_link_leads_back_to_one_place():
    url = way_back.with_way_back("/admin/directory/channel/1/change/?a=b&_back=%2Fx#f", PLACE)
    assert (urlsplit(url).fragment, parse_qs(urlsplit(url).query)) == (
        "f",
        {"a": ["b"], "_back": [PLACE]},
    )


@pytest.mark.parametrize(
    "url", ["/admin/directory/service/", "/servicios/mesa/", "https://example.com/a", "", "//evil/"]
)
def test_what_is_no_form_has_no_way_back(url):
    assert way_back.with_way_back(url, PLACE) == url


def test_pages_that_name_rows_lead_to_forms_that_lead_back(admin_client):
    point = PhoneFactory(label="Mesa")
    channel = ChannelFactory(contacts=[point])
    [shown] = [
        link
        for link in read(admin_client.get(change_url(point))).links
        if link.startswith(change_url(channel))
    ]
    assert parse_qs(urlsplit(shown).query)["_back"] == [change_url(point)]
    PhoneFactory(label="Mesa dos")
    search = reverse("admin:search") + "?q=mes"
    links = [link for link in read(admin_client.get(search)).links if "_back" in link]
    assert links
    assert {parse_qs(urlsplit(each).query)["_back"][0] for each in links} == {search}
    findings = reverse("admin:directory_findingacceptance_changelist") + "?level=info"
    PhoneFactory(code="sola", label="Sin uso")
    links = [link for link in read(admin_client.get(findings)).links if "_back" in link]
    assert links
    assert {parse_qs(urlsplit(each).query)["_back"][0] for each in links} == {findings}


def test_pop_ups_are_closed_as_ever(admin_client):
    answer = submit(admin_client, back_to(PLACE, add_url(RequestType)) + "&_popup=1", name="Nueva")
    assert answer.status_code == 200
    assert "popup_response.js" in answer.content.decode()


def test_who_may_only_look_has_the_link_too():
    somebody = staff("view_requesttype")
    page = read(somebody.get(back_to(PLACE, change_url(RequestTypeFactory()))))
    assert PLACE in page.seen_links


def test_owner_who_confirms_is_led_back():
    user = UserFactory(is_staff=True, permissions=["view_service"])
    service = ServiceFactory(owner=user)
    url = reverse("admin:directory_service_confirm", args=[service.pk])
    assert client_of(user).post(url, {"_back": PLACE}).url == PLACE
