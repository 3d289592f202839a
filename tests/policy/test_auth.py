"""Auth as a conversation: what goes along, who is asked for a token, and what stays secret."""

from __future__ import annotations

import asyncio
import pickle
from base64 import b64decode
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.config import Timeout
from hyperhttp._base._generated.errors import BodyNotReplayable, ConfigError, ReadError, in_context
from hyperhttp._message.request.request import Request, jar_cookie, set_jar_cookie
from hyperhttp._policy.auth import Auth, AuthInput, BasicAuth, BearerAuth, auth_of, own_copy
from hyperhttp._policy.redirects import redirected
from tests.policy.conversation import async_converse, converse, reply

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator, Iterator

    from hyperhttp._message.response.response import Response

URL = "https://example.com/"


def get(url: str = URL) -> Request:
    return Request("GET", url)


def accepts(*tokens: str) -> Callable[[Request], Response]:
    """A server that knows these bearer tokens."""
    fields = {f"Bearer {token}" for token in tokens}
    return lambda sent: reply(sent, 200 if sent.headers.get("authorization") in fields else 401)


class TwoSteps(Auth):
    """An Auth as a user writes it: asks for a key first."""

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
        response = yield Request("POST", f"{URL}key")
        request.headers["X-Key"] = str(response.status_code)
        yield request


class Silent(Auth):
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
        yield from ()


class OnlyAsync(Auth):
    async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
        await asyncio.sleep(0)
        yield request


class Nothing(Auth):
    pass


# --- Basic ---


@pytest.mark.parametrize(
    ("user", "password", "field"),
    [
        # RFC 7617 2 and 2.1.
        ("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ("test", "123\u00a3", "Basic dGVzdDoxMjPCow=="),
        ("", "", "Basic Og=="),
    ],
)
async def test_basic_goes_with_every_request(user: str, password: str, field: str) -> None:
    auth = BasicAuth(user, password)
    seen: list[str | None] = []

    def refusing(sent: Request) -> Response:
        seen.append(sent.headers.get("authorization"))
        return reply(sent, 401, ("WWW-Authenticate", 'Basic realm="x"'))

    assert converse(auth, get(), refusing)[1] == 1
    assert (await async_converse(auth, get(), refusing))[1] == 1
    assert seen == [field, field]


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=":")),
    st.text(st.characters(exclude_categories=["Cc", "Cs"])),
)
def test_a_server_reads_the_user_and_the_password(user: str, password: str) -> None:
    sent = next(BasicAuth(user, password).auth_flow(get()))
    scheme, _, text = sent.headers["authorization"].partition(" ")
    assert scheme == "Basic"
    assert b64decode(text).decode() == f"{user}:{password}"


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("hunter2:x", "p"),
        ("hunter2\n", "p"),
        ("u", "hunter2\r\nX: y"),
        ("u", "hunter2\x00"),
        ("u", "hunter2\x85"),
        ("u\ud800", "hunter2"),
        (b"u", "hunter2"),
        ("u", None),
    ],
)
def test_what_basic_cannot_carry_is_refused_without_being_shown(user: str, password: str) -> None:
    with pytest.raises(ConfigError) as caught:
        BasicAuth(user, password)
    assert caught.value.option == "auth"
    assert "hunter2" not in f"{caught.value} {caught.value!r} {caught.value.__cause__!r}"


# --- Bearer ---


async def test_a_fixed_token_goes_with_every_request_and_a_401_is_the_response() -> None:
    auth = BearerAuth("abc.def-_~+/=")
    assert converse(auth, get(), accepts("abc.def-_~+/="))[0].status_code == 200
    response, count = await async_converse(auth, get(), accepts("other"))
    assert (response.status_code, count) == (401, 1)


async def test_a_provider_is_asked_once_and_its_token_kept() -> None:
    asked: list[str | None] = []

    def provider(refused: str | None) -> str:
        asked.append(refused)
        return "t1"

    auth = BearerAuth(provider)
    for _ in range(3):
        response, count = await async_converse(auth, get(), accepts("t1"))
        assert (response.status_code, count) == (200, 1)
    assert asked == [None]


