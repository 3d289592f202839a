"""Downloads into a file: the way of one, with as many requests as it takes.

What an answer means for the file stands in `_policy.resume`, the file itself in `_part_file`.
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
)
from hyperhttp._base.input_pairs import shown
from hyperhttp._client.partial_file import PartFile, in_thread
from hyperhttp._message.request.progress import Progress
from hyperhttp._policy.resume import Meaning, Partial, meaning, validator_of, whole_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._base.input_types import PathInput
    from hyperhttp._client.middleware import Send
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response

__all__ = ["Download", "Downloading", "Wanted"]

T = TypeVar("T")

# A thread costs what writing 300 KiB does.
_BATCH_BYTES: Final = 1 << 20
_DIGEST: Final = re.compile(r"([a-z0-9]+)[:=]([0-9A-Fa-f]+)")
_DIGEST_BYTES: Final = {"sha256": 32, "sha384": 48, "sha512": 64, "sha1": 20, "md5": 16}
# The places that downloads of this process are under way to.
_under_way: set[Path] = set()


@final
@dataclass(frozen=True, slots=True)
class Download:
    """A file that has come whole.

    done = await client.download("https://example.com/large.bin", "large.bin")
    print(done.path, done.size_bytes)
    """

    path: Path
    """Where it lies."""
    size_bytes: int
    """How long it is."""
    resumed_bytes: int
    """How much of it had come before this call, and was not asked for again."""
    response: Response
    """The last answer; its body has been read."""


@final
@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become of the content; `of` checks what the caller said."""

    path: Path
    resumes: bool
    on_download: ProgressCallback | None
    digest: tuple[str, str] | None
    """The algorithm, and what it must give in hexadecimal."""

    @classmethod
    def of(
        cls,
        path: PathInput,
        resumes: object,
        on_download: ProgressCallback | None,
        digest: object,
    ) -> Wanted:
        """Raises ConfigError."""
        if not isinstance(resumes, bool):
            raise ConfigError(option="resume", given=shown(resumes), allowed="True or False")
        wanted = None if digest is None else _checked_digest(digest)
        return cls(_checked_path(path), resumes, on_download, wanted)


