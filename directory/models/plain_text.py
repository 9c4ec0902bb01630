"""Texts as every page, feed and spreadsheet can hold them."""

import re
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from directory.contacts.text import INVISIBLE, LINE_BREAK, tidy

# How much of a text is quoted before and after what is wrong in it.
AROUND = 20


class PlainTextModel(models.Model):
    """A model whose texts say what they show.

    What nobody sees is taken out of them (`tidy`); control characters, and line breaks in short
    texts, are refused, for what stood there is not known. Both come with text copied from Word,
    Excel or a page.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, of tidied texts; raise ValidationError at fields with such characters."""
        for field, text in self._texts(exclude or ()):
            setattr(self, field.attname, tidy(text))
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field, text in self._texts({*errors, *(exclude or ())}):
            try:
                validate_text(text, one_line=isinstance(field, models.CharField))
            except ValidationError as error:
                errors[field.name] = [error]
        if errors:
            raise ValidationError(errors)

    def _texts(self, exclude: Collection[str]) -> list[tuple[models.Field, str]]:
        """The fields that people write into, but for those to `exclude`, and what they hold."""
        fields = [each for each in self._meta.fields if is_text(each) and each.name not in exclude]
        texts = [(field, getattr(self, field.attname)) for field in fields]
        return [(field, text) for field, text in texts if isinstance(text, str)]


def is_text(field: models.Field) -> bool:
    """Whether people write into a field: a line or more, a code, an address."""
    return isinstance(field, models.CharField | models.TextField)


def validate_text(text: str, one_line: bool) -> None:
    """Raise ValidationError, quoting the place, for a text with a control character (tabs and line
    breaks are none), or with a line break if it must be `one_line`."""
    if found := INVISIBLE.search(text):
        message = _(
            "Where “▯” stands in “%(quoted)s” is a character that nobody sees. It comes along when "
            "copying from Word or Excel: delete it, or type the text again."
        )
        raise ValidationError(message, "control_character", {"quoted": _quoted(found, "▯")})
    if one_line and (found := LINE_BREAK.search(text)):
        message = _("This must be one line. Put a space where “⏎” stands in “%(quoted)s”.")
        raise ValidationError(message, "line_break", {"quoted": _quoted(found, "⏎")})


def _quoted(found: re.Match[str], mark: str) -> str:
    """The surroundings of what was found, with a mark in its place."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return INVISIBLE.sub(mark, f"{before}{mark}{after}")
