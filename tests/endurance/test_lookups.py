"""Lookups of the run's names fail and change; those of other names don't."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from tests.endurance.lookups import MOVED, Lookups


def addresses(lookups: Lookups, host: str | bytes = "service.example.com") -> list[str]:
    found: list[Any] = lookups(host, 80, socket.AF_INET, socket.SOCK_STREAM)
    return [address[0] for *_, address in found]


def test_names_of_the_run_are_on_loopback() -> None:
    assert addresses(Lookups()) == addresses(Lookups(), b"service.example.com") == ["127.0.0.1"]


def test_a_lookup_fails_for_some_time() -> None:
    lookups = Lookups()
    lookups.set_mode("dns-fails", 60.0)
    with pytest.raises(socket.gaierror):
        addresses(lookups)
    assert addresses(lookups, "127.0.0.1") == ["127.0.0.1"]
    lookups.set_mode("dns-fails", 0.0)
    assert addresses(lookups) == ["127.0.0.1"]


def test_a_name_moves_to_other_addresses() -> None:
    lookups = Lookups()
    lookups.set_mode("dns-changes", 60.0)
    assert addresses(lookups) == list(MOVED)
    assert lookups.count == 1
