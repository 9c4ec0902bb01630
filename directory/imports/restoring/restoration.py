"""Brings an earlier edition back: what differs now, and the chosen facts of it as a new edition."""

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.editions import dry_run
from directory.editions.document import ServiceDocument
from directory.editions.new_editions import NewEditions
from directory.editions.reading import AlteredEdition, read
from directory.editions.turn import publishing_turn
from directory.imports.fixtures import fixture_import, loadable
from directory.imports.fixtures.records import Place, Problems, Record
from directory.imports.restoring.entries import Change, Entry, entries, parts
from directory.imports.restoring.facts import Fact, chosen, facts
from directory.imports.restoring.present import present_state, then_state
from directory.imports.restoring.state import SHARED, Key, State
from directory.models import (
    Channel,
    ContactPoint,
    Edition,
    RequestType,
    Revision,
    Schedule,
    Service,
)
from directory.models.recording import Recording, record

# How many other services are counted of what is shared.
COUNTED_AT_MOST = 200


@dataclass
class Outcome:
    """What came of putting the facts `wanted` back. `problems`: what is wrong, in words; then
    nothing is changed."""

    wanted: Collection[Fact]
    problems: list[str] = field(default_factory=list)
    editions: NewEditions = field(default_factory=NewEditions)
    pages: dry_run.PageChanges = field(default_factory=dry_run.PageChanges)
    rows: list[Model] = field(default_factory=list)
    recording: Recording | None = None

    @property
    def shown(self) -> str:
        """A digest of what is told of it: another one if anything of that changed meanwhile."""
        facts = [(fact.key, fact.sentences) for fact in self.wanted]
        alike = [(each.sentences, [one.pk for one in each.services]) for each in self.pages.groups]
        told = (facts, self.problems, alike, self.pages.not_compared)
        return hashlib.sha256(repr(told).encode()).hexdigest()


class Restoration:
    """An edition beside the rows of its service as they stand now.

    Raises ValidationError for an edition that was withdrawn, as nobody may read what it said, and
    for one that was altered in the database.
    """

    def __init__(self, edition: Edition) -> None:
        if edition.is_withdrawn:
            message = _(
                "This edition was withdrawn: what it said cannot be put back. Show it again first."
            )
            raise ValidationError(message, code="withdrawn")
        self.edition, self.service = edition, edition.service
        self.document = self._read(edition)
        self.then = then_state(self.document)
        self.now = present_state(self.service, self.then)
        _keep_what_is_newer(self.now, self.then)

    @staticmethod
    def _read(edition: Edition) -> ServiceDocument:
        try:
            return read(edition)
        except AlteredEdition as error:
            message = _("What is stored of this edition is not what was published.")
            raise ValidationError(message, code="altered") from error

    @cached_property
    def facts(self) -> list[Fact]:
        """What is other in the edition, in words of the active language."""
        return facts(self.now, self.then, self.service.slug)

    def change(self, wanted: Collection[Fact]) -> Change:
        """What the chosen facts do to the rows."""
        made = chosen(self.now, self.then, wanted, self.facts)
        return Change(self.service.slug, self.now, made)

    def models(self, wanted: Collection[Fact]) -> list[type[Model]]:
        """The models whose rows are changed by it, parts with what they are parts of."""
        change = self.change(wanted)
        models: list[type[Model]] = [_owner(entry.model) for entry in entries(change)]
        return list(dict.fromkeys([*models, *([Channel] if _gone(change) else [])]))

    def others(self) -> dict[str, list[Service]]:
        """The other services that show what a fact changes, by its key; the first COUNTED_AT_MOST.
        The queries do not grow with the facts."""
        shared = [fact for fact in self.facts if fact.is_shared]
        codes: dict[str, dict[str, None]] = {}
        for fact in shared:
            kind, code = _shared_subject(fact)
            codes.setdefault(kind, {})[code] = None
        found: dict[tuple[str, str], list[int]] = {}
        for kind, of_kind in codes.items():
            found |= {(kind, code): keys for code, keys in _services_of(kind, of_kind).items()}
        wanted = {key for keys in found.values() for key in keys} - {self.service.pk}
        services = Service.objects.in_bulk(list(wanted))
        return {
            fact.key: [
                services[key] for key in found.get(_shared_subject(fact), ()) if key in services
            ]
            for fact in shared
        }

    def restore(
        self,
        wanted: Collection[Fact],
        by: AbstractUser,
        accept: Callable[[Outcome], bool] = lambda outcome: False,
        log: Callable[[Outcome], None] = lambda outcome: None,
    ) -> Outcome:
        """Put the chosen facts back and publish them, if `accept` says so of the outcome; else
        nothing is changed, nor with problems. `log` writes the history, within the recording."""
        outcome = Outcome(wanted)
        change = self.change(wanted)
        try:
            with publishing_turn(), record(by, Revision.Action.RESTORED) as outcome.recording:
                self._write(change, outcome, by)
                if outcome.problems or not accept(outcome):
                    transaction.set_rollback(True)
                else:
                    log(outcome)
        except IntegrityError:
            outcome.problems = [_("This was changed meanwhile. Try again.")]
        return outcome

    def _write(self, change: Change, outcome: Outcome, by: AbstractUser) -> None:
        try:
            Channel.objects.filter(
                service=self.service, code__in=[key[1] for key in _gone(change)]
            ).delete()
        except ProtectedError:
            outcome.problems.append(_("A channel that would go is still in use elsewhere."))
            return
        for part in parts():
            part.make_way(change)
        found = list(entries(change))
        problems = Problems()
        done = fixture_import.bring_in(_records(found), problems, lambda *_: None, by=by)
        outcome.problems = [
            _problem_in_words(found[each.place.number - 1], each.field, each.message, change)
            for each in problems
        ]
        if not outcome.problems:
            outcome.editions = done.editions
            outcome.pages = dry_run.published_changes(done.editions)
            outcome.rows = _rows(found)


