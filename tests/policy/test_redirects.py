"""Redirects as a conversation: every status, method, body and change of origin; no socket."""

from __future__ import annotations

from itertools import product

import pytest

from hyperhttp._base._generated.config import Limits, RedirectConfig
from hyperhttp._base._generated.errors import BadRedirect, BodyNotReplayable, TooManyRedirects
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._message.response.source import NoSource
from hyperhttp._policy.redirects import follow, redirect_limit, redirected

START = "https://example.com/a/b?q=1#part"
SECRETS = {"Authorization": "Bearer x", "Proxy-Authorization": "Basic y", "Cookie": "a=b"}


def reply(request: Request, status_code: int, location: str | None = None) -> Response:
    """A response to `request`, perhaps with a Location field."""
    block = b"" if location is None else b"Location: %s\r\n" % location.encode("latin-1")
    head = ResponseHead(status_code, "", "HTTP/1.1", block)
    return Response(
        head, request, NoSource(), elapsed=0.0, limits=Limits(), default_encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("status", "method", "becomes"),
    [
        *((status, "GET", "GET") for status in (301, 302, 303, 307, 308)),
        *((status, "HEAD", "HEAD") for status in (301, 302, 303, 307, 308)),
        *((status, "POST", "GET") for status in (301, 302, 303)),
        *((status, "POST", "POST") for status in (307, 308)),
        *((status, "PUT", "PUT") for status in (301, 302, 307, 308)),
        *((status, "DELETE", "DELETE") for status in (301, 302, 307, 308)),
        *((303, method, "GET") for method in ("PUT", "PATCH", "DELETE", "OPTIONS")),
    ],
)
def test_the_method_and_the_body_of_the_next_request(
    status: int, method: str, becomes: str
) -> None:
    body = None if method in {"GET", "HEAD"} else b"body"
    request = (
        Request(method, START)
        if body is None
        else Request(method, START, content=body, headers={"Content-Type": "text/plain"})
    )
    following = redirected(request, status, "/next")
    assert (following.method, str(following.url)) == (becomes, "https://example.com/next#part")
    kept = body is not None and becomes == method
    assert (following.content == b"body") == kept
    assert ("content-type" in following.headers) == kept
    assert following.headers.get("content-length") == ("4" if kept else None)


@pytest.mark.parametrize("status", [300, 304, 305, 306, 310, 399, 200, 404])
def test_other_statuses_lead_nowhere(status: int) -> None:
    conversation = follow(Request("GET", START), 20)
    response = reply(next(conversation), status, "/next")
    with pytest.raises(StopIteration) as stop:
        conversation.send(response)
    assert stop.value.value is response


def test_a_redirect_without_location_is_the_response() -> None:
    conversation = follow(Request("GET", START), 20)
    response = reply(next(conversation), 302)
    with pytest.raises(StopIteration) as stop:
        conversation.send(response)
    assert stop.value.value is response


@pytest.mark.parametrize(
    ("location", "stays"),
    [
        ("/c", True),
        ("c", True),
        ("?q=2", True),
        ("https://example.com:443/", True),
        ("HTTPS://EXAMPLE.COM/", True),
        ("http://example.com/", False),
        ("https://example.com:444/", False),
        ("https://api.example.com/", False),
        ("//api.example.com/c", False),
    ],
)
def test_secrets_do_not_leave_their_origin(location: str, stays: bool) -> None:
    request = Request("GET", START, headers={**SECRETS, "Accept": "text/plain"})
    request.sent_cookies = {"a": "b"}
    following = redirected(request, 302, location)
    assert following.headers["accept"] == "text/plain"
    assert following.headers["host"] == following.url.authority
    for name in SECRETS:
        assert (name in following.headers) == stays
    assert (following.sent_cookies is not None) == stays


def test_secrets_that_were_left_behind_do_not_come_back() -> None:
    request = Request("GET", START, headers=SECRETS)
    away = redirected(request, 302, "https://api.example.com/")
    back = redirected(away, 302, START)
    assert not any(name in back.headers for name in SECRETS)


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/x", "https://example.com/x#part"),
        ("x", "https://example.com/a/x#part"),
        ("../x", "https://example.com/x#part"),
        ("", "https://example.com/a/b?q=1#part"),
        ("?z", "https://example.com/a/b?z#part"),
        ("#other", "https://example.com/a/b?q=1#other"),
        ("/with space", "https://example.com/with%20space#part"),
        ("/caf\u00c3\u00a9", "https://example.com/caf%C3%A9#part"),
        ("http://[::1]:8080/", "http://[::1]:8080/#part"),
    ],
)
def test_where_a_location_leads(location: str, leads_to: str) -> None:
    following = redirected(Request("GET", START), 302, location)
    assert f"{following.url}" == leads_to


@pytest.mark.parametrize(
    "location",
    [
        "ftp://example.com/",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "http://",
        "http://exa mple.com/",
        "http://example.com:99999/",
        "http://[::1/",
    ],
)
def test_a_location_that_leads_nowhere_is_a_typed_error(location: str) -> None:
    with pytest.raises(BadRedirect) as caught:
        redirected(Request("GET", START), 302, location)
    assert caught.value.detail


