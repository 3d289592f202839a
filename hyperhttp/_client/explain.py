"""`Client.explain`: what a client would do with a request, and why. Nothing is sent.

Each function explains one topic. The decisions are made by `_policy` where it decides them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hyperhttp._base.unset import UNSET
from hyperhttp._client.plan import Plan, PlanEntry
from hyperhttp._policy.redirects import redirect_limit
from hyperhttp._policy.retry import obstacle_to_retry
from hyperhttp._transport.guarded_routing import target_refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import Timeout
    from hyperhttp._base.address_gate import AddressGate
    from hyperhttp._client.transport_options import NetworkOptions
    from hyperhttp._message.request.request import Request
    from hyperhttp._policy.auth import Auth
    from hyperhttp._policy.proxies import ProxyRules

DEFAULT: Final = "default"
_CALL: Final = "the call"
_PHASES: Final = ("total", "pool", "connect", "write", "read")


def explain_request(
    request: Request,
    config: ClientConfig,
    timeout: Timeout,
    auth: Auth | None,
    network: NetworkOptions,
) -> Plan:
    """Return the plan for a request.

    Args:
        request: The request, with its options.
        config: The configuration of the client.
        timeout: The timeout of the client.
        auth: The credentials of the client; None for none.
        network: The proxies, the address policy, and the transport.
    """
    sources = config.sources

    def source(option: str) -> str:
        return sources.get(option, DEFAULT)

    entries = (
        *_network(request, config, network),
        *_addresses(request, config, network),
        _http(request, config, source("http2")),
        *_timeouts(request, config, timeout),
        _redirects(request, config, source("redirects.follow")),
        *_other_origins(config, source("bind_to_origin")),
        _auth(request, auth),
        _retry(request, config, source("retry")),
        _breaker(config, source("circuit_breaker")),
    )
    return Plan(request.method, request.url, entries)


def _network(
    request: Request, config: ClientConfig, network: NetworkOptions
) -> Iterator[PlanEntry]:
    if network.transport is not None:
        yield PlanEntry("network", "none", f"{type(network.transport).__name__} replaces it")
        return
    sources = config.sources
    yield _proxy(request, network.proxies)
    yield from _socket(config, sources.get("uds", DEFAULT), sources.get("local_address", DEFAULT))
    why_verify, why_system = (sources.get(f"tls.{n}", DEFAULT) for n in ("verify", "system_trust"))
    yield _tls(request, config, network, why_verify, why_system)


def _proxy(request: Request, proxies: ProxyRules | None) -> PlanEntry:
    if proxies is None:
        return PlanEntry("proxy", "none", "no proxy is named, and trust_env is off or finds none")
    choice = proxies.choose(request.url)
    return PlanEntry(
        "proxy", "none" if choice.proxy is None else str(choice.proxy.url), choice.reason
    )


def _addresses(
    request: Request, config: ClientConfig, network: NetworkOptions
) -> Iterator[PlanEntry]:
    """Explain the address policy; the names of hosts aren't looked up."""
    sources, gate = config.sources, network.gate
    if config.https_only and not request.url.is_tls:
        yield PlanEntry("scheme", "refused: the URL is http", sources.get("https_only", DEFAULT))
    if gate is None:
        return
    why = ", ".join(
        dict.fromkeys(source for name, source in sources.items() if _is_of_policy(name))
    )
    rule = _address_rule(request, config, network, gate)
    value = f"{gate.policy.scope}, checked when dialed" if rule is None else f"refused: {rule}"
    yield PlanEntry("addresses", value, why or "the client's address_check")


def _address_rule(
    request: Request, config: ClientConfig, network: NetworkOptions, gate: AddressGate
) -> str | None:
    """Return the rule that refuses the request without a lookup."""
    if config.uds is not None:
        return gate.socket_refusal()
    proxy = None if network.proxies is None else network.proxies.choose(request.url).proxy
    return target_refusal(gate, request.url, proxy)


def _is_of_policy(name: str) -> bool:
    return name.partition(".")[0] == "address_policy"


