"""`make demo`: runs the guide, snippet by snippet, against a server on loopback, and shows it all.

Each snippet runs by HTTP/1.1 over TLS and in cleartext, and by HTTP/2, as it stands in the guide,
whose hosts are played by hypercorn (see `stage.py`). Exits with 1 when a snippet does not do what
the guide says.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

import hyperhttp
from tests.docs.play import Played, faults, play
from tests.docs.snippets import GUIDE, Snippet, snippets_of
from tests.docs.stage import stage
from tests.servers.certificates import make_certificates
from tests.servers.hypercorn import Hypercorn, hypercorn

SHOWN_CHARACTERS = 100


def main() -> int:
    """Play all pages; returns the exit code."""
    snippets = [snippet for page in GUIDE for snippet in snippets_of(page)]
    with tempfile.TemporaryDirectory(prefix="hyperhttp-demo-") as directory:
        certificates = make_certificates(Path(directory))
        with hypercorn(Path(directory, "hypercorn"), certificates.good) as server:
            print(f"hyperhttp {hyperhttp.__version__}: the guide against hypercorn on loopback,")
            print(f"TLS on port {server.tls_port}, cleartext on port {server.port},")
            print(f"HTTP/2 on port {server.h2_port}.")
            failures = sum(_play(snippet, server, certificates.ca) for snippet in snippets)
    runs = 3 * len(snippets)
    print(f"\n{len(snippets)} snippets, each over TLS, in cleartext, and by HTTP/2.")
    print(f"{runs - failures} passed, {failures} failed")
    return 1 if failures or not snippets else 0


def _play(snippet: Snippet, server: Hypercorn, ca: Path) -> int:
    """How many of its three runs failed."""
    print(f"\n== {snippet.heading}  ({snippet})")
    print("".join(f"   | {line}\n" for line in snippet.code.splitlines()), end="")
    failures = 0
    for way, version, h2 in (
        ("TLS", snippet, False),
        ("cleartext", snippet.in_cleartext(), False),
        ("HTTP/2", snippet, True),
    ):
        print(f"-- {way}")
        with stage(server, ca, h2=h2):
            played = asyncio.run(play(version))
        _show(played)
        wrong = faults(version, played)
        print("".join(f"   !! {fault}\n" for fault in wrong), end="")
        failures += bool(wrong)
    return failures


def _show(played: Played) -> None:
    """What a snippet's calls returned, what it printed, and what it left in its variables."""
    for response in played.responses:
        kind = response.headers.get("content-type", "no content type")
        asked = f"{response.request.method} {response.url}"
        came = f"{response.http_version} {response.status_code} {response.reason_phrase}".rstrip()
        print(f"   {asked}  ->  {came}  ({kind}, {response.elapsed * 1000:.1f} ms)")
    for line in played.printed:
        print(f"   printed: {line}")
    for name, value in played.names.items():
        is_news = value is not played.before.get(name) and not name.startswith("_")
        if is_news and not isinstance(value, hyperhttp.Response) and not callable(value):
            text = repr(value)
            cut = "..." if len(text) > SHOWN_CHARACTERS else ""
            print(f"   {name} = {text[:SHOWN_CHARACTERS]}{cut}")
    if played.handled:
        size = sum(map(len, played.handled))
        print(f"   handle_bytes got {len(played.handled)} pieces, {size} bytes")
    if played.error is not None:
        print(f"   raised {type(played.error).__name__}: {played.error}")


if __name__ == "__main__":
    sys.exit(main())
