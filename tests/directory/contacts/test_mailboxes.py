"""Addresses of one mailbox are seen as one."""

import pytest

from directory.contacts.mailboxes import mailbox


@pytest.mark.parametrize(
    "address",
    [
        "ana.gomez@ejemplo.co",
        "Ana.Gomez@EJEMPLO.co",
        " ana.gomez@ejemplo.co ",
        "ana.gomez+segunda@ejemplo.co",
        "ana.gomez+a+b@ejemplo.co",
        "mailto:ana.gomez@ejemplo.co",
        "Ana Gómez <ana.gomez@ejemplo.co>",
        "ana.gomez@ejemplo.co.",
        "ana.gomez\u200b@ejemplo.co",
        '"ana.gomez"@ejemplo.co',
    ],
)
def test_one_mailbox_is_one_person_however_it_is_written(address):
    assert mailbox(address) == "ana.gomez@ejemplo.co"


def test_dots_count_but_where_the_provider_says_that_they_do_not():
    assert mailbox("ana.gomez@ejemplo.co") != mailbox("anagomez@ejemplo.co")
    assert mailbox("a.na@gmail.com") == mailbox("ana+x@googlemail.com") == "ana@gmail.com"
    assert mailbox("a-n_a@pm.me") == mailbox("ana@protonmail.com") == "ana@proton.me"


def test_a_provider_with_several_domains_has_one_mailbox():
    assert mailbox("ana@me.com") == mailbox("Ana@mac.com") == mailbox("ana+2@icloud.com")
    assert mailbox("a.na@me.com") != mailbox("ana@me.com")


@pytest.mark.parametrize("address", ["", "   ", "ana", "@ejemplo.co", "ana@", "+x@ejemplo.co"])
def test_what_is_no_address_is_no_mailbox(address):
    assert mailbox(address) == ""
