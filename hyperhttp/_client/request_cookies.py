"""The cookies of one request and its response: those of the client's jar, and those given."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hyperhttp._message.cookies.jar import Cookies, bind_jar, cookie_header, store_cookies
from hyperhttp._message.request.request import set_jar_cookie

if TYPE_CHECKING:
    from hyperhttp._message.headers.response_head import ResponseHead
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.url.url import URL

__all__ = ["add_cookies", "keep_cookies"]


def add_cookies(request: Request, jar: Cookies, home: URL | None, *, is_trusted: bool) -> None:
    """Set the `Cookie` header of a request.

    Args:
        request: The request to change.
        jar: The cookies of the client.
        home: The `base_url` of the client; None for the URL of the request. Cookies that were
            given without a domain belong to the first of these hosts.
        is_trusted: False if the request may not have cookies of the client.
    """
    url = request.url
    home = home or url
    bind_jar(jar, home.host, secure=home.is_tls)
    sent = jar if is_trusted else Cookies()
    set_jar_cookie(request, cookie_header(sent, url, time.time(), extra=request.sent_cookies))


def keep_cookies(jar: Cookies, url: URL, head: ResponseHead) -> None:
    """Store the cookies that the response to a request for `url` sets (RFC 6265 5.3)."""
    values = [value.decode("latin-1") for value in head.values(b"set-cookie")]
    store_cookies(jar, url, values, time.time())
