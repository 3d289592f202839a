from __future__ import annotations

from inspect import isabstract

import pytest

from hyperhttp import BaseResponse, DecodeError, HTTPStatusError, Request, Response
from hyperhttp._message.headers.response_head import ResponseHead

REQUEST = Request("GET", "https://example.com/users")


class ReadResponse(BaseResponse):
    """A response that has its body from the start, as a client without `await` would."""

    __slots__ = ("_content",)

    def __init__(self, headers: bytes, content: bytes) -> None:
        head = ResponseHead(200, "OK", "HTTP/1.1", headers)
        self._status_code, self._reason_phrase = head.status_code, head.reason_phrase
        self._http_version, self._url, self._request = head.http_version, REQUEST.url, REQUEST
        self._history, self._attempts, self._elapsed = (), (), 0.0
        self._head, self._headers, self._default_encoding = head, None, "latin-1"
        self._text, self._extensions, self._content = None, None, content

    @property
    def content(self) -> bytes:
        return self._content

    def _kept_body(self) -> bytes | None:
        return self._content

    def _whole_body(self) -> bytes:
        return self._content


def test_it_needs_a_body_only() -> None:
    assert isabstract(BaseResponse)
    response = ReadResponse(b'Set-Cookie: a=b\r\nETag: "1"\r\n', b'{"name": "Ann"}')
    assert response.json(dict[str, str]) == {"name": "Ann"}
    assert response.text == '{"name": "Ann"}'
    assert (response.cookies["a"], response.etag) == ("b", '"1"')
    assert response.extensions is response.extensions
    assert (response.encoding, response.attempts) == ("iso8859-1", ())
    assert repr(response) == "<ReadResponse [200 OK]>"


def test_the_encoding_is_that_of_a_mark_in_the_body_or_the_default() -> None:
    assert ReadResponse(b"", b"\xef\xbb\xbfn").encoding == "utf-8"
    named = ReadResponse(b"Content-Type: text/plain; charset=utf-8\r\n", "é".encode())
    assert (named.encoding, named.text) == ("utf-8", "é")
    assert ReadResponse(b"", b"\xe9").text == "é"


def test_an_error_of_its_json_refers_to_the_request() -> None:
    with pytest.raises(DecodeError) as caught:
        ReadResponse(b"", b"{").json()
    assert caught.value.request is REQUEST
    assert caught.value.origin == "https://example.com"


def test_the_response_of_a_status_error_is_the_response_itself() -> None:
    response = Response.create(REQUEST, 404, content=b"not here")
    with pytest.raises(HTTPStatusError) as caught:
        response.raise_for_status()
    assert isinstance(caught.value.response, Response)
    assert caught.value.response is response
    assert caught.value.response.text == "not here"
