"""The option `tls_hosts`: its names and values."""

from __future__ import annotations

from typing import Any

import pytest

from hyperhttp import ConfigError, TLSConfig
from hyperhttp._network.tls_hosts import tls_hosts_of

TLS = TLSConfig(min_version="TLSv1.3")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("api.example.com", "api.example.com"),
        ("API.Example.com.", "api.example.com"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"),
    ],
)
def test_names_are_as_in_urls(given: str, name: str) -> None:
    assert tls_hosts_of({given: TLS}) == {name: TLS}


@pytest.mark.parametrize(
    "given",
    [
        None,
        "api.example.com",
        {"api.example.com": None},
        {"api.example.com": {"min_version": "TLSv1.3"}},
        {"api.example.com:8443": TLS},
        {"https://api.example.com": TLS},
        {"": TLS},
        {"a b": TLS},
        {7: TLS},
    ],
)
def test_anything_else_is_refused(given: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        tls_hosts_of(given)
    assert caught.value.option == "tls_hosts"
