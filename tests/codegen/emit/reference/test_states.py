from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import TypeVar

import pytest

from codegen.diagnostics import SpecError
from codegen.emit.reference.states import MACHINES, Machine, emit, transitions
from codegen.surface import Surface
from hyperhttp._network import tls_state
from hyperhttp._policy import breaker
from hyperhttp._protocol.h2 import stream
from hyperhttp._transport import connection_state
from tests.codegen.specs import ROOT, real_spec

Member = TypeVar("Member", bound=Enum)
Signal = TypeVar("Signal", bound=Enum)


def arrows(table: Mapping[Member, Mapping[Signal, Member]]) -> list[tuple[str, str, str]]:
    return [
        (before.name, signal.name, after.name)
        for before, row in table.items()
        for signal, after in row.items()
    ]


TABLES = {
    "hyperhttp._transport.connection_state": arrows(connection_state.NEXT),
    "hyperhttp._protocol.h2.stream": arrows(stream.NEXT),
    "hyperhttp._network.tls_state": arrows(tls_state.NEXT),
    "hyperhttp._policy.breaker": arrows(breaker.NEXT),
}
MODULE = """
class State(Enum):
    OFF = "dark"
    ON = "light"

class Signal(Enum):
    PRESSED = "someone came"

NEXT: Final = {State.OFF: {Signal.PRESSED: State.ON}, State.ON: {}}
"""


@pytest.mark.parametrize("machine", MACHINES, ids=[machine.module for machine in MACHINES])
def test_the_arrows_are_those_of_the_code(machine: Machine) -> None:
    module = Surface(ROOT, {}).module(machine.module)
    assert module is not None
    assert transitions(module) == TABLES[machine.module]


def test_every_table_of_the_code_is_drawn() -> None:
    assert {machine.module for machine in MACHINES} == set(TABLES)


def planted(root: Path, text: str) -> Surface:
    for machine in MACHINES:
        path = root / f"{machine.module.replace('.', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Surface(root, {})


def test_states_signals_and_what_they_mean_are_drawn(tmp_path: Path) -> None:
    text = emit(real_spec(), planted(tmp_path, MODULE))
    assert "| from \\ when | `PRESSED` |" in text
    assert "| **`OFF`** | → `ON` |" in text
    assert "| **`ON`** |  |" in text
    assert "| state | `OFF` | dark |" in text
    assert "| signal | `PRESSED` | someone came |" in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("NEXT", "AFTER", "no table NEXT"),
        ("class State", "class Place", "no class State"),
    ],
)
def test_a_module_without_its_table_is_a_problem(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(SpecError, match=said):
        emit(real_spec(), planted(tmp_path, MODULE.replace(old, new)))


def test_a_module_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="no such module"):
        emit(real_spec(), Surface(tmp_path, {}))


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    surface = planted(tmp_path, MODULE.replace("State.OFF: {", "OFF: {"))
    with pytest.raises(TypeError, match="not a table"):
        emit(real_spec(), surface)
