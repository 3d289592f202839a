"""The pytest plugin: fixtures for servers in memory and for cassettes.

It is loaded in every run of pytest where hyperhttp is installed; what costs time is imported when a
fixture is asked for.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from hyperhttp import testing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

F = TypeVar("F", bound="Callable[..., object]")

MODES: Final = ("none", "once", "new", "all")
_UNFIT_FOR_FILES: Final = re.compile(r"[^\w.\-]+")


# pytest is imported by name, and what is used of it is declared here, so that type checkers accept
# the package where pytest isn't installed.
def _fixture(function: F) -> F:
    """`pytest.fixture`, typed as the function that it decorates."""
    decorated: F = import_module("pytest").fixture(function)
    return decorated


class _Group(Protocol):
    """A group of options."""

    def addoption(self, *names: str, **attributes: object) -> None: ...


class _Parser(Protocol):
    """`pytest.Parser`."""

    def getgroup(self, name: str, /) -> _Group: ...


class _Config(Protocol):
    """`pytest.Config`."""

    def addinivalue_line(self, name: str, line: str, /) -> None: ...
    def getoption(self, name: str, /) -> object: ...


class _Mark(Protocol):
    """`pytest.Mark`."""

    @property
    def args(self) -> Sequence[object]: ...
    @property
    def kwargs(self) -> Mapping[str, object]: ...


class _Node(Protocol):
    """The test that asks for a fixture."""

    name: str
    path: Path

    def get_closest_marker(self, name: str, /) -> _Mark | None: ...


class _Session(Protocol):
    """`pytest.Session`."""

    testsfailed: int


class _Request(Protocol):
    """`pytest.FixtureRequest`."""

    @property
    def node(self) -> _Node: ...
    @property
    def config(self) -> _Config: ...
    @property
    def session(self) -> _Session: ...


def pytest_addoption(parser: _Parser) -> None:
    """Add `--http-record`."""
    parser.getgroup("hyperhttp").addoption(
        "--http-record",
        choices=MODES,
        default=None,
        help="mode of the `cassette` fixture: none (play only; the default), once, new or all",
    )


def pytest_configure(config: _Config) -> None:
    """Make the markers known."""
    config.addinivalue_line(
        "markers", "http_router(assert_all_called=True): whether all routes have to be called"
    )
    config.addinivalue_line(
        "markers", "cassette(name=None, **options): the file of the `cassette` fixture, and options"
    )


@_fixture
def http_router(request: _Request) -> Iterator[testing.Router]:
    """Return a Router; if the test passes, all its routes must have been called.

    Not so with `@pytest.mark.http_router(assert_all_called=False)`.
    """
    router = testing.Router()
    failed = request.session.testsfailed
    yield router
    marker = request.node.get_closest_marker("http_router")
    wants = marker is None or marker.kwargs.get("assert_all_called", True)
    if wants and request.session.testsfailed == failed:
        router.assert_all_called()


@_fixture
def mock_transport(http_router: testing.Router) -> testing.MockTransport:
    """Return a MockTransport with the routes of `http_router`."""
    return testing.MockTransport(http_router)


@_fixture
def cassette(request: _Request) -> testing.Cassette:
    """Return a Cassette in `cassettes/<module>/<test>.json` beside the test, for replay only.

    `--http-record=MODE` has it record. `@pytest.mark.cassette("name", match_on=...)` gives it
    another name, and options.
    """
    node = request.node
    name = _UNFIT_FOR_FILES.sub("-", node.name).strip("-")
    marker = node.get_closest_marker("cassette")
    options: dict[str, Any] = {} if marker is None else dict(marker.kwargs)
    if marker is not None and marker.args:
        name = str(marker.args[0])
    mode = request.config.getoption("--http-record")
    if mode is not None:
        options["mode"] = mode
    directory = node.path.parent / "cassettes" / node.path.stem
    return testing.Cassette(directory / f"{name}.json", **options)
