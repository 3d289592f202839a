"""The range that an address is in: the edges of each, embedded addresses, and bad input."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base.address_rules import is_local_name, special_rule, unwrapped

EMBEDDED = {
    "mapped": "::ffff:{0}",
    "compatible": "::{0}",
    "translated": "::ffff:0:{0}",
    "NAT64": "64:ff9b::{0}",
    "local NAT64": "64:ff9b:1::{0}",
}


def group_of(text: str) -> str | None:
    rule = special_rule(text)
    return None if rule is None else rule.group


@pytest.mark.parametrize(
    "text",
    [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2001:200::",
        "2001:db9::",
        "::ffff:1.1.1.1",
        "64:ff9b::1.1.1.1",
    ],
)
def test_what_is_next_to_a_range_is_public(text: str) -> None:
    assert special_rule(text) is None


@pytest.mark.parametrize("form", EMBEDDED.values(), ids=EMBEDDED)
@pytest.mark.parametrize(
    ("inner", "group"),
    [("127.0.0.1", "loopback"), ("10.0.0.1", "private"), ("169.254.169.254", "metadata")],
)
def test_an_embedded_address_counts(form: str, inner: str, group: str) -> None:
    assert group_of(form.format(inner)) == group


def test_6to4_and_teredo_are_unwrapped() -> None:
    assert group_of("2002:7f00:1::") == "loopback"
    assert group_of("2002:101:101::") == "reserved"  # the registry doesn't call 6to4 reachable
    client = 0xFFFFFFFF ^ int(ip_address("127.0.0.1"))
    teredo = ip_address((0x20010000 << 96) | (int(ip_address("1.1.1.1")) << 64) | client)
    assert [str(one) for one in unwrapped(teredo)][:2] == ["1.1.1.1", "127.0.0.1"]
    assert group_of(str(teredo)) == "loopback"


def test_an_address_behind_the_short_prefix_of_nat64_is_unwrapped() -> None:
    assert group_of("64:ff9b:1:7f00:0:100::") == "loopback"
    assert group_of("64:ff9b:1:101:1:100::") == "private"  # the prefix itself


def test_a_zone_changes_nothing() -> None:
    assert group_of("fe80::1%eth0") == "link-local"
    assert group_of("::ffff:127.0.0.1%1") == "loopback"


def test_the_narrowest_range_is_named() -> None:
    rule = special_rule("169.254.169.254")
    assert rule is not None
    assert str(rule) == "metadata (169.254.169.254/32, instance metadata of most clouds)"
    assert group_of("169.254.169.253") == "link-local"


@pytest.mark.parametrize("text", ["", "example.com", "0177.0.0.1", "0x7f.1", "127.1", "2130706433"])
def test_only_addresses_in_their_usual_spelling_are_read(text: str) -> None:
    with pytest.raises(ValueError, match="does not appear"):
        special_rule(text)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "a.localhost", "a.b.LocalHost."])
def test_names_of_this_machine(host: str) -> None:
    assert is_local_name(host)


@pytest.mark.parametrize("host", ["", "localhost.example.com", "notlocalhost", "example.com"])
def test_other_names(host: str) -> None:
    assert not is_local_name(host)


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_as_special_in_every_spelling_of_ipv6(number: int) -> None:
    address = IPv4Address(number)
    rule = special_rule(str(address))
    assert special_rule(f"::ffff:{address}") == rule
    assert special_rule(f"64:ff9b::{address}") == rule
    for text in (
        f"::{address}",
        f"::ffff:0:{address}",
        str(IPv6Address((0x2002 << 112) | number << 80)),
    ):
        assert special_rule(text) is not None
        assert rule is None or number < 2 or special_rule(text) == rule


@given(st.integers(0, 2**128 - 1))
def test_public_ipv6_is_global_unicast(number: int) -> None:
    address = IPv6Address(number)
    if special_rule(str(address)) is None and address.ipv4_mapped is None:
        assert any(address in IPv6Network(one) for one in ("2000::/3", "64:ff9b::/96"))
