"""Redirects (RFC 9110 15.4): the request that a 3xx response leads to, and which secrets it keeps.

A generator without I/O: it yields requests, is sent responses, and returns the last one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.errors import (
    BadRedirect,
    BodyNotReplayable,
    InvalidURL,
    TooManyRedirects,
)
from hyperhttp._base._generated.headers import BODY_HEADERS
from hyperhttp._base.sensitive import mask_parameters, sensitive_headers
from hyperhttp._message.cookies.public_suffix import is_same_site
from hyperhttp._message.request.request import jar_cookie, request_of_redirect
from hyperhttp._message.response.response import set_history
from hyperhttp._message.url.url import reference_from_wire

if TYPE_CHECKING:
    from collections.abc import Generator

    from hyperhttp._base._generated.config import RedirectConfig
    from hyperhttp._message.headers.headers import Headers
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._message.url.url import URL

REDIRECT_STATUSES: Final = frozenset({301, 302, 303, 307, 308})


def redirect_limit(request: Request, config: RedirectConfig) -> int | None:
    """Return how many redirects are followed; None if they aren't followed.

    Options of the request override `config`.
    """
    follows, limit = request.follow_redirects, request.max_redirects
    if not (config.follow if follows is None else follows):
        return None
    return config.max_redirects if limit is None else limit


def follow(
    request: Request,
    max_redirects: int,
    *,
    allow_downgrade: bool = True,
    same_site: bool = False,
) -> Generator[Request, Response, Response]:
    """Yield the request of each hop; exactly `max_redirects` hops are allowed.

    Raises TooManyRedirects, BodyNotReplayable, and BadRedirect for a Location that leads nowhere,
    from https to http unless `allow_downgrade`, or to another site with `same_site`.
    """
    history: tuple[Response, ...] = ()
    while True:
        response = yield request
        set_history(response, history)
        location = _location(response)
        if location is None:
            return response
        if len(history) >= max_redirects:
            raise TooManyRedirects(max_redirects=max_redirects)
        history = (*history, response)
        following = redirected(request, response.status_code, location)
        if request.url.is_tls and not following.url.is_tls and not allow_downgrade:
            raise _refused(following, "it leads from https to http, and allow_downgrade is False")
        if same_site and not is_same_site(request.url.host, following.url.host):
            raise _refused(following, "it leads to another site, and same_site_redirects is True")
        request = following


def _refused(following: Request, detail: str) -> BadRedirect:
    return BadRedirect(location=mask_parameters(str(following.url)), detail=detail)


def redirected(request: Request, status_code: int, location: str) -> Request:
    """Return the request that a redirect leads to."""
    url = _target(request.url, location)
    same_origin = url.origin == request.url.origin
    headers = carried_headers(request, same_origin=same_origin, is_trusted=same_origin)
    method, body = request.method, request.body
    if _goes_without_body(status_code, method):
        method, body = "HEAD" if method == "HEAD" else "GET", None
        for name in BODY_HEADERS:
            headers.pop(name, None)
    elif not request.is_replayable:
        raise BodyNotReplayable(
            detail=f"a {status_code} redirect asks for the body again, and it can be read only once"
        )
    following = request_of_redirect(request, method, url, headers, body)
    if same_origin and request.sent_cookies is not None:
        following.sent_cookies = request.sent_cookies
    return following


def carried_headers(request: Request, *, same_origin: bool, is_trusted: bool) -> Headers:
    """Return the headers that a request to the next URL keeps.

    Without `is_trusted` it has no sensitive headers. The cookies of the jar are left out: they are
    selected again for the new URL.
    """
    headers = request.headers.copy()
    if jar_cookie(request) is not None:
        headers.pop("Cookie", None)
    if not same_origin:
        headers.pop("Host", None)
    if not is_trusted:
        for name in sensitive_headers():
            headers.pop(name, None)
    return headers


def _goes_without_body(status_code: int, method: str) -> bool:
    """RFC 9110 15.4.2 to 15.4.4: 303 asks for a GET or HEAD, 301 and 302 do so after a POST."""
    return status_code == 303 or (status_code in {301, 302} and method == "POST")


def _location(response: Response) -> str | None:
    if response.status_code not in REDIRECT_STATUSES:
        return None
    # RFC 9110 10.2.2 allows one value; of several, the first is used.
    values = response.headers.get_list("location")
    return values[0] if values else None


def _target(base: URL, location: str) -> URL:
    try:
        url = base.join(reference_from_wire(location))
    except InvalidURL as error:
        raise BadRedirect(location=error.given, detail=error.detail) from error
    # A user that a server names would choose what the client authenticates as. A relative
    # reference keeps that of the request.
    if url.userinfo != base.userinfo or url.origin != base.origin:
        url = url.without_userinfo()
    # RFC 9110 10.2.2: the fragment is inherited unless Location has one.
    return url if url.fragment or not base.fragment else url.copy_with(fragment=base.fragment)
