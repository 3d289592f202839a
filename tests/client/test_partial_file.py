"""The file of a download before it has its name."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import threading
from typing import TYPE_CHECKING

import pytest

from hyperhttp._client.part_names import Note
from hyperhttp._client.partial_file import PartialFile, in_thread
from hyperhttp._policy.resume import Partial

if TYPE_CHECKING:
    from pathlib import Path


def left(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_a_whole_file_takes_its_place_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    part = PartialFile(tmp_path / "f", "here")
    part.begin('"one"')
    part.write([b"ab", b"", b"c"])
    assert left(tmp_path) == ["f.part", "f.part.json"]
    assert part.size_bytes == 3
    assert part.digest("sha256") == hashlib.sha256(b"abc").hexdigest()
    part.finish()
    part.settle()
    assert left(tmp_path) == ["f"]
    assert part.path.read_bytes() == b"abc"


def test_what_can_be_gone_on_with_stays(tmp_path: Path) -> None:
    first = PartialFile(tmp_path / "f", "here")
    first.begin('"one"')
    first.write([b"abc"])
    first.settle()
    first.release()
    second = PartialFile(tmp_path / "f", "here")
    assert second.found() == Partial(3, '"one"')
    second.resume_at(2)
    second.write([b"X"])
    second.finish()
    second.release()
    assert second.path.read_bytes() == b"abX"


def test_what_cannot_be_gone_on_with_does_not_stay(tmp_path: Path) -> None:
    part = PartialFile(tmp_path / "f", "here")
    part.begin("")
    part.write([b"abc"])
    part.settle()
    assert left(tmp_path) == []


def test_a_file_that_was_never_opened_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "f.part").write_bytes(b"of somebody else")
    PartialFile(tmp_path / "f", "here").settle()
    assert left(tmp_path) == ["f.part"]


def test_beginning_again_throws_away_what_there_was(tmp_path: Path) -> None:
    part = PartialFile(tmp_path / "f", "here")
    part.begin('"one"')
    part.write([b"abcdef"])
    part.begin("")
    part.write([b"xy"])
    assert part.found() is None
    part.finish()
    assert part.path.read_bytes() == b"xy"


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"{}",
        b'{"source": "there", "validator": "x"}',
        b'{"source": "here"}',
        b'{"source": "here", "validator": ""}',
        b'{"source": "here", "validator": 5}',
    ],
)
def test_a_note_that_says_nothing_of_this_source_is_nothing(tmp_path: Path, note: bytes) -> None:
    (tmp_path / "f.part").write_bytes(b"abc")
    (tmp_path / "f.part.json").write_bytes(note)
    assert PartialFile(tmp_path / "f", "here").found() is None


@pytest.mark.parametrize("missing", ["f.part", "f.part.json"])
def test_half_of_the_two_is_nothing(tmp_path: Path, missing: str) -> None:
    (tmp_path / "f.part").write_bytes(b"abc")
    note = {"source": "here", "validator": '"one"'}
    (tmp_path / "f.part.json").write_text(json.dumps(note))
    part = PartialFile(tmp_path / "f", "here")
    assert part.found() == Partial(3, '"one"')
    part.settle()
    part.release()
    (tmp_path / missing).unlink()
    assert PartialFile(tmp_path / "f", "here").found() is None


def test_an_empty_part_is_nothing(tmp_path: Path) -> None:
    part = PartialFile(tmp_path / "f", "here")
    part.begin('"one"')
    part.settle()
    assert part.found() is None
    part.settle()


def test_the_length_is_kept_with_the_version(tmp_path: Path) -> None:
    part = PartialFile(tmp_path / "f", "here")
    part.begin('"one"', 40)
    part.write([b"abc"])
    part.settle()
    assert part.found() == Partial(3, '"one"', 40)
    part.settle()


def test_a_part_that_became_shorter_is_not_resumed(tmp_path: Path) -> None:
    (tmp_path / "f.part").write_bytes(b"abc")
    Note("here", '"one"').create(tmp_path / "f.part.json")
    part = PartialFile(tmp_path / "f", "here")
    with pytest.raises(OSError, match="changed"):
        part.resume_at(4)
    part.settle()
    assert (tmp_path / "f.part").read_bytes() == b"abc"


@pytest.mark.parametrize("taken", ["part", "note"])
def test_a_name_that_is_taken_meanwhile_is_left_alone(tmp_path: Path, taken: str) -> None:
    part = PartialFile(tmp_path / "f", "here")
    path: Path = getattr(part.names, taken)
    path.write_bytes(b"of the user")
    part.begin("")
    part.write([b"abc"])
    part.finish()
    part.release()
    assert left(tmp_path) == sorted(["f", path.name])
    assert path.read_bytes() == b"of the user"


def test_a_part_of_another_source_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "f.part").write_bytes(b"of another download")
    os.link(tmp_path / "f.part", tmp_path / "linked")
    Note("there", '"one"').create(tmp_path / "f.part.json")
    part = PartialFile(tmp_path / "f", "here")
    assert part.found() is None
    part.begin('"two"')
    part.write([b"abc"])
    part.settle()
    assert left(tmp_path) == ["f.part", "f.part.json", "linked"]
    assert (tmp_path / "linked").read_bytes() == b"of another download"


def test_a_part_that_was_swapped_never_gets_the_name(tmp_path: Path) -> None:
    part = PartialFile(tmp_path / "f", "here")
    part.begin("")
    part.write([b"abc"])
    part.names.part.rename(tmp_path / "away")
    part.names.part.write_bytes(b"of the user")
    with pytest.raises(OSError, match="replaced"):
        part.finish()
    part.settle()
    assert left(tmp_path) == ["away", "f.part"]
    assert (tmp_path / "f.part").read_bytes() == b"of the user"


def test_a_part_that_is_gone_at_the_end_is_told(tmp_path: Path) -> None:
    part = PartialFile(tmp_path / "f", "here")
    part.begin("")
    part.names.part.unlink()
    with pytest.raises(OSError, match="replaced"):
        part.finish()
    part.settle()
    assert left(tmp_path) == []


async def test_a_cancelled_task_waits_until_the_disk_has_done_its_work() -> None:
    begun, go = threading.Event(), threading.Event()
    done: list[bool] = []

    def work() -> None:
        begun.set()
        done.append(go.wait(10))

    task = asyncio.ensure_future(in_thread(work))
    await asyncio.get_running_loop().run_in_executor(None, begun.wait, 10)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == [True]


async def test_what_the_disk_refuses_is_told() -> None:
    def work() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        await in_thread(work)
