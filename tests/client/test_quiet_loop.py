"""The event loop of synchronous clients."""

from __future__ import annotations

import selectors
import socket
from contextlib import closing

import pytest

from hyperhttp._client.quiet_loop import QuietLoop, new_loop


@pytest.mark.parametrize("kind", [None, selectors.SelectSelector, selectors.PollSelector])
def test_it_reports_events_without_a_turn(
    kind: type[selectors.BaseSelector] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind is not None:
        monkeypatch.setattr(selectors, "DefaultSelector", kind)
    ours, theirs = socket.socketpair()
    seen: list[bytes] = []
    with ours, theirs, closing(QuietLoop()) as loop:
        ours.setblocking(False)
        assert loop.is_quiet()
        loop.add_reader(ours, lambda: seen.append(ours.recv(10)))
        assert loop.is_quiet()
        theirs.send(b"x")
        assert not loop.is_quiet()
        assert seen == []
        loop.call_soon(loop.stop)
        loop.run_forever()
        assert seen == [b"x"]
        assert loop.is_quiet()
        loop.remove_reader(ours)


def test_a_driver_gets_a_loop_that_is_not_current() -> None:
    with closing(new_loop()) as loop:
        assert not loop.is_running()
