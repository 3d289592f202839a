"""The pytest plugin: fixtures for servers in memory and for cassettes.

It is loaded in every run of pytest where hyperhttp is installed; what costs time is imported when a
fixture is asked for.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from hyperhttp import testing

if TYPE_CHECKING:
    from collections.abc import Iterator

MODES: Final = ("none", "once", "new", "all")
_UNFIT_FOR_FILES: Final = re.compile(r"[^\w.\-]+")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--http-record`."""
    parser.getgroup("hyperhttp").addoption(
        "--http-record",
        choices=MODES,
        default=None,
        help="mode of the `cassette` fixture: none (play only; the default), once, new or all",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    config.addinivalue_line(
        "markers", "http_router(assert_all_called=True): whether all routes have to be called"
    )
    config.addinivalue_line(
        "markers", "cassette(name=None, **options): the file of the `cassette` fixture, and options"
    )


@pytest.fixture
def http_router(request: pytest.FixtureRequest) -> Iterator[testing.Router]:
    """A Router; if the test passes, all its routes must have been called.

    Not so with `@pytest.mark.http_router(assert_all_called=False)`.
    """
    router = testing.Router()
    failed = request.session.testsfailed
    yield router
    marker: Any = request.node.get_closest_marker("http_router")
    wants = marker is None or marker.kwargs.get("assert_all_called", True)
    if wants and request.session.testsfailed == failed:
        router.assert_all_called()


@pytest.fixture
def mock_transport(http_router: testing.Router) -> testing.MockTransport:
    """A MockTransport that answers by the routes of `http_router`."""
    return testing.MockTransport(http_router)


@pytest.fixture
def cassette(request: pytest.FixtureRequest) -> testing.Cassette:
    """A Cassette in `cassettes/<module>/<test>.json` beside the test; it plays only.

    `--http-record=MODE` has it record. `@pytest.mark.cassette("name", match_on=...)` gives it
    another name, and options.
    """
    node: Any = request.node
    path = Path(node.path)
    name = _UNFIT_FOR_FILES.sub("-", node.name).strip("-")
    marker: Any = node.get_closest_marker("cassette")
    options: dict[str, Any] = {} if marker is None else dict(marker.kwargs)
    if marker is not None and marker.args:
        name = str(marker.args[0])
    mode: Any = request.config.getoption("--http-record")
    if mode is not None:
        options["mode"] = mode
    return testing.Cassette(path.parent / "cassettes" / path.stem / f"{name}.json", **options)