@pytest.mark.parametrize("is_async", [False, True])
async def test_a_401_asks_once_more_and_tells_which_token_was_refused(is_async: bool) -> None:
    asked: list[str | None] = []

    def provider(refused: str | None) -> str:
        asked.append(refused)
        return f"t{len(asked)}"

    async def async_provider(refused: str | None) -> str:
        await asyncio.sleep(0)
        return provider(refused)

    auth = BearerAuth(async_provider if is_async else provider)
    assert (await async_converse(auth, get(), accepts("t1")))[1] == 1
    assert (await async_converse(auth, get(), accepts("t2")))[1] == 2
    assert (await async_converse(auth, get(), accepts("t2")))[1] == 1
    assert asked == [None, "t1"]
    # Whatever it gives, there is no third request.
    response, count = await async_converse(auth, get(), accepts("none"))
    assert (response.status_code, count) == (401, 2)
    assert asked == [None, "t1", "t2"]


async def test_a_provider_without_another_token_leaves_the_401() -> None:
    asked: list[str | None] = []

    def provider(refused: str | None) -> str:
        asked.append(refused)
        return "same"

    auth = BearerAuth(provider)
    for _ in range(2):
        response, count = await async_converse(auth, get(), accepts("other"))
        assert (response.status_code, count) == (401, 1)
    assert asked == [None, "same", "same"]


@pytest.mark.parametrize("status", [200, 302, 403, 407, 500])
async def test_other_statuses_do_not_ask_again(status: int) -> None:
    auth = BearerAuth(lambda refused: "token" if refused is None else "another")
    response, count = await async_converse(auth, get(), lambda sent: reply(sent, status))
    assert (response.status_code, count) == (status, 1)


