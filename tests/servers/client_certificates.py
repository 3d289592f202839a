"""Client certificates in every shape that `cert=` takes, and a server that asks for one.

They are made afresh in a directory of the session, by a CA of their own: no server's certificate is
from it. Knows nothing of HTTP.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trustme
from cryptography.hazmat.primitives import serialization

from tests.servers.certificates import server_context

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "s3cr3t-k3y-7c1a"
NAME = "client.example.com"


@dataclass(frozen=True)
class ClientCertificates:
    """Paths of PEM files: `ca` is what a server trusts, `whole` holds a key with its chain."""

    ca: Path
    whole: Path
    chain: Path
    key: Path
    locked_key: Path
    locked_whole: Path
    """Certificate and key in one file, the key encrypted with PASSWORD."""
    other_key: Path

    def demanding(self, server_pem: Path) -> ssl.SSLContext:
        """The context of a server that lets only clients with a certificate in."""
        context = server_context(server_pem)
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(self.ca)
        return context


def make_client_certificates(directory: Path) -> ClientCertificates:
    """Make the CA and the certificates in `directory`."""
    ca = trustme.CA()
    leaf = ca.issue_cert(NAME)
    chain = b"".join(part.bytes() for part in leaf.cert_chain_pems)
    locked = _locked(leaf.private_key_pem.bytes())
    return ClientCertificates(
        ca=_write(directory / "ca.pem", ca.cert_pem.bytes()),
        whole=_write(directory / "whole.pem", leaf.private_key_and_cert_chain_pem.bytes()),
        chain=_write(directory / "chain.pem", chain),
        key=_write(directory / "key.pem", leaf.private_key_pem.bytes()),
        locked_key=_write(directory / "locked_key.pem", locked),
        locked_whole=_write(directory / "locked_whole.pem", locked + chain),
        other_key=_write(directory / "other_key.pem", ca.issue_cert(NAME).private_key_pem.bytes()),
    )


def _locked(key_pem: bytes) -> bytes:
    key = serialization.load_pem_private_key(key_pem, password=None)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(PASSWORD.encode()),
    )


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
