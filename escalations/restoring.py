"""The escalation of an earlier edition, brought back into the rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from directory.editions.document import PUBLIC, PublishedStandIn
from directory.imports.restoring.entries import Change, Entry, named, uses
from directory.imports.restoring.state import POLICY, Key
from escalations.compose import public_contacts, published_stand_in
from escalations.models import (
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
    EscalationTime,
)


class EscalationPart:
    """Policies, their levels and times, and who answers."""

    person_model = EscalationContact

    def people(self, codes: Iterable[str]) -> dict[str, PublishedStandIn]:
        """Those who answer now, by code, as documents have them."""
        rows = EscalationContact.objects.filter(code__in=codes).select_related("schedule")
        rows = rows.prefetch_related("contact_uses__contact_point")
        return {
            row.code: replace(
                published_stand_in(row),
                contacts=public_contacts(row, _without_plans(row.contact_uses.all())),
            )
            for row in rows
        }

    def make_way(self, change: Change) -> None:
        """Delete the levels that are stored anew: who answers on the same one follow each other as
        they were stored."""
        for key in _stored_anew(change):
            _kind, number, contact, valid_from = key
            EscalationLevel.objects.filter(
                policy__service__slug=change.slug,
                level=number,
                contact__code=contact,
                valid_from=valid_from,
            ).delete()
            change.anew.add(key)

    def entries(self, change: Change) -> Iterator[Entry]:
        """The objects of the policy, its levels and times, and of who answers."""
        for key in change.made.keys("person"):
            fields = change.fields(key)
            if "schedule" in fields:
                fields["schedule"] = named(fields["schedule"])
            # What an edition does not say of them, they keep.
            public = change.made.rows[key]["public"]
            if public != PUBLIC:
                fields.pop("person", None)
            if public == EscalationContact.Public.ROLE:
                if fields:
                    yield Entry(EscalationContact, {"code": key[1], **fields}, key)
                continue
            contacts, without = uses(change, key, EscalationContactUse, {"contact": [key[1]]})
            if fields or without:
                yield Entry(EscalationContact, {"code": key[1], **fields, **without}, key)
            yield from contacts
        levels = change.made.keys("level") if _levels_change(change) else []
        times = change.made.keys("time") if change.differs("time") else []
        without = {}
        if _levels_change(change) and not levels:
            without["levels"] = []
        if change.differs("time") and not times:
            without["times"] = []
        if levels or times or without or change.fields(POLICY):
            policy = {"service": [change.slug], **change.fields(POLICY), **without}
            yield Entry(EscalationPolicy, policy, POLICY)
        # Rows that answer on one level follow each other as they are stored.
        for key in _in_order(change, levels):
            _kind, number, contact, valid_from = key
            fields = change.fields(key)
            if "request_types" in fields:
                fields["request_types"] = [[code] for code in fields["request_types"]]
            own = {"level": number, "contact": [contact], "valid_from": valid_from}
            yield Entry(EscalationLevel, {"policy": [change.slug], **own, **fields}, key)
        for key in times:
            own = {"level": key[1], "request_type": [key[2]]}
            yield Entry(EscalationTime, {"policy": [change.slug], **own, **change.fields(key)}, key)


def _levels_change(change: Change) -> bool:
    return bool(change.anew) or change.differs("level")


def _in_order(change: Change, keys: list[Key]) -> list[Key]:
    placed = [
        key
        for order, each in change.made.orders.items()
        if order[0] == "level_order"
        for key in each
    ]
    return sorted(keys, key=lambda key: (key[1], placed.index(key)))


def _stored_anew(change: Change) -> Iterator[Key]:
    """Of each step, those that are there, if new ones come before them or they change places."""
    for order, made in change.made.orders.items():
        if order[0] != "level_order":
            continue
        now = change.now.orders.get(order, ())
        for valid_from in dict.fromkeys(key[3] for key in made):
            before = [key for key in now if key[3] == valid_from]
            after = [key for key in made if key[3] == valid_from]
            kept = [key for key in before if key in after]
            comes = [key for key in after if key not in before]
            # One that comes where another goes would take its place.
            takes_a_place = comes and len(kept) < len(before) and kept
            if after != [*kept, *comes] or takes_a_place:
                yield from kept


def _without_plans(uses: Iterable[Any]) -> list[Any]:
    """Uses whose contact points are composed without what replaces them."""
    found = list(uses)
    for use in found:
        use.contact_point.replaced_by = None
    return found
