"""Skips on PyPy what depends on CPython: when objects are freed, or a package without a wheel."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Final

import pytest

IS_PYPY: Final = sys.implementation.name == "pypy"
LEFT_OUT: Mapping[str, str] = {
    name: reason
    for reason, names in {
        "it frees what is dropped later": (
            "test_a_client_that_is_dropped_is_a_warning",
            "test_a_complete_request_leaves_nothing_to_the_garbage_collector",
            "test_a_dropped_body_is_given_up_with_a_warning",
            "test_a_response_keeps_no_pool_alive",
            "test_a_response_that_is_dropped_ends_its_call",
            "test_a_response_that_is_dropped_unread_gives_its_connection_back_and_warns",
            "test_aborting_after_the_loop_was_closed_is_harmless",
            "test_after_the_loop_has_ended_the_sockets_are_closed",
            "test_calls_leave_nothing_for_the_garbage_collector",
            "test_in_a_second_loop_of_the_same_thread_too",
            "test_nothing_refers_to_a_closed_transport",
            "test_the_cache_of_types_is_bounded",
        ),
        "it has no orjson": (
            "test_any_text_is_the_same_with_orjson_and_without",
            "test_any_value_is_the_same_with_orjson_and_without",
            "test_odd_texts_are_the_same_with_orjson_and_without",
        ),
        "it has no way to mark coroutine functions": (
            "test_a_coroutine_function_stays_one",
            "test_verbs_are_coroutine_functions_for_inspect_and_mocks",
        ),
        "its decoder of UTF-32 reports some errors twice": (
            "test_any_bytes_give_the_same_text_whole_and_in_pieces",
        ),
        "its ssl reads a path up to the null byte": (
            "test_a_path_that_cannot_be_one_is_a_config_error",
        ),
        "its sockets have longer queues": (
            "test_a_cancelled_wait_for_a_full_queue_leaves_no_socket",
            "test_a_full_queue_is_waited_for",
        ),
        "its memory isn't that of malloc": (
            "test_a_gibibyte_in_a_form_grows_by_8_mib_at_most",
            "test_a_gibibyte_that_comes_grows_by_8_mib_at_most",
            "test_memory_for_bodies_comes_from_the_kernel_less_often",
            "test_the_measure_sees_what_stays",
        ),
    }.items()
    for name in names
}

# Their certificates are made with cryptography, which has no wheel for PyPy.
FILES_LEFT_OUT: Final = (
    ["network/test_public_key.py", "client/test_tls_options.py"] if IS_PYPY else []
)


def mark(items: Iterable[pytest.Item]) -> None:
    """Skip the tests in `LEFT_OUT`, each with its reason."""
    for item in items:
        if reason := LEFT_OUT.get(item.name.partition("[")[0]):
            item.add_marker(pytest.mark.skip(reason=f"PyPy: {reason}"))
