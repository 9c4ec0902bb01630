"""What a form of the back office shows and what is typed into it, as values to compare and keep."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.utils import flatten_fieldsets
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import CASCADE, QuerySet
from django.forms import CheckboxInput
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils import timezone

from directory.admin.merge import OBJECT, Row, Rows, Values


def name_of(model, key) -> str:
    """What a snapshot of this object is signed for."""
    return f"directory.admin.snapshots:{model._meta.label_lower}:{key}"


@dataclass
class Snapshot:
    """The rows of a form at an instant. `facts` are what only the form for adding asks for; `below`
    has a digest of what belongs to a row and goes with it, but is edited elsewhere."""

    at: datetime
    rows: Rows
    facts: Values
    below: dict[Row, str]

    def is_like(self, other: "Snapshot") -> bool:
        """Whether the same was stored at both instants."""
        return (self.rows, self.below) == (other.rows, other.below)

    def changed_below(self, before: "Snapshot") -> set[Row]:
        """The rows of both whose own rows are others than before."""
        rows = self.rows.keys() & before.rows.keys()
        return {row for row in rows if self.below.get(row) != before.below.get(row)}

    def dumps(self, of: str) -> str:
        """The text that travels with the form of the object named `of`, signed."""
        rows = [[*row, values] for row, values in self.rows.items()]
        below = [[*row, digest] for row, digest in self.below.items()]
        content = {"at": self.at.isoformat(), "rows": rows, "facts": self.facts, "below": below}
        return signing.dumps(content, salt=of, compress=True)

    @classmethod
    def loads(cls, text: str, of: str) -> "Snapshot | None":
        """The snapshot of a text that `dumps` made for the same object; None for any other."""
        try:
            content = signing.loads(text, salt=of)
        except signing.BadSignature:
            return None
        rows = {(prefix, pk): values for prefix, pk, values in content["rows"]}
        below = {(prefix, pk): digest for prefix, pk, digest in content.get("below", [])}
        return cls(datetime.fromisoformat(content["at"]), rows, content["facts"], below)


class StoredForm:
    """An object's form with its inlines, filled from the database and not from what was typed."""

    def __init__(self, model_admin, request, obj):
        self.model_admin, self.request, self.obj = model_admin, request, obj
        fieldsets = flatten_fieldsets(model_admin.get_fieldsets(request, obj))
        form_class = model_admin.get_form(request, obj, change=True, fields=fieldsets)
        self.form = form_class(instance=obj)
        self.formsets, prefixes = {}, {}
        for formset_class, inline in model_admin.get_formsets_with_inlines(request, obj):
            # As ModelAdmin._create_formsets names them.
            prefix = formset_class.get_default_prefix()
            prefixes[prefix] = prefixes.get(prefix, 0) + 1
            if prefixes[prefix] > 1:
                prefix = f"{prefix}-{prefixes[prefix]}"
            self.formsets[prefix] = formset_class(
                instance=obj, prefix=prefix, queryset=inline.get_queryset(request)
            )

    def snapshot(self) -> Snapshot:
        """What is stored now."""
        rows, below = {OBJECT: _shown(self.form, self.form.fields)}, {}
        for prefix, formset in self.formsets.items():
            for form in formset.initial_forms:
                rows[prefix, str(form.instance.pk)] = _shown(form, own_fields(formset))
            keys = [form.instance.pk for form in formset.initial_forms]
            for pk, digest in _digests_below(formset.model, keys).items():
                below[prefix, str(pk)] = digest
        return Snapshot(timezone.now(), rows, self._facts(), below)

    def typed(self, posted: QueryDict) -> tuple[Rows, list[tuple[str, Values]]]:
        """What was typed: the rows that the form showed (without those to delete), and new ones."""
        rows = {OBJECT: _typed(self.form.fields, posted, "")}
        added = []
        for prefix, formset in self.formsets.items():
            for number in range(_count(posted, f"{prefix}-TOTAL_FORMS", formset.absolute_max)):
                start = f"{prefix}-{number}-"
                pk = posted.get(start + formset.model._meta.pk.name, "")
                if start + "DELETE" in posted:
                    continue
                values = _typed(own_fields(formset), posted, start)
                if pk:
                    rows[prefix, pk] = values
                else:
                    added.append((prefix, values))
        return rows, added

    def posted(self, kept: dict[Row, Values | None], added, others: QueryDict) -> QueryDict:
        """The rows as a browser would post this form; `others` gives whatever it has no field for.

        In `kept`, None means that the row is to be deleted.
        """
        names = set(self.form.fields)
        result = QueryDict(mutable=True)
        for name, values in others.lists():
            formset = next((p for p in self.formsets if name.startswith(f"{p}-")), None)
            if name not in names and formset is None:
                result.setlist(name, values)
        _put(result, "", self.form.fields, kept[OBJECT])
        for prefix, formset in self.formsets.items():
            stored = [str(form.instance.pk) for form in formset.initial_forms]
            fields = own_fields(formset)
            new = [values for owner, values in added if owner == prefix]
            result[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
            result[f"{prefix}-TOTAL_FORMS"] = str(len(stored) + len(new))
            for name in ("MIN_NUM_FORMS", "MAX_NUM_FORMS"):
                result[f"{prefix}-{name}"] = others.get(f"{prefix}-{name}", "")
            for number, pk in enumerate(stored):
                start = f"{prefix}-{number}-"
                result[start + formset.model._meta.pk.name] = pk
                result[start + formset.fk.name] = str(self.obj.pk)
                values = kept[prefix, pk]
                if values is None:
                    result[start + "DELETE"] = "on"
                    values = _shown(formset.initial_forms[number], fields)
                _put(result, start, fields, values)
            for number, values in enumerate(new, len(stored)):
                _put(result, f"{prefix}-{number}-", fields, values)
        return result

    def _facts(self):
        """What only the form for adding asks for, such as the code, to make the object again."""
        adding = self.model_admin.get_form(self.request, None).base_fields
        names = [name for name in adding if name not in self.form.fields]
        values = model_to_dict(self.obj, names)
        return {name: as_posted(adding[name], value) for name, value in values.items()}


def own_fields(formset):
    """The form fields of a formset's rows that a person fills in, by name."""
    internal = {formset.model._meta.pk.name, formset.fk.name, "DELETE", "ORDER"}
    fields = formset.empty_form.fields
    return {name: field for name, field in fields.items() if name not in internal}


def owned(model):
    """The relations of a model through which rows belong to it and are deleted with it."""
    return [each for each in model._meta.related_objects if each.on_delete is CASCADE]


def _digests_below(model, keys):
    """For each of these keys that has any: a digest of the rows that belong to it."""
    found = defaultdict(list)
    for relation in owned(model) if keys else ():
        of_these = {f"{relation.field.name}__in": keys}
        for row in relation.related_model._base_manager.filter(**of_these).order_by("pk").values():
            found[row[relation.field.attname]].append((relation.name, row))
    return {pk: hashlib.sha256(repr(rows).encode()).hexdigest()[:16] for pk, rows in found.items()}


def as_posted(field, value) -> list[str]:
    """The value of a form field as a browser would post it."""
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple | set | QuerySet):
        return sorted(map(str, field.prepare_value(value)))
    value = field.prepare_value(value)
    if value in (None, ""):
        return []
    shown = field.widget.format_value(value)
    # Browsers post every line break as two characters.
    return [
        str(each).replace("\r\n", "\n") for each in (shown if isinstance(shown, list) else [shown])
    ]


def _shown(form, names):
    return {name: as_posted(form.fields[name], form[name].initial) for name in names}


def _typed(fields, posted, start):
    """What was typed in the way that it would be shown again, so that 7:00 equals 07:00:00."""
    values = {}
    for name, field in fields.items():
        raw = field.widget.value_from_datadict(posted, {}, start + name)
        try:
            values[name] = as_posted(field, field.clean(raw))
        except ValidationError:
            values[name] = [text for text in posted.getlist(start + name) if text]
    return values


def _put(result, start, fields, values):
    for name, texts in values.items():
        widget = fields[name].widget
        if texts:
            result.setlist(start + name, texts)
        elif not isinstance(widget, CheckboxInput) and not getattr(
            widget, "allow_multiple_selected", False
        ):
            result[start + name] = ""


def _count(posted, name, most):
    text = posted.get(name, "")
    return min(int(text[:9]), most) if text.isascii() and text.isdigit() else 0
