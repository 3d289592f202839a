"""WSGI applications in process, with both clients and both versions of HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hyperhttp import Client, HyperHTTPError, SyncClient, WSGITransport
from hyperhttp.testing import WSGIError

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://example.com/caf%C3%A9/x?q=1&r=2"
HTTP2 = pytest.mark.parametrize("http2", [False, True])


def describe(environment: dict[str, Any], start_response: Any) -> list[bytes]:
    """Respond with what the application sees."""
    body = environment["wsgi.input"].read()
    start_response("201 Created", [("Content-Type", "text/plain"), ("X-Seen", "1")])
    names = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_HOST", "CONTENT_LENGTH")
    seen = [*(str(environment[name]) for name in names), environment.get("HTTP_X_A", "")]
    return ["|".join(seen).encode("latin-1"), b"|", body]


@HTTP2
def test_the_application_sees_the_request_and_its_response_arrives(*, http2: bool) -> None:
    with SyncClient(transport=WSGITransport(describe), http2=http2) as client:
        response = client.post(URL, content=b"body", headers={"X-A": "a"})
        assert (response.status_code, response.headers["x-seen"]) == (201, "1")
        assert response.content.decode("latin-1") == (
            "POST|/caf\xc3\xa9/x|q=1&r=2|example.com|4|a|body"
        )
        assert client.head(URL).content == b""
        assert response.http_version == ("HTTP/2" if http2 else "HTTP/1.1")


@HTTP2
async def test_it_works_with_the_asynchronous_client(*, http2: bool) -> None:
    async with Client(transport=WSGITransport(describe), http2=http2) as client:
        response = await client.put(URL, json={"a": 1})
        assert (await response.aread()).endswith(b'{"a":1}')


@HTTP2
def test_pieces_are_sent_as_they_come_and_the_iterator_is_closed(*, http2: bool) -> None:
    closed: list[bool] = []

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            yield b"one "
            yield b""
            yield b"two"

        def close(self) -> None:
            closed.append(True)

    def app(_: dict[str, Any], start_response: Any) -> Pieces:
        write = start_response("200 OK", [])
        write(b"zero ")
        return Pieces()

    with SyncClient(transport=WSGITransport(app), http2=http2) as client:
        with client.stream("GET", URL) as response:
            assert b"".join(response.iter_bytes()) == b"zero one two"
    assert closed == [True]


def test_an_application_may_use_the_client() -> None:
    def app(environment: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        if environment["PATH_INFO"] == "/outer":
            return [client.get("https://example.com/inner").content]
        return [b"inner"]

    with SyncClient(transport=WSGITransport(app)) as client:
        assert client.get("https://example.com/outer").text == "inner"


def failing(_: dict[str, Any], start_response: Any) -> list[bytes]:
    raise KeyError("mine")


def twice(_: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    start_response("200 OK", [])
    return []


def never(_: dict[str, Any], start_response: Any) -> list[bytes]:
    return [b"x"]


def text(_: dict[str, Any], start_response: Any) -> list[Any]:
    start_response("200 OK", [])
    return ["text"]


@HTTP2
@pytest.mark.parametrize(
    ("app", "error"),
    [(failing, KeyError), (twice, WSGIError), (never, WSGIError), (text, WSGIError)],
)
def test_its_errors_are_raised_or_become_a_500(
    app: Any, error: type[Exception], *, http2: bool
) -> None:
    with SyncClient(transport=WSGITransport(app), http2=http2) as client:
        with pytest.raises(error):
            client.get(URL)
    transport = WSGITransport(app, raise_app_exceptions=False)
    with SyncClient(transport=transport, http2=http2) as client:
        assert client.get(URL).status_code == 500


def test_a_response_that_breaks_is_cut_off() -> None:
    def app(_: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Length", "10")])
        yield b"half"
        raise KeyError("mine")

    transport = WSGITransport(app, raise_app_exceptions=False)
    with SyncClient(transport=transport) as client, pytest.raises(HyperHTTPError):
        client.get(URL).read()


def test_an_error_page_replaces_the_headers_before_they_are_sent() -> None:
    def app(_: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        try:
            raise KeyError("mine")
        except KeyError as error:
            start_response("500 Oops", [], (type(error), error, error.__traceback__))
        return [b"page"]

    with SyncClient(transport=WSGITransport(app)) as client:
        response = client.get(URL)
        assert (response.status_code, response.text) == (500, "page")


def test_a_mounted_application_sees_the_rest_of_the_path() -> None:
    def app(environment: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [f"{environment['SCRIPT_NAME']} {environment['PATH_INFO']}".encode()]

    with SyncClient(transport=WSGITransport(app, script_name="/api")) as client:
        assert client.get("https://example.com/api/users").text == "/api /users"
