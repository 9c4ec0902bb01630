"""The back office, as staff use it: by its pages and forms."""

import re
from datetime import date, time

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from directory.editions.publish import publish
from directory.models import (
    Channel,
    ChannelContact,
    ContactPoint,
    Edition,
    ExceptionSpan,
    FindingAcceptance,
    Schedule,
    ScheduleException,
    Service,
    TimeSpan,
)
from escalations.models import EscalationLevel, EscalationPolicy
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)
from tests.forms import form_values, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_counting_sign_ins(settings):
    """`force_login` comes from no address; how sign-ins are counted is tested in `test_config`."""
    settings.AXES_ENABLED = False


@pytest.fixture
def superuser():
    return UserFactory(username="jefa", is_staff=True, is_superuser=True)


@pytest.fixture
def office(client, superuser):
    """The client of somebody who may do everything."""
    client.force_login(superuser)
    return client


def of_model(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def change_page(instance):
    return of_model(type(instance), "change", instance.pk)


def publish_all():
    return publish(Service.objects.all())


def messages_of(response):
    """The words and the links of the messages on the page that a save leads to."""
    followed = response.client.get(response["Location"])
    messages = [str(message) for message in followed.context["messages"]]
    return messages, re.findall(r'<a href="(/servicios/[^"]*)"', " ".join(messages))


def errors_of(response):
    """The fields that are refused: of the main form, and of each row of each inline."""
    assert response.status_code == 200
    main = sorted(response.context["adminform"].form.errors)
    inlines = [
        [sorted(errors) for errors in inline.formset.errors]
        for inline in response.context["inline_admin_formsets"]
    ]
    return main, inlines


def inline_errors(response, model):
    """The fields that are refused in each row of the inline of `model`."""
    errors_of(response)
    (formset,) = [
        inline.formset
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.model is model
    ]
    return [sorted(errors) for errors in formset.errors]


# ---- The daily change ----------------------------------------------------------------------


def test_shared_number_is_changed_everywhere_in_one_save(office, superuser):
    line = PhoneFactory(label="Línea Bogotá", phone="+576017442727")
    ChannelFactory(service__slug="canal", contacts=[line])
    EscalationPolicyFactory(
        service__slug="nivel", levels=[EscalationContactFactory(contacts=[line])]
    )
    ChannelFactory(service__slug="ajeno")
    publish_all()

    listed = office.get(of_model(ContactPoint, "changelist")).content.decode()
    assert f'href="{change_page(line)}' in listed
    saved = submit(office, change_page(line), phone="(571) 744 2828")

    words, links = messages_of(saved)
    assert links == ["/servicios/canal/", "/servicios/nivel/"]
    assert "edición 2" in " ".join(words)
    assert sorted(
        Edition.objects.filter(published_by=superuser).values_list("service__slug", "number")
    ) == [("canal", 2), ("nivel", 2)]
    for slug in ("canal", "nivel"):
        page = office.get(f"/servicios/{slug}/").content.decode()
        assert ("601 744 2828" in page, "601 744 2727" in page) == (True, False)


def test_saving_without_a_change_publishes_nothing(office):
    line = PhoneFactory()
    ChannelFactory(contacts=[line])
    publish_all()
    _, links = messages_of(submit(office, change_page(line)))
    assert (links, Edition.objects.count()) == ([], 1)


def test_staff_with_one_permission_may_do_just_that(client):
    line = PhoneFactory(phone="+576017442727")
    ChannelFactory(contacts=[line])
    publish_all()
    clerk = UserFactory(is_staff=True)
    clerk.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_contactpoint", "change_contactpoint"])
    )
    client.force_login(clerk)
    submit(client, change_page(line), phone="601 744 2828")
    assert Edition.objects.get(number=2).published_by == clerk
    assert client.get(of_model(ContactPoint, "add")).status_code == 403
    assert client.get(of_model(Schedule, "changelist")).status_code == 403
    assert client.get(of_model(Edition, "changelist")).status_code == 403


