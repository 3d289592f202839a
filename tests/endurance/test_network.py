"""The rules of loss and partitions, and the reason why there are none."""

from __future__ import annotations

import pytest

from tests.endurance import network
from tests.endurance.network import INSIDE, drop_rules, is_inside, namespace_missing


def test_a_share_of_the_packets_is_dropped_in_both_directions() -> None:
    rules = drop_rules([20_001, 20_002], 5).splitlines()
    assert rules[-2:] == [
        f"add rule inet endurance input tcp {end} {{ 20001, 20002 }} numgen random mod 100 < 5 drop"
        for end in ("dport", "sport")
    ]


def test_a_partition_drops_everything() -> None:
    assert drop_rules([20_001], 100).endswith("input tcp sport { 20001 } drop\n")


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"unshare": "/bin/unshare"}
    monkeypatch.setattr(network, "find_program", found.get)
    assert namespace_missing() == "ip, nft not installed"


def test_a_namespace_that_cannot_be_created_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "find_program", lambda name: "false")
    assert namespace_missing().startswith("no CAP_NET_ADMIN")


@pytest.mark.parametrize(("value", "inside"), [("1", True), ("", False)])
def test_the_run_sees_whether_it_is_inside(
    value: str, inside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(INSIDE, value)
    assert is_inside() is inside
