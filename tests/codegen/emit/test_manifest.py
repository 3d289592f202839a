from __future__ import annotations

import json
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.diagnostics import SpecError
from codegen.emit.manifest import PATH, Json, emit, laid_out
from codegen.output_dirs import Rendering
from tests.codegen.specs import real_spec


class Definition(TypedDict, total=False):
    kind: str
    type: str | list[str]
    final: bool
    frozen: bool
    bases: list[str]
    members: dict[str, str | list[str]]


class Whole(TypedDict):
    modules: dict[str, list[str]]
    types: dict[str, Definition]
    aliases: dict[str, str]
    options: dict[str, dict[str, str]]
    flags: list[str]


def manifest_of(**stubs: str) -> Whole:
    """The manifest of a package with these stubs, by the names of their modules."""
    named = {f"hyperhttp/{name}.pyi": text for name, text in stubs.items()}
    found: Whole = json.loads(emit(real_spec(), named))
    return found


@pytest.fixture(scope="module")
def whole(made: Rendering) -> Whole:
    found: Whole = json.loads(made.files[PATH])
    return found


def test_every_public_name_is_there_with_its_module(whole: Whole) -> None:
    names = whole["modules"]["hyperhttp"]
    assert {"Client", "ReadTimeout", "Timeout", "UNSET", "__version__"} <= set(names)
    assert set(whole["types"]) == {name for module in whole["modules"].values() for name in module}
    assert set(whole["modules"]["hyperhttp.exceptions"]) <= set(names)


def test_a_method_shows_its_whole_signature_and_each_overload(whole: Whole) -> None:
    members = whole["types"]["Client"]["members"]
    assert "timeout: TimeoutInput | Unset=INHERIT" in members["get"]
    assert len(members["post"]) > 3
    assert all(text.startswith("async def post(self, ") for text in members["post"])


def test_classes_that_are_not_public_are_folded_into_those_that_are(whole: Whole) -> None:
    client = whole["types"]["Client"]
    assert "bases" not in client
    assert {"get", "__init__", "stats", "aclose"} <= set(client["members"])
    assert "Calls" not in whole["types"]


def test_an_error_shows_its_bases_its_facts_and_whether_to_retry(whole: Whole) -> None:
    error = whole["types"]["ReadTimeout"]
    assert error["bases"] == ["TimeoutException", "ReadError"]
    assert error["members"]["retryable"] == "retryable: Retryable = 'if_idempotent'"
    assert "timeout_s: float" in error["members"]["__init__"]


def test_an_option_shows_default_bounds_and_environment(whole: Whole) -> None:
    assert whole["options"]["Timeout.connect"] == {
        "default": "30.0",
        "bounds": "> 0",
        "environment": "HYPERHTTP_TIMEOUT_CONNECT",
    }


def test_the_flags_of_the_command_line_are_there(whole: Whole) -> None:
    assert "--timeout-connect" in whole["flags"]
    assert whole["flags"] == sorted(set(whole["flags"]))


def test_aliases_that_are_not_public_are_there_when_a_public_name_mentions_them(
    whole: Whole,
) -> None:
    assert "str" in whole["aliases"]["PrimitiveInput"]
    assert "FileInput" in whole["aliases"]
    assert whole["types"]["URLInput"]["kind"] == "alias"
    assert "Mapping[str, JSONInput]" in whole["types"]["JSONInput"]["type"]
    assert not set(whole["aliases"]) & set(whole["types"])


def test_what_only_the_package_can_call_is_no_promise(whole: Whole) -> None:
    assert "__init__" not in whole["types"]["Response"]["members"]
    assert "__init__" in whole["types"]["Request"]["members"]


def test_a_dataclass_has_the_constructor_that_its_fields_make() -> None:
    stub = (
        "@dataclass(frozen=True)\nclass A:\n    x: int\n    y: str = ''\n    z: ClassVar[int] = 1"
    )
    found = manifest_of(__init__=stub)["types"]["A"]
    assert found["kind"] == "dataclass"
    assert found["frozen"]
    assert found["members"]["__init__"] == "def __init__(self, x: int, y: str='')"


def test_texts_for_people_are_no_promise() -> None:
    found = manifest_of(__init__="class A:\n    hint: ClassVar[str] = 'Do it.'")
    assert found["types"]["A"]["members"]["hint"] == "hint: ClassVar[str]"


def test_the_members_of_an_enum_are_kept() -> None:
    found = manifest_of(__init__="class A(Enum):\n    ON = 'on'")["types"]["A"]
    assert (found["bases"], found["members"]) == (["Enum"], {"ON": "ON = 'on'"})


def test_a_name_that_is_two_things_is_a_mistake() -> None:
    with pytest.raises(SpecError, match='"A" is public twice'):
        manifest_of(__init__="class A: ...", config="class A: ...")


def test_two_aliases_of_one_name_are_a_mistake() -> None:
    top = "from hyperhttp.a import f\nfrom hyperhttp.b import g\n__all__ = ['f', 'g']"
    alias = "T: TypeAlias = {}\ndef {}(x: T) -> None: ..."
    with pytest.raises(SpecError, match='are called "T"'):
        manifest_of(__init__=top, a=alias.format("int", "f"), b=alias.format("str", "g"))


def test_what_a_public_base_says_already_is_not_said_again() -> None:
    stub = (
        "class A:\n    x: int\n    y: int\nclass _P(A): ...\nclass B(_P):\n    x: int\n    y: str"
    )
    found = manifest_of(__init__=f"{stub}\n__all__ = ['A', 'B']")["types"]["B"]
    assert (found["bases"], found["members"]) == (["A"], {"y": "y: str"})


def test_what_two_bases_say_differently_is_said_again() -> None:
    stub = "class A:\n    x: int\nclass B:\n    x: str\nclass C(A, B):\n    x: int"
    assert manifest_of(__init__=stub)["types"]["C"]["members"] == {"x": "x: int"}


def test_short_things_share_lines_and_long_ones_have_their_own() -> None:
    names: Json = [f"name{number}" for number in range(48)]
    texts: Json = {"a": "x " * 60, "b": "y " * 60}
    assert [len(line.split(", ")) for line in laid_out(names).splitlines()[1:-1]] == [25, 23]
    assert len(laid_out(texts).splitlines()) == 4


JSON_VALUES = st.recursive(
    st.text(max_size=60) | st.booleans(),
    lambda inner: st.lists(inner, max_size=12) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=40,
)


@given(JSON_VALUES)
def test_what_is_laid_out_is_read_back(value: Json) -> None:
    assert json.loads(laid_out(value)) == value
