"""The rules for events: each names what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.codegen.specs import problems_of

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = 'scope = "call"\nkind = "instant"\ndoc = "a"\nwhen = "b"\nsince = "0.1"'
FIELD = "[events.PoolWaited.fields.reused]"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (FIELD, "[events.PoolWaited.fields._reused]", "cannot be a name in Python"),
        (FIELD, "[events.PoolWaited.fields.hop]", "its scope or kind has this attribute"),
        (FIELD, f"{FIELD}\ndefault = false", "an event has all its attributes"),
        ('type = "HeadFacts"', 'type = "HedFacts"', "is not an object of events"),
        ("", f"[events.Timeout]\n{WHOLE}", "cannot be the name of an event"),
        ('scope = "call"', 'scope = "cal"', "is not one of call"),
        ('record = "CallFacts"', 'record = "CallFact"', "is not a record"),
        ('record = "CallFacts"', "", "an event has both, or none"),
        ('wire_bytes = "sent_bytes"', 'wire_byte = "sent_bytes"', "has no attribute"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    (found, *_) = problems_of(tmp_path, "events", old, new)
    assert found.startswith("spec/events.toml")
    assert reason in found
