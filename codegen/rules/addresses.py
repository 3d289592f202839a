"""Address ranges: each key is a network without host bits."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from codegen.diagnostics import Problem
from codegen.ir import Spec
from codegen.rules.tables import ADDRESSES


def keys_are_networks(spec: Spec) -> Iterator[Problem]:
    """The key of a range is a network in its usual spelling."""
    for key in spec.addresses:
        try:
            usual = str(ip_network(key))
        except ValueError as error:
            yield Problem(ADDRESSES, key, str(error))
            continue
        if usual != key:
            yield Problem(ADDRESSES, key, f'write "{usual}"')
