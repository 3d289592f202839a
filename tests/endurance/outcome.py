"""What became of a request: right, or one of the ways to be wrong. Nothing here does I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.endurance.workload import body_of, digest_of

if TYPE_CHECKING:
    from tests.endurance.workload import Planned

RIGHT: Final = "right"
MIXED: Final = "mixed"
CUT: Final = "cut"
WRONG: Final = "wrong"
LOST: Final = "lost"
CANCELED: Final = "canceled"
# None of these may occur: `foreign` is an error that isn't of the client's types.
FAULTS: Final = (WRONG, MIXED, CUT, LOST, "foreign")
# The gateways send these themselves while what is behind them is away.
GATEWAY_STATUSES: Final = frozenset({429, 500, 502, 503, 504})


@dataclass(slots=True)
class Received:
    """A response, as far as it has to be checked."""

    status: int
    token: str = ""
    digest: str = ""
    body: bytes = b""
    attempts: int = 1


def judge(request: Planned, response: Received) -> str:
    """The outcome of a request that got a response."""
    if response.status in GATEWAY_STATUSES:
        return f"status:{response.status}"
    if response.status not in {200, 204, 206}:
        return f"{WRONG}:status-{response.status}"
    if response.token != request.token:
        return MIXED
    wanted = expected(request)
    if response.body == wanted and response.digest in {"", digest_of(wanted)}:
        return RIGHT
    if len(response.body) < len(wanted) and wanted.startswith(response.body):
        return CUT
    return MIXED if request.token.encode() not in response.body else WRONG


def expected(request: Planned) -> bytes:
    """The body that the response must have."""
    if request.kind in {"post", "keyed", "upload"}:
        return digest_of(body_of(request.token, request.size)).encode()
    if request.kind == "events":
        return b"".join(b"%d\n" % number for number in range(1, request.size + 1))
    return body_of(request.token, request.size)


def outcome_of_error(error: BaseException, *, typed: bool) -> str:
    """The outcome of a request that ended in an error."""
    return f"{'error' if typed else 'foreign'}:{type(error).__name__}"
