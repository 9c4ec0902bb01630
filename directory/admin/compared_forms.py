"""Forms that compare three values of each field: what the page showed, what was typed, what is
stored.

Each field of a stored row carries, hidden, what the page showed, as Django's `show_hidden_initial`
does. A field into which nothing was typed keeps the stored value; a field that both changed is an
error at the field, with both values, who changed it and when. Saving once more puts the typed value
in its place: by then the page has shown the other one.

What a page's request does not say, the page did not show: no value is overwritten unseen. Only a
request without any of it, which no page sends but another program, is not compared. The hidden
values are not signed: to forge them only overwrites what one may change anyway.

`show_hidden_initial` itself is not used, because `changed_data` would then be what differs from the
page, and the history would name the changes of others as the user's.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.admin.change_log import changes_since, row_key
from directory.admin.change_messages import display_value

SHOWN_AT = "_shown_at"
CONFLICT = "conflict"


def is_of_a_page(data: Mapping[str, Any]) -> bool:
    """Whether a request comes from a page, which says when it was opened, and not from another
    program."""
    return SHOWN_AT in data


class ComparedField(forms.BoundField):
    """A field of a stored row that carries what the page showed."""

    form: "ComparedForm"

    @cached_property
    def shown(self) -> str | list[str] | None:
        """What the page showed, as it was sent; None if it does not say."""
        widget, name = self.field.hidden_widget(), self.html_initial_name
        data, files = self.form.data, self.form.files
        # No value at all is how a browser sends an empty list.
        is_list = isinstance(widget, forms.MultipleHiddenInput)
        if not is_list and widget.value_omitted_from_data(data, files, name):
            return None
        return widget.value_from_datadict(data, files, name)

    @property
    def stored(self) -> object:
        """The stored value, as a widget takes it."""
        return self.field.prepare_value(self.initial)

    @property
    def typed(self) -> object:
        """What was sent as its value."""
        return super().data

    @cached_property
    def is_typed(self) -> bool:
        """Whether something else than the page showed was typed."""
        form = self.form
        if self.field.widget.value_omitted_from_data(form.data, form.files, self.html_name):
            return False
        return self._differ(self.stored if self.shown is None else self.shown, self.typed)

    @cached_property
    def is_changed_by_others(self) -> bool:
        """Whether something else than the page showed is stored."""
        if self.shown is None:
            return is_of_a_page(self.form.data)
        return self._differ(self.stored, self.shown)

    @property
    def is_contested(self) -> bool:
        """Whether both changed it, and not alike."""
        is_both = self.is_typed and self.is_changed_by_others
        return is_both and self._differ(self.stored, self.typed)

    @property
    def data(self) -> object:
        """What was typed; else the stored value, which stays."""
        return self.typed if self.is_typed else self.stored

    def _differ(self, before: object, after: object) -> bool:
        """Whether two values mean something else, each as it is stored or as it was sent."""
        if _text(before) == _text(after):
            return False
        one, other = (_text(each) if isinstance(each, str) else each for each in (before, after))
        try:
            return self.field.has_changed(self.field.to_python(one), other)
        except ValidationError:
            return True

    def in_words(self) -> tuple[str, str]:
        """What the page showed and what is stored, as people read it."""
        now = display_value(self.field, self.initial)
        if self.shown is None:
            return _("not shown"), now
        before: Any = self.shown
        if not isinstance(self.field, forms.ModelChoiceField):
            try:
                before = self.field.to_python(before)
            except ValidationError:
                before = self.shown
        return display_value(self.field, before), now

    def __str__(self) -> SafeString:
        hidden, attributes = self.field.hidden_widget(), {"id": self.html_initial_id}
        return super().__str__() + hidden.render(self.html_initial_name, self.stored, attributes)


def _text(value: object) -> str | list[str]:
    """A value as a hidden input shows it; browsers send a line break as two characters."""
    if isinstance(value, list):
        return sorted(map(str, value))
    return "" if value is None else str(value).replace("\r\n", "\n")


class ComparedForm(forms.ModelForm):
    """For model forms: compares with what the page showed. New rows are not compared."""

    # The key of who sees the form.
    user_id: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.compare_by(ComparedField)

    def compare_by(self, bound_field_class: type[ComparedField]) -> None:
        """Make fields of this class of all into which something can be typed."""
        for field in self.fields.values():
            if not field.disabled:
                field.bound_field_class = field.bound_field_class or bound_field_class

    def compared_fields(self) -> list[ComparedField]:
        """The fields that are compared."""
        return [field for field in self if isinstance(field, ComparedField)]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for field in self.compared_fields():
            if field.is_contested:
                before, now = field.in_words()
                message = _(
                    "This was changed meanwhile (%(who)s): “%(before)s” → “%(now)s”. "
                    "What you typed is not saved yet: save again to put it in the place of that."
                ) % {"who": self.changed_by, "before": before, "now": now}
                self.add_error(field.name, ValidationError(message, CONFLICT))
        return cleaned

    def changing_rows(self) -> list[Model]:
        """The rows in whose histories changes of this one stand."""
        return [self.instance]

    @cached_property
    def changed_by(self) -> str:
        """Who changed this since the page was opened, and when."""
        newest: dict[int, str] = {}
        keys = [row_key(row) for row in self.changing_rows()]
        for entry in changes_since(self.data.get(SHOWN_AT, ""), keys):
            at = timezone.localtime(entry.action_time)
            is_own = entry.user_id == self.user_id
            who = _("you, in another tab") if is_own else str(entry.user)
            text = f"{who}, {formats.date_format(at, 'SHORT_DATETIME_FORMAT')}"
            newest.setdefault(entry.user_id, text)
        return "; ".join(newest.values()) or _("from another page, by an import or by a command")


def compared(
    base: type[forms.ModelForm],
    user_id: int | None = None,
    mixin: type[ComparedForm] = ComparedForm,
) -> type[ComparedForm]:
    """The form class `base` that compares, for the user with this key."""
    metaclass: Any = type(base)
    return metaclass(base.__name__, (mixin, base), {"user_id": user_id})
