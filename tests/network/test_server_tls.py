"""TLS with one server: the name, and what a configuration becomes."""

from __future__ import annotations

import ssl

import pytest

from hyperhttp import TLSConfig
from hyperhttp._network.server_tls import ServerTLS, server_tls

PIN = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@pytest.mark.parametrize(
    ("host", "name"),
    [("example.com", "example.com"), ("example.com.", "example.com"), ("fe80::1%eth0", "fe80::1")],
)
def test_the_name_is_the_host_without_dot_and_zone(host: str, name: str) -> None:
    assert ServerTLS(ssl.create_default_context()).name_for(host) == name


def test_a_name_replaces_the_host() -> None:
    tls = ServerTLS(ssl.create_default_context(), "api.example.com")
    assert tls.name_for("127.0.0.1") == "api.example.com"


async def test_name_and_pins_apply_beside_a_context_of_the_caller() -> None:
    own = ssl.create_default_context()
    config = TLSConfig(server_hostname="api.example.com", pins={PIN})
    tls = await server_tls(config, ("http/1.1",), trust_env=False, own=own)
    assert (tls.context, tls.name, tls.pins) == (own, "api.example.com", {PIN})


async def test_configurations_that_differ_in_name_and_pins_share_a_context() -> None:
    plain = await server_tls(TLSConfig(), ("http/1.1",), trust_env=False)
    config = TLSConfig(server_hostname="api.example.com", pins={PIN}, session_uses=2)
    tls = await server_tls(config, ("http/1.1",), trust_env=False)
    assert tls.context is plain.context
    assert (plain.name, plain.pins) == (None, frozenset())
