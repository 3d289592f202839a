"""Whether a request may go out again after a kept-alive connection died: every fact, both ways."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from hyperhttp._generated.exceptions import (
    ConnectError,
    LocalProtocolError,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    WriteError,
    WriteTimeout,
)
from hyperhttp._message.request import Request
from hyperhttp._policy.replay import connection_died, may_replay, only_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyperhttp._generated.exceptions import TransportError

URL = "http://example.com/"
METHODS = ("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH")


@pytest.mark.parametrize(
    ("method", "reused", "sent", "received"),
    list(product(METHODS, [False, True], [0, 99], [0, 1])),
)
def test_a_request_is_replayed_only_when_doing_it_twice_is_doing_it_once(
    method: str, reused: bool, sent: int, received: int
) -> None:
    replayed = may_replay(
        Request(method, URL),
        reused=reused,
        sent_bytes=sent,
        received_bytes=received,
        stream_begun=False,
    )
    unsent = not sent and not received
    safe = method not in {"POST", "PATCH"} and reused and not received
    assert replayed == (unsent or safe)


def test_a_body_that_can_be_read_only_once_is_not_replayed_once_begun() -> None:
    request = Request("PUT", URL, content=iter([b"once"]))
    replayable = Request("PUT", URL, content=[b"again"])

    def replayed(request: Request, sent_bytes: int, *, begun: bool) -> bool:
        return may_replay(
            request, reused=True, sent_bytes=sent_bytes, received_bytes=0, stream_begun=begun
        )

    assert not replayed(request, 9, begun=True)
    assert replayed(request, 0, begun=False)
    assert replayed(replayable, 9, begun=True)


def test_a_request_is_replayed_once_but_kept_connections_that_took_nothing_do_not_count() -> None:
    request = Request("GET", URL)

    def replayed(*, sent: int, reused: bool) -> bool:
        return may_replay(
            request,
            reused=reused,
            sent_bytes=sent,
            received_bytes=0,
            stream_begun=False,
            replayed=True,
        )

    assert not replayed(sent=9, reused=True)
    assert replayed(sent=0, reused=True)
    assert not replayed(sent=0, reused=False)


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
