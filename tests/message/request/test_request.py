"""A request before it is sent: what is refused, which fields it carries, and what it shows."""

from __future__ import annotations

import copy
import enum
import http
import io
import pickle
import shlex
import subprocess
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, cast

import pytest

from hyperhttp._base._generated.config import Timeout
from hyperhttp._base._generated.errors import ConfigError, InvalidURL, LocalProtocolError
from hyperhttp._message.headers.headers import Headers
from hyperhttp._message.request.default_headers import DefaultHeaders
from hyperhttp._message.request.request import (
    Request,
    jar_cookie,
    plain_parts,
    request_of_client,
    request_of_redirect,
    set_jar_cookie,
)
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from hyperhttp._message.headers.headers import HeadersInput
    from hyperhttp._message.request.body import RequestBody
    from hyperhttp._message.request.raw_body import ContentInput

HERE = "https://example.com/path?q=1"
WITH_PASSWORD = "https://user:hunter2@example.com/path?q=1"


class Verb(str, enum.Enum):  # noqa: UP042 - StrEnum shows its members as their values
    """An Enum of the kind whose members do not show themselves as their values."""

    GET = "GET"


async def chunks() -> AsyncIterator[bytes]:
    yield b"a"


def of_client(
    method: str = "GET",
    url: str = HERE,
    *,
    defaults: Headers | None = None,
    extra: HeadersInput | None = None,
    body: RequestBody | None = None,
) -> Request:
    return request_of_client(
        method,
        URL(url),
        DefaultHeaders(Headers({"User-Agent": "x"}) if defaults is None else defaults),
        None if extra is None else Headers(extra),
        body,
    )


# --- what is refused ---


@pytest.mark.parametrize(
    "method",
    [
        "",
        " ",
        "GET ",
        " GET",
        "GE T",
        "GET\r\n",
        "GET\n",
        "G\x00T",
        "GÉT",
        "GET/",
        "(GET)",
        "A" * 65,
    ],
)
def test_a_method_that_is_no_token_is_refused(method: str) -> None:
    for _ in range(2):  # nothing wrong may stay in a cache
        with pytest.raises(LocalProtocolError, match="not a token") as caught:
            Request(method, HERE)
        assert caught.value.field == "method"
        assert str(caught.value).isprintable()


def test_a_tunnel_is_no_request() -> None:
    with pytest.raises(LocalProtocolError, match="tunnel"):
        Request("CONNECT", HERE)


@pytest.mark.parametrize("method", [None, 5, b"GET", ["GET"], True])
def test_a_method_that_is_no_text_is_a_config_error(method: object) -> None:
    with pytest.raises(ConfigError, match="method") as caught:
        Request(cast("str", method), HERE)
    assert caught.value.option == "method"


@pytest.mark.parametrize(
    "method", ["GET", "PURGE", "purge", "Purge", "M-SEARCH", "X!#$%&'*+.^_`|~9", "gets", "geT1"]
)
def test_a_method_is_any_token_and_keeps_its_case(method: str) -> None:
    assert Request(method, HERE).method == method


@pytest.mark.parametrize(
    "method", ["get", "Get", "head", "post", "put", "patch", "delete", "options", "trace"]
)
def test_a_registered_method_is_sent_in_upper_case(method: str) -> None:
    assert Request(method, HERE).method == method.upper()
    assert Request(method.title(), HERE).method == method.upper()


@pytest.mark.parametrize("method", ["CONNECT", "connect", "Connect"])
def test_connect_is_refused_in_any_case(method: str) -> None:
    with pytest.raises(LocalProtocolError, match="CONNECT"):
        Request(method, HERE)


@pytest.mark.parametrize("member", [http.HTTPMethod.GET, Verb.GET])
def test_a_method_may_be_a_member_of_an_enum(member: str) -> None:
    for method in (member, "GET"):
        made = Request(method, HERE)
        assert type(made.method) is str
        assert f"{made.method}" == "GET"


@pytest.mark.parametrize("url", ["", "/path", "ftp://example.com/", "https://", "https://a b/", 5])
def test_an_address_that_cannot_be_requested_is_refused(url: str) -> None:
    with pytest.raises(InvalidURL):
        Request("GET", url)


