"""The stage for the tests of this directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.stage import stage

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn


@pytest.fixture
def h2() -> bool:
    """Whether the server offers HTTP/2; a test may say so by a parameter of this name."""
    return False


@pytest.fixture
def on_stage(hypercorn_server: Hypercorn, certificates: Certificates, h2: bool) -> Generator[None]:
    """Let `example.com` and `api.example.com` be the loopback server."""
    with stage(hypercorn_server, certificates.ca, h2=h2):
        yield
