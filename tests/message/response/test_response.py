"""A response as the caller has it: head, body, text, JSON, status, copies, and its end."""

from __future__ import annotations

import copy
import gzip
import pickle
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import (
    ConfigError,
    DecompressionError,
    ResponseClosed,
    ResponseTooLarge,
    StreamConsumed,
)
from hyperhttp._message.request.request import Request
from hyperhttp._message.response._generated.status_errors import (
    ClientStatusError,
    HTTPStatusError,
    ServerStatusError,
)
from hyperhttp._message.response.response import Response, set_history
from tests.message.sources import ORIGIN, URL, Pieces, all_of, at_once, reply


async def read(response: Response) -> Response:
    await response.aread()
    return response


# --- the head ---


def test_the_head_is_there_at_once() -> None:
    request = Request("GET", URL)
    response = reply(Pieces(b"x"), 404, reason="Not Found", request=request, x_name="v")
    assert (response.status_code, response.reason_phrase) == (404, "Not Found")
    assert response.http_version == "HTTP/1.1"
    assert response.request is request
    assert response.url is request.url
    assert response.elapsed == 0.25
    assert response.headers["X-Name"] == "v"
    assert response.headers is response.headers
    assert response.history == ()
    assert repr(response) == "<Response [404 Not Found]>"
    at_once(response.aclose())


def test_a_reason_may_be_missing() -> None:
    assert repr(reply(reason="")) == "<Response [200]>"


def test_the_redirects_that_led_here_are_its_history() -> None:
    first, last = reply(status=302), reply()
    set_history(last, (first,))
    assert last.history == (first,)


def test_fields_with_a_meaning_are_read() -> None:
    response = reply(
        content_type="Application/JSON; charset=utf-8",
        content_length="12",
        etag='W/"abc"',
        last_modified="Sun, 06 Nov 1994 08:49:37 GMT",
        retry_after="120",
    )
    assert response.content_type == "application/json"
    assert response.content_length == 12
    assert response.etag == 'W/"abc"'
    assert response.last_modified == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)
    assert response.retry_after == 120.0


def test_fields_that_are_malformed_or_missing_are_none() -> None:
    bad = reply(
        content_type="json", content_length="1_2", etag="abc", last_modified="x", retry_after="soon"
    )
    for response in (bad, reply()):
        assert response.content_type is None
        assert response.content_length is None
        assert response.etag is None
        assert response.last_modified is None
        assert response.retry_after is None


