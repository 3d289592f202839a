# pyright: reportPrivateUsage=false
"""Requests of httpx and httpx2 as our own: the same bytes on the wire."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from hyperhttp._message.headers.headers import Headers
from hyperhttp._message.request._generated.options import OptionValues
from hyperhttp._message.request.body import AsyncBody, BytesBody, IterableBody
from hyperhttp._message.request.default_headers import DefaultHeaders
from hyperhttp._message.request.request import request_of_client
from hyperhttp._message.url.url import URL, url_of_wire
from hyperhttp._base._generated.config import Timeout

if TYPE_CHECKING:
    from hyperhttp._message.request.body import RequestBody
    from hyperhttp._message.request.request import Request
    from hyperhttp.integrations._types import AnyRequest

__all__ = ["own_request"]

_TIMEOUT_S_MIN: Final = 1e-6
"""In place of 0, which is over at once."""
_CACHED_TARGET_BYTES: Final = 2048
_NO_HEADERS: Final = DefaultHeaders(Headers())
_PHASES: Final = ("connect", "read", "write", "pool")


def own_request(request: AnyRequest, byte_stream: type[Iterable[bytes]]) -> Request:
    """Return the request, with the headers as they are, and the time limits of its extensions.

    `byte_stream` is the class of bodies in memory. Raises InvalidURL and LocalProtocolError.
    """
    extensions = request.extensions
    url = request.url
    target: bytes = extensions.get("target") or url.raw_path
    is_cached = len(target) <= _CACHED_TARGET_BYTES
    read_url = _cached_url if is_cached else _url
    own_url = read_url(url.raw_scheme, url.raw_host, url.port, target)
    pairs = request.headers.raw
    headers = Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs])
    if "host" not in headers:
        headers = Headers([("Host", own_url.authority), *headers.raw_text()])
    body = _body(request.stream, byte_stream, headers)
    options = _options(extensions.get("timeout"))
    own = request_of_client(request.method, own_url, _NO_HEADERS, None, body, options)
    own._headers = headers
    return own


def _url(scheme: bytes, host: bytes, port: int | None, target: bytes) -> URL:
    name = host.decode("ascii")
    authority = f"[{name}]" if ":" in name else name
    if port is not None:
        authority = f"{authority}:{port}"
    return url_of_wire(URL(f"{scheme.decode('ascii')}://{authority}/"), target.decode("latin-1"))


_cached_url: Final = lru_cache(maxsize=1024)(_url)


def _body(
    stream: Iterable[bytes] | AsyncIterable[bytes],
    byte_stream: type[Iterable[bytes]],
    headers: Headers,
) -> RequestBody | None:
    if isinstance(stream, byte_stream):
        data = b"".join(stream)
        return BytesBody(data) if data or "transfer-encoding" in headers else None
    if isinstance(stream, AsyncIterable) and not isinstance(stream, Iterable):
        return AsyncBody(stream, replayable=False)
    return IterableBody(cast("Iterable[bytes]", stream), replayable=False)


def _options(timeout: object) -> OptionValues:
    limits = cast("Mapping[str, float | None]", timeout) if isinstance(timeout, Mapping) else {}
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
