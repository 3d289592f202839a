from __future__ import annotations

import socket
import ssl
from itertools import combinations
from pathlib import Path

from codegen.emit.exception_table import emit, rows
from codegen.load import load
from tests.codegen.specs import real_spec, scratch_spec


def test_a_class_comes_before_its_bases() -> None:
    table = [foreign for foreign, _ in rows(real_spec())]
    assert {socket.gaierror, ssl.SSLError, OSError} <= set(table)
    for first, second in combinations(table, 2):
        assert not issubclass(second, first)


def test_a_new_row_is_one_edit_of_the_spec(tmp_path: Path) -> None:
    old, new = 'maps = ["socket:gaierror"]', 'maps = ["socket:gaierror", "socket:herror"]'
    text = emit(load(scratch_spec(tmp_path, "errors", old, new)))
    assert "    socket.herror: DNSError,\n" in text
    assert text.index("socket.herror") < text.index("    OSError: ")
