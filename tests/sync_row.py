"""Runs the tests of `Client` against `SyncClient`: `pytest --sync`.

`hyperhttp.Client` is replaced by a class with the same methods, each of which calls a `SyncClient`
in a thread. Async functions of a test (hooks, middleware, token providers, bodies) become functions
that wait for them. What is left out has a reason in `LEFT_OUT`.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import AsyncIterable, Awaitable, Callable, Iterator, Mapping
from typing import Any, Self, cast

import pytest

import hyperhttp
import hyperhttp.client
from hyperhttp import BearerAuth, Response, SyncClient, SyncResponse

# Modules that run against both clients.
MODULES = (
    "tests/client/test_auth.py",
    "tests/client/test_call_middleware.py",
    "tests/client/test_certificate_scope.py",
    "tests/client/test_credential_scope.py",
    "tests/client/test_download.py",
    "tests/client/test_download_slices.py",
    "tests/client/test_expectations.py",
    "tests/client/test_fetch.py",
    "tests/client/test_files.py",
    "tests/client/test_guide_peers.py",
    "tests/client/test_middleware.py",
    "tests/client/test_paginate.py",
    "tests/client/test_proxies.py",
    "tests/client/test_redirects.py",
    "tests/client/test_request_cookies.py",
    "tests/client/test_response_offsets.py",
    "tests/client/test_wire_leniency.py",
)
LEFT_OUT: Mapping[str, str] = {
    name: reason
    for reason, names in {
        "it blocks the event loop of the test": ("test_an_error_status_raises_and_has_its_body",),
        "a synchronous client joins the pieces that have arrived": (
            "test_a_large_body_comes_whole_in_pieces",
        ),
        "a call in a thread can't be cancelled": (
            "test_a_cancelled_fetch_closes_its_response",
            "test_a_download_that_is_cancelled_while_it_writes_writes_nothing_twice",
            "test_a_cancelled_request_through_a_tunnel_closes_it",
            "test_a_dial_that_is_given_up_leaves_nothing",
            "test_a_download_that_is_cancelled_can_be_gone_on_with",
            "test_a_name_that_a_running_download_uses_is_no_target",
            "test_the_target_of_another_download_is_no_name_for_a_part",
        ),
        "async flows are refused": (
            "test_an_async_flow_gets_the_error_of_its_request",
            "test_an_async_flow_that_sends_nothing_is_told",
        ),
        "async iterables are refused": (
            "test_a_form_arrives_whole_and_with_its_length",
            "test_a_form_that_cannot_be_read_again_is_not_sent_again",
            "test_where_a_length_is_not_known_a_form_is_sent_in_chunks",
        ),
        "the clock of the test's loop isn't that of the client": (
            "test_a_fault_instead_of_the_go_ahead_costs_no_byte_of_the_body",
            "test_a_server_with_a_wrong_certificate_is_a_tls_error",
            "test_an_early_end_does_not_disturb_the_next_request",
            "test_an_error_status_raises_with_its_body_whatever_its_framing",
            "test_cookies_are_kept_and_sent",
            "test_the_environment_is_read_once_and_only_where_it_is_trusted",
            "test_those_who_share_a_dial_that_is_refused_are_each_told",
            "test_who_says_nothing_gets_the_body_after_a_moment_and_then_the_limit_counts",
        ),
    }.items()
    for name in names
}


class AsyncResponse:
    """A `SyncResponse` whose methods are awaited."""

    def __init__(self, response: SyncResponse) -> None:
        self._sync = response

    def __getattr__(self, name: str) -> Any:
        if name.startswith("aiter_"):
            return functools.partial(_iterated, getattr(self._sync, name[1:]))
        return getattr(self._sync, name)

    async def aread(self) -> bytes:
        return await asyncio.to_thread(self._sync.read)

    async def aclose(self) -> None:
        await asyncio.to_thread(self._sync.close)

    def raise_for_status(self) -> AsyncResponse:
        self._sync.raise_for_status()
        return self

    async def araise_for_status(self) -> AsyncResponse:
        await asyncio.to_thread(self._sync.raise_for_status)
        return self

    def __aiter__(self) -> Any:
        return _iterated(self._sync.iter_bytes)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return repr(self._sync).replace("<Sync", "<")


Response.register(AsyncResponse)


async def _iterated(make: Callable[..., Iterator[object]], *args: Any, **options: Any) -> Any:
    iterator = make(*args, **options)
    ended = object()
    try:
        while (piece := await asyncio.to_thread(next, iterator, ended)) is not ended:
            yield piece
    finally:
        close = getattr(iterator, "close", None)
        if close is not None:
            await asyncio.to_thread(close)


class Client:
    """A `Client` whose calls are those of a `SyncClient`, each in a thread."""

    def __init__(self, **options: Any) -> None:
        self.__dict__["_loop"] = None
        if isinstance(auth := options.get("auth"), BearerAuth):
            options["auth"] = self._token_auth(auth)
        for name in ("middleware", "call_middleware"):
            if isinstance(options.get(name), (list, tuple)):
                options[name] = [self._middleware(one) for one in options[name]]
        if isinstance(hooks := options.get("event_hooks"), dict):
            options["event_hooks"] = {
                event: [self._hook(one) for one in given] if event != "breaker" else given
                for event, given in hooks.items()
            }
        self.__dict__["_sync"] = SyncClient(**options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sync, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._sync, name, value)

    def _waited(self, awaitable: Awaitable[Any]) -> Any:
        async def wait() -> Any:
            return await awaitable

        return asyncio.run_coroutine_threadsafe(wait(), self._loop).result()

    def _token_auth(self, auth: BearerAuth) -> BearerAuth:
        provider = auth._provider
        if provider is None:
            return auth

        def provide(refused: str | None) -> Any:
            given = provider(refused)
            return self._waited(given) if inspect.isawaitable(given) else given

        auth._provider = provide
        return auth

    def _hook(self, hook: Any) -> Any:
        if not callable(hook):
            return hook

        def call(given: Any) -> None:
            result = hook(AsyncResponse(given) if isinstance(given, SyncResponse) else given)
            if inspect.isawaitable(result):
                self._waited(result)

        return call

    def _middleware(self, middleware: Any) -> Any:
        if not callable(middleware):
            return middleware

        def call(request: Any, send: Any) -> Any:
            async def send_async(request: Any) -> AsyncResponse:
                return AsyncResponse(await asyncio.to_thread(send, request))

            returned = self._waited(middleware(request, send_async))
            if isinstance(returned, AsyncResponse):
                return returned._sync
            return SyncResponse(returned, None) if isinstance(returned, Response) else returned

        return call

    def _pulled(self, source: AsyncIterable[bytes]) -> Iterator[bytes]:
        iterator = aiter(source)
        while True:
            try:
                yield self._waited(anext(iterator))
            except StopAsyncIteration:
                return

    async def _call(self, name: str, *args: Any, **options: Any) -> Any:
        self.__dict__["_loop"] = asyncio.get_running_loop()
        if isinstance(options.get("content"), AsyncIterable):
            options["content"] = self._pulled(options["content"])
        if isinstance(auth := options.get("auth"), BearerAuth):
            options["auth"] = self._token_auth(auth)
        result = await asyncio.to_thread(getattr(self._sync, name), *args, **options)
        return AsyncResponse(result) if isinstance(result, SyncResponse) else result

    def stream(self, *args: Any, **options: Any) -> Stream:
        return Stream(self, args, options)

    def paginate(self, *args: Any, **options: Any) -> Pages:
        return Pages(self._sync.paginate(*args, **options))

    async def aclose(self) -> None:
        await asyncio.to_thread(self._sync.close)

    async def __aenter__(self) -> Self:
        self.__dict__["_loop"] = asyncio.get_running_loop()
        self._sync.__enter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class Pages:
    """Pages to be iterated by `async for`."""

    def __init__(self, pages: Any) -> None:
        self._pages = pages

    async def __aiter__(self) -> Any:
        async for page in _iterated(self._pages.__iter__):
            yield AsyncResponse(page)

    def into(self, model: Any) -> Any:
        return _iterated(self._pages.into, model)


class Stream:
    """A response to be awaited or entered."""

    def __init__(self, client: Client, args: Any, options: Any) -> None:
        self._client = client
        self._given = args, options

    async def _open(self) -> AsyncResponse:
        args, options = self._given
        self._client.__dict__["_loop"] = asyncio.get_running_loop()
        stream = self._client._sync.stream(*args, **options)
        return AsyncResponse(await asyncio.to_thread(stream.__enter__))

    def __await__(self) -> Any:
        return self._open().__await__()

    async def __aenter__(self) -> AsyncResponse:
        self._response = await self._open()
        return self._response

    async def __aexit__(self, *_: object) -> None:
        await self._response.aclose()


def _method(name: str) -> Any:
    async def call(self: Client, *args: Any, **options: Any) -> Any:
        return await self._call(name, *args, **options)

    return call


CALLS = ("delete", "download", "fetch", "get", "head", "options", "patch", "post", "put")
for _name in (*CALLS, "request", "send"):
    setattr(Client, _name, _method(_name))


def install() -> None:
    """Replace `hyperhttp.Client`, before the tests import it."""
    replaced = cast("Any", Client)
    hyperhttp.Client = replaced  # type: ignore[misc]
    hyperhttp.client.Client = replaced  # type: ignore[misc]


def select(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the tests that run, and those that are left out."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        module, _, name = item.nodeid.partition("::")
        runs = module in MODULES and name.partition("[")[0] not in LEFT_OUT
        (kept if runs else left_out).append(item)
    return kept, left_out
