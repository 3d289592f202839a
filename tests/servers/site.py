"""The site of the guide: the responses of `api.example.com` and `example.com` to its snippets.

Each route checks what the guide sends, and responds with 400 and the reason if it differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from tests.servers.asgi import echo, what_came

if TYPE_CHECKING:
    from tests.servers.asgi import Reply, Request, Route

FORM = "application/x-www-form-urlencoded"
SESSION = "s3ssion"


async def users(request: Request, reply: Reply) -> None:
    """GET lists, POST (JSON) creates, OPTIONS says what is allowed."""
    came = await what_came(request)
    if request.method == "OPTIONS":
        await reply.whole(204, b"", ("allow", "GET, POST, OPTIONS"))
    elif request.method == "POST" and request.header("content-type") != "application/json":
        await reply.json({"error": "users are created from application/json"}, 400)
    elif request.method == "POST":
        await reply.json({"id": 1, "came": came}, 201, ("location", "/users/1"))
    else:
        await reply.json([{"id": 1, "name": "John"}])


async def user(request: Request, reply: Reply) -> None:
    """HEAD and GET show the user, DELETE takes it away."""
    await request.body()
    if request.method == "DELETE":
        await reply.whole(204)
    else:
        await reply.json({"id": 1, "name": "John"})


async def search(request: Request, reply: Reply) -> None:
    """Responds with the parameters as they came."""
    await reply.json({"found": dict(parse_qsl(request.query)), "query": request.query})


async def protected(request: Request, reply: Reply) -> None:
    """Wants the guide's token."""
    allowed = request.header("authorization") == "Bearer token123"
    await reply.json({"allowed": allowed}, 200 if allowed else 401)


async def login(request: Request, reply: Reply) -> None:
    """Takes a form; sets the session that `/profile` asks for."""
    form = dict(parse_qsl((await request.body()).decode()))
    if request.header("content-type") != FORM or "password" not in form:
        await reply.json({"error": f"log in with {FORM}: user, password"}, 400)
        return
    fields = ("set-cookie", f"session={SESSION}; Path=/; HttpOnly")
    await reply.json({"welcome": form["user"]}, 200, fields)


async def profile(request: Request, reply: Reply) -> None:
    """Wants the cookie that `/login` set."""
    known = request.cookies.get("session") == SESSION
    await reply.json({"logged_in": known}, 200 if known else 401)


async def old(request: Request, reply: Reply) -> None:
    """Moved to `/data`."""
    await reply.whole(302, b"", ("location", "/data"))


async def data(request: Request, reply: Reply) -> None:
    """A small JSON value."""
    await reply.json({"count": 42})


async def large_text(request: Request, reply: Reply) -> None:
    """Some hundred KiB of lines, without a length."""
    await reply.start(200, ("content-type", "text/plain; charset=utf-8"))
    for number in range(100):
        await reply.piece(f"{number}: grüße aus dem Café\n".encode() * 100)
    await reply.piece(b"", more=False)


async def files(request: Request, reply: Reply) -> None:
    """PROPFIND (RFC 4918) lists a directory that is empty."""
    await request.body()
    listing = b'<?xml version="1.0"?><multistatus xmlns="DAV:"/>'
    status = 207 if request.method == "PROPFIND" else 405
    await reply.whole(status, listing, ("content-type", "application/xml"))


SITE: dict[str, Route] = {
    "/users": users,
    "/users/1": user,
    "/search": search,
    "/protected": protected,
    "/login": login,
    "/profile": profile,
    "/blob": echo,
    "/files": files,
    "/data": data,
    "/old": old,
    "/large.txt": large_text,
}
