"""The list of all changes: one line each, found and filtered, as far as one may see."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from directory.models import ContactPoint, Revision
from tests.addresses import change_url, history_url, list_url, page_url
from tests.editing import Deleting, Editing, act
from tests.factories import PhoneFactory, ServiceFactory, weekday_schedule
from tests.html import read
from tests.people import staff

pytestmark = pytest.mark.django_db
LIST = "/admin/directory/revision/"


@pytest.fixture
def changes(people):
    """A bulk confirmation by ana, a schedule that beto renamed, and a number that ana deleted."""
    ana, beto = people
    numbers = [PhoneFactory(label=f"Línea {each}") for each in range(4)]
    act(ana, "verify_selected", *numbers)
    schedule = weekday_schedule(name="Común")
    Editing(beto, schedule).post(name="De todos")
    Deleting(ana, numbers[0]).confirm()
    return numbers, schedule


def listed(client, **query):
    page = client.get(LIST, query)
    assert page.status_code == 200
    return [str(each.action) for each in page.context["cl"].result_list]


def test_each_change_is_a_line_with_who_and_what_and_the_way_back(people, changes):
    _numbers, schedule = changes
    page = read(people[0].get(LIST))
    confirmed, renamed, deleted = Revision.objects.order_by("pk")
    for text in (
        "y 3 más",
        "se modificó: horario «De todos»",
        "Cambios: Nombre: Común → De todos.",
    ):
        assert text in page.seen
    assert page_url(Revision, "undo", confirmed.pk) in page.links
    assert change_url(schedule) in page.links
    # What was deleted has a history, and no form.
    assert history_url(deleted.content_type.model_class()(pk=deleted.object_id)) in page.links
    assert renamed.made_by.username in page.seen


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["deleted", "changed", "confirmed"]),
        ({"who": "me"}, ["deleted", "confirmed"]),
        ({"who": "beto"}, ["changed"]),
        ({"kind": "directory.schedule"}, ["changed"]),
        ({"kind": "nothing"}, ["deleted", "changed", "confirmed"]),
        ({"action__exact": "confirmed"}, ["confirmed"]),
        ({"q": "de TODOS"}, ["changed"]),
        # One of the others that a bulk confirmation is about.
        ({"q": "linea 3"}, ["confirmed"]),
        ({"q": "linea 0"}, ["deleted", "confirmed"]),
    ],
)
def test_changes_are_found_by_who_what_and_name(people, changes, query, found):
    assert listed(people[0], **query) == found


def test_nobody_sees_changes_of_what_he_may_not_see(changes):
    assert listed(staff("view_revision", "view_schedule", username="lector")) == ["changed"]
    assert staff("view_schedule", username="otro").get(LIST).status_code == 403


def test_a_change_is_told_row_by_row(people, changes):
    confirmed = Revision.objects.earliest("pk")
    page = read(people[1].get(change_url(confirmed)))
    assert page.seen.count("Verificado el") >= 4
    assert "Deshacer…" in page.seen


def test_what_was_undone_says_by_whom(people, changes):
    renamed = Revision.objects.get(action="changed")
    people[0].post(page_url(Revision, "undo", renamed.pk))
    assert "se deshizo: ana" in read(people[1].get(LIST)).seen
    assert "Lo deshizo ana." in read(people[1].get(change_url(renamed))).seen


@pytest.mark.parametrize("url", [f"{LIST}999/undo/", f"{LIST}999/change/", f"{LIST}x/change/"])
def test_a_change_that_is_not_there_is_not_found(people, url):
    assert people[0].get(url).status_code == 404


@pytest.mark.parametrize("rows", [2, 9])
def test_pages_take_the_same_queries_for_few_and_many(people, rows, django_assert_max_num_queries):
    ana, _beto = people
    for _number in range(rows):
        Editing(ana, PhoneFactory()).post(label="Otra")
    act(ana, "verify_selected", *ContactPoint.objects.all())
    confirmed = Revision.objects.latest("pk")
    # Content types are read once.
    ana.get(LIST)
    with django_assert_max_num_queries(12):
        ana.get(LIST)
    with django_assert_max_num_queries(12):
        ana.get(change_url(confirmed))
    with django_assert_max_num_queries(30):
        assert ana.get(page_url(Revision, "undo", confirmed.pk)).status_code == 200
    with django_assert_max_num_queries(68):
        assert ana.post(page_url(Revision, "undo", confirmed.pk)).status_code == 302
    with django_assert_max_num_queries(12):
        ana.get(history_url(ContactPoint.objects.first()))


def test_exports_leave_revisions_out(people, changes):
    out = StringIO()
    call_command("dumpdata", "directory", stdout=out)
    assert {row["model"] for row in json.loads(out.getvalue())} == {
        "directory.contactpoint",
        "directory.schedule",
        "directory.timespan",
    }


def test_a_list_without_changes_says_so(people):
    assert listed(people[0]) == []
    ServiceFactory()
    assert people[0].get(list_url(Revision)).status_code == 200
