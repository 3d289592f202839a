"""Reports which CAs TLS trusts, for troubleshooting; requests don't use it."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import certifi

from hyperhttp._network.tls import CA_DIRECTORY, CA_FILE, tls_context

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import TLSConfig

__all__ = ["Trust", "trust"]


@dataclass(frozen=True, slots=True)
class Trust:
    """The CAs that TLS trusts."""

    openssl: str
    """The library with its version."""
    source: str
    """Where the CAs come from."""
    authorities: int
    """How many are loaded; those of a directory are loaded on demand."""


async def trust(config: TLSConfig, *, trust_env: bool) -> Trust:
    """Return the CAs that a configuration trusts; raise ConfigError if it can't be used."""
    context = await tls_context(config, ("http/1.1",), trust_env=trust_env)
    return Trust(ssl.OPENSSL_VERSION, _source(config, trust_env), len(context.get_ca_certs()))


def _source(config: TLSConfig, trust_env: bool) -> str:
    if config.verify is False:
        return "none: certificates aren't verified"
    if config.system_trust:
        return "the system"
    if config.verify is not True:
        return str(config.verify)
    names = [name for name in (CA_FILE, CA_DIRECTORY) if trust_env and os.environ.get(name)]
    return " and ".join(f"{name}={os.environ[name]}" for name in names) or certifi.where()
