"""`hyperhttp/_base/_generated/events.py`: a slotted class for each event, and their union.

An event of each request is a view of its call or attempt: the properties read that record. Its
creator sets its slots, because a constructor would take twice as long (decision 0048). Other events
have a constructor. Their attributes are `Final`: read-only for type checkers, plain at run time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.constants import EventClass
from codegen.ir import Spec
from codegen.rules.events import OBJECTS, RECORDS
from codegen.tables import Fact, Typed
from codegen.text import docstring, header, imports, indented
from codegen.types import quoted

SUPPORT: Final = "hyperhttp._base.event_support"


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    names = [*spec.events.events]
    facts = {name for name, home in {**OBJECTS, **RECORDS}.items() if home != "builtins"}
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
    yield "@final"
    yield f"class {name}(BaseEvent):"
    yield from indented(docstring([event.doc, f"Reported: {_lower(event.when)}"], 1))
    yield ""
    own = [f"_{field}" for field in fields if field not in event.stored]
    slots = fields if event.record is None else [*own, "_record"]
    yield f"    __slots__ = ({''.join(f'{quoted(slot)}, ' for slot in sorted(slots))})"
    # In full, because `pyright --verifytypes` calls an inferred type ambiguous here.
    literals = ", ".join(f"Literal[{quoted(field)}]" for field in fields)
    yield f"    __match_args__: tuple[{literals}] = ({listed})"
    yield ""
    yield from _attributes(fields) if event.record is None else _views(event, fields)
    for derived, each in spec.events.derived(name).items():
        yield from _property(derived, each, each.code)


def _attributes(fields: Mapping[str, Fact]) -> Iterator[str]:
    parameters = ", ".join(f"{field}: {fact.parsed.python}" for field, fact in fields.items())
    yield f"    def __init__(self, {parameters}) -> None:"
    for field, fact in fields.items():
        yield f"        self.{field}: Final[{fact.parsed.python}] = {field}"
        yield from indented(docstring([fact.doc], 2), 2)


def _views(event: EventClass, fields: Mapping[str, Fact]) -> Iterator[str]:
    yield f"    _record: {event.record}"
    for field, fact in fields.items():
        if field not in event.stored:
            yield f"    _{field}: {fact.parsed.python}"
    for field, fact in fields.items():
        yield from _property(field, fact, _value(event.stored.get(field), field))


def _value(stored: str | None, field: str) -> str:
    if stored is None:
        return f"self._{field}"
    return stored if stored.isdigit() else f"self._record.{stored}"


def _property(name: str, fact: Typed, code: str) -> Iterator[str]:
    yield from ("", "    @property", f"    def {name}(self) -> {fact.parsed.python}:")
    yield from indented([*docstring([fact.doc], 2), f"return {code}"], 2)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
