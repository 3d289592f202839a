"""basedpyright's language server over stdio: what an editor shows for a program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Self, cast

# JSON as the server sends it; its shape is checked where it is read.
Message = dict[str, Any]


class LanguageServer:
    """A server that has one file open; each request waits for its response."""

    def __init__(self, root: Path, text: str) -> None:
        self._lines = text.splitlines()
        self._uri = (root / "program.py").as_uri()
        (root / "program.py").write_text(text)
        command = [str(Path(sys.executable).parent / "basedpyright-langserver"), "--stdio"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._count = 0
        directory = {"uri": root.as_uri(), "name": "program"}
        self._ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root.as_uri(),
                "workspaceFolders": [directory],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {"hover": {"contentFormat": ["markdown"]}},
                },
            },
        )
        self._send({"method": "initialized", "params": {}})
        document = {"uri": self._uri, "languageId": "python", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def hover(self, shown: str) -> tuple[str, str]:
        """The signature and the documentation of the name that ends a part of a line."""
        found = self._ask("textDocument/hover", self._position(shown, len(shown) - 1))
        signature, _, doc = str(found["contents"]["value"]).partition("\n---\n")
        return signature, doc.replace("&nbsp;", " ").replace("\\", "")

    def completions(self, shown: str) -> list[str]:
        """The names that are completed after a part of a line, in the order of an editor."""
        found = self._ask("textDocument/completion", self._position(shown, len(shown)))
        items = cast("list[Message]", found["items"])
        return [one["label"] for one in sorted(items, key=lambda one: str(one["sortText"]))]

    def _position(self, shown: str, offset: int) -> Message:
        line = max(at for at, text in enumerate(self._lines) if shown in text)
        character = self._lines[line].index(shown) + offset
        return {
            "textDocument": {"uri": self._uri},
            "position": {"line": line, "character": character},
        }

    def _ask(self, method: str, params: Message) -> Message:
        self._count += 1
        number = self._count
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if "method" not in message and message.get("id") == number:
                return cast("Message", message["result"])
            if "method" in message and "id" in message:
                self._reply(message)

    def _reply(self, message: Message) -> None:
        result: object = None
        if message["method"] == "workspace/configuration":
            sections = [one.get("section") for one in message["params"]["items"]]
            settings = {"python": {"pythonPath": sys.executable}}
            result = [settings.get(section, {}) for section in sections]
        self._send({"id": message["id"], "result": result})

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stdin = cast("IO[bytes]", self._process.stdin)
        stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        stdin.flush()

    def _read(self) -> Message:
        stdout = cast("IO[bytes]", self._process.stdout)
        length = 0
        while line := stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has ended"
        return cast("Message", json.loads(stdout.read(length)))
