"""Absences in the back office: entered on the person, shown on every page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.editions.publish import publish
from directory.models import Edition, Service
from escalations.models import Absence, AbsenceContact, EscalationContact
from tests.addresses import INDEX, add_url, change_url, list_url
from tests.editing import Deleting, Editing, told
from tests.factories import (
    AbsenceFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    UserFactory,
    complete_service,
)
from tests.html import form_values, read, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def nelson():
    service = complete_service(slug="mesa", name="Mesa")
    contact = service.escalation_policy.levels.get(level=1).contact
    contact.name, contact.person = "Turno", "Nelson"
    contact.save()
    publish(Service.objects.all())
    return contact


@pytest.fixture
def orlando():
    return EscalationContactFactory(name="Turno", person="Orlando")


def days(first, last):
    return {"first_day": f"{first:02}/12/2026", "last_day": f"{last:02}/12/2026"}


def latest():
    return Edition.objects.order_by("-pk").values_list("number", flat=True).first()


def test_absence_is_entered_on_the_person_and_published(admin_client, nelson, orlando):
    editing = Editing(admin_client, nelson)
    editing.add_row("absences", **days(1, 15), stand_in=orlando.pk)
    response = editing.post("_preview")
    text = read(response).text
    assert (
        "Ausencia de Nelson desde el 1 de diciembre de 2026 hasta el 15 de diciembre de 2026: "
        "responde Orlando"
    ) in text
    assert not Absence.objects.exists()
    editing.post()
    absence = Absence.objects.get()
    assert (absence.contact, absence.stand_in, absence.last_day) == (
        nelson,
        orlando,
        date(2026, 12, 15),
    )
    assert latest() == 2


def row_errors(response):
    (inline,) = [
        each.formset
        for each in response.context["inline_admin_formsets"]
        if each.formset.model is Absence
    ]
    return [dict(errors) for errors in inline.errors]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (days(15, 1), "last_day"),
        ({"first_day": "el otro día", "last_day": "15/12/2026"}, "first_day"),
        ({"first_day": "", "last_day": ""}, "first_day"),
    ],
)
def test_wrong_days_are_refused_at_the_field(admin_client, nelson, orlando, typed, field):
    editing = Editing(admin_client, nelson)
    editing.add_row("absences", **typed, stand_in=orlando.pk)
    (errors,) = row_errors(editing.post())
    assert field in errors


def test_overlap_is_refused_among_the_rows_of_a_form(admin_client, nelson):
    editing = Editing(admin_client, nelson)
    editing.add_row("absences", **days(1, 15))
    editing.add_row("absences", **days(15, 20))
    assert [[*errors] for errors in row_errors(editing.post())] == [["first_day"]] * 2


def test_circle_is_refused_on_both_forms(admin_client, nelson, orlando):
    AbsenceFactory(contact=orlando, stand_in=nelson)
    editing = Editing(admin_client, nelson)
    editing.add_row("absences", **days(10, 20), stand_in=orlando.pk)
    (errors,) = row_errors(editing.post())
    assert [*errors] == ["stand_in"]
    absence = AbsenceFactory(contact=nelson, first_day=date(2026, 12, 20), last_day="2026-12-31")
    response = Editing(admin_client, absence).post(**days(10, 20), stand_in=orlando.pk)
    assert [*response.context["adminform"].form.errors] == ["stand_in"]


def test_absence_of_a_new_person_is_looked_at_too(admin_client, orlando):
    """Orlando is stood in for by so many that nobody more may be."""
    following = EscalationContactFactory.create_batch(3)
    for who, stand_in in zip([orlando, *following], following, strict=False):
        AbsenceFactory(contact=who, stand_in=stand_in)
    row = {**days(1, 15), "stand_in": orlando.pk}
    added = {f"absences-0-{name}": value for name, value in row.items()}
    url = add_url(EscalationContact)
    typed = {"name": "Turno", "person": "Rosa", "absences-TOTAL_FORMS": "1", **added}
    (errors,) = row_errors(submit(admin_client, url, **typed))
    assert [*errors] == ["stand_in"]
    Absence.objects.all().delete()
    submit(admin_client, url, **typed)
    assert Absence.objects.get().contact.person == "Rosa"


@pytest.mark.parametrize("absences", [1, 3])
def test_saving_a_person_reads_the_absences_of_others_once(admin_client, nelson, orlando, absences):
    editing = Editing(admin_client, nelson)
    for number in range(absences):
        editing.add_row("absences", **days(5 * number + 1, 5 * number + 3), stand_in=orlando.pk)
    with CaptureQueriesContext(connection) as queries:
        assert editing.post().status_code == 302
    of_others = 'NOT ("escalations_absence"."contact_id"'
    # Once to look whether they go together, once to tell what follows from them.
    assert sum(of_others in query["sql"] for query in queries) == 2


def test_own_stand_in_is_told_once(admin_client, nelson):
    data = {**days(1, 15), "contact": nelson.pk, "stand_in": nelson.pk}
    form = admin_client.post(
        add_url(Absence), {**form_values(admin_client.get(add_url(Absence))), **data}
    ).context["adminform"]
    assert form.errors == {"stand_in": ["Nadie se reemplaza a sí mismo. Elija a otra persona."]}


def test_overlap_is_refused_on_the_own_form(admin_client, nelson):
    AbsenceFactory(contact=nelson)
    absence = AbsenceFactory(contact=nelson, first_day=date(2026, 12, 20), last_day="2026-12-31")
    response = Editing(admin_client, absence).post(**days(15, 20))
    assert [*response.context["adminform"].form.errors] == ["first_day"]


def test_days_of_two_absences_change_places_and_keep_their_contacts(admin_client, nelson):
    first = AbsenceFactory(contact=nelson)
    second = AbsenceFactory(contact=nelson, first_day="2026-12-20", last_day="2026-12-31")
    for absence in (first, second):
        AbsenceContact.objects.create(absence=absence, contact_point=PhoneFactory())
    uses = set(AbsenceContact.objects.values_list("pk", "absence"))
    editing = Editing(admin_client, nelson)
    typed = {"absences-0-first_day": "20/12/2026", "absences-0-last_day": "31/12/2026"}
    typed |= {"absences-1-first_day": "01/12/2026", "absences-1-last_day": "15/12/2026"}
    editing.post(**typed)
    first.refresh_from_db()
    assert first.first_day == date(2026, 12, 20)
    assert set(AbsenceContact.objects.values_list("pk", "absence")) == uses


def test_absence_that_is_deleted_takes_its_contacts_along(admin_client, nelson):
    absence = AbsenceFactory(contact=nelson)
    AbsenceContact.objects.create(absence=absence, contact_point=PhoneFactory())
    Editing(admin_client, nelson).delete_row("absences", 0)
    assert not Absence.objects.exists()
    assert not AbsenceContact.objects.exists()


@pytest.mark.parametrize("of_orlando", ["carmen", None])
def test_stand_in_who_is_away_too_is_told_before_saving(admin_client, nelson, orlando, of_orlando):
    carmen = of_orlando and EscalationContactFactory(person="Carmen")
    AbsenceFactory(contact=orlando, stand_in=carmen, first_day="2026-12-10", last_day="2026-12-12")
    between = "10 de diciembre de 2026 al 12 de diciembre de 2026"
    expected = [
        f"Orlando tampoco está, {between}: entonces responde Carmen."
        if carmen
        else f"Orlando tampoco está, {between}, y entonces nadie lo reemplaza."
    ]
    editing = Editing(admin_client, nelson)
    editing.add_row("absences", **days(1, 15), stand_in=orlando.pk)
    assert editing.post().context["effect"].warnings == expected
    assert not nelson.absences.exists()
    editing.post(_knowingly="1")
    absence = nelson.absences.get()
    # What is not touched is not told again.
    assert Editing(admin_client, nelson).post(person="Nelson Gil").status_code == 302
    own = Editing(admin_client, absence).post(last_day="14/12/2026")
    assert own.context["effect"].warnings == expected


def test_form_of_the_contact_leads_to_that_of_the_absence(admin_client, nelson):
    absence = AbsenceFactory(contact=nelson)
    assert change_url(absence) in read(admin_client.get(change_url(nelson))).links


def test_contact_points_of_the_days_are_given_on_the_own_form(admin_client, nelson):
    absence = AbsenceFactory(contact=nelson)
    editing = Editing(admin_client, absence)
    editing.add_row("contact_uses", contact_point=PhoneFactory().pk, position="1")
    editing.post()
    assert absence.contact_uses.count() == 1


def test_who_stands_in_cannot_be_deleted_and_it_is_told_for_whom(admin_client, nelson, orlando):
    absence = AbsenceFactory(contact=nelson, stand_in=orlando)
    page = Deleting(admin_client, orlando).page
    (line,) = page.context["protected"]
    assert (change_url(absence) in line, "Nelson" in line) == (True, True)


def test_form_says_for_whom_somebody_stands_in(admin_client, nelson, orlando):
    absence = AbsenceFactory(contact=nelson, stand_in=orlando)
    assert str(absence) in read(admin_client.get(change_url(orlando))).text


@pytest.mark.parametrize(
    ("when", "first"), [("running", 23), ("coming", 24), ("over", 1)], ids=lambda each: str(each)
)
def test_list_is_filtered_by_when(admin_client, when, first):
    """Today is 23 November."""
    for start, end in ((1, 22), (23, 23), (24, 30)):
        AbsenceFactory(first_day=date(2026, 11, start), last_day=date(2026, 11, end))
    shown = admin_client.get(list_url(Absence), {"when": when}).context["cl"].queryset
    assert [absence.first_day.day for absence in shown] == [first]


def test_start_page_leads_to_the_form_with_today_filled_in(client, nelson, orlando):
    AbsenceFactory(contact=nelson, stand_in=orlando)
    permissions = ["add_absence", "view_service"]
    client.force_login(UserFactory(is_staff=True, permissions=permissions))
    page = read(client.get(INDEX))
    assert "Nelson no está; responde Orlando, hasta el 15 de diciembre de 2026" in page.text
    form = form_values(client.get(f"{add_url(Absence)}?first_day=23%2F11%2F2026"))
    assert form["first_day"] == ["23/11/2026"]
    assert f"{add_url(Absence)}?first_day=23%2F11%2F2026" in page.links


def test_start_page_offers_it_to_whom_may_enter_it(client, nelson):
    client.force_login(UserFactory(is_staff=True, permissions=["view_service"]))
    assert add_url(Absence) not in client.get(INDEX).content.decode()


def test_calendar_shows_absences_with_their_days(admin_client, nelson, orlando):
    absence = AbsenceFactory(contact=nelson, stand_in=orlando)
    EscalationPolicyFactory(levels=[nelson])
    page = admin_client.get(reverse("backoffice:calendar"))
    shown = [each for each in page.context["events"] if each["event"].subjects == (absence,)]
    (each,) = shown
    assert (each["kind"], each["event"].on, each["event"].until) == (
        "Ausencia",
        date(2026, 12, 1),
        date(2026, 12, 15),
    )
    assert each["event"].text == "Nelson no está; responde Orlando"


def test_calendar_says_who_answers_and_at_what(admin_client, nelson, orlando):
    AbsenceFactory(contact=nelson, stand_in=orlando)
    AbsenceFactory(contact=orlando).contact_uses.create(contact_point=PhoneFactory())
    AbsenceFactory(contact=EscalationContactFactory(name="Turno", person=""))
    events = admin_client.get(reverse("backoffice:calendar")).context["events"]
    assert [each["event"].text for each in events if each["kind"] == "Ausencia"] == [
        "Nelson no está; responde Orlando",
        "Orlando no está y responde en otros contactos",
        "Turno no está, y nadie lo reemplaza",
    ]


def test_history_tells_the_absence(admin_client, nelson, orlando):
    editing = Editing(admin_client, nelson)
    editing.add_row("absences", **days(1, 15), stand_in=orlando.pk)
    assert "Se publicó" in " ".join(told(editing.post()))
    history = reverse("admin:escalations_escalationcontact_history", args=[nelson.pk])
    assert "ausencia" in read(admin_client.get(history)).text.lower()


def test_the_last_day_follows_the_first(admin_client, nelson, orlando):
    editing = Editing(admin_client, nelson)
    editing.add_row("absences", first_day="24 dic 2026", last_day="", stand_in=orlando.pk)
    editing.post()
    typed = {"contact": orlando.pk, "first_day": "2026-12-31", "last_day": ""}
    submit(admin_client, add_url(Absence), **typed)
    assert [f"{each.first_day} {each.last_day}" for each in Absence.objects.order_by("pk")] == [
        "2026-12-24 2026-12-24",
        "2026-12-31 2026-12-31",
    ]
