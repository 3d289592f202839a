# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/__init__.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from hyperhttp._downloading import Download
from hyperhttp._events import EventSource
from hyperhttp._generated.exceptions import (
    BadRedirect,
    BodyNotReplayable,
    CircuitBreakerOpen,
    ClientClosed,
    ClientStatusError,
    ConfigError,
    ConnectError,
    ConnectTimeout,
    DecodeError,
    DecompressionError,
    DigestMismatch,
    DNSError,
    DownloadError,
    HTTPStatusError,
    HyperHTTPError,
    InvalidURL,
    LocalProtocolError,
    Phase,
    PoolTimeout,
    ProtocolError,
    ProxyError,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    ResponseClosed,
    ResponseNotRead,
    ResponseTooLarge,
    Retryable,
    ServerStatusError,
    StreamConsumed,
    StreamError,
    StreamReset,
    TimeoutException,
    TLSError,
    TooManyRedirects,
    TotalTimeout,
    TransportError,
    UnknownOption,
    WriteError,
    WriteTimeout,
    WrongEventLoop,
)
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

__all__ = [
    "UNSET",
    "URL",
    "ASGITransport",
    "Attempt",
    "Auth",
    "AuthInput",
    "Backoff",
    "BadRedirect",
    "BasicAuth",
    "BearerAuth",
    "BodyNotReplayable",
    "BreakerChange",
    "BreakerHook",
    "Budget",
    "CacheControl",
    "CircuitBreakerOpen",
    "CircuitBreakerPolicy",
    "Client",
    "ClientClosed",
    "ClientConfig",
    "ClientOptions",
    "ClientStatusError",
    "ConfigError",
    "ConnectError",
    "ConnectionInfo",
    "ConnectTimeout",
    "ContentDisposition",
    "ContentRange",
    "Cookies",
    "DecodeError",
    "DecompressionError",
    "DigestAuth",
    "DigestMismatch",
    "DNSError",
    "Download",
    "DownloadError",
    "Endpoint",
    "EventHooks",
    "EventSource",
    "EventStream",
    "Fact",
    "FilesInput",
    "Headers",
    "HTTP2Config",
    "HTTPStatusError",
    "HyperHTTPError",
    "InvalidURL",
    "Limits",
    "Link",
    "Links",
    "LocalProtocolError",
    "Middleware",
    "MockResponse",
    "MockTransport",
    "MultipartFile",
    "NetRCAuth",
    "OriginStats",
    "Phase",
    "Plan",
    "PoolConfig",
    "PoolStats",
    "PoolTimeout",
    "Problem",
    "Progress",
    "ProgressCallback",
    "ProtocolError",
    "Proxy",
    "ProxyConfig",
    "ProxyError",
    "ProxyInput",
    "ReadError",
    "ReadTimeout",
    "RedirectConfig",
    "RemoteProtocolError",
    "Request",
    "RequestHook",
    "RequestOptions",
    "Response",
    "ResponseClosed",
    "ResponseHook",
    "ResponseNotRead",
    "ResponseStream",
    "ResponseTooLarge",
    "Retryable",
    "RetryPolicy",
    "Router",
    "Send",
    "ServerSentEvent",
    "ServerStatusError",
    "ServerTiming",
    "StreamConsumed",
    "StreamError",
    "StreamReset",
    "Timeout",
    "TimeoutException",
    "TLSConfig",
    "TLSError",
    "TLSInfo",
    "TokenProvider",
    "TooManyRedirects",
    "TotalTimeout",
    "Transport",
    "TransportError",
    "UnknownOption",
    "Unset",
    "WriteError",
    "WriteTimeout",
    "WrongEventLoop",
    "__version__",
    "install_uvloop",
]

__version__: str
