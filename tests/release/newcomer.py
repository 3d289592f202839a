"""`python -m tests.release.newcomer`: how long it takes from a clone to the first typed answer.

It does what the README tells: clone, make an environment, install, run the first example, whose
host a small server on loopback stands in for; then it asks a type checker about the same file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import textwrap
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from tests.docs.snippets import snippets_of
from tests.release.__main__ import take
from tests.release.pins import Project
from tests.release.pythons import interpreters, run

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

HOST = "https://api.example.com"
ANSWER = b'{"id": 1, "name": "John"}'


class Users(BaseHTTPRequestHandler):
    """Has one user, whatever it is asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def serving() -> Generator[str]:
    """Serve on loopback; gives the URL."""
    with HTTPServer(("127.0.0.1", 0), Users) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def program(example: str, url: str) -> str:
    """An example that awaits at its top as a program: what a reader makes of it."""
    opening, found, rest = example.partition("async with ")
    assert found, "the first example opens no client"
    body = textwrap.indent(f"{found}{rest}".rstrip("\n"), "    ")
    whole = f"{opening.rstrip()}\n\n\nasync def main() -> None:\n{body}\n\n\nasyncio.run(main())\n"
    return f"import asyncio\n{whole}".replace(HOST, url)


def main(arguments: Sequence[str] | None = None) -> int:
    """Go the way, and print how long each part of it took; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.release.newcomer", description=__doc__)
    parser.add_argument("--working-tree", action="store_true", help="files as they are, no clone")
    options = parser.parse_args(arguments)
    pythons = list(interpreters().values())
    with tempfile.TemporaryDirectory(prefix="hyperhttp-newcomer-") as name, serving() as url:
        folder, steps = Path(name), list[float]()
        clone, own = folder / "hyperhttp", folder / ".venv/bin/python"
        first = folder / "first.py"

        def timed(what: str, does: Callable[[], object]) -> str:
            started = time.monotonic()
            said = str(does() or "")
            steps.append(time.monotonic() - started)
            print(f"{steps[-1]:6.1f} s  {what}", flush=True)
            return said

        timed("git clone", lambda: take(clone, whole=options.working_tree))
        timed("python -m venv", lambda: run(pythons[0], "-m", "venv", folder / ".venv"))
        install = (own, "-m", "pip", "install", "--quiet", clone)
        timed("pip install", lambda: run(*install))
        first.write_text(program(snippets_of("README.md", clone)[0].code, url), encoding="utf-8")
        said = timed("python first.py", lambda: run(own, first, cwd=folder)).strip()
        print(f"{sum(steps):6.1f} s  from nothing to the first typed answer: {said}", flush=True)
        checker = [pin for pin in Project.of(clone).group("dev") if pin.startswith("mypy==")]
        run(own, "-m", "pip", "install", "--quiet", *checker)
        strict = (own, "-m", "mypy", "--strict", first)
        timed("mypy --strict first.py", lambda: run(*strict, cwd=folder))
    return 0 if said == "John" else 1


if __name__ == "__main__":
    sys.exit(main())
