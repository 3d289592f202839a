"""Which options of a client exclude each other: those of the network beside `transport=`."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING
from unittest import mock

import pytest

import hyperhttp
from hyperhttp import Client
from hyperhttp._client.transport_options import NETWORK_OPTIONS
from hyperhttp.testing import MockTransport
from tests.codegen.specs import real_spec

if TYPE_CHECKING:
    from pathlib import Path


def test_proxies_of_the_environment_are_left_alone() -> None:
    with mock.patch.dict("os.environ", {"HTTP_PROXY": "http://127.0.0.1:1"}):
        plan = Client(transport=MockTransport()).explain("http://example.com/")
    assert [str(fact) for fact in plan.entries][:2] == [
        "network: none (MockTransport replaces it)",
        "http: HTTP/1.1 (HTTP/2 is negotiated over TLS only)",
    ]


BESIDE: list[dict[str, object]] = [
    {"verify": False},
    {"verify": "ca.pem"},
    {"verify": ssl.create_default_context()},
    {"system_trust": True},
    {"cert": "client.pem"},
    {"cert": ("client.pem", "key.pem")},
    {"keylog": "keys.log"},
    {"local_address": "127.0.0.1"},
    {"uds": "server.sock"},
    {"resolver": hyperhttp.SystemResolver()},
    {"hosts": {"example.com": "127.0.0.1"}},
]


@pytest.mark.parametrize("options", BESIDE, ids=lambda options: next(iter(options)))
def test_an_option_of_the_network_beside_a_transport_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(hyperhttp.ConfigError, match="beside transport") as caught:
        hyperhttp.Client(transport=hyperhttp.MockTransport(200), **options)  # type: ignore[arg-type]  # by the case
    assert caught.value.option == next(iter(options))


def test_a_configuration_of_the_network_beside_a_transport_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "options.toml"
    path.write_text('uds = "server.sock"\n[tls]\nverify = false', encoding="utf-8")
    config = hyperhttp.ClientConfig.from_toml(path)
    hyperhttp.Client(config=config, transport=hyperhttp.MockTransport(200))


def test_every_option_that_only_the_network_obeys_is_refused_beside_a_transport() -> None:
    spec = real_spec()
    paths = {
        path: name
        for name, option in spec.options_at("client").items()
        for path in option.config_paths
        if spec.config_field(path).consumer.startswith("hyperhttp._network")
    }
    # A proxy is refused by itself; trust_env also means netrc and proxies.
    assert set(paths.values()) - {"trust_env"} == set(NETWORK_OPTIONS)


def test_a_proxy_beside_a_transport_is_refused() -> None:
    with pytest.raises(hyperhttp.ConfigError, match="beside transport"):
        Client(transport=MockTransport(), proxy="http://127.0.0.1:1")
