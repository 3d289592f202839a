# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/download.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from dataclasses import dataclass
from pathlib import Path
from typing import final

from hyperhttp._base.input_types import PathInput
from hyperhttp._client.middleware import Send
from hyperhttp._message.request.progress import ProgressCallback
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response

__all__ = ["Download", "Downloader", "DownloadOptions"]

@final
@dataclass(frozen=True, slots=True)
class Download:
    path: Path
    size_bytes: int
    resumed_bytes: int
    response: Response

@final
@dataclass(frozen=True, slots=True)
class DownloadOptions:
    path: Path
    resumes: bool
    on_download: ProgressCallback | None
    digest: tuple[str, str] | None

    @classmethod
    def of(
        cls, path: PathInput, resumes: object, on_download: ProgressCallback | None, digest: object
    ) -> DownloadOptions: ...

@final
class Downloader:
    def __init__(self, send: Send, request: Request, options: DownloadOptions) -> None: ...
    async def run(self) -> Download: ...
