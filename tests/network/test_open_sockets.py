"""A copy of a socket is closed without an effect on its peer."""

from __future__ import annotations

import os
import select
import socket

import pytest

from hyperhttp._network import open_sockets
from hyperhttp._network.open_sockets import close_copies, track


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_has_no_copy_and_the_parent_keeps_its_socket() -> None:
    ours, theirs = socket.socketpair()
    gone = socket.socket()
    track(ours)
    track(gone)
    gone.close()
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        still_there = True
        try:
            still_there = os.fstat(ours.fileno()).st_rdev != os.stat(os.devnull).st_rdev
            theirs.close()
            os.read(read, 1)
        finally:
            os._exit(still_there)
    with ours, theirs:
        theirs.sendall(b"a")
        assert ours.recv(1) == b"a"
        ours.close()
        # The child lives, and holds nothing that would keep the connection open.
        assert select.select([theirs], [], [], 10)[0]
        assert theirs.recv(1) == b""
        os.write(write, b"x")
        assert os.waitpid(pid, 0)[1] == 0
    os.close(read)
    os.close(write)


def test_the_number_stays_that_of_an_open_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_sockets, "_opened", type(open_sockets._opened)())  # pyright: ignore[reportPrivateUsage]
    ours, theirs = socket.socketpair()
    with theirs:
        track(ours)
        number = ours.fileno()
        close_copies()
        assert theirs.recv(1) == b""
        assert not os.get_inheritable(number)
        close_copies()
        ours.close()
