"""The arguments of a transport, and the options of its client."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import httpx
import httpx2
import pytest

from hyperhttp import UNSET, ConfigError, Proxy
from hyperhttp._message.request.proxy import secret_fields
from hyperhttp.integrations._options import DEFAULT_LIMITS, engine_options
from hyperhttp.integrations.httpx import AsyncHyperHTTPTransport
from hyperhttp.integrations.httpx2 import AsyncHyperHTTPTransport as Transport2

if TYPE_CHECKING:
    from hyperhttp.integrations._options import EngineOptions
    from hyperhttp.integrations._types import AnyLimits, CertTypes, ProxyTypes, VerifyTypes


def options(
    *,
    verify: VerifyTypes = True,
    cert: CertTypes | None = None,
    http1: bool = True,
    http2: bool = False,
    limits: AnyLimits = DEFAULT_LIMITS,
    proxy: ProxyTypes | None = None,
    env_proxies: bool = False,
) -> EngineOptions:
    """The options for these arguments."""
    return engine_options(
        verify=verify,
        cert=cert,
        system_trust=False,
        trust_env=True,
        http1=http1,
        http2=http2,
        limits=limits,
        proxy=proxy,
        env_proxies=env_proxies,
        uds=None,
        local_address=None,
    )


@pytest.mark.parametrize(
    ("http1", "http2", "expected"),
    [(True, False, False), (True, True, True), (False, True, "prior-knowledge")],
)
def test_the_protocols_are_those_that_are_allowed(
    expected: object, *, http1: bool, http2: bool
) -> None:
    assert options(http1=http1, http2=http2)["http2"] == expected


def test_a_transport_without_a_protocol_is_refused() -> None:
    with pytest.raises(ConfigError, match="http1"):
        options(http1=False)


def test_the_limits_are_those_of_the_library() -> None:
    defaults, limits = httpx.Limits(max_connections=100, max_keepalive_connections=20), options()
    assert limits["max_connections"] == defaults.max_connections
    assert limits["keepalive_expiry"] == defaults.keepalive_expiry
    assert options(limits=httpx.Limits())["max_connections"] is None
    assert options(limits=httpx2.Limits(keepalive_expiry=None))["keepalive_expiry"] is None


@pytest.mark.parametrize("idle_max", [0, 1, None])
def test_idle_connections_are_limited(idle_max: int | None) -> None:
    limits = httpx.Limits(max_keepalive_connections=idle_max)
    assert options(limits=limits)["max_keepalive_connections"] == idle_max


@pytest.mark.parametrize(
    ("proxy", "expected"),
    [
        ("http://localhost:1", Proxy("http://localhost:1")),
        ("http://user:pass%20word@localhost:1", Proxy("http://user:pass%20word@localhost:1")),
        (httpx.URL("https://localhost:1"), Proxy("https://localhost:1")),
        ("socks5://localhost", Proxy("socks5h://localhost")),
        (httpx2.Proxy("socks5h://localhost:1"), Proxy("socks5h://localhost:1")),
        (
            httpx.Proxy("http://localhost:1", auth=("user", "pa:ss"), headers={"X-Proxy": "1"}),
            Proxy(
                "http://localhost:1", username="user", password="pa:ss", headers={"x-proxy": "1"}
            ),
        ),
        (None, None),
    ],
)
def test_a_proxy_is_read(proxy: ProxyTypes | None, expected: Proxy | None) -> None:
    found = options(proxy=proxy)["proxy"]
    if isinstance(found, Proxy) and expected is not None:
        assert (found.url, found.credentials) == (expected.url, expected.credentials)
        assert secret_fields(found).lower() == secret_fields(expected).lower()
    else:
        assert found is expected


def test_a_proxy_with_a_context_of_its_own_is_refused() -> None:
    proxy = httpx.Proxy("https://localhost:1", ssl_context=ssl.create_default_context())
    with pytest.raises(ConfigError, match="ssl_context"):
        options(proxy=proxy)


def test_a_wrong_proxy_is_refused_without_its_password() -> None:
    with pytest.raises(ConfigError) as caught:
        options(proxy="ftp://user:secret@localhost")
    assert "secret" not in str(caught.value)


def test_the_environment_has_proxies_on_request_only() -> None:
    assert options()["proxy"] is None
    assert options(env_proxies=True)["proxy"] is UNSET


def test_the_usual_authorities_are_those_of_the_library() -> None:
    assert AsyncHyperHTTPTransport()._client.config.tls.system_trust is False
    assert Transport2()._client.config.tls.system_trust is True
    assert Transport2(verify=False)._client.config.tls.system_trust is False


def test_a_context_offers_the_protocols_and_no_other_option_of_tls() -> None:
    context = ssl.create_default_context()
    found = options(verify=context, http2=True)
    assert (found["verify"], found["cert"]) == (context, None)
    with pytest.raises(FileNotFoundError):
        options(verify=context, cert=("missing.pem", "missing.key"))
