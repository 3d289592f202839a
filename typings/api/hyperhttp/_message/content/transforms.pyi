# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/content/transforms.py and run the command again.

from collections.abc import Iterable
from typing import final

from hyperhttp._base._generated.config import Limits

@final
class Decoding:
    def __init__(self, coding: str, limits: Limits) -> None: ...
    def steps(self, piece: bytes, /) -> Iterable[bytes]: ...
    @property
    def decoded_bytes(self) -> int | None: ...
    def finish(self) -> None: ...
