# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_wsgi.py and run the command again.

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, final

from hyperhttp.testing._in_process import InProcessTransport

WSGIApp: TypeAlias = "Callable[[dict[str, Any], Any], Iterable[bytes]]"

class WSGIError(RuntimeError): ...

@final
class WSGITransport(InProcessTransport):
    def __init__(
        self,
        app: WSGIApp,
        *,
        script_name: str = "",
        client: tuple[str, int] = ...,
        raise_app_exceptions: bool = True,
        http2: bool = True,
    ) -> None: ...
    async def aclose(self) -> None: ...
