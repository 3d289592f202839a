"""Records responses of real servers and replays them: middleware around each attempt.

This module matches requests with recorded responses, and keeps secrets out of recordings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, final, overload
from urllib.parse import quote_plus

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.sensitive import (
    is_sensitive_header,
    is_sensitive_member,
    is_sensitive_parameter,
    mask_parameters,
)
from hyperhttp._client.sync_middleware import SendNow
from hyperhttp._client.sync_response import SyncResponse
from hyperhttp._message.content.redaction import REDACTED, without_secrets
from hyperhttp._message.headers.headers import Headers, encoded_headers
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.response.response import Response
from hyperhttp._message.url.url import URL
from hyperhttp.testing._tape import (
    Interaction,
    RecordedRequest,
    RecordedResponse,
    body_of,
    bytes_of,
    load,
    save,
)

if TYPE_CHECKING:
    from types import CoroutineType

    from hyperhttp._client.middleware import Send
    from hyperhttp._client.sync_middleware import SyncSend
    from hyperhttp._message.content.transforms import Decoding
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.streamed import StreamedResponse
    from hyperhttp.testing._tape import Fields

CassetteMode: TypeAlias = Literal["none", "once", "new", "all"]
MatchOn: TypeAlias = Literal["method", "url", "path", "query", "headers", "body"]

_MODES: Final = ("none", "once", "new", "all")
_PARTS: Final = ("method", "url", "path", "query", "headers", "body")


class UnrecordedRequest(AssertionError):
    """A request that is not on the tape; its text names the nearest one, and what differs."""


@final
class Cassette:
    """Recorded responses of real servers, to replay without them; middleware of a client.

        cassette = Cassette("cassettes/users.json", mode="once")
        client = hyperhttp.Client(middleware=[cassette])

    The `mode` "none" only replays. "once" records if there is no file yet, and otherwise replays.
    "new" replays recorded responses and records the others. "all" records everything again.
    `match_on` lists the parts that a request must have in common with a recorded one. Each recorded
    response is replayed once, in order, unless `repeats` is set.

    Secrets are never written. These are the values of sensitive headers (Authorization, Cookie,
    ...), the values of sensitive parameters, and the user in a URL. Sensitive parameters are masked
    in queries, in URLs in headers such as Location, in forms and in JSON. To add names, set
    `redact_headers` and `redact_params`. `redact_body` is called with each body before it is
    stored. A compressed body with a secret is stored decompressed. Requests are compared in their
    masked form. The file is replaced after each recording.

    Raises ConfigError for an invalid option, and for a file that isn't a cassette.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        mode: CassetteMode = "none",
        *,
        match_on: Sequence[MatchOn] = ("method", "url"),
        repeats: bool = False,
        redact_headers: Sequence[str] = (),
        redact_params: Sequence[str] = (),
        redact_body: Callable[[bytes], bytes] | None = None,
    ) -> None:
        if mode not in _MODES:
            raise ConfigError(option="mode", given=repr(mode), allowed=", ".join(_MODES))
        if wrong := [part for part in match_on if part not in _PARTS]:
            raise ConfigError(option="match_on", given=repr(wrong[0]), allowed=", ".join(_PARTS))
        self.path: Path = Path(path)
        self.mode: CassetteMode = mode
        self._match_on = tuple(match_on)
        self._repeats = repeats
        self._secret_fields = frozenset(name.lower() for name in redact_headers)
        self._secret_params = frozenset(name.lower() for name in redact_params)
        self._redact_body = redact_body
        has_file = self.path.exists()
        self._records = mode in {"new", "all"} or (mode == "once" and not has_file)
        self._tape: list[Interaction] = [] if mode == "all" else load(self.path)
        self._unplayed = list(range(len(self._tape)))

    @overload
    def __call__(self, request: Request, send: Send, /) -> CoroutineType[Any, Any, Response]: ...
    @overload
    def __call__(self, request: Request, send: SyncSend, /) -> SyncResponse: ...
    def __call__(
        self, request: Request, send: Send | SyncSend, /
    ) -> CoroutineType[Any, Any, Response] | SyncResponse:
        """Return the recorded response, or that of the server. Raises UnrecordedRequest."""
        if isinstance(send, SendNow):
            return self._respond_now(request, send)
        # mypy calls what an async function returns a Coroutine.
        return self._respond(request, cast("Send", send))  # type: ignore[return-value]

    async def _respond(self, request: Request, send: Send) -> Response:
        asked = self._recorded_request(request)
        played = self._played(asked, request)
        if played is not None:
            return played
        response = await send(request)
        body = b"".join([piece async for piece in response.aiter_raw()])
        return self._record(asked, response, body)

    def _respond_now(self, request: Request, send: SendNow) -> SyncResponse:
        asked = self._recorded_request(request)
        played = self._played(asked, request)
        if played is None:
            response = send(request)
            played = self._record(asked, response, b"".join(response.iter_raw()))
        return SyncResponse(played, send.runner)

    def _played(self, asked: RecordedRequest, request: Request) -> Response | None:
        """Return the recorded response; None if that of the server is to be recorded."""
        plays = self.mode in {"none", "new"} or not self._records
        found = self._find(asked) if plays else None
        if found is not None:
            return _replayed(self._tape[found].response, request)
        if not self._records:
            raise UnrecordedRequest(self._missing(asked))
        return None

    @property
    def unplayed(self) -> list[tuple[str, str]]:
        """Method and URL of each recorded request that was not asked for."""
        kept = [self._tape[number].request for number in self._unplayed]
        return [(request.method, request.url) for request in kept]

    def _find(self, asked: RecordedRequest) -> int | None:
        for number in self._unplayed:
            if not any(self._differences(asked, self._tape[number].request)):
                if not self._repeats:
                    self._unplayed.remove(number)
                return number
        return None

    def _record(self, asked: RecordedRequest, response: StreamedResponse, body: bytes) -> Response:
        shown, headers = self._redacted(body, response.headers)
        kept = RecordedResponse(
            status_code=response.status_code,
            reason_phrase=response.reason_phrase,
            http_version=response.http_version,
            headers=self._fields(headers),
            body=body_of(shown),
            trailers=self._fields(response.trailers),
        )
        self._tape.append(Interaction(request=asked, response=kept))
        save(self.path, self._tape)
        block = encoded_headers(response.headers)
        head = ResponseHead(
            response.status_code, response.reason_phrase, response.http_version, block
        )
        return _made(head, response.request, body, response.trailers, response.elapsed)

    # --- what is kept ---

    def _recorded_request(self, request: Request) -> RecordedRequest:
        content = request.content
        shown, headers = self._redacted(content or b"", request.headers)
        return RecordedRequest(
            method=request.method,
            url=self._url(request.url),
            headers=self._fields(headers),
            body=None if content is None else body_of(shown),
            streamed=request.body is not None and content is None,
        )

    def _fields(self, headers: Headers) -> Fields:
        return tuple(
            (name, REDACTED if self._is_secret_field(name.lower()) else self._masked(value))
            for name, value in headers.multi_items()
        )

    def _is_secret_field(self, name: str) -> bool:
        return name in self._secret_fields or is_sensitive_header(name)

    def _is_secret(self, name: str) -> bool:
        return name.lower() in self._secret_params or is_sensitive_parameter(name)

    def _is_secret_member(self, name: str) -> bool:
        return name.lower() in self._secret_params or is_sensitive_member(name)

    def _masked(self, text: str) -> str:
        """Return a text with URLs, such as a Location, without secrets."""
        return mask_parameters(text, quote_plus(REDACTED), self._is_secret)

    def _url(self, url: URL) -> str:
        plain = url.copy_with(fragment="", userinfo="")
        return self._masked(str(plain))

    def _redacted(self, body: bytes, headers: Headers) -> tuple[bytes, Headers]:
        if self._redact_body is not None:
            body = self._redact_body(body)
        return without_secrets(body, headers, self._is_secret, self._is_secret_member)

    # --- what fits ---

    def _differences(self, asked: RecordedRequest, kept: RecordedRequest) -> Iterator[str]:
        for part in self._match_on:
            ours, theirs = _part(asked, part), _part(kept, part)
            if ours != theirs and not (part == "body" and (asked.streamed or kept.streamed)):
                yield f"{part} is {ours}, not {theirs}"

    def _missing(self, asked: RecordedRequest) -> str:
        said = f"{asked.method} {asked.url} is not on the tape {self.path.name}"
        if not self._tape:
            return f'{said}, which is empty; record it with mode="once"'
        nearest = min(
            range(len(self._tape)),
            key=lambda number: (
                len(list(self._differences(asked, self._tape[number].request))),
                number not in self._unplayed,
            ),
        )
        kept = self._tape[nearest].request
        differences = list(self._differences(asked, kept)) or ["it was played before"]
        return f"{said}\n  the nearest is {kept.method} {kept.url}: {'; '.join(differences)}"


