"""Hooks and middleware as they are given: what is taken, and what is refused with its name."""

from __future__ import annotations

from typing import Any

import pytest

from hyperhttp import ConfigError, Request, Response, Send
from hyperhttp._client.middleware import hooks_of, middleware_of


def note(_: object) -> None:
    """A hook for anything."""


async def through(request: Request, send: Send) -> Response:
    return await send(request)


def test_hooks_are_kept_in_their_order() -> None:
    def other(_: Request) -> None: ...

    hooks = hooks_of({"request": [note, other]})
    assert list(hooks.request) == [note, other]
    assert list(hooks.response) == []
    assert hooks
    assert not hooks_of({})


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([note], "a mapping"),
        ({"requests": [note]}, "'request', 'response' and 'breaker'"),
        ({"request": note}, "a sequence of functions"),
        ({"response": ["note"]}, "functions"),
        ({"response": "note"}, "a sequence"),
        (None, "a mapping"),
    ],
)
def test_what_is_no_hook_is_refused(given: Any, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        hooks_of(given)
    assert caught.value.option == "event_hooks"


@pytest.mark.parametrize("given", [through, "through", [1], None, [through, None]])
def test_what_is_no_middleware_is_refused(given: Any) -> None:
    with pytest.raises(ConfigError, match="functions") as caught:
        middleware_of(given)
    assert caught.value.option == "middleware"


def test_middleware_is_kept_in_its_order() -> None:
    assert middleware_of([through, through]) == (through, through)


def test_an_unknown_event_is_named_with_the_nearest_one() -> None:
    with pytest.raises(ConfigError, match=r"'requests'; did you mean 'request'\? Expected"):
        hooks_of({"requests": []})  # type: ignore[typeddict-unknown-key]