@pytest.mark.parametrize("user", [{"is_staff": False}, None])
def test_nobody_else_gets_in(client, user):
    line = PhoneFactory(phone="+576017442727")
    if user is not None:
        client.force_login(UserFactory(**user))
    response = client.post(change_page(line), {"phone": "601 744 2828"})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))
    line.refresh_from_db()
    assert line.phone.as_e164 == "+576017442727"


def test_history_names_who_changed_what(office, superuser):
    line = PhoneFactory()
    submit(office, change_page(line), label="Otra etiqueta")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.action_flag, entry.object_id) == (superuser, CHANGE, str(line.pk))
    history = office.get(of_model(ContactPoint, "history", line.pk))
    assert superuser.username in history.content.decode()


# ---- Contact points ------------------------------------------------------------------------


def add_contact_point(office, **values):
    values = {"kind": "phone", "label": "Línea", "code": "linea", **values}
    return submit(office, of_model(ContactPoint, "add"), **values)


@pytest.mark.parametrize(
    ("kind", "field", "typed", "stored"),
    [
        ("phone", "phone", "(571) 7442727", "+576017442727"),
        ("whatsapp", "phone", "https://wa.me/573187174937", "+573187174937"),
        ("email", "email", "soporte@example.com", "soporte@example.com"),
        ("web", "url", "https://example.com/chat", "https://example.com/chat"),
    ],
)
def test_contact_point_is_added_as_people_write_it(office, kind, field, typed, stored):
    assert add_contact_point(office, kind=kind, **{field: typed}).status_code == 302
    assert ContactPoint.objects.get().value == stored
    assert LogEntry.objects.get().action_flag == ADDITION


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"phone": "744 2727"}, ["phone"]),
        ({"phone": "no tiene"}, ["phone"]),
        ({}, ["phone"]),
        ({"kind": "email", "phone": "601 744 2727"}, ["email", "phone"]),
        ({"kind": "email", "email": "soporte@"}, ["email"]),
        ({"kind": "web", "url": "javascript:alert(1)"}, ["url"]),
        ({"kind": "web", "url": "data:text/html,x"}, ["url"]),
        ({"kind": "web", "url": "ftp://example.com/"}, ["url"]),
        ({"kind": "fax", "phone": "601 744 2727"}, ["kind"]),
        ({"phone": "601 744 2727", "label": ""}, ["label"]),
        ({"phone": "601 744 2727", "code": "con espacios"}, ["code"]),
        ({"phone": "601 744 2727", "replaced_on": "2026-12-01"}, ["replaced_by"]),
        ({"phone": "601 744 2727", "label": "con\x00nulo"}, ["label"]),
        ({"phone": "601 744 2727", "label": "con\x0btabulador"}, ["label"]),
        ({"kind": "web", "url": "https://example.com/\x01"}, ["url"]),
    ],
)
def test_what_is_wrong_is_refused_at_the_field_and_kept(office, values, refused):
    response = add_contact_point(office, **values)
    main, _ = errors_of(response)
    assert [field for field in main if field != "__all__"] == refused
    page = response.content.decode()
    typed = [text for name, text in values.items() if text and name != "kind"]
    assert [text for text in typed if escape(text).replace("\x00", "") not in page
            and "\x00" not in text] == []  # fmt: skip
    assert not ContactPoint.objects.exists()


def test_a_missing_kind_is_said_once(office):
    response = add_contact_point(office, kind="", phone="601 744 2727")
    errors = response.context["adminform"].form.errors
    assert errors == {"kind": ["Este campo es obligatorio."]}


def test_number_that_is_there_already_is_refused(office):
    PhoneFactory(phone="+576017442727")
    response = add_contact_point(office, phone="(571) 744 27 27")
    assert errors_of(response)[0] == ["phone"]
    assert ContactPoint.objects.count() == 1


