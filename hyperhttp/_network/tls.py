"""TLS contexts: made once per process and configuration, off the event loop.

Knows certificates and protocol versions; which connection uses which context is decided elsewhere.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

import certifi

from hyperhttp._generated.exceptions import ConfigError

if TYPE_CHECKING:
    from hyperhttp._generated.config import TLSConfig

# One context serves every connection of its configuration; a process rarely has more than a few.
_CONTEXTS: Final[dict[tuple[str, tuple[str, ...]], ssl.SSLContext]] = {}


async def tls_context(config: TLSConfig, alpn: tuple[str, ...]) -> ssl.SSLContext:
    """The shared context for this configuration. Raises ConfigError for a CA path that is none."""
    key = (str(config.verify), alpn)
    context = _CONTEXTS.get(key)
    if context is None:
        if config.verify is False:
            warnings.warn(
                "TLS certificates are not verified (verify=False): anyone on the way can read and "
                "change what is sent",
                stacklevel=2,
            )
        loop = asyncio.get_running_loop()
        context = await loop.run_in_executor(None, _make, config.verify, alpn)
        _CONTEXTS[key] = context
    return context


def _make(verify: bool | Path | str, alpn: tuple[str, ...]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(list(alpn))
    if verify is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    # RFC 6125 6.4.4: a name in CN only does not identify a server.
    context.hostname_checks_common_name = False
    authorities = certifi.where() if verify is True else os.fspath(verify)
    try:
        if Path(authorities).is_dir():
            context.load_verify_locations(capath=authorities)
        else:
            context.load_verify_locations(cafile=authorities)
    except OSError as error:
        raise ConfigError(
            option="verify",
            given=repr(str(verify)),
            allowed="True, False, an SSLContext, or the path of a PEM file or folder of CAs",
        ) from error
    return context
