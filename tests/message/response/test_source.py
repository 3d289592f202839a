"""The source of a body that is not on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperhttp._message.response.source import NoSource

if TYPE_CHECKING:
    from hyperhttp._message.response.source import BodySource


async def test_a_body_that_is_not_on_its_way_has_ended_and_gives_nothing() -> None:
    source: BodySource = NoSource()
    await source.settle()
    await source.discard()
    assert (source.ended, source.over) == (True, True)
    for _ in range(2):
        assert await source.read() == b""
        assert source.take() == b""
        assert source.peek(100) == b""
        source.abandon()
    assert source.trailers == ()


def test_trailers_that_came_before_are_kept() -> None:
    assert NoSource([(b"digest", b"x")]).trailers == [(b"digest", b"x")]
