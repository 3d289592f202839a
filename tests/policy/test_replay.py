"""Whether a request may go out again after a kept-alive connection died: every fact, both ways."""

from __future__ import annotations

from itertools import product

import pytest

from hyperhttp._message.request import Request
from hyperhttp._policy.replay import may_replay

URL = "http://example.com/"
METHODS = ("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH")


@pytest.mark.parametrize(
    ("method", "reused", "sent", "received"),
    list(product(METHODS, [False, True], [0, 99], [0, 1])),
)
def test_a_request_is_replayed_only_when_doing_it_twice_is_doing_it_once(
    method: str, reused: bool, sent: int, received: int
) -> None:
    replayed = may_replay(
        Request(method, URL),
        reused=reused,
        sent_bytes=sent,
        received_bytes=received,
        stream_begun=False,
    )
    unsent = not sent and not received
    safe = method not in {"POST", "PATCH"} and reused and not received
    assert replayed == (unsent or safe)


def test_a_body_that_can_be_read_only_once_is_not_replayed_once_begun() -> None:
    request = Request("PUT", URL, content=iter([b"once"]))
    replayable = Request("PUT", URL, content=[b"again"])

    def replayed(request: Request, sent_bytes: int, *, begun: bool) -> bool:
        return may_replay(
            request, reused=True, sent_bytes=sent_bytes, received_bytes=0, stream_begun=begun
        )

    assert not replayed(request, 9, begun=True)
    assert replayed(request, 0, begun=False)
    assert replayed(replayable, 9, begun=True)
