"""The headers that a client sends unless it's told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperhttp._message.content.decoders import ACCEPT_ENCODING
from hyperhttp._message.headers.headers import Headers

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import ClientConfig


def own_headers(config: ClientConfig) -> Headers:
    """Return User-Agent, Accept and Accept-Encoding."""
    headers = Headers()
    if config.user_agent:
        headers.add("User-Agent", config.user_agent)
    headers.add("Accept", "*/*")
    if ACCEPT_ENCODING:
        headers.add("Accept-Encoding", ACCEPT_ENCODING)
    return headers
