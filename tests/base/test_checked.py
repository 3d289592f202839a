from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from unittest.mock import AsyncMock, create_autospec

import pytest

from hyperhttp import Client, InvalidURL, Limits, RetryPolicy, Timeout
from hyperhttp._base.checked import checked, cut, nearest, unknown_option
from hyperhttp.exceptions import ConfigError


@checked
def add(one: int, /, *, two: int = 2, three: int = 3) -> int:
    """Add them."""
    return one + two + three


@checked
async def fetch(one: int, /, *, two: int = 2) -> int:
    """Fetch it."""
    return one + two


# To call them in ways that a checker refuses.
LOOSE: Callable[..., int] = add
LOOSE_FETCH: Callable[..., object] = fetch
VERBS = {
    **dict.fromkeys(("get", "head", "options", "post", "put", "patch", "delete"), ("/",)),
    "request": ("PURGE", "/"),
    "download": ("/", "file"),
}


def test_a_right_call_is_left_alone() -> None:
    assert add(1) == 6
    assert add(1, two=1, three=1) == 3


def test_an_unknown_keyword_names_the_nearest_and_all_that_exist() -> None:
    with pytest.raises(ConfigError) as caught:
        LOOSE(1, tree=3)
    assert caught.value.option == "tree"
    assert caught.value.suggestion == "three"
    assert caught.value.allowed == "two or three"
    assert caught.value.__cause__ is None


def test_other_type_errors_pass() -> None:
    with pytest.raises(TypeError, match="missing"):
        LOOSE()
    with pytest.raises(TypeError, match="unsupported operand"):
        LOOSE(1, two="x")


def test_signature_and_docstring_are_those_of_the_function() -> None:
    assert (
        str(inspect.signature(add))
        == "(one: 'int', /, *, two: 'int' = 2, three: 'int' = 3) -> 'int'"
    )
    assert add.__doc__ == "Add them."


async def test_a_coroutine_function_stays_one() -> None:
    assert inspect.iscoroutinefunction(fetch)
    assert not inspect.iscoroutinefunction(add)
    assert str(inspect.signature(fetch)) == "(one: 'int', /, *, two: 'int' = 2) -> 'int'"
    assert fetch.__doc__ == "Fetch it."
    assert await fetch(1, two=1) == 2


def test_an_unknown_keyword_of_a_coroutine_function_raises_at_the_call() -> None:
    with pytest.raises(ConfigError) as caught:
        LOOSE_FETCH(1, tow=3)
    assert caught.value.suggestion == "two"


@pytest.mark.parametrize(("verb", "arguments"), VERBS.items())
async def test_verbs_are_coroutine_functions_for_inspect_and_mocks(
    verb: str, arguments: tuple[str, ...]
) -> None:
    assert inspect.iscoroutinefunction(getattr(Client, verb))
    async with Client() as client:
        assert inspect.iscoroutinefunction(getattr(client, verb))
    for mock in (create_autospec(Client, instance=True), AsyncMock(spec=Client)):
        called = getattr(mock, verb)
        called.return_value = "response"
        assert await called(*arguments) == "response"


def test_functions_that_return_no_coroutine_are_not_coroutine_functions() -> None:
    assert not inspect.iscoroutinefunction(Client.stream)
    assert not inspect.iscoroutinefunction(Client.build_request)


async def test_the_wrapper_adds_no_frame_to_the_traceback_of_a_coroutine() -> None:
    async with Client() as client:
        with pytest.raises(InvalidURL) as caught:
            await client.get("nowhere")
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert "checking" not in names
    assert names[1] == "get"


def test_the_nearest_name_is_none_when_nothing_is_near() -> None:
    assert nearest("timout", ["timeout", "params"]) == "timeout"
    assert nearest("xyz", ["timeout", "params"]) is None


def test_an_unknown_option_among_none_says_so() -> None:
    assert unknown_option("x", []).allowed == "no options"
    assert unknown_option("x", ["y"]).allowed == "y"


def test_a_repr_is_cut_to_one_line() -> None:
    assert cut("short") == "'short'"
    assert len(cut("x" * 200)) == 80


@pytest.mark.parametrize(
    ("call", "suggestion"),
    [
        (lambda: Client(allow_redirects=True), "follow_redirects"),  # type: ignore[call-arg]
        (lambda: Client(max_retries=3), "retry"),  # type: ignore[call-arg]
        (lambda: Client(mounts={}), "proxy"),  # type: ignore[call-arg]
        (lambda: Client(app=None), "transport"),  # type: ignore[call-arg]
        (lambda: Client(verify_ssl=False), "verify"),  # type: ignore[call-arg]
        (lambda: Client(connect=5), "Timeout(connect=...)"),  # type: ignore[call-arg]
        (lambda: Client().get("/", json=[]), "request(method, url, json=...)"),  # type: ignore[call-arg]
        (lambda: Client().get("/", stream=True), "Client.stream(...)"),  # type: ignore[call-arg]
        (lambda: Client().get("/", expect100=True), None),  # type: ignore[call-arg]
        (lambda: Client(timout=5), "timeout"),  # type: ignore[call-arg]
        (lambda: Client().get("/", verify=False), "Client(verify=...)"),  # type: ignore[call-arg]
        (lambda: Client().get("/", allow_redirects=True), "follow_redirects"),  # type: ignore[call-arg]
        (lambda: Limits(max_connections=5), "PoolConfig(max_connections=...)"),  # type: ignore[call-arg]
        (lambda: RetryPolicy(total=5), "max_retries"),  # type: ignore[call-arg]
        (lambda: RetryPolicy(status_forcelist=[503]), "statuses"),  # type: ignore[call-arg]
        (lambda: Timeout(sock_read=5), "read"),  # type: ignore[call-arg]
        (lambda: Limits(sock_read=5), None),  # type: ignore[call-arg]
        (lambda: Timeout(pol=5), "pool"),  # type: ignore[call-arg]
        (lambda: Timeout(max_redirects=5), "Client(max_redirects=...)"),  # type: ignore[call-arg]
        (lambda: Client(wholly_unlike=5), None),  # type: ignore[call-arg]
    ],
)
def test_a_name_of_another_client_or_class_is_responded_with_the_right_one(
    call: Callable[[], object], suggestion: str | None
) -> None:
    with pytest.raises(ConfigError) as caught:
        call()
    assert caught.value.suggestion == suggestion
