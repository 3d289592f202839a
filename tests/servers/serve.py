"""`python -m tests.servers.serve FILE...`: hypercorn with `app.py`, once for each configuration.

What ALPN offers holds for all ports of one configuration; this serves several in one process.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING, cast

# hypercorn's own types leave parameters of generics out.
from hypercorn.asyncio import serve  # pyright: ignore[reportUnknownVariableType]
from hypercorn.config import Config

from tests.servers.app import app

if TYPE_CHECKING:
    from hypercorn.typing import ASGIFramework


async def main(paths: list[str]) -> None:
    """Serve until the process is asked to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    # hypercorn declares messages as TypedDicts; `app` takes them as the mappings they are.
    framework = cast("ASGIFramework", app)
    async with asyncio.TaskGroup() as group:
        for path in paths:
            found = Config.from_toml(path)  # pyright: ignore[reportUnknownMemberType]
            group.create_task(serve(framework, found, shutdown_trigger=stop.wait))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
