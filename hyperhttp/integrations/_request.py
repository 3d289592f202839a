# pyright: reportPrivateUsage=false
"""Requests of httpx and httpx2 as our own: the same bytes on the wire."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

from hyperhttp._base._generated.config import Timeout
from hyperhttp._message.headers.headers import Headers, encoded_headers, raw_text
from hyperhttp._message.request._generated.options import OptionValues
from hyperhttp._message.request.body import AsyncBody, BytesBody, IterableBody
from hyperhttp._message.request.default_headers import DefaultHeaders
from hyperhttp._message.request.request import request_of_client
from hyperhttp._message.url.url import URL, url_of_wire

if TYPE_CHECKING:
    from hyperhttp._message.request.body import RequestBody
    from hyperhttp._message.request.request import Request
    from hyperhttp.integrations._types import AnyRequest

__all__ = ["RequestReader"]

_TIMEOUT_S_MIN: Final = 1e-6
"""In place of 0, which is over at once."""
_CACHED_TARGET_BYTES: Final = 2048
_NO_HEADERS: Final = DefaultHeaders(Headers())
Pairs: TypeAlias = list[tuple[bytes, bytes]]
_PHASES: Final = ("connect", "read", "write", "pool")


@final
class RequestReader:
    """Reads the requests of one transport."""

    __slots__ = ("_byte_stream", "_is_async", "_known")

    def __init__(self, byte_stream: type[Iterable[bytes]], *, is_async: bool) -> None:
        self._byte_stream = byte_stream
        """The class of bodies in memory."""
        self._is_async = is_async
        # Most requests of a client have the headers of the one before.
        self._known: tuple[Pairs, Headers] = ([], Headers())

    def read(self, request: AnyRequest) -> Request:
        """Return the request, with its headers as they are, and the time limits of its extensions.

        Raises InvalidURL and LocalProtocolError.
        """
        extensions = request.extensions
        url = request.url
        target = cast("bytes", extensions.get("target") or url.raw_path)
        read_url = _cached_url if len(target) <= _CACHED_TARGET_BYTES else _url
        own_url = read_url(url.raw_scheme, url.raw_host, url.port, target)
        headers = self._headers(request.headers.raw)
        if "host" not in headers:
            headers = Headers([("Host", own_url.authority), *raw_text(headers)])
        body = self._body(request.stream, headers)
        options = _options(extensions.get("timeout"))
        own = request_of_client(request.method, own_url, _NO_HEADERS, None, body, options)
        own._headers = headers
        return own

    def _headers(self, pairs: Pairs) -> Headers:
        known, headers = self._known
        if pairs != known:
            texts = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs]
            # RFC 9110 7.2: Host goes first.
            headers = Headers(sorted(texts, key=_is_not_host))
            encoded_headers(headers)
            self._known = (pairs, headers)
        return headers.copy()

    def _body(
        self, stream: Iterable[bytes] | AsyncIterable[bytes], headers: Headers
    ) -> RequestBody | None:
        if isinstance(stream, self._byte_stream):
            data = b"".join(stream)
            return BytesBody(data) if data or "transfer-encoding" in headers else None
        if self._is_async:
            return AsyncBody(cast("AsyncIterable[bytes]", stream), replayable=False)
        return IterableBody(cast("Iterable[bytes]", stream), replayable=False)


def _is_not_host(pair: tuple[str, str]) -> bool:
    return pair[0].lower() != "host"


def _url(scheme: bytes, host: bytes, port: int | None, target: bytes) -> URL:
    name = host.decode("ascii")
    authority = f"[{name}]" if ":" in name else name
    if port is not None:
        authority = f"{authority}:{port}"
    return url_of_wire(URL(f"{scheme.decode('ascii')}://{authority}/"), target.decode("latin-1"))


_cached_url: Final = lru_cache(maxsize=1024)(_url)


def _options(timeout: object) -> OptionValues:
    limits = cast("Mapping[str, float | None]", timeout or {})
    return _options_of(*[limits.get(phase) for phase in _PHASES])


@lru_cache(maxsize=128)
def _options_of(
    connect: float | None, read: float | None, write: float | None, pool: float | None
) -> OptionValues:
    return OptionValues(
        timeout=Timeout(
            total=None,
            connect=_limit(connect),
            read=_limit(read),
            write=_limit(write),
            pool=_limit(pool),
        )
    )


def _limit(seconds: float | None) -> float | None:
    return None if seconds is None else max(seconds, _TIMEOUT_S_MIN)
