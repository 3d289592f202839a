"""Information about the connection of a response; `test_httpx.py` asks real ones."""

from __future__ import annotations

import pytest

from hyperhttp._message.response.source import NoSource
from hyperhttp.integrations._network_stream import NetworkStream


@pytest.mark.parametrize("info", ["client_addr", "server_addr", "socket", "ssl_object", "other"])
def test_without_a_connection_nothing_is_known(info: str) -> None:
    assert NetworkStream(NoSource()).get_extra_info(info) is None
