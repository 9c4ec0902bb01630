"""The contact points that a channel or an escalation contact gives, in one cell by their codes."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.imports.spreadsheets.columns import ListColumn, Row
from directory.imports.spreadsheets.sheet import Sheet
from directory.models import ContactPoint

HEADING = _("contact points")
NAMED_AT_MOST = 20


class UsesColumn(ListColumn):
    """The complete list: a contact point that it does not name is taken away from the row.

    What stays keeps its label, extensions and menu options. The rows have the uses as
    `contact_uses`.
    """

    is_ordered = True
    may_be_empty = True
    model = ContactPoint

    def __init__(self) -> None:
        help_text = _(
            "Their codes in order, with commas: all that it gives. One that you delete here is "
            "taken away from it; those that stay keep their extensions and menu options. "
            "Without this column nothing is taken away."
        )
        super().__init__("contact_points", help_text, HEADING, attribute="contact_uses")

    @property
    def writes(self) -> Any:
        """The model of the uses."""
        return self.field.related_model

    @property
    def prefetch(self) -> Prefetch:
        return Prefetch("contact_uses", self.writes.objects.select_related("contact_point"))

    def rows(self, instance: Any) -> list[ContactPoint]:
        return [use.contact_point for use in instance.contact_uses.all()]

    def save(self, instance: Any, row: Row) -> None:
        if self.differs(instance, row):
            give(instance, self.read(row))


class HolderSheet(Sheet):
    """A sheet of what gives contact points. `published_by` is the way from a row to the field that
    says whether customers see it."""

    published_by: str

    def warnings(self, keys: Collection[int]) -> list[str]:
        """That some will be public without any contact point."""
        public = self.queryset().filter(pk__in=keys, **{self.published_by: True})
        bare = [
            " › ".join(filter(None, holder.natural_key()))
            for holder in public.filter(contact_uses=None).distinct()
        ]
        if not bare:
            return []
        warning = ngettext(
            "This one will be public without any contact point: %(named)s. Write their codes in "
            "its column “%(column)s”, or add them right afterwards.",
            "These will be public without any contact point: %(named)s. Write their codes in the "
            "column “%(column)s”, or add them right afterwards.",
            len(bare),
        )
        named = ", ".join(bare[:NAMED_AT_MOST]) + ("…" if len(bare) > NAMED_AT_MOST else "")
        return [warning % {"named": named, "column": HEADING}]


def give(holder: Any, points: Iterable[ContactPoint]) -> None:
    """Make `points` the contact points that `holder` gives, in this order."""
    held = {use.contact_point_id: use for use in holder.contact_uses.all()}
    wanted = [point.pk for point in points]
    holder.contact_uses.filter(contact_point__in=held.keys() - set(wanted)).delete()
    if [key for key in held if key in wanted] == wanted:
        return
    model = holder.contact_uses.model
    uses = [
        held.get(point.pk) or model(contact_point=point, **{model.holder_field: holder})
        for point in points
    ]
    for position, use in enumerate(uses, 1):
        use.position = position
    model.objects.bulk_update([use for use in uses if use.pk], ["position"])
    model.objects.bulk_create([use for use in uses if not use.pk])
