"""Client certificates in every shape that `cert=` takes, and a server that asks for one.

They are made afresh in a directory of the session, by a CA of their own: no server's certificate is
from it. Knows nothing of HTTP.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tests.servers.certificate_files import CLIENT_NAME as NAME
from tests.servers.certificate_files import PASSWORD, create_files
from tests.servers.certificates import server_context

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NAME", "PASSWORD", "ClientCertificates", "make_client_certificates"]


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
    create_files("client", directory)
    names = (one.name for one in fields(ClientCertificates))
    return ClientCertificates(**{name: directory / f"{name}.pem" for name in names})
