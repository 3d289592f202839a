# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/timings.py and run the command again.

from dataclasses import dataclass
from typing import final

@final
@dataclass(frozen=True, slots=True)
class Timings:
    pool_s: float | None = None
    dns_s: float | None = None
    connect_s: float | None = None
    tls_s: float | None = None
    send_s: float | None = None
    wait_s: float | None = None
    download_s: float | None = None
    total_s: float | None = None
