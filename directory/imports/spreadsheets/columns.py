"""What a column holds: how its texts become values, and values become texts.

Built on django-import-export's fields and widgets. What they raise is read by people at the cell,
so each says what to do.
"""

import re
from datetime import date, datetime

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export import widgets
from import_export.fields import Field

from directory.contacts.text import fold
from directory.imports.spreadsheets.cells import tidy

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


class Column(Field):
    """A column. Its `column_name` is its name in code; `heading` is what people read and write.

    `errors_of` names further fields of the model whose errors belong into this column. A cell that
    says what the row holds already leaves the row alone, to the last invisible character.
    """

    # Another model whose rows this column makes and deletes; doing so takes permissions of its own.
    writes = None

    def __init__(self, name, heading, attribute=None, help_text="", errors_of=(), widget=None):
        super().__init__(attribute or name, name, widget or TextWidget())
        self._heading = heading
        self.lookup = self.attribute
        if isinstance(self.widget, ReferenceWidget):
            self.lookup = f"{self.attribute}__{self.widget.field}"
        self.help_text = help_text
        self.errors_of = {self.attribute, self.attribute.partition("__")[0], name, *errors_of}

    @property
    def heading(self) -> str:
        return capfirst(str(self._heading))

    def headings(self):
        """All that this column may be called, folded: in every language, or by its name."""
        from django.conf import settings

        found = {fold(self.column_name), fold(self.column_name.replace("_", " "))}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                found.add(fold(self.heading))
        return found

    def export(self, instance, **kwargs):
        return tidy(super().export(instance, **kwargs) or "")

    def differs(self, instance, row):
        """Whether the row of the file has this column and says something else in it."""
        return self.column_name in row and row[self.column_name] != self.export(instance)

    def save(self, instance, row, is_m2m=False, **kwargs):
        # The same row named again is taken as the file leaves it.
        is_reference = isinstance(self.widget, ReferenceWidget) and not is_m2m
        if instance.pk is None or is_reference or self.differs(instance, row):
            super().save(instance, row, is_m2m, **kwargs)


class FixedColumn(Column):
    """What a row is from its beginning on; another value makes another row."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        if instance.pk is not None and self.clean(row) != self.get_value(instance):
            raise ValueError(
                _("This cannot change: it is “%(held)s”. Create a new one with a code of its own.")
                % {"held": self.export(instance)}
            )
        super().save(instance, row, is_m2m, **kwargs)


class ReminderColumn(Column):
    """Says something of another row, to recognise it by. An import only checks that it is right."""

    def __init__(self, name, heading, attribute, **kwargs):
        super().__init__(name, heading, attribute, **kwargs)
        self.readonly = True
        # What is wrong with the other row itself stands at the column that names it.
        self.errors_of = {self.attribute}

    def save(self, instance, row, is_m2m=False, **kwargs):
        given, held = row[self.column_name], self.export(instance)
        if given and held and _bare(given) != _bare(held):
            raise ValueError(
                _("Here it is “%(held)s”. This column is only to read: change it where it is kept.")
                % {"held": held}
            )


class ListColumn(Column):
    """Several rows by their codes, in one cell. It is saved once the row has a key."""

    is_ordered = False

    def export(self, instance, **kwargs):
        return "" if instance.pk is None else super().export(instance, **kwargs)

    def differs(self, instance, row):
        return self.differs_from(self.export(instance), row)

    def differs_from(self, held: str, row):
        """Whether the row of the file has this column and names other rows than `held` does."""
        if self.column_name not in row:
            return False
        written, held = self.widget.codes(row[self.column_name]), self.widget.codes(held)
        return written != held if self.is_ordered else set(written) != set(held)


class TextWidget(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        return value

    def render(self, value, **kwargs):
        return "" if value is None else str(value)


class DigitsWidget(TextWidget):
    """Digits that are no quantity. A program that took them for one may have written 6017442727.0,
    or have lost some of them: 6,01744E+09."""

    def clean(self, value, row=None, **kwargs):
        if re.fullmatch(r"\d+([.,]\d+)?E[+-]?\d+", value, re.ASCII | re.IGNORECASE):
            raise ValueError(
                _("Digits are lost here. Give the cell the format “Text” and write it again.")
            )
        return re.sub(r"^(\d+)\.0$|^(\d{7,}),0$", r"\1\2", value, flags=re.ASCII)


class WholeNumberWidget(TextWidget):
    """A number from 0 on; an empty cell is 0."""

    def clean(self, value, row=None, **kwargs):
        if not re.fullmatch(r"\d{0,5}", value, re.ASCII):
            raise ValueError(_("Write a whole number from 0 on, such as 3."))
        return int(value or 0)


class DayWidget(TextWidget):
    """A day: 2026-12-31 or 31/12/2026, the day first."""

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        for form in DATE_FORMATS:
            try:
                return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day, no instant
            except ValueError:
                continue
        raise ValueError(
            _("“%(text)s” is no date. Write 31/12/2026 (day first) or 2026-12-31.")
            % {"text": _cut(value)}
        )

    def render(self, value, **kwargs):
        return value.isoformat() if isinstance(value, date) else ""


class ChoiceWidget(TextWidget):
    """One of a model's choices, by its name in any of our languages or by its code."""

    def __init__(self, choices):
        super().__init__()
        self.choices = choices
        self._values = None

    def clean(self, value, row=None, **kwargs):
        if self._values is None:
            self._values = self._by_name()
        try:
            return self._values[fold(value)]
        except KeyError:
            names = ", ".join(str(name) for name in self.choices.labels)
            raise ValueError(_("Write one of these: %s.") % names) from None

    def render(self, value, **kwargs):
        return str(self.choices(value).label) if value in self.choices.values else str(value or "")

    def _by_name(self):
        from django.conf import settings

        found = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                found |= {fold(str(choice.label)): choice.value for choice in self.choices}
        return found | {fold(value): value for value in self.choices.values}


