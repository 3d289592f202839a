"""The requests of a run are a function of the seed and their number."""

from __future__ import annotations

from collections import Counter

from tests.endurance.workload import SHARES, SIZES, body_of, kind_of, planned, route_of

ROUTES = ("direct", "h1", "h2")


def test_a_number_has_one_request_and_another_seed_another() -> None:
    first = [planned(1, "a0", number, ROUTES) for number in range(200)]
    assert first == [planned(1, "a0", number, ROUTES) for number in range(200)]
    assert first != [planned(2, "a0", number, ROUTES) for number in range(200)]


def test_all_kinds_occur_in_about_their_shares() -> None:
    counts = Counter(planned(1, "a0", number, ROUTES).kind for number in range(5_000))
    assert set(counts) == set(SHARES)
    for kind, share in SHARES.items():
        assert 0.6 * share < counts[kind] / 50 < 1.4 * share


def test_tokens_differ_and_have_their_kind() -> None:
    requests = [planned(1, prefix, number, ROUTES) for prefix in "ab" for number in range(500)]
    assert len({request.token for request in requests}) == len(requests)
    for request in requests:
        smallest, largest = SIZES[request.kind]
        assert (route_of(request.token), kind_of(request.token)) == (request.route, request.kind)
        assert smallest <= request.size <= largest
        assert request.path == f"/{request.kind}/{request.token}/{request.size}"


def test_a_body_has_its_size_and_no_piece_of_another_token() -> None:
    assert body_of("a-1-get", 0) == b""
    assert body_of("a-1-get", 20) == b"a-1-get\na-1-get\na-1-"
    assert body_of("a-2-get", 20) != body_of("a-1-get", 20)
