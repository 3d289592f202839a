# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/integrations/_transports.py and run the command again.

from hyperhttp.integrations._options import DEFAULT_LIMITS
from hyperhttp.integrations._types import AnyLimits, CertTypes, ProxyTypes, VerifyTypes

class BaseEngine:
    def __init__(
        self,
        verify: VerifyTypes = True,
        cert: CertTypes | None = None,
        trust_env: bool = True,
        http1: bool = True,
        http2: bool = False,
        limits: AnyLimits = DEFAULT_LIMITS,
        proxy: ProxyTypes | None = None,
        uds: str | None = None,
        local_address: str | None = None,
        retries: int = 0,
        *,
        env_proxies: bool = False,
    ) -> None: ...

class AsyncEngine(BaseEngine):
    async def aclose(self) -> None: ...

class Engine(BaseEngine):
    def close(self) -> None: ...
