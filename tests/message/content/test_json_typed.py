"""JSON as any type that pydantic knows: what it becomes, and how a misfit is named."""

from __future__ import annotations

import datetime as dt
import gc
import weakref
from dataclasses import dataclass
from typing import Annotated, Generic, Literal, TypeVar, cast

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from typing_extensions import TypedDict

from hyperhttp._base._generated.errors import ConfigError, DecodeError
from hyperhttp._message.content.json_text import decode_json
from hyperhttp._message.content.json_typed import validate_json

T = TypeVar("T")


class User(BaseModel):
    id: int
    name: str = ""
    friends: list[User] = []


class Strict(BaseModel):
    model_config = ConfigDict(strict=True)

    when: dt.datetime
    pair: tuple[int, int]


class Page(BaseModel, Generic[T]):
    items: list[T]


class Row(TypedDict):
    id: int


@dataclass
class Point:
    x: float
    y: float = 0.0


class Aliased(BaseModel):
    user_id: Annotated[int, Field(alias="userId")]


CASES: list[tuple[bytes, object, object]] = [
    (b'{"id": 1, "name": "Ann"}', User, User(id=1, name="Ann")),
    (b"[1, 2]", list[int], [1, 2]),
    (b'{"id": 1}', Row, {"id": 1}),
    (b'[{"id": 1}]', list[Row], [{"id": 1}]),
    (b'{"x": 1}', Point, Point(1.0)),
    (b'{"items": [1]}', Page[int], Page[int](items=[1])),
    (b'{"userId": 3}', Aliased, Aliased.model_validate({"userId": 3})),
    (b'"2020-01-02"', dt.date, dt.date(2020, 1, 2)),
    (b"null", int | None, None),
    (b'"a"', Literal["a", "b"], "a"),
    (b"3", Annotated[int, Field(gt=2)], 3),
    (b'{"a": [null]}', object, {"a": [None]}),
]


@pytest.mark.parametrize(("content", "model", "value"), CASES, ids=repr)
def test_json_becomes_what_was_asked_for(content: bytes, model: object, value: object) -> None:
    for _ in range(2):  # made anew, and from the cache
        got = validate_json(content, cast("type[object]", model))
        assert got == value
        assert type(got) is type(value)


def test_a_strict_model_is_given_json_and_not_python_values() -> None:
    got = validate_json(b'{"when": "2020-01-02T03:04:05Z", "pair": [1, 2]}', Strict)
    assert got.when == dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    assert got.pair == (1, 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-le"])
def test_every_encoding_of_json_is_read(encoding: str) -> None:
    content = '{"id": 1, "name": "Zoë"}'.encode(encoding)
    assert validate_json(content, User) == User(id=1, name="Zoë")


@pytest.mark.parametrize(
    ("content", "model", "says"),
    [
        (
            b'{"id": "x"}',
            User,
            "the JSON doesn't match User: $.id: Input should be a valid integer",
        ),
        (b"{}", User, "the JSON doesn't match User: $.id: Field required"),
        (b"[]", User, "the JSON doesn't match User: $: Input should be"),
        (b'{"id": 1, "friends": [{"id": 2}, {"id": {}}]}', User, "$.friends[1].id: "),
        (b'[1, "x"]', list[int], "the JSON doesn't match list[int]: $[1]: "),
        (b'[{"id": 1}, {}]', list[Row], "$[1].id: Field required"),
        (b'{"odd key": "x"}', dict[str, int], "$['odd key']: "),
        (b'{"\\u001b[2J": "x"}', dict[str, int], "$['\\x1b[2J']: "),
        (b'{"' + b"k" * 99 + b'": "x"}', dict[str, int], f"$['{'k' * 40}']: "),
        (b'{"7": "x"}', dict[int, int], "$['7']: "),
        (b'{"x": 1}', dict[int, int], "$.x: "),
        (b'{"a": [{"id": "x"}]}', dict[str, int | list[Row]], "$.a: Input should be a valid int"),
        (b'{"items": ["x"]}', Page[int], "the JSON doesn't match Page[int]: $.items[0]: "),
        (b'{"userId": "x"}', Aliased, "$.userId: "),
        (b"{}", Aliased, "$.userId: Field required"),
        (b'{"id": "x", "name": 5}', User, "(and 1 more)"),
        (b'{"when": 5, "pair": [1]}', Strict, "the JSON doesn't match Strict: $.when: "),
    ],
)
def test_a_misfit_is_named_by_its_json_path(content: bytes, model: object, says: str) -> None:
    with pytest.raises(DecodeError) as caught:
        validate_json(content, cast("type[object]", model))
    assert says in caught.value.detail
    assert caught.value.detail.isprintable()
    assert isinstance(caught.value.__cause__, ValidationError)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"<html>", b'{"id": 1,}', b"\xff\xfe\xfd", b'"\xff"', b"[" * 100_000, b"1 2"],
)
def test_what_is_no_json_is_told_as_without_a_type(content: bytes) -> None:
    with pytest.raises(DecodeError) as plain:
        decode_json(content)
    with pytest.raises(DecodeError) as typed:
        validate_json(content, User)
    assert typed.value.detail == plain.value.detail


