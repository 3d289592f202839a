# pyright: reportPrivateUsage=false
"""The extension `network_stream` of a response: information about its connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from hyperhttp._transport.exchange import Exchange

if TYPE_CHECKING:
    from hyperhttp._message.response.source import BodySource

__all__ = ["NetworkStream"]

_NAMES: Final = {
    "client_addr": "sockname",
    "server_addr": "peername",
    "socket": "socket",
    "ssl_object": "ssl_object",
}
"""The names of httpcore, and those of asyncio."""


@final
class NetworkStream:
    """The connection of a response. It can be asked about, and not be read or written."""

    __slots__ = ("_source",)

    def __init__(self, source: BodySource) -> None:
        self._source = source

    def get_extra_info(self, info: str) -> object:
        """Return `client_addr`, `server_addr`, `socket` or `ssl_object`; None for other names."""
        name, source = _NAMES.get(info), self._source
        if name is None or not isinstance(source, Exchange):
            return None
        trace = source._connection.connect_trace
        if trace is None or trace.transport is None:
            return None
        found: object = trace.transport.get_extra_info(name)
        return found
