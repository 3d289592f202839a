from __future__ import annotations

import random

import pytest

from hyperhttp._cli.demo import STEPS, demo
from hyperhttp._cli.exit_codes import Exit
from hyperhttp._cli.terminal import Colors


def test_each_step_is_shown_with_what_came_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, high: 0.0)
    assert demo(Colors(is_colored=False)) is Exit.OK
    parts = capsys.readouterr().out.strip().split("\n\n")
    assert len(parts) == len(STEPS)
    came = [part.partition("\n-> ")[2] for part in parts]
    assert came[:4] == [
        "Ann",
        "200 from https://api.example.com/users",
        "[503, 503, 200]",
        "demo.bin: 100000 bytes",
    ]
    assert came[4].startswith("410 for GET https://api.example.com/gone")
    assert came[5] == "redirects: not followed (default)"
    assert parts[0].startswith(
        "# A typed response: any type that pydantic supports.\nresponse = await"
    )