@pytest.mark.parametrize(
    "headers", [{"a\r\nb": "c"}, {"a": "b\r\nc: d"}, {"a b": "c"}, {"a": "\0"}]
)
def test_fields_that_no_request_can_have_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(LocalProtocolError):
        Request("GET", HERE, headers=headers)


def test_fields_and_bodies_of_a_wrong_type_are_config_errors() -> None:
    with pytest.raises(ConfigError, match="headers"):
        Request("GET", HERE, headers=cast("HeadersInput", {"a": 5}))
    with pytest.raises(ConfigError, match="content"):
        Request("POST", HERE, content=cast("ContentInput", 5))
    with pytest.raises(ConfigError, match="json"):
        Request("POST", HERE, json=cast("int", {1, 2}))


def test_two_bodies_are_refused() -> None:
    with pytest.raises(ConfigError, match="json= and data= together"):
        Request("POST", HERE, json={}, data={})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "userinfo", ["hunter2%3Ax:p", "u:hunter2%0A", "hunter2%00", "u:hunter2%7f"]
)
def test_a_password_that_cannot_be_sent_is_refused_without_being_shown(userinfo: str) -> None:
    with pytest.raises(LocalProtocolError) as caught:
        Request("GET", f"https://{userinfo}@example.com/")
    assert caught.value.field == "Authorization"
    assert "hunter2" not in f"{caught.value!s} {caught.value!r}"


# --- which fields it carries ---


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://example.com", "example.com"),
        ("http://example.com:80/", "example.com"),
        ("https://example.com:443/", "example.com"),
        ("http://example.com:443/", "example.com:443"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://b\u00fccher.example/", "xn--bcher-kva.example"),
        (WITH_PASSWORD, "example.com"),
    ],
)
def test_the_host_comes_first(url: str, host: str) -> None:
    request = of_client(url=url, extra={"Accept": "x", "Connection": "close"})
    assert request.headers._raw_text()[0] == ("Host", host)


def test_a_host_of_the_callers_own_is_sent_instead_and_first_too() -> None:
    for request in (
        Request("GET", HERE, headers={"Accept": "x", "HOST": "other.example"}),
        of_client(defaults=Headers({"Accept": "x", "host": "other.example"})),
    ):
        assert request.headers._raw_text() == [("Host", "other.example"), ("Accept", "x")]
    assert Request("GET", HERE, headers={"Host": ""}).headers["host"] == "example.com"


def test_the_requests_own_fields_lie_over_those_of_the_client() -> None:
    defaults = Headers([("User-Agent", "x"), ("Accept", "a"), ("Accept", "b")])
    request = of_client(defaults=defaults, extra=[("accept", "c"), ("X-A", "1"), ("x-a", "2")])
    assert request.headers._raw_text() == [
        ("Host", "example.com"),
        ("User-Agent", "x"),
        ("accept", "c"),
        ("X-A", "1"),
        ("x-a", "2"),
    ]
    assert defaults.get_list("accept") == ["a", "b"]


def test_what_is_changed_in_the_fields_is_what_is_sent() -> None:
    request = of_client()
    request.headers["X-Late"] = "1"
    del request.headers["User-Agent"]
    assert request.headers._raw_text() == [("Host", "example.com"), ("X-Late", "1")]
    assert plain_parts(request) is None
    with pytest.raises(LocalProtocolError):
        request.headers["X-Late"] = "a\r\nb"


