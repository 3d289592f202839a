from __future__ import annotations

import ast

import pytest

from codegen.compatibility.definitions import Definition, Stubs
from codegen.compatibility.manifest import Manifest, read_checkout
from codegen.diagnostics import SpecError
from tests.codegen.compatibility.surfaces import PROJECT
from tests.codegen.specs import ROOT


def definition(stub: str, name: str = "A") -> Definition:
    return Stubs({"hyperhttp/__init__.pyi": stub}).types[name]


def texts(definition: Definition, member: str) -> list[str]:
    return [ast.unparse(statement) for statement in definition.members[member]]


@pytest.fixture(scope="module")
def whole() -> Manifest:
    return read_checkout(ROOT, PROJECT)


def test_every_public_name_is_there_with_its_module(whole: Manifest) -> None:
    names = whole.modules["hyperhttp"]
    assert {"Client", "ReadTimeout", "Timeout", "UNSET", "__version__"} <= set(names)
    assert set(whole.types) == {name for module in whole.modules.values() for name in module}
    assert set(whole.modules["hyperhttp.exceptions"]) <= set(names)


def test_a_method_has_its_whole_signature_and_each_overload(whole: Manifest) -> None:
    client = whole.types["Client"]
    assert "timeout: TimeoutInput | Unset=INHERIT" in texts(client, "get")[0]
    assert len(texts(client, "post")) > 3
    assert all("async def post(self, " in text for text in texts(client, "post"))


def test_classes_that_are_not_public_are_folded_into_those_that_are(whole: Manifest) -> None:
    client = whole.types["Client"]
    assert client.bases == ()
    assert {"get", "__init__", "stats", "aclose"} <= set(client.members)
    assert "Calls" not in whole.types


def test_an_error_has_its_bases_its_facts_and_whether_to_retry(whole: Manifest) -> None:
    error = whole.types["ReadTimeout"]
    assert error.bases == ("TimeoutException", "ReadError")
    assert texts(error, "retryable") == ["retryable: Retryable = 'if_idempotent'"]
    assert "timeout_s: float" in texts(error, "__init__")[0]


def test_aliases_have_a_meaning_whether_they_are_public_or_not(whole: Manifest) -> None:
    for name, part in (
        ("PrimitiveInput", "str"),
        ("FileInput", "MultipartFile"),
        ("JSONInput", "Mapping[str, JSONInput]"),
    ):
        meaning = whole.meaning(name)
        assert meaning is not None
        assert part in ast.unparse(meaning)
    assert whole.types["URLInput"].kind == "alias"
    assert "PrimitiveInput" not in whole.types
    assert whole.meaning("Client") is None


def test_what_only_the_package_can_call_is_no_promise(whole: Manifest) -> None:
    assert "__init__" not in whole.types["Response"].members
    assert "__init__" in whole.types["Request"].members


def test_a_dataclass_has_the_constructor_that_its_fields_make() -> None:
    fields = "x: int\n    y: str = ''\n    z: ClassVar[int] = 1\n    _w: int"
    found = definition(f"@dataclass(frozen=True)\nclass A:\n    {fields}")
    assert (found.kind, found.frozen) == ("dataclass", True)
    (made,) = texts(found, "__init__")
    assert made.startswith("def __init__(self, x: int, y: str=''):")


def test_the_members_of_an_enum_are_kept() -> None:
    found = definition("class A(Enum):\n    ON = 'on'")
    assert (found.bases, texts(found, "ON")) == (("Enum",), ["ON = 'on'"])


@pytest.mark.parametrize(
    ("stub", "kind"),
    [
        ("class A(Protocol): ...", "protocol"),
        ("class A(TypedDict): ...", "keys"),
        ("class _B(BaseModel): ...\nclass A(_B): ...", "model"),
        ("class A(Sequence[int]): ...", "class"),
        ("def A() -> None: ...", "function"),
        ("A: TypeAlias = int", "alias"),
        ("A = TypeAliasType('A', int)", "alias"),
        ("A: int", "value"),
    ],
)
def test_a_name_has_a_kind(stub: str, kind: str) -> None:
    found = definition(stub)
    assert (found.kind, found.is_class) == (kind, kind in {"protocol", "keys", "model", "class"})


def test_bases_of_a_private_class_are_those_of_the_public_one() -> None:
    stub = "class B: ...\nclass _P(B, Generic[T], OSError): ...\nclass A(_P[int], B): ..."
    assert definition(stub).bases == ("B", "OSError")


def test_a_name_that_is_two_things_is_a_mistake() -> None:
    twice = {"hyperhttp/__init__.pyi": "class A: ...", "hyperhttp/config.pyi": "class A: ..."}
    with pytest.raises(SpecError, match='"A" is public twice'):
        _ = Stubs(twice).types


def test_two_aliases_of_one_name_are_a_mistake() -> None:
    alias = "T: TypeAlias = {}"
    twice = {"hyperhttp/a.pyi": alias.format("int"), "hyperhttp/b.pyi": alias.format("str")}
    with pytest.raises(SpecError, match='two aliases are called "T"'):
        _ = Stubs(twice).aliases
