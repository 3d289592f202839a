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

    def fields(self) -> dict[str, str]:
        """Return the headers that request the rest, or the whole file if it has changed."""
        return {"Range": f"bytes={self.size_bytes}-", "If-Range": self.validator}


class ResumeDecision(Enum):
    """What the content of a response is used for."""

    WHOLE = "the file from its start"
    REST = "what is missing"
    NOTHING_MISSING = "there is no more: all was there"
    UNFIT = "a part that does not belong there: the whole has to be asked for"
    REFUSED = "no content of the file"


def resume_decision(partial: Partial | None, response: Response) -> ResumeDecision:
    """Return what to do with `response` for a file of which `partial` is stored."""
    status = response.status_code
    if status in {200, 203}:
        return ResumeDecision.WHOLE
    if partial is None or status not in {206, 416}:
        return ResumeDecision.REFUSED
    part = response.content_range
    if status == 416:
        is_all = part is not None and part.size == partial.size_bytes
        return ResumeDecision.NOTHING_MISSING if is_all else ResumeDecision.UNFIT
    if part is None or part.start != partial.size_bytes:
        return ResumeDecision.UNFIT
    return ResumeDecision.REST if _same_version(partial, response) else ResumeDecision.UNFIT


def _same_version(partial: Partial, response: Response) -> bool:
    """Return False if the version has changed; servers without If-Range send the rest anyway."""
    validator = validator_of(response)
    return (
        not validator
        or validator == partial.validator
        or _kind(validator) != _kind(partial.validator)
    )


def _kind(validator: str) -> bool:
    return validator.startswith('"')


def validator_of(response: Response) -> str:
    """Return the strong validator of the content; empty without one."""
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        return ""  # A range would count encoded bytes; the file has decoded ones.
    if response.etag is not None:
        return "" if response.etag.startswith("W/") else response.etag
    date, changed = response.date, response.last_modified
    if date is None or changed is None or date - changed < _STRONG_DATE_AGE:
        return ""
    return response.headers["last-modified"].strip()


def whole_size(response: Response, kept_bytes: int) -> int | None:
    """Return the size of the complete file; None if the server doesn't send it."""
    if kept_bytes:
        part = response.content_range
        if part is not None and part.size is not None:
            return part.size
    if response.headers.get("content-encoding"):
        return None
    length = response.content_length
    return None if length is None else kept_bytes + length
