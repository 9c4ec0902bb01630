"""What revisions no longer hold once an edition is withdrawn, and what cannot be put back then."""

import pytest
from django.urls import reverse

from directory.editions.publish import publish
from directory.models import RevisedRow, Revision, Service
from directory.models.revisions import WITHDRAWN
from tests.directory.withdrawals import service_with_line, withdraw_edition
from tests.html import form_values, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


@pytest.fixture
def edited(admin_client):
    """The line is somebody's private number for a while, named after him; then it is not."""
    service, line = service_with_line()
    publish(Service.objects.all())
    url = reverse("admin:directory_contactpoint_change", args=[line.pk])
    for number, label in [("310 555 0199", "Celular de Iván"), ("601 745 0000", "Línea dos")]:
        admin_client.post(url, {"label": label, "phone": number, "_save": "1"})
    withdraw_edition(service, 2)
    return line


def test_no_form_of_a_withdrawn_text_stays_in_a_revision(edited):
    values = RevisedRow.objects.order_by("pk").values_list("before", "after")
    assert list(values) == [
        (
            {"label": "Línea", "phone": "+576017442727"},
            {"label": WITHDRAWN, "phone": WITHDRAWN},
        ),
        (
            {"label": WITHDRAWN, "phone": WITHDRAWN},
            {"label": "Línea dos", "phone": "+576017450000"},
        ),
    ]
    kept = list(Revision.objects.values_list("object_name", "message"))
    assert "Iván" not in str(kept)
    assert "0199" not in str(kept)


def test_what_was_withdrawn_is_not_undone(admin_client, edited):
    first, second = Revision.objects.order_by("pk")
    for revision in (first, second):
        page = admin_client.post(reverse("admin:directory_revision_undo", args=[revision.pk]))
        assert page.status_code == 409
        assert "los textos de entonces se retiraron" in read(page).seen
    edited.refresh_from_db()
    assert edited.label == "Línea dos"


def test_what_was_withdrawn_is_not_ticked_to_be_put_back(admin_client, edited):
    first = Revision.objects.earliest("pk")
    args = [first.pk, "directory", "contactpoint", edited.pk]
    url = reverse("admin:directory_revision_restore", args=args)
    page = admin_client.get(url)
    assert "fact" not in form_values(page)
    assert "[retirado]" in read(page).seen

    fact = f"directory.contactpoint:{edited.pk}:label"
    page = admin_client.post(url, {**form_values(page), "fact": fact, "_save": "1"})

    assert page.status_code == 409
    assert "los textos de entonces se retiraron" in read(page).seen
