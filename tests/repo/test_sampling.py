"""The sample of `make check`: few variants, many different values."""

from __future__ import annotations

from itertools import product

import pytest

from tests.sampling import VARIANTS_MAX, parameters, sample, split

PRODUCT = [
    {"http": http, "tls": tls, "size": size} for http, tls, size in product("12", "ny", "abcd")
]


def test_a_test_without_variants_runs() -> None:
    assert sample([{}], 4) == [0]


def test_few_variants_all_run() -> None:
    assert sample([{"a": 1}, {"a": 2}, {"a": 3}], 4) == [0, 1, 2]


def test_the_first_and_the_last_of_many_variants_run() -> None:
    assert sample([{"a": n} for n in range(100)], 4) == [0, 49, 74, 99]


def test_the_sample_has_each_value_of_each_parameter() -> None:
    chosen = [PRODUCT[index] for index in sample(PRODUCT, 4)]
    assert {row["http"] for row in chosen} == {"1", "2"}
    assert {row["tls"] for row in chosen} == {"n", "y"}
    assert {row["size"] for row in chosen} == set("abcd")


@pytest.mark.parametrize("second", "xy")
@pytest.mark.parametrize("first", "ab")
def test_parameters_are_known_by_identity(
    request: pytest.FixtureRequest, first: str, second: str
) -> None:
    assert parameters(request.node) == {"first": id(first), "second": id(second)}


def test_each_test_keeps_some_of_its_variants(
    request: pytest.FixtureRequest,
) -> None:
    items = [item for item in request.session.items if "test_sampling.py" in item.nodeid]
    run, left_out = split(items * 50)
    names = {item.nodeid.partition("[")[0] for item in items}
    assert {item.nodeid.partition("[")[0] for item in run} == names
    assert len(run) == VARIANTS_MAX * len(names)
    assert len(run) + len(left_out) == 50 * len(items)
