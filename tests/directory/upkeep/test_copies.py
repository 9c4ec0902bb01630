"""A service as the starting point of a new one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from directory.editions.compose import compose
from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Schedule, Service
from directory.upkeep.copies import copy_service
from escalations.models import EscalationContact
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    EscalationTimeFactory,
    RequestTypeFactory,
    ResponseTargetFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
)

pytestmark = pytest.mark.django_db


def document_of(service):
    rows = Service.objects.filter(pk=service.pk)
    return next(composed for _, composed in compose(rows))


def shared():
    models = [ContactPoint, Schedule, EscalationContact]
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_copy_says_the_same_as_its_original_under_its_own_name_and_leaves_it_alone():
    service = complete_service(introduction="Hola")
    use = service.channels.first().contact_uses.get()
    use.extensions, use.menu_options, use.label = "1107", "Opción 2", "Propia"
    use.save()
    ResponseTargetFactory(service=service)
    EscalationTimeFactory(policy=service.escalation_policy)
    level = service.escalation_policy.levels.last()
    level.request_types.set([RequestTypeFactory(code="queja")])
    publish(Service.objects.all())
    before, original = shared(), document_of(service)
    copy = copy_service(service, "Copia", "copia")
    assert document_of(copy) == replace(original, slug="copia", name="Copia")
    assert (copy.is_published, Edition.objects.filter(service=copy).count()) == (False, 0)
    copy.channels.all().delete()
    assert (shared(), document_of(service)) == (before, original)


def test_a_copy_keeps_its_owner_and_was_never_reviewed():
    owner, day = UserFactory(), date(2026, 11, 1)
    reminded = {owner.get_username(): day.isoformat()}
    service = ServiceFactory(owner=owner, reviewed_on=day, reminded_on=reminded)
    copy = copy_service(service, "Copia", "copia")
    copy.refresh_from_db()
    assert (copy.owner, copy.reviewed_on, copy.reminded_on) == (owner, None, {})


def test_a_service_without_an_escalation_can_be_copied():
    service = ChannelFactory().service
    copy = copy_service(service, "Copia", "copia")
    assert [channel.code for channel in copy.channels.all()] == [
        channel.code for channel in service.channels.all()
    ]


@pytest.mark.parametrize(("name", "slug", "field"), [
    ("Copia", "original", "slug"), ("Copia", "con espacio", "slug"), ("", "copia", "name"),
])  # fmt: skip
def test_a_name_or_address_that_cannot_be_is_refused_at_its_field(name, slug, field):
    service = ServiceFactory(slug="original")
    with pytest.raises(ValidationError) as refusal:
        copy_service(service, name, slug)
    assert list(refusal.value.error_dict) == [field]
    assert Service.objects.count() == 1


def test_copying_three_channels_costs_as_many_queries_as_one():
    def queries(count, slug):
        service = ServiceFactory()
        EscalationPolicyFactory(
            service=service, levels=EscalationContactFactory.create_batch(count)
        )
        ChannelFactory.create_batch(count, service=service)
        with CaptureQueriesContext(connection) as captured:
            copy_service(service, slug, slug)
        return len(captured)

    assert queries(1, "uno") == queries(3, "tres")
