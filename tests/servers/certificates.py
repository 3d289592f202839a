"""Certificates for the peers on loopback: one that is right and one for each way to be wrong.

Everything is made afresh in a directory of the session; no key of this project is worth anything.
Knows nothing of sockets or HTTP.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from tests.pypy_row import IS_PYPY
from tests.servers.certificate_files import create_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _typeshed import ReadableBuffer, WriteableBuffer

T = TypeVar("T")


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


class TidyTLS(ssl.SSLObject):
    """Leaves no errors in the queue of OpenSSL.

    PyPy leaves all, and reports each again for another connection of the thread. The client copes
    with that, and asyncio doesn't: its servers fail, and clients in the same thread with them.
    """

    def do_handshake(self) -> None:
        """Shake hands."""
        self._tidily(super().do_handshake)

    def read(self, len: int = 1024, buffer: WriteableBuffer | None = None) -> bytes:
        """Decrypt."""
        return self._tidily(lambda: super(TidyTLS, self).read(len, buffer))

    def write(self, data: ReadableBuffer) -> int:
        """Encrypt."""
        return self._tidily(lambda: super(TidyTLS, self).write(data))

    def unwrap(self) -> None:
        """End TLS."""
        self._tidily(super().unwrap)

    def _tidily(self, step: Callable[[], T]) -> T:
        try:
            return step()
        except ssl.SSLWantReadError:
            raise
        except ssl.SSLError:
            # PyPy empties the queue when it creates an object.
            self.context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=True)
            raise


def server_context(pem: Path, *, alpn: tuple[str, ...] = ("http/1.1",)) -> ssl.SSLContext:
    """A server's context for one of the PEM files; an empty `alpn` negotiates nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = (
        ssl.TLSVersion.TLSv1_2
    )  # the default depends on OpenSSL's configuration
    context.load_cert_chain(pem)
    if IS_PYPY:
        context.sslobject_class = TidyTLS
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context


def make_certificates(directory: Path) -> Certificates:
    """Make the CA and all certificates in `directory`."""
    create_files("server", directory)
    return Certificates(**{one.name: directory / f"{one.name}.pem" for one in fields(Certificates)})
