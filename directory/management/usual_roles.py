"""The roles of `fixtures/roles.json`, with names in the organisation's language."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils.translation import override, pgettext_lazy

FIXTURE = Path(settings.BASE_DIR) / "fixtures" / "roles.json"
# By the names in the fixture.
NAMES = {
    "Lectores": pgettext_lazy("role", "Readers"),
    "Editores": pgettext_lazy("role", "Editors"),
    "Publicadores": pgettext_lazy("role", "Publishers"),
    "Auditores": pgettext_lazy("role", "Auditors"),
}


def make_usual_roles() -> list[Group]:
    """Store those that are not there, under their name in the organisation's language or that of
    the fixture, and return them. A query for each permission of what is made."""
    known = set(Group.objects.values_list("name", flat=True))
    made = []
    with override(settings.ORGANIZATION.language):
        for each in json.loads(FIXTURE.read_text(encoding="utf-8")):
            fields = each["fields"]
            name = str(NAMES[fields["name"]])
            if known & {name, fields["name"]}:
                continue
            role = Group.objects.create(name=name)
            role.permissions.set(
                Permission.objects.get_by_natural_key(*key) for key in fields["permissions"]
            )
            made.append(role)
    return made
