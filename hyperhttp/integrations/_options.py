"""The arguments of a transport, as options of a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypedDict, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.request.proxy import Proxy
from hyperhttp.integrations._types import AnyProxy

if TYPE_CHECKING:
    import ssl

    from hyperhttp.integrations._types import (
        AnyLimits,
        AnyURL,
        CertTypes,
        ProxyTypes,
        VerifyTypes,
    )

__all__ = ["DEFAULT_LIMITS", "EngineOptions", "Limits", "engine_options"]


@final
@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a pool, as `httpx.Limits` has them."""

    max_connections: int | None
    max_keepalive_connections: int | None
    keepalive_expiry: float | None


DEFAULT_LIMITS: Final = Limits(100, 20, 5.0)
"""The default of `httpx.HTTPTransport`."""


class EngineOptions(TypedDict):
    """The options of a client that sends what httpx has built, and adds nothing."""

    verify: ssl.SSLContext | str | bool | Unset
    cert: CertTypes | None
    system_trust: bool
    trust_env: bool
    http2: bool | Literal["prior-knowledge"]
    max_connections: int | None
    max_keepalive_connections: int | None
    keepalive_expiry: float | None
    proxy: Proxy | Unset | None
    uds: str | None
    local_address: str | None
    timeout: None
    follow_redirects: bool
    retry: bool
    circuit_breaker: bool


def engine_options(
    *,
    verify: VerifyTypes,
    cert: CertTypes | None,
    system_trust: bool,
    trust_env: bool,
    http1: bool,
    http2: bool,
    limits: AnyLimits,
    proxy: ProxyTypes | None,
    env_proxies: bool,
    uds: str | None,
    local_address: str | None,
) -> EngineOptions:
    """Return the options of the client of a transport. Raises ConfigError."""
    if not (http1 or http2):
        raise ConfigError(option="http1", given="False beside http2=False", allowed="one of them")
    if not isinstance(verify, (bool, str)):
        _prepare(verify, cert, http2=http2)
        cert = None
    return EngineOptions(
        # The usual CAs are the default, beside which `system_trust` may be given.
        verify=UNSET if verify is True else verify,
        cert=cert,
        system_trust=system_trust and verify is True,
        trust_env=trust_env,
        http2="prior-knowledge" if not http1 else http2,
        max_connections=limits.max_connections,
        max_keepalive_connections=limits.max_keepalive_connections,
        keepalive_expiry=limits.keepalive_expiry,
        proxy=_proxy_of(proxy, env_proxies=env_proxies),
        uds=uds,
        local_address=local_address,
        timeout=None,
        follow_redirects=False,
        retry=False,
        circuit_breaker=False,
    )


def _prepare(context: ssl.SSLContext, cert: CertTypes | None, *, http2: bool) -> None:
    """Offer the protocols and the client certificate in the caller's context, as httpx does."""
    context.set_alpn_protocols(["h2", "http/1.1"] if http2 else ["http/1.1"])
    if cert is not None:
        context.load_cert_chain(*((cert,) if isinstance(cert, str) else cert))


def _proxy_of(proxy: ProxyTypes | None, *, env_proxies: bool) -> Proxy | Unset | None:
    if proxy is None:
        return UNSET if env_proxies else None
    if isinstance(proxy, str):
        return Proxy(_resolved_there(proxy))
    if not isinstance(proxy, AnyProxy):
        return Proxy(_resolved_there(str(proxy)))
    if proxy.ssl_context is not None:
        raise ConfigError(
            option="proxy",
            given="a proxy with its own ssl_context",
            allowed="verify=, which applies to servers and to the proxy",
        )
    user, password = proxy.auth or (None, None)
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in proxy.headers.raw]
    return Proxy(_address_of(proxy.url), username=user, password=password, headers=pairs)


def _address_of(url: AnyURL) -> str:
    return _resolved_there(str(url))


def _resolved_there(url: str) -> str:
    """Return the URL of a proxy; a SOCKS proxy resolves host names, as it does for httpx."""
    return url.replace("socks5:", "socks5h:", 1) if url.startswith("socks5:") else url
