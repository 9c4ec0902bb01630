"""A finding leads to the field that it is about: open, in view and focused."""

from datetime import date

import pytest

from directory.models import Finding, TimeSpan
from tests.addresses import change_url
from tests.factories import ChannelFactory, ServiceFactory, WebFactory, weekday_schedule
from tests.findings import found
from tests.html import read

pytestmark = pytest.mark.django_db


def place_of(code):
    [finding] = found(code)
    return finding.url


def test_a_field_of_the_form_is_an_anchor_in_it(admin_client):
    point = WebFactory(url="http://example.com/a")
    assert place_of("plain_http") == f"{change_url(point)}#id_url"
    assert 'id="id_url"' in admin_client.get(change_url(point)).content.decode()


def test_what_rows_lack_leads_to_the_rows(admin_client):
    channel = ChannelFactory(contacts=[])
    assert place_of("channel_without_contact") == f"{change_url(channel)}#contact_uses-group"
    page = admin_client.get(change_url(channel)).content.decode()
    assert 'id="contact_uses-group"' in page


def test_a_page_without_channels_leads_to_its_channels(admin_client):
    service = ServiceFactory()
    assert place_of("without_channels") == f"{change_url(service)}#channels-group"
    assert 'id="channels-group"' in admin_client.get(change_url(service)).content.decode()


def test_a_field_of_one_row_is_focused_there_and_in_no_other(admin_client):
    schedule = weekday_schedule()
    schedule.spans.update(valid_until=date(2020, 1, 1))
    span = TimeSpan.objects.first()
    url = place_of("hours_past_due")
    assert url == f"{change_url(schedule)}?_row=spans.{span.pk}.valid_until"
    page = admin_client.get(url).content.decode()
    boxes = [tag for tag in page.split("<") if tag.startswith("input") and " autofocus" in tag]
    assert ['name="spans-0-valid_until"' in box for box in boxes] == [True]


@pytest.mark.parametrize(
    "row", ["", "spans", "spans.x.y", "spans.999.valid_until", "spans.1", "no.1.x", "spans..", "\0"]
)
def test_a_row_that_is_not_there_breaks_nothing(admin_client, row):
    schedule = weekday_schedule()
    page = admin_client.get(change_url(schedule), {"_row": row})
    assert page.status_code == 200
    assert " autofocus" not in page.content.decode().partition('id="content-main"')[2]


def test_what_is_about_the_whole_leads_to_the_form():
    service = ServiceFactory()
    finding = Finding(subject_model="directory.service", subject_pk=service.pk)
    assert finding.url == change_url(service)


def test_the_form_that_a_finding_leads_to_leads_back_to_it(admin_client):
    point = WebFactory(url="http://example.com/a")
    found("plain_http")
    findings = "/admin/directory/findingacceptance/"
    [link] = (each for each in read(admin_client.get(findings)).links if change_url(point) in each)
    assert link.endswith("#id_url")
    assert read(admin_client.get(link)).fields["_back"] == [findings]
