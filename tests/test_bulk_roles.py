"""Bulk work belongs to publishers: every role against every page of it, by request."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

IMPORTS = [
    ("directory_contactpoint", "contact-points"),
    ("directory_channel", "channels"),
    ("directory_channel", "channel-contacts"),
    ("escalations_escalationcontact", "escalation-contacts"),
    ("escalations_escalationcontact", "escalation-contact-uses"),
]


@pytest.fixture(autouse=True)
def _roles(settings):
    settings.AXES_ENABLED = False
    call_command("loaddata", "roles", verbosity=0)


@pytest.mark.parametrize(
    ("role", "may_work_in_bulk"),
    [("Publicadores", True), ("Editores", False), ("Lectores", False)],
)
def test_only_publishers_work_in_bulk_and_everybody_exports(client, role, may_work_in_bulk):
    service = factories.complete_service()
    point = service.channels.first().contact_uses.get().contact_point
    user = factories.UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    expected = 200 if may_work_in_bulk else 403
    for page, sheet in IMPORTS:
        export = client.get(reverse(f"admin:{page}_export", args=[sheet, "csv"]))
        assert (page, export.status_code) == (page, 200)
        answer = client.post(reverse(f"admin:{page}_import", args=[sheet]))
        assert (page, answer.status_code) == (page, expected)
    replace = reverse("admin:directory_contactpoint_replace")
    assert client.get(replace, {"ids": point.pk}).status_code == expected
    copy = reverse("admin:directory_service_copy", args=[service.pk])
    assert client.get(copy).status_code == expected
