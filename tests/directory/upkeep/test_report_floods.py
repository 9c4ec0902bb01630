"""Attacks by many reports at once: of six that come together from one network, five are taken."""

from functools import partial

import pytest

from directory.answers.reportable import reportable
from directory.answers.resolve import resolve
from directory.models import ContactReport, DailyCount
from directory.models.contact_reports import Problem
from directory.upkeep import reports
from tests.directory.pages import help_desk
from tests.directory.upkeep.test_reports import NOW
from tests.threads import in_threads


def sent(reported, number):
    return reports.Told(
        reported=reported,
        problem=Problem.NO_ANSWER,
        text="",
        email="",
        form=f"formulario-{number}",
        network="2001:db8:1:2::/64",
    )


@pytest.fixture
def service(transactional_db):
    return help_desk()


def test_of_many_at_once_as_many_are_taken_as_one_after_the_other(service, database_for_threads):
    reported = next(iter(reportable(resolve(service.editions.get(), NOW)).values()))
    works = [
        partial(reports.receive, service.pk, sent(reported, number), NOW) for number in range(8)
    ]
    receipts = in_threads(*works)
    most = reports.OF_ADDRESS_AND_CONTACT
    assert receipts.count(reports.Receipt.TAKEN) == most
    assert in_threads(ContactReport.objects.count) == [most]


def test_a_count_of_the_day_is_never_more_than_it_may_be(database_for_threads):
    take = partial(DailyCount.objects.take, NOW.date(), "x", 5)
    assert in_threads(*[take] * 8).count(True) == 5
