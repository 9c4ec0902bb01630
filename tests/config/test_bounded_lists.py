"""Attacks by the address of a list of the back office: it filters by what it offers, and by nothing
else, whichever model it is of."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config import bounded_lists
from config.bounded_lists import LONGEST_SEARCH, BoundedLists
from directory import models
from tests.addresses import list_url
from tests.factories import (
    EscalationContactFactory,
    PhoneFactory,
    UserFactory,
    complete_service,
)
from tests.people import client_of

pytestmark = pytest.mark.django_db
every_list = pytest.mark.parametrize(
    "model", admin.site._registry, ids=lambda model: model._meta.label
)
BACKTRACKING = "(a+)%2B%24"


def lookups(model):
    """Of each field, ways to ask for what no list offers; through relations too."""
    for field in model._meta.get_fields():
        yield f"{field.name}__isnull"
        for lookup in ("regex", "iregex", "contains", "startswith", "gt", "in", "range"):
            yield f"{field.name}__{lookup}"
            if field.is_relation and field.related_model:
                for other in field.related_model._meta.get_fields():
                    yield f"{field.name}__{other.name}__{lookup}"


@every_list
def test_a_list_filters_by_what_it_offers_alone(admin_client, rf, admin_user, model):
    model_admin = admin.site.get_model_admin(model)
    assert isinstance(model_admin, BoundedLists)
    request = rf.get("/")
    request.user = admin_user
    names = {*lookups(model), "pk__in", "pk__regex", "password__regex", "user__password__regex"}
    offered = {*model_admin.offered_lookups(request)}
    assert {name for name in names if model_admin.lookup_allowed(name, "1", request)} <= offered
    assert not any(
        "regex" in name or "contains" in name or "__in" in name for name in offered - {"id__in"}
    )


@every_list
def test_what_a_list_does_not_offer_is_refused_in_words_and_asks_the_database_for_nothing(
    admin_client, model
):
    if model is models.FindingAcceptance:
        # A page of its own, which reads no lookups.
        return
    for name in ("pk__regex", "id__iregex", "pk__in", "user__password__startswith"):
        with CaptureQueriesContext(connection) as queries:
            response = admin_client.get(f"{list_url(model)}?{name}={BACKTRACKING}")
        assert response.status_code == 400
        assert "<h1>No se entendió la solicitud</h1>" in response.content.decode()
        assert not any("REGEX" in query["sql"].upper() or "~" in query["sql"] for query in queries)


def test_a_reader_does_not_guess_what_is_hidden_by_a_filter():
    call_command("loaddata", "roles", verbosity=0)
    complete_service(owner=UserFactory(email="ana@example.com"))
    reader = client_of(UserFactory(is_staff=True, role="Lectores"))
    for query in ("owner__email__startswith=a", "owner__password__gt=a", "owner__is_superuser=1"):
        assert reader.get(f"{list_url(models.Service)}?{query}").status_code == 400


@every_list
@pytest.mark.parametrize(
    "query",
    ["o=" + "1." * 1_500, "p=999999999", "p=" + "9" * 5_000, "e=1&p=999999999", "all=&_facets="],
)
def test_a_list_has_one_order_and_one_page(admin_client, model, query):
    response = admin_client.get(f"{list_url(model)}?{query}")
    assert response.status_code in (200, 302, 400)
    if response.status_code == 302:
        assert response["Location"] == f"{list_url(model)}?e=1"


@pytest.mark.parametrize(
    "query",
    ["first_day__year=9999", "first_day__year=0", f"first_day__year={10**30}",
     "first_day__year=2026&first_day__month=13",
     "first_day__year=9999&first_day__month=12"],
)  # fmt: skip
def test_a_year_that_no_calendar_has_leads_to_the_whole_list(admin_client, query):
    url = list_url(models.ScheduleException)
    response = admin_client.get(f"{url}?{query}")
    assert (response.status_code, response["Location"]) == (302, f"{url}?e=1")
    # Not that the database is broken, as Django says.
    assert admin_client.get(f"{url}?{query}&e=1").status_code == 400


def test_of_a_long_list_the_first_are_counted_and_the_rest_is_told(admin_client, monkeypatch):
    monkeypatch.setattr(bounded_lists, "COUNTED_AT_MOST", 2)
    PhoneFactory.create_batch(2)
    url = list_url(models.ContactPoint)
    assert "Aquí se listan" not in admin_client.get(url).content.decode()
    PhoneFactory()
    page = admin_client.get(url)
    assert page.context["cl"].result_count == 2
    assert "Aquí se listan los primeros 2." in page.content.decode()


def longest(queries):
    return max(len(query["sql"]) for query in queries)


@pytest.mark.parametrize("text", ["a+" * 1_000, "a" * 100_000, "%22a+" * 500, "é" * 20_000])
def test_words_of_a_search_are_bounded(admin_client, text):
    """By how much they ask of the database."""
    EscalationContactFactory()
    autocomplete = "/admin/autocomplete/?app_label=directory&model_name=channel&field_name=service"
    addresses = [f"{list_url(model)}?q=" for model in admin.site._registry]
    addresses += [f"{autocomplete}&term=", "/?q=", "/api/v1/services/?q=", "/admin/search/?q="]
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert admin_client.get(f"{address}{text}", follow=True).status_code == 200
        assert longest(queries) < 60_000, address


def test_a_search_by_a_whole_sentence_finds_what_it_names(admin_client):
    service = complete_service(name="Mesa de ayuda para clientes de la banca en línea y móvil")
    response = admin_client.get(list_url(models.Service), {"q": service.name[:LONGEST_SEARCH]})
    assert [*response.context["cl"].result_list] == [service]


@pytest.mark.parametrize("selected", [{"select_across": "1"}, {"select_across": "0"}])
def test_an_action_takes_a_bounded_number_of_rows(admin_client, monkeypatch, selected):
    points = [PhoneFactory() for _number in range(4)]
    monkeypatch.setattr(bounded_lists, "MOST_SELECTED", 3)
    address = list_url(models.ContactPoint)
    keys = [point.pk for point in points]
    asked = {"action": "verify_selected", "index": "0", **selected}

    with CaptureQueriesContext(connection) as queries:
        response = admin_client.post(address, {**asked, "_selected_action": keys}, follow=True)
    [message] = response.context["messages"]
    assert str(message).startswith("No se hizo nada: hay 4 filas seleccionadas y de una vez se")
    assert not any("UPDATE" in q["sql"] and "contactpoint" in q["sql"] for q in queries)
    assert models.ContactPoint.objects.filter(verified_on=None).count() == 4

    asked["select_across"] = "0"
    admin_client.post(address, {**asked, "_selected_action": keys[:3]})
    assert models.ContactPoint.objects.filter(verified_on=None).count() == 1


def test_actions_with_a_page_of_their_own_take_no_more_than_it_shows():
    """They lead to a page with the keys in its address, which would leave out the others."""
    for model in (models.Edition, models.WithheldText, models.ContactReport):
        assert admin.site.get_model_admin(model).most_selected == 200
