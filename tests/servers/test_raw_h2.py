"""The scripted HTTP/2 peer says what its script says, and holds the client to what it expects."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from h2.errors import ErrorCodes
from h2.events import (
    DataReceived,
    PingAckReceived,
    PushedStreamReceived,
    SettingsAcknowledged,
    WindowUpdated,
)
from h2.settings import SettingCodes
from hyperframe.frame import (
    DataFrame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    RstStreamFrame,
    SettingsFrame,
)

from tests.servers.certificates import Certificates, server_context
from tests.servers.contents import LARGE_BODY
from tests.servers.h2_frames import PREFACE
from tests.servers.h2_oracle import dialled, pairs
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server, over_h2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperframe.frame import Frame

PUSHED = [
    (":method", "GET"),
    (":scheme", "http"),
    (":authority", "localhost"),
    (":path", "/other"),
]
HEAD = [(":status", "200"), ("x-long", "a value that is neither short nor in any table")]


async def test_a_request_is_read_and_responded() -> None:
    taken: list[tuple[int, Sequence[tuple[str, str]]]] = []

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        taken.append(await peer.request())
        await peer.respond(1, b"ok", ("x-a", "b"), status=203)

    async with RawH2Server(script) as server, dialled(server.port) as client:
        reply = await client.get("/path", [("x-field", "value")])
    assert (reply.status, bytes(reply.body)) == (203, b"ok")
    assert ("x-a", "b") in reply.head
    ((stream_id, fields),) = taken
    assert stream_id == 1
    assert {(":path", "/path"), (":method", "GET"), ("x-field", "value")} <= set(fields)


async def test_credit_can_go_back_as_data_comes_and_bodies_be_forgotten() -> None:
    held: list[int] = []

    async def script(peer: H2Peer) -> None:
        peer.returns_credit, peer.keeps_bodies = True, False
        await peer.handshake()
        stream_id, _ = await peer.request()
        while stream_id not in peer.ended:
            await peer.read_frame()
            held.append(len(peer.raw_peer.received))
        assert await peer.body(stream_id) == b""
        await peer.respond(stream_id, b"ok")

    async with RawH2Server(script) as server, dialled(server.port) as client:
        reply = await client.put("/", LARGE_BODY)
        credit = [event for event in client.came(WindowUpdated) if event.stream_id == 0]
    assert bytes(reply.body) == b"ok"
    assert sum(event.delta or 0 for event in credit) == len(LARGE_BODY)
    assert max(held) < len(LARGE_BODY)


@pytest.mark.parametrize("drip_bytes", [None, 1, 7])
@pytest.mark.parametrize("pad", [None, 0, 255])
@pytest.mark.parametrize("split", [None, 1, 5])
async def test_heads_data_and_trailers_go_out_in_every_form(
    drip_bytes: int | None, pad: int | None, split: int | None
) -> None:
    async def script(peer: H2Peer) -> None:
        peer.drip_bytes = drip_bytes
        await peer.handshake({SettingCodes.MAX_CONCURRENT_STREAMS: 3})
        await peer.request()
        await peer.headers(1, [(":status", "103")], pad=pad, split=split)
        await peer.headers(1, HEAD, pad=pad, split=split)
        for piece in (b"one", b"", b"two"):
            await peer.data(1, piece, pad=pad)
        await peer.headers(1, [("x-sum", "6")], end=True, pad=pad, split=split)

    async with RawH2Server(script) as server, dialled(server.port) as client:
        reply = await client.get("/")
        assert reply.interim == [[(":status", "103")]]
        assert (reply.head, reply.trailers) == (HEAD, [("x-sum", "6")])
        assert reply.body == b"onetwo"
        assert client.h2.remote_settings.max_concurrent_streams == 3
        padding = [event for event in client.came(DataReceived) if not event.data]
        assert [event.flow_controlled_length for event in padding] == [
            0 if pad is None else pad + 1
        ]


@pytest.mark.parametrize("is_credited", [True, False])
async def test_a_body_is_read_with_and_without_credit(is_credited: bool) -> None:
    body = LARGE_BODY if is_credited else LARGE_BODY[:65_535]
    taken: list[bytes] = []

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        taken.append(await peer.body(stream_id, credit=is_credited))
        await peer.respond(stream_id)

    async with RawH2Server(script) as server, dialled(server.port) as client:
        reply = await client.put("/", body)
        updates = client.came(WindowUpdated)
    assert reply.status == 200
    assert taken == [body]
    assert bool(updates) is is_credited


async def test_a_client_without_credit_stops_where_its_window_ends() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake({SettingCodes.INITIAL_WINDOW_SIZE: 3})
        await peer.request()
        assert await peer.body_bytes(1, 3) == b"abc"
        await peer.window_update(1, 2)
        assert await peer.body_bytes(1, 5) == b"abcde"
        await peer.rst(1, ErrorCodes.NO_ERROR)

    async with RawH2Server(script) as server, dialled(server.port) as client:
        await client.until(lambda: client.h2.remote_settings.initial_window_size == 3)
        reply = await client.put("/", b"abcdefgh")
        assert reply.reset_code == ErrorCodes.NO_ERROR


async def test_a_large_body_waits_for_credit_in_frames_of_any_size() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        for stream_id, frame_bytes, pad in ((1, 16_384, None), (3, 1000, 200)):
            assert (await peer.request())[0] == stream_id
            await peer.headers(stream_id, HEAD)
            await peer.body_within_windows(stream_id, LARGE_BODY, frame_bytes=frame_bytes, pad=pad)

    async with RawH2Server(script) as server, dialled(server.port) as client:
        for _ in range(2):
            assert (await client.get("/")).body == LARGE_BODY


async def test_resets_pings_settings_and_goaway_go_both_ways() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        assert (await peer.expect(RstStreamFrame, 1)).error_code == ErrorCodes.CANCEL
        assert await peer.reset_of(1) == ErrorCodes.CANCEL
        await peer.request()
        await peer.ping(b"12345678")
        assert (await peer.expect(PingFrame)).opaque_data == b"12345678"
        await peer.settings({SettingCodes.MAX_FRAME_SIZE: 20_000})
        await peer.expect(SettingsFrame)
        await peer.rst(3, ErrorCodes.REFUSED_STREAM)
        await peer.goaway(1, ErrorCodes.ENHANCE_YOUR_CALM, b"too fast")
        await peer.read_to_end()

    async with RawH2Server(script) as server, dialled(server.port) as client:
        client.h2.reset_stream(await client.open("GET", "/"), ErrorCodes.CANCEL)
        reply = await client.get("/")
        assert reply.reset_code == ErrorCodes.REFUSED_STREAM
        await client.until(lambda: client.has_goaway)
        assert client.goaway is not None
        assert client.goaway.additional_data == b"too fast"
        assert client.h2.max_outbound_frame_size == 20_000


async def test_a_peer_that_does_not_response_lets_pings_go_unresponded() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        peer.replies = False
        await peer.expect(PingFrame)
        peer.replies = True
        await peer.expect(PingFrame)

    async with RawH2Server(script) as server, dialled(server.port) as client:
        client.h2.ping(b"first...")
        client.h2.ping(b"second..")
        await client.flush()
        await client.until(lambda: bool(client.came(PingAckReceived)))
        assert [event.ping_data for event in client.came(PingAckReceived)] == [b"second.."]


async def test_a_push_is_announced() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        assert peer.client_settings[SettingCodes.ENABLE_PUSH] == 1, "as h2 has it by default"
        await peer.request()
        await peer.push_promise(1, 2, PUSHED)

    async with RawH2Server(script) as server, dialled(server.port) as client:
        await client.open("GET", "/")
        await client.until(lambda: bool(client.came(PushedStreamReceived)))
        (pushed,) = client.came(PushedStreamReceived)
        assert (pushed.parent_stream_id, pushed.pushed_stream_id) == (1, 2)
        assert pairs(pushed.headers) == PUSHED


async def test_frames_are_read_to_the_end_of_the_connection() -> None:
    kinds: list[type[Frame]] = []
    is_over = asyncio.Event()

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        kinds.extend(type(frame) for frame in await peer.read_to_end())
        is_over.set()

    async with RawH2Server(script) as server, dialled(server.port) as client:
        await client.open("GET", "/")
        client.h2.close_connection()
        await client.flush()
        client.half_close()
        await is_over.wait()
    assert [kind for kind in kinds if kind is not SettingsFrame] == [HeadersFrame, GoAwayFrame]


async def test_a_reset_and_an_end_of_the_connection_are_told_apart() -> None:
    async def reset(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        peer.reset()

    async def end(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        peer.eof()

    async with RawH2Server(reset, end) as server:
        for message in ("reset by peer", "the server closed"):
            async with dialled(server.port) as client:
                await client.until(lambda: bool(client.came(SettingsAcknowledged)))
                with pytest.raises(ConnectionResetError, match=message):
                    await client.get("/")


async def test_another_frame_than_expected_fails_the_test() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.expect(DataFrame)

    with pytest.raises(AssertionError, match="expected a DataFrame, not HeadersFrame"):
        async with RawH2Server(script) as server, dialled(server.port) as client:
            with pytest.raises(ConnectionError):
                await client.get("/")


async def test_another_stream_than_expected_fails_the_test() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        await peer.expect(DataFrame, 3)

    with pytest.raises(AssertionError, match="expected stream 3"):
        async with RawH2Server(script) as server, dialled(server.port) as client:
            with pytest.raises(ConnectionError):
                await client.put("/", b"x")


async def test_a_client_that_speaks_no_http2_fails_the_test() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()

    with pytest.raises(AssertionError, match="expected the preface"):
        async with RawH2Server(script) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            assert await reader.read() == b""
            writer.close()


async def test_a_client_that_leaves_early_fails_a_script_that_waits_for_it() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        try:
            await peer.request()
        finally:
            is_over.set()

    is_over = asyncio.Event()
    with pytest.raises(UnexpectedEnd):
        async with RawH2Server(script) as server:
            async with dialled(server.port) as client:
                client.half_close()
                await is_over.wait()


async def test_tls_says_h2_and_means_it(certificates: Certificates) -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"ok")

    tls = server_context(certificates.good, alpn=("h2",))
    async with RawH2Server(script, tls=tls) as server:
        assert server.url().startswith("https://")
        async with dialled(server.port, certificates.client_context()) as client:
            assert (await client.get("/")).body == b"ok"


async def test_tls_may_lie_both_ways(certificates: Certificates) -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"ok")

    async def reply_by_http1(peer: Peer) -> None:
        assert await peer.read_until(b"\r\n\r\n") == b"PRI * HTTP/2.0\r\n\r\n"
        await peer.send(OK)
        peer.close()

    says_h2 = server_context(certificates.good, alpn=("h2",))
    async with RawServer(reply_by_http1, tls=says_h2) as server:
        async with dialled(server.port, certificates.client_context()) as client:
            with pytest.raises(ConnectionResetError, match="the server closed"):
                await client.get("/")
    assert server.received[0].startswith(PREFACE)
    says_http1 = server_context(certificates.good, alpn=("http/1.1",))
    async with RawServer(over_h2(script), tls=says_http1) as server:
        async with dialled(server.port, certificates.client_context(), alpn="http/1.1") as client:
            assert (await client.get("/")).body == b"ok"
