"""Fixtures that any test may ask for: certificates and peers on loopback, made once a session."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING, Final
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings

from hyperhttp._base import sensitive
from tests import pypy_row, sampling, sync_row, uvloop_row
from tests.servers.certificates import Certificates, make_certificates
from tests.servers.hypercorn import Hypercorn, hypercorn
from tests.servers.nghttpd import Nghttpd, nghttpd
from tests.servers.nginx import Nginx, nginx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Generator, Iterator

    Selection = tuple[list[pytest.Item], list[pytest.Item]]

YEAR_S = 366 * 86_400

# A gate says the same of the same commit: properties are tried with the same examples each time.
# `make explore` tries others, and what it finds becomes an example by name.
# How long an example takes says more of the load of the machine than of the code: an endless one is
# ended by the limit on each test, and the costs are held by `tests/benchmarks`.
UNTIMED: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("gate", UNTIMED, derandomize=True)
settings.register_profile("explore", UNTIMED, derandomize=False, print_blob=True)
settings.register_profile("sample", UNTIMED, derandomize=True, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
collect_ignore = pypy_row.FILES_LEFT_OUT


def pytest_configure(config: pytest.Config) -> None:
    """Forget the proxies of this machine: the peers are on loopback."""
    if config.getoption("--sync"):
        sync_row.install()
    if config.getoption("--uvloop"):
        config.pluginmanager.register(uvloop_row)
    for name in PROXY_VARIABLES:
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that choose a row of tests, and a sample of it."""
    parser.addoption("--sync", action="store_true", help="run against SyncClient what can be")
    parser.addoption("--uvloop", action="store_true", help="run on uvloop what can be")
    parser.addoption("--sample", action="store_true", help="run a few variants of each test")
    parser.addoption("--pairwise", action="store_true", help="run all pairs of parameters only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that don't belong to the row, or to the sample."""
    selections: dict[str, Callable[[list[pytest.Item]], Selection]] = {
        "--sync": sync_row.select,
        "--uvloop": uvloop_row.select,
        "--sample": partial(sampling.split, choose=sampling.sample),
        "--pairwise": partial(sampling.split, choose=sampling.pairwise),
    }
    for option, select in selections.items():
        if config.getoption(option):
            items[:], left_out = select(items)
            config.hook.pytest_deselected(items=left_out)
    if pypy_row.IS_PYPY:
        pypy_row.mark(items)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Have each worker collect in a year of its own: no test's name may depend on the time.

    Workers that collect different tests end the run; without this only those would that happen to
    collect across the turn of a second.
    """
    years = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with mock.patch("time.time", side_effect=lambda now=time.time: now() + years * YEAR_S):
        return (yield)


@pytest.fixture
def sensitive_name() -> Iterator[str]:
    """Make a header sensitive for one test, as `sensitive_names` does for the process."""
    name = "x-org-token"
    names, headers = set(sensitive._added), set(sensitive.ADDED_HEADERS)
    sensitive.add_sensitive_names([name.title(), "Org_Sig"])
    yield name
    sensitive._added.intersection_update(names)
    sensitive.ADDED_HEADERS.intersection_update(headers)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """One CA for the session, a good certificate from it, and one for each way to be wrong."""
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def trusting(certificates: Certificates) -> ssl.SSLContext:
    """A client's context that trusts the session's CA; give it as `verify=`."""
    return certificates.client_context()


@pytest.fixture(scope="session")
def nginx_server(
    tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> Iterator[Nginx]:
    """Run nginx: HTTP/1.1 and HTTP/2, each in cleartext and over TLS."""
    with nginx(tmp_path_factory.mktemp("nginx"), certificates) as server:
        yield server


@pytest.fixture(scope="session")
def hypercorn_server(
    tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> Iterator[Hypercorn]:
    """Run hypercorn with `tests/servers/app.py`: both protocols, each in cleartext and over TLS."""
    with hypercorn(tmp_path_factory.mktemp("hypercorn"), certificates.good) as server:
        yield server


@pytest.fixture(scope="session")
def nghttpd_server(
    tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> Iterator[Nghttpd]:
    """Run nghttpd: HTTP/2 over TLS, and in cleartext by prior knowledge."""
    with nghttpd(tmp_path_factory.mktemp("nghttpd"), certificates.good) as server:
        yield server


@pytest.fixture(scope="session")
def padding_nghttpd_server(
    tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> Iterator[Nghttpd]:
    """Run nghttpd as above, with up to 255 bytes of padding in its frames."""
    directory = tmp_path_factory.mktemp("padding_nghttpd")
    with nghttpd(directory, certificates.good, "--padding=255") as server:
        yield server
