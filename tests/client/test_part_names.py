"""The names beside a target: free, of an earlier download, or of somebody else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.bounds import PART_NAMES_MAX
from hyperhttp._client.part_names import (
    Note,
    PartNames,
    Reservation,
    create_file,
    is_same_file,
    open_file,
    resumable_part,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def reservation() -> Iterator[Reservation]:
    taken = Reservation()
    yield taken
    taken.release()


def test_the_first_name_is_taken_where_nothing_is(tmp_path: Path, reservation: Reservation) -> None:
    names = reservation.take_parts(tmp_path / "x")
    assert (names.part.name, names.note.name) == ("x.part", "x.part.json")


@pytest.mark.parametrize("name", ["x.part", "x.part.json"])
@pytest.mark.parametrize("kind", ["file", "directory", "link", "dangling", "pipe"])
def test_what_is_of_somebody_else_is_passed_over(
    tmp_path: Path, reservation: Reservation, name: str, kind: str
) -> None:
    path, own = tmp_path / name, tmp_path / "own"
    own.write_bytes(b"{}")
    match kind:
        case "file":
            path.write_bytes(b"{}")
        case "directory":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to(own if kind == "link" else tmp_path / "nowhere")
    assert reservation.take_parts(tmp_path / "x").part.name == "x.1.part"
    assert own.read_bytes() == b"{}"


@pytest.mark.parametrize("kind", ["link", "directory"])
def test_a_note_makes_no_link_ours(tmp_path: Path, reservation: Reservation, kind: str) -> None:
    Note("here", "v").create(tmp_path / "x.part.json")
    if kind == "link":
        (tmp_path / "own").write_bytes(b"abc")
        (tmp_path / "x.part").symlink_to(tmp_path / "own")
    else:
        (tmp_path / "x.part").mkdir()
    assert reservation.take_parts(tmp_path / "x").part.name == "x.1.part"
    assert resumable_part(tmp_path / "x") is None
    with pytest.raises(OSError, match="regular"):
        open_file(tmp_path / "x.part")


def test_a_note_that_is_a_link_is_of_somebody_else(tmp_path: Path) -> None:
    Note("here", "v").create(tmp_path / "own")
    (tmp_path / "x.part.json").symlink_to(tmp_path / "own")
    assert Note.read(tmp_path / "own") == Note("here", "v")
    assert Note.read(tmp_path / "x.part.json") is None


@pytest.mark.parametrize("size", ["-1", "true", "1.0", '"1"', "[]"])
def test_a_length_that_cannot_be_makes_the_note_invalid(tmp_path: Path, size: str) -> None:
    path = tmp_path / "x.part.json"
    path.write_text(f'{{"source": "here", "validator": "v", "total_bytes": {size}}}')
    assert Note.read(path) is None


@pytest.mark.parametrize("size", [None, 0, 1 << 60])
def test_a_note_is_read_as_it_was_written(tmp_path: Path, size: int | None) -> None:
    note = Note("here", '"one"', size)
    note.create(tmp_path / "n")
    assert Note.read(tmp_path / "n") == note


def test_the_rest_of_an_earlier_download_is_found_behind_a_file_of_the_user(
    tmp_path: Path, reservation: Reservation
) -> None:
    (tmp_path / "x.part").write_bytes(b"of the user")
    names = list(PartNames.candidates(tmp_path / "x"))[1]
    names.part.write_bytes(b"abc")
    Note("here", "v").create(names.note)
    assert reservation.take_parts(tmp_path / "x") == names
    assert resumable_part(tmp_path / "x") == names.part


def test_no_endless_search_for_a_name(tmp_path: Path, reservation: Reservation) -> None:
    for names in PartNames.candidates(tmp_path / "x"):
        names.part.touch()
    assert len(list(tmp_path.iterdir())) == PART_NAMES_MAX
    with pytest.raises(FileExistsError, match="in use"):
        reservation.take_parts(tmp_path / "x")


@pytest.mark.parametrize("name", ["x", "x.part", "x.part.json"])
def test_no_name_is_used_twice(tmp_path: Path, reservation: Reservation, name: str) -> None:
    assert reservation.take_target(tmp_path / "x")
    reservation.take_parts(tmp_path / "x")
    (tmp_path / "link").symlink_to(tmp_path)
    other = Reservation()
    for path in (tmp_path / name, tmp_path / "link" / name, tmp_path / "." / name):
        assert not other.take_target(path)
    reservation.release()
    reservation.release()
    assert other.take_target(tmp_path / name)
    other.release()


@pytest.mark.parametrize("name", ["x.part", "x.part.json"])
def test_a_target_is_no_name_for_a_part(
    tmp_path: Path, reservation: Reservation, name: str
) -> None:
    other = Reservation()
    assert other.take_target(tmp_path / name)
    assert reservation.take_parts(tmp_path / "x").part.name == "x.1.part"
    other.release()
    assert reservation.take_parts(tmp_path / "x").part.name == "x.part"


def test_nothing_is_created_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    for name in ("link", "file"):
        with pytest.raises(FileExistsError):
            create_file(tmp_path / name)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_is_known_by_what_it_is_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with create_file(path) as file:
        assert is_same_file(file, path)
        path.rename(tmp_path / "y")
        assert not is_same_file(file, path)
        path.write_bytes(b"")
        assert not is_same_file(file, path)
        assert is_same_file(file, tmp_path / "y")
        path.unlink()
        path.symlink_to(tmp_path / "y")
        assert not is_same_file(file, path)
