"""Validates the decoded headers and trailers of an HTTP/2 response (RFC 9113 8.2, 8.3).

Values may contain the same characters as those of HTTP/1.1, so that no header is valid in one
version only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.headers import CONNECTION_SPECIFIC
from hyperhttp._message.headers.response_head import ResponseHead

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DecodedHead", "Field", "MalformedFields", "read_head", "read_trailers"]

Field: TypeAlias = tuple[bytes, bytes]
"""Name and value of one header, as HPACK decodes them."""

# RFC 9113 8.2.2; TE is allowed, but only as "trailers".
_LOOKED_AT: Final = CONNECTION_SPECIFIC | {b"te"}

_STATUS: Final = re.compile(rb"[1-9][0-9]{2}")
_LENGTH: Final = re.compile(rb"[0-9]{1,18}")
# RFC 9110 5.6.2 without the upper case that RFC 9113 8.2.1 forbids.
_NAME: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9a-z]+")
_UPPER: Final = re.compile(rb"[A-Z]")
# RFC 9113 8.2.1. Other control bytes are kept (RFC 9110 5.5), because some servers send them in
# cookies.
_FORBIDDEN: Final = re.compile(rb"[\x00\n\r]")
# All names, and all values, are checked at once, joined by line feeds. None may contain one, so
# their number shows that each part is one name or value.
_NAMES: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9a-z]++(?:\n[!#$%&'*+\-.^_`|~0-9a-z]++)*+")
_VALUE: Final = rb"(?![ \t])[^\x00\n\r]*+(?<![ \t])"
_VALUES: Final = re.compile(rb"%b(?:\n%b)*+" % (_VALUE, _VALUE))


@final
class MalformedFields(Exception):
    """Invalid headers, which end their stream but not the connection (RFC 9113 8.1.1)."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail: Final = detail


@final
class DecodedHead:
    """Validated response headers, and their Content-Length.

    One object may serve any number of equal responses: it doesn't change.
    """

    __slots__ = ("content_length", "head")

    def __init__(self, head: ResponseHead, content_length: int | None) -> None:
        self.head: Final = head
        self.content_length: Final = content_length


def read_head(fields: Sequence[Field]) -> DecodedHead:
    """Validate response headers, informational ones included; raise MalformedFields."""
    if not fields or fields[0][0] != b":status":
        raise MalformedFields(_pseudo_fault(fields))
    status, regular = fields[0][1], fields[1:]
    if _STATUS.fullmatch(status) is None:
        raise MalformedFields(f"the status {_shown(status)} is not three digits from 100 to 999")
    if status == b"101":
        # RFC 9113 8.6: HTTP/2 has no Upgrade.
        raise MalformedFields("status 101, which HTTP/2 does not have")
    if not _is_ordinary(regular):
        _check_head(fields)
    block = b"".join([b"%b: %b\r\n" % field for field in regular])
    return DecodedHead(ResponseHead(int(status), "", "HTTP/2", block), _content_length(regular))


def read_trailers(fields: Sequence[Field]) -> Sequence[Field]:
    """Validate trailers and return them; raise MalformedFields."""
    for name, _ in fields:
        if name.startswith(b":"):
            raise MalformedFields(f"the pseudo-field {_shown(name)} in trailers")
        if name == b"content-length":
            # RFC 9110 6.5.1: framing isn't allowed in trailers.
            raise MalformedFields("Content-Length in trailers")
    if not _is_ordinary(fields):
        _check_regular(fields)
    return fields


def _is_ordinary(fields: Sequence[Field]) -> bool:
    """Return whether all headers are plainly valid; others are checked one by one."""
    if not fields:
        return True
    names, values = zip(*fields, strict=True)
    joints = len(fields) - 1
    all_names, all_values = b"\n".join(names), b"\n".join(values)
    return (
        all_names.count(b"\n") == joints
        and all_values.count(b"\n") == joints
        and _NAMES.fullmatch(all_names) is not None
        and _VALUES.fullmatch(all_values) is not None
        and _LOOKED_AT.isdisjoint(names)
    )


def _check_head(fields: Sequence[Field]) -> None:
    if any(name.startswith(b":") for name, _ in fields[1:]):
        raise MalformedFields(_pseudo_fault(fields))
    _check_regular(fields[1:])


def _check_regular(fields: Sequence[Field]) -> None:
    for name, value in fields:
        fault = _name_fault(name) or _value_fault(name, value)
        if fault is not None:
            raise MalformedFields(fault)


def _pseudo_fault(fields: Sequence[Field]) -> str:
    """Return what is wrong with pseudo-headers that aren't one :status, first."""
    names = [name for name, _ in fields if name.startswith(b":")]
    foreign = [name for name in names if name != b":status"]
    if foreign:
        return f"the pseudo-field {_shown(foreign[0])} in a response"
    if not names:
        return "response headers without :status"
    return ":status comes twice" if len(names) > 1 else ":status comes after regular fields"


def _name_fault(name: bytes) -> str | None:
    if not name:
        return "a field without a name"
    if _UPPER.search(name):
        return f"upper case in the field name {_shown(name)}"
    if _NAME.fullmatch(name) is None:
        return f"the field name {_shown(name)} is not a token"
    if name in CONNECTION_SPECIFIC:
        return f"the field {_shown(name)}, which HTTP/2 does not have"
    return None


def _value_fault(name: bytes, value: bytes) -> str | None:
    if _FORBIDDEN.search(value):
        return f"CR, LF or NUL in the field {_shown(name)}"
    if value.strip(b" \t") != value:
        return f"white space around the value of the field {_shown(name)}"
    if name == b"te" and value.lower() != b"trailers":
        return "the field 'te' with another value than trailers"
    return None


def _content_length(fields: Sequence[Field]) -> int | None:
    """Return the value of Content-Length; several equal ones count as one (RFC 9110 8.6)."""
    values = [value for name, value in fields if name == b"content-length"]
    if not values:
        return None
    lengths: set[int] = set()
    for value in values:
        if _LENGTH.fullmatch(value) is None:
            raise MalformedFields(f"Content-Length {_shown(value)} is not a number of bytes")
        lengths.add(int(value))
    if len(lengths) > 1:
        raise MalformedFields("Content-Length comes twice, with different values")
    return lengths.pop()


def _shown(text: bytes) -> str:
    return ascii(text[:80].decode("latin-1"))
