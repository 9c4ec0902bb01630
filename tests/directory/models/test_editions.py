"""Editions are never changed, and numbered once each."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from directory.editions.publish import publish
from directory.models import Edition, Service
from tests.factories import complete_service
from tests.refusals import refused_by_the_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    complete_service()
    publish(Service.objects.all())
    return Edition.objects.get()


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.save(),
        lambda edition: edition.save(update_fields=["document"]),
        lambda edition: edition.delete(),
        lambda edition: Edition.objects.update(document="{}"),
        lambda edition: Edition.objects.filter(pk=edition.pk).delete(),
        lambda edition: Edition.objects.bulk_update([edition], ["document"]),
        lambda edition: edition.service.editions.all().delete(),
        lambda edition: edition.service.editions.update(number=7),
        lambda edition: Edition.objects.update_or_create(pk=edition.pk, defaults={"document": ""}),
    ],
)
def test_editions_refuse_to_be_changed(edition, change):
    before = list(Edition.objects.values())
    edition.document = "{}"
    with pytest.raises(PermissionDenied), transaction.atomic():
        change(edition)
    assert list(Edition.objects.values()) == before


@pytest.mark.parametrize("wrong", [{"number": 1}, {"number": 0}, {"digest": None}])
def test_edition_number_and_digest_are_unique_and_numbers_begin_at_one(edition, wrong):
    values = {"number": 2, "digest": "0" * 64, **wrong}
    values["digest"] = values["digest"] or edition.digest
    another = Edition(
        service=edition.service,
        document="{}",
        nonce="0",
        seal="0",
        published_at=edition.published_at,
        **values,
    )
    with refused_by_the_database():
        Edition.objects.bulk_create([another])
