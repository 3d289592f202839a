"""Injects faults into the responses of another transport: in order, at random, or by request.

This module selects the fault of each request, and `_faults` applies it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeVar, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import is_sequence, shown
from hyperhttp.testing._faults import Fault, RefuseConnection, spoil

if TYPE_CHECKING:
    import asyncio

    from hyperhttp._network.transport import Endpoint
    from hyperhttp.testing._conversation import Conversation
    from hyperhttp.testing._in_process import InProcessTransport

P = TypeVar("P", bound="asyncio.BaseProtocol")

FaultChoice: TypeAlias = Callable[[str, str], Fault | None]
"""The fault for a request, by its method and its path (with query); None for none."""


@final
class FaultyTransport:
    """A transport around another one of the test kit, on which things go wrong.

        FaultyTransport(mock, [Reset(), None, Truncate(at=100)])    # one request after another
        FaultyTransport(mock, [RefuseConnection(), Hang()], probability=0.1)    # by chance
        FaultyTransport(mock, lambda method, path: Reset() if path == "/a" else None)

    A plan that has come to its end leaves all that follows alone. The same seed has the same faults
    for the same requests. Raises ConfigError for a probability without faults to choose from, and
    for a single fault in place of a list.
    """

    def __init__(
        self,
        transport: InProcessTransport,
        faults: Sequence[Fault | None] | FaultChoice,
        *,
        probability: float | None = None,
        seed: int = 0,
    ) -> None:
        given: object = faults
        if not callable(given) and not is_sequence(given):
            allowed = "a list of faults and None, or a function of method and path"
            raise ConfigError(option="faults", given=shown(given), allowed=allowed)
        if probability is not None and (callable(faults) or not faults):
            raise ConfigError(
                option="probability", given="no faults to choose from", allowed="a list of faults"
            )
        self._inner = transport
        self._faults = faults
        self._probability = probability
        self._random = random.Random(seed)
        self._given = 0
        self.injected: list[Fault] = []
        """The faults that were done, in order."""

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        """Open a connection. If RefuseConnection is next in the plan, refuse it."""
        if self._is_refused():
            raise ConnectionRefusedError("connection refused")
        return await self._inner._connect_to(self._serve, endpoint, make_protocol)  # pyright: ignore[reportPrivateUsage]

    async def aclose(self) -> None:
        """Handle a closed client."""
        await self._inner.aclose()

    def _is_refused(self) -> bool:
        """Return whether the next fault of the plan is met by who dials."""
        faults = self._faults
        if callable(faults) or self._probability is not None or self._given >= len(faults):
            return False
        fault = faults[self._given]
        if not isinstance(fault, RefuseConnection):
            return False
        self._given += 1
        self.injected.append(fault)
        return True

    async def _serve(self, conversation: Conversation) -> None:
        fault = self._next(conversation)
        if fault is None:
            await self._inner._serve(conversation)  # pyright: ignore[reportPrivateUsage]
            return
        self.injected.append(fault)
        await spoil(fault, conversation, self._inner._serve)  # pyright: ignore[reportPrivateUsage]

    def _next(self, conversation: Conversation) -> Fault | None:
        faults = self._faults
        if callable(faults):
            return faults(conversation.line.method, conversation.line.target)
        if self._probability is not None:
            # Both are drawn each time, so that what one request meets depends on its number alone.
            chance, fault = self._random.random(), self._random.choice(faults)
            return fault if chance < self._probability else None
        if self._given >= len(faults):
            return None
        self._given += 1
        return faults[self._given - 1]
