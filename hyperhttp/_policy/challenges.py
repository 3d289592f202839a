"""Authentication challenges (RFC 9110 11.6.1): parses WWW-Authenticate and Proxy-Authenticate.

Never fails: malformed challenges are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.bounds import CHALLENGES_MAX
from hyperhttp._message.headers.grammar import QUOTED_STRING, TOKEN, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Challenge", "parse_auth_params", "parse_challenges"]


# RFC 9110 11.2. A value without quotes may hold more than a token: "nonce=ab/c==" occurs.
_PARAM: Final = re.compile(
    rf'({TOKEN})[ \t]*+=[ \t]*+({QUOTED_STRING}|[^\x00-\x20",\x7f]++)[ \t]*+(?=,|\Z)'
)
_SCHEME: Final = re.compile(rf"({TOKEN})(?=[ \t,]|\Z)")
# A parameter name also matches, but is followed by its value.
_TOKEN68: Final = re.compile(r"[ \t]++([A-Za-z0-9\-._~+/]+=*)[ \t]*+(?=,|\Z)")
_SEPARATORS: Final = re.compile(r"[ \t,]*+")


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge: a scheme with parameters, with a `token68`, or alone.

    Scheme and names of parameters are in lower case; values are without quotes.
    """

    scheme: str
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    token68: str | None = None


def parse_challenges(values: Iterable[str]) -> list[Challenge]:
    """Return the challenges of all headers of one name, in order, without malformed ones.

    parse_challenges(['Basic realm="a", Negotiate dG9rZW4='])
    # [Challenge("basic", {"realm": "a"}), Challenge("negotiate", {}, "dG9rZW4=")]
    """
    found: list[Challenge] = []
    for value in values:
        if len(found) < CHALLENGES_MAX:
            found += _challenges_of(value)
    return found[:CHALLENGES_MAX]


def parse_auth_params(value: str) -> dict[str, str]:
    """Return the parameters of Authentication-Info (RFC 9110 11.6.3); empty if malformed."""
    found: dict[str, str] = {}
    at = _after_separators(value, 0)
    while at < len(value):
        param = _PARAM.match(value, at)
        if param is None or not _take(param, found):
            return {}
        at = _after_separators(value, param.end())
    return found


def _challenges_of(text: str) -> list[Challenge]:
    """Return the challenges of one header, without those with two values of a name.

    RFC 9110 11.2 allows a name once; equal values of it have one meaning all the same.
    """
    found: list[Challenge] = []
    params: dict[str, str] | None = None  # of the last challenge; None if it is malformed
    end = 0
    while (at := _after_separators(text, end)) < len(text) and len(found) <= CHALLENGES_MAX:
        is_first = not end or "," in text[end:at]  # only then a challenge may begin
        if param := _PARAM.match(text, at):
            end = param.end()
            is_whole = params is None or (found[-1].token68 is None and _take(param, params))
        elif is_first and (scheme := _SCHEME.match(text, at)):
            params, token68, end = {}, None, scheme.end()
            if match := _TOKEN68.match(text, end):
                token68, end = match[1], match.end()
            found.append(Challenge(scheme[1].lower(), params, token68))
            is_whole = True
        else:
            end = _end_of_damage(text, at)
            is_whole = params is None
        if not is_whole:
            del found[-1]
            params = None
    return found


def _end_of_damage(text: str, at: int) -> int:
    """Return where parsing resumes: past the next comma, unless it may be inside quotes."""
    comma = text.find(",", at)
    return len(text) if comma < 0 or '"' in text[at:comma] else comma


def _take(param: re.Match[str], params: dict[str, str]) -> bool:
    """Add a parameter; return False if the name has another value already."""
    value = unquoted(param[2])
    return params.setdefault(param[1].lower(), value) == value


def _after_separators(text: str, at: int) -> int:
    match = _SEPARATORS.match(text, at)
    return at if match is None else match.end()
