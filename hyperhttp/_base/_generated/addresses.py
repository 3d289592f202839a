# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/addresses.toml and run the command again.
"""Address ranges that aren't part of the public internet."""

from __future__ import annotations

from typing import Final

__all__ = [
    "SPECIAL_NETWORKS",
]

SPECIAL_NETWORKS: Final[tuple[tuple[str, str, str], ...]] = (
    ("0.0.0.0/8", "unspecified", "this network"),
    ("10.0.0.0/8", "private", "private use"),
    ("100.64.0.0/10", "private", "shared address space"),
    ("127.0.0.0/8", "loopback", "loopback"),
    ("169.254.0.0/16", "link-local", "link-local"),
    ("172.16.0.0/12", "private", "private use"),
    ("192.0.0.0/24", "reserved", "IETF protocol assignments"),
    ("192.0.2.0/24", "documentation", "documentation (TEST-NET-1)"),
    ("192.31.196.0/24", "reserved", "AS112-v4"),
    ("192.52.193.0/24", "reserved", "AMT"),
    ("192.88.99.0/24", "reserved", "deprecated 6to4 relay anycast"),
    ("192.168.0.0/16", "private", "private use"),
    ("192.175.48.0/24", "reserved", "direct delegation AS112 service"),
    ("198.18.0.0/15", "reserved", "benchmarking"),
    ("198.51.100.0/24", "documentation", "documentation (TEST-NET-2)"),
    ("203.0.113.0/24", "documentation", "documentation (TEST-NET-3)"),
    ("224.0.0.0/4", "multicast", "multicast"),
    ("240.0.0.0/4", "reserved", "reserved"),
    ("255.255.255.255/32", "reserved", "limited broadcast"),
    ("::/128", "unspecified", "unspecified address"),
    ("::1/128", "loopback", "loopback"),
    ("64:ff9b:1::/48", "private", "local-use IPv4/IPv6 translation"),
    ("100::/64", "reserved", "discard only"),
    ("100:0:0:1::/64", "reserved", "dummy IPv6 prefix"),
    ("2001::/23", "reserved", "IETF protocol assignments"),
    ("2001:db8::/32", "documentation", "documentation"),
    ("2620:4f:8000::/48", "reserved", "direct delegation AS112 service"),
    ("3fff::/20", "documentation", "documentation"),
    ("5f00::/16", "reserved", "segment routing (SRv6) SIDs"),
    ("fc00::/7", "private", "unique local"),
    ("fe80::/10", "link-local", "link-local"),
    ("fec0::/10", "private", "deprecated site-local"),
    ("ff00::/8", "multicast", "multicast"),
    ("169.254.169.254/32", "metadata", "instance metadata of most clouds"),
    ("169.254.170.2/32", "metadata", "container credentials"),
    ("100.100.100.200/32", "metadata", "instance metadata"),
    ("168.63.129.16/32", "metadata", "platform services"),
    ("192.0.0.192/32", "metadata", "instance metadata"),
    ("fd00:ec2::254/128", "metadata", "instance metadata"),
    ("fd20:ce::254/128", "metadata", "instance metadata"),
)
"""Network, group and title of each range."""
