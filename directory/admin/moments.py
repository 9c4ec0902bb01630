"""An instant in a form: a day and a time as people write them, in the organisation's time zone."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from directory.models.date_fields import DateFormField
from directory.models.time_fields import TimeFormField


class MomentWidget(AdminSplitDateTime):
    """The two boxes, each with a name, of which errors lead to the first."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for widget, name in zip(self.widgets, (_("Day"), _("Time")), strict=True):
            widget.attrs["aria-label"] = name

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else ""


class MomentField(forms.SplitDateTimeField):
    """A day and a time, which is read as people write it; a time alone is of today."""

    widget = MomentWidget
    hidden_widget = forms.SplitHiddenDateTimeWidget
    default_error_messages = {
        **forms.SplitDateTimeField.default_error_messages,
        "invalid_time": _("Write the time too, such as 14:00 or 2 p.m."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = (DateFormField(required=False), TimeFormField(required=False))
        self.require_all_fields = False

    def compress(self, data_list: Any) -> datetime | None:
        if data_list and data_list[1] and not data_list[0]:
            data_list = (timezone.localdate(), data_list[1])
        return super().compress(data_list)

    def prepare_value(self, value: Any) -> Any:
        """The two texts, so that what is stored compares with what was shown."""
        if value is None:
            return ["", ""]
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value).replace(microsecond=0)
        parts: list[date | time] = [local.date(), local.time()]
        return [
            formats.localize_input(field.prepare_value(part))
            for field, part in zip(self.fields, parts, strict=True)
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