def _part(request: RecordedRequest, part: MatchOn) -> str:
    match part:
        case "method":
            return request.method
        case "url":
            return request.url
        case "path":
            return URL(request.url).path
        case "query":
            return URL(request.url).query
        case "headers":
            return repr(sorted((name.lower(), value) for name, value in request.headers))
        case "body":
            return repr(bytes_of(request.body)[:200])


def _replayed(kept: RecordedResponse, request: Request) -> Response:
    block = encoded_headers(Headers(kept.headers))
    head = ResponseHead(kept.status_code, kept.reason_phrase, kept.http_version, block)
    return _made(head, request, bytes_of(kept.body), Headers(kept.trailers), 0.0)


def _made(
    head: ResponseHead, request: Request, body: bytes, trailers: Headers, elapsed: float
) -> Response:
    """Return a response whose body passes the decoders."""
    return Response(
        head,
        request,
        _KeptBody(body, trailers.raw),
        elapsed=elapsed,
        limits=Limits(),
        default_encoding="utf-8",
    )


@final
class _KeptBody:
    """The source of a body that is all there."""

    ended = over = True
    connection = None

    def __init__(self, body: bytes, trailers: Sequence[tuple[bytes, bytes]]) -> None:
        self._left = body
        self.decoding: Decoding | None = None
        self.trailers: Sequence[tuple[bytes, bytes]] = trailers

    async def read(self, *, whole: bool = False) -> bytes:  # noqa: ARG002 - it always is
        """Return the whole body, then nothing."""
        return self.take()

    def take(self) -> bytes:
        """Return the whole body, then nothing."""
        left, self._left = self._left, b""
        return left

    def peek(self, size: int) -> bytes:
        """Return the start of the body."""
        return self._left[:size]

    async def settle(self) -> None:
        """There is nothing to wait for."""

    async def discard(self) -> None:
        """There is nothing to drop."""

    def abandon(self) -> None:
        """There is nothing to let go of."""
