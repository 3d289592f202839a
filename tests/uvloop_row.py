"""Runs the async tests on uvloop: `pytest --uvloop`.

Tests that bring their own event loop, such as one whose clock they turn, aren't run again.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    import pytest

LEFT_OUT: Mapping[str, str] = {}


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run async tests on uvloop."""
    return {"uvloop": importlib.import_module("uvloop").new_event_loop}


def select(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the tests that run, and those that are left out."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        name = item.nodeid.rpartition("::")[2].partition("[")[0]
        runs = item.get_closest_marker("asyncio") is not None and name not in LEFT_OUT
        (kept if runs else left_out).append(item)
    return kept, left_out
