"""What came of one attempt at a request, for the history that a response and an error tell.

Whether there is another attempt is decided in `_policy.retry`, which writes the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from hyperhttp._generated.exceptions import HyperHTTPError


@final
@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a request, as `Response.attempts` and `error.attempts` tell of it.

    for attempt in response.attempts:
        print(attempt.number, attempt.status_code or attempt.error, attempt.verdict)
    """

    number: int
    """Which one it was, from 1."""
    status_code: int | None
    """The status that was answered; None when it ended with an error."""
    error: HyperHTTPError | None
    """What it failed with, without a traceback; None when there was an answer."""
    elapsed_s: float
    """Seconds that it took."""
    waited_s: float
    """Seconds that were waited after it for the next one; 0.0 for the last."""
    verdict: str
    """Why it was followed by another one or was not, in words."""
