"""What goes on a stream: h2, as a server, must read each request as it was meant."""

from __future__ import annotations

from typing import NamedTuple

import h2.config
import h2.connection
import h2.events
import hpack
import pytest
from hyperframe.frame import DataFrame, HeadersFrame, SettingsFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import ConfigError, LocalProtocolError
from hyperhttp._base.unset import UNSET
from hyperhttp._message.headers.headers import Headers
from hyperhttp._message.request.default_headers import DefaultHeaders
from hyperhttp._message.request.request import Request, request_of_client, set_jar_cookie
from hyperhttp._message.url.url import URL
from hyperhttp._protocol.framing import INLINE_BODY_BYTES
from hyperhttp._protocol.h1.request_writer import write_request
from hyperhttp._protocol.h2.head import Field
from hyperhttp._protocol.h2.hpack import HeadEncoder
from hyperhttp._protocol.h2.request_writer import H2Request, H2RequestWriter

DEFAULTS = DefaultHeaders(Headers({"User-Agent": "test", "Accept": "*/*"}))
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
PSEUDO = (b":method", b":scheme", b":authority", b":path")


def of_client(method: str, url: str = "https://example.com/", **options: object) -> Request:
    """A request as a client builds it."""
    bare = Request(method, url, **options)  # type: ignore[arg-type]  # the cases' own options
    return request_of_client(method, bare.url, DEFAULTS, None, bare.body)


def of_client_with(headers: dict[str, str]) -> Request:
    """A request of a client that sends these fields each time."""
    defaults = DefaultHeaders(Headers(headers))
    return request_of_client("GET", URL("https://example.com/"), defaults, None, None)


class Read(NamedTuple):
    """What a strict server made of a request."""

    pseudo: dict[bytes, bytes]
    fields: list[Field]
    body: bytes


def read_by_h2(written: H2Request, encoder: hpack.Encoder | HeadEncoder | None = None) -> Read:
    config = h2.config.H2Configuration(client_side=False)
    server = h2.connection.H2Connection(config)
    server.initiate_connection()
    block = (encoder or hpack.Encoder()).encode(written.fields)
    head = HeadersFrame(1, data=block, flags=["END_HEADERS"])
    if not written.body:
        head.flags.add("END_STREAM")
    wire = PREFACE + SettingsFrame(0).serialize() + head.serialize()
    for start in range(0, len(written.body), 16_384):
        data = DataFrame(1, data=written.body[start : start + 16_384])
        if start + 16_384 >= len(written.body):
            data.flags.add("END_STREAM")
        wire += data.serialize()
    events = server.receive_data(wire)
    (request,) = [event for event in events if isinstance(event, h2.events.RequestReceived)]
    assert any(isinstance(event, h2.events.StreamEnded) for event in events)
    fields = [(bytes(name), bytes(value)) for name, value in request.headers]
    names = tuple(name for name, _ in fields[:4])
    assert names == PSEUDO
    body = b"".join([event.data for event in events if isinstance(event, h2.events.DataReceived)])
    return Read(dict(fields[:4]), fields[4:], body)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "DELETE", "TRACE", "PROPFIND"])
def test_a_request_without_a_body_says_nothing_of_one(method: str) -> None:
    read = read_by_h2(H2RequestWriter().write(of_client(method)))
    assert read.pseudo[b":method"] == method.encode()
    assert read.fields == [(b"user-agent", b"test"), (b"accept", b"*/*")]
    assert read.body == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_methods_that_carry_a_body_announce_an_empty_one(method: str) -> None:
    for request in (of_client(method), Request(method, "https://example.com/")):
        written = H2RequestWriter().write(request)
        assert (b"content-length", b"0") in read_by_h2(written).fields
        assert (written.body, written.stream) == (b"", None)


