"""Every list of the back office costs the same for one row and for three."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory import models
from directory.editions.publish import publish
from escalations import models as escalations
from tests.factories import PhoneFactory, complete_service, weekday_schedule

pytestmark = pytest.mark.django_db

LISTS = [
    models.Channel,
    models.ContactPoint,
    models.Edition,
    models.RequestType,
    models.Schedule,
    models.ScheduleException,
    models.Service,
    escalations.EscalationContact,
    escalations.EscalationPolicy,
]


def add_of_everything(number):
    complete_service()
    PhoneFactory(replaced_by=PhoneFactory(), replaced_on="2030-01-01")
    models.RequestType.objects.create(code=f"tipo-{number}", name=f"Tipo {number}")
    models.ScheduleException.objects.create(
        code=f"cierre-{number}", schedule=weekday_schedule(), reason="Cierre",
        first_day="2026-12-24", last_day="2026-12-31",
    )  # fmt: skip
    publish(models.Service.objects.all())


def test_every_list_of_the_directory_is_measured():
    apps = {"directory", "escalations"}
    registered = {model for model in admin.site._registry if model._meta.app_label in apps}
    # The findings are a page of their own, and measured with it.
    assert registered - {models.FindingAcceptance} == {*LISTS}


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.model_name)
def test_a_list_costs_the_same_for_one_row_and_for_three(admin_client, model):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    counts = []
    for number in range(3):
        add_of_everything(number)
        admin_client.get(url)
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(url)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 10


def test_no_page_has_inline_code(admin_client):
    """The content security policy would stop it."""
    add_of_everything(0)
    pages = [reverse("admin:index")]
    for model in LISTS:
        meta = model._meta
        pages.append(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"))
        first = model.objects.first()
        pages += [
            reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=[first.pk])
            for view in ("change", "history")
        ]
    for page in pages:
        content = admin_client.get(page).content.decode()
        assert "<style" not in content, page
        assert " style=" not in content, page
        assert "<script>" not in content, page
        assert " onclick=" not in content, page
