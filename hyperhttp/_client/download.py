"""Downloads to a file, with as many requests as needed.

`_policy.resume` decides what a response means for the file, `partial_file` writes it.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, final

from hyperhttp._base._generated.bounds import DOWNLOAD_RESUMES_MAX
from hyperhttp._base._generated.errors import (
    ConfigError,
    DigestMismatch,
    DownloadError,
    TransportError,
    in_context,
)
from hyperhttp._base.caller_thread import in_caller
from hyperhttp._base.input_pairs import shown
from hyperhttp._base.unset import UNSET
from hyperhttp._client.partial_file import PartialFile, in_thread
from hyperhttp._message.request.progress import Progress, checked_callback
from hyperhttp._policy.resume import (
    Partial,
    ResumeDecision,
    resume_decision,
    validator_of,
    whole_size,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._base.input_types import PathInput
    from hyperhttp._base.unset import Unset
    from hyperhttp._client.middleware import Send
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response

__all__ = ["Download", "DownloadOptions", "Downloader"]

T = TypeVar("T")

# A thread costs what writing 300 KiB does.
_BATCH_BYTES: Final = 1 << 20
_DIGEST: Final = re.compile(r"([a-z0-9]+)[:=]([0-9A-Fa-f]+)")
_DIGEST_BYTES: Final = {"sha256": 32, "sha384": 48, "sha512": 64, "sha1": 20, "md5": 16}


@final
@dataclass(frozen=True, slots=True)
class Download:
    """A complete download.

    Example:
        done = await client.download("https://example.com/large.bin", "large.bin")
        print(done.path, done.size_bytes)
    """

    path: Path
    """The path of the file."""
    size_bytes: int
    """The size of the file."""
    resumed_bytes: int
    """How many bytes an earlier call had stored, which weren't requested again."""
    response: Response
    """The last response; its body has been read."""


@final
@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """The options of a download; `of` checks them."""

    path: Path
    resumes: bool
    on_download: ProgressCallback | None
    digest: tuple[str, str] | None
    """The algorithm, and the expected digest in hexadecimal."""

    @classmethod
    def of(
        cls,
        path: PathInput,
        resume: object,
        on_download: ProgressCallback | Unset | None,
        digest: object,
    ) -> DownloadOptions:
        """Check the options. Raises ConfigError."""
        resumes = True if resume is UNSET else resume
        if not isinstance(resumes, bool):
            raise ConfigError(option="resume", given=shown(resumes), allowed="True or False")
        given = None if on_download is UNSET else on_download
        callback = checked_callback(given, option="on_download")
        checked = None if digest is UNSET or digest is None else _checked_digest(digest)
        return cls(_checked_path(path), resumes, callback, checked)


