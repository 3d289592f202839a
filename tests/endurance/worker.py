"""A load process: `python -m tests.endurance.worker SETTINGS`; standard input has its commands."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.endurance.load_async import AsyncLoad
from tests.endurance.load_sync import SyncLoad
from tests.endurance.settings import LoadSettings


async def _run_async(settings: LoadSettings) -> None:
    await AsyncLoad(settings).run()


def main(path: Path) -> None:
    """Run the load of the settings in this file."""
    settings = LoadSettings.load(path)
    if settings.mode == "async":
        asyncio.run(_run_async(settings))
    else:
        SyncLoad(settings).run()
        os._exit(0)  # a lost request would keep its thread, and so the process


if __name__ == "__main__":
    main(Path(sys.argv[1]))
