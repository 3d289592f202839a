"""Names whose values are secrets: headers, and parameters of queries, forms and JSON.

One set for all that is shown or stored: errors, `repr`, `to_curl`, `explain`, redirects, cassettes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from hyperhttp._base._generated.headers import (
    SENSITIVE,
    SENSITIVE_MEMBERS,
    SENSITIVE_PARAMETERS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "ADDED_HEADERS",
    "PARAMETER_MASK",
    "add_sensitive_names",
    "is_sensitive_header",
    "is_sensitive_member",
    "is_sensitive_parameter",
    "mask_parameters",
    "sensitive_headers",
]

PARAMETER_MASK: Final = "***"
_PARAMETER: Final = re.compile(r"(?<=[?&;#])([^?&;#=\s'\"<>]{1,200})=([^?&;#\s'\"<>]*)")
_added: set[str] = set()
ADDED_HEADERS: Final[set[bytes]] = set()
"""The names of headers that users added, in lower case, for code that reads bytes."""


def add_sensitive_names(names: Iterable[str]) -> None:
    """Add names of headers and parameters, for the whole process."""
    for name in names:
        _added.add(name.lower())
        if name.isascii():
            ADDED_HEADERS.add(name.lower().encode())


def is_sensitive_header(name: str) -> bool:
    """Return whether the values of a header, named in lower case, are secrets."""
    return name in SENSITIVE or name in _added


def sensitive_headers() -> Iterable[str]:
    """Return the names of all sensitive headers, in lower case."""
    return SENSITIVE | _added if _added else SENSITIVE


def is_sensitive_parameter(name: str) -> bool:
    """Return whether the values of a parameter, as it is written, are secrets."""
    # Names of nested parameters end with brackets: "user[password]".
    name = name.lower()
    inner = name.rstrip("]").rpartition("[")[2]
    return any(
        each in SENSITIVE_PARAMETERS or each in _added for each in (name, inner, name.strip("[]"))
    )


def is_sensitive_member(name: str) -> bool:
    """Return whether the values of a member of JSON are secrets."""
    name = name.lower()
    return name in SENSITIVE_MEMBERS or name in _added


def mask_parameters(
    text: str, mask: str = PARAMETER_MASK, is_secret: Callable[[str], bool] = is_sensitive_parameter
) -> str:
    """Return a URL, or a text with URLs, with the values of sensitive parameters replaced.

    mask_parameters("https://example.com/?q=1&sig=abc")    # "https://example.com/?q=1&sig=***"
    """
    if "=" not in text:
        return text

    def masked(match: re.Match[str]) -> str:
        name, value = match.groups()
        return f"{name}={mask}" if value and is_secret(unquote_plus(name)) else match[0]

    return _PARAMETER.sub(masked, text)
