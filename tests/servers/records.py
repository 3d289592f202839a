"""Responds to in records and in fields: event streams, JSON lines, pages with links, problems.

The guide's snippets get a response by these; each says in which pieces it sends.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from tests.servers.asgi import Reply, Request, Route

EVENTS = (
    "retry: 10\n\n: hello\n\n",
    'id: 1\nevent: price\ndata: {"symbol": "ABC",\ndata:  "price": 1.5}\n\n',
    'id: 2\nevent: price\ndata: {"symbol": "XYZ", "price": 2.5}\n\n',
)
USERS = [{"id": number, "name": name} for number, name in enumerate(("Ada", "Grace", "Alan"), 1)]
PAGES = 3


async def events(request: Request, reply: Reply) -> None:
    """/events sends two events, byte by byte; who has had the last one gets 204."""
    if request.header("last-event-id") == "2":
        await reply.whole(204)
        return
    await reply.start(200, ("content-type", "text/event-stream"), ("cache-control", "no-store"))
    for byte in "".join(EVENTS).encode():
        await reply.piece(bytes([byte]))
    await reply.piece(b"", more=False)


async def user_lines(request: Request, reply: Reply) -> None:
    """/users.jsonl sends a user a line, cut at odd places."""
    lines = "".join(json.dumps(user) + "\n" for user in USERS).encode()
    await reply.start(200, ("content-type", "application/jsonl"))
    for start in range(0, len(lines), 7):
        await reply.piece(lines[start : start + 7])
    await reply.piece(b"", more=False)


async def items(request: Request, reply: Reply) -> None:
    """/items?page=N is a page of items, with links to the others."""
    page = int(dict(parse_qsl(request.query)).get("page", "1"))
    links = [f'<?page={PAGES}>; rel="last"']
    links += [f'<?page={page + 1}>; rel="next"'] if page < PAGES else []
    fields = [("link", ", ".join(links)), ("cache-control", "max-age=60, public")]
    fields += [("server-timing", 'db;dur=12.5, app;dur=3;desc="all the rest"')]
    await reply.json([{"id": page * 10 + number} for number in range(2)], 200, *fields)


async def order(request: Request, reply: Reply) -> None:
    """/order is refused with a problem."""
    await request.body()
    problem = {"title": "Out of credit", "status": 403, "detail": "It costs 50.", "balance": 30}
    kind = ("content-type", "application/problem+json")
    await reply.whole(403, json.dumps(problem).encode(), kind)


async def report(request: Request, reply: Reply) -> None:
    """/report is to be saved, under a name that is none of a safe file."""
    name = "attachment; filename*=UTF-8''..%2F%E2%82%AC%20rates.csv"
    fields = (("content-type", "text/csv"), ("content-disposition", name))
    await reply.whole(200, b"EUR,1\n", *fields)


RECORDS: dict[str, Route] = {
    "events": events,
    "users.jsonl": user_lines,
    "items": items,
    "order": order,
    "report": report,
}
