# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/public.toml and run the command again.
"""hyperhttp: a fully typed HTTP client for Python.

Names are imported at first use, so importing the package is fast. Type checkers and editors see
all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperhttp._base.lazy_names import lazy_names

if TYPE_CHECKING:
    from hyperhttp import config as config
    from hyperhttp import exceptions as exceptions
    from hyperhttp import testing as testing
    from hyperhttp._base._generated.config import (
        AddressPolicy,
        Backoff,
        Budget,
        CircuitBreakerPolicy,
        ClientConfig,
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
    from hyperhttp._message.url.query import DataInput, ParamsInput
    from hyperhttp._message.url.url import URL, URLInput
    from hyperhttp._network.resolver import HostsInput, Resolution, Resolver, SystemResolver
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

__version__ = "0.1.0"

__all__ = [
    "ASGITransport",
    "AccessToken",
    "AddressCheck",
    "AddressPolicy",
    "AddressRefused",
    "Attempt",
    "Auth",
    "AuthInput",
    "AuthenticationError",
    "Backoff",
    "BadRedirect",
    "BaseResponse",
    "BasicAuth",
    "BearerAuth",
    "BodyNotReplayable",
    "BreakerChange",
    "BreakerHook",
    "BreakerState",
    "Budget",
    "CacheControl",
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
    "ConnectError",
    "ConnectTimeout",
    "ConnectionInfo",
    "ContentDisposition",
    "ContentInput",
    "ContentOptions",
    "ContentRange",
    "Cookie",
    "Cookies",
    "CookiesInput",
    "Cursor",
    "DNSError",
    "DataInput",
    "DataOptions",
    "DecodeError",
    "DecompressionError",
    "DigestAuth",
    "DigestMismatch",
    "Download",
    "DownloadError",
    "EncodingDetector",
    "EncodingInput",
    "Endpoint",
    "ErrorName",
    "EventClient",
    "EventHooks",
    "EventSource",
    "EventStream",
    "ExtensionsInput",
    "Fetcher",
    "FileSlice",
    "FilesInput",
    "FilesOptions",
    "HTTP2Config",
    "HTTPStatusError",
    "Headers",
    "HeadersInput",
    "HostsInput",
    "HyperHTTPError",
    "INHERIT",
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
    "Requester",
    "Resolution",
    "Resolver",
    "Response",
    "ResponseClosed",
    "ResponseHook",
    "ResponseNotRead",
    "ResponseStream",
    "ResponseTooLarge",
    "RetryPolicy",
    "Retryable",
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
    "SyncEventHooks",
    "SyncEventStream",
    "SyncFetcher",
    "SyncFilesInput",
    "SyncFilesOptions",
    "SyncJSONOptions",
    "SyncMiddleware",
    "SyncMiddlewareInput",
    "SyncPages",
    "SyncRequestHook",
    "SyncRequestOptions",
    "SyncRequester",
    "SyncResponse",
    "SyncResponseHook",
    "SyncResponseStream",
    "SyncSend",
    "SyncSender",
    "SystemResolver",
    "TLSConfig",
    "TLSError",
    "TLSInfo",
    "Timeout",
    "TimeoutException",
    "TimeoutInput",
    "TokenProvider",
    "TooManyRedirects",
    "TotalTimeout",
    "Transport",
    "TransportError",
    "UNSET",
    "URL",
    "URLInput",
    "UnknownOption",
    "Unset",
    "VerifyInput",
    "WSGITransport",
    "WriteError",
    "WriteTimeout",
    "WrongEventLoop",
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

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "hyperhttp._base._generated.config": (
                "AddressPolicy",
                "Backoff",
                "Budget",
                "CircuitBreakerPolicy",
                "ClientConfig",
                "HTTP2Config",
                "JSONConfig",
                "Limits",
                "PoolConfig",
                "ProxyConfig",
                "RedirectConfig",
                "RetryPolicy",
                "Timeout",
                "TLSConfig",
            ),
            "hyperhttp._base._generated.errors": (
                "AddressRefused",
                "Attempt",
                "AuthenticationError",
                "BadRedirect",
                "BodyNotReplayable",
                "CircuitBreakerOpen",
                "ClientClosed",
                "ConfigError",
                "ConnectError",
                "ConnectTimeout",
                "DecodeError",
                "DecompressionError",
                "DigestMismatch",
                "DNSError",
                "DownloadError",
                "ErrorName",
                "HyperHTTPError",
                "InvalidURL",
                "LocalProtocolError",
                "OAuth2Error",
                "PaginationError",
                "Phase",
                "PoolTimeout",
                "ProtocolError",
                "ProxyError",
                "ReadError",
                "ReadTimeout",
                "RemoteProtocolError",
                "ResponseClosed",
                "ResponseNotRead",
                "ResponseTooLarge",
                "Retryable",
                "StreamConsumed",
                "StreamError",
                "StreamReset",
                "TimeoutException",
                "TLSError",
                "TooManyRedirects",
                "TotalTimeout",
                "TransportError",
                "UnknownOption",
                "WriteError",
                "WriteTimeout",
                "WrongEventLoop",
            ),
            "hyperhttp._base._generated.methods": ("MethodInput",),
            "hyperhttp._base.address_gate": ("AddressCheck",),
            "hyperhttp._base.input_types": (
                "CertInput",
                "PathInput",
                "TimeoutInput",
                "VerifyInput",
            ),
            "hyperhttp._base.option_checks": ("ExtensionsInput",),
            "hyperhttp._base.unset": (
                "INHERIT",
                "UNSET",
                "Inherit",
                "Unset",
            ),
            "hyperhttp._client._generated.options": (
                "ClientOptions",
                "ContentOptions",
                "DataOptions",
                "FilesOptions",
                "JSONOptions",
                "RequestOptions",
            ),
            "hyperhttp._client._generated.protocols": (
                "Fetcher",
                "Requester",
                "Sender",
            ),
            "hyperhttp._client._generated.sync_options": (
                "SyncClientOptions",
                "SyncContentOptions",
                "SyncDataOptions",
                "SyncFilesOptions",
                "SyncJSONOptions",
                "SyncRequestOptions",
            ),
            "hyperhttp._client._generated.sync_protocols": (
                "SyncFetcher",
                "SyncRequester",
                "SyncSender",
            ),
            "hyperhttp._client.download": ("Download",),
            "hyperhttp._client.event_source": (
                "EventClient",
                "EventSource",
            ),
            "hyperhttp._client.middleware": (
                "BreakerChange",
                "BreakerHook",
                "EventHooks",
                "Middleware",
                "MiddlewareInput",
                "RequestHook",
                "ResponseHook",
                "Send",
            ),
            "hyperhttp._client.paginate": (
                "Cursor",
                "Pages",
            ),
            "hyperhttp._client.plan": (
                "Plan",
                "PlanEntry",
            ),
            "hyperhttp._client.sync_download": ("SyncDownload",),
            "hyperhttp._client.sync_middleware": (
                "SyncEventHooks",
                "SyncMiddleware",
                "SyncMiddlewareInput",
                "SyncRequestHook",
                "SyncResponseHook",
                "SyncSend",
            ),
            "hyperhttp._client.sync_paginate": (
                "SyncCursor",
                "SyncPages",
            ),
            "hyperhttp._client.sync_response": (
                "SyncEventStream",
                "SyncResponse",
                "SyncResponseStream",
            ),
            "hyperhttp._message.content.charset": (
                "EncodingDetector",
                "EncodingInput",
            ),
            "hyperhttp._message.content.json_text": ("JSONInput",),
            "hyperhttp._message.content.sse": (
                "EventStream",
                "ServerSentEvent",
            ),
            "hyperhttp._message.cookies.cookie": ("Cookie",),
            "hyperhttp._message.cookies.jar": (
                "Cookies",
                "CookiesInput",
            ),
            "hyperhttp._message.headers.cache_control": ("CacheControl",),
            "hyperhttp._message.headers.content_disposition": ("ContentDisposition",),
            "hyperhttp._message.headers.content_range": ("ContentRange",),
            "hyperhttp._message.headers.headers": (
                "Headers",
                "HeadersInput",
            ),
            "hyperhttp._message.headers.links": (
                "Link",
                "Links",
            ),
            "hyperhttp._message.headers.server_timing": ("ServerTiming",),
            "hyperhttp._message.request.file_body": ("FileSlice",),
            "hyperhttp._message.request.multipart": (
                "FilesInput",
                "MultipartFile",
                "SyncFilesInput",
            ),
            "hyperhttp._message.request.progress": (
                "Progress",
                "ProgressCallback",
            ),
            "hyperhttp._message.request.proxy": (
                "Proxy",
                "ProxyInput",
            ),
            "hyperhttp._message.request.raw_body": (
                "ContentInput",
                "SyncContentInput",
            ),
            "hyperhttp._message.request.request": ("Request",),
            "hyperhttp._message.response._generated.status_errors": (
                "ClientStatusError",
                "HTTPStatusError",
                "ServerStatusError",
            ),
            "hyperhttp._message.response.base": ("BaseResponse",),
            "hyperhttp._message.response.connection_info": (
                "ConnectionInfo",
                "TLSInfo",
            ),
            "hyperhttp._message.response.problem": ("Problem",),
            "hyperhttp._message.response.response": ("Response",),
            "hyperhttp._message.response.stream": ("ResponseStream",),
            "hyperhttp._message.url.query": (
                "DataInput",
                "ParamsInput",
            ),
            "hyperhttp._message.url.url": (
                "URL",
                "URLInput",
            ),
            "hyperhttp._network.resolver": (
                "HostsInput",
                "Resolution",
                "Resolver",
                "SystemResolver",
            ),
            "hyperhttp._network.transport": (
                "Endpoint",
                "Transport",
            ),
            "hyperhttp._network.uvloop_support": ("install_uvloop",),
            "hyperhttp._policy.auth": (
                "Auth",
                "AuthInput",
                "BasicAuth",
                "BearerAuth",
            ),
            "hyperhttp._policy.breaker": ("BreakerState",),
            "hyperhttp._policy.digest": ("DigestAuth",),
            "hyperhttp._policy.netrc": ("NetRCAuth",),
            "hyperhttp._policy.oauth2": (
                "ClientAuthMethod",
                "OAuth2ClientCredentials",
            ),
            "hyperhttp._policy.token": (
                "AccessToken",
                "TokenProvider",
            ),
            "hyperhttp._transport.stats": (
                "OriginStats",
                "PoolStats",
            ),
            "hyperhttp.api": (
                "delete",
                "download",
                "fetch",
                "get",
                "head",
                "options",
                "patch",
                "post",
                "put",
                "request",
                "stream",
            ),
            "hyperhttp.client": ("Client",),
            "hyperhttp.sync": ("SyncClient",),
            "hyperhttp.testing._asgi": ("ASGITransport",),
            "hyperhttp.testing._message": ("MockResponse",),
            "hyperhttp.testing._mock": ("MockTransport",),
            "hyperhttp.testing._router": ("Router",),
            "hyperhttp.testing._wsgi": ("WSGITransport",),
        },
        (
            "config",
            "exceptions",
            "testing",
        ),
    )
