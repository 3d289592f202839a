"""Name lookups of a load process: names of the run resolve to loopback, fail, change or hang.

`socket.getaddrinfo` is replaced, so every client meets the same.
"""

from __future__ import annotations

import socket
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from tests.endurance.waiting import block

if TYPE_CHECKING:
    from collections.abc import Callable

DOMAIN: Final = "example.com"
HOME: Final = ("127.0.0.1",)
# Nothing listens on the first one: a client has to try the next.
MOVED: Final = ("127.0.0.3", "127.0.0.2", "127.0.0.1")


class Lookups:
    """Takes the place of `socket.getaddrinfo` in this process."""

    def __init__(self) -> None:
        """Keep the function that is replaced."""
        self._real: Callable[..., Any] = socket.getaddrinfo
        self._mode = ""
        self._until = 0.0
        self.count = 0

    def install(self) -> None:
        """Replace the function."""
        socket.getaddrinfo = self

    def set_mode(self, mode: str, for_s: float) -> None:
        """Have lookups fail, change or hang for some time."""
        self._mode, self._until = mode, monotonic() + for_s

    def __call__(self, host: Any, port: Any, *options: Any, **named: Any) -> Any:
        """Look up a name."""
        if not self._is_ours(host):
            return self._real(host, port, *options, **named)
        self.count += 1
        left_s = self._until - monotonic()
        if left_s > 0 and self._mode == "dns-hangs":
            block(left_s)
        if left_s > 0 and self._mode == "dns-fails":
            raise socket.gaierror(socket.EAI_AGAIN, "temporary failure in name resolution")
        addresses = MOVED if left_s > 0 and self._mode == "dns-changes" else HOME
        return [entry for one in addresses for entry in self._real(one, port, *options, **named)]

    @staticmethod
    def _is_ours(host: Any) -> bool:
        name = host.decode() if isinstance(host, bytes) else str(host)
        return name.endswith(DOMAIN)
