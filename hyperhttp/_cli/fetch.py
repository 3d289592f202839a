"""One request, or one download: from what the command line says to what is on the screen or disk.

Puts the parts together; what each of them shows or asks is its own business.
"""

from __future__ import annotations

import asyncio
import errno
import os
import shlex
import stat
import sys
import time
import warnings
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from hyperhttp import UNSET, Client, HTTPStatusError, HyperHTTPError, Proxy
from hyperhttp._cli.exit_codes import Exit, UsageError, say
from hyperhttp._cli.progress import bar, in_bytes
from hyperhttp._cli.request_args import Wanted, auth_of, build, wanted
from hyperhttp._cli.settings import settings
from hyperhttp._cli.show import screen_of, write_bytes
from hyperhttp._cli.terminal import Paint, wants_color
from hyperhttp._cli.verbose import Story
from hyperhttp._message.headers.headers import MASK

if TYPE_CHECKING:
    from collections.abc import Generator

    from hyperhttp import ClientConfig, Download, Request, Response
    from hyperhttp._cli.options import Asked
    from hyperhttp._cli.progress import Bar

__all__ = ["client_of", "explain", "fetch"]

_STDOUT: Final = "-"


def fetch(asked: Asked) -> Exit:
    """Send the request and show the answer. Raises UsageError and what the client raises."""
    with ExitStack() as files:
        return _fetched(asked, settings(asked), wanted(asked, files))


def _fetched(asked: Asked, config: ClientConfig, what: Wanted) -> Exit:
    path = _path(asked, what)
    if asked.curl:
        return asyncio.run(_as_curl(asked, config, what))
    with warnings.catch_warnings():
        if config.tls.verify is False:
            warnings.simplefilter("ignore")  # it was asked for: no need to warn of it
        if path is not None and what.method == "GET" and what.body is None and _is_plain(path):
            return _downloaded(asked, config, what, path)
        with _output(path) as file:
            return asyncio.run(_shown(asked, config, what, file))


def explain(asked: Asked) -> Exit:
    """Tell what would happen to the request; nothing is sent."""
    with ExitStack() as files:
        asyncio.run(_explained(asked, settings(asked), wanted(asked, files)))
    return Exit.OK


def client_of(asked: Asked, config: ClientConfig) -> Client:
    """The client that the command line describes."""
    if asked.proxy is not None and asked.no_proxy:
        raise UsageError("there can be one of them only: --proxy and --no-proxy")
    proxy = None if asked.no_proxy else UNSET if asked.proxy is None else asked.proxy
    auth = auth_of(asked)
    return Client(config=config, auth=UNSET if auth is None else auth, proxy=proxy)


async def _as_curl(asked: Asked, config: ClientConfig, what: Wanted) -> Exit:
    async with client_of(asked, config) as client:
        request = build(client, what, None)
        sys.stdout.write(as_curl(asked, config, request) + "\n")
    return Exit.OK


def as_curl(asked: Asked, config: ClientConfig, request: Request) -> str:
    """The request as a line for curl, with what of the way to the server curl knows too."""
    auth, more = auth_of(asked), list[str]()
    if asked.digest:
        user = (asked.user or "").partition(":")[0]
        more += ["--digest", "-u", f"{user}:{MASK}"]
    elif auth is not None:
        request = next(auth.auth_flow(request))
    if asked.proxy is not None:
        more += ["-x", Proxy(asked.proxy).url]
    if config.redirects.follow:
        more.append("-L")
    if config.tls.verify is False:
        more.append("-k")
    return " ".join([request.to_curl(), *map(shlex.quote, more)])


async def _explained(asked: Asked, config: ClientConfig, what: Wanted) -> None:
    async with client_of(asked, config) as client:
        sys.stdout.write(f"{client.explain(build(client, what, None))}\n")


# --- to the screen, or into a file that is no download ---


async def _shown(asked: Asked, config: ClientConfig, what: Wanted, file: BinaryIO | None) -> Exit:
    story, screen = _story(asked), screen_of(asked)
    async with client_of(asked, config) as client:
        started = time.monotonic()
        with _bar(asked) as uploading:
            request = build(client, what, uploading)
            response = await _sent(client, request, story)
        headed = time.monotonic()
        async with response:
            story.answered(response)
            if file is None:
                screen.head(response)
            with _bar(asked, is_wanted=file is not None or _is_file(sys.stdout)) as downloading:
                if file is None:
                    await screen.body(response, downloading)
                else:
                    await write_bytes(response, file, downloading)
            ended = time.monotonic()
            story.ended(response, ended - headed, ended - started)
    return Exit.STATUS if asked.fail and response.is_error else Exit.OK


