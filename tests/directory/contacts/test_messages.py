"""Telegram and SMS: how people write whom to write to, and what is none."""

import pytest
from django.core.exceptions import ValidationError

from directory.contacts import sms, telegram
from directory.contacts.concerns import concerns
from directory.contacts.kinds import FAX, SMS, TELEGRAM
from directory.contacts.pasted import refuse_other_kind


@pytest.mark.parametrize(
    "written",
    [
        *("acme_soporte", "@Acme_Soporte", "t.me/acme_soporte", "https://t.me/acme_soporte/"),
        *("http://telegram.me/ACME_soporte", "www.t.me/acme_soporte", " @acme_soporte\u200b"),
    ],
)
def test_name_of_telegram_is_read_from_all_its_writings(written):
    assert telegram.read(written) == "acme_soporte"


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "@1acme", "acme soporte", "acme.soporte", "a" * 33, "", "@"),
        # A group, a message, a number, a bot with its parameter: links, but no names.
        *("https://t.me/+AbCdEf", "https://t.me/acme_soporte/12", "https://t.me/+573187174937"),
        *("https://t.me/acme_bot?start=1", "https://t.me.evil.example/acme_soporte"),
    ],
)
def test_what_is_no_name_of_telegram_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        telegram.read(text)
    assert refused.value.code == "no_telegram_name"


def test_name_of_telegram_is_shown_and_linked_as_telegram_does():
    assert TELEGRAM.display("acme_soporte") == "@acme_soporte"
    assert TELEGRAM.href("acme_soporte") == "https://t.me/acme_soporte"


@pytest.mark.parametrize(
    ("written", "kept", "shown", "link"),
    [
        ("85432", "85432", "85432", "sms:85432"),
        ("sms:85-432", "85432", "85432", "sms:85432"),
        ("318 717 4937", "+573187174937", "318 717 4937", "sms:+573187174937"),
        ("smsto:+34 612345678", "+34612345678", "+34 612 34 56 78", "sms:+34612345678"),
    ],
)
def test_sms_goes_to_a_number_or_to_a_short_code(written, kept, shown, link):
    assert (sms.read(written), SMS.shown(kept), SMS.href(kept)) == (kept, shown, link)
    assert sms.read(SMS.display(kept)) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [("*611", "short_code"), ("7442727", "area_code"), ("5", "short_code"), ("hola", "letters")],
)
def test_where_no_sms_goes_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        sms.read(text)
    assert (refused.value.code, sms.tidy(text)) == (code, text)


def test_short_code_for_sms_is_of_its_country_and_a_number_of_all():
    assert (SMS.only_from("85432"), SMS.advice("85432", True)) == ("CO", "Solo desde Colombia")
    assert (SMS.only_from("+573187174937"), SMS.advice("+573187174937", True)) == ("", "")


def test_emergency_number_is_a_concern_for_sms_too():
    assert [concern.code for concern in concerns("sms", "123")] == ["emergency_number"]
    assert concerns("sms", "85432") == []


def test_fax_has_no_link_and_is_not_called_free():
    assert (FAX.href("+576017442729"), FAX.advice("+5718000181531")) == ("", "")
    assert FAX.advice("+5718000181531", True) == "Solo desde Colombia"


@pytest.mark.parametrize(
    ("pasted", "field", "kind", "value"),
    [
        ("https://t.me/Acme_Soporte", "url", "Telegram", "@acme_soporte"),
        ("@acme_soporte", "email", "Telegram", "@acme_soporte"),
        ("t.me/acme_soporte", "phone", "Telegram", "@acme_soporte"),
        ("sms:85432", "url", "SMS", "85432"),
        ("soporte@ejemplo.com", "sms", "Correo electrónico", "soporte@ejemplo.com"),
        ("318 717 4937", "telegram", "Teléfono", "318 717 4937"),
        ("https://t.me/+abc", "telegram", "Dirección web", "https://t.me/+abc"),
    ],
)
def test_what_belongs_to_another_kind_is_told_with_that_kind(pasted, field, kind, value):
    with pytest.raises(ValidationError) as refused:
        refuse_other_kind(pasted, field)
    assert f"«{value}» es de la clase «{kind}»" in refused.value.messages[0]
