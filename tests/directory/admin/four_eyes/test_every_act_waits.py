"""With FOUR_EYES=all no act of the back office publishes alone, whichever page it comes from; and
each is published by a second person."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from directory.models import Edition, Proposal, Service
from tests.directory.admin.four_eyes.proposals import decide
from tests.directory.admin.test_every_act import ACTIONS, ACTS, CHANGES, ROWS
from tests.editing import Deleting, DeletingSelected, Editing
from tests.factories import complete_service

pytestmark = pytest.mark.django_db


class Counting(Client):
    """A client that does something before the post of that number."""

    def __init__(self, user):
        super().__init__()
        self.force_login(user)
        self.posts, self.before, self.do = 0, 0, lambda: None

    def post(self, *args, **kwargs):
        self.posts += 1
        if self.posts == self.before:
            self.do()
        return super().post(*args, **kwargs)


def change(label):
    return lambda client: Editing(client, ROWS[label]()).post(**CHANGES[label])


def delete(deleting, label):
    return lambda client: deleting(client, ROWS[label]()).confirm()


def put_number_on_page(client):
    service = complete_service()
    Editing(client, service).post(introduction="Otra")


EVERY_ACT = {
    **{name: do for name, (do, _actions) in {**ACTS, **ACTIONS}.items()},
    **{f"change {label}": change(label) for label in ROWS},
    **{f"delete {label}": delete(Deleting, label) for label in ROWS},
    **{f"delete selected {label}": delete(DeletingSelected, label) for label in ROWS},
    "change a page": put_number_on_page,
}


def own_editions():
    return Edition.objects.exclude(published_by=None).count()


@pytest.mark.parametrize("name", EVERY_ACT)
def test_nothing_is_published_alone_and_all_is_by_two(name, both, four_eyes):
    ana, beto = both
    do, person = EVERY_ACT[name], User.objects.get(username="ana")
    first = Counting(person)
    with transaction.atomic():
        do(first)
        published, public = own_editions(), Service.objects.published().count()
        transaction.set_rollback(True)
    before = {}
    again = Counting(person)
    again.before = first.posts

    def switch():
        before["editions"] = own_editions()
        before["public"] = Service.objects.published().count()
        four_eyes("all")

    again.do = switch
    do(again)
    assert own_editions() == before["editions"]
    waiting = list(Proposal.objects.waiting())
    # What publishes, or takes a page off, waits; anything else is no matter of two.
    concerns_pages = published > before["editions"] or public < before["public"]
    assert len(waiting) == (1 if concerns_pages else 0)
    for proposal in waiting:
        assert decide(ana, proposal).status_code == 403
        answer = decide(beto, proposal)
        assert answer.status_code == 302, answer.context["obstacles"]
        proposal.refresh_from_db()
        assert proposal.state == "published"
        assert own_editions() == published
        assert Service.objects.published().count() == public
