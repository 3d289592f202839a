from __future__ import annotations

import pytest

from codegen.compatibility.annotations import Fit, parsed
from tests.codegen.compatibility.surfaces import surface

NAMES = surface(
    """
from typing import TypeAlias
class Base: ...
class Middle(Base): ...
class Leaf(Middle): ...
class Broken(ValueError): ...
Number: TypeAlias = int | float
Text: TypeAlias = "str | Number"
JSON: TypeAlias = Mapping[str, "JSON"] | Sequence["JSON"] | str | None
"""
)
FITS = [
    ("int", "int"),
    ("int", "int | str"),
    ("str | int", "int | str | None"),
    ("int", "float"),
    ("bool", "int"),
    ("int", "object"),
    ("Any", "int"),
    ("Leaf", "Base"),
    ("Broken", "ValueError"),
    ("int", "Text"),
    ("Text", "str | float"),
    ("Literal['a']", "Literal['a', 'b']"),
    ("Literal['a', 'b']", "Literal['b'] | Literal['a']"),
    ("Literal['a']", "str"),
    ("Literal[1]", "int"),
    ("list[int]", "Sequence[float]"),
    ("tuple[int, ...]", "Iterable[int]"),
    ("dict[str, int]", "Mapping[str, int]"),
    ("AsyncGenerator[bytes, None]", "AsyncIterator[bytes]"),
    ("list[int]", "list[int]"),
    ("Callable[[Base], int]", "Callable[[Leaf], float]"),
    ("Callable[..., int]", "Callable[[str], int]"),
    ("'int'", "int"),
    ("ClassVar[int]", "int"),
    ("Annotated[int, Field(ge=1)]", "int"),
    ("JSON", "JSON"),
    ("Sequence[JSON]", "JSON"),
    ("str", "JSON"),
]
FITS_NOT = [
    ("int | str", "int"),
    ("float", "int"),
    ("int | None", "int"),
    ("object", "int"),
    ("Base", "Leaf"),
    ("Unknown", "Base"),
    ("Literal['a', 'c']", "Literal['a', 'b']"),
    ("str", "Literal['a']"),
    ("Literal['a']", "int"),
    ("Sequence[int]", "list[int]"),
    ("list[int]", "list[float]"),
    ("dict[str, int]", "dict[str, float]"),
    ("tuple[int, ...]", "Sequence[str]"),
    ("tuple[int, str]", "tuple[int]"),
    ("Callable[[Leaf], int]", "Callable[[Base], int]"),
    ("Callable[[int], int]", "Callable[[], int]"),
    ("Callable[[int], object]", "Callable[[int], int]"),
    ("Callable[[int], int]", "Callable[..., int]"),
    ("Sequence[bytes]", "JSON"),
    ("Mapping[str, Mapping[str, bytes]]", "JSON"),
    ("int", "Sequence[int]"),
    ("Sequence[int]", "int"),
]


@pytest.mark.parametrize(("given", "wanted"), FITS)
def test_a_lesser_type_fits(given: str, wanted: str) -> None:
    assert Fit(NAMES, NAMES).fits(parsed(given), parsed(wanted))


@pytest.mark.parametrize(("given", "wanted"), FITS_NOT)
def test_a_greater_or_another_type_does_not(given: str, wanted: str) -> None:
    assert not Fit(NAMES, NAMES).fits(parsed(given), parsed(wanted))


@pytest.mark.parametrize("annotation", sorted({a for pair in FITS + FITS_NOT for a in pair}))
def test_each_type_fits_itself(annotation: str) -> None:
    assert Fit(NAMES, NAMES).fits(parsed(annotation), parsed(annotation))


def test_without_an_annotation_anything_fits() -> None:
    assert Fit(NAMES, NAMES).fits(None, parsed("int"))
    assert Fit(NAMES, NAMES).fits(parsed("int"), None)


def test_an_alias_is_read_with_the_manifest_that_it_comes_from() -> None:
    narrow = surface("from typing import TypeAlias\nText: TypeAlias = str")
    wide, text = NAMES, parsed("Mapping[str, Text]")
    assert Fit(narrow, wide).fits(text, text)
    assert not Fit(wide, narrow).fits(text, text)
    assert Fit(wide, narrow).turned.fits(text, text)
