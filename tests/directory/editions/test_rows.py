"""Plain rows say what the rows of Django say."""

from datetime import date

import pytest
from django.core.management import call_command

from directory.editions.compose import Composer, compose
from directory.editions.rows import read_rows
from directory.models import Channel, ContactPoint, Schedule, Service
from escalations.models import Absence, EscalationContact
from tests.factories import PhoneFactory, complete_service

FIXTURES = ["shared", "certifactura", "clave_segura", "mesa_de_ayuda"]
FIXTURES += ["subasta_electronica", "camara_comercio_bogota"]
pytestmark = pytest.mark.django_db


def documents(keys):
    return list(Composer().documents(keys))


def test_documents_of_plain_rows_are_those_of_djangos():
    call_command("loaddata", *FIXTURES, verbosity=0)
    call_command("loaddata", "example_shop", verbosity=0)
    keys = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    assert len(keys) >= 5
    composed = compose(Service.objects.order_by("pk"))
    assert documents(keys) == [(service.pk, document) for service, document in composed]


def test_chains_of_replacements_and_of_stand_ins_are_followed():
    service = complete_service(slug="uno", name="Uno")
    last = None
    for day in (4, 3, 2):
        last = PhoneFactory(replaced_by=last, replaced_on=date(2027, 1, day + 1) if last else None)
    number = ContactPoint.objects.filter(channelcontacts__channel__service=service).first()
    ContactPoint.objects.filter(pk=number.pk).update(replaced_by=last, replaced_on="2027-01-02")
    before = EscalationContact.objects.filter(levels__policy__service=service).first()
    for each in range(4):
        stand_in = EscalationContact.objects.create(
            code=f"suplente-{each}", name=f"Suplente {each}"
        )
        Absence.objects.create(
            contact=before, stand_in=stand_in, first_day=date(2027, 1, 1), last_day=date(2027, 1, 9)
        )
        before = stand_in
    ((_service, expected),) = compose(Service.objects.all())
    assert documents([service.pk]) == [(service.pk, expected)]
    assert len(expected.escalation.absences) == 4


def test_what_many_share_is_one_object_and_nothing_leads_back():
    services = [complete_service(slug=slug, name=slug) for slug in ("uno", "dos")]
    Channel.objects.update(schedule=Schedule.objects.first())
    rows = read_rows(Service, [each.pk for each in services], ["channels__schedule__spans"])
    assert [row.slug for row in rows] == ["uno", "dos"]
    schedules = {id(channel.schedule) for row in rows for channel in row.channels.all()}
    assert len(schedules) == 1
    assert not hasattr(rows[0].channels.all()[0], "service")


def test_queries_grow_neither_with_services_nor_with_rows(django_assert_num_queries):
    keys = [complete_service(slug=f"s-{n}", name=f"S {n}").pk for n in range(3)]
    composer = Composer()
    with django_assert_num_queries(2):
        read_rows(Service, keys[:1], ["channels"])
    with django_assert_num_queries(2):
        read_rows(Service, keys, ["channels"])
    assert [key for key, _document in composer.documents([keys[2], keys[0]])] == [keys[2], keys[0]]
