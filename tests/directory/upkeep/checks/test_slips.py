"""Addresses that differ by one slip of the hand."""

import pytest

from directory.upkeep.checks import addresses
from directory.upkeep.checks.addresses import canonical, is_slip, one_slip_apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sosporte.clavesegura@example.com", "soporte.clavesegura@example.com"),
        ("soporte@example.com", "soprote@example.com"),
        ("soporte@example.com", "soporte@exemple.com"),
        ("soporte@example.com", "soporte@example.co"),
        ("mesadeayuda@example.com", "mesadeayda@example.com"),
        ("example.com/portal", "example.com/protal"),
    ],
)
def test_one_letter_more_less_different_or_swapped_is_a_slip(one, other):
    assert [is_slip(one, other), is_slip(other, one)] == [True, True]
    assert one_slip_apart(frozenset([one, other])) == [tuple(sorted((one, other)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("soporte@example.com", "soporte@example.com"),
        ("soporte1@example.com", "soporte2@example.com"),
        ("jperez@example.com", "mperez@example.com"),
        ("ana@example.com", "ann@example.com"),
        ("soporte@example.com", "ventas@example.com"),
        ("soporte.uno@example.com", "soporte.dos@example.com"),
    ],
)
def test_what_people_mean_to_differ_is_no_slip(one, other):
    assert one_slip_apart(frozenset([one, other])) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.com/a/",
        "http://example.com/a",
        "HTTPS://EXAMPLE.com/a",
        "example.com/a",
    ],
)
def test_writings_of_one_address_are_one(address):
    assert canonical(address) == "example.com/a"


def test_only_addresses_that_share_a_form_are_compared(monkeypatch):
    compared = []

    def counted(one, other):
        compared.append((one, other))
        return is_slip(one, other)

    monkeypatch.setattr(addresses, "is_slip", counted)
    many = [f"agente.{number:03}.soporte@example.com" for number in range(200)]
    slip = ("agente.042.soporte@example.com", "agente.042.sosporte@example.com")
    assert one_slip_apart(frozenset([*many, slip[1]])) == [slip]
    assert compared == [slip]
