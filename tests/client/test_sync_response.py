"""The response of a synchronous client: reading, iterating, leaving early, and copies."""

from __future__ import annotations

import gc
import json
import pickle
import threading
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import MockResponse, MockTransport, Request, SyncClient, SyncResponse
from tests.servers.certificates import Certificates, server_context
from tests.servers.threaded import read_head, serving

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable, Iterator

URL = "https://example.com/"
EVENTS = b"id: 1\nretry: 2000\ndata: one\n\nid: 2\nevent: x\ndata: two\n\n"


def client_of(reply: MockResponse, *, http2: bool = False) -> SyncClient:
    return SyncClient(transport=MockTransport(reply, http2=http2))


def in_pieces(
    *pieces: bytes, status_code: int = 200, content_type: str = "text/plain"
) -> MockResponse:
    """Return a response that arrives in pieces."""

    async def body() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return MockResponse(status_code, content=body(), headers={"Content-Type": content_type})


@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize("first", ["read", "content", "text", "json"])
def test_the_body_is_read_at_first_use(first: str, *, http2: bool) -> None:
    with client_of(in_pieces(b'{"a"', b": 1}"), http2=http2) as client:
        response = client.get(URL)
        if first == "json":
            assert response.json(dict[str, int]) == {"a": 1}
        elif first == "read":
            assert response.read() == b'{"a": 1}'
        else:
            assert len(getattr(response, first)) == 8
        assert response.read() == response.content == response.text.encode()
        assert response.json() == {"a": 1}
        assert list(response.iter_bytes()) == [b'{"a": 1}']
        assert response.num_bytes_downloaded == 8
        response.close()
        assert response.content == b'{"a": 1}'


def test_it_has_the_fields_of_a_response() -> None:
    reply = MockResponse(201, content=b"x", headers={"ETag": '"1"', "Location": "/users/7"})
    with client_of(reply) as client:
        response = client.post(URL, json={})
        assert response.status_code == 201
        assert (response.etag, str(response.location)) == ('"1"', "https://example.com/users/7")
        assert response.request.method == "POST"
        assert response.history == ()
        assert response.elapsed >= 0
        response.extensions["mine"] = 1
        assert response.extensions == {"mine": 1}
        assert repr(response) == "<SyncResponse [201]>"


def test_history_has_responses_of_the_same_kind() -> None:
    transport = MockTransport(
        {"GET /": MockResponse(302, headers={"Location": "/next"}), "GET /next": "there"}
    )
    with SyncClient(transport=transport, follow_redirects=True) as client:
        response = client.get(URL)
    assert [type(hop) for hop in response.history] == [SyncResponse]
    assert response.history[0].status_code == 302


@pytest.mark.parametrize(
    ("iterate", "expected"),
    [
        (lambda r: r.iter_raw(), [b"ab\nc", b"d\n"]),
        (lambda r: r.iter_bytes(), [b"ab\nc", b"d\n"]),
        (lambda r: r.iter_bytes(3), [b"ab\n", b"cd\n"]),
        (lambda r: r.iter_text(4), ["ab\nc", "d\n"]),
        (lambda r: r.iter_lines(), ["ab", "cd"]),
        (iter, [b"ab\nc", b"d\n"]),
    ],
)
def test_it_iterates_as_the_body_arrives(
    iterate: Callable[[SyncResponse], Iterator[object]], expected: list[object]
) -> None:
    with client_of(in_pieces(b"ab\nc", b"d\n")) as client, client.stream("GET", URL) as response:
        found = list(iterate(response))
        joined: object = b"".join(found) if isinstance(found[0], bytes) else "".join(found)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportUnknownVariableType]
        whole: object = b"".join(expected) if isinstance(expected[0], bytes) else "".join(expected)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportUnknownVariableType]
        assert joined == whole
        with pytest.raises(hyperhttp.StreamConsumed):
            next(response.iter_bytes())