@pytest.mark.parametrize("button", ["_save", "_preview"])
def test_number_is_not_changed_to_one_that_is_there_already(office, button):
    PhoneFactory(phone="+576017442727")
    line = PhoneFactory(phone="+576017442828")
    page = change_page(line)
    values = {**form_values(office.get(page)), "phone": "601 744 2727", button: "1"}
    response = office.post(page, values)
    assert response.status_code == 200
    assert errors_of(response)[0] == ["phone"]
    line.refresh_from_db()
    assert line.phone == "+576017442828"


def test_new_number_may_be_replaced_by_an_address(office):
    email = EmailFactory()
    response = add_contact_point(
        office, phone="601 744 2727", replaced_by=email.pk, replaced_on="2026-12-01"
    )
    assert response.status_code == 302
    assert ContactPoint.objects.get(code="linea").replaced_by == email


def test_where_a_contact_point_is_used_is_shown_with_links(office):
    line = PhoneFactory()
    channel = ChannelFactory(contacts=[line])
    contact = EscalationContactFactory(contacts=[line])
    page = office.get(change_page(line)).content.decode()
    assert f'href="{change_page(channel)}"' in page
    assert f'href="{change_page(contact)}"' in page


def test_contact_point_in_use_is_not_deleted_and_says_where(office):
    line = PhoneFactory()
    channel = ChannelFactory(contacts=[line])
    publish_all()
    url = of_model(ContactPoint, "delete", line.pk)
    for response in (office.get(url), office.post(url, {"post": "yes"})):
        assert response.status_code == 200
        assert escape(str(channel)) in response.content.decode()
    assert ContactPoint.objects.filter(pk=line.pk).exists()
    assert Edition.objects.count() == 1


def test_contact_points_in_use_are_not_deleted_together(office):
    line, unused = PhoneFactory(), PhoneFactory()
    ChannelFactory(contacts=[line])
    response = office.post(
        of_model(ContactPoint, "changelist"),
        {"action": "delete_selected", "_selected_action": [line.pk, unused.pk], "post": "yes"},
    )
    assert response.status_code == 200
    assert ContactPoint.objects.count() == 2


def test_unused_contact_point_is_deleted(office):
    line = PhoneFactory()
    office.post(of_model(ContactPoint, "delete", line.pk), {"post": "yes"})
    assert not ContactPoint.objects.exists()
    assert LogEntry.objects.get().action_flag == DELETION


def listed_in(response):
    return sorted(each.pk for each in response.context["cl"].result_list)


@pytest.mark.parametrize(
    "text",
    [
        "(571) 7442727",
        "601 744 2727",
        "7442727",
        "744-2727",
        "+57 601 7442727",
        "línea bogotá",
        "linea-bogota",
    ],
)
def test_search_finds_a_number_however_it_is_typed(office, text):
    line = PhoneFactory(code="linea-bogota", label="Línea Bogotá", phone="+576017442727")
    PhoneFactory(phone="+573187174937")
    EmailFactory()
    assert listed_in(office.get(of_model(ContactPoint, "changelist"), {"q": text})) == [line.pk]


def test_search_finds_addresses(office):
    email, web = EmailFactory(email="soporte@example.com"), WebFactory(url="https://example.org/x")
    url = of_model(ContactPoint, "changelist")
    assert listed_in(office.get(url, {"q": "soporte@"})) == [email.pk]
    assert listed_in(office.get(url, {"q": "example.org"})) == [web.pk]


@pytest.mark.parametrize("text", ["%", "' OR 1=1", "\x00", "x" * 5000, "zz\x00zz"])
def test_search_with_odd_characters_is_no_error(office, text):
    PhoneFactory()
    assert office.get(of_model(ContactPoint, "changelist"), {"q": text}).status_code == 200


# ---- Schedules -----------------------------------------------------------------------------


@pytest.fixture
def office_hours():
    """A schedule with two spans on Monday, used by a service that is published."""
    schedule = ScheduleFactory(always_open=False)
    TimeSpan.objects.create(schedule=schedule, day=1, opens=time(7), closes=time(12))
    TimeSpan.objects.create(schedule=schedule, day=1, opens=time(14), closes=time(18))
    ChannelFactory(schedule=schedule)
    publish_all()
    return schedule


