"""Headers of requests and responses.

Headers from callers are validated once, when they are set. Headers from the wire were validated by
the codec, and stay bytes until they are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias, TypeVar, cast, overload

from hyperhttp._base._generated.errors import ConfigError, LocalProtocolError
from hyperhttp._base.input_pairs import pairs_of, shown
from hyperhttp._base.other_names import HeadersNames
from hyperhttp._base.sensitive import is_sensitive_header, mask_parameters
from hyperhttp._message.headers.grammar import CONTROL, TOKEN_ONLY

__all__ = [
    "MASK",
    "Headers",
    "HeadersInput",
    "RequestHeadersInput",
    "encoded_headers",
    "headers_from_wire",
    "merged_headers",
    "raw_text",
]

HeadersInput: TypeAlias = Mapping[str, str] | Sequence[tuple[str, str]]
"""Headers by name, or as pairs, in which names may repeat. `Headers` is a mapping too."""

RequestHeadersInput: TypeAlias = Mapping[str, str | None] | Sequence[tuple[str, str | None]]
"""The type of `headers=`: as `HeadersInput`; None leaves out a default header of that name."""


T = TypeVar("T")

MASK: Final = "[secure]"
"""The replacement of a secret."""

_BEYOND_LATIN_1: Final = re.compile(r"[^\x00-\xff]")


@lru_cache(maxsize=1024)
def _checked_name(name: str) -> str:
    """Return a valid header name in lower case."""
    if TOKEN_ONLY.fullmatch(name) is None:
        shown = ascii(name[:80])
        raise LocalProtocolError(detail=f"header field name {shown} is not a token", field=shown)
    return name.lower()


def _wire_name(name: bytes) -> tuple[str, str]:
    """Return a name from the wire, in lower case and as received."""
    text = name.decode("latin-1")
    return text.lower(), text


_cached_wire_name: Final = lru_cache(maxsize=1024)(_wire_name)
# Longer names are rare; keeping them out of the cache bounds what a server can make it hold.
_CACHED_NAME_CHARS: Final = 64


def _checked_value(name: str, value: str) -> str:
    """Return the value without surrounding white space. Raises LocalProtocolError."""
    if value.isascii() and value.isprintable():
        return value.strip()
    # The value itself is never repeated in the error: it may be a secret.
    if bad := CONTROL.search(value) or _BEYOND_LATIN_1.search(value):
        detail = (
            f"the value of header field {name!r} has {bad.group()!a} at position {bad.start()}; "
            "it may hold visible characters of Latin-1, spaces and tabs"
        )
        raise LocalProtocolError(detail=detail, field=name)
    return value.strip(" \t")


def _field(name: object, value: object) -> tuple[str, str, str]:
    """Return a header as it is stored: lower-case name, name as given, value."""
    if not isinstance(name, str):
        raise ConfigError(
            option="headers", given=f"a name that is {shown(name)}", allowed="names that are str"
        )
    if not isinstance(value, str):
        given = f"{name[:80]!r}: {shown(value)}"
        raise ConfigError(option="headers", given=given, allowed="values that are str")
    # An Enum that is also a str is sent as its value, regardless of its __str__.
    return _checked_name(name), str.__str__(name), _checked_value(name, value)


def _fields(given: object) -> list[tuple[str, str, str]]:
    fields: list[tuple[str, str, str]] = []
    for name, value in pairs_of(given, option="headers"):
        # The ordinary field is checked here, without a call.
        if type(name) is str and type(value) is str and value.isascii() and value.isprintable():
            fields.append((_checked_name(name), name, value.strip()))
        else:
            fields.append(_field(name, value))
    return fields


class Headers(HeadersNames, MutableMapping[str, str]):
    """The headers of a request or a response.

    A mapping with case-insensitive keys that keeps the order of the headers. A name can occur
    several times: `headers[name]` joins its values with ", ", and `get_list` returns them
    separately. Iteration returns names in lower case, as in HTTP/2. `raw` contains the original
    names.

        headers = Headers({"Accept": "text/plain"})
        headers["accept"]  # "text/plain"
        headers.get("x-missing")  # None

    Raises `ConfigError` for names or values that aren't `str`. Raises `LocalProtocolError` for a
    name that isn't a token, and for a value with line breaks, other controls or non-Latin-1
    characters.
    """

    __slots__ = ("_block", "_index", "_kept", "_wire")

    # Fields as (lower-case name, name as given, value); None while only the wire form is there.
    _kept: list[tuple[str, str, str]] | None
    # The raw headers; None once they were decoded and could have been changed.
    _wire: Sequence[tuple[bytes, bytes]] | None
    # Lower-case name to joined value, made at the first look-up, dropped at each change.
    _index: dict[str, str] | None
    # What `_encode` returned, until the next change.
    _block: bytes | None

    def __init__(self, headers: HeadersInput | None = None) -> None:
        self._wire = None
        self._index = None
        self._block = None
        if headers is None:
            self._kept = []
        elif isinstance(headers, Headers):
            self._kept = headers._list().copy()
        else:
            self._kept = _fields(headers)

    @classmethod
    def _from_wire(cls, raw: Sequence[tuple[bytes, bytes]]) -> Headers:
        """Create headers that a codec has validated; they are decoded (as Latin-1) when used."""
        self = cls.__new__(cls)
        self._kept = None
        self._wire = raw
        self._index = None
        self._block = None
        return self

    @property
    def raw(self) -> list[tuple[bytes, bytes]]:
        """Names and values as bytes, names as they were given."""
        if self._wire is not None:
            return list(self._wire)
        return [(name.encode("ascii"), value.encode("latin-1")) for _, name, value in self._list()]

    def get_list(self, name: str) -> list[str]:
        """Return all values of a name, in order; empty if there is none."""
        lower = name.lower()
        return [value for key, _, value in self._list() if key == lower]

    def multi_items(self) -> list[tuple[str, str]]:
        """Return all headers in order, with names in lower case and repeated names."""
        return [(key, value) for key, _, value in self._list()]

    def _raw_text(self) -> list[tuple[str, str]]:
        """Return all headers in order, with names as they were given."""
        return [(name, value) for _, name, value in self._list()]

    def add(self, name: str, value: str) -> None:
        """Append a header; headers of the same name stay."""
        self._changing().append(_field(name, value))

    def copy(self) -> Headers:
        """Return a copy."""
        copied = Headers(self)
        # Both are replaced, not changed, when a header changes.
        copied._index, copied._block = self._index, self._block
        return copied

    def _merged(self, other: Headers) -> Headers:
        """Return a copy in which names in `other` replace all headers of that name."""
        above = other._list()
        merged = Headers()
        if above:
            names = {key for key, _, _ in above}
            merged._kept = [field for field in self._list() if field[0] not in names] + above
        else:
            merged._kept = self._list().copy()
        return merged

    def _encode(self) -> bytes:
        """Return the headers in HTTP/1.1 form, each line ended by CRLF.

        The same object comes back until a field changes.
        """
        block = self._block
        if block is None:
            lines = [f"{name}: {value}\r\n" for _, name, value in self._list()]
            block = self._block = "".join(lines).encode("latin-1")
        return block

    def __getitem__(self, name: str) -> str:
        return (self._index or self._indexed())[name.lower()]

    @overload
    def get(self, key: str, default: None = None, /) -> str | None: ...
    @overload
    def get(self, key: str, default: str, /) -> str: ...
    @overload
    def get(self, key: str, default: T, /) -> str | T: ...
    def get(self, key: str, default: object = None, /) -> object:
        """Return the value of a name, several joined with ", "; `default` if there is none."""
        return (self._index or self._indexed()).get(key.lower(), default)

    def __setitem__(self, name: str, value: str) -> None:
        field = _field(name, value)
        kept = self._changing()
        places = [at for at, (key, _, _) in enumerate(kept) if key == field[0]]
        if not places:
            kept.append(field)
            return
        kept[places[0]] = field
        for at in reversed(places[1:]):
            del kept[at]

    def __delitem__(self, name: str) -> None:
        lower = name.lower()
        left = [field for field in self._list() if field[0] != lower]
        if len(left) == len(self._list()):
            raise KeyError(name)
        self._changing()[:] = left

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in (self._index or self._indexed())

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._indexed()))

    def __len__(self) -> int:
        return len(self._indexed())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Headers):
            return self._grouped() == other._grouped()
        if isinstance(other, Mapping):
            try:
                return self == Headers(cast("Mapping[str, str]", other))
            except (ConfigError, LocalProtocolError):
                return False
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # mutable; typeshed types object.__hash__ as a method

    def __repr__(self) -> str:
        shown = [
            (key, MASK if is_sensitive_header(key) else mask_parameters(value))
            for key, _, value in self._list()
        ]
        return f"Headers({shown})"

    def _list(self) -> list[tuple[str, str, str]]:
        kept = self._kept
        if kept is None:
            kept = self._kept = _decoded(self._wire or ())
        return kept

    def _changing(self) -> list[tuple[str, str, str]]:
        kept = self._list()
        self._wire = None
        self._index = None
        self._block = None
        return kept

    def _indexed(self) -> dict[str, str]:
        index = self._index
        if index is None:
            index = {}
            for key, _, value in self._list():
                index[key] = f"{index[key]}, {value}" if key in index else value
            self._index = index
        return index

    def _grouped(self) -> dict[str, list[str]]:
        # RFC 9110 5.3: order matters among fields of one name only.
        grouped: dict[str, list[str]] = {}
        for key, _, value in self._list():
            grouped.setdefault(key, []).append(value)
        return grouped


# Inside the package only: a caller of the client has no use for them.
headers_from_wire: Final = Headers._from_wire  # pyright: ignore[reportPrivateUsage]
raw_text: Final = Headers._raw_text  # pyright: ignore[reportPrivateUsage]
merged_headers: Final = Headers._merged  # pyright: ignore[reportPrivateUsage]
encoded_headers: Final = Headers._encode  # pyright: ignore[reportPrivateUsage]


def _decoded(wire: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str, str]]:
    fields: list[tuple[str, str, str]] = []
    for raw_name, raw_value in wire:
        short = len(raw_name) <= _CACHED_NAME_CHARS
        key, name = _cached_wire_name(raw_name) if short else _wire_name(raw_name)
        fields.append((key, name, raw_value.decode("latin-1")))
    return fields
