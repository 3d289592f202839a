"""Every redirect status, method, body, change of address and kind of field: what is sent next.

The expectations are written down from RFC 9110 15.4 and from what the guide promises, not from the
code: which pairs of status and method drop the body, which changes are a change of origin.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pytest

from hyperhttp._base._generated.errors import BodyNotReplayable
from hyperhttp._base._generated.headers import BODY_HEADERS, SENSITIVE
from hyperhttp._message.request.request import Request, jar_cookie, set_jar_cookie
from hyperhttp._policy.redirects import redirected

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.slow

BodyKind: TypeAlias = Literal["none", "bytes", "json", "replayable", "one-shot"]

STATUSES: Final = (301, 302, 303, 307, 308)
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE")
BODIES: Final[tuple[BodyKind, ...]] = ("none", "bytes", "json", "replayable", "one-shot")

# RFC 9110 15.4.2 and 15.4.3 let a POST become a GET, and every client does it; 15.4.4 asks for a
# GET or HEAD of something else; 15.4.8 and 15.4.9 forbid any change.
WITHOUT_BODY: Final = {
    (301, "POST"): "GET",
    (302, "POST"): "GET",
    (303, "GET"): "GET",
    (303, "HEAD"): "HEAD",
    (303, "POST"): "GET",
    (303, "PUT"): "GET",
    (303, "PATCH"): "GET",
    (303, "DELETE"): "GET",
    (303, "OPTIONS"): "GET",
    (303, "PURGE"): "GET",
}

# Where it starts, the Location, where that leads, its Host, and whether it is the same origin.
CHANGES: Final = {
    "none": ("https://example.com/a", "https://example.com/a", "https://example.com/a", True),
    "path": ("https://example.com/a/b?q", "../c", "https://example.com/c", True),
    "query": ("https://example.com/a?q", "?r", "https://example.com/a?r", True),
    "default port": ("https://example.com/a", "https://example.com:443/", None, True),
    "case": ("https://example.com/a", "HTTPS://Example.COM/", "https://example.com/", True),
    "scheme up": ("http://example.com/a", "https://example.com/a", None, False),
    "scheme down": ("https://example.com/a", "http://example.com/a", None, False),
    "scheme, one port": ("http://example.com:8443/", "https://example.com:8443/", None, False),
    "host": ("https://example.com/a", "https://example.org/a", None, False),
    "host without scheme": ("https://example.com/", "//example.org/", None, False),
    "host below": ("https://example.com/a", "https://www.example.com/a", None, False),
    "host above": ("https://www.example.com/a", "https://example.com/a", None, False),
    "host with dot": ("https://example.com/a", "https://example.com./a", None, False),
    "port": ("https://example.com/a", "https://example.com:8443/a", None, False),
    "another port": ("http://example.com:81/a", "http://example.com:82/a", None, False),
    "address": ("http://127.0.0.1:81/a", "http://[::1]:81/a", None, False),
}

SECRET_FIELDS: Final = (
    *("Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie"),
    *("API-Key", "X-API-Key", "X-Auth-Token", "X-CSRF-Token"),
)
# They all are treated alike, so a few of them stand for the others in the table.
VENDOR_FIELDS: Final = frozenset(SENSITIVE) - {name.lower() for name in SECRET_FIELDS}
# RFC 9110 15.4 names seven of them; the others speak of the body just as well.
FIELDS_OF_A_BODY: Final = (
    *("Content-Encoding", "Content-Language", "Content-Location", "Content-Type"),
    *("Content-Length", "Digest", "Last-Modified"),
    *("Content-Digest", "Content-Range", "Repr-Digest", "Expect", "Trailer", "Transfer-Encoding"),
)
ORDINARY_FIELDS: Final = ("Accept", "Origin", "Referer", "User-Agent", "If-None-Match", "X-Trace")
FIELDS: Final = (*SECRET_FIELDS, *FIELDS_OF_A_BODY, *ORDINARY_FIELDS, "Host")

FRAMING: Final[Mapping[BodyKind, Mapping[str, str]]] = {
    "none": {},
    "bytes": {"content-length": "4"},
    "json": {"content-length": "2", "content-type": "application/json"},
    "replayable": {"content-length": "4"},
    "one-shot": {"transfer-encoding": "chunked"},
}


def request_with(method: str, url: str, body: BodyKind, headers: Mapping[str, str]) -> Request:
    match body:
        case "none":
            return Request(method, url, headers=headers)
        case "bytes":
            return Request(method, url, headers=headers, content=b"body")
        case "json":
            return Request(method, url, headers=headers, json={})
        case "replayable":
            return Request(method, url, headers=headers, content=[b"bo", b"dy"])
        case "one-shot":
            return Request(method, url, headers=headers, content=iter([b"bo", b"dy"]))


def framing(method: str, body: BodyKind, own: str) -> dict[str, str]:
    """The fields that a body brings along, but for what the caller wrote himself."""
    fields = dict(FRAMING[body])
    if body == "none" and method in {"POST", "PUT", "PATCH"}:
        fields["content-length"] = "0"
    if own in {"Content-Length", "Transfer-Encoding"}:
        fields.pop("content-length", None)
        fields.pop("transfer-encoding", None)
    return fields


def expected(
    method: str, body: BodyKind, name: str, host: str, *, same_origin: bool, goes_without: bool
) -> dict[str, str]:
    """Every field of the next request."""
    fields = {} if goes_without else framing(method, body, name)
    if name == "Host":
        return {"host": "own" if same_origin else host, **fields}
    stays = (
        (same_origin if name in SECRET_FIELDS else True)
        if name not in FIELDS_OF_A_BODY
        else not goes_without
    )
    return {"host": host, **fields, **({name.lower(): "own"} if stays else {})}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("status", STATUSES)
def test_what_is_sent_next(status: int, method: str, body: BodyKind) -> None:
    without = WITHOUT_BODY.get((status, method))
    for (start, location, leads_to, same_origin), name in product(CHANGES.values(), FIELDS):
        request = request_with(method, start, body, {name: "own"})
        if without is None and body == "one-shot":
            with pytest.raises(BodyNotReplayable):
                redirected(request, status, location)
            continue
        following = redirected(request, status, location)
        host = following.url.authority
        assert following.method == (without or method)
        assert (following.body is None) == (without is not None or body == "none")
        assert following.body in {None, request.body}
        if leads_to is not None:
            assert following.url == leads_to
        assert dict(following.headers) == expected(
            method, body, name, host, same_origin=same_origin, goes_without=without is not None
        )


@pytest.mark.parametrize(
    ("start", "location", "same_origin"),
    [(start, location, same) for start, location, _, same in CHANGES.values()],
    ids=CHANGES,
)
class TestSecretsOfOtherKinds:
    def test_the_cookies_of_the_jar_are_chosen_anew(
        self, start: str, location: str, same_origin: bool
    ) -> None:
        request = Request("GET", start)
        set_jar_cookie(request, "session=abc")
        following = redirected(request, 302, location)
        assert jar_cookie(following) is None
        assert "cookie" not in following.headers

    def test_the_cookies_of_one_call_stay_with_their_origin(
        self, start: str, location: str, same_origin: bool
    ) -> None:
        request = Request("GET", start)
        request.sent_cookies = {"a": "1"}
        assert redirected(request, 302, location).sent_cookies == (
            {"a": "1"} if same_origin else None
        )

    def test_the_password_of_a_url_stays_with_its_origin(
        self, start: str, location: str, same_origin: bool
    ) -> None:
        request = Request("GET", start.replace("://", "://user:hunter2@"))
        assert "authorization" in request.headers
        following = redirected(request, 302, location)
        assert ("authorization" in following.headers) == same_origin
        if not same_origin:
            assert not following.url.userinfo

    def test_what_was_left_behind_does_not_come_back(
        self, start: str, location: str, same_origin: bool
    ) -> None:
        request = Request("GET", start, headers=dict.fromkeys((*SECRET_FIELDS, "Host"), "own"))
        back = redirected(redirected(request, 307, location), 307, start)
        kept = [name for name in SECRET_FIELDS if name in back.headers]
        assert kept == (list(SECRET_FIELDS) if same_origin else [])
        assert back.headers["host"] == ("own" if same_origin else request.url.authority)


def test_every_field_of_the_spec_is_in_the_table() -> None:
    assert {name.lower() for name in SECRET_FIELDS} | VENDOR_FIELDS == SENSITIVE
    for name in VENDOR_FIELDS:
        request = Request("GET", "https://example.com/", headers={name: "own"})
        assert name in redirected(request, 302, "/next").headers
        assert name not in redirected(request, 302, "https://example.org/").headers
    assert {name.lower() for name in FIELDS_OF_A_BODY} == BODY_HEADERS


@pytest.mark.parametrize("status", STATUSES)
def test_a_field_in_any_case_is_the_same_field(status: int) -> None:
    request = Request("POST", "https://example.com/", headers={"cOOKIE": "a", "CONTENT-type": "b"})
    following = redirected(request, status, "https://example.org/")
    assert "cookie" not in following.headers
    assert ("content-type" in following.headers) == (status >= 307)


def test_a_field_that_came_twice_goes_twice() -> None:
    headers = [("X-API-Key", "1"), ("x-api-key", "2")]
    request = Request("GET", "https://example.com/", headers=headers)
    assert redirected(request, 302, "/x").headers.get_list("x-api-key") == ["1", "2"]
    assert "x-api-key" not in redirected(request, 302, "https://example.org/").headers
