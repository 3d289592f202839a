# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/sync_download.py and run the command again.

from dataclasses import dataclass
from pathlib import Path
from typing import final

from hyperhttp._client.sync_response import SyncResponse

@final
@dataclass(frozen=True, slots=True)
class SyncDownload:
    path: Path
    size_bytes: int
    resumed_bytes: int
    response: SyncResponse
