"""Creates certificates: `python -m tests.servers.certificate_maker KIND DIRECTORY`.

The command is for interpreters that have no wheel of `cryptography`: another one creates the files
for them. All files are new in each session. No key is used outside the tests.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.servers.certificate_files import CLIENT_NAME, LOCAL_NAMES, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Sequence


def create_server_files(directory: Path) -> None:
    """Create the CA of the session, a good certificate, and one for each way to be wrong."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(directory / "ca.pem")
    past = datetime.now(UTC) - timedelta(days=2)
    expired = ca.issue_cert(*LOCAL_NAMES, not_before=past, not_after=past + timedelta(days=1))
    other = "other.example.com"
    leaves = {
        "good": ca.issue_cert(*LOCAL_NAMES),
        "wrong_host": ca.issue_cert(other),
        "expired": expired,
        "unknown_ca": trustme.CA().issue_cert(*LOCAL_NAMES),
        "name_in_cn_only": ca.issue_cert(other, common_name="localhost"),
    }
    for name, leaf in leaves.items():
        leaf.private_key_and_cert_chain_pem.write_to_path(directory / f"{name}.pem")
    (directory / "self_signed.pem").write_bytes(_self_signed())


def create_client_files(directory: Path) -> None:
    """Create a CA and client certificates from it, in every shape that `cert=` takes."""
    ca = trustme.CA()
    leaf = ca.issue_cert(CLIENT_NAME)
    chain = b"".join(part.bytes() for part in leaf.cert_chain_pems)
    locked = _locked(leaf.private_key_pem.bytes())
    files = {
        "ca": ca.cert_pem.bytes(),
        "whole": leaf.private_key_and_cert_chain_pem.bytes(),
        "chain": chain,
        "key": leaf.private_key_pem.bytes(),
        "locked_key": locked,
        "locked_whole": locked + chain,
        "other_key": ca.issue_cert(CLIENT_NAME).private_key_pem.bytes(),
    }
    for name, content in files.items():
        (directory / f"{name}.pem").write_bytes(content)


def _locked(key_pem: bytes) -> bytes:
    key = serialization.load_pem_private_key(key_pem, password=None)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(PASSWORD.encode()),
    )


def _self_signed() -> bytes:
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
    return private + certificate.public_bytes(serialization.Encoding.PEM)


CREATE = {"server": create_server_files, "client": create_client_files}


def main(arguments: Sequence[str]) -> None:
    """Create the files of a kind in a directory."""
    kind, directory = arguments
    CREATE[kind](Path(directory))


if __name__ == "__main__":
    main(sys.argv[1:])