@pytest.mark.parametrize(
    ("url", "scheme", "path", "authority"),
    [
        ("http://example.com", b"http", b"/", b"example.com"),
        ("http://example.com:80/a?b=c#d", b"http", b"/a?b=c", b"example.com"),
        ("https://example.com:80/", b"https", b"/", b"example.com:80"),
        ("https://[::1]:8080/x", b"https", b"/x", b"[::1]:8080"),
        ("https://user:pass@example.com/", b"https", b"/", b"example.com"),
        (
            "https://b\u00fccher.example.com/\u00fc",
            b"https",
            b"/%C3%BC",
            b"xn--bcher-kva.example.com",
        ),
        ("https://example.com/a;p=1/%2F?", b"https", b"/a;p=1/%2F?", b"example.com"),
    ],
)
def test_the_pseudo_fields_are_those_of_the_url(
    url: str, scheme: bytes, path: bytes, authority: bytes
) -> None:
    for request in (of_client("GET", url), Request("GET", url)):
        pseudo = read_by_h2(H2RequestWriter().write(request)).pseudo
        assert pseudo == dict(zip(PSEUDO, (b"GET", scheme, authority, path), strict=True))


def test_a_host_of_the_callers_own_is_the_authority() -> None:
    own = Request("GET", "https://127.0.0.1/", headers={"Host": "example.com:1", "X": "y"})
    read = read_by_h2(H2RequestWriter().write(own))
    assert read.pseudo[b":authority"] == b"example.com:1"
    assert read.fields == [(b"x", b"y")]


def test_without_a_host_the_url_names_the_authority() -> None:
    request = Request("GET", "https://example.com/")
    del request.headers["Host"]
    assert read_by_h2(H2RequestWriter().write(request)).pseudo[b":authority"] == b"example.com"


def test_two_hosts_cannot_both_be_the_authority() -> None:
    request = Request("GET", "https://example.com/")
    request.headers.add("Host", "example.org")
    with pytest.raises(LocalProtocolError, match="more than one Host") as caught:
        H2RequestWriter().write(request)
    assert caught.value.field == "Host"


def test_userinfo_becomes_basic_unless_the_request_has_its_own() -> None:
    url = "https://user:p%40ss@example.com/"
    read = read_by_h2(H2RequestWriter().write(of_client("GET", url)))
    assert (b"authorization", b"Basic dXNlcjpwQHNz") in read.fields
    own = Request("GET", url, headers={"Authorization": "Bearer x"})
    assert read_by_h2(H2RequestWriter().write(own)).fields == [(b"authorization", b"Bearer x")]


def test_a_short_body_leaves_with_the_head_and_a_long_one_follows() -> None:
    short = H2RequestWriter().write(of_client("POST", content=b"x" * (INLINE_BODY_BYTES - 1)))
    assert (short.stream, short.content_length) == (None, None)
    assert read_by_h2(short).body == b"x" * (INLINE_BODY_BYTES - 1)
    just = H2RequestWriter().write(of_client("POST", content=b"x" * INLINE_BODY_BYTES))
    assert len(just.body) == INLINE_BODY_BYTES
    request = of_client("POST", content=b"x" * (INLINE_BODY_BYTES + 1))
    long = H2RequestWriter().write(request)
    assert long.stream is request.body
    assert (long.body, long.content_length) == (b"", INLINE_BODY_BYTES + 1)
    assert (b"content-length", b"65537") in long.fields


def test_a_body_in_pieces_is_announced_when_its_length_is_known() -> None:
    known = H2RequestWriter().write(of_client("POST", content=[b"ab", b"c"]))
    assert known.stream is not None
    assert (known.body, known.content_length) == (b"", 3)
    assert (b"content-length", b"3") in known.fields
    unknown = of_client("POST", content=iter([b"ab"]))
    for _ in range(2):
        written = H2RequestWriter().write(unknown)
        assert written.stream is unknown.body
        assert written.content_length is None
        names = {name for name, _ in written.fields}
        assert names == {*PSEUDO, b"user-agent", b"accept"}
        assert unknown.headers  # looked at: the second time it is written from the mapping


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({"Connection": "close"}, []),
        ({"Connection": "keep-alive", "Keep-Alive": "timeout=5"}, []),
        ({"Proxy-Connection": "keep-alive", "X": "1"}, [(b"x", b"1")]),
        ({"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "x"}, []),
        ({"X-Own": "1", "Connection": "x-own , close", "Y": "2"}, [(b"y", b"2")]),
        ({"TE": "trailers"}, [(b"te", b"trailers")]),
        ({"TE": "gzip;q=0.5, Trailers ;q=1", "Connection": "TE"}, [(b"te", b"trailers")]),
        ({"TE": "gzip"}, []),
        ({"TE": "x-trailers"}, []),
    ],
)
def test_what_speaks_of_a_connection_is_left_out(
    headers: dict[str, str], fields: list[Field]
) -> None:
    own = H2RequestWriter().write(Request("GET", "https://example.com/", headers=headers))
    assert read_by_h2(own).fields == fields
    clients = H2RequestWriter().write(of_client_with(headers))
    assert read_by_h2(clients).fields == fields


