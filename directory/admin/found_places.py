"""What somebody looks for in the back office, and where it was found, in words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Case, Model, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from directory.admin.where_used import change_link
from directory.answers import instants
from directory.answers.former_contacts import SHORTEST_NUMBER, find_former, may_be_short_code
from directory.answers.search import LONGEST, WORDS_AT_MOST, parse_query
from directory.answers.structures import Directory, SearchHit
from directory.contacts.kinds import VALUE_FIELDS
from directory.contacts.phones import plain
from directory.contacts.text import fold
from directory.models import ContactPoint, ContactPointUse, Edition, Service
from directory.models.services import reachable

# As many are told.
PLACES_AT_MOST = 5
# Shorter texts stand in every menu.
SHORTEST_WORDS = 4
# As long as an extension may be.
LONGEST_EXTENSION = 10


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What somebody typed: its folded words; the digits of a number as E.164 has them; the
    extensions, of which `has_extension` was said; the codes that it may be."""

    text: str
    words: tuple[str, ...]
    digits: tuple[str, ...]
    extensions: tuple[str, ...]
    has_extension: bool
    codes: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Sought":
        typed = text[:LONGEST].replace("\0", " ").strip().split(" ")
        text = " ".join(typed[:WORDS_AT_MOST])
        query = parse_query(text)
        alone = [plain(text)] if text.isdecimal() and len(text) <= LONGEST_EXTENSION else []
        # E.164 has no zeros that are dialled within a country: 018000.
        digits = dict.fromkeys(re.sub(r"^0+(?=\d{3})", "", form) for form in query.numbers)
        codes = dict.fromkeys([slugify(text), slugify(" ".join(query.words))])
        return cls(
            text=text,
            words=query.words,
            digits=tuple(digits),
            extensions=query.extensions or tuple(alone),
            has_extension=bool(query.extensions),
            codes=tuple(filter(None, codes)),
        )

    @property
    def may_be_former(self) -> bool:
        """Whether it may be a number or an address that pages gave once."""
        is_number = any(len(form) >= SHORTEST_NUMBER for form in self.digits)
        return is_number or "@" in self.text or may_be_short_code(self.text)

    def number(self, path: str = "") -> Q:
        """The condition that a contact point, to which `path` leads, has the number. Nothing has
        where no number was typed."""
        found = Q(pk__in=[])
        for digits in self.digits:
            found |= Q((f"{path}phone__contains", digits)) | Q((f"{path}sms__contains", digits))
        return found

    def place(self, path: str = "") -> Q:
        """The condition that a contact point, to which `path` leads, is a place with these words,
        in whatever lines."""
        words = (word.strip(",;") for word in self.words)
        each = (Q((f"{path}address__folded__contains", word)) for word in words)
        return reduce(and_, each, ~Q((f"{path}address", "")))

    def in_uses(self, model: type[ContactPointUse]) -> Q:
        """The condition that a use of a contact point gives the number, with the extension if one
        was said; or has it as its extension; or belongs to the service or request type."""
        number, extended = self.number("contact_point__"), Q(pk__in=[])
        number |= self.place("contact_point__")
        for field in {*VALUE_FIELDS} - {"phone", "address"}:
            number |= Q((f"contact_point__{field}__icontains", self.text))
        if len(self.text) >= SHORTEST_WORDS:
            for field in ("label", "menu_options"):
                words = (Q((f"{field}__folded__contains", word)) for word in self.words)
                number |= reduce(and_, words, ~Q((field, "")))
        for extension in self.extensions:
            extended |= Q(extensions__regex=rf"(^|, ){extension}(,|$)")
        services = Service.objects.order_by().filter(slug__in=self.codes)
        asked = reachable(services, model)
        holder: Any = model._meta.get_field(model.holder_field)
        if hasattr(holder.related_model, "request_types"):
            asked |= Q((f"{model.holder_field}__request_types__code__in", self.codes))
        if self.has_extension and self.digits:
            return number & extended
        return number | extended | asked

    def is_shown_by(self, row: Model) -> bool:
        """Whether a row of a list shows what was typed."""
        if self.has_extension:
            return False
        number = str(getattr(row, "phone", "") or "")
        if number and any(digits in number for digits in self.digits):
            return True
        texts = [str(row), *(str(getattr(row, name, "")) for name in ("code", *VALUE_FIELDS))]
        shown = fold("\n".join(texts))
        is_code = any(code in slugify(shown) for code in self.codes)
        return is_code or all(word in shown for word in self.words)


def in_words(rows: list[Model], sought: Sought) -> Iterator[str]:
    """Where the rows have what was sought, if they do not show it, and what has taken the place of
    old numbers. Two queries where a row does not show it, and those of `find_former` for what no
    row has."""
    if not sought.words:
        return
    yield from _replaced(rows, sought)
    hidden = [row for row in rows if not sought.is_shown_by(row)]
    if not hidden:
        return
    uses = list(_uses(hidden, sought))
    for use in uses[:PLACES_AT_MOST]:
        yield _place(use)
    if not uses and sought.may_be_former:
        for service, hit in _former(sought)[:PLACES_AT_MOST]:
            yield _former_place(service.name, hit)


