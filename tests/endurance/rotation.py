"""The certificate of the servers, which is replaced while they run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("localhost", "127.0.0.1", "example.com", "*.example.com")


@dataclass
class Rotation:
    """A CA, and the file with the certificate that the servers use now."""

    directory: Path
    authority: trustme.CA

    @classmethod
    def create(cls, directory: Path) -> Rotation:
        """Create the CA and the first certificate."""
        rotation = cls(directory, trustme.CA())
        rotation.authority.cert_pem.write_to_path(rotation.trusted)
        rotation.renew()
        return rotation

    @property
    def trusted(self) -> Path:
        """The file that clients trust."""
        return self.directory / "ca.pem"

    @property
    def current(self) -> Path:
        """The file that servers read when they start and reload."""
        return self.directory / "server.pem"

    def renew(self) -> None:
        """Issue a certificate that is valid."""
        self._write(self.authority.issue_cert(*NAMES))

    def expire(self) -> None:
        """Issue a certificate that has expired."""
        past = datetime.now(UTC) - timedelta(days=2)
        until = past + timedelta(days=1)
        self._write(self.authority.issue_cert(*NAMES, not_before=past, not_after=until))

    def _write(self, leaf: trustme.LeafCert) -> None:
        fresh = self.directory / "server.pem.new"
        leaf.private_key_and_cert_chain_pem.write_to_path(fresh)
        fresh.rename(self.current)
