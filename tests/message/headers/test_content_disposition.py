"""Content-Disposition: what servers send, and which names are safe to make a file of."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._message.headers.content_disposition import (
    ContentDisposition,
    parse_content_disposition,
    safe_name,
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("naïve 日本.txt", "naïve 日本.txt"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("C:a.txt", "C_a.txt"),
        ("a/b/", None),
        ("", None),
        (".", None),
        ("..", None),
        ("...", None),
        (".bashrc", "bashrc"),
        ("a.txt. . ", "a.txt"),
        (" a ", "a"),
        ("a\r\nb\x00\x7f.txt", "ab.txt"),
        ("txt.\u202eexe", "txt.exe"),
        ("a\u200b\ufeff", "a"),
        ("a\u2028b", "ab"),
        ("\ud800a", "a"),
        ('a<b>c:"d|e?f*g', "a_b_c__d_e_f_g"),
        ("CON", "_CON"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("com1.txt", "_com1.txt"),
        ("console", "console"),
    ],
)
def test_only_a_plain_name_is_left(name: str, safe: str | None) -> None:
    assert safe_name(name) == safe
    assert ContentDisposition("attachment", name).safe_filename == safe


@pytest.mark.parametrize(
    ("name", "end"),
    [("é" * 200 + ".tar", ".tar"), ("a" * 300, "a"), ("a." + "b" * 300, "b"), ("日" * 99, "日")],
)
def test_a_long_name_keeps_its_suffix_and_whole_characters(name: str, end: str) -> None:
    safe = safe_name(name)
    assert safe is not None
    assert 250 <= len(safe.encode()) <= 255
    assert safe.endswith(end)


@given(st.text(max_size=300))
def test_a_safe_name_is_one_part_of_a_path_on_any_system(name: str) -> None:
    safe = safe_name(name)
    if safe is None:
        return
    assert PurePosixPath(safe).parts == PureWindowsPath(safe).parts == (safe,)
    assert safe not in {".", ".."}
    assert safe.strip(". ") == safe
    assert not {unicodedata.category(char) for char in safe} & {"Cc", "Cf", "Cs"}
    assert len(safe.encode()) <= 255
    assert safe_name(safe) == safe


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_an_extended_name_comes_back(name: str) -> None:
    value = f"attachment; filename=\"fallback\"; filename*=UTF-8''{quote(name, safe='')}"
    assert parse_content_disposition(value) == ContentDisposition("attachment", name)


@pytest.mark.parametrize(
    ("value", "filename"),
    [
        ("attachment; filename=a; filename=b", "a"),
        ("attachment; FILENAME=a", "a"),
        ("attachment ;filename = a.txt ; x", "a.txt"),
        ("attachment; filename*=a; filename=b", "b"),
        ("attachment; filename=\xc3\xa9.txt", "é.txt"),
        ("attachment; filename=\xe9.txt", "é.txt"),
        ("attachment; filename=a%20b.txt", "a%20b.txt"),
        ("attachment; filename*=ISO-8859-1''%e9", "é"),
        ("attachment; filename", None),
        ("attachment;", None),
    ],
)
def test_names_are_read_as_browsers_read_them(value: str, filename: str | None) -> None:
    assert parse_content_disposition(value) == ContentDisposition("attachment", filename)


@pytest.mark.parametrize("value", ["", " ", "filename=a", 'x; filename="a', "a b", "é", "a, b"])
def test_what_is_no_disposition_is_none(value: str) -> None:
    assert parse_content_disposition(value) is None
