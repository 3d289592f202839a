# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_mock.py and run the command again.

from collections.abc import Mapping, Sequence
from typing import TypeAlias, final

from hyperhttp.testing._faults import Fault
from hyperhttp.testing._in_process import InProcessTransport
from hyperhttp.testing._message import Handler, MockRequest, MockResponse, ResponseInput
from hyperhttp.testing._router import Router

MockInput: TypeAlias = (
    Handler
    | Router
    | Mapping[str, ResponseInput | Handler]
    | Sequence[ResponseInput | Handler]
    | MockResponse
    | Fault
    | BaseException
    | int
    | str
    | bytes
)

@final
class MockTransport(InProcessTransport):
    requests: list[MockRequest]

    def __init__(self, responses: MockInput = 200, *, http2: bool = True) -> None: ...
    def assert_requested(self, target: str, *, times: int | None = None) -> MockRequest: ...
    def assert_not_requested(self, target: str = "*") -> None: ...
