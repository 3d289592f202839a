"""TLS established by the client's own handshake, without a protocol on it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hyperhttp._network.tls_handshake import open_channel
from hyperhttp._network.tls_transport import TLSTransport

if TYPE_CHECKING:
    import socket
    import ssl

    from hyperhttp._network.tls_channel import TLSChannel
    from hyperhttp._network.tls_sessions import SessionSlot


async def shake_hands(
    loop: asyncio.AbstractEventLoop,
    connected: socket.socket,
    context: ssl.SSLContext,
    name: str,
    slot: SessionSlot | None = None,
) -> TLSChannel:
    """The channel, whose socket the loop still watches; closed if the handshake fails."""
    channel = open_channel(loop, connected, context, name, slot)
    transport = TLSTransport(loop, channel, slot)
    is_established = False
    try:
        await transport.shake_hands()
        is_established = True
    finally:
        if not is_established:
            transport.abort()
            await asyncio.sleep(0)
    return channel
