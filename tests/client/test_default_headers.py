"""The headers that a client has of its own."""

from __future__ import annotations

from hyperhttp import ClientConfig
from hyperhttp._client.default_headers import own_headers
from hyperhttp._message.content.decoders import ACCEPT_ENCODING


def test_a_client_says_who_it_is_and_what_it_takes() -> None:
    headers = own_headers(ClientConfig(user_agent="me/1"))
    assert list(headers.items()) == [
        ("user-agent", "me/1"),
        ("accept", "*/*"),
        ("accept-encoding", ACCEPT_ENCODING),
    ]
    assert "user-agent" not in own_headers(ClientConfig(user_agent=""))