def spans_of(schedule):
    return [
        (span.day, f"{span.opens:%H:%M}", f"{span.closes:%H:%M}") for span in schedule.spans.all()
    ]


def test_hours_are_changed_and_published(office, office_hours):
    saved = submit(office, change_page(office_hours), **{"spans-1-closes": "19:00"})
    assert messages_of(saved)[1] == [Service.objects.get().get_absolute_url()]
    assert spans_of(office_hours) == [(1, "07:00", "12:00"), (1, "14:00", "19:00")]


def test_overlapping_span_is_refused_at_the_field_and_kept(office, office_hours):
    response = submit(office, change_page(office_hours), **{"spans-1-opens": "11:30"})
    assert inline_errors(response, TimeSpan) == [["opens"], ["opens"]]
    assert 'value="11:30"' in response.content.decode()
    assert spans_of(office_hours) == [(1, "07:00", "12:00"), (1, "14:00", "18:00")]
    assert Edition.objects.count() == 1


def test_span_without_end_is_refused_at_the_field_and_kept(office, office_hours):
    response = submit(office, change_page(office_hours), **{"spans-1-closes": ""})
    assert inline_errors(response, TimeSpan) == [[], ["closes"]]
    assert spans_of(office_hours) == [(1, "07:00", "12:00"), (1, "14:00", "18:00")]


@pytest.mark.parametrize("typed", ["25:00", "las siete", "-1", "7:61"])
def test_time_that_is_none_is_refused_at_the_field_and_kept(office, office_hours, typed):
    response = submit(office, change_page(office_hours), **{"spans-0-opens": typed})
    assert inline_errors(response, TimeSpan) == [["opens"], []]
    assert f'value="{typed}"' in response.content.decode()


def test_span_that_is_added_must_not_overlap(office, office_hours):
    added = {
        "spans-TOTAL_FORMS": "3",
        "spans-2-schedule": office_hours.pk,
        "spans-2-day": "7",
        "spans-2-opens": "22:00",
        "spans-2-closes": "07:30",
    }
    response = submit(office, change_page(office_hours), **added)
    assert inline_errors(response, TimeSpan)[2] == ["opens"]
    submit(office, change_page(office_hours), **{**added, "spans-2-closes": "07:00"})
    assert (7, "22:00", "07:00") in spans_of(office_hours)


def test_hours_of_two_spans_are_swapped_in_one_save(office, office_hours):
    first, second = office_hours.spans.all()
    saved = submit(
        office,
        change_page(office_hours),
        **{
            "spans-0-opens": "14:00",
            "spans-0-closes": "18:00",
            "spans-1-opens": "07:00",
            "spans-1-closes": "12:00",
        },
    )
    assert saved.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.opens, second.opens) == (time(14), time(7))


def test_span_moves_into_the_place_of_one_that_is_removed(office, office_hours):
    submit(
        office,
        change_page(office_hours),
        **{"spans-0-DELETE": "on", "spans-1-opens": "08:00", "spans-1-closes": "16:00"},
    )
    assert spans_of(office_hours) == [(1, "08:00", "16:00")]


def test_spans_move_on_in_one_save(office, office_hours):
    """Each into the hours that another one has, until now."""
    saved = submit(
        office,
        change_page(office_hours),
        **{
            "spans-0-opens": "10:00",
            "spans-0-closes": "15:00",
            "spans-1-opens": "15:00",
            "spans-1-closes": "20:00",
        },
    )
    assert saved.status_code == 302
    assert spans_of(office_hours) == [(1, "10:00", "15:00"), (1, "15:00", "20:00")]


def test_where_a_schedule_is_used_is_shown(office, office_hours):
    page = office.get(change_page(office_hours)).content.decode()
    assert f'href="{change_page(Channel.objects.get())}"' in page


