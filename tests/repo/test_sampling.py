"""The sample of `make check`: few variants, many different values."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from tests.sampling import VARIANTS_MAX, pairwise, parameters, sample, split

NOTHING: dict[str, object] = {}
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


def test_pairs_are_all_there_and_nothing_else() -> None:
    chosen = pairwise(PRODUCT)
    assert len(chosen) < len(PRODUCT)
    pairs = {pair for row in PRODUCT for pair in combinations(row.items(), 2)}
    assert {pair for index in chosen for pair in combinations(PRODUCT[index].items(), 2)} == pairs


@pytest.mark.parametrize(
    ("variants", "chosen"),
    [
        ([NOTHING], [0]),
        ([NOTHING, NOTHING], [0]),
        ([{"a": 1}, {"a": 2}, {"a": 1}], [0, 1]),
        ([{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 1}, {"a": 2, "b": 2}], [0, 1, 2, 3]),
    ],
)
def test_a_variant_without_a_new_pair_is_left_out(
    variants: list[dict[str, object]], chosen: list[int]
) -> None:
    assert pairwise(variants) == chosen


@pytest.mark.parametrize("case", ["post-body-tls", "get-none"])
def test_the_parts_of_a_name_stand_for_a_single_parameter(
    request: pytest.FixtureRequest, case: str
) -> None:
    assert parameters(request.node) == dict(zip("012", case.split("-"), strict=False))


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
    run, left_out = split(items * 50, sample)
    names = {item.nodeid.partition("[")[0] for item in items}
    assert {item.nodeid.partition("[")[0] for item in run} == names
    assert len(run) == VARIANTS_MAX * len(names)
    assert len(run) + len(left_out) == 50 * len(items)
