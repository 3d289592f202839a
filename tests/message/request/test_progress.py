"""How far a body has come."""

from __future__ import annotations

import dataclasses

import pytest

from hyperhttp import Progress


@pytest.mark.parametrize(
    ("transferred", "total", "fraction"),
    [
        pytest.param(0, 200, 0.0, id="nothing yet"),
        pytest.param(50, 200, 0.25, id="a quarter"),
        pytest.param(200, 200, 1.0, id="all"),
        pytest.param(0, 0, 1.0, id="nothing of nothing is all"),
        pytest.param(50, None, None, id="nobody knows the total"),
    ],
)
def test_the_fraction_is_that_part_of_the_total(
    transferred: int, total: int | None, fraction: float | None
) -> None:
    assert Progress(transferred, total).fraction == fraction


def test_what_was_told_does_not_change() -> None:
    progress = Progress(1, 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        progress.transferred_bytes = 2  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    assert progress == Progress(1, 2)
