"""Contacts typed as lines: which contact points are there already, which are to be made, and the
uses that what gives them has then."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory.contacts import places
from directory.contacts.kinds import KINDS, PHONE, SHORT_CODE, ContactKind, kind_of
from directory.contacts.lines import ContactLine, read_line, split_lines, write_line
from directory.contacts.text import fold
from directory.models.codes import free_code
from directory.models.contact_point_uses import ContactPointUse
from directory.models.contact_points import ContactPoint

LINES_AT_MOST = 30
LOW_EMAIL = "low_email"
Values = dict[tuple[str, str], str]
"""The value of a text for each kind and field that it can be kept in: (kind, field) -> value."""


def written(use: ContactPointUse) -> str:
    """The line that says a use, in the active language."""
    point = use.contact_point
    details = {"menu_options": use.menu_options, "extensions": use.extensions}
    return write_line(kind_of(point.kind), point.value, label=use.label, **details)


@dataclass
class TypedUse:
    """A contact point, stored or to be made, and the details that a line says of its use."""

    point: ContactPoint
    details: dict[str, str] = field(default_factory=dict)


class TypedContacts:
    """Reads lines of contacts, as uses of the model `uses`. Those of `texts`, all that come with a
    request, are looked up with one query. The contact points that it makes (`made`), each once, are
    not stored."""

    def __init__(self, uses: type[ContactPointUse], texts: Iterable[str]) -> None:
        self._uses = uses
        self._texts = list(texts)
        self._stored: list[ContactPoint] | None = None
        self.made: list[ContactPoint] = []

    def read(
        self, text: str, held: Sequence[ContactPointUse], kind: ContactKind | None, label: str
    ) -> list[TypedUse]:
        """The uses that `text` says, in its order, each contact point once.

        A line as it is `written` is the use of `held` that it was made of. `kind` is that of a
        number of which nothing else says what it is for, `label` what a contact point that is made
        is called where its line says nothing. Raises ValidationError, each error with its line.
        """
        same = {written(use): use for use in held}
        typed: list[TypedUse] = []
        errors: list[ValidationError] = []
        lines = split_lines(text)
        if len(lines) > LINES_AT_MOST:
            message = _("These are more than %(most)d contacts. Leave out some.")
            raise ValidationError(message, "too_many", {"most": LINES_AT_MOST})
        for line in lines:
            try:
                use = same.get(line)
                each = _as_it_is(use) if use else self._use(read_line(line), kind, label)
                if any(each.point is other.point or _same(each, other) for other in typed):
                    raise ValidationError(_("It is here twice. Write it once."), "twice")
                typed.append(each)
            except ValidationError as error:
                errors += [_at(line, text) for text in error.messages]
        if errors:
            raise ValidationError(errors)
        return typed

    # ---- Reading -----------------------------------------------------------------------------

    def _use(self, line: ContactLine, kind: ContactKind | None, label: str) -> TypedUse:
        point = self._found(line, kind) or self._made(line, kind, label)
        own = "" if fold(line.label) == fold(point.label) or point.pk is None else line.label
        details = {"menu_options": line.menu_options, "extensions": line.extensions, "label": own}
        return TypedUse(point, self._checked(point, details))

    def _found(self, line: ContactLine, kind: ContactKind | None) -> ContactPoint | None:
        """The contact point that a line means: by its value, its code or its label."""
        values = possible_values(line)
        points = [*self._known(), *self.made]
        found = [
            point
            for point in points
            if (point.kind, point.value_field) in values
            and _compared(point.value_field, point.value)
            == _compared(point.value_field, values[point.kind, point.value_field])
        ]
        if line.kind is None and kind and kind.is_number:
            # The number of a phone is not that of a chat.
            alike = (kind, SHORT_CODE) if kind is PHONE else (kind,)
            found = [point for point in found if kind_of(point.kind) in alike]
        if found:
            return min(found, key=lambda point: list(KINDS).index(point.kind))
        text = line.text
        named = [p for p in points if p.code == text] or [
            point for point in points if fold(point.label) == fold(text)
        ]
        if len(named) > 1:
            message = _("Several contact points are called so: %(values)s. Write which one.")
            values_of = ", ".join(point.display for point in named[:LINES_AT_MOST])
            raise ValidationError(message, "several", {"values": values_of})
        return named[0] if named else None

    def _made(self, line: ContactLine, kind: ContactKind | None, label: str) -> ContactPoint:
        """A new contact point. Raises ValidationError in the words of its own validation."""
        kind = line.kind or (kind if kind and _may_hold(kind, line) else None)
        if kind is None:
            if not line.is_number:
                message = _(
                    "This is no number and no address, and no contact point is called so. Write "
                    "the number, e-mail or web address."
                )
                raise ValidationError(message, "no_contact")
            kind = SHORT_CODE if (SHORT_CODE.code, "short_code") in possible_values(line) else PHONE
            if (PHONE.code, "phone") in possible_values(line):
                kind = PHONE
        label = line.label or label or str(kind.label)
        point = ContactPoint(kind=kind.code, label=Truncator(label).chars(120))
        try:
            setattr(point, kind.field, _as_kept(kind, line.value))
            point.full_clean(exclude=["code"])
        except ValidationError as error:
            raise ValidationError(list(dict.fromkeys(error.messages))) from error
        self.made.append(point)
        return point

    def _checked(self, point: ContactPoint, details: dict[str, str]) -> dict[str, str]:
        """Details as a use keeps them. Raises ValidationError."""
        use = self._uses(**details)
        use.clean_fields(exclude=["contact_point", use.holder_field])
        # The extensions alone: it knows no contact point.
        use.clean()
        if use.extensions or use.menu_options:
            use.validate_details(point.kinds())
        return {name: getattr(use, name) for name in details}

    def _known(self) -> list[ContactPoint]:
        """The stored contact points that any line of the texts may mean."""
        if self._stored is None:
            sought: dict[str, set[str]] = defaultdict(set)
            for line in _lines(self._texts):
                for (_kind, column), value in possible_values(line).items():
                    sought[LOW_EMAIL if column == "email" else column] |= {value, value.lower()}
                    if column == "address":
                        sought[column].add(value.replace(", ", "\n"))
                if not line.is_number:
                    sought["code"].add(line.text)
                    sought["label__folded"].add(line.text)
            conditions = [Q(**{f"{name}__in": values}) for name, values in sought.items()]
            points = ContactPoint.objects.alias(**{LOW_EMAIL: Lower("email")}).order_by("pk")
            self._stored = list(points.filter(reduce(or_, conditions))) if conditions else []
        return self._stored


def give_typed(holder: Any, typed: Sequence[TypedUse]) -> list[ContactPoint]:
    """Make `typed` what `holder` gives, in this order, and return the contact points that were
    stored for it, with codes. Uses that are not among them are deleted; contact points never are.
    """
    new = [each.point for each in typed if each.point.pk is None]
    made = [point for point in new if not _is_stored_since(point)]
    for point in made:
        point.code = free_code(ContactPoint, point.label)
        point.save()
    model = holder.contact_uses.model
    held = {
        use.contact_point_id: use for use in model.objects.filter(**{model.holder_field: holder})
    }
    given = {each.point.pk for each in typed}
    for key, use in held.items():
        if key not in given:
            use.delete()
    for position, each in enumerate(typed, 1):
        use = held.get(each.point.pk) or model(
            contact_point=each.point, **{model.holder_field: holder}
        )
        now = {**each.details, "position": position}
        if use.pk is None or any(getattr(use, name) != value for name, value in now.items()):
            for name, value in now.items():
                setattr(use, name, value)
            use.save()
    return made


def _is_stored_since(point: ContactPoint) -> bool:
    """Whether another part of the same form has stored the same number or address since it was
    read; then that is `point`. One query."""
    same = {"kind": point.kind, f"{point.value_field}__iexact": point.value}
    stored = ContactPoint.objects.filter(**same).first()
    if stored:
        point.pk, point.code = stored.pk, stored.code
        point._state.adding = False
    return stored is not None


def possible_values(line: ContactLine) -> Values:
    """What the value of a line is kept as, for each kind that it can be of."""
    kinds = [line.kind] if line.kind else [kind for kind in KINDS.values() if kind.is_number]
    if line.kind is None and not line.is_number:
        kinds = [kind for kind in KINDS.values() if kind.is_place]
    values = {}
    for kind in kinds:
        try:
            values[kind.code, kind.field] = str(_as_kept(kind, line.value))
        except ValidationError:
            continue
    return values


def _as_kept(kind: ContactKind, text: str) -> Any:
    """The value of a contact point of this kind that somebody typed. Raises ValidationError."""
    column: Any = ContactPoint._meta.get_field(kind.field)
    return column.clean(column.formfield().to_python(text), None)


def _lines(texts: Iterable[str]) -> Iterator[ContactLine]:
    for text in texts:
        yield from (read_line(line) for line in split_lines(text)[:LINES_AT_MOST])


def _compared(column: str, value: str) -> str:
    """A value as it is compared: capitals make no other e-mail address, lines no other place."""
    return places.in_a_line(value) if column == "address" else value.lower()


def _may_hold(kind: ContactKind, line: ContactLine) -> bool:
    """Whether a value that says nothing of its kind may be one of this kind."""
    return kind.is_number == line.is_number


def _same(one: TypedUse, other: TypedUse) -> bool:
    return one.point.pk is not None and one.point.pk == other.point.pk


def _as_it_is(use: Any) -> TypedUse:
    return TypedUse(use.contact_point, {name: getattr(use, name) for name in use.DETAILS})


def _at(line: str, message: str) -> ValidationError:
    text = _("“%(line)s”: %(reason)s")
    return ValidationError(text, "line", {"line": line[:80], "reason": message})
