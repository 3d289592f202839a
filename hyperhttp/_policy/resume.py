"""Resumed downloads: which range is requested, and what a response means for the file.

Pure: called with the state of the file and the response (RFC 9110 13.1.5, 14, 15.3.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from hyperhttp._message.response.response import Response

# RFC 9110 8.8.2.2: a date is a strong validator only if it was old when it was sent.
_STRONG_DATE_AGE: Final = timedelta(seconds=60)


@final
@dataclass(frozen=True, slots=True)
class Partial:
    """The stored beginning of a file, and its version."""

    size_bytes: int
    validator: str
    """The value of `If-Range`: a strong entity tag, or a date."""
    total_bytes: int | None = None
    """The size of the complete file; None if no response contained it."""

    def fields(self) -> dict[str, str]:
        """Return the headers that request the rest, or the whole file if it has changed."""
        return {"Range": f"bytes={self.size_bytes}-", "If-Range": self.validator}


class ResumeDecision(Enum):
    """The use of a response's content."""

    WHOLE = "the file from its start"
    REST = "what is missing"
    NOTHING_MISSING = "there is no more: all was there"
    UNFIT = "a part that does not belong there: the whole has to be asked for"
    REFUSED = "no content of the file"


def resume_decision(partial: Partial | None, response: Response) -> ResumeDecision:
    """Return what to do with `response` for a file of which `partial` is stored.

    Never UNFIT without a part, so the whole file is requested once only.
    """
    status = response.status_code
    if status in {200, 203}:
        is_fit, decision = _is_whole(partial, response), ResumeDecision.WHOLE
    elif partial is None:
        is_fit, decision = False, ResumeDecision.REFUSED
    elif status == 206:
        is_fit, decision = _is_rest(partial, response), ResumeDecision.REST
    elif status == 416:
        is_fit, decision = _is_complete(partial, response), ResumeDecision.NOTHING_MISSING
    else:
        return ResumeDecision.REFUSED
    if is_fit:
        return decision
    return ResumeDecision.REFUSED if partial is None else ResumeDecision.UNFIT


def _is_whole(partial: Partial | None, response: Response) -> bool:
    """Return False for a slice, which some servers and caches send with status 200."""
    if _is_encoded(response):
        length = None
    else:
        length = response.content_length
        if partial is not None and _contradicts(partial, response, length):
            return False
    part = response.content_range
    if part is None or part.start is None:
        return True
    return part.start == 0 and part.end == part.size and length in {None, part.size}


def _contradicts(partial: Partial, response: Response, length: int | None) -> bool:
    """Return True if the same version has another length than before."""
    if None in {length, partial.total_bytes} or length == partial.total_bytes:
        return False
    return validator_of(response) == partial.validator


def _is_rest(partial: Partial, response: Response) -> bool:
    part = response.content_range
    if part is None or part.end is None or part.start != partial.size_bytes:
        return False
    total = partial.total_bytes if part.size is None else part.size
    if total is None or part.end > total or partial.total_bytes not in {None, total}:
        return False
    if _is_encoded(response) or response.content_length not in {
        None,
        part.end - partial.size_bytes,
    }:
        return False
    return _sent_validator(partial, response) in {None, partial.validator}


def _is_complete(partial: Partial, response: Response) -> bool:
    part = response.content_range
    if part is None or part.size != partial.size_bytes:
        return False
    if partial.total_bytes is not None:
        return partial.total_bytes == part.size
    return _sent_validator(partial, response) == partial.validator


def _sent_validator(partial: Partial, response: Response) -> str | None:
    """Return the validator of the kind that is stored; None if the response has none.

    It differs if the version has changed; servers without If-Range send the rest anyway.
    """
    name = "etag" if partial.validator.startswith('"') else "last-modified"
    value = response.headers.get(name)
    return None if value is None else value.strip()


def _is_encoded(response: Response) -> bool:
    """Return True if a range would count encoded bytes; the file has decoded ones."""
    return response.headers.get("content-encoding", "identity").strip().lower() != "identity"


def validator_of(response: Response) -> str:
    """Return the strong validator of the content; empty without one."""
    if _is_encoded(response):
        return ""
    if response.etag is not None:
        return "" if response.etag.startswith("W/") else response.etag
    date, changed = response.date, response.last_modified
    if date is None or changed is None or date - changed < _STRONG_DATE_AGE:
        return ""
    return response.headers["last-modified"].strip()


def whole_size(response: Response, kept: Partial | None) -> int | None:
    """Return the size of the complete file; None if the server doesn't send it.

    Args:
        response: The response.
        kept: The part that the content is appended to; None if the content is the whole file.
    """
    if _is_encoded(response):
        return None
    if kept is None:
        return response.content_length
    part = response.content_range
    return kept.total_bytes if part is None or part.size is None else part.size
