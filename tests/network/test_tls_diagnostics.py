from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import certifi
import pytest

from hyperhttp import ConfigError, TLSConfig
from hyperhttp._network.tls_diagnostics import trust

if TYPE_CHECKING:
    from tests.servers.certificates import Certificates


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)


async def test_the_usual_authorities_are_those_of_certifi() -> None:
    found = await trust(TLSConfig(), trust_env=True)
    assert (found.openssl, found.source) == (ssl.OPENSSL_VERSION, certifi.where())
    assert found.authorities > 50


@pytest.mark.parametrize("trust_env", [True, False])
async def test_the_environment_names_others(
    certificates: Certificates, trust_env: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.ca))
    found = await trust(TLSConfig(), trust_env=trust_env)
    assert (found.source == f"SSL_CERT_FILE={certificates.ca}") == trust_env
    assert (found.authorities == 1) == trust_env


async def test_a_file_of_authorities_is_named(certificates: Certificates) -> None:
    found = await trust(TLSConfig(verify=certificates.ca), trust_env=True)
    assert (found.source, found.authorities) == (str(certificates.ca), 1)


async def test_what_cannot_be_used_is_told() -> None:
    with pytest.raises(ConfigError, match="verify"):
        await trust(TLSConfig(verify=Path("no-such-file")), trust_env=True)


@pytest.mark.filterwarnings("ignore:TLS certificates are not verified")
async def test_nobody_is_trusted_where_nothing_is_checked() -> None:
    found = await trust(TLSConfig(verify=False), trust_env=True)
    assert found.source.startswith("none: ")


async def test_the_system_may_be_asked() -> None:
    assert (await trust(TLSConfig(system_trust=True), trust_env=True)).source == "the system"