def by_row(
    rows: list[Any], sought: Sought, use_models: Iterable[type[ContactPointUse]]
) -> dict[int, list[str]]:
    """By primary key of contact points, or of what gives them: what has taken their place, and
    where each is given, first where that has what was sought. At most one query for each of the
    models of uses."""
    told: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        told[row.pk] += _replaced([row], sought)
    for name, use in _first_uses(rows, sought, use_models):
        told[getattr(use, f"{name}_id")].append(_place(use, without=name))
    return told


def what_is_there_now(sought: Sought) -> Iterator[tuple[str, str]]:
    """The slugs of services that once gave the number or the address that was sought, each with
    what it gives there today, in words."""
    former = _former(sought) if sought.may_be_former else []
    codes = [hit.contact.code for _service, hit in former if hit.contact]
    points = {each.code: each for each in ContactPoint.objects.filter(code__in=codes)}
    for service, hit in former:
        point = points.get(hit.contact.code) if hit.contact else None
        yield service.slug, _former_place(service.name, hit, change_link(point) if point else "")


def codes_in_place_of(sought: Sought) -> list[str]:
    """The codes of the contact points that are now where pages once gave what was sought."""
    return [hit.contact.code for _service, hit in _former(sought) if hit.contact]


def _first_uses(
    rows: list[Any], sought: Sought, use_models: Iterable[type[ContactPointUse]]
) -> Iterator[tuple[str, ContactPointUse]]:
    """The first uses of each of the rows, or by it, with the name of the key that leads to it."""
    kind = type(rows[0]) if rows else None
    for model in use_models:
        holder: Any = model._meta.get_field(model.holder_field)
        if kind in (ContactPoint, holder.related_model):
            name = "contact_point" if kind is ContactPoint else model.holder_field
            has_it = Q(pk__in=model.objects.order_by().filter(sought.in_uses(model)).values("pk"))
            first = Window(
                RowNumber(),
                partition_by=name,
                order_by=[Case(When(has_it, then=0), default=1), "position", "pk"],
            )
            uses = model.objects.filter(**{f"{name}__in": rows}).annotate(nth=first)
            for use in uses.filter(nth__lte=PLACES_AT_MOST).with_holders().order_by("nth", "pk"):
                yield name, use


def _uses(rows: list[Model], sought: Sought) -> Iterator[ContactPointUse]:
    """The uses, by the rows or of them, that have what was sought."""
    kind = type(rows[0])
    for model in ContactPoint.use_models():
        holder: Any = model._meta.get_field(model.holder_field)
        if kind in (ContactPoint, holder.related_model):
            name = "contact_point" if kind is ContactPoint else model.holder_field
            found = model.objects.filter(sought.in_uses(model), **{f"{name}__in": rows})
            yield from found.with_holders().order_by("pk").distinct()[:PLACES_AT_MOST]


def _replaced(rows: list[Model], sought: Sought) -> Iterator[str]:
    """What has taken, or will take, the place of numbers that were typed."""
    points = [row for row in rows if isinstance(row, ContactPoint) and row.replaced_by_id]
    typed = [point for point in points if sought.is_shown_by(point)]
    for old in typed[:PLACES_AT_MOST] if sought.digits else ():
        if old.replaced_by and old.replaced_on:
            due = _("{old}: it is {new} since {day}.")
            planned = _("{old}: it will be {new} from {day} on.")
            yield format_html(
                due if old.replaced_on <= localdate() else planned,
                old=old.display,
                new=change_link(old.replaced_by),
                day=date_format(old.replaced_on),
            )


def _place(use: ContactPointUse, without: str = "") -> str:
    """Who gives which contact point, without the one of the two that is known (the name of its
    key), and with what is said besides."""
    extensions = _("ext. %s") % use.extensions if use.extensions else ""
    if without:
        known = use.holder if without == "contact_point" else use.contact_point
        besides = (part for part in (extensions, use.menu_options) if part)
        return format_html_join(", ", "{}", ((part,) for part in (change_link(known), *besides)))
    place = {"where": change_link(use.holder), "what": change_link(use.contact_point)}
    if extensions:
        return format_html(_("{where}: {what}, {extensions}"), **place, extensions=extensions)
    return format_html(_("{where}: {what}"), **place)


def _former(sought: Sought) -> list[tuple[Directory, SearchHit]]:
    """What is now where pages once gave what was sought, with the service."""
    found = find_former(Edition.objects.public(), sought.text, instants.now())
    return [(each.directory, hit) for each in found for hit in each.hits]


def _former_place(service: str, hit: SearchHit, link: str = "") -> str:
    place = {"old": hit.former, "service": service, "where": hit.where}
    if hit.contact is None:
        return format_html(_("{service}, {where}: {old} is given no more."), **place)
    sentence = _("{service}, {where}: {old} is {new} today.")
    return format_html(sentence, **place, new=link or hit.contact.display)
