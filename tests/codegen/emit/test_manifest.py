from __future__ import annotations

import json
from typing import TypedDict

import pytest

from codegen.emit.manifest import PATH
from codegen.output_dirs import Rendering


class Whole(TypedDict):
    options: dict[str, dict[str, str]]
    flags: list[str]


@pytest.fixture(scope="module")
def whole(made: Rendering) -> Whole:
    found: Whole = json.loads(made.files[PATH])
    return found


def test_an_option_shows_default_bounds_and_environment(whole: Whole) -> None:
    assert whole["options"]["Timeout.connect"] == {
        "default": "30.0",
        "bounds": "> 0",
        "environment": "HYPERHTTP_TIMEOUT_CONNECT",
    }


def test_the_flags_of_the_command_line_are_there(whole: Whole) -> None:
    assert "--timeout-connect" in whole["flags"]
    assert whole["flags"] == sorted(set(whole["flags"]))
