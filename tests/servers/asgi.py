"""ASGI in a few plain words for the test applications: a request to read, a reply to send.

No framework: what a route sends is what is written there.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping, Sequence
from typing import TypeAlias, cast
from urllib.parse import parse_qsl

# ASGI's own vocabulary: string keys, values of any kind.
Message: TypeAlias = MutableMapping[str, object]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Fields: TypeAlias = list[tuple[str, str]]


class Request:
    """One request, its head read and its body to be read."""

    def __init__(self, scope: Message, receive: Receive) -> None:
        self.method = str(scope["method"])
        self.path = str(scope["path"])
        self.scheme = str(scope["scheme"])
        self.version = str(scope["http_version"])
        query = scope["query_string"]
        assert isinstance(query, bytes)
        self.query = query.decode("ascii")
        raw = cast("Sequence[tuple[bytes, bytes]]", scope["headers"])
        self.fields: Fields = [(name.decode(), value.decode("latin-1")) for name, value in raw]
        self._receive = receive

    def header(self, name: str) -> str | None:
        """All values of a field, joined; None when it is absent."""
        values = [value for key, value in self.fields if key == name]
        return ", ".join(values) if values else None

    @property
    def takes_trailers(self) -> bool:
        """Whether trailers may be sent: hypercorn has them in HTTP/2, if the client says `TE`."""
        return self.version == "2" and self.header("te") == "trailers"

    async def body(self) -> bytes:
        """The whole body; raises when the client cut it."""
        return b"".join([piece async for piece in self.pieces()])

    async def pieces(self) -> AsyncGenerator[bytes]:
        """The body as it comes, once; raises when the client cut it."""
        while True:
            message = await self.next_event()
            if message["type"] == "http.disconnect":
                raise ConnectionResetError("the client cut its request")
            piece = message.get("body", b"")
            assert isinstance(piece, bytes)
            yield piece
            if not message.get("more_body"):
                return

    async def next_event(self) -> Message:
        """The next thing that happens on this request."""
        return await self._receive()

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that the client sent."""
        pairs = (self.header("cookie") or "").split("; ")
        return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


class Reply:
    """Sends the response: all at once, or in pieces."""

    def __init__(self, send: Send, *, is_head: bool) -> None:
        self._send = send
        self._is_head = is_head

    async def start(
        self, status: int, *fields: tuple[str, str], has_trailers: bool = False
    ) -> None:
        """Send the head; `has_trailers` promises `trailers` after the last piece."""
        await self._send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": _raw(fields),
                "trailers": has_trailers,
            }
        )

    async def early_hint(self, link: str) -> None:
        """Send a 103 (Early Hints) with one link."""
        await self._send({"type": "http.response.early_hint", "links": [link.encode()]})

    async def trailers(self, *fields: tuple[str, str]) -> None:
        """Send the trailers that `start` promised."""
        await self._send({"type": "http.response.trailers", "headers": _raw(fields)})

    async def piece(self, data: bytes, *, more: bool = True) -> None:
        """Send some of the body."""
        shown = b"" if self._is_head else data
        await self._send({"type": "http.response.body", "body": shown, "more_body": more})

    async def whole(self, status: int, body: bytes = b"", *fields: tuple[str, str]) -> None:
        """Send head and body with its length."""
        length = [] if status in {204, 304} else [("content-length", str(len(body)))]
        await self.start(status, *fields, *length)
        await self.piece(body, more=False)

    async def text(self, status: int, text: str, *fields: tuple[str, str]) -> None:
        """Send text."""
        kind = ("content-type", "text/plain; charset=utf-8")
        await self.whole(status, text.encode(), kind, *fields)

    async def json(self, value: object, status: int = 200, *fields: tuple[str, str]) -> None:
        """Send a JSON value."""
        kind = ("content-type", "application/json")
        await self.whole(status, json.dumps(value).encode(), kind, *fields)


def _raw(fields: Sequence[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1")) for name, value in fields]


Route: TypeAlias = Callable[[Request, Reply], Awaitable[None]]


async def echo(request: Request, reply: Reply) -> None:
    """Everything that came, as JSON."""
    await reply.json(await what_came(request))


async def what_came(request: Request) -> dict[str, object]:
    """All of a request, its body included, as a JSON object."""
    body = await request.body()
    return {
        "method": request.method,
        "path": request.path,
        "params": parse_qsl(request.query, keep_blank_values=True),
        "headers": dict(request.fields),
        "cookies": request.cookies,
        "body": body.decode("latin-1"),
        "version": request.version,
        "scheme": request.scheme,
    }