BODIES: list[tuple[str, Request, dict[str, str]]] = [
    ("none", Request("GET", HERE), {}),
    ("none to delete", Request("DELETE", HERE), {}),
    ("none to post", Request("POST", HERE), {"content-length": "0"}),
    ("none to put", Request("PUT", HERE), {"content-length": "0"}),
    ("none to patch", Request("PATCH", HERE), {"content-length": "0"}),
    (
        "json",
        Request("POST", HERE, json={"a": 1}),
        {"content-type": "application/json", "content-length": "7"},
    ),
    (
        "form",
        Request("POST", HERE, data={"a": "b"}),
        {"content-type": "application/x-www-form-urlencoded", "content-length": "3"},
    ),
    ("bytes", Request("DELETE", HERE, content=b"abc"), {"content-length": "3"}),
    ("no bytes", Request("GET", HERE, content=b""), {"content-length": "0"}),
    (
        "text",
        Request("POST", HERE, content="ß"),
        {"content-type": "text/plain; charset=utf-8", "content-length": "2"},
    ),
    ("pieces", Request("PUT", HERE, content=[b"a", b"bc"]), {"content-length": "3"}),
    ("file", Request("PUT", HERE, content=io.BytesIO(b"abc")), {"content-length": "3"}),
    ("generator", Request("PUT", HERE, content=chunks()), {"transfer-encoding": "chunked"}),
    (
        "a type of one's own",
        Request("POST", HERE, json=1, headers={"Content-Type": "application/x"}),
        {"content-type": "application/x", "content-length": "1"},
    ),
    (
        "a length of one's own",
        Request("POST", HERE, content=chunks(), headers={"Content-Length": "5"}),
        {"content-length": "5"},
    ),
    (
        "a framing of one's own",
        Request("POST", HERE, content=b"abc", headers={"Transfer-Encoding": "chunked"}),
        {"transfer-encoding": "chunked"},
    ),
    (
        "a framing without a body",
        Request("POST", HERE, headers={"Transfer-Encoding": "chunked"}),
        {"transfer-encoding": "chunked"},
    ),
    (
        "a length without a body",
        Request("POST", HERE, headers={"Content-Length": "5"}),
        {"content-length": "5"},
    ),
]


@pytest.mark.parametrize(
    ("request_", "fields"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES]
)
def test_a_body_is_described_by_its_fields(request_: Request, fields: dict[str, str]) -> None:
    assert dict(request_.headers) == {"host": "example.com", **fields}


def test_user_and_password_of_the_url_become_credentials() -> None:
    request = Request("GET", "https://us%20er:p%C3%A4ss@example.com/")
    scheme, _, value = request.headers["Authorization"].partition(" ")
    assert (scheme, b64decode(value).decode()) == ("Basic", "us er:p\u00e4ss")
    for headers in ({"Authorization": "Bearer x"}, {"authorization": ""}):
        own = Request("GET", WITH_PASSWORD, headers=headers)
        assert own.headers.get_list("authorization") == list(headers.values())


@pytest.mark.parametrize(
    ("body", "content", "replayable"),
    [
        (None, None, True),
        (b"abc", b"abc", True),
        ("abc", b"abc", True),
        ([b"abc"], None, True),
        (io.BytesIO(b"abc"), None, True),
        (chunks(), None, False),
        (iter([b"abc"]), None, False),
    ],
)
def test_what_is_known_of_a_body(
    body: ContentInput | None, content: bytes | None, replayable: bool
) -> None:
    request = Request("POST", HERE) if body is None else Request("POST", HERE, content=body)
    assert request.content == content
    assert request.is_replayable == replayable


