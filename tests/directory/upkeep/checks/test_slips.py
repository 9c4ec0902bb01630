import time

import pytest

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


def test_ten_thousand_addresses_take_a_moment():
    addresses = [f"agente.{number:05}.soporte@example.com" for number in range(10_000)]

    began = time.process_time()
    found = one_slip_apart(frozenset([*addresses, "agente.00042.sosporte@example.com"]))

    assert found == [("agente.00042.soporte@example.com", "agente.00042.sosporte@example.com")]
    assert time.process_time() - began < 10