def test_a_coding_of_the_connection_is_checked_and_left_out() -> None:
    chunked = Request(
        "POST", "https://example.com/", headers={"Transfer-Encoding": "chunked"}, content=b"four"
    )
    written = H2RequestWriter().write(chunked)
    assert written.stream is chunked.body
    assert written.content_length is None
    assert [name for name, _ in written.fields[4:]] == []


def test_expect_keeps_the_body_back() -> None:
    headers = {"Expect": "100-Continue"}
    request = Request("POST", "https://example.com/", headers=headers, content=b"four")
    written = H2RequestWriter().write(request)
    assert written.expects_continue
    assert (written.body, written.stream, written.content_length) == (b"", request.body, 4)
    bare = H2RequestWriter().write(Request("GET", "https://example.com/", headers=headers))
    assert not bare.expects_continue


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("GET", {}),
        ("POST", {}),
        ("POST", {"json": {"a": 1}}),
        ("PUT", {"content": "text"}),
        ("POST", {"data": {"a": "b"}}),
        ("POST", {"content": b""}),
        ("POST", {"content": [b"x"]}),
    ],
)
def test_the_short_way_and_the_long_way_write_the_same(
    method: str, options: dict[str, object]
) -> None:
    url = "https://example.com/a?b"
    short, long = of_client(method, url, **options), of_client(method, url, **options)
    set_jar_cookie(short, "a=b")
    set_jar_cookie(long, "a=b")
    assert long.headers  # looked at: from now on it is written from the mapping
    written, expected = H2RequestWriter().write(short), H2RequestWriter().write(long)
    assert (b"cookie", b"a=b") in written.fields
    assert sorted(written.fields) == sorted(expected.fields)
    assert written.fields[:4] == expected.fields[:4]
    assert (written.body, written.content_length) == (expected.body, expected.content_length)


def test_a_cookie_that_ends_in_a_space_does_not_spoil_the_request() -> None:
    request = of_client("GET")
    set_jar_cookie(request, "a=b; c=d ")
    assert (b"cookie", b"a=b; c=d") in read_by_h2(H2RequestWriter().write(request)).fields


def test_what_the_caller_changes_is_what_is_sent() -> None:
    request = of_client("POST", json={"a": 1})
    request.headers["X-Own"] = "\xe9"
    request.headers["Content-Type"] = "application/vnd.own+json"
    del request.headers["accept"]
    read = read_by_h2(H2RequestWriter().write(request))
    fields = dict(read.fields)
    assert (fields[b"x-own"], fields[b"content-type"]) == (b"\xe9", b"application/vnd.own+json")
    assert b"accept" not in fields
    assert read.body == b'{"a":1}'


def test_the_constant_fields_of_a_client_may_have_any_value() -> None:
    headers = {"X-Colons": "a: b: c", "X-Empty": "", "X-Latin": "\xe9"}
    read = read_by_h2(H2RequestWriter().write(of_client_with(headers)))
    assert read.fields == [(b"x-colons", b"a: b: c"), (b"x-empty", b""), (b"x-latin", b"\xe9")]
    assert read_by_h2(H2RequestWriter().write(of_client_with({}))).fields == []


