"""HTTP/2 as its users see it: one connection for all; what happens to one stream stays there."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Literal

import pytest
from h2.errors import ErrorCodes
from h2.settings import SettingCodes
from hyperframe.frame import PingFrame

import hyperhttp
from hyperhttp import Client, HTTP2Config, Timeout
from hyperhttp._transport.exchange import Exchange
from hyperhttp._transport.h2_stream import H2Stream
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from hyperhttp import Response
    from hyperhttp._message.request.raw_body import ContentInput

LIMIT = SettingCodes.MAX_CONCURRENT_STREAMS
WINDOW = SettingCodes.INITIAL_WINDOW_SIZE


def over(server: RawH2Server, **options: object) -> Client:
    return Client(base_url=server.url(), http2="prior-knowledge", **options)  # type: ignore[arg-type]  # by the test


async def text_of(response: Response) -> str:
    await response.aread()
    return response.text


async def echo(peer: H2Peer) -> None:
    """Respond to each request with its path, and its body if it has one."""
    await peer.handshake()
    while True:
        stream_id, fields = await peer.request()
        body = await peer.body(stream_id)
        await peer.respond(stream_id, dict(fields)[":path"].encode() + body)


def play(
    *scripts: Callable[[H2Peer], Coroutine[None, None, None]],
    client: Callable[[TurnedLoop, RawH2Server], Coroutine[None, None, None]],
) -> None:
    """Each connection plays the next script; the test must leave nothing behind."""

    async def main(loop: TurnedLoop) -> None:
        async with RawH2Server(*scripts) as server:
            await client(loop, server)

    run_quietly(main)


# --- one connection for all ---


def test_any_number_of_tasks_share_one_connection() -> None:
    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            responses = await asyncio.gather(*(client.get(f"/{n}") for n in range(90)))
            assert [await text_of(one) for one in responses] == [f"/{n}" for n in range(90)]
            assert {one.http_version for one in responses} == {"HTTP/2"}
            assert (len(server.peers), client.stats().idle, client.stats().streams) == (1, 1, 0)

    play(echo, client=client)


@pytest.mark.parametrize("content", [b"", b"body", pytest.param(None, id="generator")])
def test_a_complete_request_leaves_nothing_to_the_garbage_collector(content: bytes | None) -> None:
    async def source() -> AsyncIterator[bytes]:
        yield b"body"

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            await text_of(await client.get("/first"))
            gc.collect()
            gc.disable()
            try:
                for _ in range(5):
                    body = source() if content is None else content
                    await text_of(await client.post("/", content=body))
                left = [one for one in gc.get_objects() if isinstance(one, Exchange | H2Stream)]
                assert left == []
            finally:
                gc.enable()

    play(echo, client=client)


def test_the_responses_may_come_in_any_order_and_in_pieces() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        asked = [await peer.request() for _ in range(5)]
        for stream_id, _ in reversed(asked):
            await peer.headers(stream_id, [(":status", "200")])
        for part in range(3):
            for stream_id, fields in asked:
                text = f"{part}{dict(fields)[':path']}".encode()
                await peer.data(stream_id, text, end=part == 2, pad=part * 7)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            responses = await asyncio.gather(*(client.get(f"/{n}") for n in range(5)))
            for number, response in enumerate(responses):
                assert await text_of(response) == f"0/{number}1/{number}2/{number}"

    play(script, client=client)


def test_no_more_streams_than_the_server_allows_and_the_others_wait_their_turn() -> None:
    most = 0

    async def script(peer: H2Peer) -> None:
        nonlocal most
        await peer.handshake({LIMIT: 2})
        for _ in range(10):
            first, _ = await peer.request()
            await peer.respond(first, b"ok")
            most = max(most, len(peer.ended))

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server, max_connections=1) as client:
            await text_of(await client.get("/"))
            limit = client.stats()
            responses = await asyncio.gather(*(client.get("/") for _ in range(9)))
            assert [await text_of(one) for one in responses] == ["ok"] * 9
            assert limit.idle == client.stats().idle == 1

    play(script, client=client)


def test_when_it_is_full_another_connection_is_opened() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake({LIMIT: 1})
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"warm")
        stream_id, _ = await peer.request()
        await until(lambda: len(servers[0].peers) == 2)
        await peer.respond(stream_id, b"ok")

    async def second(peer: H2Peer) -> None:
        await peer.handshake({LIMIT: 1})
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"ok")

    servers: list[RawH2Server] = []

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        servers.append(server)
        async with over(server, max_connections=2) as client:
            assert await text_of(await client.get("/")) == "warm"
            one, two = await asyncio.gather(client.get("/"), client.get("/"))
            assert (await text_of(one), await text_of(two)) == ("ok", "ok")
            assert client.stats().idle == 2

    play(script, second, client=client)


def test_a_limit_of_none_makes_requests_wait_until_it_is_raised() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake({LIMIT: 1})
        stream_id, _ = await peer.request()
        await peer.settings({LIMIT: 0})
        await peer.respond(stream_id, b"first")
        await until(lambda: clients[0].stats().waiters == 1)
        await peer.settings({LIMIT: 1})
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"second")

    clients: list[Client] = []

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            clients.append(client)
            assert await text_of(await client.get("/")) == "first"
            assert await text_of(await client.get("/")) == "second"
            assert len(server.peers) == 1

    play(script, client=client)


# --- bodies ---


def slow_source(size: int) -> Iterator[bytes]:
    for start in range(0, size, 999):
        yield bytes(min(999, size - start))


async def async_source(size: int) -> AsyncIterator[bytes]:
    for piece in slow_source(size):
        await asyncio.sleep(0)
        yield piece
        yield b""


@pytest.mark.parametrize("window", [1_000, 65_535, 1 << 24])
@pytest.mark.parametrize("kind", ["bytes", "generator", "async generator"])
def test_a_body_larger_than_every_window_arrives_whole(kind: str, window: int) -> None:
    size = 200_000
    sources: dict[str, Callable[[int], ContentInput]] = {
        "bytes": bytes,
        "generator": slow_source,
        "async generator": async_source,
    }
    received: list[int] = []

    async def script(peer: H2Peer) -> None:
        await peer.handshake({WINDOW: window})
        stream_id, fields = await peer.request()
        assert dict(fields).get("content-length", str(size)) == str(size)
        received.append(len(await peer.body(stream_id)))
        await peer.respond(stream_id, b"ok")

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            response = await client.post("/", content=sources[kind](size))
            assert await text_of(response) == "ok"

    play(script, client=client)
    assert received == [size]


@pytest.mark.parametrize("content", [b"", iter([]), [b"", b""]], ids=["bytes", "iter", "list"])
def test_an_empty_body_ends_its_stream(content: bytes | Iterator[bytes]) -> None:
    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            assert await text_of(await client.post("/empty", content=content)) == "/empty"

    play(echo, client=client)


def test_both_directions_at_once() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.headers(stream_id, [(":status", "200")])
        await peer.body_bytes(stream_id, 5)
        await peer.data(stream_id, b"heard 1 ")
        await peer.body_bytes(stream_id, 10)
        await peer.data(stream_id, b"heard 2")
        await peer.body(stream_id)
        await peer.data(stream_id, b"", end=True)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        heard: asyncio.Queue[bytes] = asyncio.Queue()

        async def talk() -> AsyncIterator[bytes]:
            yield b"one.."
            assert await heard.get() == b"heard 1 "
            yield b"two.."
            assert await heard.get() == b"heard 2"

        async with over(server) as client, client.stream("POST", "/", content=talk()) as response:
            async for piece in response.aiter_raw():
                heard.put_nowait(piece)

    play(script, client=client)


@pytest.mark.parametrize("resets", [True, False], ids=["and NO_ERROR", "and waits"])
def test_an_early_response_ends_the_upload_and_not_the_connection(resets: bool) -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.headers(stream_id, [(":status", "413")])
        await peer.data(stream_id, b"too large", end=True)
        if resets:
            await peer.rst(stream_id, ErrorCodes.NO_ERROR)
        else:
            assert await peer.reset_of(stream_id) == ErrorCodes.NO_ERROR
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"next")

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(1000)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            response = await client.post("/", content=endless())
            assert (response.status_code, await text_of(response)) == (413, "too large")
            assert await text_of(await client.get("/")) == "next"

    play(script, client=client)


def test_a_response_within_an_upload_does_not_cut_it_before_the_response_is_complete() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.body_bytes(stream_id, 1)
        await peer.headers(stream_id, [(":status", "404")])
        assert len(await peer.body(stream_id)) == 20 * 999
        await peer.data(stream_id, b"no such thing", end=True)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            response = await client.post("/", content=async_source(20 * 999))
            assert (response.status_code, await text_of(response)) == (404, "no such thing")

    play(script, client=client)


def test_goaway_before_a_source_was_asked_sends_it_elsewhere() -> None:
    async def leaving(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        await peer.goaway(0)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            headers = {"Expect": "100-continue"}
            response = await client.put("/", content=iter([b"once"]), headers=headers)
            assert await text_of(response) == "/once"
            assert len(server.peers) == 2

    async def second(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.headers(stream_id, [(":status", "100")])
        await peer.respond(stream_id, b"/" + await peer.body(stream_id))

    play(leaving, second, client=client)


def test_trailers_and_interim_responses() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.headers(stream_id, [(":status", "103"), ("link", "</style.css>")])
        await peer.headers(stream_id, [(":status", "200")])
        await peer.data(stream_id, b"body")
        await peer.headers(stream_id, [("digest", "abc")], end=True)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            response = await client.get("/")
            assert (response.status_code, await text_of(response)) == (200, "body")
            assert "link" not in response.headers

    play(script, client=client)


def test_expect_continue_waits_for_the_go_ahead() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, fields = await peer.request()
        assert ("expect", "100-continue") in fields
        await peer.ping()
        assert stream_id not in peer.ended
        await peer.headers(stream_id, [(":status", "100")])
        assert await peer.body(stream_id) == b"body"
        await peer.respond(stream_id, b"ok")

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            response = await client.put("/", content=b"body", headers={"Expect": "100-continue"})
            assert await text_of(response) == "ok"

    play(script, client=client)


def test_a_source_that_fails_resets_the_stream_and_its_error_comes_out() -> None:
    codes: list[int] = []

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        codes.append(await peer.reset_of(stream_id))
        assert stream_id not in peer.ended, "half a body must not look complete"
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"next")

    def failing() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            with pytest.raises(ZeroDivisionError):
                await client.post("/", content=failing())
            assert await text_of(await client.get("/")) == "next"

    play(script, client=client)
    assert codes == [ErrorCodes.CANCEL]


def test_uploads_that_wait_for_the_same_credit_take_turns() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake({WINDOW: 1 << 20})
        peer.replies = False
        streams = [(await peer.request())[0] for _ in range(3)]
        for _ in range(30):
            await peer.window_update(0, 1_000)
            for _ in range(20):
                await asyncio.sleep(0)
        # The first connection window of 65,535 may go to one of them; what comes later may not.
        for stream_id in streams:
            await peer.body_bytes(stream_id, 5_000)
        await peer.window_update(0, 1 << 20)
        for stream_id in streams:
            await peer.body(stream_id, credit=False)
            await peer.respond(stream_id, b"ok")

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            uploads = (client.post("/", content=bytes(100_000)) for _ in range(3))
            responses = await asyncio.gather(*uploads)
            assert [await text_of(one) for one in responses] == ["ok"] * 3

    play(script, client=client)


# --- what happens to one stream ---


def replied_beside(
    trouble: Callable[[H2Peer, int], Coroutine[None, None, None]],
) -> Callable[[H2Peer], Coroutine[None, None, None]]:
    """A server with trouble on the first stream, which serves two others before and after it."""

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        asked = [await peer.request() for _ in range(2)]
        streams = {dict(fields)[":path"]: stream_id for stream_id, fields in asked}
        await peer.headers(streams["/second"], [(":status", "200")])
        await trouble(peer, streams["/first"])
        await peer.data(streams["/second"], b"well", end=True)
        third, _ = await peer.request()
        await peer.respond(third, b"well")

    return script


async def fine(client: Client, response: Response) -> None:
    assert await text_of(response) == "well"
    assert await text_of(await client.get("/third")) == "well"
    await until(lambda: unused(client))
    assert client.stats().idle == 1


def test_a_reset_stream_is_a_typed_error_of_its_own() -> None:
    async def trouble(peer: H2Peer, stream_id: int) -> None:
        await peer.rst(stream_id, ErrorCodes.INTERNAL_ERROR)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            failed, other = await asyncio.gather(
                client.get("/first"), client.get("/second"), return_exceptions=True
            )
            assert isinstance(failed, hyperhttp.StreamReset)
            assert failed.error_code == ErrorCodes.INTERNAL_ERROR
            assert "INTERNAL_ERROR" in str(failed)
            assert not isinstance(other, BaseException)
            await fine(client, other)

    play(replied_beside(trouble), client=client)


@pytest.mark.parametrize("code", [0x01, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F])
def test_a_control_byte_in_a_header_loses_neither_the_response_nor_the_other_cookies(
    code: int,
) -> None:
    byte = chr(code)

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        fields = [
            ("set-cookie", "a=1; path=/"),
            ("set-cookie", f"k=OIO{byte}yX; path=/"),
            ("set-cookie", "z=2; path=/"),
            ("x-a", f"a{byte}b"),
        ]
        await peer.headers(stream_id, [(":status", "200"), *fields])
        await peer.data(stream_id, b"whole")
        await peer.headers(stream_id, [("x-b", f"c{byte}d")], end=True)
        stream_id, request = await peer.request()
        await peer.respond(stream_id, dict(request)["cookie"].encode())

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            response = await client.get("/")
            assert (response.status_code, await text_of(response)) == (200, "whole")
            assert response.headers["x-a"] == f"a{byte}b"
            assert response.trailers["x-b"] == f"c{byte}d"
            assert await text_of(await client.get("/")) == "a=1; z=2"

    play(script, client=client)


@pytest.mark.parametrize("byte", ["\r", "\n", "\0", "\r\n"])
def test_a_line_break_or_nul_in_a_header_fails_its_stream_only(byte: str) -> None:
    codes: list[int] = []

    async def trouble(peer: H2Peer, stream_id: int) -> None:
        await peer.headers(stream_id, [(":status", "200"), ("x-a", f"a{byte}b")], end=True)
        codes.append(await peer.reset_of(stream_id))

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            failed, other = await asyncio.gather(
                client.get("/first"), client.get("/second"), return_exceptions=True
            )
            assert isinstance(failed, hyperhttp.RemoteProtocolError)
            assert not isinstance(other, BaseException)
            await fine(client, other)

    play(replied_beside(trouble), client=client)
    assert codes == [ErrorCodes.PROTOCOL_ERROR]


def test_a_malformed_head_fails_its_stream_only() -> None:
    codes: list[int] = []

    async def trouble(peer: H2Peer, stream_id: int) -> None:
        await peer.headers(stream_id, [(":status", "200"), ("Upper", "case")], end=True)
        codes.append(await peer.reset_of(stream_id))

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            failed, other = await asyncio.gather(
                client.get("/first"), client.get("/second"), return_exceptions=True
            )
            assert isinstance(failed, hyperhttp.RemoteProtocolError)
            assert not isinstance(other, BaseException)
            await fine(client, other)

    play(replied_beside(trouble), client=client)
    assert codes == [ErrorCodes.PROTOCOL_ERROR]


def test_a_read_timeout_holds_for_its_stream() -> None:
    async def trouble(peer: H2Peer, stream_id: int) -> None:
        assert await peer.reset_of(stream_id) == ErrorCodes.CANCEL

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            first = asyncio.ensure_future(client.get("/first", timeout=Timeout(None, read=5.0)))
            other = await client.get("/second", timeout=Timeout(None))
            loop.turn(5.1)
            with pytest.raises(hyperhttp.ReadTimeout) as caught:
                await first
            assert caught.value.timeout_s == 5.0
            await fine(client, other)

    play(replied_beside(trouble), client=client)


def test_a_cancelled_stream_is_reset_and_the_others_do_not_notice() -> None:
    async def trouble(peer: H2Peer, stream_id: int) -> None:
        assert await peer.reset_of(stream_id) == ErrorCodes.CANCEL
        await peer.headers(stream_id, [(":status", "200")])
        await peer.data(stream_id, bytes(10_000), end=True, pad=100)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            first = asyncio.ensure_future(client.get("/first"))
            other = await client.get("/second")
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            await fine(client, other)

    play(replied_beside(trouble), client=client)


def test_a_response_that_is_closed_early_resets_its_stream() -> None:
    async def trouble(peer: H2Peer, stream_id: int) -> None:
        await peer.headers(stream_id, [(":status", "200")])
        await peer.data(stream_id, b"some")
        assert await peer.reset_of(stream_id) == ErrorCodes.CANCEL

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            first, other = await asyncio.gather(client.get("/first"), client.get("/second"))
            await first.aclose()
            await fine(client, other)

    play(replied_beside(trouble), client=client)


def test_a_slow_reader_blocks_nobody_and_holds_no_more_than_its_window() -> None:
    window, held = 65_536, 16_384

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        first, _ = await peer.request()
        await peer.headers(first, [(":status", "200")])
        sent = 0
        while peer.sendable(first) > 0:
            size = min(8192, peer.sendable(first))
            await peer.data(first, bytes(size))
            sent += size
            await peer.ping()
            await until(lambda: not peer.raw_peer.transport.get_write_buffer_size())
            for _ in range(20):
                await asyncio.sleep(0)
        sizes.append(sent)
        second, _ = await peer.request()
        await peer.respond(second, b"ok")
        await peer.data(first, b"", end=True)

    sizes: list[int] = []

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        config = HTTP2Config(stream_window_bytes=window)
        limits = hyperhttp.Limits(receive_buffer_bytes=held)
        async with over(server, http2_config=config, limits=limits) as client:
            slow = await client.get("/slow")
            assert await text_of(await client.get("/quick")) == "ok"
            assert len(await slow.aread()) == sizes[0]

    play(script, client=client)
    assert sizes[0] <= window + held + 8192


# --- the life of the connection ---


def test_goaway_lets_what_it_names_end_and_sends_the_rest_elsewhere() -> None:
    async def leaving(peer: H2Peer) -> None:
        await peer.handshake()
        first, _ = await peer.request()
        _, fields = await peer.request()
        assert dict(fields)[":method"] == "POST"
        await peer.goaway(first)
        await peer.respond(first, b"old")
        await peer.goaway_of_client()

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            one, two = await asyncio.gather(client.get("/1"), client.post("/2", content=b"!"))
            assert (await text_of(one), await text_of(two)) == ("old", "/2!")
            assert len(server.peers) == 2

    play(leaving, echo, client=client)


@pytest.mark.parametrize("times", [1, 4, 5])
def test_a_refused_stream_is_sent_again_but_not_for_ever(times: int) -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        for _ in range(times):
            stream_id, _ = await peer.request()
            await peer.rst(stream_id, ErrorCodes.REFUSED_STREAM)
        if times < 5:
            stream_id, _ = await peer.request()
            await peer.respond(stream_id, b"ok")

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            if times < 5:
                assert await text_of(await client.post("/", content=b"once")) == "ok"
                return
            with pytest.raises(hyperhttp.StreamReset) as caught:
                await client.post("/", content=b"once")
            assert caught.value.error_code == ErrorCodes.REFUSED_STREAM

    play(script, client=client)


@pytest.mark.parametrize("end", [H2Peer.eof, H2Peer.reset], ids=["eof", "reset"])
def test_a_lost_connection_fails_what_is_not_safe_and_repeats_what_is(
    end: Callable[[H2Peer], None],
) -> None:
    async def dying(peer: H2Peer) -> None:
        await peer.handshake()
        warm, _ = await peer.request()
        await peer.respond(warm, b"warm")
        for _ in range(2):
            await peer.request()
        end(peer)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            await text_of(await client.get("/warm"))
            safe, unsafe = await asyncio.gather(
                client.get("/safe"), client.post("/unsafe"), return_exceptions=True
            )
            assert isinstance(unsafe, hyperhttp.TransportError)
            assert not isinstance(safe, BaseException)
            assert await text_of(safe) == "/safe"
            await until(lambda: unused(client))

    play(dying, echo, client=client)


def test_silence_is_looked_into_by_ping_and_a_dead_server_is_noticed() -> None:
    async def dead(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"warm")
        peer.replies = False
        await until(lambda: gone == [True])

    gone: list[bool] = []

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        config = HTTP2Config(ping_after=30.0, ping_timeout=10.0)
        async with over(server, http2_config=config) as client:
            assert await text_of(await client.get("/")) == "warm"
            loop.turn(30.1)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert client.stats().idle == 1
            loop.turn(10.1)
            await until(lambda: client.stats().idle == 0)
            gone.append(True)
            assert await text_of(await client.get("/again")) == "/again"

    play(dead, echo, client=client)


async def ping_of(peer: H2Peer) -> None:
    while not isinstance(await peer.read_frame(), PingFrame):
        pass


def test_a_server_that_responses_pings_may_think_for_as_long_as_it_likes() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        for _ in range(5):
            pinged = asyncio.ensure_future(ping_of(peer))
            while not pinged.done():
                # What lies in the sockets is heard before the time is later.
                for _ in range(50):
                    await asyncio.sleep(0)
                loops[0].turn(31.0 if not pinged.done() else 0.0)
        await peer.respond(stream_id, b"at last")

    loops: list[TurnedLoop] = []

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        loops.append(loop)
        async with over(server, timeout=Timeout(None)) as client:
            assert await text_of(await client.get("/")) == "at last"

    play(script, client=client)


def test_an_idle_connection_is_closed_when_its_time_is_over() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"ok")
        await peer.goaway_of_client()

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server, keepalive_expiry=5.0) as client:
            await text_of(await client.get("/"))
            loop.turn(6.1)
            await until(lambda: client.stats().idle == 0)

    play(script, client=client)


def test_a_connection_that_is_too_old_takes_nothing_new_and_is_cut_for_nobody() -> None:
    async def old(peer: H2Peer) -> None:
        await peer.handshake()
        long, _ = await peer.request()
        await peer.headers(long, [(":status", "200")])
        short, _ = await peer.request()
        loops[0].turn(60.0)
        await peer.respond(short, b"short")
        await until(lambda: len(servers[0].peers) == 2)
        assert not peer.goaways
        await peer.data(long, b"long", end=True)
        await peer.goaway_of_client()

    loops: list[TurnedLoop] = []
    servers: list[RawH2Server] = []

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        loops.append(loop)
        servers.append(server)
        async with over(server, max_connection_age=50.0, timeout=Timeout(None)) as client:
            long = await client.get("/long")
            assert await text_of(await client.get("/short")) == "short"
            assert await text_of(await client.get("/new")) == "/new"
            assert await text_of(long) == "long"

    play(old, echo, client=client)


def test_a_connection_that_is_too_old_and_still_busy_gets_no_new_stream() -> None:
    async def old(peer: H2Peer) -> None:
        await peer.handshake()
        long, _ = await peer.request()
        await peer.headers(long, [(":status", "200")])
        await until(lambda: len(servers[0].peers) == 2)
        await peer.data(long, b"long", end=True)
        await peer.goaway_of_client()

    servers: list[RawH2Server] = []

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        servers.append(server)
        async with over(server, max_connection_age=50.0, timeout=Timeout(None)) as client:
            long = await client.get("/long")
            loop.turn(60.0)
            assert await text_of(await client.get("/new")) == "/new"
            assert await text_of(await client.get("/next")) == "/next"
            assert await text_of(long) == "long"
            assert len(server.peers) == 2

    play(old, echo, client=client)


def test_those_who_wait_get_no_stream_of_a_connection_that_is_too_old() -> None:
    async def old(peer: H2Peer) -> None:
        await peer.handshake({LIMIT: 1})
        long, _ = await peer.request()
        await peer.headers(long, [(":status", "200")])
        await until(waiting.is_set)
        await peer.settings({LIMIT: 10})
        await peer.settings_acknowledged(2)
        refused.set()
        await until(counted.is_set)
        await peer.data(long, b"long", end=True)
        await peer.goaway_of_client()

    waiting, refused, counted = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        options = {"max_connection_age": 50.0, "timeout": Timeout(None)}
        async with over(server, max_connections=1, **options) as client:
            long = await client.get("/long")
            loop.turn(60.0)
            running = [asyncio.ensure_future(client.get(f"/{n}")) for n in range(3)]
            await until(lambda: client.stats().waiters == 3)
            waiting.set()
            await until(refused.is_set)
            (origin,) = client.stats().origins.values()
            assert (origin.streams, origin.waiters) == (1, 3)
            counted.set()
            assert [await text_of(await one) for one in running] == ["/0", "/1", "/2"]
            assert await text_of(long) == "long"
            assert (len(server.peers), client.stats().waiters) == (2, 0)

    play(old, echo, client=client)


@pytest.mark.parametrize("http2", ["prior-knowledge", False])
async def test_an_age_that_is_over_at_once_still_serves_each_request(
    http2: Literal["prior-knowledge", False],
) -> None:
    router = hyperhttp.testing.Router()
    router.get("/{n}").respond(200)
    transport = hyperhttp.MockTransport(router)
    async with Client(
        base_url="http://example.com", max_connection_age=1e-9, http2=http2, transport=transport
    ) as client:
        responses = await asyncio.gather(*(client.get(f"/{n}") for n in range(20)))
    assert {one.status_code for one in responses} == {200}


def test_aclose_ends_everything_in_bounded_time() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        await peer.request()
        await peer.goaway_of_client()

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        client = over(server)
        running = [asyncio.ensure_future(client.get(f"/{n}")) for n in range(2)]
        await until(lambda: client.stats().streams == 2)
        await until(
            lambda: not any(peer.transport.get_write_buffer_size() for peer in server.peers)
        )
        for _ in range(50):
            await asyncio.sleep(0)
        await client.aclose()
        for task in running:
            with pytest.raises(hyperhttp.ClientClosed):
                await task

    play(script, client=client)


def test_a_sender_that_gets_no_credit_is_told_by_the_write_timeout() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake({WINDOW: 100})
        stream_id, _ = await peer.request()
        await peer.body_bytes(stream_id, 100)
        loops[0].turn(10.1)
        assert await peer.reset_of(stream_id) == ErrorCodes.CANCEL
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"next")

    loops: list[TurnedLoop] = []

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        loops.append(loop)
        async with over(server, timeout=Timeout(None, write=10.0)) as client:
            with pytest.raises(hyperhttp.WriteTimeout) as caught:
                await client.post("/", content=bytes(100_000))
            assert caught.value.sent_bytes < 70_000, "the window of RFC 9113 before its SETTINGS"
            assert await text_of(await client.get("/")) == "next"

    play(script, client=client)


# --- servers that do not keep to it ---


@pytest.mark.parametrize(
    "reply",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00" * 100, b"SSH-2.0-OpenSSH\r\n"],
    ids=["HTTP/1.1", "zeros", "ssh"],
)
def test_a_server_that_does_not_speak_http2_is_a_typed_error(reply: bytes) -> None:
    async def script(peer: H2Peer) -> None:
        await peer.raw(reply)

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            with pytest.raises(hyperhttp.RemoteProtocolError, match="HTTP/2"):
                await client.get("/")
            await until(lambda: unused(client))

    play(script, client=client)


def test_a_breach_that_concerns_all_ends_all_and_the_next_request_goes_elsewhere() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        await peer.request()
        await peer.data(99, b"nobody asked")
        assert (await peer.goaway_of_client()).error_code == ErrorCodes.PROTOCOL_ERROR

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            results = await asyncio.gather(
                client.post("/1"), client.post("/2"), return_exceptions=True
            )
            assert {type(one) for one in results} == {hyperhttp.RemoteProtocolError}
            assert results[0] is not results[1]
            assert await text_of(await client.get("/next")) == "/next"

    play(script, echo, client=client)


def test_a_flood_ends_the_connection_with_a_typed_error() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        peer.replies = False
        for _ in range(100):
            await peer.raw(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00" * 100)
            if peer.raw_peer.transport.is_closing():
                break

    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            with pytest.raises(hyperhttp.RemoteProtocolError):
                await client.get("/")

    play(script, client=client)


def test_a_response_that_outlives_its_loop_is_let_go_of() -> None:
    async def silent(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.headers(stream_id, [(":status", "200")])
        await peer.raw_peer.ended.wait()

    left: list[Response] = []

    async def main() -> None:
        async with RawH2Server(silent) as server:
            client = over(server)
            left.append(await client.get("/"))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        asyncio.run(main())
        left.clear()
        gc.collect()


def test_what_is_refused_takes_no_lease() -> None:
    async def client(loop: TurnedLoop, server: RawH2Server) -> None:
        async with over(server) as client:
            await text_of(await client.get("/"))
            for _ in range(3):
                request = client.build_request("GET", "/")
                request.headers.add("Host", "b")
                with pytest.raises(hyperhttp.LocalProtocolError, match="Host"):
                    await client.send(request)
            assert (client.stats().idle, client.stats().streams) == (1, 0)

    play(echo, client=client)
