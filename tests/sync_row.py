"""Runs the tests of `Client` against `SyncClient`: `pytest --sync`.

`hyperhttp.Client` is replaced by a class with the same methods, each of which calls a `SyncClient`
in a thread. Async functions of a test (hooks, middleware, token providers, bodies) become functions
that wait for them. What is left out has a reason in `LEFT_OUT`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch
from typing import Any, cast

import pytest

import hyperhttp
import hyperhttp.client
from tests.sync_adapter import Client

# Modules that run against both clients.
MODULES = (
    "tests/client/test_auth.py",
    "tests/client/test_call_middleware.py",
    "tests/client/test_certificate_scope.py",
    "tests/client/test_credential_scope.py",
    "tests/client/test_download.py",
    "tests/client/test_download_slices.py",
    "tests/client/test_expectations.py",
    "tests/client/test_fetch.py",
    "tests/client/test_files.py",
    "tests/client/test_guide_peers.py",
    "tests/client/test_middleware.py",
    "tests/client/test_paginate.py",
    "tests/client/test_fault_matrix.py",
    "tests/client/test_proxies.py",
    "tests/client/test_redirects.py",
    "tests/client/test_request_cookies.py",
    "tests/client/test_response_offsets.py",
    "tests/client/test_retries.py",
    "tests/client/test_tls_options.py",
    "tests/client/test_wire_leniency.py",
)
LEFT_OUT: Mapping[str, str] = {
    name: reason
    for reason, names in {
        "it blocks the event loop of the test": ("test_an_error_status_raises_and_has_its_body",),
        "a synchronous client joins the pieces that have arrived": (
            "test_a_large_body_comes_whole_in_pieces",
        ),
        "a call in a thread can't be cancelled": (
            "test_a_cancelled_fetch_closes_its_response",
            "test_a_cancelled_probe_frees_its_place",
            "test_a_cancelled_wait_leaves_nothing_behind",
            "test_a_download_that_is_cancelled_while_it_writes_writes_nothing_twice",
            "test_a_cancelled_request_through_a_tunnel_closes_it",
            "test_a_dial_that_is_given_up_leaves_nothing",
            "test_a_download_that_is_cancelled_can_be_gone_on_with",
            "test_a_name_that_a_running_download_uses_is_no_target",
            "test_the_target_of_another_download_is_no_name_for_a_part",
        ),
        "a body that blocks holds up its own call": (
            "test_a_fault_has_the_outcome_that_the_oracle_says[sending_body-*-one_shot]",
        ),
        "async flows are refused": (
            "test_an_async_flow_gets_the_error_of_its_request",
            "test_an_async_flow_that_sends_nothing_is_told",
        ),
        "async iterables are refused": (
            "test_a_form_arrives_whole_and_with_its_length",
            "test_a_form_that_cannot_be_read_again_is_not_sent_again",
            "test_where_a_length_is_not_known_a_form_is_sent_in_chunks",
        ),
        "the clock of the test's loop isn't that of the client": (
            "test_a_fault_instead_of_the_go_ahead_costs_no_byte_of_the_body",
            "test_a_server_with_a_wrong_certificate_is_a_tls_error",
            "test_an_early_end_does_not_disturb_the_next_request",
            "test_an_error_status_raises_with_its_body_whatever_its_framing",
            "test_cookies_are_kept_and_sent",
            "test_the_environment_is_read_once_and_only_where_it_is_trusted",
            "test_those_who_share_a_dial_that_is_refused_are_each_told",
            "test_who_says_nothing_gets_the_body_after_a_moment_and_then_the_limit_counts",
        ),
    }.items()
    for name in names
}


def install() -> None:
    """Replace `hyperhttp.Client`, before the tests import it."""
    replaced = cast("Any", Client)
    hyperhttp.Client = replaced  # type: ignore[misc]
    hyperhttp.client.Client = replaced  # type: ignore[misc]


def is_left_out(name: str) -> bool:
    """Return whether a test is in `LEFT_OUT`, or its variant is."""
    function, _, variant = name.partition("[")
    patterns = (one.partition("[") for one in LEFT_OUT)
    return any(
        function == one and (not bracket or fnmatch(variant, pattern.removesuffix("]") + "*"))
        for one, bracket, pattern in patterns
    )


def select(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the tests that run, and those that are left out."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        module, _, name = item.nodeid.partition("::")
        runs = module in MODULES and not is_left_out(name)
        (kept if runs else left_out).append(item)
    return kept, left_out
