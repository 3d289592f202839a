"""Certificates for the peers on loopback: one that is right and one for each way to be wrong.

Everything is made afresh in a directory of the session; no key of this project is worth anything.
Knows nothing of sockets or HTTP.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from pathlib import Path

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1", "example.com", "*.example.com")


@dataclass(frozen=True)
class Certificates:
    """Paths of PEM files: `ca` is what a client trusts, the rest hold a key with its chain."""

    ca: Path
    good: Path
    wrong_host: Path
    expired: Path
    self_signed: Path
    unknown_ca: Path
    name_in_cn_only: Path

    def client_context(self) -> ssl.SSLContext:
        """A context that trusts our CA and nothing else."""
        return ssl.create_default_context(cafile=str(self.ca))


def server_context(pem: Path, *, alpn: tuple[str, ...] = ("http/1.1",)) -> ssl.SSLContext:
    """A server's context for one of the PEM files; an empty `alpn` negotiates nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context


def make_certificates(directory: Path) -> Certificates:
    """Make the CA and all certificates in `directory`."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(directory / "ca.pem")
    past = datetime.now(UTC) - timedelta(days=2)
    expired = ca.issue_cert(*LOCAL_NAMES, not_before=past, not_after=past + timedelta(days=1))
    return Certificates(
        ca=directory / "ca.pem",
        good=_write(directory / "good.pem", ca.issue_cert(*LOCAL_NAMES)),
        wrong_host=_write(directory / "wrong_host.pem", ca.issue_cert("other.example.com")),
        expired=_write(directory / "expired.pem", expired),
        self_signed=_self_signed(directory / "self_signed.pem"),
        unknown_ca=_write(directory / "unknown_ca.pem", trustme.CA().issue_cert(*LOCAL_NAMES)),
        name_in_cn_only=_write(
            directory / "name_in_cn_only.pem",
            ca.issue_cert("other.example.com", common_name="localhost"),
        ),
    )


def _write(path: Path, leaf: trustme.LeafCert) -> Path:
    leaf.private_key_and_cert_chain_pem.write_to_path(path)
    return path


def _self_signed(path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
