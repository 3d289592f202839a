"""`hyperhttp/_base/_generated/events.py`: a slotted class for each event, and their union.

Attributes are `Final`: read-only for type checkers. At run time they are plain slots, because a
frozen object costs several times as much to create.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.constants import EventClass
from codegen.ir import Spec
from codegen.rules.events import OBJECTS
from codegen.text import docstring, header, imports, indented
from codegen.types import quoted

SUPPORT: Final = "hyperhttp._base.event_support"


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    names = [*spec.events.events]
    facts = {name for name, home in OBJECTS.items() if home != "builtins"}
    lines = [
        header("spec/events.toml").rstrip(),
        '"""The events of calls, attempts and connections (`on_event=`)."""',
        "",
        "from __future__ import annotations",
        "",
        *imports(
            {
                "collections.abc": ["Callable"],
                "typing": ["TYPE_CHECKING", "Final", "Literal", "TypeAlias", "final"],
                SUPPORT: ["BaseEvent"],
            }
        ),
        "",
        "if TYPE_CHECKING:",
        *indented(imports({"hyperhttp._base.facts": sorted(facts)})),
        "",
        "__all__ = [",
        *indented(f"{quoted(name)}," for name in sorted([*names, "Event", "EventHandler"])),
        "]",
        "",
    ]
    for name, event in spec.events.events.items():
        lines += ["", *_class(spec, name, event), ""]
    lines += [
        f"Event: TypeAlias = {' | '.join(names)}",
        '"""Every event: match on its class."""',
        "EventHandler: TypeAlias = Callable[[Event], None]",
        '"""A function that is called with each event; it must not block."""',
    ]
    return "\n".join(lines) + "\n"


def _class(spec: Spec, name: str, event: EventClass) -> Iterator[str]:
    fields = spec.events.fields(name)
    listed = "".join(f"{quoted(field)}, " for field in fields)
    slots = "".join(f"{quoted(field)}, " for field in sorted(fields))
    yield "@final"
    yield f"class {name}(BaseEvent):"
    yield from indented(docstring([event.doc, f"Reported: {_lower(event.when)}"], 1))
    yield ""
    yield f"    __slots__ = ({slots})"
    # In full, because `pyright --verifytypes` calls an inferred type ambiguous here.
    literals = ", ".join(f"Literal[{quoted(field)}]" for field in fields)
    yield f"    __match_args__: tuple[{literals}] = ({listed})"
    yield ""
    parameters = ", ".join(f"{field}: {fact.parsed.python}" for field, fact in fields.items())
    yield f"    def __init__(self, {parameters}) -> None:"
    for field, fact in fields.items():
        yield f"        self.{field}: Final[{fact.parsed.python}] = {field}"
        yield from indented(docstring([fact.doc], 2), 2)
    for derived, each in spec.events.derived(name).items():
        yield from ("", "    @property", f"    def {derived}(self) -> {each.parsed.python}:")
        yield from indented([*docstring([each.doc], 2), f"return {each.code}"], 2)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
