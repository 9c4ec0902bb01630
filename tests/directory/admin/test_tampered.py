"""Requests that no form of the back office sends: refused in words, and nothing is saved."""

import pytest
from django.contrib.auth.models import Group, User

from directory.models import Channel, ContactPoint, Edition, Schedule, ScheduleException
from escalations.models import EscalationContact, EscalationPolicy
from tests.addresses import INDEX, add_url, change_url, delete_url, list_url, page_url
from tests.editing import Editing, overtaken, problems, stored, told
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    ExceptionFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values, submit

pytestmark = pytest.mark.django_db

BEYOND_64_BITS = "99999999999999999999"
BEYOND_READING = "9" * 5000


def codes(response):
    """The codes of each refused field, of the form and of its rows."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {
        form.add_prefix(name): [each.code for each in found.as_data()]
        for form in forms
        for name, found in form.errors.items()
    }


def rows_with_values():
    service = complete_service()
    channel = service.channels.first()
    planned = {"replaced_by": PhoneFactory(), "replaced_on": "2030-01-01"}
    return {
        "service": service,
        "channel": channel,
        "point": PhoneFactory(verified_on="2026-01-01", **planned),
        "exception": ExceptionFactory(schedules=[channel.schedule]),
        "policy": service.escalation_policy,
    }


@pytest.mark.parametrize(
    "query", ["kind__exact=%00", "label__startswith=a%00", "kind__exact=x&p=%00"]
)
def test_filter_by_a_text_that_no_row_has_leads_to_the_whole_list(admin_client, query):
    response = admin_client.get(f"{list_url(ContactPoint)}?{query}")
    assert (response.status_code, response["Location"]) == (302, f"{list_url(ContactPoint)}?e=1")


# ---- Keys that no row can have -------------------------------------------------------------


@pytest.mark.parametrize("key", [BEYOND_64_BITS, str(2**63), BEYOND_READING])
@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Channel, ["service", "schedule", "request_types"]),
        (ScheduleException, ["schedule"]),
        (EscalationContact, ["schedule"]),
        (EscalationPolicy, ["service"]),
        (ContactPoint, ["replaced_by"]),
    ],
)
def test_impossible_key_in_the_address_prefills_nothing(admin_client, model, fields, key):
    shown = form_values(admin_client.get(add_url(model), dict.fromkeys(fields, key)))
    assert [shown.get(field, [""]) for field in fields] == [[""]] * len(fields)


@pytest.mark.parametrize(
    ("make", "names", "keys"),
    [
        (PhoneFactory, ["replaced_by"], [BEYOND_64_BITS, BEYOND_READING]),
        (
            lambda: ChannelFactory().service,
            ["channels-0-schedule", "channels-0-request_types"],
            [BEYOND_64_BITS, f"-{BEYOND_64_BITS}"],
        ),
        # Nor is it taken for a row that somebody has deleted.
        (weekday_schedule, ["spans-0-id"], ["x", BEYOND_64_BITS, BEYOND_READING]),
        (
            lambda: UserFactory(first_name="Ana", email="ana@example.com"),
            ["groups"],
            [BEYOND_64_BITS],
        ),
    ],
)
def test_impossible_key_is_no_choice(admin_client, make, names, keys):
    url = change_url(make())
    before = form_values(admin_client.get(url))
    for key in keys:
        response = submit(admin_client, url, **{name: [key] for name in names})
        assert codes(response) == {name: ["invalid_choice"] for name in names}
    of_the_page = {name: before[name] for name in ("_shown_at", "_form")}
    assert form_values(admin_client.get(url)) | of_the_page == before


def test_rows_of_a_form_that_does_not_count_them_are_not_told_as_others(admin_client):
    response = submit(admin_client, change_url(weekday_schedule()), **{"spans-TOTAL_FORMS": ""})
    [spans] = response.context["inline_admin_formsets"]
    [error] = spans.formset.non_form_errors().as_data()
    assert error.code == "missing_management_form"
    assert (response.status_code, told(response)) == (200, [])


def test_impossible_key_is_told_of_in_words_when_somebody_changed_it_meanwhile(people):
    point, other = PhoneFactory(), PhoneFactory()
    editing = overtaken(people, point, replaced_by=str(other.pk), replaced_on="2030-01-01")
    typed = {"replaced_by": BEYOND_64_BITS, "initial-replaced_by": BEYOND_64_BITS + "9"}
    response = editing.post(**typed)
    assert response.status_code == 409
    assert codes(response)["replaced_by"] == ["invalid_choice", "conflict"]


@pytest.mark.parametrize("page", ["change", "delete", "history"])
@pytest.mark.parametrize("model", [Channel, ContactPoint, EscalationPolicy])
def test_page_of_an_impossible_key_says_that_it_does_not_exist(admin_client, model, page):
    response = admin_client.get(page_url(model, page, BEYOND_64_BITS))
    assert (response.status_code, response["Location"]) == (302, INDEX)


def test_impossible_key_among_the_selected_is_passed_over(admin_client):
    point = PhoneFactory()
    selected = {"action": "delete_selected", "_selected_action": [BEYOND_64_BITS, str(point.pk)]}
    response = admin_client.post(list_url(ContactPoint), selected)
    assert list(response.context["queryset"]) == [point]


@pytest.mark.parametrize("key", [BEYOND_64_BITS, str(2**63)])
@pytest.mark.parametrize(
    ("model", "lookup"),
    [(Schedule, "id__in"), (Edition, "service__id__exact"), (User, "groups__id__exact")],
)
def test_filter_by_an_impossible_key_leads_to_the_whole_list(admin_client, model, lookup, key):
    # A filter of one choice is none.
    Group.objects.bulk_create([Group(name="Una"), Group(name="Otra")])
    response = admin_client.get(list_url(model), {lookup: key}, follow=True)
    # PostgreSQL compares with such a number, and finds none.
    assert response.redirect_chain or response.context["cl"].result_count == 0
    assert response.context["cl"].model is model


# ---- Rows that claim to be new -------------------------------------------------------------


@pytest.mark.parametrize("count", ["0", "-1"])
def test_stored_rows_sent_as_new_ones_are_refused(admin_client, count):
    service = ServiceFactory(name="Antes")
    ChannelFactory.create_batch(2, service=service)
    before = list(Channel.objects.order_by("pk").values())
    changes = {"name": "Después", "channels-INITIAL_FORMS": count}
    response = submit(admin_client, change_url(service), **changes)

    assert form_values(response)["name"] == ["Después"]
    # A new row whose hours are those of a chosen schedule, in other words.
    assert [problem.code for problem in response.context["problems"]] == ["contradiction"]
    assert stored(service, "name") == "Antes"
    assert list(Channel.objects.order_by("pk").values()) == before


# ---- What the page showed, garbled or not said ---------------------------------------------------


@pytest.mark.parametrize("garbage", ["", "x", "\x00", BEYOND_READING, "1e999", "٣", "0000-00-00"])
@pytest.mark.parametrize("part", ["service", "channel", "point", "exception", "policy"])
def test_what_was_shown_is_garbled_and_the_stored_values_stay(people, part, garbage):
    row = rows_with_values()[part]
    before = type(row).objects.filter(pk=row.pk).values().get()
    editing = Editing(people[0], row)
    shown = {name: values for name, values in editing.data.items() if name.startswith("initial-")}

    editing.post(**{name: [garbage] * len(values) for name, values in shown.items()})

    assert len(shown) > 3
    assert editing.page.status_code in (302, 409)
    assert type(row).objects.filter(pk=row.pk).values().get() == before


def leave_out(editing, *prefixes):
    """Send nothing of which the name begins so."""
    editing.data = {
        name: values for name, values in editing.data.items() if not name.startswith(prefixes)
    }
    return editing


@pytest.mark.parametrize("left_out", ["initial-name", "initial-"])
def test_what_does_not_say_what_was_shown_overwrites_nothing_unseen(people, left_out):
    editing = overtaken(people, EscalationContactFactory(name="Soporte"), name="Mesa de Ayuda")
    leave_out(editing, left_out)

    [(where, message)] = problems(editing.post(name="Grupo técnico"))

    assert (where, "«no se mostró» → «Mesa de Ayuda»" in message) == ("Nombre", True)
    assert EscalationContact.objects.get().name == "Mesa de Ayuda"
    assert editing.again().status_code == 302
    assert EscalationContact.objects.get().name == "Grupo técnico"


@pytest.mark.parametrize("said", ["", "nonsense", "2026-13-01", "0001-01-01T00:00:00+00:00"])
def test_what_does_not_say_when_the_page_was_opened_is_compared(people, said):
    editing = overtaken(people, EscalationContactFactory(name="Soporte"), name="Mesa de Ayuda")
    [(_where, message)] = problems(editing.post(name="Grupo técnico", _shown_at=said))
    assert "(ana, " in message


def test_what_is_not_sent_stays_as_it_is(admin_client):
    service = ServiceFactory(introduction="Hola", is_published=False)
    prefixes, counts = (
        ("channels", "targets", "escalation_policy", "levels"),
        ("TOTAL_FORMS", "INITIAL_FORMS"),
    )
    typed = {f"{prefix}-{count}": "0" for prefix in prefixes for count in counts}
    typed |= {"name": "Otro", "initial-name": service.name}
    assert admin_client.post(change_url(service), typed).status_code == 302
    assert stored(service, "name", "introduction") == ("Otro", "Hola")


def test_a_row_is_not_deleted_by_a_tick_that_does_not_say_what_was_shown(people):
    service = ChannelFactory().service
    editing = Editing(people[0], service)
    assert len(problems(editing.post(**{"channels-0-DELETE": "on"}))) == 1
    assert service.channels.count() == 1
    assert editing.again().status_code == 302
    assert service.channels.count() == 0


@pytest.mark.parametrize("said", ["", "nonsense"])
def test_deleting_what_was_shown_garbled_shows_it_first(people, said):
    number = PhoneFactory()
    asked = {"action": "delete_selected", "_selected_action": [number.pk]}
    answers = [
        people[0].post(delete_url(number), {"post": "yes", "_shown": said}),
        people[0].post(list_url(number), {"post": "yes", "_shown": said, **asked}),
    ]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert ContactPoint.objects.get() == number


def test_another_program_that_says_nothing_of_a_page_saves_and_deletes(people):
    of_a_page = ("initial-", "_shown_at")
    editing = overtaken(people, EscalationContactFactory(name="Soporte"), name="Mesa de Ayuda")
    assert leave_out(editing, *of_a_page).post(name="Grupo técnico").status_code == 302
    assert EscalationContact.objects.get().name == "Grupo técnico"

    number, channel = PhoneFactory(), ChannelFactory()
    assert people[0].post(delete_url(number), {"post": "yes"}).status_code == 302
    assert not ContactPoint.objects.filter(pk=number.pk).exists()
    editing = leave_out(Editing(people[0], channel.service), *of_a_page)
    assert editing.post(**{"channels-0-DELETE": "on"}).status_code == 302
    assert not channel.service.channels.exists()


def test_typed_text_is_kept_when_its_row_is_gone_and_the_page_does_not_say_since_when(people):
    editing = Editing(people[0], PhoneFactory())
    ContactPoint.objects.all().delete()
    answer = editing.post(label="Lo que escribí", _shown_at="nonsense")
    assert answer.status_code == 409
    assert ("Nombre", "Lo que escribí") in answer.context["values"]


@pytest.mark.parametrize("factory", [ServiceFactory, PhoneFactory, UserFactory])
def test_saving_as_new_which_no_button_does_is_refused(admin_client, factory):
    row = factory()
    count = type(row).objects.count()
    assert submit(admin_client, change_url(row), "_saveasnew").status_code == 400
    assert type(row).objects.count() == count


# ---- A field to find it by -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("factory", "page"),
    [
        *((factory, "change") for factory in (PhoneFactory, ScheduleFactory, UserFactory)),
        # People are not deleted.
        *((factory, "delete") for factory in (PhoneFactory, ScheduleFactory)),
    ],
)
def test_empty_to_field_is_none(admin_client, factory, page):
    instance = factory()
    response = admin_client.get(page_url(type(instance), page, instance.pk), {"_to_field": ""})
    shown = "original" if page == "change" else "object"
    assert (response.status_code, response.context[shown]) == (200, instance)


def test_form_with_an_empty_to_field_is_saved(admin_client):
    point = PhoneFactory(label="Antes")
    submit(admin_client, change_url(point), label="Después", _to_field="")
    assert stored(point, "label") == "Después"
