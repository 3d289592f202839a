# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_faulty.py and run the command again.

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar, final

from hyperhttp._network.transport import Endpoint
from hyperhttp.testing._faults import Fault
from hyperhttp.testing._in_process import InProcessTransport

P = TypeVar("P", bound="asyncio.BaseProtocol")

FaultChoice: TypeAlias = Callable[[str, str], Fault | None]

@final
class FaultyTransport:
    injected: list[Fault]

    def __init__(
        self,
        transport: InProcessTransport,
        faults: Sequence[Fault | None] | FaultChoice,
        *,
        probability: float | None = None,
        seed: int = 0,
    ) -> None: ...
    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P: ...
    async def aclose(self) -> None: ...
