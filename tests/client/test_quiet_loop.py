"""The event loop of synchronous clients."""

from __future__ import annotations

import asyncio
import errno
import gc
import selectors
import socket
from contextlib import closing

import pytest

import hyperhttp
from hyperhttp._client.quiet_loop import QuietLoop, new_loop
from hyperhttp.testing import MockTransport


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


@pytest.mark.parametrize("has_event", [False, True])
def test_the_first_function_runs_after_the_events_that_wait(has_event: bool) -> None:
    ours, theirs = socket.socketpair()
    seen: list[str] = []
    with ours, theirs, closing(QuietLoop()) as loop:

        def read() -> None:
            seen.append(ours.recv(10).decode())

        def start() -> None:
            seen.append("first")
            loop.stop()

        loop.add_reader(ours, read)
        if has_event:
            theirs.send(b"event")
        loop.call_first(start)
        loop.run_forever()
        assert seen == (["event", "first"] if has_event else ["first"])
        loop.remove_reader(ours)


def test_the_first_function_is_called_once_and_in_the_running_loop() -> None:
    seen: list[object] = []
    with closing(QuietLoop()) as loop:

        def start() -> None:
            seen.append(asyncio.get_running_loop())
            loop.stop()

        loop.call_first(start)
        loop.run_forever()
        loop.call_soon(loop.stop)
        loop.run_forever()
        assert seen == [loop]


def test_a_driver_gets_a_loop_that_is_not_current() -> None:
    with closing(new_loop()) as loop:
        assert not loop.is_running()


@pytest.mark.parametrize("target", ["selectors.DefaultSelector", "socket.socketpair"])
def test_a_call_without_descriptors_for_the_loop_raises_a_typed_error(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    with hyperhttp.SyncClient(transport=MockTransport("good")) as client:
        with monkeypatch.context() as patched:
            patched.setattr(target, refuse)
            with pytest.raises(hyperhttp.ConnectError, match="no event loop: too many open"):
                client.get("https://example.com/")
            gc.collect()  # the finalizer of an incomplete loop would warn
        assert client.get("https://example.com/").text == "good"
