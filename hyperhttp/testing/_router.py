# pyright: reportPrivateUsage=false
"""Routes: the matching of requests, their responses, and the message if none matches.

The first matching route that isn't used up responds. An unmatched request is a mistake of the test
or of the code under test, so it raises instead of returning a 404.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import isawaitable
from typing import TYPE_CHECKING, Final, TypedDict, TypeVar, final

from hyperhttp._base._generated.errors import ConfigError, DecodeError
from hyperhttp._base.checked import checked
from hyperhttp._base.input_pairs import shown
from hyperhttp._message.content.json_text import decode_json, encode_json
from hyperhttp._message.url.query import encode_params
from hyperhttp.testing._message import Handler, MockRequest, ResponseInput
from hyperhttp.testing._pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.url.query import ParamsInput

__all__ = ["Matchers", "Route", "Router", "UnmatchedRequest"]

H = TypeVar("H", bound=Handler)

RESPONSES: Final = "statuses, bodies, MockResponse(...), faults, exceptions or functions"


class UnmatchedRequest(AssertionError):
    """A request without a matching route. The message shows the nearest route."""


class Matchers(TypedDict, total=False):
    """Further conditions for a route to match."""

    params: ParamsInput
    """Query parameters, among others."""
    headers: Mapping[str, str]
    """Header fields, among others; `"*"` is any value."""
    json: JSONInput
    """A JSON body of this value."""
    data: ParamsInput
    """Form fields, among others."""
    content: bytes
    """A body of just these bytes."""
    where: Callable[[MockRequest], bool]
    """A function that returns True if the request matches."""
    times: int
    """The number of requests that the route must match; after that it is used up."""


@final
class Route:
    """A route of a router: a pattern with conditions, and its responses.

    route = router.get("/users/{id}").respond({"id": 7})
    ...
    assert route.call_count == 1
    """

    def __init__(self, method: str, pattern: str, matchers: Matchers) -> None:
        self.method: str = method
        """The method that fits; "*" is any."""
        self.pattern: str = pattern
        self.requests: list[MockRequest] = []
        """The matched requests, in order."""
        self._pattern = Pattern.read(pattern)
        self._matchers = matchers
        self._params = encode_params(matchers.get("params", ()))
        self._data = encode_params(matchers.get("data", ()))
        self._json = encode_json(matchers["json"]) if "json" in matchers else b""
        self._responses: Sequence[ResponseInput | Handler] = (200,)

    @checked
    def respond(self, *responses: ResponseInput | Handler) -> Route:
        """Respond with these in order; the last one repeats. Returns the route.

        For a delay, use `MockResponse(..., delay_s=0.5)`. Raises ConfigError without a response,
        and for numbers that aren't a status.
        """
        if not responses:
            raise ConfigError(option="responses", given="none", allowed=RESPONSES)
        given: Sequence[object] = responses
        for response in given:
            if response is None or isinstance(response, bool | float):
                raise ConfigError(option="responses", given=shown(response), allowed=RESPONSES)
        self._responses = responses
        return self

    def __call__(self, handler: H) -> H:
        """Respond with a function; use it as a decorator."""
        self._responses = (handler,)
        return handler

    @property
    def call_count(self) -> int:
        """The number of matched requests."""
        return len(self.requests)

    @property
    def _is_used_up(self) -> bool:
        """True if it has matched as many requests as `times` allows."""
        times = self._matchers.get("times")
        return times is not None and self.call_count >= times

    @property
    def _is_satisfied(self) -> bool:
        """True if it has matched at least one request, or as many as `times`."""
        return self.call_count >= self._matchers.get("times", 1)

    def _misfits(self, request: MockRequest) -> Iterator[str]:
        """Return the parts of a request that don't match."""
        if self.method not in {"*", request.method}:
            yield f"method {request.method}, not {self.method}"
        yield from self._pattern.misfits(request.url)
        yield from _missing(self._params, request.url.params, "the query")
        for name, value in self._matchers.get("headers", {}).items():
            there = request.headers.get(name)
            if there is None or value not in {"*", there}:
                yield f"header {name}: {there if there is not None else 'missing'}, not {value}"
        yield from self._body_misfits(request)
        if "where" in self._matchers and not self._matchers["where"](request):
            yield "where= returned False"

    def _body_misfits(self, request: MockRequest) -> Iterator[str]:
        if self._data:
            yield from _missing(self._data, request.form, "the form")
        if "content" in self._matchers and request.content != self._matchers["content"]:
            yield "another body"
        if self._json and not _is_json(request.content, self._json):
            yield f"JSON body {request.content[:80]!r}, not {self._json[:80]!r}"

    async def _response_to(self, request: MockRequest) -> ResponseInput:
        """Record the request, and return the next response."""
        request.path_params = self._pattern.params(request.url) or {}
        number = self.call_count
        self.requests.append(request)
        return await resolved(self._responses[min(number, len(self._responses) - 1)], request)

    def assert_called(self, times: int | None = None) -> None:
        """Raise AssertionError unless it has matched a request, or exactly `count` requests."""
        count = self.call_count
        if not count if times is None else count != times:
            wanted = "at least one request" if times is None else f"{times} request(s)"
            raise AssertionError(f"{self} matched {count} request(s), not {wanted}")

    def __str__(self) -> str:
        return f"{self.method} {self.pattern}"

    def __repr__(self) -> str:
        return f"<Route {self}: {self.call_count} matched>"