@pytest.mark.parametrize(
    ("method", "idempotent"),
    [
        *((method, True) for method in ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE")),
        *((method, False) for method in ("POST", "PATCH", "gets", "PURGE")),
    ],
)
def test_which_methods_do_the_same_when_sent_twice(method: str, idempotent: bool) -> None:
    assert Request(method, HERE).is_idempotent == idempotent


# --- the block of a client ---


def test_a_request_that_adds_nothing_takes_the_clients_block() -> None:
    assert plain_parts(of_client()) == (b"User-Agent: x\r\n", None)
    assert plain_parts(of_client(defaults=Headers())) == (b"", None)


@pytest.mark.parametrize("extra", [{"X-A": "1"}, {"authorization": "Bearer x", "TE": "trailers"}])
def test_what_a_request_adds_stands_behind_it(extra: dict[str, str]) -> None:
    assert plain_parts(of_client(extra=extra)) == (b"User-Agent: x\r\n", Headers(extra))


@pytest.mark.parametrize(
    "name",
    ["user-agent", "Connection", "Content-Length", "Content-Type", "Cookie", "Expect", "HOST",
     "Proxy-Authorization", "Transfer-Encoding"],
)  # fmt: skip
def test_what_replaces_a_field_or_frames_the_request_does_not(name: str) -> None:
    assert plain_parts(of_client(extra={"X-A": "1", name: "x"})) is None


def test_a_request_that_was_looked_at_or_has_a_password_is_written_field_by_field() -> None:
    assert plain_parts(of_client(url=WITH_PASSWORD)) is None
    looked_at = of_client()
    assert looked_at.headers
    assert plain_parts(looked_at) is None


@pytest.mark.parametrize(
    "name",
    ["Authorization", "Connection", "Content-Length", "Content-Type", "Cookie", "Expect", "HOST",
     "Transfer-Encoding"],
)  # fmt: skip
def test_a_client_whose_fields_frame_requests_has_no_block(name: str) -> None:
    assert plain_parts(of_client(defaults=Headers({"A": "b", name: "x"}))) is None


def test_the_block_follows_the_fields_of_the_client() -> None:
    headers = Headers({"User-Agent": "x"})
    defaults = DefaultHeaders(headers)
    block = defaults.plain_block()
    assert block == b"User-Agent: x\r\n"
    assert defaults.plain_block() is block
    headers["X-A"] = "1"
    assert defaults.plain_block() == b"User-Agent: x\r\nX-A: 1\r\n"
    headers["Host"] = "other.example"
    assert defaults.plain_block() is None
    assert defaults.plain_block() is None
    del headers["Host"]
    assert defaults.plain_block() == b"User-Agent: x\r\nX-A: 1\r\n"


# --- the cookies of the client's jar ---


@pytest.mark.parametrize("looked_at", [False, True], ids=["unseen", "seen"])
def test_the_jars_cookies_are_sent_and_replaced_at_the_next_sending(looked_at: bool) -> None:
    request = of_client()
    for cookie in ("a=1", "a=2; b=3", None, "a=4"):
        if looked_at:
            assert request.headers
        set_jar_cookie(request, cookie)
        assert jar_cookie(request) == cookie
        assert copy.copy(request).headers.get("cookie") is None
        if looked_at:
            assert request.headers.get("cookie") == cookie
    assert request.headers.get_list("cookie") == ["a=4"]


@pytest.mark.parametrize(
    "request_",
    [
        of_client(extra={"Cookie": "own=1"}),
        of_client(defaults=Headers({"cookie": "own=1"})),
        Request("GET", HERE, headers={"COOKIE": "own=1"}),
    ],
)
def test_a_cookie_field_of_the_callers_own_is_left_alone(request_: Request) -> None:
    for cookie in ("a=1", None, "a=2"):
        set_jar_cookie(request_, cookie)
        assert jar_cookie(request_) is None
        assert request_.headers.get_list("cookie") == ["own=1"]


def test_a_cookie_field_that_the_caller_changed_is_left_alone() -> None:
    request = of_client()
    set_jar_cookie(request, "a=1")
    request.headers["Cookie"] = "own=1"
    jar_gives: str | None = "a=2"
    set_jar_cookie(request, jar_gives)
    assert jar_cookie(request) is None
    assert request.headers["cookie"] == "own=1"


# --- what it shows ---


def as_shell_sees(command: str) -> list[str]:
    """The words of a command, as a real shell takes them apart."""
    script = f"curl() {{ printf '%s\\0' curl \"$@\"; }}; {command}"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=True, timeout=20)
    return done.stdout.decode().split("\0")[:-1]


