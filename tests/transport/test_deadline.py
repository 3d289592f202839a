"""The limits of one call, as moments."""

from __future__ import annotations

from math import inf

from hyperhttp._base._generated.config import Timeout
from hyperhttp._transport.deadline import Deadline


def test_a_phase_ends_by_its_own_limit_or_with_the_whole() -> None:
    deadline = Deadline(Timeout(5.0, total=10.0), started=100.0)
    assert deadline.until(101.0, 5.0) == 106.0
    assert deadline.until(108.0, 5.0) == 110.0
    assert deadline.until(108.0, None) == 110.0


def test_without_limits_nothing_ever_ends() -> None:
    deadline = Deadline(Timeout(None), started=100.0)
    assert deadline.until(101.0, None) == inf
    assert deadline.until(101.0, 5.0) == 106.0


def test_the_error_of_the_whole_names_limit_time_and_phase() -> None:
    error = Deadline(Timeout(total=10.0), started=100.0).total_error(110.5, "read")
    assert (error.timeout_s, error.elapsed_s, error.during) == (10.0, 10.5, "read")
    assert "10 s" in str(error)


def test_the_error_of_each_phase_has_its_limit_and_the_time_it_took() -> None:
    timeout = Timeout(None, pool=1.0, connect=2.0, write=3.0, read=4.0)
    deadline = Deadline(timeout, started=100.0)
    pool = deadline.pool_error(106.0, 105.0, opened=3, waiting=2)
    connect = deadline.connect_error(106.0, 104.0, host="a", port=80, detail="by b")
    write, read = deadline.write_error(106.0, 7), deadline.read_error(106.0, 8)
    errors = (pool, connect, write, read)
    assert [error.timeout_s for error in errors] == [1.0, 2.0, 3.0, 4.0]
    assert [error.elapsed_s for error in errors] == [1.0, 2.0, 6.0, 6.0]
    assert (pool.max_connections, pool.waiting) == (3, 2)
    assert (connect.host, connect.port, connect.detail) == ("a", 80, "by b")
    assert (write.sent_bytes, read.received_bytes) == (7, 8)
