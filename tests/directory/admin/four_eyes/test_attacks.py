"""Attacks: a stolen password, two accounts of one person, rows altered in the database."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from directory.admin import confirming
from directory.editions.publish import publish
from directory.models import AuditEntry, ContactPoint, Edition, Proposal, Revision, Service
from tests.addresses import add_url, change_url, list_url, page_url
from tests.directory.admin.four_eyes.proposals import decide, only, reasons
from tests.editing import Editing, stored
from tests.factories import PhoneFactory, UserFactory, complete_service
from tests.html import form_values, submit
from tests.people import client_of

pytestmark = pytest.mark.django_db
FRAUD = "300 123 4567"


@pytest.fixture(autouse=True)
def _risky(four_eyes):
    four_eyes("risky")


@pytest.fixture
def number(db):
    complete_service()
    publish(Service.objects.all())
    return ContactPoint.objects.earliest("pk")


def own(client, proposal):
    """Who publishes it all the same, by sending what the page of another has."""
    url = page_url(Proposal, "decide", proposal.pk)
    return client.post(url, {"_publish": "1", "_knowingly": "yes"})


def test_a_stolen_password_of_an_editor_changes_no_page(number, roles):
    editor = client_of(UserFactory(is_staff=True, role="Editores"))
    before = Edition.objects.get().document
    Editing(editor, number).post(phone=FRAUD)
    assert [each.document for each in Edition.objects.all()] == [before]
    assert own(editor, only()).status_code == 403
    assert only().is_waiting


def test_the_author_publishes_it_by_no_way(both, number):
    Editing(both[0], number).post(phone=FRAUD)
    assert own(both[0], only()).status_code == 403
    for page in ("change", "history", "delete"):
        both[0].post(page_url(Proposal, page, only().pk), {"state": "published", "post": "yes"})
    assert both[0].post(add_url(Proposal), {}).status_code == 403
    both[0].post(list_url(Proposal), {"action": "delete_selected", "_selected_action": only().pk})
    assert only().is_waiting
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    "second",
    [
        {"email": "ANA@example.com"},
        {"email": "ana+2@example.com"},
        {"username": "ana@example.com"},
    ],
)
def test_a_second_account_of_the_author_does_not_publish_it(both, number, second):
    other = client_of(UserFactory(is_staff=True, is_superuser=True, **second))
    Editing(both[0], number).post(phone=FRAUD)
    assert own(other, only()).status_code == 403
    # Nor where either address is changed afterwards.
    User.objects.filter(username="ana").update(email="otra@example.com")
    assert own(other, only()).status_code == 403
    assert only().is_waiting


def test_the_database_refuses_one_who_publishes_the_own(both, number):
    Editing(both[0], number).post(phone=FRAUD)
    proposal = only()
    for state in ("published", "refused"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.update(
                state=state, decided_by=proposal.made_by, decided_at=proposal.made_at, reason="x"
            )


def test_who_may_not_publish_proposals_does_not(both, number):
    Editing(both[0], number).post(phone=FRAUD)
    everything_else = UserFactory(
        is_staff=True, permissions=["view_proposal", "change_contactpoint", "view_contactpoint"]
    )
    assert own(client_of(everything_else), only()).status_code == 403


def test_who_may_not_change_the_rows_does_not_publish_it(both, number):
    Editing(both[0], number).post(phone=FRAUD)
    publisher = client_of(
        UserFactory(
            is_staff=True,
            email="dora@example.com",
            permissions=["publish_proposal", "view_contactpoint"],
        )
    )
    answer = own(publisher, only())
    assert answer.status_code == 409
    assert "modificar" in reasons(answer)[0]


@pytest.mark.parametrize("altered", [{"action": "steal"}, {"rows": "x"}, {"rows": [[1]]}])
def test_what_is_no_proposal_any_more_leaves_the_list_and_its_page_readable(both, number, altered):
    Editing(both[0], number).post(phone=FRAUD)
    Proposal.objects.update(**altered)
    pages = [both[1].get(url) for url in (list_url(Proposal), change_url(only()))]
    assert [page.status_code for page in pages] == [200, 200]
    assert (decide(both[1], only()).status_code, Edition.objects.count()) == (409, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rows", [["directory.contactpoint", 1, {"label": "x"}, {"label": "y"}]]),
        ("warnings", ["Nada"]),
        ("effect", []),
        ("made_by_email", "otra@example.com"),
        ("object_name", "Otro"),
        ("touched", "|"),
    ],
)
def test_what_was_altered_in_the_table_is_refused_and_told(both, number, field, value):
    Editing(both[0], number).post(phone=FRAUD)
    assert getattr(only(), field) != value
    Proposal.objects.update(**{field: value})
    answer = decide(both[1], only())
    assert (answer.status_code, Edition.objects.count()) == (409, 1)
    assert "alguien la alteró" in reasons(answer)[0]


def test_another_author_in_the_table_is_refused(both, number):
    Editing(both[0], number).post(phone=FRAUD)
    Proposal.objects.update(made_by=UserFactory(is_staff=True))
    assert own(both[0], only()).status_code in (403, 409)
    assert decide(both[1], only()).status_code == 409
    assert Edition.objects.count() == 1


def test_a_copied_row_is_refused_by_the_database(both, number):
    Editing(both[0], number).post(phone=FRAUD)
    copy = only()
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_a_replayed_post_publishes_once(both, number):
    Editing(both[0], number).post(phone=FRAUD)
    first, second = (own(both[1], only()) for _time in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Ya se publicó (beto" in reasons(second)[0]
    assert (Edition.objects.count(), Revision.objects.count()) == (2, 1)
    assert decide(both[1], only(), "_refuse", reason="Tarde").status_code == 409


def test_publishing_asks_for_the_second_factor(both, number, monkeypatch):
    from django.http import HttpResponse

    Editing(both[0], number).post(phone=FRAUD)
    monkeypatch.setattr(confirming, "ask", lambda request: HttpResponse("factor", status=401))
    assert own(both[1], only()).status_code == 401
    assert only().is_waiting


def test_a_get_publishes_nothing(both, number):
    Editing(both[0], number).post(phone=FRAUD)
    both[1].get(page_url(Proposal, "decide", only().pk), {"_publish": "1"})
    assert only().is_waiting


def test_undoing_waits_as_well(both, number, four_eyes):
    Editing(both[0], number).post(phone=FRAUD)
    decide(both[1], only())
    before = stored(number, "phone")
    both[0].post(page_url(Revision, "undo", Revision.objects.get().pk))
    assert stored(number, "phone") == before
    second = Proposal.objects.waiting().get()
    assert second.undoes == Revision.objects.get()
    assert decide(both[1], second).status_code == 302
    assert Revision.objects.latest("pk").undoes == second.undoes
    assert decide(both[1], second).status_code == 409


# ---- Rights --------------------------------------------------------------------------------------


@pytest.fixture
def person(roles):
    return UserFactory(first_name="Caro", email="caro@example.com", is_staff=True, role="Lectores")


def test_a_role_that_is_given_waits(both, person):
    roles_before = set(person.groups.all())
    group = page_of_role("Publicadores")
    Editing(both[0], person).post(groups=[group.pk])
    assert set(person.groups.all()) == roles_before
    assert only().object_name
    answer = decide(both[1], only())
    assert answer.status_code == 302, reasons(answer)
    assert set(person.groups.all()) == {group}


def test_who_becomes_administrator_waits_and_does_not_publish_that(both, person):
    Editing(both[0], person).post(is_superuser="on")
    assert not stored(person, "is_superuser")
    person.groups.set([page_of_role("Publicadores")])
    person.user_permissions.add(*permissions("change_user", "view_user"))
    assert own(client_of(person), only()).status_code in (403, 409)
    assert not stored(person, "is_superuser")
    decide(both[1], only())
    assert stored(person, "is_superuser")


def test_nobody_publishes_more_rights_than_the_own(both, person):
    Editing(both[0], person).post(is_superuser="on")
    publisher = UserFactory(is_staff=True, email="dora@example.com", role="Publicadores")
    publisher.user_permissions.add(*permissions("change_user", "view_user"))
    answer = own(client_of(publisher), only())
    assert answer.status_code == 409
    assert not stored(person, "is_superuser")


def test_the_address_of_an_account_waits(both, person):
    Editing(both[0], person).post(email="ladron@example.org")
    assert stored(person, "email") == "caro@example.com"
    assert only().is_waiting


def test_a_name_does_not(both, person):
    Editing(both[0], person).post(first_name="Carolina")
    assert stored(person, "first_name") == "Carolina"
    assert not Proposal.objects.exists()


def test_what_a_role_allows_waits(both, roles):
    role = page_of_role("Lectores")
    before = set(role.permissions.all())
    editing = Editing(both[0], role)
    editing.post(permissions=[permission.pk for permission in permissions("change_user")])
    assert set(role.permissions.all()) == before
    decide(both[1], only())
    assert [each.codename for each in role.permissions.all()] == ["change_user"]


def test_a_deleted_role_waits(both, roles):
    role = page_of_role("Lectores")
    both[0].post(page_url(role, "delete", role.pk), {"post": "yes"})
    both[0].post(
        list_url(role), {"action": "delete_selected", "_selected_action": role.pk, "post": "yes"}
    )
    assert page_of_role("Lectores") == role
    assert Proposal.objects.waiting().count() == 2
    first, second = Proposal.objects.order_by("pk")
    assert decide(both[1], first).status_code == 302
    assert decide(both[1], second).status_code == 409


def test_an_invitation_waits_and_no_mail_is_sent_before(both, roles, mailoutbox):
    new = {"first_name": "Nora", "email": "nora@example.com", "role": page_of_role("Lectores").pk}
    answer = submit(both[0], page_url(User, "invite"), **new)
    assert answer.url == change_url(only())
    assert not User.objects.filter(email="nora@example.com").exists()
    assert [each.to for each in mailoutbox] == []
    assert decide(both[1], only()).status_code == 302
    nora = User.objects.get(email="nora@example.com")
    assert (nora.is_staff, nora.is_superuser, nora.has_usable_password()) == (True, False, False)
    assert [each.name for each in nora.groups.all()] == ["Lectores"]
    assert ["nora@example.com"] in [each.to for each in mailoutbox]


def test_rights_that_two_give_are_in_the_audit_log(both, person):
    Editing(both[0], person).post(is_superuser="on")
    decide(both[1], only())
    events = AuditEntry.objects.order_by("pk").values_list("event", "user_name")
    named = ("proposal_made", "rights_granted", "proposal_published")
    told = [each for each in events if each[0] in named and each[1]]
    assert told == [
        ("proposal_made", "ana"),
        ("rights_granted", "beto"),
        ("proposal_published", "beto"),
    ]


def test_the_note_of_a_service_that_ends_waits_where_it_names_a_number(both, number):
    service = Service.objects.get()
    url = page_url(Service, "end", service.pk)
    data = {**form_values(both[0].get(url)), "ended_note": "Llame al 300 123 4567", "_save": "1"}
    both[0].post(url, data)
    assert only().is_waiting
    assert stored(service, "ended_on") is None


def test_an_account_that_is_activated_waits(both, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    both[0].post(page_url(User, "activate", person.pk))
    assert not stored(person, "is_active")
    decide(both[1], only())
    assert stored(person, "is_active")


def test_rights_of_people_are_seen_by_who_may_see_people(both, person):
    Editing(both[0], person).post(is_superuser="on")
    publisher = client_of(UserFactory(is_staff=True, email="eva@example.com", role="Publicadores"))
    assert publisher.get(change_url(only())).status_code in (302, 403, 404)
    assert only().object_name not in publisher.get(list_url(Proposal)).content.decode()


def page_of_role(name):
    from django.contrib.auth.models import Group

    return Group.objects.get(name=name)


def permissions(*names):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=names)


# ---- Two at once ---------------------------------------------------------------------------------


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does(four_eyes):
    four_eyes("risky")
    everything = {"is_staff": True, "is_superuser": True}
    ana, beto, caro = (
        client_of(UserFactory(username=name, email=f"{name}@example.com", **everything))
        for name in ("ana", "beto", "caro")
    )
    number = PhoneFactory()
    Editing(ana, number).post(phone=FRAUD)
    proposal, answers = only(), []

    def press(client):
        answers.append(own(client, proposal).status_code)
        connection.close()

    threads = [threading.Thread(target=press, args=[client]) for client in (beto, caro)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert Revision.objects.count() == 1
