"""The contact points that channels and escalation contacts give: in one cell of what gives them, by
their codes, and in a sheet with a line for each, with what is particular to it."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.imports.spreadsheets.columns import (
    Column,
    DigitsColumn,
    PositionColumn,
    ReminderColumn,
    Row,
    refusal,
)
from directory.imports.spreadsheets.references import ListColumn, ReferenceColumn
from directory.imports.spreadsheets.sheet import Sheet
from directory.models import ContactPoint, ContactPointUse, Service
from directory.models.services import reachable

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
            "Codes, numbers or addresses in order, with commas: all that it gives. One that you "
            "delete here is taken away from it; those that stay keep their extensions and menu "
            "options. "
            "Without this column nothing is taken away."
        )
        super().__init__("contact_points", help_text, HEADING, attribute="contact_uses")

    @property
    def prefetch(self) -> Prefetch:
        # Joined: SQLite follows no more than a thousand foreign keys in a query of their own.
        uses = self.field.related_model._default_manager
        return Prefetch("contact_uses", uses.select_related("contact_point"))

    def rows(self, instance: Any) -> list[ContactPoint]:
        return [use.contact_point for use in instance.contact_uses.all()]

    def fill(self, instance: Any, row: Row) -> None:
        super().fill(instance, row)
        actions = ("add", "change", "delete")
        may_change = all(self.sheet.may(each, self.field.related_model) for each in actions)
        if not may_change and self.differs(instance, row):
            raise refusal(_("You may not change this list. Leave it as it is."))

    def save(self, instance: Any, row: Row) -> None:
        if self.differs(instance, row):
            give(instance, self.read(row))

    def save_new(self, instance: Any, row: Row) -> None:
        for position, point in enumerate(self.read(row), 1):
            instance.contact_uses.create(contact_point=point, position=position)


class HolderSheet(Sheet):
    """A sheet of what gives contact points."""

    def warnings(self, keys: Collection[int]) -> list[str]:
        """That some will be public without any contact point."""
        model: Any = self.model
        is_public = reachable(Service.objects.published(), model)
        bare = self.queryset().filter(is_public, pk__in=keys, contact_uses=None)
        names = [" › ".join(holder.natural_key()) for holder in bare.order_by("pk")]
        if not names:
            return []
        warning = ngettext(
            "This one will be public without any contact point: %(named)s. Write their codes in "
            "its column “%(column)s”, or add them right afterwards.",
            "These will be public without any contact point: %(named)s. Write their codes in the "
            "column “%(column)s”, or add them right afterwards.",
            len(names),
        )
        named = ", ".join(names[:NAMED_AT_MOST]) + ("…" if len(names) > NAMED_AT_MOST else "")
        return [warning % {"named": named, "column": HEADING}]

    def parts(self, instance: Any) -> Iterable[Model]:
        uses: Iterable[Model] = instance.contact_uses.all()
        return uses


class ExtensionsColumn(DigitsColumn):
    """Extensions; those that differ only by zeros in front were spoilt by Excel, not edited."""

    def fill(self, instance: ContactPointUse, row: Row) -> None:
        stored = self.text(instance)
        written = row.get(self.name, stored)
        if written != stored and _without_zeros(written) == _without_zeros(stored):
            message = _(
                "Here it is “%(held)s”: Excel takes zeros away. Give the cell the format “Text” "
                "and write it again, or change it in the form."
            )
            raise refusal(message, held=stored)
        super().fill(instance, row)


class UseSheet(Sheet):
    """What something gives: a contact point with its extensions and menu options."""

    model: type[ContactPointUse]

    # What every sheet of uses has, behind the columns of what gives the contact point.
    use_columns: list[Column] = [
        ReferenceColumn("contact_point", _("Its code, or the number or address.")),
        ReminderColumn(
            "value",
            _("Only to read. It changes in the sheet of contact points."),
            _("number or address"),
            attribute="contact_point__display",
        ),
        Column("label", _("Only if this page should call it differently.")),
        Column("menu_options", _("Such as “Opción 2 - opción 4”.")),
        ExtensionsColumn("extensions", _("With commas: 1107, 1109.")),
        PositionColumn("position", _("Its place in the list: 1, 2, 3… Empty: last.")),
    ]

    @property
    def page_model(self) -> type[Model]:
        """The model of what gives the contact points."""
        holder: Any = self.model._meta.get_field(self.model.holder_field)
        return holder.related_model

    def queryset(self) -> QuerySet:
        return self.model.objects.with_holders()

    def subject(self, instance: ContactPointUse) -> Model:
        return instance.holder


def give(holder: Any, points: Iterable[ContactPoint]) -> None:
    """Make `points` the contact points that `holder` gives, in this order."""
    model = holder.contact_uses.model
    held = {use.contact_point_id: use for use in holder.contact_uses.all()}
    holder.contact_uses.exclude(contact_point__in=points).delete()
    for position, point in enumerate(points, 1):
        use = held.get(point.pk) or model(contact_point=point, **{model.holder_field: holder})
        if use.position != position:
            use.position = position
            use.save()


def _without_zeros(text: str) -> list[str]:
    return [digits.lstrip("0") for digits in re.findall(r"\d+", text)]