class Gate:
    """A provider that waits until the test lets it go on."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []
        self.open = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, refused: str | None) -> str:
        self.asked.append(refused)
        await self.open.wait()
        if self.error is not None:
            raise self.error
        return f"t{len(self.asked)}"


async def turns(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_all_who_wait_share_one_call_of_the_provider() -> None:
    gate = Gate()
    auth = BearerAuth(gate)
    tasks = [asyncio.create_task(async_converse(auth, get(), accepts("t1"))) for _ in range(100)]
    await turns()
    gate.open.set()
    assert {count for _, count in await asyncio.gather(*tasks)} == {1}
    assert gate.asked == [None]
    # All of them are refused at once: one refresh, and each goes out again.
    gate.open.clear()
    tasks = [asyncio.create_task(async_converse(auth, get(), accepts("t2"))) for _ in range(100)]
    await turns()
    gate.open.set()
    assert {count for _, count in await asyncio.gather(*tasks)} == {2}
    assert gate.asked == [None, "t1"]


async def test_a_refusal_that_comes_late_uses_what_others_have_got() -> None:
    gate = Gate()
    gate.open.set()
    auth = BearerAuth(gate)
    flow = auth.async_auth_flow(get())
    slow = await anext(flow)
    assert (await async_converse(auth, get(), accepts("t2")))[1] == 2
    again = await flow.asend(reply(slow, 401))
    assert again.headers["authorization"] == "Bearer t2"
    await flow.aclose()
    assert gate.asked == [None, "t1"]


async def test_a_failure_is_one_for_all_who_wait_and_the_next_request_asks_again() -> None:
    gate = Gate()
    gate.error = failure = LookupError("no token today")
    auth = BearerAuth(gate)
    tasks = [asyncio.create_task(async_converse(auth, get(), accepts("t2"))) for _ in range(50)]
    await turns()
    gate.open.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(result is failure for result in results)
    frames, traceback = 0, failure.__traceback__
    while traceback is not None:
        frames, traceback = frames + 1, traceback.tb_next
    assert frames < 20
    gate.error = None
    assert (await async_converse(auth, get(), accepts("t2")))[1] == 1
    assert gate.asked == [None, None]


async def test_who_is_cancelled_while_asking_leaves_it_to_the_next() -> None:
    gate = Gate()
    auth = BearerAuth(gate)
    asking, *waiting = [
        asyncio.create_task(async_converse(auth, get(), accepts("t2"))) for _ in range(10)
    ]
    await turns()
    waiting.pop().cancel()
    asking.cancel()
    await turns()
    assert asking.cancelled()
    gate.open.set()
    assert {count for _, count in await asyncio.gather(*waiting)} == {1}
    assert gate.asked == [None, None]


def test_it_serves_one_event_loop_after_another() -> None:
    gates: list[str | None] = []

    async def provider(refused: str | None) -> str:
        gates.append(refused)
        await asyncio.sleep(0)
        return f"t{len(gates)}"

    auth = BearerAuth(provider)

    async def ask_many(token: str) -> set[int]:
        conversations = (async_converse(auth, get(), accepts(token)) for _ in range(5))
        return {count for _, count in await asyncio.gather(*conversations)}

    assert asyncio.run(ask_many("t1")) == {1}
    assert asyncio.run(ask_many("t2")) == {2}
    assert gates == [None, "t1"]


def test_an_event_loop_does_not_wait_for_another() -> None:
    first = asyncio.new_event_loop()
    gate = Gate()
    auth = BearerAuth(gate)

    async def ask() -> int:
        async with asyncio.timeout(10):
            return (await async_converse(auth, get(), accepts("t2")))[1]

    waiting = first.create_task(ask())
    first.run_until_complete(turns())
    assert gate.asked == [None]
    gate.open = asyncio.Event()
    gate.open.set()
    assert asyncio.run(ask()) == 1
    assert gate.asked == [None, None]
    waiting.cancel()
    first.run_until_complete(asyncio.wait([waiting]))
    assert waiting.cancelled()
    first.close()


async def test_a_body_that_can_be_sent_once_does_not_survive_a_new_token() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"once"

    tokens = iter(["t1", "t2"])
    auth = BearerAuth(lambda refused: next(tokens))
    with pytest.raises(BodyNotReplayable, match="token") as caught:
        await async_converse(auth, Request("POST", URL, content=pieces()), accepts("t2"))
    assert "t2" not in str(caught.value)
    response, count = await async_converse(
        auth, Request("POST", URL, content=pieces()), accepts("t2")
    )
    assert (response.status_code, count) == (200, 1)


@pytest.mark.parametrize(
    "token", ["", "hunter2\n", "hunter2 x", "hunter2\u00e9", "hunter2\x00", b"hunter2", None, 7]
)
async def test_a_token_that_no_field_can_carry_is_refused_without_being_shown(
    token: str,
) -> None:
    with pytest.raises(ConfigError) as caught:
        BearerAuth(token)
    assert "hunter2" not in f"{caught.value} {caught.value!r}"
    with pytest.raises(ConfigError) as caught:
        await async_converse(BearerAuth(lambda refused: token), get(), accepts("x"))
    assert "hunter2" not in f"{caught.value} {caught.value!r}"


def test_a_provider_must_take_the_refused_token() -> None:
    with pytest.raises(ConfigError, match="refused token"):
        BearerAuth(cast("Callable[[str | None], str]", lambda: "token"))
    BearerAuth(cast("Callable[[str | None], str]", str))  # has no signature to look at


def test_a_provider_has_no_flow_without_await() -> None:
    with pytest.raises(ConfigError, match="async_auth_flow"):
        next(BearerAuth(lambda refused: "token").auth_flow(get()))


# --- of one's own ---


async def test_a_flow_may_send_what_it_likes() -> None:
    seen: list[tuple[str, str, str | None]] = []

    def server(sent: Request) -> Response:
        seen.append((sent.method, sent.url.path, sent.headers.get("x-key")))
        return reply(sent, 200)

    request = get()
    assert (await async_converse(TwoSteps(), request, server))[1] == 2
    assert seen == [("POST", "/key", None), ("GET", "/", "200")]
    assert "x-key" not in request.headers
    assert (await async_converse(OnlyAsync(), request, server))[1] == 1


async def test_a_flow_that_sends_nothing_is_told() -> None:
    with pytest.raises(ConfigError, match="Silent"):
        await async_converse(Silent(), get(), accepts())


async def test_a_flow_that_is_left_is_closed() -> None:
    ended: list[bool] = []
    flows: list[Generator[Request, Response, None]] = []  # or else their last use would close them

    class Guarded(Auth):
        def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
            flows.append(self.guarded(request))
            return flows[-1]

        def guarded(self, request: Request) -> Generator[Request, Response, None]:
            try:
                yield request
            finally:
                ended.append(True)

    flow = Guarded().async_auth_flow(get())
    await anext(flow)
    await flow.aclose()
    assert ended == [True]


async def test_what_a_flow_raises_comes_out() -> None:
    class Failing(Auth):
        def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
            yield request
            raise LookupError("no key")

    with pytest.raises(LookupError, match="no key"):
        await async_converse(Failing(), get(), accepts())


def test_each_input_is_what_it_says() -> None:
    auth = BasicAuth("a", "b")
    assert auth_of(auth) is auth
    sent = next(auth_of(("ann", "x")).auth_flow(get()))
    assert sent.headers["authorization"] == "Basic YW5uOng="
    only_async = OnlyAsync()
    assert auth_of(only_async) is only_async


def test_a_function_gets_a_copy_and_gives_what_is_sent() -> None:
    def sign(request: Request) -> Request:
        request.headers["X-Signature"] = request.method
        return request

    request = get()
    sent = next(auth_of(sign).auth_flow(request))
    assert sent.headers["x-signature"] == "GET"
    assert "x-signature" not in request.headers
    # So that nothing of it goes along with a redirect to somebody else.
    assert "x-signature" not in redirected(request, 302, "https://api.example.com/").headers


def test_a_function_that_gives_no_request_is_told() -> None:
    auth = auth_of(cast("Callable[[Request], Request]", lambda request: None))
    with pytest.raises(ConfigError, match="None"):
        next(auth.auth_flow(get()))


async def wrong_function(request: Request) -> Request:
    return request


@pytest.mark.parametrize(
    ("given_auth", "says"),
    [
        (None, "None"),
        ("hunter2", "str"),
        (["hunter2", "x"], "list"),
        (("hunter2",), "tuple"),
        (("hunter2", "x", "y"), "tuple"),
        (("x", 7), "password"),
        ((b"hunter2", "x"), "bytes"),
        (BasicAuth, "class BasicAuth"),
        (Nothing(), "Nothing without a flow"),
        (wrong_function, "coroutine"),
        (object(), "object"),
    ],
    ids=lambda value: value if isinstance(value, str) else "given",
)
def test_anything_else_is_refused_without_being_shown(given_auth: object, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        auth_of(cast("AuthInput", given_auth))
    assert caught.value.option == "auth"
    assert "hunter2" not in f"{caught.value} {caught.value!r}"


def test_a_subclass_without_a_flow_is_told_when_it_is_used() -> None:
    with pytest.raises(ConfigError, match="auth_flow"):
        Nothing().auth_flow(get())


# --- what stays secret, and whose it is ---


def test_the_copy_is_like_the_request_but_its_own() -> None:
    request = Request("PUT", f"{URL}x?q=1", headers={"X-A": "1"}, json={"a": 1})
    request.timeout = Timeout(read=1.0)
    request.follow_redirects, request.max_redirects = True, 3
    request.sent_cookies = {"a": "b"}
    for materialised in (False, True):
        if materialised:
            assert request.headers["x-a"] == "1"
        copy = own_copy(request)
        assert own_copy(copy) is copy
        for name in ("method", "url", "content", "timeout", "follow_redirects", "max_redirects"):
            assert getattr(copy, name) == getattr(request, name)
        assert copy.headers == request.headers
        assert copy.sent_cookies == request.sent_cookies
        assert (repr(copy), copy.to_curl()) == (repr(request), request.to_curl())
        copy.headers["X-A"] = "2"
        set_jar_cookie(copy, "c=d")
        assert (request.headers["x-a"], jar_cookie(request)) == ("1", None)


def test_the_user_of_the_url_gives_way() -> None:
    request = get("https://ann:hunter2@example.com/")
    sent = next(BearerAuth("token").auth_flow(request))
    assert sent.headers["authorization"] == "Bearer token"
    assert sent.url.userinfo == ""
    assert request.url.credentials == ("ann", "hunter2")


def test_a_pickle_has_the_request_as_it_was_given() -> None:
    sent = next(BasicAuth("ann", "hunter2").auth_flow(get()))
    secret = sent.headers["authorization"].partition(" ")[2]
    error = in_context(ReadError(detail="x"), request=sent)
    for thing in (sent, error, reply(sent, 200)):
        data = pickle.dumps(thing)
        assert secret.encode() not in data
        assert b"hunter2" not in data
    assert type(pickle.loads(pickle.dumps(sent))) is Request
    assert secret not in f"{sent!r} {sent.headers!r} {sent.to_curl()} {error} {error!r}"


@pytest.mark.parametrize(
    "auth",
    [
        BasicAuth("hunter1", "hunter2"),
        BearerAuth("hunter3"),
        BearerAuth(lambda refused: "hunter4"),
        auth_of(lambda request: request),
        TwoSteps(),
    ],
    ids=["basic", "bearer", "provider", "function", "own"],
)
def test_no_repr_shows_a_secret(auth: Auth) -> None:
    assert repr(auth) == f"{type(auth).__name__}([secure])"
