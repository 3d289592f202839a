"""Every target over its corpus, without atheris; and that each one notices a planted bug."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hyperhttp._protocol.events import END_CLOSE
from tests.fuzz.shrinking import failure_of
from tests.fuzz.targets import CORPUS, TARGETS, entries, input_of

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = [(target, name) for target in TARGETS for name in entries(target)]
ENTRIES_MIN = 5
ENTRY_BYTES_MAX = 1024
# Of each target a function or value of the package, and a wrong one.
BUGS: dict[str, tuple[str, object]] = {
    "h1": ("_protocol.h1.codec.END_REUSABLE", END_CLOSE),
    "h2": ("_protocol.h2.stream_table.StreamTable._trailers", lambda *_, **__: None),
    "hpack": ("_protocol.h2.hpack.HeadDecoder._plain", lambda _, coded, **__: coded),
    "url": ("_message.url.url.URL.display", property(lambda url: f"{url.userinfo}@{url}")),
    "set_cookie": ("_message.cookies.jar.domain_matches", lambda *_: True),
    "cookie_file": ("_message.cookies.files._flag", lambda _: "TRUE"),
    "headers": ("_message.headers.content_disposition._NOT_IN_NAMES", re.compile("(?!)")),
    "sse": ("_message.content.sse.digits", lambda _: None),
    "multipart": ("_message.request.multipart._ESCAPES", {}),
}


@pytest.mark.parametrize(("target", "name"), ENTRIES)
def test_a_target_accepts_its_corpus(target: str, name: str) -> None:
    TARGETS[target](entries(target)[name])


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_accepts_noise(target: str) -> None:
    for data in (b"", b"\0", b"\xff" * 40, bytes(range(256))):
        TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_a_corpus_shows_a_planted_bug(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, wrong = BUGS[target]
    monkeypatch.setattr(f"hyperhttp.{place}", wrong)
    failures = [failure_of(TARGETS[target], data) for data in entries(target).values()]
    assert any(failures)


def test_each_target_has_a_corpus_of_small_files() -> None:
    assert sorted(path.name for path in CORPUS.iterdir()) == sorted(TARGETS)
    for target in TARGETS:
        found = entries(target)
        assert len(found) >= ENTRIES_MIN
        assert all(len(data) <= ENTRY_BYTES_MAX for data in found.values())


def test_a_binary_entry_is_written_in_hexadecimal(tmp_path: Path) -> None:
    path = tmp_path / "entry.hex"
    path.write_text("00 ff  # a comment\n0a\n")
    assert input_of(path) == b"\0\xff\n"
    path = tmp_path / "entry.txt"
    path.write_bytes(b"00\r\n")
    assert input_of(path) == b"00\r\n"