async def _sent(client: Client, request: Request, story: Story) -> Response:
    try:
        return await client.send(request)
    except HyperHTTPError as error:
        story.failed(error)
        raise


def _story(asked: Asked) -> Story:
    return Story(Paint(wants_color(asked.color, sys.stderr)), is_told=asked.verbose)


@contextmanager
def _bar(asked: Asked, *, is_wanted: bool = True) -> Generator[Bar | None]:
    shown = bar(is_wanted=is_wanted and not asked.silent)
    with nullcontext() if shown is None else shown:
        yield shown


def _is_file(stream: object) -> bool:
    """Whether it is led into a file: into a pipe, its reader says how far it is."""
    fileno = getattr(stream, "fileno", None)
    try:
        return fileno is not None and stat.S_ISREG(os.fstat(fileno()).st_mode)
    except OSError:
        return False


# --- into a file ---


def _path(asked: Asked, what: Wanted) -> Path | None:
    """Where the body goes; None for stdout. Raises UsageError."""
    if asked.output is not None and asked.remote_name:
        raise UsageError("there can be one of them only: -o and -O")
    path = _named_by(what.url) if asked.remote_name else asked.output
    named = None if path in {None, _STDOUT} else Path(path or "")
    if asked.checksum is not None and (named is None or what.method != "GET" or what.body):
        raise UsageError("--checksum is for a download: GET with -o FILE or -O")
    return named


def _named_by(url: str) -> str:
    """The last part of the path of a URL, which is no way out of the folder."""
    name = url.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2]
    name = name.rpartition("/")[2]
    if name in {"", ".", ".."} or "\\" in name or "\0" in name:
        raise UsageError(f"{url} names no file: say -o FILE")
    return name


def _is_plain(path: Path) -> bool:
    """Whether a file may be put in its place; a device or a pipe is written into."""
    return path.is_file() or not path.exists()


def _downloaded(asked: Asked, config: ClientConfig, what: Wanted, path: Path) -> Exit:
    if not path.parent.is_dir():  # before anything is asked for
        raise NotADirectoryError(errno.ENOTDIR, "there is no such folder", str(path.parent))
    try:
        done = asyncio.run(_download(asked, config, what, path))
    except HTTPStatusError as error:
        say(" ".join(str(error).split()))
        return Exit.STATUS
    except (KeyboardInterrupt, HyperHTTPError):
        _tell_of_part(path)
        raise
    if not asked.silent and sys.stderr.isatty():
        resumed = f", {in_bytes(done.resumed_bytes)} of them from before"
        more = resumed if done.resumed_bytes else ""
        say(f"{done.path.name}: {in_bytes(done.size_bytes)}{more}")
    return Exit.OK


async def _download(asked: Asked, config: ClientConfig, what: Wanted, path: Path) -> Download:
    story = _story(asked)
    async with client_of(asked, config) as client:
        started = time.monotonic()
        try:
            with _bar(asked) as downloading:
                done = await client.download(
                    what.url,
                    path,
                    headers=what.headers,
                    params=what.params,
                    cookies=what.cookies,
                    on_download=downloading,
                    resume=asked.resume,
                    digest=asked.checksum,
                )
        except HyperHTTPError as error:
            story.failed(error)
            raise
    story.answered(done.response)
    total_s = time.monotonic() - started
    story.ended(done.response, max(total_s - done.response.elapsed, 0.0), total_s)
    return done


def _tell_of_part(path: Path) -> None:
    """What is kept of a download that ended early, if it is any use."""
    part, note = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.part.json")
    if part.exists() and note.exists():
        size = in_bytes(part.stat().st_size)
        say(f"{part.name} has {size} of it: the same command goes on from there")


@contextmanager
def _output(path: Path | None) -> Generator[BinaryIO | None]:
    """The file that -o names; a plain one has its name only once it is complete."""
    if path is None:
        yield None
        return
    if not _is_plain(path):
        with path.open("wb") as file:
            yield file
        return
    partial = path.with_name(f"{path.name}.part")
    complete = False
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
        complete = True
    finally:
        if not complete:
            partial.unlink(missing_ok=True)
