"""The addresses that may be dialed: all, some, or a refusal that names the rule."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address

import pytest

from hyperhttp import AddressPolicy, AddressRefused
from hyperhttp._base.address_gate import AddressGate
from hyperhttp._base.address_rules import IPAddress
from hyperhttp._network.address import Address
from hyperhttp._network.address_check import permitted

GOOD = Address(socket.AF_INET, ("1.1.1.1", 80))
BAD = Address(socket.AF_INET, ("10.0.0.1", 80))
ZONE = Address(socket.AF_INET6, ("fe80::1", 80, 0, 3))
PUBLIC = AddressPolicy.public()
DROPS = AddressPolicy.public(mixed="drop")


def test_without_a_gate_all_are_dialed() -> None:
    assert permitted(None, "example.com", 80, 0, [GOOD, BAD]) == [GOOD, BAD]


@pytest.mark.parametrize("addresses", [[GOOD, BAD], [BAD, GOOD], [BAD]])
def test_one_refused_address_refuses_the_host(addresses: list[Address]) -> None:
    with pytest.raises(AddressRefused) as caught:
        permitted(AddressGate(PUBLIC), "example.com", 80, 0, addresses)
    error = caught.value
    assert (error.host, error.address) == ("example.com", "10.0.0.1")
    assert error.rule == "private (10.0.0.0/8, private use)"
    assert (error.retryable, error.phase) == ("never", "connect")


def test_drop_keeps_the_allowed_ones_in_their_order() -> None:
    other = GOOD.with_port(81)
    assert permitted(AddressGate(DROPS), "a", 80, 0, [BAD, GOOD, BAD, other]) == [GOOD, other]
    with pytest.raises(AddressRefused):
        permitted(AddressGate(DROPS), "a", 80, 0, [BAD, BAD])


def test_the_check_is_called_with_what_is_dialed() -> None:
    calls: list[tuple[str, IPAddress, int, int]] = []

    def check(host: str, address: IPAddress, port: int, hop: int) -> bool:
        calls.append((host, address, port, hop))
        return address.version == 4

    gate = AddressGate(AddressPolicy(), check)
    with pytest.raises(AddressRefused) as caught:
        permitted(gate, "example.com", 80, 2, [GOOD, ZONE])
    assert caught.value.rule == "address_check"
    assert calls == [
        ("example.com", IPv4Address("1.1.1.1"), 80, 2),
        ("example.com", IPv6Address("fe80::1%3"), 80, 2),
    ]


def test_the_check_is_not_asked_about_what_the_policy_refuses() -> None:
    gate = AddressGate(DROPS, lambda *_: pytest.fail("asked"))
    with pytest.raises(AddressRefused):
        permitted(gate, "example.com", 80, 0, [BAD])


def test_an_error_of_the_check_is_raised_unchanged() -> None:
    def check(*_: object) -> bool:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        permitted(AddressGate(AddressPolicy(), check), "example.com", 80, 0, [GOOD])


def test_a_host_in_numbers_is_not_named_twice() -> None:
    with pytest.raises(AddressRefused) as caught:
        permitted(AddressGate(PUBLIC), "10.0.0.1", 80, 0, [BAD])
    assert str(caught.value) == "refused to connect to 10.0.0.1: private (10.0.0.0/8, private use)"


def test_an_address_that_is_a_name_is_not_dialed() -> None:
    name = Address(socket.AF_INET6, ("example.com", 80, 0, 1))
    with pytest.raises(OSError, match="isn't in numbers"):
        permitted(AddressGate(PUBLIC), "example.com", 80, 0, [name])
