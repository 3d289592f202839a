"""Sends one request, or downloads one file, and prints or stores the response."""

from __future__ import annotations

import asyncio
import errno
import os
import shlex
import stat
import sys
import warnings
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from hyperhttp import UNSET, Client, HTTPStatusError, HyperHTTPError, Proxy
from hyperhttp._cli.exit_codes import Exit, UsageError, print_note
from hyperhttp._cli.progress import in_bytes, progress_bar
from hyperhttp._cli.request_args import RequestArguments, auth_of, build, read_request
from hyperhttp._cli.settings import settings
from hyperhttp._cli.show import response_printer, write_bytes
from hyperhttp._cli.terminal import Colors, use_color
from hyperhttp._cli.verbose import VerboseReporter
from hyperhttp._client.part_names import resumable_part
from hyperhttp._client.partial_file import PartialFile
from hyperhttp._message.headers.headers import MASK

if TYPE_CHECKING:
    from collections.abc import Generator

    from hyperhttp import ClientConfig, Download, Request, Response
    from hyperhttp._cli.options import ParsedArguments
    from hyperhttp._cli.progress import ProgressBar

__all__ = ["client_of", "explain", "fetch"]

_STDOUT: Final = "-"


def fetch(args: ParsedArguments) -> Exit:
    """Send the request and print the response. Raises UsageError and what the client raises."""
    with ExitStack() as files:
        return _fetch(args, settings(args), read_request(args, files))


def _fetch(args: ParsedArguments, config: ClientConfig, request_args: RequestArguments) -> Exit:
    path = _path(args, request_args)
    if args.curl:
        return asyncio.run(_as_curl(args, config, request_args))
    with warnings.catch_warnings():
        if config.tls.verify is False:
            warnings.simplefilter("ignore")  # requested with -k
        if (
            path is not None
            and request_args.method == "GET"
            and request_args.body is None
            and _is_replaceable(path)
        ):
            return _run_download(args, config, request_args, path)
        with _output(path) as file:
            return asyncio.run(_print_response(args, config, request_args, file))


def explain(args: ParsedArguments) -> Exit:
    """Print what would happen to the request. Nothing is sent."""
    with ExitStack() as files:
        asyncio.run(_print_plan(args, settings(args), read_request(args, files)))
    return Exit.OK


def client_of(
    args: ParsedArguments, config: ClientConfig, reporter: VerboseReporter | None = None
) -> Client:
    """Return a client with the options of the command line, which reports its events."""
    if args.proxy is not None and args.no_proxy:
        raise UsageError("--proxy and --no-proxy can't be combined")
    proxy = None if args.no_proxy else UNSET if args.proxy is None else args.proxy
    auth = auth_of(args)
    return Client(
        config=config,
        auth=UNSET if auth is None else auth,
        proxy=proxy,
        on_event=UNSET if reporter is None else reporter,
    )


async def _as_curl(
    args: ParsedArguments, config: ClientConfig, request_args: RequestArguments
) -> Exit:
    async with client_of(args, config) as client:
        request = build(client, request_args, None)
        sys.stdout.write(as_curl(args, config, request) + "\n")
    return Exit.OK


def as_curl(args: ParsedArguments, config: ClientConfig, request: Request) -> str:
    """Return the request as a curl command, with the proxy, redirect and TLS options."""
    auth, more = auth_of(args), list[str]()
    if args.digest:
        user = (args.user or "").partition(":")[0]
        more += ["--digest", "-u", f"{user}:{MASK}"]
    elif auth is not None:
        request = next(auth.auth_flow(request))
    if args.proxy is not None:
        more += ["-x", Proxy(args.proxy).url]
    if config.redirects.follow:
        more.append("-L")
    if config.tls.verify is False:
        more.append("-k")
    return " ".join([request.to_curl(), *map(shlex.quote, more)])


async def _print_plan(
    args: ParsedArguments, config: ClientConfig, request_args: RequestArguments
) -> None:
    async with client_of(args, config) as client:
        sys.stdout.write(f"{client.explain(build(client, request_args, None))}\n")


# --- to the screen, or to a file without a download ---


async def _print_response(
    args: ParsedArguments,
    config: ClientConfig,
    request_args: RequestArguments,
    file: BinaryIO | None,
) -> Exit:
    reporter, printer = _reporter(args), response_printer(args)
    async with client_of(args, config, reporter) as client:
        # Events are printed while the body is sent.
        with _progress_bar(args, is_wanted=reporter is None) as uploading:
            request = build(client, request_args, uploading)
            response = await _send(client, request, reporter)
        async with response:
            if reporter is not None:
                reporter.response_received(response)
            if file is None:
                printer.head(response)
            with _progress_bar(
                args, is_wanted=file is not None or _is_file(sys.stdout)
            ) as downloading:
                if file is None:
                    await printer.body(response, downloading)
                else:
                    await write_bytes(response, file, downloading)
            if reporter is not None:
                reporter.body_received(response)
    return Exit.STATUS if args.fail and response.is_error else Exit.OK


