"""Routes: which request is answered by what, how often, and what is said when none fits.

The first route that fits and is not used up answers. A request that fits none is a mistake of the
test or of the code under test, and told as such; it is never a quiet 404.
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
from hyperhttp.testing._message import Answer, Handler, MockRequest
from hyperhttp.testing._pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.url.query import ParamsInput

__all__ = ["Matchers", "Route", "Router", "UnmatchedRequest"]

H = TypeVar("H", bound=Handler)

ANSWERS: Final = "statuses, bodies, MockResponse(...), faults, exceptions or functions"


class UnmatchedRequest(AssertionError):
    """A request that nothing answers; its text names the nearest route, and what differs."""


class Matchers(TypedDict, total=False):
    """What else a request must have for a route to fit."""

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
    """A function that says whether it fits."""
    times: int
    """How many requests it answers, and has to: then it is used up."""


@final
class Route:
    """One entry of a router: what fits, and how it is answered.

    route = router.get("/users/{id}").respond({"id": 7})
    ...
    assert route.call_count == 1
    """

    def __init__(self, method: str, pattern: str, matchers: Matchers) -> None:
        self.method: str = method
        """The method that fits; "*" is any."""
        self.pattern: str = pattern
        self.requests: list[MockRequest] = []
        """The requests that it has answered, in order."""
        self._pattern = Pattern.read(pattern)
        self._matchers = matchers
        self._params = encode_params(matchers.get("params", ()))
        self._data = encode_params(matchers.get("data", ()))
        self._json = encode_json(matchers["json"]) if "json" in matchers else b""
        self._answers: Sequence[Answer | Handler] = (200,)

    @checked
    def respond(self, *answers: Answer | Handler) -> Route:
        """Answer with these in turn; the last one stays. Returns itself.

        For a delay, answer with `MockResponse(..., delay_s=0.5)`. Raises ConfigError without an
        answer, and for numbers that aren't a status.
        """
        if not answers:
            raise ConfigError(option="answers", given="none", allowed=ANSWERS)
        given: Sequence[object] = answers
        for answer in given:
            if answer is None or isinstance(answer, bool | float):
                raise ConfigError(option="answers", given=shown(answer), allowed=ANSWERS)
        self._answers = answers
        return self

    def __call__(self, handler: H) -> H:
        """Answer with a function; for use as a decorator."""
        self._answers = (handler,)
        return handler

    @property
    def call_count(self) -> int:
        """How many requests it has answered."""
        return len(self.requests)

    @property
    def is_used_up(self) -> bool:
        """True if it has answered as many as it may."""
        times = self._matchers.get("times")
        return times is not None and self.call_count >= times

    @property
    def is_satisfied(self) -> bool:
        """True if it has answered at least one, or as many as it has to."""
        return self.call_count >= self._matchers.get("times", 1)

    def misfits(self, request: MockRequest) -> Iterator[str]:
        """In what a request does not fit."""
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
            yield "where= says no"

    def _body_misfits(self, request: MockRequest) -> Iterator[str]:
        if self._data:
            yield from _missing(self._data, request.form, "the form")
        if "content" in self._matchers and request.content != self._matchers["content"]:
            yield "another body"
        if self._json and not _is_json(request.content, self._json):
            yield f"JSON body {request.content[:80]!r}, not {self._json[:80]!r}"

    async def answer(self, request: MockRequest) -> Answer:
        """Its next answer, noted."""
        request.path_params = self._pattern.params(request.url) or {}
        number = self.call_count
        self.requests.append(request)
        return await answered(self._answers[min(number, len(self._answers) - 1)], request)

    def assert_called(self, times: int | None = None) -> None:
        """Raise AssertionError unless it has answered a request, or just so many."""
        count = self.call_count
        if not count if times is None else count != times:
            wanted = "at least one request" if times is None else f"{times} request(s)"
            raise AssertionError(f"{self} has answered {count} request(s), not {wanted}")

    def __str__(self) -> str:
        return f"{self.method} {self.pattern}"

    def __repr__(self) -> str:
        return f"<Route {self}: {self.call_count} answered>"


@final
class Router:
    """Routes in their order: the first that fits and is not used up answers.

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
        """A route for a method ("*" is any); until it is told more it answers 200.

        `pattern` is a path, or a URL with its host: `{name}` stands for one segment, `{name:int}`
        for a number, `{name:path}` for the rest, `*` for anything. Raises ValueError.
        """
        made = Route(method, pattern, matchers)
        self.routes.append(made)
        return made

    def get(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """A route for GET."""
        return self.route("GET", pattern, **matchers)

    def head(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """A route for HEAD."""
        return self.route("HEAD", pattern, **matchers)

    def options(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """A route for OPTIONS."""
        return self.route("OPTIONS", pattern, **matchers)

    def delete(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """A route for DELETE."""
        return self.route("DELETE", pattern, **matchers)

    def post(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """A route for POST."""
        return self.route("POST", pattern, **matchers)

    def put(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """A route for PUT."""
        return self.route("PUT", pattern, **matchers)

    def patch(self, pattern: str, **matchers: Unpack[Matchers]) -> Route:
        """A route for PATCH."""
        return self.route("PATCH", pattern, **matchers)

    async def __call__(self, request: MockRequest) -> Answer:
        """The answer of the first route that fits. Raises UnmatchedRequest."""
        for route in self.routes:
            if not route.is_used_up and not any(route.misfits(request)):
                return await route.answer(request)
        raise UnmatchedRequest(self._unmatched(request))

    def _unmatched(self, request: MockRequest) -> str:
        lines = [f"nothing answers {request.method} {request.url}"]
        if not self.routes:
            return f"{lines[0]}: the router has no routes"
        nearest = min(self.routes, key=lambda route: len(list(route.misfits(request))))
        misfits = list(nearest.misfits(request))
        if nearest.is_used_up and not misfits:
            misfits = [f"it is used up after {nearest.call_count} request(s)"]
        lines.append(f"the nearest route is {nearest}: {'; '.join(misfits)}")
        return "\n  ".join(lines)

    def assert_all_called(self) -> None:
        """Raise AssertionError, naming the routes that have answered less than they had to."""
        missed = [route for route in self.routes if not route.is_satisfied]
        if missed:
            details = "\n  ".join(f"{route}: {route.call_count} answered" for route in missed)
            raise AssertionError(
                f"these routes were not called as often as they should:\n  {details}"
            )

    def __repr__(self) -> str:
        return f"<Router with {len(self.routes)} routes>"


async def answered(answer: Answer | Handler, request: MockRequest) -> Answer:
    """What an answer, or a function that makes one, says to a request."""
    if isinstance(answer, type) or not callable(answer):
        return answer
    said = answer(request)
    return await said if isawaitable(said) else said


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