class ReferenceWidget(widgets.ForeignKeyWidget):
    """Another row by its code. The rows are read once per file, whichever are named."""

    def __init__(self, model, field="code"):
        super().__init__(model, field)
        self._rows = {}

    def prepare_rows(self, rows, column):
        """Read what the cells of this column in all rows name; any other code is then unknown."""
        codes = {code for row in rows for code in self.codes(row.get(column, ""))}
        found = self.model.objects.filter(**{f"{self.field}__in": codes})
        self._rows = {getattr(row, self.field): row for row in found}

    def remember(self, instance):
        """A row that has just been made can be named from now on."""
        if isinstance(instance, self.model):
            self._rows[getattr(instance, self.field)] = instance

    def codes(self, value):
        return [value] if value else []

    def clean(self, value, row=None, **kwargs):
        return self.row(value) if value else None

    def row(self, code):
        try:
            return self._rows[code]
        except KeyError:
            raise ValueError(
                _("There is no %(what)s with the code “%(code)s”. Check it, or create it first.")
                % {"what": self.model._meta.verbose_name, "code": _cut(code)}
            ) from None

    def render(self, value, **kwargs):
        return getattr(value, self.field) if value is not None else ""


class ReferencesWidget(ReferenceWidget, widgets.ManyToManyWidget):
    """Several rows by their codes, in one cell: “incidente, solicitud”."""

    def __init__(self, model, field="code", may_be_empty=False):
        widgets.ManyToManyWidget.__init__(self, model, field=field)
        self.may_be_empty = may_be_empty
        self._rows = {}

    def codes(self, value):
        return list(dict.fromkeys(filter(None, (c.strip() for c in re.split(r"[,;\n]", value)))))

    def clean(self, value, row=None, **kwargs):
        codes = self.codes(value)
        if not codes and not self.may_be_empty:
            raise ValueError(_("Write at least one, by its code."))
        return [self.row(code) for code in codes]

    def render(self, value, **kwargs):
        if value is None:
            return ""
        rows = value if isinstance(value, list) else value.all()
        return ", ".join(getattr(row, self.field) for row in rows)


def _cut(text):
    return text if len(text) <= 60 else f"{text[:60]}…"


def _bare(text):
    return re.sub(r"\W", "", fold(text))
