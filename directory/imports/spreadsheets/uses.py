"""The contact points that a channel or an escalation contact gives, in one cell by their codes."""

from django.db.models import Manager, Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.imports.spreadsheets.columns import ListColumn, ReferencesWidget
from directory.models import ContactPoint

HEADING = _("contact points")
NAMED_AT_MOST = 20


class UsesWidget(ReferencesWidget):
    """Takes codes of contact points; gives those of the uses of a row, in their order."""

    def __init__(self):
        super().__init__(ContactPoint, may_be_empty=True)

    def render(self, value, **kwargs):
        if isinstance(value, Manager):
            value = [use.contact_point for use in value.all()]
        return super().render(value, **kwargs)


class UsesColumn(ListColumn):
    """The complete list: a contact point that it does not name is taken away from the row.

    What stays keeps its label, extensions and menu options. `model` is that of the uses; the rows
    have them as `contact_uses`, prefetched with their contact points.
    """

    is_ordered = True

    def __init__(self, model):
        super().__init__(
            "contact_points",
            HEADING,
            attribute="contact_uses",
            widget=UsesWidget(),
            help_text=_(
                "Their codes in order, with commas: all that it gives. One that you delete here is "
                "taken away from it; those that stay keep their extensions and menu options. "
                "Without this column nothing is taken away."
            ),
        )
        self.writes = model

    def save(self, instance, row, is_m2m=False, **kwargs):
        if self.differs(instance, row):
            give(instance, self.clean(row))


def with_contact_points(model):
    """What `prefetch_related` needs for a UsesColumn of uses of this model."""
    return Prefetch("contact_uses", model.objects.select_related("contact_point"))


def without_contact_points(holders) -> list[str]:
    """A warning about those in a queryset of what customers can see that give no contact point."""
    bare = [
        " › ".join(filter(None, holder.natural_key()))
        for holder in holders.filter(contact_uses=None).distinct().order_by("pk")
    ]
    if not bare:
        return []
    warning = ngettext(
        "This one will be public without any contact point: %(named)s. Write their codes in its "
        "column “%(column)s”, or add them right afterwards.",
        "These will be public without any contact point: %(named)s. Write their codes in the "
        "column “%(column)s”, or add them right afterwards.",
        len(bare),
    )
    named = ", ".join(bare[:NAMED_AT_MOST]) + ("…" if len(bare) > NAMED_AT_MOST else "")
    return [warning % {"named": named, "column": HEADING}]


def give(holder, points):
    """Make `points` the contact points that `holder` gives, in this order."""
    held = {use.contact_point_id: use for use in holder.contact_uses.all()}
    wanted = [point.pk for point in points]
    taken_away = [use.pk for key, use in held.items() if key not in wanted]
    if taken_away:
        holder.contact_uses.filter(pk__in=taken_away).delete()
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