@final
class Downloading:
    """One download: asks, writes, and asks again for the rest when the connection breaks."""

    def __init__(self, send: Send, request: Request, wanted: Wanted) -> None:
        self._send = send
        self._request = request
        self._wanted = wanted
        # Signed addresses are secrets: the note beside the file must not tell them.
        source = hashlib.sha256(str(request.url).encode()).hexdigest()
        self._part = PartFile(wanted.path, source)
        self._goes_on = 0
        self._resumed_bytes = 0
        # A range of coded bytes would be of no use to a file of decoded ones.
        request.headers["Accept-Encoding"] = "identity"

    async def run(self) -> Download:
        """The file, in its place. Raises DownloadError, DigestMismatch, and what `get` raises."""
        part, wanted = self._part, self._wanted
        if part.path in _under_way:
            raise self._error("another download is writing there")
        _under_way.add(part.path)
        try:
            kept = await self._on_disk(part.found) if wanted.resumes else None
            response = await self._fetch(kept)
            if wanted.digest is not None:
                await self._check(*wanted.digest)
            size_bytes = part.size_bytes
            await self._on_disk(part.finish)
        finally:
            try:
                await self._on_disk(part.settle)
            finally:
                _under_way.discard(part.path)
        return Download(wanted.path, size_bytes, self._resumed_bytes, response)

    async def _fetch(self, kept: Partial | None) -> Response:
        """Ask until all of it has come."""
        is_first = True
        while True:
            self._ask_for(kept)
            async with await self._send(self._request) as response:
                what = meaning(kept, response)
                if what is Meaning.UNFIT:
                    kept = None
                    continue
                start_bytes = await self._begin(what, kept, response)
                if is_first:
                    self._resumed_bytes = start_bytes
                    is_first = False
                if what is Meaning.NOTHING_MISSING:
                    return response
                kept = await self._take(response, start_bytes)
                if kept is None:
                    return response

    def _ask_for(self, kept: Partial | None) -> None:
        headers = self._request.headers
        for name in ("Range", "If-Range"):
            headers.pop(name, None)
        if kept is not None:
            headers.update(kept.fields())

    async def _begin(self, what: Meaning, kept: Partial | None, response: Response) -> int:
        """Have the file ready where the content of the answer belongs; that place."""
        if what is Meaning.WHOLE:
            validator = validator_of(response) if self._wanted.resumes else ""
            await self._on_disk(partial(self._part.begin, validator))
            return 0
        if kept is None or what is Meaning.REFUSED:
            response.raise_for_status()
            raise self._error(f"the server answered {response.status_code}, which is no file")
        await self._on_disk(partial(self._part.go_on, kept.size_bytes))
        return kept.size_bytes

    async def _take(self, response: Response, start_bytes: int) -> Partial | None:
        """Write the content as it comes; what there is if some is missing, None if nothing is."""
        total_bytes = whole_size(response, start_bytes)
        try:
            await self._write(response, total_bytes)
        except TransportError:
            rest = self._what_there_is(response, start_bytes)
            if rest is None:
                raise
            return rest
        if total_bytes is None or self._part.size_bytes == total_bytes:
            return None
        # A server may send less than it was asked for (RFC 9110 15.3.7).
        rest = self._what_there_is(response, start_bytes)
        if rest is None or self._part.size_bytes > total_bytes:
            raise self._error(f"{self._part.size_bytes} bytes came, of {total_bytes}")
        return rest

    async def _write(self, response: Response, total_bytes: int | None) -> None:
        part, told = self._part, self._wanted.on_download
        batch: list[bytes] = []
        size_bytes = written_bytes = part.size_bytes
        try:
            async with aclosing(response.aiter_bytes()) as pieces:
                async for piece in pieces:
                    batch.append(piece)
                    size_bytes += len(piece)
                    if size_bytes - written_bytes >= _BATCH_BYTES:
                        # Emptied first: who is cancelled here has it written all the same.
                        full, batch, written_bytes = batch, [], size_bytes
                        await self._on_disk(partial(part.write, full))
                    if told is not None:
                        told(Progress(size_bytes, total_bytes))
        finally:
            await self._on_disk(partial(part.write, batch))

    def _what_there_is(self, response: Response, start_bytes: int) -> Partial | None:
        """What can be gone on with, as long as each answer brings something."""
        size_bytes, validator = self._part.size_bytes, validator_of(response)
        self._goes_on += 1
        if not (self._wanted.resumes and validator and size_bytes > start_bytes):
            return None
        if self._goes_on > DOWNLOAD_RESUMES_MAX or response.headers.get("accept-ranges") == "none":
            return None
        return Partial(size_bytes, validator)

    async def _check(self, algorithm: str, expected: str) -> None:
        actual = await self._on_disk(partial(self._part.digest, algorithm))
        if actual != expected:
            await self._on_disk(self._part.discard)
            error = DigestMismatch(
                detail=f"its {algorithm} is {actual}, not {expected}",
                path=str(self._wanted.path),
                algorithm=algorithm,
                expected=expected,
                actual=actual,
            )
            raise error.in_context(request=self._request, origin=self._request.url.origin)

    async def _on_disk(self, work: Callable[[], T]) -> T:
        try:
            return await in_thread(work)
        except OSError as error:
            raise self._error(error.strerror or str(error)) from error

    def _error(self, detail: str) -> DownloadError:
        error = DownloadError(detail=detail, path=str(self._wanted.path))
        return error.in_context(request=self._request, origin=self._request.url.origin)


def _checked_path(path: object) -> Path:
    if not isinstance(path, (str, os.PathLike)) or isinstance(path, bytes):
        raise ConfigError(option="path", given=shown(path), allowed="the path of a file")
    named = Path(os.fspath(path)).absolute()
    if not named.name or named.is_dir():
        raise ConfigError(option="path", given="a folder", allowed="the path of a file")
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
