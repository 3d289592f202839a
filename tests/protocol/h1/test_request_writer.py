"""What goes over the wire: h11, as a server, must read each request as it was meant."""

from __future__ import annotations

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import ConfigError, LocalProtocolError
from hyperhttp._base.unset import UNSET
from hyperhttp._message.headers.headers import Headers
from hyperhttp._message.request.body import BytesBody
from hyperhttp._message.request.default_headers import DefaultHeaders
from hyperhttp._message.request.request import Request, request_of_client, set_jar_cookie
from hyperhttp._message.url.url import URL
from hyperhttp._protocol.framing import INLINE_BODY_BYTES
from hyperhttp._protocol.h1.request_writer import WireRequest, write_request

DEFAULTS = DefaultHeaders(Headers({"User-Agent": "test", "Accept": "*/*"}))


def of_client(method: str, url: str = "http://example.com/", **options: object) -> Request:
    """A request as a client builds it."""
    bare = Request(method, url, **options)  # type: ignore[arg-type]  # the cases' own options
    return request_of_client(method, bare.url, DEFAULTS, None, bare.body)


def read_by_h11(wire: WireRequest) -> tuple[h11.Request, bytes]:
    """What a strict server makes of a request without a streamed body."""
    server = h11.Connection(h11.SERVER)
    server.receive_data(wire.head)
    request = server.next_event()
    assert isinstance(request, h11.Request)
    body = b""
    while not isinstance(event := server.next_event(), h11.EndOfMessage):
        assert isinstance(event, h11.Data), event
        body += bytes(event.data)
    assert server.trailing_data == (b"", False)
    return request, body


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "DELETE", "TRACE", "PROPFIND"])
def test_a_request_without_a_body_says_nothing_of_one(method: str) -> None:
    request, body = read_by_h11(write_request(of_client(method)))
    assert (request.method, body) == (method.encode(), b"")
    names = [name for name, _ in request.headers]
    assert names == [b"host", b"user-agent", b"accept"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_methods_that_carry_a_body_announce_an_empty_one(method: str) -> None:
    for request in (of_client(method), Request(method, "http://example.com/")):
        read, _ = read_by_h11(write_request(request))
        assert (b"content-length", b"0") in list(read.headers)


@pytest.mark.parametrize(
    ("url", "target", "host"),
    [
        ("http://example.com", b"/", b"example.com"),
        ("http://example.com:80/a?b=c#d", b"/a?b=c", b"example.com"),
        ("https://example.com:80/", b"/", b"example.com:80"),
        ("http://[::1]:8080/x", b"/x", b"[::1]:8080"),
        ("http://user:pass@example.com/", b"/", b"example.com"),
        ("http://b\u00fccher.example.com/\u00fc", b"/%C3%BC", b"xn--bcher-kva.example.com"),
        ("http://example.com/a;p=1/%2F?", b"/a;p=1/%2F?", b"example.com"),
    ],
)
def test_target_and_host_are_those_of_the_url(url: str, target: bytes, host: bytes) -> None:
    request, _ = read_by_h11(write_request(of_client("GET", url)))
    assert (request.target, dict(request.headers)[b"host"]) == (target, host)
    assert next(iter(request.headers))[0] == b"host"


def test_userinfo_becomes_basic_unless_the_request_has_its_own() -> None:
    url = "http://user:p%40ss@example.com/"
    request, _ = read_by_h11(write_request(of_client("GET", url)))
    assert dict(request.headers)[b"authorization"] == b"Basic dXNlcjpwQHNz"
    own = Request("GET", url, headers={"Authorization": "Bearer x"})
    request, _ = read_by_h11(write_request(own))
    assert dict(request.headers)[b"authorization"] == b"Bearer x"


def test_a_short_body_leaves_with_the_head_and_a_long_one_follows() -> None:
    short = write_request(of_client("POST", content=b"x" * INLINE_BODY_BYTES))
    assert short.stream is None
    assert read_by_h11(short)[1] == b"x" * INLINE_BODY_BYTES
    long = write_request(of_client("POST", content=b"x" * (INLINE_BODY_BYTES + 1)))
    assert long.stream is not None
    assert long.content_length == INLINE_BODY_BYTES + 1
    assert long.head.endswith(b"\r\n\r\n")


def test_a_body_of_unknown_length_is_chunked() -> None:
    wire = write_request(of_client("POST", content=iter([b"x"])))
    assert wire.content_length is None
    assert b"Transfer-Encoding: chunked\r\n" in wire.head
    assert b"Content-Length" not in wire.head


def test_the_short_way_and_the_long_way_write_the_same() -> None:
    for method, options in (
        ("GET", {}),
        ("POST", {}),
        ("POST", {"json": {"a": 1}}),
        ("PUT", {"content": "text"}),
        ("POST", {"data": {"a": "b"}}),
        ("POST", {"content": iter([b"x"])}),
    ):
        short, long = of_client(method, **options), of_client(method, **options)
        set_jar_cookie(short, "a=b")
        set_jar_cookie(long, "a=b")
        assert long.headers  # looked at: from now on it is written from the mapping
        written, expected = write_request(short), write_request(long)
        assert sorted(written.head.split(b"\r\n")) == sorted(expected.head.split(b"\r\n"))
        assert (written.content_length, written.keep_alive) == (
            expected.content_length,
            expected.keep_alive,
        )


def test_what_the_caller_changes_is_what_is_sent() -> None:
    request = of_client("POST", json={"a": 1})
    request.headers["X-Own"] = "1"
    request.headers["Content-Type"] = "application/vnd.own+json"
    del request.headers["accept"]
    read, body = read_by_h11(write_request(request))
    fields = dict(read.headers)
    assert (fields[b"x-own"], fields[b"content-type"]) == (b"1", b"application/vnd.own+json")
    assert b"accept" not in fields
    assert body == b'{"a":1}'


@pytest.mark.parametrize(
    ("connection", "keep_alive"),
    [("close", False), ("x, Close", False), ("keep-alive", True), ("closed", True)],
)
def test_our_own_connection_field_is_obeyed(connection: str, keep_alive: bool) -> None:
    request = Request("GET", "http://example.com/", headers={"Connection": connection})
    assert write_request(request).keep_alive == keep_alive


tokens = st.text("abcXYZ09-_.!~", min_size=1, max_size=10)
any_text = st.text(max_size=20)


@given(
    method=tokens | any_text,
    target=any_text,
    fields=st.lists(st.tuples(tokens | any_text, any_text), max_size=4),
    body=st.none() | st.binary(max_size=30),
)
def test_whatever_is_accepted_is_read_as_one_request_by_a_strict_server(
    method: str, target: str, fields: list[tuple[str, str]], body: bytes | None
) -> None:
    content = UNSET if body is None else body
    try:
        url = URL("http://example.com/").copy_with(path=target)
        wire = write_request(Request(method, url, headers=fields, content=content))
    except (LocalProtocolError, ConfigError, ValueError):
        return
    request, read = read_by_h11(wire)
    assert request.method == method.encode()
    assert request.target == url.target.encode()
    assert read == (body or b"")
    names = {name.lower() for name, _ in fields} | {"host", "content-length"}
    assert {name.decode() for name, _ in request.headers} <= names


@pytest.mark.parametrize(
    "extra", [None, Headers({"X-Test": "1"}), Headers({"Connection": "close"})], ids=str
)
@pytest.mark.parametrize("content", [None, b"body"])
def test_a_proxy_that_reads_it_gets_the_whole_url_and_fields_of_its_own(
    extra: Headers | None, content: bytes | None
) -> None:
    url = URL("http://ann:hunter2@example.com:8080/a?b=c#d")
    body = None if content is None else BytesBody(content, None)
    request = request_of_client("POST", url.without_userinfo(), DEFAULTS, extra, body)
    read, sent = read_by_h11(write_request(request, b"Proxy-Authorization: Basic x\r\n"))
    assert read.target == b"http://example.com:8080/a?b=c"
    assert sent == (content or b"")
    fields = list(read.headers)
    assert fields[0] == (b"host", b"example.com:8080")
    assert fields.count((b"proxy-authorization", b"Basic x")) == 1
    straight, _ = read_by_h11(write_request(request))
    assert straight.target == b"/a?b=c"
    assert b"proxy-authorization" not in dict(straight.headers)


def test_user_and_password_of_the_url_are_for_the_server_not_in_the_target() -> None:
    request = of_client("GET", "http://ann:hunter2@example.com/")
    head = write_request(request, b"").head
    assert head.startswith(b"GET http://example.com/ HTTP/1.1\r\n")
    assert b"hunter2" not in head
    assert b"\r\nAuthorization: Basic " in head


@pytest.mark.parametrize("headers", [{}, {"X-A": "1"}, {"Expect": "100-continue"}])
@pytest.mark.parametrize("content", [b"short", bytes(100_000), [b"piece"]])
def test_who_wants_to_be_told_of_a_body_goes_with_it(
    headers: dict[str, str], content: bytes | list[bytes]
) -> None:
    request = Request("POST", "http://example.com/", headers=headers, content=content)
    assert write_request(request).on_upload is None
    request.on_upload = print
    wire = write_request(request)
    assert wire.on_upload is print
    assert wire.stream is request.body


FIELD_NAMES = st.sampled_from(
    ["X-A", "x-b", "User-Agent", "ACCEPT", "Authorization", "TE", "Host", "Cookie", "Content-Type"]
)


@given(
    st.lists(st.tuples(FIELD_NAMES, st.sampled_from(["1", "a b", ""])), max_size=4).filter(
        lambda fields: sum(name == "Host" for name, _ in fields) < 2
    ),
    st.sampled_from(["GET", "POST"]),
    st.booleans(),
    st.booleans(),
)
def test_fields_that_stand_behind_the_block_are_written_as_if_one_by_one(
    fields: list[tuple[str, str]], method: str, has_body: bool, has_cookie: bool
) -> None:
    def made() -> Request:
        body = BytesBody(b"{}", "application/json") if has_body else None
        url = URL("http://example.com/")
        request = request_of_client(method, url, DEFAULTS, Headers(fields), body)
        if has_cookie:
            set_jar_cookie(request, "a=b")
        return request

    by_fields = made()
    assert by_fields.headers
    if sum(name == "Host" for name, _ in fields) > 1:
        for request in (made(), by_fields):
            with pytest.raises(LocalProtocolError, match="more than one Host"):
                write_request(request)
        return
    assert write_request(made()) == write_request(by_fields)