@pytest.mark.parametrize("content", [b'{"id": 1, "name": "\\ud800"}', b"[" * 300 + b"]" * 300])
def test_what_only_pydantic_refuses_is_told_too(content: bytes) -> None:
    decode_json(content)
    with pytest.raises(DecodeError, match=r"the JSON doesn't match User: [$]: Invalid JSON"):
        validate_json(content, User)


class Plain:
    """Not a type that pydantic knows."""


@pytest.mark.parametrize("model", [Plain, 5, {"a": int}, list[Plain], "Undefined", []])
def test_what_is_no_type_for_pydantic_is_a_config_error(model: object) -> None:
    for _ in range(2):  # nothing wrong may stay in a cache
        with pytest.raises(ConfigError, match="a type that pydantic supports") as caught:
            validate_json(b"{}", cast("type[object]", model))
        assert caught.value.option == "model"


def test_a_type_that_is_completed_later_is_known_then() -> None:
    namespace: dict[str, object] = {"BaseModel": BaseModel}
    source = "class Early(BaseModel):\n    later: 'Later'"
    exec(source, namespace)
    early = cast("type[BaseModel]", namespace["Early"])
    with pytest.raises(ConfigError, match="Later"):
        validate_json(b'{"later": 1}', early)
    early.model_rebuild(_types_namespace={"Later": int})
    assert validate_json(b'{"later": 1}', early).model_dump() == {"later": 1}


def test_an_error_of_a_validator_that_is_no_misfit_comes_out_as_it_is() -> None:
    class Broken(BaseModel):
        id: int

        @field_validator("id")
        @classmethod
        def fail(cls, value: int) -> int:
            raise KeyError(value)

    with pytest.raises(KeyError):
        validate_json(b'{"id": 1}', Broken)


def test_the_cache_of_types_is_bounded() -> None:
    def made() -> weakref.ref[type[BaseModel]]:
        class Once(BaseModel):
            id: int

        validate_json(b'{"id": 1}', Once)
        return weakref.ref(Once)

    first = made()
    for number in range(256):
        model: object = Annotated[int, Field(gt=number)]
        validate_json(b"1000", cast("type[int]", model))
    gc.collect()
    assert first() is None


@pytest.mark.parametrize(
    ("content", "model", "path", "excerpt"),
    [
        (b'{"id": "x"}', User, "$.id", '"x"'),
        (b'{"name": "a", "token": 1}', User, "$.id", '{"name": "a", "token": 1}'),
        (b"[]", User, "$", "[]"),
        (b'[1, {"a": null}]', list[int], "$[1]", '{"a": null}'),
        ('["\u00e9\\n\\u001b"]'.encode(), list[int], "$[0]", '"\u00e9\\n\\u001b"'),
    ],
)
def test_a_misfit_has_its_path_and_what_stands_there(
    content: bytes, model: object, path: str, excerpt: str
) -> None:
    with pytest.raises(DecodeError) as caught:
        validate_json(content, cast("type[object]", model))
    error = caught.value
    assert (error.json_path, error.excerpt, error.line) == (path, excerpt, None)


@pytest.mark.parametrize("content", [b'"' + b"x" * 100_000 + b'"', b"[" + b"[1]," * 50_000 + b"1]"])
def test_what_is_shown_of_a_large_value_is_short(content: bytes) -> None:
    with pytest.raises(DecodeError) as caught:
        validate_json(content, int)
    assert 60 <= len(caught.value.excerpt) <= 80
    assert caught.value.excerpt not in str(caught.value)


def test_a_misfit_of_one_of_many_has_its_line() -> None:
    with pytest.raises(DecodeError, match=r"line 7: [$].id: ") as caught:
        validate_json(b'{"id": "x"}', User, line=7)
    assert caught.value.line == 7
    with pytest.raises(DecodeError, match="at line 8 column 1") as caught:
        validate_json(b'{"id":\nx}', User, line=7)
    assert (caught.value.line, caught.value.json_path) == (8, "")


def test_types_that_are_no_classes_are_validated() -> None:
    assert validate_json(b"[1, null]", list[int | None]) == [1, None]
    assert validate_json(b'"b"', Literal["a", "b"]) == "b"
    assert validate_json(b"5", int | User) == 5
    assert validate_json(b"5", Annotated[int, Field(gt=1)]) == 5
    assert validate_json(b"null", User | None) is None
    with pytest.raises(DecodeError):
        validate_json(b"1", Annotated[int, Field(gt=1)])
