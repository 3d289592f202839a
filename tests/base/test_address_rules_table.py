"""The special ranges row by row: first and last address, the one before and the one after."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from hyperhttp._base._generated.addresses import SPECIAL_NETWORKS
from hyperhttp._base.address_rules import IPAddress, narrowest_rule, special_rule, unwrapped

EDGE = "no address"  # the address space begins or ends there

# Network; the group of its first address, of its last, of the one before, and of the one after.
# "global" is a special range that is globally reachable; None is ordinary public space.
ROWS: list[tuple[str, str, str, str | None, str | None]] = [
    ("0.0.0.0/8", "unspecified", "unspecified", EDGE, None),
    ("0.0.0.0/32", "unspecified", "unspecified", EDGE, "unspecified"),
    ("10.0.0.0/8", "private", "private", None, None),
    ("100.64.0.0/10", "private", "private", None, None),
    ("127.0.0.0/8", "loopback", "loopback", None, None),
    ("169.254.0.0/16", "link-local", "link-local", None, None),
    ("172.16.0.0/12", "private", "private", None, None),
    ("192.0.0.0/24", "reserved", "reserved", None, None),
    ("192.0.0.0/29", "reserved", "reserved", None, "reserved"),
    ("192.0.0.8/32", "reserved", "reserved", "reserved", "global"),
    ("192.0.0.9/32", "global", "global", "reserved", "global"),
    ("192.0.0.10/32", "global", "global", "global", "reserved"),
    ("192.0.0.170/32", "reserved", "reserved", "reserved", "reserved"),
    ("192.0.0.171/32", "reserved", "reserved", "reserved", "reserved"),
    ("192.0.2.0/24", "documentation", "documentation", None, None),
    ("192.31.196.0/24", "global", "global", None, None),
    ("192.52.193.0/24", "global", "global", None, None),
    ("192.88.99.0/24", "reserved", "reserved", None, None),
    ("192.88.99.2/32", "reserved", "reserved", "reserved", "reserved"),
    ("192.168.0.0/16", "private", "private", None, None),
    ("192.175.48.0/24", "global", "global", None, None),
    ("198.18.0.0/15", "reserved", "reserved", None, None),
    ("198.51.100.0/24", "documentation", "documentation", None, None),
    ("203.0.113.0/24", "documentation", "documentation", None, None),
    ("240.0.0.0/4", "reserved", "reserved", "multicast", EDGE),
    ("255.255.255.255/32", "reserved", "reserved", "reserved", EDGE),
    ("224.0.0.0/4", "multicast", "multicast", None, "reserved"),
    ("::/128", "unspecified", "unspecified", EDGE, "loopback"),
    ("::1/128", "loopback", "loopback", "unspecified", "reserved"),
    ("::ffff:0:0/96", "reserved", "reserved", "reserved", "reserved"),
    ("64:ff9b::/96", "global", "global", "reserved", "reserved"),
    ("64:ff9b:1::/48", "private", "private", "reserved", "reserved"),
    ("100::/64", "reserved", "reserved", "reserved", "reserved"),
    ("100:0:0:1::/64", "reserved", "reserved", "reserved", "reserved"),
    ("2001::/23", "reserved", "reserved", None, None),
    ("2001::/32", "reserved", "reserved", None, "reserved"),
    ("2001:1::1/128", "global", "global", "reserved", "global"),
    ("2001:1::2/128", "global", "global", "global", "global"),
    ("2001:1::3/128", "global", "global", "global", "reserved"),
    ("2001:2::/48", "reserved", "reserved", "reserved", "reserved"),
    ("2001:3::/32", "global", "global", "reserved", "reserved"),
    ("2001:4:112::/48", "global", "global", "reserved", "reserved"),
    ("2001:10::/28", "reserved", "reserved", "reserved", "global"),
    ("2001:20::/28", "global", "global", "reserved", "global"),
    ("2001:30::/28", "global", "global", "global", "reserved"),
    ("2001:db8::/32", "documentation", "documentation", None, None),
    ("2002::/16", "reserved", "reserved", None, None),
    ("2620:4f:8000::/48", "global", "global", None, None),
    ("3fff::/20", "documentation", "documentation", None, None),
    ("5f00::/16", "reserved", "reserved", "reserved", "reserved"),
    ("fc00::/7", "private", "private", "reserved", "reserved"),
    ("fe80::/10", "link-local", "link-local", "reserved", "private"),
    ("ff00::/8", "multicast", "multicast", "private", EDGE),
    ("fec0::/10", "private", "private", "link-local", "multicast"),
    ("::/8", "unspecified", "reserved", EDGE, "reserved"),
    ("100::/8", "reserved", "reserved", "reserved", "reserved"),
    ("200::/7", "reserved", "reserved", "reserved", "reserved"),
    ("400::/6", "reserved", "reserved", "reserved", "reserved"),
    ("800::/5", "reserved", "reserved", "reserved", "reserved"),
    ("1000::/4", "reserved", "reserved", "reserved", None),
    ("4000::/3", "reserved", "reserved", None, "reserved"),
    ("6000::/3", "reserved", "reserved", "reserved", "reserved"),
    ("8000::/3", "reserved", "reserved", "reserved", "reserved"),
    ("a000::/3", "reserved", "reserved", "reserved", "reserved"),
    ("c000::/3", "reserved", "reserved", "reserved", "reserved"),
    ("e000::/4", "reserved", "reserved", "reserved", "reserved"),
    ("f000::/5", "reserved", "reserved", "reserved", "reserved"),
    ("f800::/6", "reserved", "reserved", "reserved", "private"),
    ("fe00::/9", "reserved", "reserved", "private", "link-local"),
    ("169.254.169.254/32", "metadata", "metadata", "link-local", "link-local"),
    ("169.254.170.2/32", "metadata", "metadata", "link-local", "link-local"),
    ("169.254.170.23/32", "metadata", "metadata", "link-local", "link-local"),
    ("169.254.42.42/32", "metadata", "metadata", "link-local", "link-local"),
    ("169.254.0.23/32", "metadata", "metadata", "link-local", "link-local"),
    ("100.100.100.200/32", "metadata", "metadata", "private", "private"),
    ("168.63.129.16/32", "metadata", "metadata", None, None),
    ("192.0.0.192/32", "metadata", "metadata", "reserved", "reserved"),
    ("fd00:ec2::254/128", "metadata", "metadata", "private", "private"),
    ("fd00:ec2::23/128", "metadata", "metadata", "private", "private"),
    ("fd20:ce::254/128", "metadata", "metadata", "private", "private"),
    ("fd00:42::42/128", "metadata", "metadata", "private", "private"),
    ("fe80::a9fe:a9fe/128", "metadata", "metadata", "link-local", "link-local"),
]

# Where the running Python says something else than the table, and why. Older releases lack rows.
DIFFERENCES = {
    "192.0.0.0/24": "older Pythons have only parts of it",
    "192.0.0.8/32": "missing in older Pythons",
    "192.0.0.9/32": "refused by some releases of Python",
    "192.0.0.10/32": "refused by some releases of Python",
    "192.88.99.0/24": "deprecated, and not called reachable; Python takes it for public",
    "192.88.99.2/32": "missing in Python",
    "192.0.0.192/32": "in a part of 192.0.0.0/24 that older Pythons lack",
    "168.63.129.16/32": "public, but it serves the instances of Azure",
    "224.0.0.0/4": "Python says that some multicast is global; no HTTP server has such an address",
    "::/8": "reserved and not allocated; Python knows only the special ranges",
    "::ffff:0:0/96": "Python judges the range, the table judges the IPv4 address",
    "64:ff9b::/96": "Python does not judge the IPv4 address in it",
    "64:ff9b:1::/48": "missing in older Pythons",
    "100:0:0:1::/64": "missing in older Pythons",
    "2001::/23": "older Pythons lack the reachable ranges in it",
    "2001:1::1/128": "refused by older Pythons",
    "2001:1::2/128": "refused by older Pythons",
    "2001:1::3/128": "missing in Python",
    "2001:3::/32": "refused by older Pythons",
    "2001:4:112::/48": "refused by older Pythons",
    "2001:20::/28": "refused by older Pythons",
    "2001:30::/28": "refused by older Pythons",
    "2002::/16": "public in older Pythons",
    "3fff::/20": "missing in older Pythons",
    "5f00::/16": "missing in Python",
    "fec0::/10": "deprecated, so the registry has no row for it",
    "ff00::/8": "Python says that some multicast is global; no HTTP server has such an address",
    **dict.fromkeys(
        (
            "100::/8",
            "200::/7",
            "400::/6",
            "800::/5",
            "1000::/4",
            "4000::/3",
            "6000::/3",
            "8000::/3",
            "a000::/3",
            "c000::/3",
            "e000::/4",
            "f000::/5",
            "f800::/6",
            "fe00::/9",
        ),
        "reserved and not allocated; Python knows only the special ranges",
    ),
}


def group_at(address: IPAddress) -> str | None:
    rule = narrowest_rule(address)
    if rule is None:
        return None
    return "global" if rule.is_reachable else rule.group


def neighbors(text: str) -> list[tuple[IPAddress, int]]:
    """The four addresses, with their places in a row."""
    network = ip_network(text)
    first, last = network[0], network[-1]
    found = [(first, 1), (last, 2)]
    if int(first):
        found.append((first - 1, 3))
    if int(last) < 2**network.max_prefixlen - 1:
        found.append((last + 1, 4))
    return found


def test_the_table_here_has_each_row_of_the_spec() -> None:
    assert [row[0] for row in ROWS] == [row[0] for row in SPECIAL_NETWORKS]
    assert DIFFERENCES.keys() <= {row[0] for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_edges_of_a_row(row: tuple[str, str, str, str | None, str | None]) -> None:
    checked = neighbors(row[0])
    assert {place: group_at(address) for address, place in checked} == {
        place: row[place] for _, place in checked
    }
    assert [row[place] == EDGE for place in (3, 4)].count(True) == 4 - len(checked)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_address_is_refused_unless_it_and_what_it_embeds_are_public(
    row: tuple[str, str, str, str | None, str | None],
) -> None:
    for address, _ in neighbors(row[0]):
        groups = {group_at(one) for one in unwrapped(address)}
        assert (special_rule(str(address)) is None) == (groups <= {None, "global"})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_python_agrees_but_for_the_differences_that_are_listed(
    row: tuple[str, str, str, str | None, str | None],
) -> None:
    for address, _ in neighbors(row[0]):
        rule = narrowest_rule(address)
        if (special_rule(str(address)) is None) != address.is_global:
            assert rule is not None
            assert str(rule.network) in DIFFERENCES, address


def test_the_middle_of_public_space_is_public_to_python_too() -> None:
    for text in ("1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00::1"):
        assert special_rule(text) is None
        assert ip_address(text).is_global
