"""The headers of a client, which each of its requests has, and their cached bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from hyperhttp._base._generated.headers import MANAGED
from hyperhttp._message.headers.headers import encoded_headers

if TYPE_CHECKING:
    from hyperhttp._message.headers.headers import Headers

__all__ = ["DefaultHeaders"]


@final
class DefaultHeaders:
    """The headers of a client, and their encoded block, which is cached until they change."""

    __slots__ = ("_block", "_is_plain", "_taken", "drops_content_type", "headers")

    def __init__(self, headers: Headers, *, drops_content_type: bool = False) -> None:
        self.drops_content_type: bool = drops_content_type
        self.headers: Headers = headers
        self._block = b""
        self._is_plain = not headers
        self._taken: frozenset[str] = MANAGED

    def plain_block(self) -> bytes | None:
        """Return the headers as bytes; None if one of them affects how a request is framed."""
        block = encoded_headers(self.headers)
        if block is not self._block:
            self._block = block
            self._is_plain = not any(name in self.headers for name in (*MANAGED, "authorization"))
            self._taken = MANAGED.union(self.headers)
        return block if self._is_plain else None

    def goes_with(self, extra: Headers) -> bool:
        """Return whether headers may follow the block: none affects framing or replaces another."""
        taken = self._taken
        return taken.isdisjoint([name for name, _ in extra.multi_items()])

    def content_type(self, own: Headers | None) -> str | None:
        """Return the Content-Type of the request, or of all requests; None without one."""
        found = None if own is None else own.get("content-type")
        return self.headers.get("content-type") if found is None else found
