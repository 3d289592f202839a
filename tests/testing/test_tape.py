"""The file of a cassette: what is written is read, people can read it, and a torn file is none."""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp import ConfigError
from hyperhttp.testing._tape import (
    Interaction,
    RecordedRequest,
    RecordedResponse,
    body_of,
    bytes_of,
    load,
    save,
)


def interaction(body: bytes = b"line\nother\n") -> Interaction:
    request = RecordedRequest(method="GET", url="https://example.com/", headers=(("A", "1"),))
    return Interaction(
        request=request, response=RecordedResponse(status_code=200, body=body_of(body))
    )


@given(st.binary() | st.text().map(str.encode))
def test_any_body_is_kept_as_it_is(data: bytes) -> None:
    kept = body_of(data)
    assert bytes_of(kept) == data
    made = json.loads(interaction(data).model_dump_json())
    assert bytes_of(Interaction.model_validate_json(json.dumps(made)).response.body) == data


def test_a_tape_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down.json"
    tape = [interaction(), interaction(b"\x00\xff"), interaction(b"")]
    save(path, tape)
    assert load(path) == tape
    assert [one.name for one in path.parent.iterdir()] == ["down.json"]


def test_people_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "tape.json"
    save(path, [interaction("Zoë\nx".encode())])
    text = path.read_text(encoding="utf-8")
    assert text.startswith('{\n "format": "hyperhttp cassette",\n "version": 1,\n')
    assert '"Zoë\\n",\n' in text
    assert text.endswith("}\n")
    save(path, [interaction("Zoë\nx".encode())])
    assert path.read_text(encoding="utf-8") == text


def test_no_file_is_an_empty_tape(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "Invalid JSON"),
        ("[]", "should be an object"),
        ('{"format": "other"}', "format"),
        ('{"version": 2}', "version"),
        ('{"interactions": [{}]}', "interactions.0.request"),
        ('{"interactions": [], "more": 1}', "more"),
    ],
)
def test_another_file_is_a_config_error_that_names_the_place(
    tmp_path: Path, text: str, place: str
) -> None:
    path = tmp_path / "tape.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"tape\.json") as caught:
        load(path)
    assert place in str(caught.value)


def test_a_write_that_fails_leaves_the_old_tape(tmp_path: Path) -> None:
    path = tmp_path / "tape.json"
    save(path, [interaction()])
    full = mock.patch("pathlib.Path.replace", side_effect=OSError("full"))
    with full, pytest.raises(OSError, match="full"):
        save(path, [])
    assert load(path) == [interaction()]
    assert [one.name for one in tmp_path.iterdir()] == ["tape.json"]
