"""Which configuration of TLS applies to a connection."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from hyperhttp import ClientConfig, ConfigError, TLSConfig
from hyperhttp._network import tls
from hyperhttp._transport.origin_tls import OriginTLS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.certificates import Certificates

KEY, HOST, ALPN = "https://example.com", "example.com", ("http/1.1",)
WITHOUT = f"{KEY} without the client certificate"
PIN = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


async def test_the_configuration_of_a_host_replaces_that_of_the_client() -> None:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    hosts = {HOST: TLSConfig(server_hostname="other", pins=frozenset({PIN}))}
    origin = OriginTLS(ClientConfig(), own, hosts)
    for name in (HOST, f"{HOST}."):
        found = await origin.start(KEY, name, ALPN)
        assert (found.name, found.pins) == ("other", {PIN})
        assert found.context is not own
    usual = await origin.start("https://127.0.0.1", "127.0.0.1", ALPN)
    assert (usual.context, usual.name, usual.pins) == (own, None, frozenset())


async def test_a_certificate_is_loaded_only_for_a_key_that_offers_it(tmp_path: Path) -> None:
    origin = OriginTLS(ClientConfig(tls=TLSConfig(cert=tmp_path / "missing.pem")), None, None)
    assert (await origin.start(WITHOUT, HOST, ALPN)).context.get_ca_certs()
    with pytest.raises(ConfigError, match="missing"):
        await origin.start(KEY, HOST, ALPN)


async def test_the_plan_of_a_context_is_made_once_for_connections_that_follow(
    certificates: Certificates,
) -> None:
    origin = OriginTLS(ClientConfig(tls=TLSConfig(verify=certificates.ca)), None, None)
    first = await origin.start(KEY, HOST, ALPN)
    with (
        mock.patch.object(tls, "_planned", side_effect=AssertionError),
        mock.patch.object(tls.CONTEXTS, "now", return_value=0.0),
    ):
        again = await origin.start("https://127.0.0.1", "127.0.0.1", ALPN)
    assert again.context is first.context
