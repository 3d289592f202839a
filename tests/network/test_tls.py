"""TLS contexts: what they check, and that they are made once."""

from __future__ import annotations

import ssl
import warnings
from pathlib import Path

import pytest

from hyperhttp._generated.config import TLSConfig
from hyperhttp._generated.exceptions import ConfigError
from hyperhttp._network.tls import tls_context
from tests.servers.certificates import Certificates

ALPN = ("http/1.1",)


async def test_a_context_is_made_once_for_each_configuration(certificates: Certificates) -> None:
    default = await tls_context(TLSConfig(), ALPN)
    assert await tls_context(TLSConfig(verify=True), ALPN) is default
    own = await tls_context(TLSConfig(verify=certificates.ca), ALPN)
    assert own is not default
    assert await tls_context(TLSConfig(verify=certificates.ca), ALPN) is own
    assert await tls_context(TLSConfig(), ("h2", "http/1.1")) is not default


async def test_certificates_and_names_are_checked_from_tls_1_2_on() -> None:
    context = await tls_context(TLSConfig(), ALPN)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert not context.hostname_checks_common_name
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.get_ca_certs()


async def test_not_verifying_warns_once() -> None:
    alpn = ("http/1.1", "test")
    with pytest.warns(UserWarning, match="not verified"):
        context = await tls_context(TLSConfig(verify=False), alpn)
    assert context.verify_mode is ssl.CERT_NONE
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert await tls_context(TLSConfig(verify=False), alpn) is context


async def test_a_folder_of_authorities_is_taken(tmp_path: Path) -> None:
    assert (await tls_context(TLSConfig(verify=tmp_path), ALPN)).get_ca_certs() == []


@pytest.mark.parametrize("content", [None, "", "no certificate"])
async def test_a_path_that_holds_no_authorities_is_a_config_error(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError) as caught:
        await tls_context(TLSConfig(verify=path), ALPN)
    assert caught.value.option == "verify"
    assert "ca.pem" in caught.value.given
