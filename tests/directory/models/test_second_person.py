"""Two accounts of one mailbox are one person."""

import pytest
from django.contrib.auth.models import User

from directory.models.second_person import is_same_person

pytestmark = pytest.mark.django_db


def person(key, email="", username=""):
    return User(pk=key, email=email, username=username or f"user{key}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@example.com", "ana@example.com"),
        ("Ana@Example.com", "ana@example.COM"),
        ("ana@example.com", " ana@example.com\u200b"),
        ("ana+dos@example.com", "ana@example.com"),
        ("ana@ejemplo.com", "ana@ＥＪＥＭＰＬＯ.com"),
        ("a.na@gmail.com", "ana+1@googlemail.com"),
        ("mesa@xn--and-6ma2c.co", "mesa@ñandú.co"),
    ],
)
def test_accounts_of_one_mailbox_are_one_person(one, other):
    assert is_same_person(person(1, one), person(2, other))
    assert is_same_person(person(1, one), person(2, username=other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("ana@example.com", "beto@example.com"), ("ana@example.com", "ana@example.org"), ("", "")],
)
def test_others_are_two(one, other):
    assert not is_same_person(person(1, one), person(2, other))


def test_an_account_is_itself_without_an_address():
    assert is_same_person(person(1), person(1))
