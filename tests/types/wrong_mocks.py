"""What a type checker must refuse of the test kit, each line for its own reason."""

from __future__ import annotations

from hyperhttp import Client, MockResponse, MockTransport, Router
from hyperhttp.testing import Cassette, FaultyTransport, MockRequest, Reset, SlowBody


def a_set(_: MockRequest) -> set[int]:
    return {1}


def nothing(_: MockRequest) -> None: ...


def no_request(_: int) -> int:
    return 200


def handlers_that_reply_nothing() -> None:
    MockTransport(a_set)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    MockTransport(nothing)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    MockTransport(no_request)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    MockTransport({"/a": {1}})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]


def misspelt_names(router: Router) -> None:
    router.get("/a", heeders={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    router.get("/a").respond({1})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    MockResponse(jsn={})  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    MockResponse(json={}, text="x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    MockResponse(html="x", content=b"")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Cassette("a.json", "always")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Cassette("a.json", match_on=["colour"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    Reset("body")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    SlowBody(every="1 s")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def what_is_no_transport() -> None:
    Client(transport=Router())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    FaultyTransport(Router(), [])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
