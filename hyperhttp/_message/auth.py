"""What a request knows of the credentials it is sent with: that something drives a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from hyperhttp._message.request import Request
    from hyperhttp._message.response import Response


class AuthFlow(Protocol):
    """Sends a request with credentials, and again if the answer asks for others."""

    def async_auth_flow(self, request: Request, /) -> AsyncGenerator[Request, Response]:
        """Yields each request to be sent, is sent its response; the last response is the answer."""
        ...