@final
class Downloader:
    """A download: sends requests, writes the file, and resumes after a broken connection."""

    def __init__(self, send: Send, request: Request, options: DownloadOptions) -> None:
        self._send = send
        self._request = request
        self._options = options
        # Signed URLs are secrets: the note beside the file contains a hash only.
        source = hashlib.sha256(str(request.url).encode()).hexdigest()
        self._part = PartialFile(options.path, source)
        self._resumptions = 0
        self._resumed_bytes = 0
        # The file has decoded bytes: a range of encoded ones would not fit it.
        request.headers["Accept-Encoding"] = "identity"

    async def run(self) -> Download:
        """Download the file. Raises DownloadError, DigestMismatch, and what `get` raises."""
        part, options = self._part, self._options
        try:
            if not await self._on_disk(part.reserve):
                raise self._error("another download is writing there")
            kept = await self._on_disk(part.found) if options.resumes else None
            response = await self._fetch(kept)
            if options.digest is not None:
                await self._check(*options.digest)
            size_bytes = part.size_bytes
            await self._on_disk(part.finish)
        finally:
            try:
                await self._on_disk(part.settle)
            finally:
                part.release()
        return Download(options.path, size_bytes, self._resumed_bytes, response)

    async def _fetch(self, kept: Partial | None) -> Response:
        """Send requests until the file is complete; return the last response."""
        is_first = True
        while True:
            self._set_range(kept)
            async with await self._send(self._request) as response:
                decision = resume_decision(kept, response)
                if decision is ResumeDecision.UNFIT:
                    kept = None
                    continue
                if decision is ResumeDecision.WHOLE:
                    kept = None
                total_bytes = whole_size(response, kept)
                await self._prepare_file(decision, kept, total_bytes, response)
                if is_first:
                    self._resumed_bytes = self._part.size_bytes
                    is_first = False
                if decision is ResumeDecision.NOTHING_MISSING:
                    return response
                kept = await self._receive(response, total_bytes)
                if kept is None:
                    return response

    def _set_range(self, kept: Partial | None) -> None:
        headers = self._request.headers
        for name in ("Range", "If-Range"):
            headers.pop(name, None)
        if kept is not None:
            headers.update(kept.fields())

    async def _prepare_file(
        self,
        decision: ResumeDecision,
        kept: Partial | None,
        total_bytes: int | None,
        response: Response,
    ) -> None:
        """Open the file where the content of the response belongs."""
        if decision is ResumeDecision.WHOLE:
            validator = validator_of(response) if self._options.resumes else ""
            await self._on_disk(partial(self._part.begin, validator, total_bytes))
        elif kept is None or decision is ResumeDecision.REFUSED:
            response.raise_for_status()
            raise self._error(_refusal(response))
        else:
            await self._on_disk(partial(self._part.resume_at, kept.size_bytes))

    async def _receive(self, response: Response, total_bytes: int | None) -> Partial | None:
        """Write the content as it arrives; return the part if it is incomplete, None if not."""
        start_bytes = self._part.size_bytes
        try:
            await self._write(response, total_bytes)
        except TransportError:
            rest = self._resumable(response, start_bytes, total_bytes)
            if rest is None:
                raise
            return rest
        if total_bytes is None or self._part.size_bytes == total_bytes:
            return None
        # A server may send less than the requested range (RFC 9110 15.3.7).
        rest = self._resumable(response, start_bytes, total_bytes)
        if rest is None or self._part.size_bytes > total_bytes:
            raise self._error(f"{self._part.size_bytes} bytes came, of {total_bytes}")
        return rest

    async def _write(self, response: Response, total_bytes: int | None) -> None:
        part, on_progress = self._part, self._options.on_download
        batch: list[bytes] = []
        size_bytes = written_bytes = part.size_bytes
        try:
            async with aclosing(response.aiter_bytes()) as pieces:
                async for piece in pieces:
                    batch.append(piece)
                    size_bytes += len(piece)
                    if size_bytes - written_bytes >= _BATCH_BYTES:
                        # Emptied first: if the task is canceled here, the batch is still written.
                        full, batch, written_bytes = batch, [], size_bytes
                        await self._on_disk(partial(part.write, full))
                    if on_progress is not None:
                        await in_caller(partial(on_progress, Progress(size_bytes, total_bytes)))
        finally:
            await self._on_disk(partial(part.write, batch))

    def _resumable(
        self, response: Response, start_bytes: int, total_bytes: int | None
    ) -> Partial | None:
        """Return the part if it can be resumed; each response must have brought some bytes."""
        size_bytes, validator = self._part.size_bytes, validator_of(response)
        self._resumptions += 1
        if not (self._options.resumes and validator and size_bytes > start_bytes):
            return None
        if (
            self._resumptions > DOWNLOAD_RESUMES_MAX
            or response.headers.get("accept-ranges") == "none"
        ):
            return None
        return Partial(size_bytes, validator, total_bytes)

    async def _check(self, algorithm: str, expected: str) -> None:
        actual = await self._on_disk(partial(self._part.digest, algorithm))
        if actual != expected:
            await self._on_disk(self._part.discard)
            error = DigestMismatch(
                detail=f"its {algorithm} is {actual}, not {expected}",
                path=str(self._options.path),
                algorithm=algorithm,
                expected=expected,
                actual=actual,
            )
            raise in_context(error, request=self._request, origin=self._request.url.origin)

    async def _on_disk(self, work: Callable[[], T]) -> T:
        try:
            return await in_thread(work)
        except OSError as error:
            raise self._error(error.strerror or str(error)) from error

    def _error(self, detail: str) -> DownloadError:
        error = DownloadError(detail=detail, path=str(self._options.path))
        return in_context(error, request=self._request, origin=self._request.url.origin)


def _refusal(response: Response) -> str:
    """Return why the content of a response is not the file."""
    status = response.status_code
    if response.content_range is not None and response.is_success:
        sent = response.headers["content-range"].strip()
        return f"the server responded {status} with a part of the file ({sent}), not the whole"
    return f"the server responded with {status}, which isn't a file"


def _checked_path(path: object) -> Path:
    if not isinstance(path, (str, os.PathLike)) or isinstance(path, bytes):
        raise ConfigError(option="path", given=shown(path), allowed="the path of a file")
    named = Path(os.fspath(path)).absolute()
    if not named.name or named.is_dir():
        raise ConfigError(option="path", given="a directory", allowed="the path of a file")
    return named


def _checked_digest(digest: object) -> tuple[str, str]:
    match = _DIGEST.fullmatch(digest) if isinstance(digest, str) else None
    if match is not None and match[1] in _DIGEST_BYTES:
        algorithm, expected = match[1], match[2].lower()
        if len(expected) == 2 * _DIGEST_BYTES[algorithm]:
            return algorithm, expected
    names = ", ".join(_DIGEST_BYTES)
    raise ConfigError(
        option="digest",
        given=shown(digest),
        allowed=f"'sha256:' and 64 hexadecimal digits, or None ({names} are known)",
    )