def test_a_date_to_retry_after_counts_from_now() -> None:
    date = (datetime.now(UTC) + timedelta(seconds=100)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    wait_s = reply(retry_after=date).retry_after
    assert wait_s is not None
    assert 90 < wait_s <= 100


def test_the_cookies_it_sets_are_read_by_the_rules() -> None:
    block = "a=1; Path=/\r\nSet-Cookie: b=2; Domain=other.example\r\nSet-Cookie: =\x01"
    assert dict(reply(set_cookie=block).cookies) == {"a": "1"}
    assert dict(reply().cookies) == {}


@pytest.mark.parametrize(
    ("content_type", "body", "encoding"),
    [
        ("text/plain; charset=ISO-8859-1", b"", "iso8859-1"),
        ("text/plain; charset=utf-16", b"\xfe\xff\x00a", "utf-16-be"),
        ("text/plain; charset=nonsense", b"", "utf-8"),
        ("text/plain", b"", "utf-8"),
        ("text/plain", b"\xff\xfea\x00", "utf-16-le"),
        ("text/plain; charset=latin-1", b"\xff\xfea\x00", "iso8859-1"),
    ],
)
async def test_the_encoding_is_the_one_that_text_is_decoded_from(
    content_type: str, body: bytes, encoding: str
) -> None:
    response = await read(reply(body, content_type=content_type))
    assert response.encoding == encoding
    assert response.text == body.decode(encoding).removeprefix("\ufeff")


def test_the_encoding_is_told_before_the_body_is_read() -> None:
    response = reply(Pieces(b"x"), default_encoding="latin-1")
    assert response.encoding == "iso8859-1"
    at_once(response.aclose())


async def test_trailers_are_there_once_the_body_is() -> None:
    response = reply(Pieces(b"x", trailers=[(b"Digest", b"abc")]))
    assert dict(response.trailers) == {}
    await response.aread()
    assert response.trailers["digest"] == "abc"


async def test_what_was_downloaded_is_counted_before_decoding() -> None:
    wire = gzip.compress(bytes(1000))
    response = reply(Pieces(wire[:10], wire[10:]), content_encoding="gzip")
    assert response.num_bytes_downloaded == 0
    async for _ in response.aiter_bytes():
        assert response.num_bytes_downloaded == len(wire)
    assert response.num_bytes_downloaded == len(wire)


# --- its status ---


@pytest.mark.parametrize("status", [100, 199, 200, 204, 299, 301, 304, 399, 600, 999])
def test_a_status_that_is_no_error_passes_on_the_response(status: int) -> None:
    response = reply(status=status)
    assert response.raise_for_status() is response


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, ClientStatusError),
        (499, ClientStatusError),
        (500, ServerStatusError),
        (599, ServerStatusError),
    ],
)
async def test_an_error_status_raises_with_the_beginning_of_the_body(
    status: int, kind: type[HTTPStatusError]
) -> None:
    for come in (True, False):
        source = Pieces(b'{"error":\n  "no such user"}', come=come)
        response = reply(source, status, reason="Oh", content_type="application/json")
        for _ in range(2):
            with pytest.raises(kind) as caught:
                response.raise_for_status()
            error = caught.value
            assert error.response is response
            assert error.excerpt == '{"error": "no such user"}'
            assert str(error) == f"{status} Oh for GET {URL}"
            assert (error.request, error.origin) == (response.request, ORIGIN)
        assert await response.aread() == b'{"error":\n  "no such user"}'


def test_a_short_error_page_can_be_had_without_waiting() -> None:
    response = reply(b"why", 404)
    with pytest.raises(HTTPStatusError) as caught:
        response.raise_for_status()
    assert caught.value.response.text == "why"


@pytest.mark.parametrize("come", [True, False], ids=["come", "on its way"])
async def test_an_excerpt_is_short(come: bool) -> None:
    response = reply(Pieces(b"x" * 100_000, come=come), 500)
    with pytest.raises(HTTPStatusError) as caught:
        response.raise_for_status()
    assert caught.value.excerpt == "x" * 400
    await response.aclose()


async def test_a_compressed_error_page_is_shown_decoded_or_not_at_all() -> None:
    wire = gzip.compress(b"no such user")
    for come, excerpt in ((True, "no such user"), (False, "")):
        response = reply(Pieces(wire, come=come), 404, content_encoding="gzip")
        with pytest.raises(HTTPStatusError) as caught:
            response.raise_for_status()
        assert caught.value.excerpt == excerpt
        assert await response.aread() == b"no such user"
    unknown = reply(wire, 404, content_encoding="unknown")
    with pytest.raises(HTTPStatusError) as caught:
        unknown.raise_for_status()
    assert caught.value.excerpt == ""
    assert unknown.content == wire


@pytest.mark.parametrize("encoding", ["identity", "utf-8"])
def test_a_coding_that_is_none_does_not_hide_the_page(encoding: str) -> None:
    with pytest.raises(HTTPStatusError) as caught:
        reply(b"why", 404, content_encoding=encoding).raise_for_status()
    assert caught.value.excerpt == "why"


