"""Decides which hosts, ports and addresses a client may connect to: `AddressPolicy` as code.

It does no I/O: `_network` asks about each address after the lookup, `_transport` about requests
whose addresses aren't known here.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Final, Protocol, final

from hyperhttp._base._generated.config import AddressPolicy
from hyperhttp._base._generated.errors import AddressRefused
from hyperhttp._base.address_rules import (
    GROUPS,
    IPAddress,
    IPNetwork,
    is_local_name,
    narrowest_rule,
    network_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hyperhttp._base.address_rules import AddressRule

__all__ = ["AddressCheck", "AddressGate", "literal_ip"]

LOOPBACK: Final = (ip_address("127.0.0.1"), ip_address("::1"))
_METADATA: Final = "metadata"


class AddressCheck(Protocol):
    """A function that decides whether a connection to an address may be opened."""

    def __call__(self, host: str, address: IPAddress, port: int, hop: int, /) -> bool:
        """Return whether it may; exceptions are raised by the call unchanged.

        Args:
            host: The host of the URL.
            address: The address that will be dialed.
            port: The port that will be dialed.
            hop: The number of redirects that led to the request that opens the connection.
        """
        ...


@final
class _Entries:
    """The networks and groups of `allow` or `deny`."""

    __slots__ = ("_groups", "_networks")

    def __init__(self, entries: Iterable[str]) -> None:
        entries = sorted(entries)
        self._groups = [entry for entry in entries if entry in GROUPS]
        self._networks = [network_of(entry) for entry in entries if entry not in GROUPS]

    def __bool__(self) -> bool:
        return bool(self._groups or self._networks)

    def find(self, address: IPAddress, rule: AddressRule | None) -> str | None:
        """Return the entry that an address belongs to; no group has reachable ranges."""
        if rule is not None and not rule.is_reachable and rule.group in self._groups:
            return rule.group
        return next((str(each) for each in self._networks if address in each), None)

    def allows(self, address: IPAddress, rule: AddressRule | None) -> bool:
        """Return whether an address is allowed by name: metadata services are, for a network."""
        if rule is None or rule.group != _METADATA:
            return self.find(address, rule) is not None
        return _METADATA in self._groups or any(
            address in each and _is_as_narrow(each, rule.network) for each in self._networks
        )


def _is_as_narrow(network: IPNetwork, other: IPNetwork) -> bool:
    return network.prefixlen >= other.prefixlen


@final
class AddressGate:
    """The address policy and the check function of one client."""

    __slots__ = ("_allow", "_deny", "check", "key", "policy")

    def __init__(self, policy: AddressPolicy, check: AddressCheck | None = None) -> None:
        self.policy: AddressPolicy = policy
        self.check: AddressCheck | None = check
        self.key: str = _key(policy, check)
        """A part of the pool key: connections of another policy are never reused."""
        self._allow = _Entries(policy.allow)
        self._deny = _Entries(policy.deny)

    @classmethod
    def of(cls, policy: AddressPolicy, check: AddressCheck | None = None) -> AddressGate | None:
        """Return the gate; None if every address is allowed."""
        gate = cls(policy, check)
        is_restricted = policy.scope == "public" or policy.ports or gate._deny
        return gate if is_restricted or check is not None else None

    def refusal(self, address: IPAddress) -> str | None:
        """Return the rule that refuses an address, or one that it embeds; None if allowed."""
        for inner in unwrapped(address):
            rule = narrowest_rule(inner)
            denied = self._deny.find(inner, rule)
            if denied is not None:
                return f"in deny ({denied})"
            if self.policy.scope != "public" or rule is None or rule.is_reachable:
                continue
            if not self._allow.allows(inner, rule):
                return str(rule)
        return None

    def name_refusal(self, host: str, port: int) -> str | None:
        """Return the rule that refuses a host and port before a lookup; None to look it up."""
        if self.policy.ports and port not in self.policy.ports:
            return f"port {port} isn't in ports"
        if self.policy.scope != "public" or not is_local_name(host):
            return None
        # The addresses are checked later, so it is enough that one of them is allowed.
        if all(self.refusal(address) is not None for address in LOOPBACK):
            return "loopback (localhost and *.localhost)"
        return None

    def host_refusal(self, host: str, port: int) -> str | None:
        """Return the rule that refuses a host without a lookup: its name, port or address."""
        rule = self.name_refusal(host, port)
        address = literal_ip(host)
        return rule if rule is not None or address is None else self.refusal(address)

    def check_name(self, host: str, port: int) -> None:
        """Raise AddressRefused for a host or port that is refused before a lookup."""
        rule = self.name_refusal(host, port)
        if rule is not None:
            raise AddressRefused(host=host, rule=rule)

    def check_socket(self, host: str, path: str) -> None:
        """Raise AddressRefused unless Unix sockets are allowed."""
        rule = self.socket_refusal()
        if rule is not None:
            raise AddressRefused(host=host, address=path, rule=rule)

    def socket_refusal(self) -> str | None:
        """Return the rule that refuses Unix sockets; None if they are allowed."""
        return "unix_sockets is 'refuse'" if self.policy.unix_sockets == "refuse" else None


def literal_ip(host: str) -> IPAddress | None:
    """Return the address that a host is; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _key(policy: AddressPolicy, check: AddressCheck | None) -> str:
    changed = policy.model_dump(mode="json", exclude_defaults=True)
    parts = [f"{name}={value}" for name, value in changed.items()]
    if check is not None:
        parts.append(f"address_check={id(check):x}")
    return f" under {', '.join(parts)}"
