"""What an edit does to the public pages, before it is saved.

The edit is made, the pages that it reaches are composed and compared with what the public
reads now (`directory.editions.dry_run`), and then all of it is rolled back: what is shown is what
will be published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from directory.editions import dry_run
from directory.models import Service

# Sent by who has read the warnings and saves all the same.
KNOWINGLY = "_knowingly"
# The buttons of a form and the CSRF token.
NOT_TYPED = frozenset(
    [
        "csrfmiddlewaretoken",
        "_save",
        "_continue",
        "_addanother",
        "_preview",
        "_review",
        "_edit_again",
        KNOWINGLY,
    ]
)


class Rollback(Exception):
    """Ends a trial: carries its effect out of the transaction that it undoes."""

    def __init__(self, effect: "Effect") -> None:
        super().__init__("trial")
        self.effect = effect


@dataclass
class Effect(dry_run.PageChanges):
    """Which public pages change and how, and which appear or are withdrawn as a whole."""

    appearing: list[Service] = field(default_factory=list)
    withdrawn: list[Service] = field(default_factory=list)
    # What the page with it tells besides.
    context: dict[str, Any] = field(default_factory=dict)
    # Whether a second person publishes it.
    waits: bool = False
    # What to know before saving, in words.
    warnings: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return super().count + len(self.appearing) + len(self.withdrawn)

    @property
    def is_any(self) -> bool:
        """Whether a public page changes, or may change."""
        return bool(self.count or self.not_compared)

    @property
    def shown(self) -> tuple[list, int, list]:
        """What the page shows of it, to compare two effects."""
        alike = [(each.sentences, [page.pk for page in each.services]) for each in self.groups]
        whole = [[page.pk for page in pages] for pages in (self.appearing, self.withdrawn)]
        return alike, self.not_compared, whole


def effect(services: Mapping[int, bool]) -> Effect:
    """The effect of the rows as they stand in this transaction on these services' pages.

    Takes the keys of the services, each with whether it had a public page before the edit.
    Sentences are in the active language.
    """
    before = {key for key, is_published in services.items() if is_published}
    after = {*Service.objects.published().filter(pk__among=services).values_list("pk", flat=True)}
    changed = dry_run.page_changes(Service.objects.filter(pk__among=before))
    return Effect(
        **vars(changed),
        appearing=list(Service.objects.filter(pk__in=after - before)),
        withdrawn=list(Service.objects.filter(pk__in=before - after)),
    )


def typed(posted: QueryDict) -> list[tuple[str, str]]:
    """What was typed, as the names and values of hidden fields: posting them saves the form."""
    return [
        (name, value)
        for name, values in posted.lists()
        if name not in NOT_TYPED
        for value in values
    ]
