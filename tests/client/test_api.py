"""Functions for one-off calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import UnknownOption
from tests.servers.threaded import echo_path, serving

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://example.com/"


def test_a_function_uses_a_client_of_its_own(tmp_path: Path) -> None:
    with serving(echo_path) as url:
        assert hyperhttp.get(f"{url}/a").text == "/a"
        assert hyperhttp.post(f"{url}/b", json={"a": 1}).text == "/b"
        assert hyperhttp.request("OPTIONS", f"{url}/c", params={"d": 1}).content == b"/c?d=1"
        assert hyperhttp.download(f"{url}/d", tmp_path / "d", resume=None).size_bytes == 2
        with hyperhttp.stream("GET", f"{url}/e") as streamed:
            assert [*streamed.iter_text()] == ["/e"]
        config = hyperhttp.ClientConfig(user_agent="mine")
        assert hyperhttp.delete(f"{url}/f", config=config).request.headers["user-agent"] == "mine"
    transport_error = "http://127.0.0.1:1/"
    with pytest.raises(hyperhttp.ConnectError), hyperhttp.stream("GET", transport_error):
        pass
    with pytest.raises(UnknownOption, match="did you mean 'timeout'"):
        hyperhttp.get(URL, timout=1.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
