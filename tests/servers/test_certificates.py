"""Each certificate is wrong in the one way that its name says, as Python's own TLS sees it."""

from __future__ import annotations

import ssl
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.servers.certificate_files import VARIABLE
from tests.servers.certificates import make_certificates, server_context

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.certificates import Certificates


def shake_hands(client: ssl.SSLContext, server: ssl.SSLContext, name: str) -> None:
    """Run a handshake in memory."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (
        client.wrap_bio(to_client, to_server, server_hostname=name),
        server.wrap_bio(to_server, to_client, server_side=True),
    )
    for _ in range(3):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue


@pytest.mark.parametrize(
    "name", ["localhost", "127.0.0.1", "::1", "example.com", "api.example.com"]
)
def test_the_good_one_is_accepted(certificates: Certificates, name: str) -> None:
    shake_hands(certificates.client_context(), server_context(certificates.good), name)


@pytest.mark.parametrize(
    ("which", "reason"),
    [
        ("wrong_host", "Hostname mismatch"),
        ("expired", "expired"),
        ("self_signed", "self-signed"),
        ("unknown_ca", "unable to get local issuer"),
        ("name_in_cn_only", "Hostname mismatch"),
    ],
)
def test_a_wrong_one_is_refused_for_its_own_reason(
    certificates: Certificates, which: str, reason: str
) -> None:
    server = server_context(getattr(certificates, which))
    with pytest.raises(ssl.SSLCertVerificationError, match=reason):
        shake_hands(certificates.client_context(), server, "localhost")


def test_another_interpreter_can_create_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, sys.executable)
    made = make_certificates(tmp_path)
    assert made.client_context().get_ca_certs()
    assert server_context(made.good).get_ca_certs() == []


def test_an_interpreter_that_fails_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/bin/false")
    with pytest.raises(subprocess.CalledProcessError):
        make_certificates(tmp_path)
