"""The ASGI application that hypercorn serves: echo, statuses, redirects, cookies, streams, uploads.

It also serves the site of the guide (`site.py`) and big transfers (`transfers.py`). It knows
nothing of the client.
"""

from __future__ import annotations

import gzip
from urllib.parse import parse_qsl

from tests.servers import contents
from tests.servers.asgi import Message, Receive, Reply, Request, Route, Send, echo
from tests.servers.guarded import GUARDED
from tests.servers.records import RECORDS
from tests.servers.site import SITE
from tests.servers.transfers import TRANSFERS

LINES = tuple(f"line {number}: naïve café" for number in range(50))


async def status(request: Request, reply: Reply) -> None:
    """/status/N responds with N."""
    code = int(request.path.rpartition("/")[2])
    await (reply.whole(code) if code in {204, 304} else reply.text(code, f"status {code}\n"))


async def redirect(request: Request, reply: Reply) -> None:
    """/redirect/N goes N hops by relative paths, and ends at /echo; ?status= chooses the code."""
    await _redirect(request, reply, "")


async def absolute_redirect(request: Request, reply: Reply) -> None:
    """/absolute-redirect/N, the same by whole URLs."""
    await _redirect(request, reply, f"{request.scheme}://{request.header('host')}")


async def _redirect(request: Request, reply: Reply, prefix: str) -> None:
    await request.body()
    route, _, count = request.path.rpartition("/")
    left = int(count) - 1
    query = f"?{request.query}" if request.query else ""
    target = f"{route}/{left}" if left > 0 else "/echo"
    code = int(dict(parse_qsl(request.query)).get("status", "302"))
    await reply.text(code, "elsewhere\n", ("location", f"{prefix}{target}{query}"))


async def redirect_to(request: Request, reply: Reply) -> None:
    """/redirect-to?url=U goes to U."""
    await reply.whole(302, b"", ("location", dict(parse_qsl(request.query))["url"]))


async def set_cookies(request: Request, reply: Reply) -> None:
    """/set-cookies?name=value sets each parameter as a cookie."""
    pairs = parse_qsl(request.query)
    await reply.text(200, "set\n", *(("set-cookie", f"{k}={v}; Path=/") for k, v in pairs))


async def cookies(request: Request, reply: Reply) -> None:
    """The cookies that came."""
    await reply.json(request.cookies)


async def drip(request: Request, reply: Reply) -> None:
    """/drip sends twenty pieces of one byte."""
    await reply.start(200, ("content-type", "application/octet-stream"))
    for number in range(20):
        await reply.piece(bytes([number]))
    await reply.piece(b"", more=False)


async def stream(request: Request, reply: Reply) -> None:
    """/stream sends sixteen blocks of 64 KiB, without a length."""
    await reply.start(200, ("content-type", "application/octet-stream"))
    for number in range(16):
        await reply.piece(bytes([number]) * 65536)
    await reply.piece(b"", more=False)


async def large(request: Request, reply: Reply) -> None:
    """/large.bin has a length."""
    kind = ("content-type", "application/octet-stream")
    await reply.whole(200, contents.LARGE_BODY, kind)


async def lines(request: Request, reply: Reply) -> None:
    """/lines sends text whose lines and characters are cut at odd places."""
    text = "".join(line + "\n" for line in LINES).encode()
    await reply.start(200, ("content-type", "text/plain; charset=utf-8"))
    for start in range(0, len(text), 7):
        await reply.piece(text[start : start + 7])
    await reply.piece(b"", more=False)


async def gzipped(request: Request, reply: Reply) -> None:
    """/gzip is compressed text."""
    body = gzip.compress(contents.LONG_TEXT.encode())
    await reply.whole(200, body, ("content-type", "text/plain"), ("content-encoding", "gzip"))


async def constant(request: Request, reply: Reply) -> None:
    """The paths of `contents.py` whose response is always the same."""
    await request.body()
    status, body, fields = CONSTANTS[request.path]
    await reply.whole(status, body.encode(), *fields)


async def field_or_query(request: Request, reply: Reply) -> None:
    """/cookie-field, /x-test, /args: a part of the request as it came."""
    header = {"/cookie-field": "cookie", "/x-test": "x-test"}.get(request.path)
    await reply.text(200, (request.header(header) or "") if header else request.query)


async def mirror(request: Request, reply: Reply) -> None:
    """/mirror sends the method and the body back."""
    body = await request.body()
    await reply.whole(200, request.method.encode() + b" " + body)


async def delay(request: Request, reply: Reply) -> None:
    """/delay accepts the request and never answers; the client must give up."""
    while (await request.next_event())["type"] != "http.disconnect":
        pass


async def not_found(request: Request, reply: Reply) -> None:
    """Any path that is not a route."""
    await request.body()
    await reply.json({"error": f"no {request.path} here"}, 404)


_TEXT = ("content-type", "text/plain; charset=utf-8")
CONSTANTS: dict[str, tuple[int, str, list[tuple[str, str]]]] = {
    "/json": (200, contents.JSON_TEXT, [("content-type", "application/json")]),
    "/text": (200, contents.TEXT, [_TEXT]),
    "/empty": (204, "", []),
    "/missing": (404, contents.MISSING, [_TEXT]),
    "/broken": (503, contents.BROKEN, [_TEXT]),
    "/redirect": (302, "", [("location", "/json")]),
    "/redirect-307": (307, "", [("location", "/mirror")]),
    "/loop": (302, "", [("location", "/loop")]),
    "/set-cookie": (204, "", [("set-cookie", contents.SET_COOKIE)]),
    "/close": (200, contents.CLOSING, [_TEXT, ("connection", "close")]),
}
ROUTES: dict[str, Route] = {
    "echo": echo,
    "status": status,
    "redirect": redirect,
    "absolute-redirect": absolute_redirect,
    "redirect-to": redirect_to,
    "set-cookies": set_cookies,
    "cookie-field": field_or_query,
    "x-test": field_or_query,
    "args": field_or_query,
    "mirror": mirror,
    "cookies": cookies,
    "drip": drip,
    "stream": stream,
    "large.bin": large,
    "lines": lines,
    "gzip": gzipped,
    "delay": delay,
    **RECORDS,
    **TRANSFERS,
    **GUARDED,
}


async def app(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI entry: one call a request (and one for the server's own start and stop)."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    request = Request(scope, receive)
    reply = Reply(send, is_head=request.method == "HEAD")
    route = SITE.get(request.path) or ROUTES.get(request.path.split("/")[1], not_found)
    if request.path in CONSTANTS:
        route = constant
    await route(request, reply)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        kind = str((await receive())["type"])
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
