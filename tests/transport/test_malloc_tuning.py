"""The C library keeps memory for the next body; measured where it is glibc, in a fresh process."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

BODIES = """
import resource
from collections import deque
from hyperhttp._transport.malloc_tuning import tune_malloc
if {settled}:
    tune_malloc()
    tune_malloc()
held = deque(maxlen=8)
for number in range(64):
    held.append(b"x" * (1 << 20))
    if number % 8 == 0:
        held.clear()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
"""


def faults(*, settled: bool) -> int:
    done = subprocess.run(
        [sys.executable, "-c", BODIES.format(settled=settled)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others do not do it")
def test_memory_for_bodies_comes_from_the_kernel_less_often() -> None:
    assert faults(settled=True) < faults(settled=False)
