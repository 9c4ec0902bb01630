"""Renders what forms are made of in Python: rows of a hundred channels are thousands of inputs,
each of which costs Django's templates more than all else of it.

What is written is what the templates of `django.forms` write, to the letter; what is not known here
is left to them.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

Context = Mapping[str, Any]


class FormRenderer(DjangoTemplates):
    """Django's own, but for the templates of RENDERED."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """The template with the context, as HTML."""
        if written := RENDERED.get(template_name):
            return written(context)
        return SafeString(super().render(template_name, context, request))


def attributes(attrs: Mapping[str, Any] | None) -> SafeString:
    """The attributes of an element; False leaves one out, True gives it no value."""
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f" {conditional_escape(name)}"
            if value is True
            else f' {conditional_escape(name)}="{_text(value)}"'
            for name, value in (attrs or {}).items()
            if value is not False
        )
    )


def _text(value: object) -> SafeString:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _input(context: Context) -> SafeString:
    widget = context["widget"]
    value = "" if widget["value"] is None else format_html(' value="{}"', _text(widget["value"]))
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        value,
        attributes(widget["attrs"]),
    )


def _textarea(context: Context) -> SafeString:
    widget = context["widget"]
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        attributes(widget["attrs"]),
        localize(widget["value"]) if widget["value"] else "",
    )


def _select(context: Context) -> SafeString:
    widget = context["widget"]
    return format_html(
        '<select name="{}"{}>{}\n</select>',
        widget["name"],
        attributes(widget["attrs"]),
        mark_safe("".join(_options(widget["optgroups"]))),  # noqa: S308 - each is escaped
    )


def _options(groups: list[tuple[Any, list[Context], int]]) -> Iterator[str]:
    for name, options, _index in groups:
        if name:
            yield format_html('\n  <optgroup label="{}">', name)
        for option in options:
            yield format_html(
                '\n  <option value="{}"{}>{}</option>\n',
                _text(option["value"]),
                attributes(option["attrs"]),
                localize(option["label"]),
            )
        if name:
            yield "\n  </optgroup>"


def _label(context: Context) -> SafeString:
    label = conditional_escape(context["label"])
    if not context["use_tag"]:
        return label
    return format_html("<{0}{1}>{2}</{0}>", context["tag"], attributes(context["attrs"]), label)


def _errors(context: Context) -> SafeString:
    errors = context["errors"]
    if not errors:
        return SafeString("")
    of_field = errors.field_id
    return format_html(
        '<ul class="{}"{}>{}</ul>',
        context["error_class"],
        format_html(' id="{}_error"', of_field) if of_field else "",
        mark_safe("".join(format_html("<li>{}</li>", each) for each in errors)),  # noqa: S308
    )


_INPUTS = ("checkbox", "date", "email", "hidden", "number", "password", "text", "time", "url")

RENDERED: dict[str, Callable[[Context], SafeString]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
}
