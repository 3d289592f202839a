# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_policy/breaker.py and run the command again.

from typing import Literal, TypeAlias

BreakerState: TypeAlias = Literal["closed", "open", "half_open"]
