"""Requests and responses that have a secret somewhere."""

from __future__ import annotations

from hyperhttp.testing import MockResponse, ResetStream

URL = "https://example.com/page"
SECRET = "hunter2"
PLACES: list[dict[str, object]] = [
    {"url": f"https://ann:{SECRET}@example.com/page"},
    {"url": f"{URL}?token={SECRET}"},
    {"url": f"{URL}?name={SECRET}&a=b"},
    {"url": f"{URL}#{SECRET}"},
    {"params": {"q": SECRET}},
    {"headers": {"Authorization": f"Bearer {SECRET}"}},
    {"headers": {"X-Api-Key": SECRET}},
    {"headers": {"Cookie": f"id={SECRET}"}},
    {"headers": {"Referer": f"https://example.com/?a={SECRET}"}},
    {"headers": {"Proxy-Authorization": f"Basic {SECRET}"}},
    {"cookies": {"id": SECRET}},
    {"auth": ("ann", SECRET)},
    {"content": SECRET, "method": "POST"},
    {"json": {"password": SECRET}, "method": "POST"},
]
REPLIES: list[MockResponse | ResetStream] = [
    MockResponse(200, headers={"Set-Cookie": f"id={SECRET}"}),
    MockResponse(200, headers={"X-Auth-Token": SECRET}),
    MockResponse(200, headers={"Link": f'<https://example.com/?next={SECRET}>; rel="next"'}),
    MockResponse(302, headers={"Location": f"https://example.com/x?code={SECRET}"}),
    MockResponse(302, headers={"Location": f"/x?anything={SECRET}"}),
    MockResponse(200, content=SECRET.encode()),
    MockResponse(500, content=SECRET.encode()),
    ResetStream(),
]


def shows_any_query(place: dict[str, object], reply: object) -> bool:
    """Return whether a query has the secret under a name that isn't sensitive.

    A `repr` masks the values of sensitive names, as everywhere; log lines have no query at all.
    """
    text = f"{place.get('url', '')} {place.get('params', '')}"
    plain = any(name in text for name in ("name=", "'q'", "#"))
    return plain or "anything=" in str(getattr(reply, "headers", ""))