def test_records_and_events_are_parsed() -> None:
    with client_of(in_pieces(b'{"a":1}\n{"a"', b":2}\n")) as client:
        with client.stream("GET", URL) as response:
            assert list(response.iter_json(dict[str, int])) == [{"a": 1}, {"a": 2}]
    reply = in_pieces(EVENTS, content_type="text/event-stream")
    with client_of(reply) as client, client.stream("GET", URL) as response:
        events = response.iter_sse()
        assert next(events).data == "one"
        assert [event.event for event in events] == ["x"]
        assert (events.last_event_id, events.retry_s) == ("2", 2.0)
        events.close()


def test_another_body_is_no_event_stream() -> None:
    with client_of(MockResponse(content=b"x")) as client, client.stream("GET", URL) as response:
        with pytest.raises(hyperhttp.DecodeError, match="Content-Type"):
            response.iter_sse()


def test_a_body_that_breaks_raises_and_closes_the_response() -> None:
    def cut(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        connection.close()

    with serving(cut) as url, SyncClient() as client:
        response = client.get(url)
        with pytest.raises(hyperhttp.RemoteProtocolError):
            response.read()
        with pytest.raises(hyperhttp.ResponseClosed):
            response.text  # noqa: B018 - it raises
        with client.stream("GET", url) as streamed:
            with pytest.raises(hyperhttp.RemoteProtocolError):
                list(streamed.iter_bytes())


@pytest.mark.parametrize("is_tls", [False, True], ids=["cleartext", "tls"])
@pytest.mark.parametrize("how", ["close", "with", "generator", "drop", "drop in a thread"])
def test_leaving_early_closes_the_connection(
    how: str, certificates: Certificates, *, is_tls: bool
) -> None:
    ended = threading.Event()

    def endless(connection: socket.socket) -> None:
        head = read_head(connection)
        if b"/next" in head:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext")
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\npiece")
        if not read_head(connection):
            ended.set()

    tls = server_context(certificates.good) if is_tls else None
    with (
        serving(endless, tls=tls) as url,
        SyncClient(base_url=url, verify=certificates.ca) as client,
    ):
        stream = client.stream("GET", "/")
        response = stream.__enter__()
        pieces = response.iter_bytes()
        assert next(pieces) == b"piece"
        if how == "close":
            response.close()
        elif how == "with":
            stream.__exit__(None, None, None)
        elif how == "generator":
            pieces.close()
        else:
            held = [pieces, response, stream]
            del pieces, response, stream
            target: Callable[[], object] = held.clear
            if how == "drop":
                target()
            else:
                thread = threading.Thread(target=target)
                thread.start()
                thread.join(10)
            gc.collect()
        if how in {"close", "with"}:
            assert ended.wait(10)
        # Finalizers and generators don't drive the event loop; the next call does.
        assert client.get("/next").text == "next"
        assert ended.wait(10)
        assert client.stats().active == 0


def test_a_status_error_has_the_body() -> None:
    with client_of(in_pieces(b"all ", b"is well")) as client:
        assert client.get(URL).raise_for_status().text == "all is well"
    reply = in_pieces(b"what ", b"is wrong", status_code=500)
    with client_of(reply) as client, pytest.raises(hyperhttp.ServerStatusError) as caught:
        client.get(URL).raise_for_status()
    assert caught.value.response.text == "what is wrong"
    assert isinstance(caught.value.response, SyncResponse)


def test_a_response_can_be_created_and_pickled() -> None:
    request = Request("GET", URL)
    created = SyncResponse.create(request, 404, json={"a": 1}, headers={"X-A": "1"})
    copy: SyncResponse = pickle.loads(pickle.dumps(created))
    for one in (created, copy):
        assert (one.status_code, one.json(), one.headers["x-a"]) == (404, {"a": 1}, "1")
        assert list(one.iter_lines()) == [json.dumps({"a": 1}, separators=(",", ":"))]
        with pytest.raises(hyperhttp.ClientStatusError):
            one.raise_for_status()
        one.close()