def test_schedule_in_use_is_not_deleted_and_says_where(office, office_hours):
    response = office.post(of_model(Schedule, "delete", office_hours.pk), {"post": "yes"})
    assert response.status_code == 200
    assert escape(str(Channel.objects.get())) in response.content.decode()
    assert Schedule.objects.exists()


# ---- Exceptions ----------------------------------------------------------------------------


def add_exception(office, **values):
    values = {
        "reason": "Cierre de fin de año",
        "first_day": "2026-12-24",
        "last_day": "2026-12-26",
        "is_closed": "on",
        "code": "cierre",
        **values,
    }
    return submit(
        office,
        of_model(ScheduleException, "add"),
        **{name: value for name, value in values.items() if value is not None},
    )


def test_closure_for_all_is_published_on_every_page(office):
    services = [ChannelFactory().service for _ in range(2)]
    publish_all()
    saved = add_exception(office)
    assert messages_of(saved)[1] == [service.get_absolute_url() for service in services]
    body = office.get(
        f"/api/v1/services/{services[0].slug}/", {"at": "2026-12-25T08:00:00-05:00"}
    ).json()
    assert [(each["state"], each["reason"]) for each in body["channels"]] == [
        ("closed", "Cierre de fin de año")
    ]


def test_closure_of_one_schedule_is_published_where_it_is_kept(office):
    concerned, other = ChannelFactory(), ChannelFactory()
    publish_all()
    saved = add_exception(office, schedule=concerned.schedule.pk)
    assert messages_of(saved)[1] == [concerned.service.get_absolute_url()]
    assert other.service.editions.count() == 1


def test_removed_closure_is_published(office):
    ChannelFactory()
    publish_all()
    add_exception(office)
    exception = ScheduleException.objects.get()
    office.post(of_model(ScheduleException, "delete", exception.pk), {"post": "yes"})
    assert list(Edition.objects.values_list("number", flat=True)) == [3, 2, 1]


def test_closures_removed_together_are_published(office):
    ChannelFactory()
    publish_all()
    add_exception(office)
    office.post(
        of_model(ScheduleException, "changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [ScheduleException.objects.get().pk],
            "post": "yes",
        },
    )
    assert not ScheduleException.objects.exists()
    assert Edition.objects.first().number == 3


def test_exception_moved_to_another_schedule_publishes_both(office):
    before, after = ChannelFactory(), ChannelFactory()
    add_exception(office, schedule=before.schedule.pk)
    publish_all()
    exception = ScheduleException.objects.get()
    saved = submit(office, change_page(exception), schedule=after.schedule.pk)
    assert messages_of(saved)[1] == [
        before.service.get_absolute_url(),
        after.service.get_absolute_url(),
    ]


def test_days_out_of_order_are_refused_at_the_field(office):
    response = add_exception(office, last_day="2026-12-23")
    assert [field for field in errors_of(response)[0] if field != "__all__"] == ["last_day"]
    assert not ScheduleException.objects.exists()


def test_exception_that_says_nothing_is_refused(office):
    response = submit_open_exception(office, {})
    assert response.status_code == 200
    assert not ScheduleException.objects.exists()


def submit_open_exception(office, spans):
    url = of_model(ScheduleException, "add")
    values = form_values(office.get(url))
    values.pop("is_closed", None)
    return office.post(
        url,
        {
            **values,
            "reason": "Medio día",
            "first_day": "2026-12-24",
            "last_day": "2026-12-24",
            "code": "medio-dia",
            "_save": "1",
            **spans,
        },
    )


def test_exception_with_own_hours_is_saved(office):
    response = submit_open_exception(
        office,
        {"spans-TOTAL_FORMS": "1", "spans-0-opens": "08:00", "spans-0-closes": "12:00"},
    )
    assert response.status_code == 302
    assert list(ExceptionSpan.objects.values_list("opens", "closes")) == [(time(8), time(12))]


