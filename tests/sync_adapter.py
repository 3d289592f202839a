"""A class with the methods of `Client`, each of which calls a `SyncClient` in a thread."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import AsyncIterable, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, Self, TypeVar

from hyperhttp import BearerAuth, Response, SyncClient, SyncResponse
from hyperhttp._client.driver import LOOP_FACTORY
from hyperhttp._client.quiet_loop import new_loop
from hyperhttp.testing import VirtualTimeLoop
from tests.clock import CALLS, TurnedLoop
from tests.following_loop import FollowingLoop

T = TypeVar("T")


async def in_thread(function: Callable[..., T], *args: Any, **options: Any) -> T:
    """Call a function in a thread; the clock of the test isn't turned in the midst of it."""
    loop = asyncio.get_running_loop()
    returned: asyncio.Future[T] = loop.create_future()

    def finish(result: T | None, error: BaseException | None) -> None:
        if returned.cancelled():
            return
        if error is None:
            returned.set_result(result)  # type: ignore[arg-type]  # of the function
        else:
            returned.set_exception(error)

    def run() -> None:
        result, raised = None, None
        try:
            result = function(*args, **options)
        except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
            raised = error
        loop.call_soon_threadsafe(finish, result, raised)
        CALLS.add(-1)

    CALLS.add(1)
    loop.run_in_executor(None, copy_context().run, run)
    return await returned


class AsyncResponse:
    """A `SyncResponse` whose methods are awaited."""

    def __init__(self, response: SyncResponse) -> None:
        self._sync = response

    def __getattr__(self, name: str) -> Any:
        if name.startswith("aiter_"):
            return functools.partial(_iterated, getattr(self._sync, name[1:]))
        return getattr(self._sync, name)

    async def aread(self) -> bytes:
        return await in_thread(self._sync.read)

    async def aclose(self) -> None:
        await in_thread(self._sync.close)

    def raise_for_status(self) -> AsyncResponse:
        self._sync.raise_for_status()
        return self

    async def araise_for_status(self) -> AsyncResponse:
        await in_thread(self._sync.raise_for_status)
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
        while (piece := await in_thread(next, iterator, ended)) is not ended:
            yield piece
    finally:
        close = getattr(iterator, "close", None)
        if close is not None:
            await in_thread(close)


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
        token = LOOP_FACTORY.set(self._loop_factory())
        self.__dict__["_sync"] = SyncClient(**options)
        LOOP_FACTORY.reset(token)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sync, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._sync, name, value)

    def _loop_factory(self) -> Callable[[], asyncio.AbstractEventLoop]:
        """Return what creates a loop with the clock of the test's loop."""
        if isinstance(asyncio._get_running_loop(), VirtualTimeLoop):
            return VirtualTimeLoop

        def follow() -> asyncio.AbstractEventLoop:
            lead = self._loop
            return FollowingLoop(lead) if isinstance(lead, TurnedLoop) else new_loop()

        return follow

    def _waited(self, awaitable: Awaitable[Any]) -> Any:
        async def wait() -> Any:
            return await awaitable

        CALLS.add(-1)  # the clock of the test may be turned meanwhile
        try:
            return asyncio.run_coroutine_threadsafe(wait(), self._loop).result()
        finally:
            CALLS.add(1)

    def stats(self) -> Any:
        """Return the statistics; in another thread, since a loop runs in this one."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(self._sync.stats).result()

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
                return AsyncResponse(await in_thread(send, request))

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
        result = await in_thread(getattr(self._sync, name), *args, **options)
        return AsyncResponse(result) if isinstance(result, SyncResponse) else result

    def stream(self, *args: Any, **options: Any) -> Stream:
        return Stream(self, args, options)

    def paginate(self, *args: Any, **options: Any) -> Pages:
        return Pages(self._sync.paginate(*args, **options))

    async def aclose(self) -> None:
        await in_thread(self._sync.close)

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
        return AsyncResponse(await in_thread(stream.__enter__))

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


METHODS = ("delete", "download", "fetch", "get", "head", "options", "patch", "post", "put")
for _name in (*METHODS, "request", "send"):
    setattr(Client, _name, _method(_name))