@final
class Router:
    """Routes in their order. The first matching route that isn't used up responds.

    router = Router()

    @router.get("/users/{id}")
    def user(request: MockRequest) -> dict[str, str]:
        return {"id": request.path_params["id"]}

    router.post("/users", json={"name": "Ann"}, times=1).respond(201)
    client = hyperhttp.Client(transport=MockTransport(router))
    """

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def route(self, method: MethodInput, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """Add a route for a method, or "*" for any. It responds with 200 until you set a response.

        `pattern` is a path, or a URL with its host. `{name}` matches a segment, `{name:int}` a
        number, `{name:path}` the rest of the path, and `*` anything. Raises ValueError.
        """
        made = Route(method, pattern, matchers)
        self.routes.append(made)
        return made

    def get(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """Add a route for GET."""
        return self.route("GET", pattern, **matchers)

    def head(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """Add a route for HEAD."""
        return self.route("HEAD", pattern, **matchers)

    def options(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """Add a route for OPTIONS."""
        return self.route("OPTIONS", pattern, **matchers)

    def delete(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """Add a route for DELETE."""
        return self.route("DELETE", pattern, **matchers)

    def post(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """Add a route for POST."""
        return self.route("POST", pattern, **matchers)

    def put(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """Add a route for PUT."""
        return self.route("PUT", pattern, **matchers)

    def patch(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """Add a route for PATCH."""
        return self.route("PATCH", pattern, **matchers)

    async def __call__(self, request: MockRequest) -> ResponseInput:
        """Return the response of the first matching route. Raises UnmatchedRequest."""
        for route in self.routes:
            if not route._is_used_up and not any(route._misfits(request)):
                return await route._response_to(request)
        raise UnmatchedRequest(self._unmatched(request))

    def _unmatched(self, request: MockRequest) -> str:
        lines = [f"no route matches {request.method} {request.url}"]
        if not self.routes:
            return f"{lines[0]}: the router has no routes"
        nearest = min(self.routes, key=lambda route: len(list(route._misfits(request))))
        misfits = list(nearest._misfits(request))
        if nearest._is_used_up and not misfits:
            misfits = [f"it is used up after {nearest.call_count} request(s)"]
        lines.append(f"the nearest route is {nearest}: {'; '.join(misfits)}")
        return "\n  ".join(lines)

    def assert_all_called(self) -> None:
        """Raise AssertionError with the routes that have matched too few requests."""
        missed = [route for route in self.routes if not route._is_satisfied]
        if missed:
            details = "\n  ".join(f"{route}: {route.call_count} matched" for route in missed)
            raise AssertionError(
                f"these routes were not called as often as they should:\n  {details}"
            )

    def __repr__(self) -> str:
        return f"<Router with {len(self.routes)} routes>"


async def resolved(response: ResponseInput | Handler, request: MockRequest) -> ResponseInput:
    """Return the response to a request, from a value or a function."""
    if isinstance(response, type) or not callable(response):
        return response
    result = response(request)
    return await result if isawaitable(result) else result


def _missing(
    wanted: Sequence[tuple[str, str]], there: Sequence[tuple[str, str]], where: str
) -> Iterator[str]:
    for name, value in wanted:
        if (name, value) not in there:
            yield f"no {name}={value} in {where}"


def _is_json(content: bytes, wanted: bytes) -> bool:
    try:
        return decode_json(content) == decode_json(wanted)
    except DecodeError:
        return False
