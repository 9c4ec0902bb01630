"""Codes, addresses and languages as fields of models: kept in one form, whatever wrote them.

They are tidied wherever a value comes in: in forms, in `full_clean`, in fixtures, in lookups, and
last of all on the way into the database.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from directory.contacts import addresses, languages, places, sms, telegram
from directory.contacts.pasted import refuse_other_kind
from directory.contacts.text import tidy_code

Tidy = Callable[[str], str]


class TidyFormField(forms.CharField):
    """A text that is tidied before anything is said about it."""

    def __init__(self, *, tidy: Tidy = tidy_code, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tidy = tidy

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.tidy(text) if text else text


class TidyMixin(models.CharField):
    """A field whose texts are tidied by `tidy`."""

    tidy: Tidy = staticmethod(tidy_code)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.tidy(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        # As a line: what is wrong with it is said once, when the model is validated.
        line = {"form_class": TidyFormField, "tidy": self.tidy}
        return models.CharField.formfield(self, **{**line, **kwargs})


class OneKindMixin(models.Field):
    """A field of addresses of one kind: it says of which kind an address of another one is, before
    it says what else is wrong."""

    # As `refuse_other_kind` calls it.
    kind_field: str
    # Raises ValidationError.
    check_address: Callable[[str], None]

    def run_validators(self, value: Any) -> None:
        if value:
            refuse_other_kind(value, self.kind_field)
            self.check_address(value)
        super().run_validators(value)


class CodeField(TidyMixin, models.SlugField):
    """A code, in which nothing unseen makes another one of it."""


class EmailField(OneKindMixin, TidyMixin, models.EmailField):
    """One e-mail address, read as people write and paste it (`addresses.tidy_email`)."""

    kind_field = "email"
    tidy = staticmethod(addresses.tidy_email)
    check_address = staticmethod(addresses.check_email)
    default_validators: list[Any] = []


class WebField(OneKindMixin, TidyMixin, models.URLField):
    """One web address, in the form of `addresses.tidy_web`."""

    kind_field = "url"
    tidy = staticmethod(addresses.tidy_web)
    check_address = staticmethod(addresses.check_web)
    default_validators: list[Any] = []

    def formfield(self, **kwargs: Any) -> Any:
        # An address typed without its scheme is one of today's.
        return super().formfield(**{"tidy": addresses.typed_web, **kwargs})


class TelegramField(OneKindMixin, TidyMixin):
    """A name of Telegram, read as people write and paste it (`telegram.tidy`)."""

    kind_field = "telegram"
    tidy = staticmethod(telegram.tidy)
    check_address = staticmethod(telegram.check)


class SmsField(TidyMixin):
    """Where text messages are sent, a number or a short code (`sms.read`)."""

    tidy = staticmethod(sms.tidy)

    # A number is one of the kind “phone” too: only what is none is of another kind.
    def run_validators(self, value: Any) -> None:
        if value:
            try:
                sms.read(value)
            except ValidationError:
                refuse_other_kind(value, "sms")
                raise
        super().run_validators(value)


class LanguagesField(TidyMixin):
    """Languages as people write them, kept as their codes (`languages.read`)."""

    tidy = staticmethod(languages.tidy)

    def run_validators(self, value: Any) -> None:
        languages.read(value)
        super().run_validators(value)


class PlaceField(OneKindMixin, models.TextField):
    """A postal address, in the lines of `places.tidy`."""

    kind_field = "address"
    check_address = staticmethod(places.check)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return places.tidy(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": TidyFormField, "tidy": places.tidy, **kwargs})
