from __future__ import annotations

import socket

import pytest

from hyperhttp._network.address import Address


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("127.0.0.1", 80), ("127.0.0.1", 81)),
        (("::1", 80, 0, 0), ("::1", 81, 0, 0)),
        (("fe80::1", 80, 5, 3), ("fe80::1", 81, 5, 3)),
    ],
)
def test_another_port_leaves_all_else(
    given: tuple[str, int] | tuple[str, int, int, int],
    expected: tuple[str, int] | tuple[str, int, int, int],
) -> None:
    family = socket.AF_INET if len(given) == 2 else socket.AF_INET6
    assert Address(family, given).with_port(81) == Address(family, expected)