CURL: list[tuple[Request, list[str]]] = [
    (Request("GET", HERE), ["-X", "GET", HERE]),
    (Request("HEAD", HERE), ["--head", HERE]),
    (Request("DELETE", "http://[::1]:8080/"), ["-X", "DELETE", "--globoff", "http://[::1]:8080/"]),
    (
        Request("GET", HERE, headers={"X-It's": "$HOME `id`", "X-Empty": ""}),
        ["-X", "GET", HERE, "-H", "X-It's: $HOME `id`", "-H", "X-Empty;"],
    ),
    (
        Request("GET", HERE, headers={"Host": "other.example"}),
        ["-X", "GET", HERE, "-H", "Host: other.example"],
    ),
    (
        Request("POST", HERE, json={"it's": "a\nb"}),
        ["-X", "POST", HERE, "-H", "Content-Type: application/json", "--data-raw",
         '{"it\'s":"a\\nb"}'],
    ),
    (
        Request("PUT", HERE, content=b"@file\nline"),
        ["-X", "PUT", HERE, "-H", "Content-Type:", "--data-raw", "@file\nline"],
    ),
    (
        Request("PUT", HERE, content=b"\xff\xfe"),
        ["-X", "PUT", HERE, "-H", "Content-Type:", "--data-binary", "@-"],
    ),
    (
        Request("PUT", HERE, content=b"a\0b"),
        ["-X", "PUT", HERE, "-H", "Content-Type:", "--data-binary", "@-"],
    ),
    (
        Request("PUT", HERE, content=chunks()),
        ["-X", "PUT", HERE, "-H", "Content-Type:", "--data-binary", "@-"],
    ),
    (
        Request("HEAD", HERE, content=b"a"),
        ["-X", "HEAD", HERE, "-H", "Content-Type:", "--data-raw", "a"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "words"), CURL, ids=lambda case: "")
def test_as_a_curl_command_it_is_the_same_request(request_: Request, words: list[str]) -> None:
    command = request_.to_curl()
    assert shlex.split(command) == as_shell_sees(command) == ["curl", *words]


def test_no_secret_is_shown() -> None:
    request = Request(
        "GET",
        WITH_PASSWORD,
        headers={"Proxy-Authorization": "Basic hunter2", "Cookie": "session=hunter2"},
    )
    credentials = request.headers["Authorization"].partition(" ")[2]
    shown = f"{request!r} {request} {request.to_curl()} {request.url} {request.headers!r}"
    assert "hunter2" not in shown
    assert credentials not in shown
    assert request.to_curl().count("[secure]") == 3
    assert repr(request) == f"<Request('GET', '{HERE}')>"


@pytest.mark.parametrize(
    ("request_", "shown"),
    [
        (Request("POST", HERE, data={"user": "me", "password": "hunter2"}), "user=me&password=***"),
        (
            Request("POST", HERE, json={"user": "me", "token": "hunter2"}),
            '{"user": "me", "token": "***"}',
        ),
        (
            Request("POST", HERE, json=[{"a": {"Password": "hunter2"}}]),
            '[{"a": {"Password": "***"}}]',
        ),
        (
            Request("POST", HERE, data={"password": "hunter2"}, files={"f": ("a", "text")}),
            'name="password"\r\n\r\n***\r\n',
        ),
        (
            Request(
                "POST",
                HERE,
                content=b'{"token":"hunter2"}',
                headers={"Content-Type": "Application/JSON; a=b"},
            ),
            '{"token": "***"}',
        ),
    ],
    ids=["form", "json", "nested json", "multipart", "own content type"],
)
def test_a_command_shows_no_secret_of_the_body(request_: Request, shown: str) -> None:
    command = request_.to_curl()
    assert "hunter2" not in command
    assert shown in shlex.split(command)[-1]
    assert request_.body is not None


def test_a_command_shows_the_other_bodies_whole() -> None:
    for kind in ("text/plain", "application/json"):
        request = Request("POST", HERE, content="password=hunter2", headers={"Content-Type": kind})
        assert request.to_curl().endswith("--data-raw password=hunter2")


def test_to_show_a_request_does_not_change_it() -> None:
    request = of_client()
    assert request.to_curl()
    assert repr(request)
    assert pickle.dumps(request)
    assert plain_parts(request) is not None


# --- copies ---


def test_a_copy_is_the_same_request() -> None:
    request = of_client("POST", extra={"X-A": "1", "Authorization": "Bearer x"})
    request.body = Request("POST", HERE, json=[1]).body
    request.timeout = Timeout(5.0, read=None)
    request.follow_redirects = True
    request.max_redirects = 3
    request.sent_cookies = {"a": "b"}
    for made in (copy.copy(request), copy.deepcopy(request)):
        assert made.method == "POST"
        assert made.url == HERE
        assert made.headers._raw_text() == request.headers._raw_text()
        assert made.content == b"[1]"
        assert made.timeout == request.timeout
        assert (made.follow_redirects, made.max_redirects) == (True, 3)
        assert made.sent_cookies == {"a": "b"}


def test_a_pickle_has_the_request_without_its_secrets() -> None:
    request = of_client("POST", extra={"X-A": "1", "Authorization": "Bearer hunter2"})
    request.body = Request("POST", HERE, json=[1]).body
    request.timeout = Timeout(5.0, read=None)
    request.follow_redirects = True
    request.max_redirects = 3
    request.sent_cookies = {"a": "hunter2"}
    pickled = pickle.dumps(request)
    made = pickle.loads(pickled)
    assert b"hunter2" not in pickled
    assert (made.method, made.content) == ("POST", b"[1]")
    assert made.url == HERE
    assert made.headers["x-a"] == "1"
    assert "authorization" not in made.headers
    assert made.timeout == request.timeout
    assert (made.follow_redirects, made.max_redirects) == (True, 3)
    assert made.sent_cookies is None


@pytest.mark.parametrize("name", ["X-Api-Key", "cookie", "PRIVATE-TOKEN", "Proxy-Authorization"])
def test_a_pickle_has_no_sensitive_header(name: str) -> None:
    made = Request("GET", HERE, headers={name: "hunter2", "Accept": "text/plain"})
    pickled = pickle.dumps(made)
    assert b"hunter2" not in pickled
    assert pickle.loads(pickled).headers["accept"] == "text/plain"


@pytest.mark.parametrize("name", ["sig", "access_token", "X-Amz-Signature"])
def test_a_pickle_has_no_secret_of_a_query(name: str) -> None:
    url = f"https://example.com/a?q=1&{name}=hunter2"
    pickled = pickle.dumps(Request("GET", url, headers={"Referer": url}))
    assert b"hunter2" not in pickled
    assert pickle.loads(pickled).url == f"https://example.com/a?q=1&{name}=***"


def test_a_copy_in_the_process_keeps_its_secrets() -> None:
    request = Request("GET", f"{HERE}?sig=hunter2", headers={"X-Api-Key": "hunter2"})
    for made in (copy.copy(request), copy.deepcopy(request)):
        assert made.url == request.url
        assert made.headers == request.headers


@pytest.mark.parametrize("looked_at", [False, True], ids=["unseen", "seen"])
def test_a_copy_leaves_the_password_and_the_jars_cookies_behind(looked_at: bool) -> None:
    request = of_client(url=WITH_PASSWORD)
    set_jar_cookie(request, "session=hunter2")
    if looked_at:
        assert set(request.headers) == {"host", "user-agent", "authorization", "cookie"}
    pickled = pickle.dumps(request)
    made = pickle.loads(pickled)
    assert set(made.headers) == {"host", "user-agent"}
    assert (made.url, made.url.userinfo, jar_cookie(made)) == (HERE, "", None)
    credentials = request.headers["authorization"].partition(" ")[2]
    assert b"hunter2" not in pickled
    assert credentials.encode() not in pickled


def generator() -> Iterator[bytes]:
    yield b"a"


@pytest.mark.parametrize("content", [chunks(), generator(), io.BytesIO(b"a"), [b"a"]])
def test_a_copy_leaves_a_body_in_pieces_behind_and_says_so_when_sent(content: ContentInput) -> None:
    request = Request("POST", HERE, content=content)
    made = pickle.loads(pickle.dumps(request))
    assert made.body is None
    # The fields of the body stay, so that it is not sent without one.
    assert made.headers == request.headers


def test_a_request_that_goes_elsewhere_keeps_its_time_and_its_redirects_and_nothing_else() -> None:
    request = of_client("POST", extra={"X-A": "1"})
    request.timeout = Timeout(5.0)
    request.follow_redirects = True
    request.max_redirects = 3
    request.sent_cookies = {"a": "b"}
    set_jar_cookie(request, "c=d")
    made = request_of_redirect(
        request, "GET", URL("https://other.example/"), Headers({"X-B": "2"}), None
    )
    assert (made.method, str(made.url)) == ("GET", "https://other.example/")
    assert made.headers._raw_text() == [("Host", "other.example"), ("X-B", "2")]
    assert (made.timeout, made.follow_redirects, made.max_redirects) == (Timeout(5.0), True, 3)
    assert (made.sent_cookies, jar_cookie(made), made.body) == (None, None, None)