def test_hours_of_an_exception_that_overlap_are_refused_at_the_field(office):
    response = submit_open_exception(
        office,
        {
            "spans-TOTAL_FORMS": "2",
            "spans-0-opens": "08:00",
            "spans-0-closes": "12:00",
            "spans-1-opens": "11:00",
            "spans-1-closes": "13:00",
        },
    )
    assert inline_errors(response, ExceptionSpan) == [["opens"], ["opens"]]
    assert not ScheduleException.objects.exists()


# ---- Escalations ---------------------------------------------------------------------------


@pytest.fixture
def policy():
    """Three levels of a published service."""
    policy = EscalationPolicyFactory(levels=[EscalationContactFactory() for _ in range(3)])
    publish_all()
    return policy


def levels_of(policy):
    return list(policy.levels.values_list("level", "contact"))


def test_two_levels_are_swapped_in_one_save(office, policy):
    before = levels_of(policy)
    saved = submit(office, change_page(policy), **{"levels-0-level": "2", "levels-1-level": "1"})
    assert saved.status_code == 302
    assert levels_of(policy) == [(1, before[1][1]), (2, before[0][1]), before[2]]
    assert messages_of(saved)[1] == [policy.service.get_absolute_url()]


def test_levels_are_turned_round_in_one_save(office, policy):
    before = levels_of(policy)
    saved = submit(
        office,
        change_page(policy),
        **{"levels-0-level": "3", "levels-1-level": "1", "levels-2-level": "2"},
    )
    assert saved.status_code == 302
    assert levels_of(policy) == [(1, before[1][1]), (2, before[2][1]), (3, before[0][1])]


def test_gap_in_the_levels_is_refused_at_the_field_and_kept(office, policy):
    before = levels_of(policy)
    response = submit(office, change_page(policy), **{"levels-2-level": "5"})
    assert inline_errors(response, EscalationLevel) == [[], [], ["level"]]
    assert 'value="5"' in response.content.decode()
    assert levels_of(policy) == before


def test_level_between_is_not_taken_away(office, policy):
    before = levels_of(policy)
    response = submit(office, change_page(policy), **{"levels-1-DELETE": "on"})
    # Rows that are to be removed have no errors to show.
    assert inline_errors(response, EscalationLevel) == [[], ["level"]]
    assert levels_of(policy) == before


def test_level_between_is_taken_away_when_the_next_moves_up(office, policy):
    before = levels_of(policy)
    saved = submit(office, change_page(policy), **{"levels-1-DELETE": "on", "levels-2-level": "2"})
    assert saved.status_code == 302
    assert levels_of(policy) == [before[0], (2, before[2][1])]


def test_level_is_put_in_front(office, policy):
    before, first = levels_of(policy), EscalationContactFactory()
    saved = submit(
        office,
        change_page(policy),
        **{
            "levels-TOTAL_FORMS": "4",
            "levels-0-level": "2",
            "levels-1-level": "3",
            "levels-2-level": "4",
            "levels-3-policy": policy.pk,
            "levels-3-level": "1",
            "levels-3-contact": first.pk,
        },
    )
    assert saved.status_code == 302
    assert levels_of(policy) == [
        (1, first.pk),
        *((level + 1, contact) for level, contact in before),
    ]


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"levels-1-valid_until": "2026-11-30"}, [[], [], ["valid_from"]]),
        ({"levels-0-valid_from": "2026-12-01"}, [[], ["valid_from"], []]),
    ],
)
def test_level_is_there_on_all_days_on_which_the_next_one_is(office, policy, changed, errors):
    response = submit(office, change_page(policy), **changed)
    assert inline_errors(response, EscalationLevel) == errors
    assert not policy.levels.exclude(valid_from=None, valid_until=None).exists()


@pytest.mark.parametrize("level", ["0", "-1", "uno", "99999999999"])
def test_level_that_is_none_is_refused_at_the_field(office, policy, level):
    before = levels_of(policy)
    response = submit(office, change_page(policy), **{"levels-0-level": level})
    assert "level" in inline_errors(response, EscalationLevel)[0]
    assert levels_of(policy) == before


