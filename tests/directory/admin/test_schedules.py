"""Schedules in the back office: hours of many rows are saved as one."""

from datetime import date, time

import pytest

from directory.editions.publish import publish
from directory.models import Channel, Edition, Schedule, Service, TimeSpan
from tests.addresses import change_url
from tests.editing import pages_told, refused, stored
from tests.factories import ChannelFactory, ExceptionFactory, ScheduleFactory
from tests.html import form_values, submit
from tests.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule():
    """A schedule with two spans on Monday, used by a service that is published."""
    schedule = ScheduleFactory(always_open=False)
    TimeSpan.objects.create(schedule=schedule, day=1, opens=time(7), closes=time(12))
    TimeSpan.objects.create(schedule=schedule, day=1, opens=time(14), closes=time(18))
    ChannelFactory(schedule=schedule)
    publish(Service.objects.all())
    return schedule


def spans_of(schedule):
    return [
        (span.day, f"{span.opens:%H:%M}", f"{span.closes:%H:%M}") for span in schedule.spans.all()
    ]


def hours(*spans):
    """What is typed into the first rows: opening and closing times."""
    fields = {}
    for number, (opens, closes) in enumerate(spans):
        fields |= {f"spans-{number}-opens": opens, f"spans-{number}-closes": closes}
    return fields


def test_hours_are_changed_and_published(admin_client, schedule):
    saved = submit(admin_client, change_url(schedule), **{"spans-1-closes": "19:00"})
    assert pages_told(saved) == [Service.objects.get().get_absolute_url()]
    assert spans_of(schedule) == [(1, "07:00", "12:00"), (1, "14:00", "19:00")]


@pytest.mark.usefixtures("monday")
def test_exceptions_are_linked_until_they_are_over(admin_client, schedule):
    days = [date(2026, 11, day) for day in (22, 23)]
    over, last = [ExceptionFactory(schedules=[schedule], first_day=day) for day in days]
    page = admin_client.get(change_url(schedule)).content.decode()
    assert [change_url(each) in page for each in (over, last)] == [False, True]


@pytest.mark.parametrize(
    ("field", "typed", "rows"),
    [
        ("spans-1-opens", "11:30", [["opens"], ["opens"]]),  # It overlaps.
        ("spans-1-closes", "", [[], ["closes"]]),
        ("spans-0-opens", "25:00", [["opens"], []]),
        ("spans-0-opens", "las siete", [["opens"], []]),
        ("spans-0-opens", "-1", [["opens"], []]),
        ("spans-0-opens", "7:61", [["opens"], []]),
    ],
)
def test_wrong_hours_are_refused_at_the_field_and_kept(admin_client, schedule, field, typed, rows):
    response = submit(admin_client, change_url(schedule), **{field: typed})
    assert refused(response)[1] == {TimeSpan: rows}
    assert form_values(response)[field] == [typed]
    assert spans_of(schedule) == [(1, "07:00", "12:00"), (1, "14:00", "18:00")]
    assert Edition.objects.count() == 1


def test_span_that_is_added_must_not_overlap(admin_client, schedule):
    row = {"schedule": schedule.pk, "day": "7", "opens": "22:00", "closes": "07:30"}
    added = {f"spans-2-{name}": value for name, value in row.items()} | {"spans-TOTAL_FORMS": "3"}
    response = submit(admin_client, change_url(schedule), **added)
    assert refused(response)[1][TimeSpan][2] == ["opens"]
    submit(admin_client, change_url(schedule), **{**added, "spans-2-closes": "07:00"})
    assert (7, "22:00", "07:00") in spans_of(schedule)


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        # Swapped; each into the hours that the other one has until now; into a row's that goes.
        (hours(("14:00", "18:00"), ("07:00", "12:00")), {0: ("14", "18"), 1: ("07", "12")}),
        (hours(("10:00", "15:00"), ("15:00", "20:00")), {0: ("10", "15"), 1: ("15", "20")}),
        (hours(("", ""), ("08:00", "16:00")) | {"spans-0-DELETE": "on"}, {1: ("08", "16")}),
    ],
)
def test_spans_take_each_others_place_in_one_save(admin_client, schedule, typed, spans):
    keys = [span.pk for span in schedule.spans.all()]
    submit(admin_client, change_url(schedule), **typed)
    stored = {span.pk: (f"{span.opens:%H}", f"{span.closes:%H}") for span in schedule.spans.all()}
    assert stored == {keys[number]: times for number, times in spans.items()}


def test_where_a_schedule_is_used_is_shown(admin_client, schedule):
    page = admin_client.get(change_url(schedule)).content.decode()
    assert f'href="{change_url(Channel.objects.get())}?_back=' in page


@pytest.mark.parametrize("may", [True, False])
def test_a_closure_is_offered_only_to_who_may_announce_it(may):
    client = staff("view_schedule", *(["add_scheduleexception"] if may else []))
    page = client.get(change_url(ScheduleFactory())).content.decode()
    assert ("Anunciar un cierre" in page) == may


def test_summer_hours_are_those_of_each_year(admin_client, schedule):
    row = {"spans-1-valid_from": "2027-06-15", "spans-1-every_year": "on"}
    response = submit(admin_client, change_url(schedule), **row)
    assert refused(response)[1][TimeSpan][1] == ["valid_until"]
    submit(admin_client, change_url(schedule), **row, **{"spans-1-valid_until": "2027-09-15"})
    assert schedule.spans.get(every_year=True).valid_until == date(2027, 9, 15)


def test_form_offers_the_subdivisions_of_the_chosen_country(admin_client, schedule):
    response = submit(admin_client, change_url(schedule), country="GB")
    assert refused(response)[0] == ["subdivision"]
    select = response.context["adminform"].form["subdivision"]
    assert [str(label) for _code, label in select.field.widget.choices] == [
        "Solo los de todo el país (GB)",
        "England (ENG)",
        "Northern Ireland (NIR)",
        "Scotland (SCT)",
        "Wales (WLS)",
    ]
    page = form_values(response)
    again = admin_client.post(change_url(schedule), page | {"subdivision": "ENG", "_save": "1"})
    assert pages_told(again) == [Service.objects.get().get_absolute_url()]
    assert stored(schedule, "country", "subdivision") == ("GB", "ENG")
    document = Edition.objects.order_by("-number")[0].document
    assert '"country":"GB","subdivision":"ENG"' in document


def test_the_whole_country_can_be_chosen_once_its_subdivisions_were_offered(admin_client, schedule):
    page = form_values(submit(admin_client, change_url(schedule), country="ES"))
    admin_client.post(change_url(schedule), page | {"_save": "1"})
    assert stored(schedule, "country", "subdivision") == ("ES", "")


def test_subdivision_of_another_country_is_refused_at_the_field_and_kept(admin_client, schedule):
    Schedule.objects.update(country="ES", subdivision="MD")
    response = submit(admin_client, change_url(schedule), country="GB")
    assert refused(response)[0] == ["subdivision"]
    assert form_values(response)["subdivision"] == ["MD"]
    assert "England (ENG)" in response.content.decode()


def test_a_country_without_subdivisions_needs_no_second_look(admin_client, schedule):
    submit(admin_client, change_url(schedule), country="MX")
    assert stored(schedule, "country") == "MX"
