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
    from hyperhttp._downloading import Download
    from hyperhttp._events import EventSource
    from hyperhttp._generated.options import ClientOptions, RequestOptions
    from hyperhttp._generated.unset import UNSET, Unset
    from hyperhttp._message.attempt import Attempt
    from hyperhttp._message.cache_control import CacheControl
    from hyperhttp._message.connection_info import ConnectionInfo, TLSInfo
    from hyperhttp._message.content_range import ContentRange
    from hyperhttp._message.cookies import Cookies
    from hyperhttp._message.disposition import ContentDisposition
    from hyperhttp._message.headers import Headers
    from hyperhttp._message.inputs import FilesInput
    from hyperhttp._message.links import Link, Links
    from hyperhttp._message.middleware import (
        BreakerChange,
        BreakerHook,
        EventHooks,
        Middleware,
        RequestHook,
        ResponseHook,
        Send,
    )
    from hyperhttp._message.multipart import MultipartFile
    from hyperhttp._message.plan import Fact, Plan
    from hyperhttp._message.problem import Problem
    from hyperhttp._message.progress import Progress, ProgressCallback
    from hyperhttp._message.proxy import Proxy, ProxyInput
    from hyperhttp._message.request import Request
    from hyperhttp._message.response import Response
    from hyperhttp._message.response_stream import ResponseStream
    from hyperhttp._message.server_timing import ServerTiming
    from hyperhttp._message.sse import EventStream, ServerSentEvent
    from hyperhttp._message.url import URL
    from hyperhttp._network.loop import install_uvloop
    from hyperhttp._network.transport import Endpoint, Transport
    from hyperhttp._policy.auth import Auth, AuthInput, BasicAuth, BearerAuth, TokenProvider
    from hyperhttp._policy.digest import DigestAuth
    from hyperhttp._policy.netrc import NetRCAuth
    from hyperhttp._transport.stats import OriginStats, PoolStats
    from hyperhttp.client import Client
    from hyperhttp.config import (
        Backoff,
        Budget,
        CircuitBreakerPolicy,
        ClientConfig,
        HTTP2Config,
        Limits,
        PoolConfig,
        ProxyConfig,
        RedirectConfig,
        RetryPolicy,
        Timeout,
        TLSConfig,
    )
    from hyperhttp.testing import ASGITransport, MockResponse, MockTransport, Router

__version__ = "0.1.0"

__all__ = [
    "UNSET",
    "URL",
    "ASGITransport",
    "Attempt",
    "Auth",
    "AuthInput",
    "Backoff",
    "BasicAuth",
    "BearerAuth",
    "BreakerChange",
    "BreakerHook",
    "Budget",
    "CacheControl",
    "CircuitBreakerPolicy",
    "Client",
    "ClientConfig",
    "ClientOptions",
    "ConnectionInfo",
    "ContentDisposition",
    "ContentRange",
    "Cookies",
    "DigestAuth",
    "Download",
    "Endpoint",
    "EventHooks",
    "EventSource",
    "EventStream",
    "Fact",
    "FilesInput",
    "HTTP2Config",
    "Headers",
    "Limits",
    "Link",
    "Links",
    "Middleware",
    "MockResponse",
    "MockTransport",
    "MultipartFile",
    "NetRCAuth",
    "OriginStats",
    "Plan",
    "PoolConfig",
    "PoolStats",
    "Problem",
    "Progress",
    "ProgressCallback",
    "Proxy",
    "ProxyConfig",
    "ProxyInput",
    "RedirectConfig",
    "Request",
    "RequestHook",
    "RequestOptions",
    "Response",
    "ResponseHook",
    "ResponseStream",
    "RetryPolicy",
    "Router",
    "Send",
    "ServerSentEvent",
    "ServerTiming",
    "TLSConfig",
    "TLSInfo",
    "Timeout",
    "TokenProvider",
    "Transport",
    "Unset",
    "__version__",
    "install_uvloop",
]
__all__ += _errors.__all__

_HOMES: Final = {
    "UNSET": "hyperhttp._generated.unset",
    "Unset": "hyperhttp._generated.unset",
    "ClientOptions": "hyperhttp._generated.options",
    "RequestOptions": "hyperhttp._generated.options",
    "URL": "hyperhttp._message.url",
    "Attempt": "hyperhttp._message.attempt",
    "CacheControl": "hyperhttp._message.cache_control",
    "ConnectionInfo": "hyperhttp._message.connection_info",
    "TLSInfo": "hyperhttp._message.connection_info",
    "ContentDisposition": "hyperhttp._message.disposition",
    "ContentRange": "hyperhttp._message.content_range",
    "Link": "hyperhttp._message.links",
    "Links": "hyperhttp._message.links",
    "Problem": "hyperhttp._message.problem",
    "Download": "hyperhttp._downloading",
    "EventSource": "hyperhttp._events",
    "EventStream": "hyperhttp._message.sse",
    "ServerSentEvent": "hyperhttp._message.sse",
    "ServerTiming": "hyperhttp._message.server_timing",
    "Cookies": "hyperhttp._message.cookies",
    "Headers": "hyperhttp._message.headers",
    "Send": "hyperhttp._message.middleware",
    "ResponseHook": "hyperhttp._message.middleware",
    "RequestHook": "hyperhttp._message.middleware",
    "Middleware": "hyperhttp._message.middleware",
    "EventHooks": "hyperhttp._message.middleware",
    "FilesInput": "hyperhttp._message.inputs",
    "MultipartFile": "hyperhttp._message.multipart",
    "Progress": "hyperhttp._message.progress",
    "ProgressCallback": "hyperhttp._message.progress",
    "Proxy": "hyperhttp._message.proxy",
    "ProxyInput": "hyperhttp._message.proxy",
    "Request": "hyperhttp._message.request",
    "Response": "hyperhttp._message.response",
    "ResponseStream": "hyperhttp._message.response_stream",
    "install_uvloop": "hyperhttp._network.loop",
    "Endpoint": "hyperhttp._network.transport",
    "Transport": "hyperhttp._network.transport",
    "ASGITransport": "hyperhttp.testing",
    "MockResponse": "hyperhttp.testing",
    "MockTransport": "hyperhttp.testing",
    "Router": "hyperhttp.testing",
    "Auth": "hyperhttp._policy.auth",
    "BasicAuth": "hyperhttp._policy.auth",
    "BearerAuth": "hyperhttp._policy.auth",
    "TokenProvider": "hyperhttp._policy.auth",
    "AuthInput": "hyperhttp._policy.auth",
    "DigestAuth": "hyperhttp._policy.digest",
    "NetRCAuth": "hyperhttp._policy.netrc",
    "BreakerChange": "hyperhttp._message.middleware",
    "BreakerHook": "hyperhttp._message.middleware",
    "Plan": "hyperhttp._message.plan",
    "Fact": "hyperhttp._message.plan",
    "OriginStats": "hyperhttp._transport.stats",
    "PoolStats": "hyperhttp._transport.stats",
    "Client": "hyperhttp.client",
    "Backoff": "hyperhttp.config",
    "Budget": "hyperhttp.config",
    "CircuitBreakerPolicy": "hyperhttp.config",
    "ClientConfig": "hyperhttp.config",
    "HTTP2Config": "hyperhttp.config",
    "Limits": "hyperhttp.config",
    "PoolConfig": "hyperhttp.config",
    "ProxyConfig": "hyperhttp.config",
    "RedirectConfig": "hyperhttp.config",
    "RetryPolicy": "hyperhttp.config",
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
