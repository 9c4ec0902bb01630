"""What many schedules do on public holidays is changed at once."""

import pytest
from django.contrib.admin.models import LogEntry

from directory.editions.publish import publish
from directory.models import Edition, Schedule, Service, TimeSpan
from tests.addresses import list_url, page_url
from tests.editing import act, confirm, told
from tests.factories import ChannelFactory, ScheduleFactory, weekday_schedule
from tests.html import inline_code
from tests.people import staff

pytestmark = pytest.mark.django_db

PAGE = page_url(Schedule, "holidays")


@pytest.fixture
def schedules():
    """Two of Colombia that do not say it, each of a published service, and one that is so."""
    made = [weekday_schedule(name=name) for name in ("A", "B")]
    made.append(weekday_schedule(name="C", holidays="closed", country="ES", subdivision="MD"))
    for schedule in made:
        ChannelFactory(schedule=schedule)
    publish(Service.objects.all())
    return made


def address(schedules):
    return f"{PAGE}?ids={','.join(str(each.pk) for each in schedules)}"


def rules():
    return list(Schedule.objects.values_list("holidays", "country", "subdivision"))


def test_holidays_of_several_schedules_are_changed_in_one_publication(admin_client, schedules):
    url = act(admin_client, "change_holidays", *schedules).url
    assert url == address(schedules)
    choice = {"holidays": "closed", "place": "ES-MD"}
    preview = admin_client.post(url, {**choice, "_preview": "1"})
    assert rules()[:2] == [("not_stated", "CO", "")] * 2
    sentences = "En festivos: no informado → cerrado. Festivos de: CO → Madrid (ES-MD)."
    assert [(change.schedule, str(change)) for change in preview.context["done"]] == [
        (schedule, sentences) for schedule in schedules[:2]
    ]
    assert (preview.context["unchanged"], preview.context["effect"].count) == (1, 2)
    assert [inline_code(page) for page in (admin_client.get(url), preview)] == [[], []]

    done = confirm(admin_client, url, preview, "seen", _confirm="1", **choice)

    assert rules() == [("closed", "ES", "MD")] * 3
    assert told(done)[1] == "Se cambiaron 2 horarios."
    assert (Edition.objects.count(), Edition.objects.filter(number=2).count()) == (5, 2)
    entries = LogEntry.objects.values_list("object_repr", "change_message")
    assert sorted(entries) == [("A", sentences), ("B", sentences)]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"holidays": "as_weekday"}, ("as_weekday", "CO", "")),
        ({"place": "ES"}, ("not_stated", "ES", "")),
        ({"place": "ES-Barcelona"}, ("not_stated", "ES", "Barcelona")),
    ],
)
def test_what_is_not_chosen_stays_as_it_is(admin_client, schedules, choice, expected):
    url = address([schedules[0], schedules[2]])
    preview = admin_client.post(url, choice)
    confirm(admin_client, url, preview, "seen", _confirm="1", **choice)
    assert rules()[0] == expected


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({}, "__all__"),
        ({"place": "GB-ENG"}, "place"),
        ({"place": "ES-XX"}, "place"),
        ({"holidays": "perhaps"}, "holidays"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(admin_client, schedules, choice, field):
    page = admin_client.post(address(schedules), {**choice, "_confirm": "1"})
    assert list(page.context["form"].errors) == [field]
    assert rules()[:2] == [("not_stated", "CO", "")] * 2


def test_schedules_with_spans_of_holidays_are_named_and_nothing_is_changed(admin_client, schedules):
    own = schedules[1]
    Schedule.objects.filter(pk=own.pk).update(holidays="own_hours")
    TimeSpan.objects.create(schedule=own, day=8, opens="09:00", closes="12:00")
    page = admin_client.post(address(schedules), {"holidays": "closed", "_confirm": "1"})
    [message] = page.context["form"].errors["holidays"]
    assert message.startswith("B: Tiene franjas de «festivo».")
    assert [holidays for holidays, *_place in rules()] == ["not_stated", "own_hours", "closed"]


def test_schedules_of_24_hours_are_left_alone_and_named(admin_client, schedules):
    always = ScheduleFactory(name="Siempre", always_open=True)
    choice = {"holidays": "closed", "place": "ES"}
    preview = admin_client.post(address([always, *schedules]), choice)
    shown = preview.context
    assert (shown["always_open"], len(shown["done"]), shown["unchanged"]) == ([always], 3, 0)
    assert "Siempre" in preview.content.decode()
    confirm(admin_client, address([always, *schedules]), preview, "seen", _confirm="1", **choice)
    assert rules() == [("closed", "ES", "")] * 3 + [("not_stated", "CO", "")]


def test_what_changed_since_the_preview_is_shown_again(admin_client, schedules):
    url, choice = address(schedules), {"holidays": "closed"}
    preview = admin_client.post(url, choice)
    Schedule.objects.filter(name="A").update(holidays="as_weekday")
    shown = confirm(admin_client, url, preview, "seen", _confirm="1", **choice)
    assert rules()[0][0] == "as_weekday"
    assert Edition.objects.count() == 3
    assert "como el mismo día de la semana → cerrado" in str(shown.context["done"][0])


def test_it_needs_the_permission_for_many(schedules):
    allowed, editor = staff("change_schedule", "bulk_change_schedule"), staff("change_schedule")
    codes = [client.get(address(schedules)).status_code for client in (allowed, editor)]
    assert codes == [200, 403]


def test_at_most_so_many_are_changed_at_once(admin_client, monkeypatch, schedules):
    monkeypatch.setattr("directory.admin.bulk.schedules.AT_ONCE", 2)
    answer = act(admin_client, "change_holidays", *schedules)
    assert told(answer) == ["Seleccione máximo 2 para cambiar a la vez."]
    assert len(admin_client.get(address(schedules)).context["schedules"]) == 2


@pytest.mark.parametrize("ids", ["", "x,99999999999999999999", "0"])
def test_without_schedules_it_leads_to_the_list(admin_client, ids):
    ScheduleFactory()
    assert admin_client.get(f"{PAGE}?ids={ids}").url == list_url(Schedule)