@pytest.mark.parametrize(("limit", "hops"), list(product([0, 1, 20], [0, 1, 2])))
def test_exactly_as_many_redirects_as_allowed_are_followed(limit: int, hops: int) -> None:
    conversation = follow(Request("GET", START), limit)
    request = next(conversation)
    for number in range(min(limit, hops)):
        request = conversation.send(reply(request, 302, f"/{number}"))
    if hops > limit:
        with pytest.raises(TooManyRedirects) as caught:
            conversation.send(reply(request, 302, "/beyond"))
        assert caught.value.max_redirects == limit
        return
    with pytest.raises(StopIteration) as stop:
        conversation.send(reply(request, 200))
    response: Response = stop.value.value
    assert [hop.status_code for hop in response.history] == [302] * hops
    assert [len(hop.history) for hop in response.history] == list(range(hops))


@pytest.mark.parametrize("status", [307, 308])
def test_a_body_that_can_be_read_only_once_is_not_sent_again(status: int) -> None:
    request = Request("POST", START, content=iter([b"once"]))
    with pytest.raises(BodyNotReplayable) as caught:
        redirected(request, status, "/next")
    assert str(status) in str(caught.value)


def test_a_body_that_can_be_read_again_is_sent_again() -> None:
    request = Request("POST", START, content=[b"again"])
    following = redirected(request, 307, "/next")
    assert following.body is request.body
    framing = ("content-length", "transfer-encoding")
    assert [following.headers.get(name) for name in framing] == [
        request.headers.get(name) for name in framing
    ]


def test_the_limit_of_redirects_is_that_of_the_request_or_of_the_client() -> None:
    request, config = Request("GET", START), RedirectConfig(follow=True, max_redirects=7)
    assert redirect_limit(request, config) == 7
    assert redirect_limit(request, RedirectConfig(follow=False)) is None
    request.max_redirects = 0
    assert redirect_limit(request, config) == 0
    request.follow_redirects = False
    assert redirect_limit(request, config) is None
    request.follow_redirects = True
    assert redirect_limit(request, RedirectConfig(follow=False)) == 0


# -- downgrades, and users in Location -------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["http://example.com/", "http://example.org/?sig=s3cret"])
def test_a_redirect_from_https_to_http_may_be_refused(status: int, location: str) -> None:
    request = Request("GET", "https://example.com/")
    for allows in (True, False):
        conversation = follow(request, 5, allow_downgrade=allows)
        next(conversation)
        moved = Response.create(request, status, headers={"Location": location})
        if allows:
            assert conversation.send(moved).url.scheme == "http"
            continue
        with pytest.raises(BadRedirect, match="allow_downgrade") as caught:
            conversation.send(moved)
        assert "s3cret" not in f"{caught.value} {caught.value.location}"


@pytest.mark.parametrize(
    ("start", "location"),
    [
        ("http://example.com/", "http://example.org/"),
        ("http://example.com/", "https://example.com/"),
        ("https://example.com/", "/next"),
        ("https://example.com/", "//example.org/"),
    ],
)
def test_other_redirects_are_no_downgrade(start: str, location: str) -> None:
    request = Request("GET", start)
    conversation = follow(request, 5, allow_downgrade=False)
    next(conversation)
    conversation.send(Response.create(request, 302, headers={"Location": location}))


@pytest.mark.parametrize(
    "location",
    [
        "https://evil:pass@example.com/",
        "https://evil@example.com/",
        "https://evil:pass@example.org/",
        "//evil:pass@example.com/x",
        "https://us%0Aer:pass@example.com/",
    ],
)
@pytest.mark.parametrize("user", ["", "ann:own@"])
def test_a_user_in_location_never_becomes_credentials(location: str, user: str) -> None:
    request = Request("GET", f"https://{user}example.com/")
    following = redirected(request, 302, location)
    assert not following.url.userinfo
    own = request.headers.get("authorization")
    same_origin = following.url.origin == request.url.origin
    assert following.headers.get("authorization") == (own if same_origin else None)


def test_a_relative_location_keeps_the_user_of_the_request() -> None:
    request = Request("GET", "https://ann:own@example.com/")
    following = redirected(request, 302, "/next")
    assert following.headers["authorization"] == request.headers["authorization"]


@pytest.mark.parametrize(
    ("location", "is_followed"),
    [
        ("/next", True),
        ("http://example.com/", True),
        ("https://www.example.com/", True),
        ("https://example.org/", False),
        ("https://com/", False),
        ("https://169.254.169.254/", False),
    ],
)
def test_same_site_refuses_other_sites(location: str, is_followed: bool) -> None:
    request = Request("GET", START)
    conversation = follow(request, 5, same_site=True)
    next(conversation)
    if is_followed:
        assert conversation.send(reply(request, 302, location)).hop == 1
        return
    with pytest.raises(BadRedirect, match="same_site_redirects") as caught:
        conversation.send(reply(request, 302, f"{location}?token=s3cret"))
    assert "s3cret" not in str(caught.value)


def test_same_site_counts_from_hop_to_hop() -> None:
    request = Request("GET", START)
    conversation = follow(request, 5, same_site=True)
    next(conversation)
    following = conversation.send(reply(request, 302, "https://www.example.com/"))
    with pytest.raises(BadRedirect):
        conversation.send(reply(following, 302, "https://www.example.org/"))
