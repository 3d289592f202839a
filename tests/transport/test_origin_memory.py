"""What is remembered of an origin, and for how many of them."""

from __future__ import annotations

import pytest

from hyperhttp import ClientConfig
from hyperhttp._transport.origin_memory import HTTP1, HTTP2, KNOWN_MAX, OriginMemory

KEY = "https://example.com"


@pytest.mark.parametrize(
    ("http2", "offered", "may_use_http1"),
    [
        (True, (HTTP2, HTTP1), True),
        (False, (HTTP1,), False),
        ("prior-knowledge", (HTTP2,), False),
    ],
)
def test_the_configuration_decides_what_is_offered(
    http2: object, offered: tuple[str, ...], may_use_http1: bool
) -> None:
    memory = OriginMemory(ClientConfig.model_validate({"http2": http2}), has_own_context=False)
    assert memory.alpn(KEY) == offered
    assert memory.may_use_http1 is may_use_http1


@pytest.mark.parametrize(
    ("http2", "key", "may_use_http2"),
    [
        (True, KEY, True),
        (True, "http://example.com", False),
        (False, KEY, False),
        ("prior-knowledge", KEY, True),
        ("prior-knowledge", "http://example.com", True),
    ],
)
def test_http2_may_be_used_over_tls_or_with_prior_knowledge(
    http2: object, key: str, may_use_http2: bool
) -> None:
    memory = OriginMemory(ClientConfig.model_validate({"http2": http2}), has_own_context=False)
    assert memory.may_use_http2(key) is may_use_http2


def test_a_context_of_the_caller_keeps_its_protocols() -> None:
    assert not OriginMemory(ClientConfig(), has_own_context=True).may_use_http1


def test_an_origin_that_requires_http1_is_offered_nothing_else_and_others_are() -> None:
    memory = OriginMemory(ClientConfig(), has_own_context=False)
    memory.require_http1(KEY)
    assert memory.alpn(KEY) == (HTTP1,)
    assert memory.alpn("https://example.org") == (HTTP2, HTTP1)


def test_the_last_limit_of_streams_is_kept_unless_it_is_0() -> None:
    memory = OriginMemory(ClientConfig(), has_own_context=False)
    assert memory.capacity(KEY) is None
    for capacity, kept in ((7, 7), (3, 3), (0, 3), (9, 9)):
        memory.learn_capacity(KEY, capacity)
        assert memory.capacity(KEY) == kept


def test_the_origin_that_was_learned_first_is_forgotten_first() -> None:
    memory = OriginMemory(ClientConfig(), has_own_context=False)
    for number in range(KNOWN_MAX + 1):
        memory.learn_capacity(f"{number}", 5)
        memory.require_http1(f"{number}")
    assert (memory.capacity("0"), memory.alpn("0")) == (None, (HTTP2, HTTP1))
    assert (memory.capacity("1"), memory.alpn("1")) == (5, (HTTP1,))
