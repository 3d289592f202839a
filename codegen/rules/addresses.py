"""Address ranges: each key is a network without host bits."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from codegen.diagnostics import Problem
from codegen.ir import Spec
from codegen.rules.tables import ADDRESSES


def keys_are_networks(spec: Spec) -> Iterator[Problem]:
    """The key of a range is a network in its usual spelling."""
    for key in spec.addresses:
        try:
            usual = _usual(ip_network(key))
        except ValueError as error:
            yield Problem(ADDRESSES, key, str(error))
            continue
        if usual != key:
            yield Problem(ADDRESSES, key, f'write "{usual}"')


def _usual(network: IPv4Network | IPv6Network) -> str:
    # Python 3.13 writes IPv4-mapped addresses with dots.
    first = int(network[0])
    if isinstance(network, IPv6Network) and first >> 32 == 0xFFFF:
        return f"::ffff:{first >> 16 & 0xFFFF:x}:{first & 0xFFFF:x}/{network.prefixlen}"
    return str(network)
