"""The options that choose the way to servers, and which of them exclude each other.

`NetworkOptions` holds them for the pool, and for `explain`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.address_gate import AddressGate
from hyperhttp._base.input_pairs import shown
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._network.resolver import ResolverLookup, hosts_of, resolver_of
from hyperhttp._network.resolver_cache import ResolverCache
from hyperhttp._network.tls_hosts import tls_hosts_of
from hyperhttp._network.transport import transport_of
from hyperhttp._policy.client_certificate import ClientCertificates
from hyperhttp._policy.proxies import ProxyRules
from hyperhttp._transport.observed_pool import ObservedPool
from hyperhttp._transport.pool import Pool

if TYPE_CHECKING:
    import asyncio
    import ssl
    from collections.abc import Mapping, Sequence

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import TLSConfig
    from hyperhttp._base.address_gate import AddressCheck
    from hyperhttp._client.observer import Observer
    from hyperhttp._message.request.proxy import ProxyInput
    from hyperhttp._network.address import Address
    from hyperhttp._network.resolver import HostsInput, Resolver
    from hyperhttp._network.tls_hosts import TLSHostsInput
    from hyperhttp._network.transport import Transport

__all__ = ["NetworkOptions", "check_beside_transport", "proxies_of"]

NETWORK_OPTIONS: Final = (
    "verify",
    "system_trust",
    "cert",
    "keylog",
    "tls_session_uses",
    "tls_min_version",
    "tls_ciphers",
    "tls_pins",
    "tls_server_hostname",
    "local_address",
    "uds",
)
"""Options of the client that have no effect beside `transport=`."""


@final
@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """The checked options of one client."""

    ssl_context: ssl.SSLContext | None
    transport: Transport | None
    """Replaces the network; None for the network."""
    proxies: ProxyRules | None
    gate: AddressGate | None
    """Decides which addresses are dialed; None for all."""
    lookup: ResolverLookup | None
    """The caller's resolver; None for that of the system."""
    hosts: Mapping[str, list[Address]]
    tls_hosts: Mapping[str, TLSConfig]
    """The TLS configurations of single hosts, which replace that of the client."""
    certificates: ClientCertificates | None
    """Decides which servers get a client certificate; None if there is none."""

    @classmethod
    def of(
        cls,
        config: ClientConfig,
        ssl_context: ssl.SSLContext | None,
        transport: Transport | Unset,
        proxy: ProxyInput | Unset | None,
        address_check: AddressCheck | Unset,
        resolver: Resolver | Unset,
        hosts: HostsInput | Unset,
        tls_hosts: TLSHostsInput | Unset,
    ) -> NetworkOptions:
        """Check the options of a client. Raises ConfigError."""
        own = None if transport is UNSET else transport_of(transport)
        if own is not None:
            given = {"resolver": resolver, "hosts": hosts, "tls_hosts": tls_hosts}
            beside = [name for name, value in given.items() if value is not UNSET]
            check_beside_transport(config, ssl_context, beside)
        of_hosts = {} if tls_hosts is UNSET else tls_hosts_of(tls_hosts)
        return cls(
            ssl_context,
            own,
            proxies_of(proxy, config, own),
            AddressGate.of(config.address_policy, _check_of(address_check)),
            None if resolver is UNSET else ResolverLookup(resolver_of(resolver)),
            {} if hosts is UNSET else hosts_of(hosts),
            of_hosts,
            ClientCertificates.of(config.tls, of_hosts),
        )

    def pool(
        self,
        config: ClientConfig,
        loop: asyncio.AbstractEventLoop,
        observer: Observer | None = None,
    ) -> Pool:
        """Return a pool that connects as the options ask for, and reports to the observer."""
        make = Pool if observer is None else partial(ObservedPool, observer.emit)
        return make(
            config,
            self.ssl_context,
            loop,
            self.proxies,
            self.transport,
            gate=self.gate,
            resolver=ResolverCache(loop, self.lookup, self.hosts),
            tls_hosts=self.tls_hosts,
        )


def _check_of(given: AddressCheck | Unset) -> AddressCheck | None:
    checked: object = given
    if given is UNSET:
        return None
    if not callable(checked):
        allowed = "a function from host, address, port and hop to bool"
        raise ConfigError(option="address_check", given=shown(given), allowed=allowed)
    return given


def check_beside_transport(
    config: ClientConfig, ssl_context: ssl.SSLContext | None, others: Sequence[str] = ()
) -> None:
    """Raise ConfigError for an option of the network that was given beside `transport=`.

    `others` are those that aren't part of a configuration.

    Those of a configuration may stay: it serves other clients too.
    """
    given = config.sources.values()
    names = [name for name in NETWORK_OPTIONS if f"the client's {name}" in given]
    names += others
    if ssl_context is not None:
        names.append("verify")
    if names:
        raise ConfigError(
            option=names[0],
            given=f"{names[0]} beside transport",
            allowed="one of the two: a transport opens no sockets",
        )


def proxies_of(
    given: ProxyInput | Unset | None, config: ClientConfig, transport: Transport | None
) -> ProxyRules | None:
    """Return the rules of the option, else of the configuration, else of the environment."""
    rules = None if given is None or given is UNSET else ProxyRules.of(given)
    if given is UNSET:
        rules = ProxyRules.of_config(config.proxy)
        if rules is None:
            # Where all connections go to one socket, or to none, there is nothing to go through.
            reads = config.trust_env and config.uds is None and transport is None
            return ProxyRules.from_env(os.environ) if reads else None
    if rules is not None and (config.uds is not None or transport is not None):
        beside = "uds" if transport is None else "transport"
        raise ConfigError(
            option="proxy", given=f"a proxy beside {beside}", allowed="one of the two"
        )
    return rules
