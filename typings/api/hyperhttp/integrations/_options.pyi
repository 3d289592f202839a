# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/integrations/_options.py and run the command again.

from dataclasses import dataclass
from typing import Final, final

@final
@dataclass(frozen=True, slots=True)
class Limits:
    max_connections: int | None
    max_keepalive_connections: int | None
    keepalive_expiry: float | None

DEFAULT_LIMITS: Final = Limits(100, 20, 5.0)
