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

DIRECTORIES = (
    "tests/base/",
    "tests/client/",
    "tests/message/",
    "tests/network/",
    "tests/policy/",
    "tests/protocol/",
    "tests/testing/",
    "tests/transport/",
)
LEFT_OUT: Mapping[str, str] = {
    name: reason
    for reason, names in {
        "it replaces functions that uvloop needs": (
            "test_a_system_without_unix_sockets_says_so",
            # uvloop reports errors of preexec_fn, which these tests use for a terminal.
            "test_a_long_download_shows_how_far_it_is_and_ctrl_c_ends_it",
            "test_a_password_is_asked_for_and_not_shown",
            "test_a_server_does_not_command_the_terminal",
            "test_colours_can_be_refused_by_the_environment",
            "test_on_a_terminal_bytes_that_are_no_text_are_not_shown",
            "test_on_a_terminal_head_and_decoded_text_are_shown_together",
            "test_on_a_terminal_json_is_indented_and_coloured",
            "test_what_a_terminal_cannot_write_is_written_otherwise",
        ),
        "a server on it accepts connections later": (
            "test_ten_thousand_who_wait_are_served_in_the_order_of_their_coming",
        ),
        "it holds more unsent bytes than asyncio": (
            "test_many_uploads_at_a_time_are_held_back_together",
        ),
    }.items()
    for name in names
}


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run async tests on uvloop."""
    return {"uvloop": importlib.import_module("uvloop").new_event_loop}


def select(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the tests that run, and those that are left out."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        name = item.nodeid.rpartition("::")[2].partition("[")[0]
        is_async = item.get_closest_marker("asyncio") is not None
        runs = is_async and item.nodeid.startswith(DIRECTORIES) and name not in LEFT_OUT
        (kept if runs else left_out).append(item)
    return kept, left_out
