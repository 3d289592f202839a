"""Every rule to which the model server holds its client is broken once: each check can fail."""

from __future__ import annotations

from random import Random

import pytest
from h2.settings import SettingCodes
from hpack import Encoder

from tests.servers import h2_frames
from tests.servers.h2_frames import PREFACE, WINDOW_DEFAULT, WINDOW_MAX
from tests.servers.h2_model import ModelServer
from tests.servers.h2_model_inbound import Violation
from tests.servers.h2_model_stream import Plan

REQUEST = [
    (":method", "GET"),
    (":scheme", "http"),
    (":authority", "localhost"),
    (":path", "/"),
]


def head(stream_id: int, *, end: bool = False) -> bytes:
    """A request head, by a fresh compression state."""
    return h2_frames.headers(stream_id, Encoder().encode(REQUEST), end=end)


def acknowledged(values: dict[int, int]) -> ModelServer:
    """A server whose settings the client has acknowledged."""
    server = ModelServer()
    server.inbound.unacknowledged.append(values)
    server.feed(PREFACE + h2_frames.settings() + h2_frames.settings(ack=True))
    return server


FRAMES_OF_64_KIB = b"".join(
    h2_frames.data(1, bytes(size)) for size in (16_384, 16_384, 16_384, 16_383)
)
WINDOW = int(SettingCodes.INITIAL_WINDOW_SIZE)


BROKEN: dict[str, tuple[dict[int, int], bytes, str]] = {
    "beyond the stream's window": (
        {WINDOW: 9},
        head(1) + h2_frames.data(1, bytes(10)),
        "10 bytes of DATA where 9",
    ),
    "its padding beyond the window": (
        {WINDOW: 9},
        head(1) + h2_frames.data(1, b"1234567", pad=2),
        "10 bytes of DATA where 9",
    ),
    "beyond the connection's window": (
        {},
        head(1) + FRAMES_OF_64_KIB + h2_frames.data(1, b"x"),
        "where 0 were allowed",
    ),
    "beyond it on two streams": (
        {WINDOW: 1 << 20},
        head(1) + head(3) + FRAMES_OF_64_KIB + h2_frames.data(3, b"x"),
        "where 0 were allowed",
    ),
    "a long DATA frame": ({}, head(1) + h2_frames.data(1, bytes(16_385)), "in one frame"),
    "a long HEADERS frame": (
        {},
        head(1) + h2_frames.headers(1, bytes(16_385), end=True),
        "16385 bytes in",
    ),
    "an even stream": ({}, head(2), "not the client's to open"),
    "a lower stream": ({}, head(3) + head(1), "1 is below 3"),
    "too many streams": (
        {int(SettingCodes.MAX_CONCURRENT_STREAMS): 1},
        head(1) + head(3),
        "2 streams are open",
    ),
    "DATA when idle": ({}, h2_frames.data(1, b"x"), "idle stream"),
    "RST_STREAM when idle": ({}, h2_frames.rst(1, 0), "idle stream"),
    "credit when idle": ({}, h2_frames.window_update(1, 1), "idle stream"),
    "DATA after the end": ({}, head(1, end=True) + h2_frames.data(1, b"x"), "after END_STREAM"),
    "DATA after RST_STREAM": (
        {},
        head(1) + h2_frames.rst(1, 8) + h2_frames.data(1, b"x"),
        "after RST_STREAM",
    ),
    "trailers that do not end": ({}, head(1) + head(1), "do not end it"),
    "no credit": ({}, h2_frames.window_update(0, 0), "a frame is broken"),
    "too much credit": ({}, h2_frames.window_update(0, WINDOW_MAX), "makes"),
    "too much credit for a stream": ({}, head(1) + h2_frames.window_update(1, WINDOW_MAX), "makes"),
    "an ACK of nothing": ({}, h2_frames.settings(ack=True), "an ACK of no SETTINGS"),
    "a response to nothing": ({}, h2_frames.ping(ack=True), "answers no PING"),
    "CONTINUATION of nothing": ({}, h2_frames.continuation(1, b""), "continues nothing"),
    "PING in a field block": (
        {},
        h2_frames.headers(1, bytes(2), split=1)[:10] + h2_frames.ping(),
        "a field block",
    ),
    "a push": ({}, h2_frames.push_promise(1, 2, b""), "a client sends no"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_client_may_not_send_is_a_violation(name: str) -> None:
    values, sent, reason = BROKEN[name]
    server = acknowledged(values)
    with pytest.raises(Violation, match=reason):
        server.feed(sent)


@pytest.mark.parametrize(
    "sent",
    [b"GET / HTTP/1.1\r\n\r\n", PREFACE + h2_frames.ping()],
    ids=["no preface", "no settings"],
)
def test_a_connection_begins_with_preface_and_settings(sent: bytes) -> None:
    with pytest.raises(Violation, match=r"no preface|first came"):
        ModelServer().feed(sent)


def test_a_smaller_window_holds_from_its_acknowledgement_on() -> None:
    server = ModelServer()
    server.feed(PREFACE + h2_frames.settings() + head(1))
    server.inbound.unacknowledged.append({WINDOW: 5})
    server.feed(h2_frames.data(1, bytes(10)) + h2_frames.settings(ack=True))
    assert server.accounts().streams == {1: (WINDOW_DEFAULT, -5)}
    server.feed(h2_frames.data(1, b""))
    with pytest.raises(Violation, match="where -5 were allowed"):
        server.feed(h2_frames.data(1, b"x"))


def test_nothing_may_be_opened_once_goaway_is_known() -> None:
    server, rng = ModelServer(Plan(goaways_max=1)), Random(0)
    server.feed(PREFACE + h2_frames.settings() + head(1))
    while server.inbound.goaway_ping is None:
        server.step(rng)
    server.feed(head(3))
    server.feed(h2_frames.ping(server.inbound.goaway_ping, ack=True))
    with pytest.raises(Violation, match="opened after GOAWAY"):
        server.feed(head(5))
