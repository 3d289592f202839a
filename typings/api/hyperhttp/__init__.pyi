# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from hyperhttp._base._generated.client_config import ClientConfig
from hyperhttp._base._generated.config import (
    AddressPolicy,
    Backoff,
    Budget,
    CircuitBreakerPolicy,
    HTTP2Config,
    JSONConfig,
    Limits,
    PoolConfig,
    ProxyConfig,
    RedirectConfig,
    RetryPolicy,
    Timeout,
    TLSConfig,
)
from hyperhttp._base._generated.errors import (
    AddressRefused,
    Attempt,
    AuthenticationError,
    BadRedirect,
    BodyNotReplayable,
    CircuitBreakerOpen,
    ClientClosed,
    ConfigError,
    ConnectError,
    ConnectTimeout,
    DecodeError,
    DecompressionError,
    DigestMismatch,
    DNSError,
    DownloadError,
    ErrorName,
    HyperHTTPError,
    InvalidURL,
    LocalProtocolError,
    OAuth2Error,
    PaginationError,
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
from hyperhttp._base._generated.events import (
    AttemptFailed,
    AttemptStarted,
    BodyEnded,
    BreakerChanged,
    CallEnded,
    CallStarted,
    Connected,
    ConnectionClosed,
    ConnectionOpened,
    Event,
    EventHandler,
    NameResolved,
    PoolWaited,
    Redirected,
    RequestSent,
    ResponseStarted,
    RetryScheduled,
    TLSReady,
    TunnelEstablished,
)
from hyperhttp._base._generated.methods import MethodInput
from hyperhttp._base.address_gate import AddressCheck
from hyperhttp._base.input_types import CertInput, PathInput, TimeoutInput, VerifyInput
from hyperhttp._base.option_checks import ExtensionsInput
from hyperhttp._base.unset import INHERIT, UNSET, Inherit, Unset
from hyperhttp._client._generated.options import (
    ClientOptions,
    ContentOptions,
    DataOptions,
    FilesOptions,
    JSONOptions,
    RequestOptions,
)
from hyperhttp._client._generated.protocols import Fetcher, Requester, Sender
from hyperhttp._client._generated.sync_options import (
    SyncClientOptions,
    SyncContentOptions,
    SyncDataOptions,
    SyncFilesOptions,
    SyncJSONOptions,
    SyncRequestOptions,
)
from hyperhttp._client._generated.sync_protocols import SyncFetcher, SyncRequester, SyncSender
from hyperhttp._client.download import Download
from hyperhttp._client.event_source import EventClient, EventSource
from hyperhttp._client.middleware import (
    BreakerChange,
    BreakerHook,
    EventHooks,
    Middleware,
    MiddlewareInput,
    RequestHook,
    ResponseHook,
    Send,
)
from hyperhttp._client.paginate import Cursor, Pages
from hyperhttp._client.plan import Plan, PlanEntry
from hyperhttp._client.sync_download import SyncDownload
from hyperhttp._client.sync_event_source import SyncEventClient, SyncEventSource
from hyperhttp._client.sync_middleware import (
    SyncEventHooks,
    SyncMiddleware,
    SyncMiddlewareInput,
    SyncRequestHook,
    SyncResponseHook,
    SyncSend,
)
from hyperhttp._client.sync_paginate import SyncCursor, SyncPages
from hyperhttp._client.sync_response import SyncEventStream, SyncResponse, SyncResponseStream
from hyperhttp._message.content.charset import EncodingDetector, EncodingInput
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.content.sse import EventStream, ServerSentEvent
from hyperhttp._message.cookies.cookie import Cookie
from hyperhttp._message.cookies.jar import Cookies, CookiesInput
from hyperhttp._message.headers.cache_control import CacheControl
from hyperhttp._message.headers.content_disposition import ContentDisposition
from hyperhttp._message.headers.content_range import ContentRange
from hyperhttp._message.headers.headers import Headers, HeadersInput
from hyperhttp._message.headers.links import Link, Links
from hyperhttp._message.headers.server_timing import ServerTiming
from hyperhttp._message.request.file_body import FileSlice
from hyperhttp._message.request.multipart import FilesInput, MultipartFile, SyncFilesInput
from hyperhttp._message.request.progress import Progress, ProgressCallback
from hyperhttp._message.request.proxy import Proxy, ProxyInput
from hyperhttp._message.request.raw_body import ContentInput, SyncContentInput
from hyperhttp._message.request.request import Request
from hyperhttp._message.response._generated.status_errors import (
    ClientStatusError,
    HTTPStatusError,
    ServerStatusError,
)
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.response.connection_info import ConnectionInfo, TLSInfo
from hyperhttp._message.response.problem import Problem
from hyperhttp._message.response.response import Response
from hyperhttp._message.response.stream import ResponseStream
from hyperhttp._message.response.timings import Timings
from hyperhttp._message.url.query import DataInput, ParamsInput
from hyperhttp._message.url.url import URL, URLInput
from hyperhttp._network.resolver import HostsInput, Resolution, Resolver, SystemResolver
from hyperhttp._network.tls_hosts import TLSHostsInput
from hyperhttp._network.transport import Endpoint, Transport
from hyperhttp._network.uvloop_support import install_uvloop
from hyperhttp._policy.auth import Auth, AuthInput, BasicAuth, BearerAuth
from hyperhttp._policy.breaker import BreakerState
from hyperhttp._policy.digest import DigestAuth
from hyperhttp._policy.netrc import NetRCAuth
from hyperhttp._policy.oauth2 import ClientAuthMethod, OAuth2ClientCredentials
from hyperhttp._policy.token import AccessToken, TokenProvider
from hyperhttp._transport.stats import OriginStats, PoolStats
from hyperhttp.api import (
    delete,
    download,
    fetch,
    get,
    head,
    options,
    patch,
    post,
    put,
    request,
    stream,
)
from hyperhttp.client import Client
from hyperhttp.sync import SyncClient
from hyperhttp.testing._asgi import ASGITransport
from hyperhttp.testing._message import MockResponse
from hyperhttp.testing._mock import MockTransport
from hyperhttp.testing._router import Router
from hyperhttp.testing._wsgi import WSGITransport

__all__ = [
    "INHERIT",
    "UNSET",
    "URL",
    "AccessToken",
    "AddressCheck",
    "AddressPolicy",
    "AddressRefused",
    "ASGITransport",
    "Attempt",
    "AttemptFailed",
    "AttemptStarted",
    "Auth",
    "AuthenticationError",
    "AuthInput",
    "Backoff",
    "BadRedirect",
    "BaseResponse",
    "BasicAuth",
    "BearerAuth",
    "BodyEnded",
    "BodyNotReplayable",
    "BreakerChange",
    "BreakerChanged",
    "BreakerHook",
    "BreakerState",
    "Budget",
    "CacheControl",
    "CallEnded",
    "CallStarted",
    "CertInput",
    "CircuitBreakerOpen",
    "CircuitBreakerPolicy",
    "Client",
    "ClientAuthMethod",
    "ClientClosed",
    "ClientConfig",
    "ClientOptions",
    "ClientStatusError",
    "ConfigError",
    "Connected",
    "ConnectError",
    "ConnectionClosed",
    "ConnectionInfo",
    "ConnectionOpened",
    "ConnectTimeout",
    "ContentDisposition",
    "ContentInput",
    "ContentOptions",
    "ContentRange",
    "Cookie",
    "Cookies",
    "CookiesInput",
    "Cursor",
    "DataInput",
    "DataOptions",
    "DecodeError",
    "DecompressionError",
    "DigestAuth",
    "DigestMismatch",
    "DNSError",
    "Download",
    "DownloadError",
    "EncodingDetector",
    "EncodingInput",
    "Endpoint",
    "ErrorName",
    "Event",
    "EventClient",
    "EventHandler",
    "EventHooks",
    "EventSource",
    "EventStream",
    "ExtensionsInput",
    "Fetcher",
    "FilesInput",
    "FileSlice",
    "FilesOptions",
    "Headers",
    "HeadersInput",
    "HostsInput",
    "HTTP2Config",
    "HTTPStatusError",
    "HyperHTTPError",
    "Inherit",
    "InvalidURL",
    "JSONConfig",
    "JSONInput",
    "JSONOptions",
    "Limits",
    "Link",
    "Links",
    "LocalProtocolError",
    "MethodInput",
    "Middleware",
    "MiddlewareInput",
    "MockResponse",
    "MockTransport",
    "MultipartFile",
    "NameResolved",
    "NetRCAuth",
    "OAuth2ClientCredentials",
    "OAuth2Error",
    "OriginStats",
    "Pages",
    "PaginationError",
    "ParamsInput",
    "PathInput",
    "Phase",
    "Plan",
    "PlanEntry",
    "PoolConfig",
    "PoolStats",
    "PoolTimeout",
    "PoolWaited",
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
    "Redirected",
    "RemoteProtocolError",
    "Request",
    "Requester",
    "RequestHook",
    "RequestOptions",
    "RequestSent",
    "Resolution",
    "Resolver",
    "Response",
    "ResponseClosed",
    "ResponseHook",
    "ResponseNotRead",
    "ResponseStarted",
    "ResponseStream",
    "ResponseTooLarge",
    "Retryable",
    "RetryPolicy",
    "RetryScheduled",
    "Router",
    "Send",
    "Sender",
    "ServerSentEvent",
    "ServerStatusError",
    "ServerTiming",
    "StreamConsumed",
    "StreamError",
    "StreamReset",
    "SyncClient",
    "SyncClientOptions",
    "SyncContentInput",
    "SyncContentOptions",
    "SyncCursor",
    "SyncDataOptions",
    "SyncDownload",
    "SyncEventClient",
    "SyncEventHooks",
    "SyncEventSource",
    "SyncEventStream",
    "SyncFetcher",
    "SyncFilesInput",
    "SyncFilesOptions",
    "SyncJSONOptions",
    "SyncMiddleware",
    "SyncMiddlewareInput",
    "SyncPages",
    "SyncRequester",
    "SyncRequestHook",
    "SyncRequestOptions",
    "SyncResponse",
    "SyncResponseHook",
    "SyncResponseStream",
    "SyncSend",
    "SyncSender",
    "SystemResolver",
    "Timeout",
    "TimeoutException",
    "TimeoutInput",
    "Timings",
    "TLSConfig",
    "TLSError",
    "TLSHostsInput",
    "TLSInfo",
    "TLSReady",
    "TokenProvider",
    "TooManyRedirects",
    "TotalTimeout",
    "Transport",
    "TransportError",
    "TunnelEstablished",
    "UnknownOption",
    "Unset",
    "URLInput",
    "VerifyInput",
    "WriteError",
    "WriteTimeout",
    "WrongEventLoop",
    "WSGITransport",
    "__version__",
    "delete",
    "download",
    "fetch",
    "get",
    "head",
    "install_uvloop",
    "options",
    "patch",
    "post",
    "put",
    "request",
    "stream",
]

__version__: str
