"""The transports for httpx2: their module is that for httpx, with the other name."""

from __future__ import annotations

import httpx2
import pytest

from hyperhttp import ConfigError
from hyperhttp.integrations.httpx2 import AsyncHyperHTTPTransport, HyperHTTPTransport
from tests.servers.threaded import echo_path, serving


def test_a_client_works() -> None:
    with serving(echo_path) as url, httpx2.Client(transport=HyperHTTPTransport()) as client:
        assert client.get(f"{url}/path").text == "/path"


def test_the_classes_are_those_of_httpx2() -> None:
    assert issubclass(HyperHTTPTransport, httpx2.BaseTransport)
    assert issubclass(AsyncHyperHTTPTransport, httpx2.AsyncBaseTransport)


@pytest.mark.parametrize("kind", [HyperHTTPTransport, AsyncHyperHTTPTransport])
def test_an_argument_that_cannot_be_used_is_refused(
    kind: type[HyperHTTPTransport | AsyncHyperHTTPTransport],
) -> None:
    with pytest.raises(ConfigError, match="http1"):
        kind(http1=False)
    with pytest.raises(ConfigError, match="max_connections"):
        kind(limits=httpx2.Limits(max_connections=-1))
