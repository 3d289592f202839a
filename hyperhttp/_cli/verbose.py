"""The output of `--verbose` on stderr: requests, responses, connections and times.

`>` marks what was sent, `<` what was received, `*` other information. Secrets are masked.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, final

from hyperhttp import Request
from hyperhttp._base.sensitive import mask_parameters
from hyperhttp._cli.show import field_lines, head_lines
from hyperhttp._cli.terminal import Colors, escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hyperhttp import Attempt, ConnectionInfo, HyperHTTPError, Response, TLSInfo

__all__ = ["VerboseReporter", "milliseconds"]

_STEPS: Final = (("dns", "dns_s"), ("connect", "connect_s"), ("proxy", "proxy_s"), ("tls", "tls_s"))


@final
class VerboseReporter:
    """Reports exchanges, if enabled."""

    def __init__(self, colors: Colors, *, is_enabled: bool) -> None:
        self._colors = colors
        self._is_enabled = is_enabled

    def response_received(self, response: Response) -> None:
        """Report a response and all attempts and redirects that led to it."""
        if self._is_enabled:
            lines = [*self._attempts(response.attempts)]
            for hop in (*response.history, response):
                lines += self._hop(hop)
            self._write(lines)

    def body_received(self, response: Response, body_s: float, total_s: float) -> None:
        """Report the body and the trailers."""
        if self._is_enabled:
            size_bytes = response.num_bytes_downloaded
            trailers = field_lines(response.trailers.multi_items(), self._colors, masks=True)
            summary = f"body: {size_bytes} bytes on the wire in {milliseconds(body_s)}"
            self._write(
                [*self._marked("<", trailers), f"* {summary}, all in {milliseconds(total_s)}"]
            )

    def request_failed(self, error: HyperHTTPError) -> None:
        """Report a request that failed."""
        if self._is_enabled:
            lines = [*self._attempts(error.attempts)]
            if isinstance(error.request, Request):
                lines += self._request(error.request, "")
            if error.phase is not None:
                lines.append(f"* failed in phase {error.phase}")
            if error.hint:
                lines.append(f"* {error.hint}")
            self._write(lines)

    def _hop(self, response: Response) -> Iterator[str]:
        connection = response.connection
        if connection is not None:
            yield from _connection(connection)
        yield from self._request(response.request, response.http_version)
        yield from self._marked("<", head_lines(response, self._colors, masks=True))
        opening_s = 0.0
        if connection is not None and not connection.is_reused:
            opening_s = connection.opening_s
        waited = milliseconds(max(response.elapsed - opening_s, 0.0))
        elapsed = milliseconds(response.elapsed)
        yield f"* headers after {elapsed}, {waited} of them waiting for the server"

    def _request(self, request: Request, version: str) -> Iterator[str]:
        line = f"{request.method} {mask_parameters(request.url.target)} {version}".rstrip()
        fields = field_lines(request.headers.multi_items(), self._colors, masks=True)
        yield from self._marked(">", [line, *fields])

    def _attempts(self, attempts: Sequence[Attempt]) -> Iterator[str]:
        for one in attempts:
            came = one.status_code or (type(one.error).__name__ if one.error else "nothing")
            spent = milliseconds(one.elapsed_s)
            yield f"* attempt {one.number}: {came} after {spent}, {one.decision}"

    def _marked(self, mark: str, lines: Iterable[str]) -> Iterator[str]:
        return (f"{self._colors('dim', mark)} {line}" for line in lines)

    def _write(self, lines: Sequence[str]) -> None:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        sys.stderr.flush()


def _connection(connection: ConnectionInfo) -> Iterator[str]:
    where = connection.address or "a connection that is closed"
    if connection.is_reused:
        yield f"* {where}, used before"
        return
    times = [(name, getattr(connection, field)) for name, field in _STEPS]
    shown = ", ".join(f"{name} {milliseconds(spent_s)}" for name, spent_s in times if spent_s)
    yield f"* {where}{f' ({shown})' if shown else ''}"
    if connection.tls is not None:
        yield from _tls(connection.tls)


def _tls(tls: TLSInfo) -> Iterator[str]:
    yield f"* {tls.version}, {tls.cipher}, ALPN {tls.alpn or 'not used'}"
    if tls.subject is None:
        yield "* certificate: not checked"
        return
    expires = "" if tls.expires is None else f", expires {tls.expires:%Y-%m-%d}"
    issuer = escape_controls(tls.issuer or "unknown")
    yield f"* certificate of {escape_controls(tls.subject)}, by {issuer}{expires}"


def milliseconds(seconds: float) -> str:
    """Return a readable time: `4.2 ms`, `1.50 s`."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