def test_same_level_twice_is_refused(office, policy):
    before = levels_of(policy)
    response = submit(office, change_page(policy), **{"levels-1-level": "1"})
    assert response.status_code == 200
    assert levels_of(policy) == before


# ---- Services ------------------------------------------------------------------------------


def test_name_of_a_service_is_changed_and_published(office):
    service = complete_service(name="Antes")
    publish_all()
    saved = submit(office, change_page(service), name="Después")
    assert messages_of(saved)[1] == [service.get_absolute_url()]
    page = office.get(service.get_absolute_url()).content.decode()
    assert "<h1>Después</h1>" in page


def test_address_is_kept_once_it_was_public(office):
    service = complete_service(slug="uno")
    page = office.get(change_page(service)).content.decode()
    assert 'name="slug"' in page
    publish_all()
    page = office.get(change_page(service)).content.decode()
    assert 'name="slug"' not in page
    submit(office, change_page(service), slug="otro")
    service.refresh_from_db()
    assert service.slug == "uno"


def test_service_is_published_by_ticking_it(office):
    service = complete_service(slug="uno", is_published=False)
    assert office.get("/servicios/uno/").status_code == 404
    saved = submit(office, change_page(service), is_published="on")
    assert messages_of(saved)[1] == ["/servicios/uno/"]
    assert office.get("/servicios/uno/").status_code == 200


def test_taking_a_page_off_and_putting_it_back_is_told(office):
    service = complete_service(slug="uno")
    publish_all()
    taken_off = messages_of(submit(office, change_page(service), is_published=""))
    assert (taken_off[0][0], taken_off[1]) == ("Se retiró 1 página pública.", [])
    assert office.get("/servicios/uno/").status_code == 404

    back = messages_of(submit(office, change_page(service), is_published="on"))
    assert (back[0][0].startswith("Otra vez pública: "), back[1]) == (True, ["/servicios/uno/"])
    assert office.get("/servicios/uno/").status_code == 200


def test_service_with_editions_is_not_deleted(office):
    service = complete_service()
    publish_all()
    response = office.post(of_model(Service, "delete", service.pk), {"post": "yes"})
    assert response.status_code in (200, 403)
    assert Service.objects.exists()
    assert Edition.objects.count() == 1


def test_channel_is_added_to_a_service(office):
    service, schedule, kind = ServiceFactory(), ScheduleFactory(), RequestTypeFactory()
    publish_all()
    point = PhoneFactory()
    saved = submit(
        office,
        of_model(Channel, "add"),
        service=service.pk,
        title="Telefónico",
        medium="telephone",
        request_types=[kind.pk],
        schedule=schedule.pk,
        code="telefonico",
        position="1",
        **{
            "contact_uses-TOTAL_FORMS": "1",
            "contact_uses-0-contact_point": point.pk,
            "contact_uses-0-extensions": "ext 1107 - 1109",
            "contact_uses-0-position": "1",
        },
    )
    assert messages_of(saved)[1] == [service.get_absolute_url()]
    assert ChannelContact.objects.get().extensions == "1107, 1109"


def test_extension_of_an_address_is_refused_at_the_field_and_kept(office):
    channel = ChannelFactory(contacts=[EmailFactory()])
    response = submit(office, change_page(channel), **{"contact_uses-0-extensions": "1107"})
    assert inline_errors(response, ChannelContact) == [["extensions"]]
    assert 'value="1107"' in response.content.decode()
    assert ChannelContact.objects.get().extensions == ""


def test_removed_channel_is_published(office):
    channel = ChannelFactory()
    publish_all()
    office.post(of_model(Channel, "delete", channel.pk), {"post": "yes"})
    assert Edition.objects.filter(service=channel.service).first().number == 2


# ---- Editions ------------------------------------------------------------------------------