def test_a_damaged_error_page_does_not_hide_the_status() -> None:
    for limits, coding, cause in (
        (Limits(), "gzip", DecompressionError),
        (Limits(max_body_bytes=3), "", ResponseTooLarge),
    ):
        response = reply(b"damaged", 500, limits=limits, content_encoding=coding)
        with pytest.raises(ServerStatusError) as caught:
            response.raise_for_status()
        assert isinstance(caught.value.__cause__, cause)
        assert caught.value.excerpt == ""
        with pytest.raises(ResponseClosed):
            assert response.content


async def test_a_page_that_was_iterated_is_not_shown() -> None:
    response = reply(Pieces(b"a", b"b"), 404)
    await anext(response.aiter_bytes())
    with pytest.raises(HTTPStatusError) as caught:
        response.raise_for_status()
    assert caught.value.excerpt == ""
    await response.aclose()


async def test_an_error_status_chains_in_front_of_the_body() -> None:
    assert await reply(Pieces(b"x")).raise_for_status().aread() == b"x"


# --- copies ---


async def test_a_response_that_was_read_can_be_pickled() -> None:
    source = Pieces(gzip.compress(b"text"), trailers=[(b"Digest", b"x")])
    content_type = "text/plain; charset=latin-1"
    response = reply(source, 404, reason="Oh", content_type=content_type, content_encoding="gzip")
    await response.aread()
    set_history(response, (reply(status=302),))
    for made in (
        pickle.loads(pickle.dumps(response)),
        copy.copy(response),
        copy.deepcopy(response),
    ):
        assert made.content == b"text"
        assert made.text == "text"
        assert await all_of(made.aiter_lines()) == ["text"]
        assert await made.aread() == b"text"
        assert (made.status_code, made.reason_phrase, made.elapsed) == (404, "Oh", 0.25)
        assert made.headers == response.headers
        assert made.url == response.url
        assert made.request.method == "GET"
        assert [hop.status_code for hop in made.history] == [302]
        assert made.trailers == response.trailers
        assert made.num_bytes_downloaded == response.num_bytes_downloaded
        assert made.encoding == "iso8859-1"
        with pytest.raises(StreamConsumed):
            await anext(made.aiter_raw())
        await made.aclose()


async def test_a_copy_of_an_unread_response_has_the_head_alone() -> None:
    response = reply(Pieces(b"text"), x_name="v")
    made = pickle.loads(pickle.dumps(response))
    assert made.headers["x-name"] == "v"
    with pytest.raises(ResponseClosed):
        await made.aread()
    # The original is as it was.
    assert await response.aread() == b"text"


async def test_an_error_with_a_response_can_be_pickled() -> None:
    response = reply(Pieces(b"why"), 404, reason="Oh")
    with pytest.raises(HTTPStatusError) as caught:
        response.raise_for_status()
    made = pickle.loads(pickle.dumps(caught.value))
    assert str(made) == str(caught.value) == f"404 Oh for GET {URL}"
    assert made.excerpt == "why"
    assert made.response.status_code == 404
    await response.aclose()


def test_iterating_a_response_is_typed_as_bytes() -> None:
    pieces: AsyncIterator[bytes] = aiter(reply(b"a"))
    assert at_once(all_of(pieces)) == [b"a"]


async def test_a_created_response_has_its_value_as_json() -> None:
    request = Request("GET", "https://example.com/")
    response = Response.create(request, 201, json={"id": 1})
    assert (response.status_code, await response.aread()) == (201, b'{"id":1}')
    assert response.headers["content-type"] == "application/json"
    problem = {"Content-Type": "application/problem+json"}
    assert Response.create(request, headers=problem, json=None).headers.get_list(
        "content-type"
    ) == ["application/problem+json"]


def test_a_created_response_has_one_body() -> None:
    create: Callable[..., Response] = Response.create
    request = Request("GET", "https://example.com/")
    with pytest.raises(ConfigError, match="json") as caught:
        create(request, json={}, content=b"")
    assert caught.value.option == "json"
    with pytest.raises(ConfigError, match="json"):
        create(request, json={1})
