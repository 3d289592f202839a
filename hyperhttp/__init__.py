"""hyperhttp: the async HTTP client whose whole public vocabulary is typed.

Names are loaded when they are first used, so that importing the package costs little; type checkers
and editors see them all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from hyperhttp import exceptions as exceptions
from hyperhttp._generated import exceptions as _errors
from hyperhttp._generated.exceptions import *  # noqa: F403 - the names are in its __all__

if TYPE_CHECKING:
    from hyperhttp._generated.options import ClientOptions, RequestOptions
    from hyperhttp._generated.unset import UNSET, Unset
    from hyperhttp._message.cookies import Cookies
    from hyperhttp._message.headers import Headers
    from hyperhttp._message.middleware import (
        EventHooks,
        Middleware,
        RequestHook,
        ResponseHook,
        Send,
    )
    from hyperhttp._message.request import Request
    from hyperhttp._message.response import Response, ResponseStream
    from hyperhttp._message.url import URL
    from hyperhttp._transport.stats import OriginStats, PoolStats
    from hyperhttp.client import Client
    from hyperhttp.config import (
        ClientConfig,
        HTTP2Config,
        Limits,
        PoolConfig,
        RedirectConfig,
        Timeout,
        TLSConfig,
    )

__version__ = "0.1.0"

__all__ = [
    "UNSET",
    "URL",
    "Client",
    "ClientConfig",
    "ClientOptions",
    "Cookies",
    "EventHooks",
    "HTTP2Config",
    "Headers",
    "Limits",
    "Middleware",
    "OriginStats",
    "PoolConfig",
    "PoolStats",
    "RedirectConfig",
    "Request",
    "RequestHook",
    "RequestOptions",
    "Response",
    "ResponseHook",
    "ResponseStream",
    "Send",
    "TLSConfig",
    "Timeout",
    "Unset",
    "__version__",
]
__all__ += _errors.__all__

_HOMES: Final = {
    "UNSET": "hyperhttp._generated.unset",
    "Unset": "hyperhttp._generated.unset",
    "ClientOptions": "hyperhttp._generated.options",
    "RequestOptions": "hyperhttp._generated.options",
    "URL": "hyperhttp._message.url",
    "Cookies": "hyperhttp._message.cookies",
    "Headers": "hyperhttp._message.headers",
    "Send": "hyperhttp._message.middleware",
    "ResponseHook": "hyperhttp._message.middleware",
    "RequestHook": "hyperhttp._message.middleware",
    "Middleware": "hyperhttp._message.middleware",
    "EventHooks": "hyperhttp._message.middleware",
    "Request": "hyperhttp._message.request",
    "Response": "hyperhttp._message.response",
    "ResponseStream": "hyperhttp._message.response",
    "OriginStats": "hyperhttp._transport.stats",
    "PoolStats": "hyperhttp._transport.stats",
    "Client": "hyperhttp.client",
    "ClientConfig": "hyperhttp.config",
    "HTTP2Config": "hyperhttp.config",
    "Limits": "hyperhttp.config",
    "PoolConfig": "hyperhttp.config",
    "RedirectConfig": "hyperhttp.config",
    "TLSConfig": "hyperhttp.config",
    "Timeout": "hyperhttp.config",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
