"""The fields of Request and Response, and the vectors of the spec on the hand-written parsers."""

from __future__ import annotations

import ast
import dataclasses
import pickle
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest

from codegen.emit.response import field_doc
from codegen.tables import MessageField, Vector
from hyperhttp import URL, Links, Response
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.headers.values import parse_retry_after
from hyperhttp._message.request._generated.fields import RequestFields
from hyperhttp._message.request.request import Request
from hyperhttp._message.response._generated.fields import ResponseFields
from hyperhttp._message.response.source import NoSource
from hyperhttp.config import Limits
from tests.codegen.specs import ROOT, real_spec

FIELDS = real_spec().response["Response"].fields
PARSED = {name: field for name, field in FIELDS.items() if field.kind == "parsed"}
VECTORS = [
    pytest.param(name, field, vector, id=f"{name}-{vector.given}-{vector.now}")
    for name, field in PARSED.items()
    for vector in field.vectors
]
CLASSES = {"Request": RequestFields, "Response": ResponseFields}


def response(status: int = 200, block: bytes = b"") -> Response:
    head = ResponseHead(status, "", "HTTP/1.1", block)
    request = Request("GET", "https://example.com/")
    return Response(
        head, request, NoSource(), elapsed=0.5, limits=Limits(), default_encoding="utf-8"
    )


def plain(value: object) -> object:
    """A value as a vector writes it: of an object, only what is not at its default."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Links):
        return plain(value.all)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        given = {each.name: (getattr(value, each.name), each) for each in dataclasses.fields(value)}
        return {name: plain(item) for name, (item, each) in given.items() if item != unsaid(each)}
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if value is None:
        return "none"
    return str(value) if isinstance(value, URL) else value


def unsaid(each: dataclasses.Field[object]) -> object:
    """The default of a field, or what no field ever holds."""
    made = each.default_factory
    return made() if callable(made) else each.default


@pytest.mark.parametrize(("name", "field", "vector"), VECTORS)
def test_a_header_is_parsed_as_its_vector_says(
    name: str, field: MessageField, vector: Vector
) -> None:
    if vector.now:
        found: object = parse_retry_after(vector.given, parsedate_to_datetime(vector.now))
    else:
        block = f"{field.header}: {vector.given}\r\n".encode("latin-1")
        found = getattr(response(block=block), name)
    assert plain(found) == vector.out
    assert type(plain(found)) is type(vector.out)


@pytest.mark.parametrize(("name", "field", "vector"), VECTORS)
def test_a_parsed_value_is_of_the_declared_type_and_can_be_copied(
    name: str, field: MessageField, vector: Vector
) -> None:
    found: object = getattr(
        response(block=f"{field.header}: {vector.given}\r\n".encode("latin-1")), name
    )
    names = {kind.__name__ for kind in type(found).__mro__} | {str(found)}
    assert names & set(re.findall(r"\w+", field.parsed.python))
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert hash(again) == hash(found)


@pytest.mark.parametrize(("name", "field"), PARSED.items(), ids=list(PARSED))
def test_an_absent_header_gives_none_or_nothing(name: str, field: MessageField) -> None:
    value = getattr(response(), name)
    if field.parsed.optional:
        assert value is None
    else:
        assert len(value) == 0


@pytest.mark.parametrize("name", PARSED)
def test_a_parsed_field_is_parsed_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def parse(self: Response) -> str:
        del self
        calls.append(name)
        return "parsed"

    monkeypatch.setattr(Response, f"_parse_{name}", parse)
    made = response()
    assert [getattr(made, name), getattr(made, name)] == ["parsed", "parsed"]
    assert calls == [name]


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name, field in FIELDS.items() if field.status]
)
def test_a_flag_holds_within_its_range_of_statuses_and_not_beside(
    name: str, field: MessageField
) -> None:
    low, high = field.status or (0, 0)
    assert getattr(response(low), name) is True
    assert getattr(response(high), name) is True
    assert getattr(response(low - 1), name) is False
    assert getattr(response(high + 1), name) is False


@pytest.mark.parametrize("owner", real_spec().response)
def test_every_field_is_a_property_that_cannot_be_set_and_has_its_doc(owner: str) -> None:
    for name, field in real_spec().response[owner].fields.items():
        member = vars(CLASSES[owner])[name]
        assert isinstance(member, property)
        assert member.fset is None
        assert " ".join((member.__doc__ or "").split()) == field_doc(field)


def test_what_stands_for_an_absent_header_is_told() -> None:
    assert "None if it is absent or malformed" in field_doc(FIELDS["etag"])
    assert "No links if it is absent or malformed" in field_doc(FIELDS["links"])


@pytest.mark.parametrize("owner", real_spec().response)
def test_every_stored_field_is_set_by_the_class_that_is_written_by_hand(owner: str) -> None:
    module = {"Request": "request/request.py", "Response": "response/streamed.py"}[owner]
    path = ROOT / "hyperhttp/_message" / module
    tree = ast.parse(path.read_text(encoding="utf-8"))
    targets = {
        target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute)
    }
    fields = real_spec().response[owner].fields
    stored = {f"_{name}" for name, field in fields.items() if field.kind == "stored"}
    assert stored
    assert stored - targets == set()


def test_a_class_that_forgets_a_parser_cannot_be_made() -> None:
    assert {f"_parse_{name}" for name in PARSED} <= ResponseFields.__abstractmethods__
    assert not Response.__abstractmethods__
