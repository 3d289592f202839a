"""Whether a request may go out again after a kept-alive connection died: every fact, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.bounds import REFUSALS_MAX
from hyperhttp._base._generated.errors import (
    ConnectError,
    LocalProtocolError,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    StreamReset,
    WriteError,
    WriteTimeout,
)
from hyperhttp._message.request.request import Request
from hyperhttp._policy.replay import Replay, connection_died, only_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyperhttp._base._generated.errors import TransportError

URL = "http://example.com/"
METHODS = ("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH")


@dataclass
class Failed:
    """A request that was sent and failed."""

    reused: bool = True
    sent_bytes: int = 9
    received_bytes: int = 0
    streams_body: bool = False
    progressed: bool = False


LOST = ReadError(detail="lost")


@pytest.mark.parametrize(
    ("method", "reused", "sent", "received"),
    list(product(METHODS, [False, True], [0, 99], [0, 1])),
)
def test_a_request_is_replayed_only_when_doing_it_twice_is_doing_it_once(
    method: str, reused: bool, sent: int, received: int
) -> None:
    failed = Failed(reused, sent, received)
    unsent = not sent and not received
    safe = method not in {"POST", "PATCH"} and reused and not received
    assert Replay().allows(Request(method, URL), LOST, failed) == (unsent or safe)


def test_a_body_that_can_be_read_only_once_is_not_replayed_once_begun() -> None:
    request = Request("PUT", URL, content=iter([b"once"]))
    replayable = Request("PUT", URL, content=[b"again"])
    assert not Replay().allows(request, LOST, Failed(streams_body=True))
    assert Replay().allows(request, LOST, Failed(sent_bytes=0))
    assert Replay().allows(replayable, LOST, Failed(streams_body=True))


def test_a_request_is_replayed_once_but_kept_connections_that_took_nothing_do_not_count() -> None:
    request = Request("GET", URL)
    replay = Replay()
    for _ in range(3):
        assert replay.allows(request, LOST, Failed(sent_bytes=0))
        assert not replay.needs_new
    assert replay.allows(request, LOST, Failed())
    assert replay.needs_new
    assert not replay.allows(request, LOST, Failed())
    assert replay.allows(request, LOST, Failed(sent_bytes=0))
    assert not replay.allows(request, LOST, Failed(sent_bytes=0, reused=False))


def refused() -> StreamReset:
    return StreamReset(detail="REFUSED_STREAM", error_code=7, is_unprocessed=True)


@pytest.mark.parametrize("method", METHODS)
def test_what_the_server_has_not_looked_at_is_sent_again_but_not_for_ever(method: str) -> None:
    replay = Replay()
    for _ in range(REFUSALS_MAX):
        assert replay.allows(Request(method, URL), refused(), Failed(False, 9, 1))
        assert not replay.needs_new
    assert not replay.allows(Request(method, URL), refused(), Failed())


@pytest.mark.parametrize("method", METHODS)
def test_there_is_no_limit_while_the_server_processes_other_requests(method: str) -> None:
    replay, request = Replay(), Request(method, URL)
    for _ in range(50):
        assert replay.allows(request, refused(), Failed(progressed=True))
    for _ in range(REFUSALS_MAX):
        assert replay.allows(request, refused(), Failed())
    assert replay.allows(request, refused(), Failed(progressed=True))
    for _ in range(REFUSALS_MAX):
        assert replay.allows(request, refused(), Failed())
    assert not replay.allows(request, refused(), Failed())


def test_not_even_then_is_half_a_body_sent() -> None:
    begun, error = Failed(streams_body=True, progressed=True), refused()
    assert not Replay().allows(Request("PUT", URL, content=iter([b"once"])), error, begun)
    assert "its body can be read only once" in str(error)
    assert Replay().allows(Request("PUT", URL, content=[b"again"]), refused(), begun)


def test_a_reset_stream_is_no_dead_connection() -> None:
    reset = StreamReset(detail="INTERNAL_ERROR", error_code=2)
    assert not connection_died(reset)
    assert not Replay().allows(Request("GET", URL), reset, Failed())


def test_silence_and_our_own_faults_are_no_death_of_a_connection() -> None:
    deaths: list[TransportError] = [
        ReadError(detail=""),
        WriteError(detail=""),
        RemoteProtocolError(detail=""),
    ]
    others: list[TransportError] = [
        ReadTimeout(timeout_s=1.0),
        WriteTimeout(timeout_s=1.0),
        LocalProtocolError(detail=""),
        ConnectError(detail=""),
    ]
    assert all(connection_died(error) for error in deaths)
    assert not any(connection_died(error) for error in others)


@pytest.mark.parametrize(
    ("method", "content", "once"),
    [
        ("GET", None, False),
        ("PUT", b"again", False),
        ("PUT", iter([b"once"]), True),
        ("POST", None, True),
        ("PATCH", b"again", True),
    ],
)
def test_what_cannot_be_sent_again_is_known_beforehand(
    method: str, content: bytes | Iterator[bytes] | None, once: bool
) -> None:
    request = Request(method, URL) if content is None else Request(method, URL, content=content)
    assert only_once(request) is once
