"""The verbs hand on what they are given, and a wrong option is a typed error that names it."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any, cast, get_overloads

import pytest

from codegen.emit.signatures import WAYS, call_options
from codegen.tables import Call
from hyperhttp._base.unset import UNSET
from hyperhttp._client._generated.calls import Calls
from hyperhttp.exceptions import ConfigError
from tests.codegen.emit.recorder import Recorder
from tests.codegen.specs import real_spec

Given = tuple[object, ...]
CALLS = list(real_spec().calls.calls.items())


def run(call: Call, name: str, *positional: object, **options: object) -> Given:
    """What a call hands on."""
    method: Callable[..., object] = getattr(Recorder(), name)
    handed = method(*positional, **options)
    if WAYS[call.via].is_async:
        assert inspect.iscoroutine(handed)
        handed = asyncio.run(handed)
    return cast("Given", handed)


def start(call: Call) -> list[object]:
    path = ["file"] if WAYS[call.via].path else []
    into = WAYS[call.via].into
    return [*([] if call.method or into else ["PURGE"]), "/", *path]


def result_of(call: Call) -> dict[str, object]:
    """The keywords of a call that returns a type."""
    return {"into": int, "method": "PURGE"} if WAYS[call.via].into else {}


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_call_hands_on_method_url_and_unset_for_what_is_not_given(name: str, call: Call) -> None:
    handed = run(call, name, *start(call), **result_of(call))
    assert handed[:2] == (call.method or "PURGE", "/")
    assert handed[2:] == (UNSET,) * len(call_options(real_spec(), call))


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_call_hands_on_each_option_in_the_order_of_the_spec(name: str, call: Call) -> None:
    options = {option: object() for option in call_options(real_spec(), call)}
    handed = run(call, name, *start(call), **options, **result_of(call))
    assert handed[2:] == tuple(options.values())


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_misspelt_option_is_a_config_error_before_anything_is_done(name: str, call: Call) -> None:
    method: Callable[..., object] = getattr(Recorder(), name)
    with pytest.raises(ConfigError) as caught:
        method(*start(call), timout=5)
    assert (caught.value.option, caught.value.suggestion) == ("timout", "timeout")
    assert "timeout" in caught.value.allowed


@pytest.mark.parametrize("name", [name for name, call in CALLS if call.body == "none"])
def test_a_call_without_a_body_takes_none(name: str) -> None:
    method: Callable[..., object] = getattr(Recorder(), name)
    for body in (*real_spec().options_at("body"), *real_spec().options_at("upload")):
        with pytest.raises(ConfigError, match=f"^unknown option '{body}'") as raised:
            method(*start(real_spec().calls.calls[name]), **{body: b""})
        assert raised.value.allowed.startswith("params, ")


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_pythons_own_argument_errors_stay_what_they_are(name: str, call: Call) -> None:
    method: Callable[..., object] = getattr(Recorder(), name)
    with pytest.raises(TypeError, match="missing"):
        method()
    with pytest.raises(TypeError, match="positional"):
        method(*start(call), {"q": "1"})


def test_a_type_error_from_inside_a_call_comes_out_as_it_is() -> None:
    class Broken(Recorder):
        def _build(self, *given: Any) -> Any:
            raise TypeError("from inside")

    with pytest.raises(TypeError, match="from inside"):
        Broken().build_request("GET", "/", timeout=1)


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_signature_name_and_docstring_are_those_of_the_verb(name: str, call: Call) -> None:
    method = getattr(Calls, name)
    names = list(inspect.signature(method).parameters)
    leading = [] if call.method or WAYS[call.via].into else ["method"]
    path = ["path"] if WAYS[call.via].path else [*result_of(call)]
    assert names == ["self", *leading, "url", *path, *call_options(real_spec(), call)]
    assert method.__name__ == name
    document = " ".join(method.__doc__.split())
    assert document.startswith(call.doc)
    assert all(f"{option}: " in document for option in names[1:])
    assert call.example.split()[0] in document


def overloads_of(name: str) -> list[Mapping[str, inspect.Parameter]]:
    each = get_overloads(getattr(Calls, name).__wrapped__)
    return [inspect.signature(one).parameters for one in each]


def required(overload: Mapping[str, inspect.Parameter]) -> set[str]:
    """The bodies without which an overload doesn't fit."""
    bodies = real_spec().options_at("body")
    given = [overload[name] for name in bodies if name in overload]
    return {one.name for one in given if one.default is inspect.Parameter.empty}


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_call_with_a_body_has_one_overload_for_each_body(name: str, call: Call) -> None:
    _, *rest = real_spec().options_at("body")
    wanted = [set[str](), *({body} for body in rest)] if call.body == "optional" else []
    assert [required(one) for one in overloads_of(name)] == wanted


@pytest.mark.parametrize("name", [name for name, call in CALLS if call.body == "optional"])
def test_two_bodies_are_in_one_overload_which_refuses_one_unless_they_join(name: str) -> None:
    bodies = real_spec().options_at("body")
    for pair in combinations(bodies, 2):
        fitting = [
            one for one in overloads_of(name) if {*pair} <= {*one} and required(one) <= {*pair}
        ]
        assert len(fitting) == 1, pair
        refused = "Inherit | None" in {fitting[0][body].annotation for body in pair}
        assert refused != (pair[0] in bodies[pair[1]].beside), pair


# -- the client's options ---