def test_editions_are_read_only(office):
    complete_service()
    publish_all()
    edition = Edition.objects.get()
    before = Edition.objects.values().get()
    shown = office.get(change_page(edition))
    assert shown.status_code == 200
    assert edition.digest in shown.content.decode()
    refused = [
        office.post(change_page(edition), {"document": "{}", "_save": "1"}),
        office.get(of_model(Edition, "add")),
        office.post(of_model(Edition, "add"), {"number": "2"}),
        office.get(of_model(Edition, "delete", edition.pk)),
        office.post(of_model(Edition, "delete", edition.pk), {"post": "yes"}),
    ]
    assert [response.status_code for response in refused] == [403] * 5
    office.post(
        of_model(Edition, "changelist"),
        {"action": "delete_selected", "_selected_action": [edition.pk], "post": "yes"},
    )
    assert Edition.objects.values().get() == before


# ---- Every page ----------------------------------------------------------------------------

# Findings are computed and have a page of their own: tests.directory.admin.test_upkeep.
OWN_MODELS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in ("directory", "escalations") and model is not FindingAcceptance
]


def one_of_everything():
    service = complete_service()
    exception = ScheduleException.objects.create(
        code=f"medio-dia-{service.pk}",
        schedule=weekday_schedule(),
        first_day=date(2026, 12, 24),
        last_day=date(2026, 12, 24),
        reason="Medio día",
        is_closed=False,
    )
    ExceptionSpan.objects.create(exception=exception, opens=time(8), closes=time(12))
    EscalationContactFactory(schedule=exception.schedule)
    PhoneFactory(replaced_by=EmailFactory(), replaced_on=date(2026, 12, 1))
    RequestTypeFactory(code=f"tipo-{service.pk}")
    publish_all()


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("model", OWN_MODELS)
def test_list_costs_the_same_for_one_and_for_three(office, model):
    url = of_model(model, "changelist")
    one_of_everything()
    # The first look also reads what is kept in memory afterwards.
    office.get(url)
    with_one = queries_of(office, url)
    one_of_everything()
    one_of_everything()
    assert queries_of(office, url) == with_one


@pytest.mark.parametrize("model", OWN_MODELS)
def test_every_page_opens(office, model):
    one_of_everything()
    pages = [of_model(model, "changelist"), change_page(model.objects.first())]
    if model is not Edition:
        pages.append(of_model(model, "add"))
    assert [office.get(url).status_code for url in pages] == [200] * len(pages)


@pytest.mark.parametrize("model", [each for each in OWN_MODELS if each is not Edition])
def test_saving_a_page_as_it_is_changes_nothing(office, model):
    one_of_everything()
    instance = model.objects.first()
    before = model.objects.filter(pk=instance.pk).values().get()
    assert submit(office, change_page(instance)).status_code == 302
    assert model.objects.filter(pk=instance.pk).values().get() == before
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("model", [each for each in OWN_MODELS if each is not Edition])
def test_empty_form_is_refused(office, model):
    before = model.objects.count()
    values = form_values(office.get(of_model(model, "add")))
    blank = {name: [""] for name in values if "_FORMS" not in name}
    response = office.post(of_model(model, "add"), {**values, **blank, "_save": "1"})
    assert response.status_code == 200
    assert model.objects.count() == before


def test_markup_in_names_is_shown_as_text(office):
    markup = "<script>alert(1)</script>"
    line = PhoneFactory(label=markup)
    channel = ChannelFactory(service__name=markup, title=markup, contacts=[line])
    publish_all()
    saved = submit(office, change_page(line), phone="601 744 2828")
    pages = [
        saved["Location"],
        change_page(line),
        change_page(channel),
        change_page(channel.service),
        of_model(ContactPoint, "delete", line.pk),
        of_model(Edition, "changelist"),
    ]
    for url in pages:
        page = office.get(url).content.decode()
        assert escape(markup) in page, url
        assert markup not in page, url


def test_policy_of_a_service_is_one_click_away(office):
    policy = EscalationPolicyFactory()
    page = office.get(change_page(policy.service)).content.decode()
    assert f'href="{change_page(policy)}' in page
    assert EscalationPolicy.objects.count() == 1
