"""Phone numbers and short codes as fields of models and forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField, Model
from django.utils.translation import gettext as _
from phonenumber_field.modelfields import PhoneNumberDescriptor, PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

from directory.contacts import phones, short_codes, showing
from directory.contacts.countries import country_of, home
from directory.contacts.pasted import refuse_other_kind
from directory.contacts.text import tidy_code


def read_phone(text: str, region: str | None) -> PhoneNumber:
    """As `phones.parse`, and of an e-mail address it says which kind that belongs to."""
    try:
        return phones.parse(text, region)
    except ValidationError:
        refuse_other_kind(text, "phone")
        raise


class PhoneFormField(forms.CharField):
    """An `<input type="tel">` that shows a number as people write it and gives a PhoneNumber.

    Text that is no number stays in the input, with the particular reason of `phones.parse`.
    """

    def __init__(self, *, region: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.region = region
        examples = country_of(region).examples if region else home().examples
        if self.help_text and examples:
            self.help_text = _("As people write it: %s.") % ", ".join(examples)
        # Set here and not by a widget class, which the admin replaces with its own.
        if getattr(self.widget, "input_type", "") == "text":
            self.widget.input_type = "tel"

    def prepare_value(self, value: Any) -> Any:
        return showing.display(value) if isinstance(value, PhoneNumber) else value

    def to_python(self, value: Any) -> Any:
        text = tidy_code(super().to_python(value) or "")
        return read_phone(text, self.region) if text else text


class PhoneDescriptor(PhoneNumberDescriptor):
    """Keeps what is assigned and reads it when it is asked for: a list of rows costs nothing."""

    def __get__(self, instance: Model | None, owner: type[Model]) -> Any:
        value = super().__get__(instance, owner)
        if isinstance(value, str | int):
            value = instance.__dict__[self.field.name] = self.field.to_python(value)
        return value

    def __set__(self, instance: Model, value: Any) -> None:
        instance.__dict__[self.field.name] = value


class PhoneField(PhoneNumberField):
    """A phone number, kept as E.164: a PhoneNumber on an instance, its text in `values()`.

    Whatever `phones.parse` reads may be assigned, looked up and loaded from fixtures. Text that it
    refuses is kept as the `raw_input` of an invalid PhoneNumber until `full_clean` says why.
    """

    descriptor_class = PhoneDescriptor
    default_validators: list[Any] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # E.164 has at most fifteen digits, after the “+”.
        super().__init__(*args, **{"max_length": 16, **kwargs})

    def to_python(self, value: Any) -> Any:
        value = tidy_code(value) if isinstance(value, str) else value
        if value == "" or not isinstance(value, str | int | PhoneNumber):
            return value
        try:
            return phones.parse(str(value), self._region)
        except ValidationError:
            return PhoneNumber(raw_input=str(value))

    def from_db_value(self, value: str, expression: Any, connection: Any) -> str:
        return value

    def run_validators(self, value: Any) -> None:
        if isinstance(value, PhoneNumber) and not value.is_valid():
            read_phone(value.raw_input, self._region)
        super().run_validators(value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        # Without a length: people write a number in more characters than it is kept in.
        tel = {"form_class": PhoneFormField, "region": self._region, "max_length": None}
        return super().formfield(**tel | kwargs)


class ShortCodeField(CharField):
    """A short code, kept as it is dialled. Text that `short_codes.read` refuses is kept until
    `full_clean` says why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 20, **kwargs})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return short_codes.read(text) if text else text
        except ValidationError:
            return text

    def run_validators(self, value: Any) -> None:
        if value:
            short_codes.read(value)
        super().run_validators(value)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        # Without a length: what is too long for a code is told in words of its own.
        return super().formfield(**{"max_length": None} | kwargs)
