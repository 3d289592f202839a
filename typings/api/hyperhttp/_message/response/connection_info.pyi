# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/connection_info.py and run the command again.

from dataclasses import dataclass
from datetime import datetime
from typing import final

@final
@dataclass(frozen=True, slots=True)
class TLSInfo:
    version: str
    cipher: str
    alpn: str | None
    subject: str | None
    issuer: str | None
    expires: datetime | None
    is_resumed: bool = False

@final
@dataclass(frozen=True, slots=True)
class ConnectionInfo:
    address: str | None
    is_reused: bool
    tls: TLSInfo | None
    dns_s: float
    connect_s: float
    proxy_s: float
    tls_s: float

    @property
    def opening_s(self) -> float: ...