def _keep_what_is_newer(now: State, then: State) -> None:
    """When a value was last tried is no fact of the edition; one that is put in the place of
    another nobody has tried since."""
    for key in then.keys("contact_point"):
        if there := now.rows.get(key):
            fields = then.rows[key]
            is_same = (there["kind"], there["value"]) == (fields["kind"], fields["value"])
            fields["verified_on"] = there["verified_on"] if is_same else None


def _gone(change: Change) -> list[Key]:
    return [key for key in change.now.keys("channel") if key not in change.made.rows]


def _records(found: list[Entry]) -> Iterable[Record]:
    for number, entry in enumerate(found, 1):
        yield Record(entry.model._meta.label_lower, {**entry.fields}, Place("", number=number))


def _owner(model: Any) -> type[Model]:
    name = getattr(model, "part_of", "")
    return model._meta.get_field(name).related_model if name else model


def _rows(found: list[Entry]) -> list[Model]:
    """The shared rows: each has a history of its own."""
    codes: dict[Any, list[Any]] = {}
    for entry in found:
        if entry.subject[0] in SHARED and "code" in entry.fields:
            codes.setdefault(entry.model, []).append(entry.fields["code"])
    rows = (model.objects.filter(code__in=each).order_by("pk") for model, each in codes.items())
    return [row for of_model in rows for row in of_model]


def _problem_in_words(entry: Entry, name: str, message: str, change: Change) -> str:
    field = loadable.given_fields(entry.model).get(name)
    what = [str(capfirst(entry.model._meta.verbose_name)), _called(entry, change)]
    label = str(field.verbose_name) if field else ""
    return ": ".join(filter(None, [" ".join(filter(None, what)), label, message]))


def _called(entry: Entry, change: Change) -> str:
    """What people call the row that an object is about."""
    key = entry.subject
    if key[0] == "level":
        return str(key[1])
    if key[0] == "schedule":
        return _("“%s”") % change.made.rows[key]["hours"].name
    fields = change.made.rows.get(("contact_point", key[-1]) if key[0] == "use" else key, {})
    name = fields.get("title") or fields.get("name") or fields.get("label")
    return _("“%s”") % name if name else ""


def _shared_subject(fact: Fact) -> tuple[str, str]:
    subject = fact.subject
    if subject[0] == "use":
        return subject[1], subject[2]
    if subject[0] == "uses":
        return subject[1], subject[2]
    return subject[0], subject[-1]


def _services_of(kind: str, codes: Iterable[str]) -> dict[str, list[int]]:
    """The keys of the services that show each of these rows, by code."""
    people = {part.person_model: part.person_model.paths_from_service for part in parts()}
    models: dict[str, Any] = {
        "contact_point": ContactPoint,
        "schedule": Schedule,
        "request_type": RequestType,
        "person": next(iter(people), None),
    }
    model = models.get(kind)
    if model is None:
        return {}
    keys: dict[str, int] = dict(model.objects.filter(code__in=[*codes]).values_list("code", "pk"))
    services: Any = Service.objects
    if model is ContactPoint:
        found = services.first_showing_contact_points(keys.values(), COUNTED_AT_MOST)
    elif model is Schedule:
        found = services.first_showing_schedules(keys.values(), COUNTED_AT_MOST)
    else:
        paths = people[model] if model in people else RequestType.paths_from_service()
        found = services.first_reaching(paths, keys.values(), COUNTED_AT_MOST)
    return {code: found[key] for code, key in keys.items()}
