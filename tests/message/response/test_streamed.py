"""What the responses of both clients share, without a client."""

from __future__ import annotations

import pytest

from hyperhttp import ConfigError, Request, Response, SyncResponse
from hyperhttp._message.response.streamed import StreamedResponse

REQUEST = Request("GET", "https://example.com/")


@pytest.mark.parametrize("kind", [Response, SyncResponse])
def test_a_created_response_is_complete(kind: type[StreamedResponse]) -> None:
    response = kind.create(REQUEST, 201, json={"a": 1}, headers={"X-A": "1"})
    assert type(response) is kind
    assert (response.status_code, response.json(), response.headers["x-a"]) == (201, {"a": 1}, "1")
    assert response.content_type == "application/json"
    assert response.num_bytes_downloaded == len(response.content)
    assert response.connection is None
    assert not response.trailers


@pytest.mark.parametrize("kind", [Response, SyncResponse])
def test_two_bodies_are_refused(kind: type[StreamedResponse]) -> None:
    with pytest.raises(ConfigError, match="json and content"):
        kind.create(REQUEST, json=1, content=b"x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_the_base_alone_creates_none() -> None:
    with pytest.raises(NotImplementedError):
        StreamedResponse.create(REQUEST)