async def _send(client: Client, request: Request, reporter: VerboseReporter | None) -> Response:
    try:
        return await client.send(request)
    except HyperHTTPError as error:
        if reporter is not None:
            reporter.request_failed(error)
        raise


def _reporter(args: ParsedArguments) -> VerboseReporter | None:
    if not args.verbose:
        return None
    return VerboseReporter(Colors(use_color(args.color, sys.stderr)))


@contextmanager
def _progress_bar(
    args: ParsedArguments, *, is_wanted: bool = True
) -> Generator[ProgressBar | None]:
    shown = progress_bar(is_wanted=is_wanted and not args.silent)
    with nullcontext() if shown is None else shown:
        yield shown


def _is_file(stream: object) -> bool:
    """Return whether a stream is redirected to a file; readers of a pipe show progress."""
    fileno = getattr(stream, "fileno", None)
    try:
        return fileno is not None and stat.S_ISREG(os.fstat(fileno()).st_mode)
    except OSError:
        return False


# --- downloads to a file ---


def _path(args: ParsedArguments, request_args: RequestArguments) -> Path | None:
    """Return the path for the body; None for stdout. Raises UsageError."""
    if args.output is not None and args.remote_name:
        raise UsageError("-o and -O can't be combined")
    path = _name_from_url(request_args.url) if args.remote_name else args.output
    named = None if path in {None, _STDOUT} else Path(path or "")
    if args.checksum is not None and (
        named is None or request_args.method != "GET" or request_args.body
    ):
        raise UsageError("--checksum requires a download: GET with -o FILE or -O")
    return named


def _name_from_url(url: str) -> str:
    """Return the last segment of the URL's path; never a path out of the directory."""
    name = url.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2]
    name = name.rpartition("/")[2]
    if name in {"", ".", ".."} or "\\" in name or "\0" in name:
        raise UsageError(f"{url} has no file name; use -o FILE")
    return name


def _is_replaceable(path: Path) -> bool:
    """Return whether a file can replace the path; devices and pipes are written to."""
    return path.is_file() or not path.exists()


def _run_download(
    args: ParsedArguments, config: ClientConfig, request_args: RequestArguments, path: Path
) -> Exit:
    if not path.parent.is_dir():  # before a request is sent
        raise NotADirectoryError(errno.ENOTDIR, "no such directory", str(path.parent))
    try:
        done = asyncio.run(_download(args, config, request_args, path))
    except HTTPStatusError as error:
        print_note(" ".join(str(error).split()))
        return Exit.STATUS
    except (KeyboardInterrupt, HyperHTTPError):
        _report_partial_file(path)
        raise
    if not args.silent and sys.stderr.isatty():
        resumed = f", {in_bytes(done.resumed_bytes)} of them from an earlier download"
        more = resumed if done.resumed_bytes else ""
        print_note(f"{done.path.name}: {in_bytes(done.size_bytes)}{more}")
    return Exit.OK


async def _download(
    args: ParsedArguments, config: ClientConfig, request_args: RequestArguments, path: Path
) -> Download:
    reporter = _reporter(args)
    async with client_of(args, config, reporter) as client:
        try:
            with _progress_bar(args) as downloading:
                done = await client.download(
                    request_args.url,
                    path,
                    headers=request_args.headers,
                    params=request_args.params,
                    cookies=request_args.cookies,
                    on_download=downloading,
                    resume=args.resume,
                    digest=args.checksum,
                )
        except HyperHTTPError as error:
            if reporter is not None:
                reporter.request_failed(error)
            raise
    if reporter is not None:
        reporter.response_received(done.response)
        reporter.body_received(done.response)
    return done


def _report_partial_file(path: Path) -> None:
    """Print how much of an incomplete download is kept, if it can be resumed."""
    part = resumable_part(path)
    if part is not None:
        size = in_bytes(part.stat().st_size)
        print_note(f"{part.name} contains {size}; to resume, run the same command again")


@contextmanager
def _output(path: Path | None) -> Generator[BinaryIO | None]:
    """Open the file of -o; a regular file gets its name once it is complete."""
    if path is None:
        yield None
        return
    if not _is_replaceable(path):
        with path.open("wb") as file:
            yield file
        return
    partial = PartialFile(path, "")
    try:
        yield partial.begin("")
        partial.finish()
    finally:
        partial.settle()
        partial.release()
