"""Checks the addresses of a host after the lookup: only those that are returned are dialed."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from hyperhttp._base._generated.errors import AddressRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base.address_gate import AddressGate
    from hyperhttp._base.address_rules import IPAddress
    from hyperhttp._network.address import Address

__all__ = ["permitted"]


def permitted(
    gate: AddressGate | None, host: str, port: int, hop: int, addresses: Sequence[Address]
) -> Sequence[Address]:
    """Return the allowed addresses of a host; without a gate, all.

    Raises AddressRefused if none is allowed, or if one isn't and the policy doesn't drop it.
    """
    if gate is None:
        return addresses
    kept: list[Address] = []
    refused: AddressRefused | None = None
    for address in addresses:
        error = _refusal(gate, host, port, hop, address)
        if error is None:
            kept.append(address)
        elif gate.policy.mixed == "refuse":
            raise error
        refused = refused or error
    if refused is not None and not kept:
        raise refused
    return kept


def _refusal(
    gate: AddressGate, host: str, port: int, hop: int, address: Address
) -> AddressRefused | None:
    target = _ip(address)
    rule = gate.refusal(target)
    if rule is None and gate.check is not None and not gate.check(host, target, port, hop):
        rule = "address_check"
    if rule is None:
        return None
    text = str(target)
    return AddressRefused(host=host, address="" if text == host else text, rule=rule)


def _ip(address: Address) -> IPAddress:
    """Return the address with its zone; OSError for one that isn't in numbers."""
    host, _, *rest = address.sockaddr
    zone = rest[-1] if rest else 0
    try:
        return ip_address(f"{host}%{zone}" if zone and "%" not in host else host)
    except ValueError:
        raise OSError("the address of the host isn't in numbers") from None