def _socket(config: ClientConfig, why_uds: str, why_address: str) -> Iterator[PlanEntry]:
    if config.uds is not None:
        yield PlanEntry("socket", str(config.uds), why_uds)
    if config.local_address is not None:
        yield PlanEntry("local address", config.local_address, why_address)


def _tls(
    request: Request,
    config: ClientConfig,
    network: NetworkOptions,
    why_verify: str,
    why_system: str,
) -> PlanEntry:
    if not request.url.is_tls:
        return PlanEntry("tls", "none", "the URL has the scheme http")
    tls = network.tls_hosts.get(request.url.host.removesuffix("."))
    if tls is None:
        tls = config.tls
    else:
        why_verify = why_system = "tls_hosts has a configuration for the host"
    if tls.verify is False:
        return PlanEntry("tls", "no certificate is verified", why_verify)
    if tls.system_trust:
        return PlanEntry("tls", "the CAs of the system", why_system)
    if tls.verify is True:
        trust = "public CAs, or those of SSL_CERT_FILE and SSL_CERT_DIR"
        return PlanEntry("tls", trust if config.trust_env else "public CAs", why_verify)
    return PlanEntry("tls", f"the CAs in {tls.verify}", why_verify)


def _http(request: Request, config: ClientConfig, why: str) -> PlanEntry:
    if config.http2 == "prior-knowledge":
        return PlanEntry("http", "HTTP/2", why)
    if not config.http2:
        return PlanEntry("http", "HTTP/1.1", why)
    if request.url.is_tls:
        return PlanEntry("http", "HTTP/2 or HTTP/1.1, as the server chooses", why)
    return PlanEntry("http", "HTTP/1.1", "HTTP/2 is negotiated over TLS only")


def _timeouts(request: Request, config: ClientConfig, timeout: Timeout) -> Iterator[PlanEntry]:
    own = request.timeout
    for phase in _PHASES:
        limit_s: float | None = getattr(own or timeout, phase)
        why = config.sources.get(f"timeout.{phase}", config.sources.get("timeout", DEFAULT))
        if own is None and timeout != config.timeout:
            why = "client.timeout"
        value = "no limit" if limit_s is None else f"{limit_s:g} s"
        yield PlanEntry(f"timeout.{phase}", value, why if own is None else _CALL)


def _redirects(request: Request, config: ClientConfig, why: str) -> PlanEntry:
    limit = redirect_limit(request, config.redirects)
    source = why if request.follow_redirects is None else _CALL
    return PlanEntry("redirects", "not followed" if limit is None else f"at most {limit}", source)


def _other_origins(config: ClientConfig, why: str) -> Iterator[PlanEntry]:
    if config.bind_to_origin:
        elsewhere = "refused" if config.bind_to_origin == "refuse" else "without sensitive defaults"
        yield PlanEntry("other origins", elsewhere, why)


def _auth(request: Request, auth: Auth | None) -> PlanEntry:
    if request.auth is None:
        return PlanEntry("auth", "none", _CALL)
    if request.auth is not UNSET:
        return PlanEntry("auth", type(request.auth).__name__, _CALL)
    if auth is not None:
        return PlanEntry("auth", f"{type(auth).__name__}, for its one origin", "the client's auth")
    if request.url.userinfo:
        return PlanEntry("auth", "Basic", "user and password of the URL")
    return PlanEntry("auth", "none", DEFAULT)


def _retry(request: Request, config: ClientConfig, why: str) -> PlanEntry:
    policy = config.retry
    if request.retry is not UNSET:
        policy, why = request.retry, _CALL
    if policy is None:
        return PlanEntry("retry", "off, except for pooled connections that have died", why)
    obstacle = obstacle_to_retry(policy, request)
    if obstacle is not None:
        return PlanEntry("retry", f"only if nothing was sent: {obstacle}", why)
    return PlanEntry("retry", f"at most {policy.max_retries} times", why)


def _breaker(config: ClientConfig, why: str) -> PlanEntry:
    policy = config.circuit_breaker
    if policy is None:
        return PlanEntry("circuit breaker", "off", why)
    return PlanEntry("circuit breaker", f"opens after {policy.failure_threshold} failures", why)
