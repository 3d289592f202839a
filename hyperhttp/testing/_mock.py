"""An in-memory server for tests, which records its requests.

This module converts functions, mappings, sequences and routers to a handler, and asserts requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import shown
from hyperhttp.testing._faults import Fault
from hyperhttp.testing._in_process import InProcessTransport
from hyperhttp.testing._message import (
    Handler,
    MockRequest,
    MockResponse,
    ResponseInput,
    give,
    read_request,
    response_of,
)
from hyperhttp.testing._router import Route, Router, UnmatchedRequest, resolved

if TYPE_CHECKING:
    from hyperhttp.testing._conversation import Conversation

MockInput: TypeAlias = (
    Handler
    | Router
    | Mapping[str, ResponseInput | Handler]
    | Sequence[ResponseInput | Handler]
    | MockResponse
    | Fault
    | BaseException
    | int
    | str
    | bytes
)
"""The responses of a MockTransport: a function, a Router, a sequence, or a mapping of "METHOD URL"
(or "URL") to responses. A single response is a status code, text, bytes, a MockResponse, a fault or
an exception.
"""


@final
class MockTransport(InProcessTransport):
    """An in-memory server for tests. Everything above the sockets is the real client.

        transport = MockTransport({"GET /users": [{"name": "Ann"}], "POST /users": 201})
        async with hyperhttp.Client(transport=transport) as client:
            response = await client.get("https://example.com/users")

    It responds for any host. With `http2`, it selects HTTP/2 if a client offers it, which requires
    https. A client with `http2="prior-knowledge"` always uses HTTP/2. A request without a matching
    response raises UnmatchedRequest, an AssertionError, from the client's call.
    """

    def __init__(self, responses: MockInput = 200, *, http2: bool = True) -> None:
        super().__init__(http2=http2)
        self._handler = _handler_of(responses)
        self.requests: list[MockRequest] = []
        """All received requests in order, including unmatched ones."""

    async def _serve(self, conversation: Conversation) -> None:
        """Respond to a request."""
        request = await read_request(conversation)
        self.requests.append(request)
        await give(response_of(await resolved(self._handler, request)), conversation)

    def assert_requested(self, target: str, *, times: int | None = None) -> MockRequest:
        """Return the last request for "METHOD URL"; AssertionError without one, or not `times`.

        transport.assert_requested("POST /users", times=1).json(User)
        """
        found = self._fitting(target)
        if not found if times is None else len(found) != times:
            wanted = "at least once" if times is None else f"{times} time(s)"
            raise AssertionError(
                f"{target} was asked {len(found)} time(s), not {wanted}; {self._asked()}"
            )
        return found[-1] if found else MockRequest("GET", "http://example.com/")

    def assert_not_requested(self, target: str = "*") -> None:
        """AssertionError if any request (or one that fits "METHOD URL") was made."""
        if self._fitting(target):
            raise AssertionError(f"{target} was not to be asked; {self._asked()}")

    def _fitting(self, target: str) -> list[MockRequest]:
        route = _route(target)
        return [request for request in self.requests if not any(route._misfits(request))]  # pyright: ignore[reportPrivateUsage]

    def _asked(self) -> str:
        if not self.requests:
            return "nothing was asked"
        lines = "".join(f"\n  {one.method} {one.url}" for one in self.requests)
        return f"this was asked:{lines}"


def _handler_of(responses: MockInput) -> Handler:
    if isinstance(responses, MockResponse | Fault | BaseException | int | str | bytes):
        one = responses
        return lambda _: one
    if callable(responses):
        return responses
    if isinstance(responses, Mapping):
        router = Router()
        for target, response in responses.items():
            method, pattern = _split(target)
            router.route(method, pattern).respond(response)
        return router
    if isinstance(cast("object", responses), Sequence):
        return _InTurn(responses)
    raise ConfigError(
        option="MockTransport",
        given=shown(responses),
        allowed="a function, a Router, a mapping, a sequence of responses, or a response",
    )


def _split(target: str) -> tuple[str, str]:
    method, space, pattern = target.partition(" ")
    return (method, pattern.strip()) if space else ("*", target)


def _route(target: str) -> Route:
    return Route(*_split(target), {})


@final
class _InTurn:
    """A handler that returns its responses in order."""

    def __init__(self, responses: Sequence[ResponseInput | Handler]) -> None:
        self._responses = responses
        self._given = 0

    async def __call__(self, request: MockRequest) -> ResponseInput:
        if self._given == len(self._responses):
            raise UnmatchedRequest(
                f"no response for {request.method} {request.url}: "
                f"all {self._given} responses were used before"
            )
        self._given += 1
        return await resolved(self._responses[self._given - 1], request)
