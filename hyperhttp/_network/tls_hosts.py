"""The option `tls_hosts`: the TLS configurations of single hosts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from hyperhttp._base._generated.config import TLSConfig
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import is_mapping, shown
from hyperhttp._network.resolver import host_name

__all__ = ["TLSHostsInput", "tls_hosts_of"]

TLSHostsInput: TypeAlias = Mapping[str, TLSConfig]

_ALLOWED = "a mapping of host names or IP addresses, without port, to TLSConfig"


def tls_hosts_of(given: TLSHostsInput) -> dict[str, TLSConfig]:
    """Return the configurations by name, without a trailing dot. Raises ConfigError."""
    checked: object = given
    if not is_mapping(checked):
        raise ConfigError(option="tls_hosts", given=shown(given), allowed=_ALLOWED)
    return {_name(host): _config(host, config) for host, config in checked.items()}


def _name(host: object) -> str:
    return host_name(host, option="tls_hosts", allowed=_ALLOWED)


def _config(host: object, config: object) -> TLSConfig:
    if not isinstance(config, TLSConfig):
        given = f"{shown(config)} for {host}"
        raise ConfigError(option="tls_hosts", given=given, allowed=_ALLOWED)
    return config
