"""The options that choose the way to servers, and which of them exclude each other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._policy.proxies import ProxyRules

if TYPE_CHECKING:
    import ssl

    from hyperhttp._base._generated.config import ClientConfig
    from hyperhttp._message.request.proxy import ProxyInput
    from hyperhttp._network.transport import Transport

__all__ = ["check_beside_transport", "proxies_of"]

NETWORK_OPTIONS: Final = ("verify", "system_trust", "cert", "keylog", "local_address", "uds")
"""Options of the client that have no effect beside `transport=`."""


def check_beside_transport(config: ClientConfig, ssl_context: ssl.SSLContext | None) -> None:
    """Raise ConfigError for an option of the network that was given beside `transport=`.

    Those of a configuration may stay: it serves other clients too.
    """
    given = config.sources.values()
    names = [name for name in NETWORK_OPTIONS if f"the client's {name}" in given]
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