def test_the_constant_fields_of_a_client_are_kept_with_its_connection_only() -> None:
    writer = H2RequestWriter()
    defaults = {"X-Api-Key": "x"}
    same, other = of_client_with(defaults), of_client_with({"X-Api-Key": "y"})
    first, second = (writer.write(same).fields[-1] for _ in range(2))
    assert first is second
    assert H2RequestWriter().write(same).fields[-1] is not first
    assert writer.write(other).fields[-1] == (b"x-api-key", b"y")


tokens = st.text("abcXYZ09-_.!~", min_size=1, max_size=10)
any_text = st.text(max_size=20)
CONNECTION = ["Connection", "Keep-Alive", "Upgrade", "TE", "proxy-connection"]
common = st.tuples(
    st.sampled_from([*CONNECTION, "Host", "X-Own"]),
    st.sampled_from(["close", "x-own", "trailers", "gzip, trailers", "example.org"]),
)


@pytest.mark.slow
@settings(max_examples=300)
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "OPTIONS"]) | tokens | any_text,
    target=any_text,
    fields=st.lists(common | st.tuples(tokens | any_text, tokens | any_text), max_size=4),
    body=st.none() | st.binary(max_size=30),
)
def test_whatever_http_1_would_send_is_read_as_one_request_by_a_strict_server(
    method: str, target: str, fields: list[tuple[str, str]], body: bytes | None
) -> None:
    content = UNSET if body is None else body
    try:
        url = URL("https://example.com/").copy_with(path=target)
        request = Request(method, url, headers=fields, content=content)
        write_request(request)
    except (LocalProtocolError, ConfigError, ValueError):
        return
    left_out = {name.lower() for name in CONNECTION} | {"host"}
    given_headers = Headers(fields)
    left_out |= {
        option.strip() for option in given_headers.get("connection", "").lower().split(",")
    }
    expected = [
        (name.encode(), value.encode("latin-1"))
        for name, value in request.headers.multi_items()
        if name not in left_out
    ]
    if "trailers" in given_headers.get("te", ""):
        expected.append((b"te", b"trailers"))
    authority = given_headers.get("host") or "example.com"
    written = H2RequestWriter().write(request)
    for encoder in (hpack.Encoder(), HeadEncoder()):
        read = read_by_h2(written, encoder)
        values = (method.encode(), b"https", authority.encode("latin-1"), url.target.encode())
        assert read.pseudo == dict(zip(PSEUDO, values, strict=True))
        assert read.fields == expected
        assert read.body == (body or b"")


@pytest.mark.parametrize("headers", [{}, {"X-A": "1"}, {"Expect": "100-continue"}])
@pytest.mark.parametrize("content", [b"short", bytes(100_000), [b"piece"]])
def test_who_wants_to_be_told_of_a_body_goes_with_it(
    headers: dict[str, str], content: bytes | list[bytes]
) -> None:
    request = Request("POST", "http://example.com/", headers=headers, content=content)
    assert H2RequestWriter().write(request).on_upload is None
    request.on_upload = print
    wire = H2RequestWriter().write(request)
    assert wire.on_upload is print
    assert wire.stream is request.body


NAMES = st.sampled_from(["X-A", "User-Agent", "Authorization", "TE", "Cookie", "Connection"])


@given(
    st.lists(st.tuples(NAMES, st.sampled_from(["1", "trailers", "X-A"])), max_size=4), st.booleans()
)
def test_fields_that_stand_behind_the_block_are_the_same_as_one_by_one(
    fields: list[tuple[str, str]], has_cookie: bool
) -> None:
    def made() -> Request:
        defaults = DefaultHeaders(Headers({"User-Agent": "test", "Accept": "*/*"}))
        url = URL("https://example.com/")
        request = request_of_client("GET", url, defaults, Headers(fields), None)
        if has_cookie:
            set_jar_cookie(request, "a=b")
        return request

    by_fields = made()
    assert by_fields.headers
    assert sorted(H2RequestWriter().write(made()).fields) == sorted(
        H2RequestWriter().write(by_fields).fields
    )
