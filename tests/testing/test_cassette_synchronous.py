"""Cassettes of a synchronous client: the same tape, recorded and played."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, MockResponse, MockTransport, SyncClient
from hyperhttp.testing import Cassette, UnrecordedRequest

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://example.com/users"


def test_a_tape_is_played_by_both_clients(tmp_path: Path) -> None:
    tape = tmp_path / "tape.json"
    transport = MockTransport(MockResponse(json=[1, 2], headers={"X-A": "1"}))
    with SyncClient(transport=transport, middleware=[Cassette(tape, mode="once")]) as client:
        assert client.get(URL).json() == [1, 2]
    with SyncClient(middleware=[Cassette(tape)]) as client:
        played = client.get(URL)
        assert (played.json(), played.headers["x-a"]) == ([1, 2], "1")
        with pytest.raises(UnrecordedRequest):
            client.get("https://example.com/other")
    assert len(transport.requests) == 1


async def test_a_tape_of_a_synchronous_client_is_played_by_the_other(tmp_path: Path) -> None:
    tape = tmp_path / "tape.json"
    transport = MockTransport("recorded")
    with SyncClient(transport=transport, middleware=[Cassette(tape, mode="once")]) as client:
        assert client.get(URL).text == "recorded"
    async with Client(middleware=[Cassette(tape)]) as played:
        assert await (await played.get(URL)).aread() == b"recorded"
