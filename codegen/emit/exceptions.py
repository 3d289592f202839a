"""`hyperhttp/_generated/exceptions.py`: one class per error, with typed facts and its own sentence.

The machinery that all errors share (context, text, pickling) goes into the root class. Nothing here
imports pydantic, since `import hyperhttp` imports the errors first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.ir import ErrorTable, Fact, Spec, is_foreign
from codegen.messages import method_body, parse_message
from codegen.text import docstring, example_block, header, imports, indented
from codegen.words import PHASES, RETRYABLE, WORD_IMPORTS, quoted

MODULE: Final = "hyperhttp.exceptions"
CONTEXT_DOCS: Final[Mapping[str, tuple[str, str, str]]] = {
    "request": ("Request | None", "None", "The request that failed, once there is one."),
    "origin": ("str | None", "None", "Scheme, host and port that were talked to."),
    "elapsed": ("float | None", "None", "Seconds from the start of the request to the failure."),
    "attempt": ("int", "1", "Which attempt this was, from 1."),
    "attempts": (
        "tuple[Attempt, ...]",
        "()",
        "All attempts, this one last, where retries were on: what came of each, and why it was the last.",
    ),
}


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    lines = [
        header("spec/errors.toml").rstrip(),
        '"""Every error of hyperhttp. All of them derive from one base; see `__all__` for their names."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias",
        "",
        "if TYPE_CHECKING:",
        *indented(_type_imports(spec)),
        "",
        "__all__ = [",
        *indented(f"{quoted(name)}," for name in exported(spec)),
        "]",
        "",
        *vocabulary(),
        *_AGAIN.strip("\n").splitlines(),
        "",
    ]
    for name, error in spec.errors.items():
        lines += ["", *_class(spec, name, error)]
    return "\n".join([*lines, "", *_rebuild(spec)]) + "\n"


def exported(spec: Spec) -> list[str]:
    """The names of the module, sorted."""
    return sorted([*spec.errors, "Phase", "Retryable"])


def vocabulary() -> list[str]:
    """The two closed sets of words that errors carry."""
    return [
        f"Phase: TypeAlias = Literal[{', '.join(map(quoted, PHASES))}]",
        '"""Where in a request an error arose."""',
        f"Retryable: TypeAlias = Literal[{', '.join(map(quoted, RETRYABLE))}]",
        '"""When sending the same request again is safe."""',
    ]


def class_doc(error: ErrorTable) -> list[str | list[str]]:
    """The docstring: what it is, when it is raised, what to do."""
    paragraphs: list[str | list[str]] = [error.doc, f"Raised when: {error.raised_when}", error.hint]
    if error.example:
        paragraphs.append(example_block(error.example))
    return paragraphs


def init_parameters(facts: Mapping[str, Fact]) -> list[str]:
    """The keyword-only parameters: those without a default first."""
    ordered = sorted(facts.items(), key=lambda item: not item[1].required)
    return [
        f"{name}: {fact.parsed.python}" + ("" if fact.required else f" = {_default(fact)}")
        for name, fact in ordered
    ]


def base_names(error: ErrorTable) -> list[str]:
    """The bases as Python names them."""
    return [base.rpartition(":")[2] for base in error.bases]


def fact_lines(facts: Mapping[str, Fact]) -> list[str]:
    """The annotations of facts, each with its doc."""
    lines: list[str] = []
    for name, fact in facts.items():
        unit = f" ({fact.parsed.unit})" if fact.parsed.unit else ""
        lines += [
            f"{name}: {fact.parsed.python}",
            *docstring([fact.doc.rstrip(".") + unit + "."], 1),
        ]
    return lines


def class_facts(error: ErrorTable) -> list[str]:
    """What holds for every error of a class."""
    phase = "None" if error.phase is None else quoted(error.phase)
    return [
        f"phase: ClassVar[Phase | None] = {phase}",
        f"retryable: ClassVar[Retryable] = {quoted(error.retryable)}",
        f"hint: ClassVar[str] = {quoted(error.hint)}",
    ]


def _class(spec: Spec, name: str, error: ErrorTable) -> list[str]:
    is_root = all(map(is_foreign, error.bases))
    nothing: list[str] = []
    own = {n: f for n, f in error.fields.items() if not _inherited(spec, name, n)}
    body = [
        *docstring(class_doc(error), 1),
        "",
        f"__module__ = {quoted(MODULE)}",
        *class_facts(error),
        *(_context_lines() if is_root else nothing),
        *([""] if own else nothing),
        *fact_lines(own),
        "",
        *_init(spec, name),
        "",
        *(_machinery() if is_root else nothing),
        "def _text(self) -> str:",
        *indented(method_body(parse_message(error.message))),
    ]
    return ["", f"class {name}({', '.join(base_names(error))}):", *indented(body)]


def _inherited(spec: Spec, name: str, fact: str) -> bool:
    return any(fact in spec.errors[base].fields for base in spec.ancestors(name))


def _init(spec: Spec, name: str) -> list[str]:
    facts = spec.facts(name)
    if not facts:
        return ["def __init__(self) -> None:", '    """It has no facts but its context."""']
    known = ", ".join(f"{key}={path}" for key, path in spec.errors[name].context.items())
    return [
        f"def __init__(self, *, {', '.join(init_parameters(facts))}) -> None:",
        *(f"    self.{fact} = {fact}" for fact in facts),
        *([f"    self.in_context({known})"] if known else []),
    ]


def _default(fact: Fact) -> str:
    return quoted(fact.value) if isinstance(fact.value, str) else repr(fact.value)


def _type_imports(spec: Spec) -> list[str]:
    names: dict[str, set[str]] = {"typing": {"Self"}}
    wanted = {"Attempt", "Request", "URL"}
    for error in spec.errors.values():
        for fact in error.fields.values():
            wanted.update(fact.parsed.names)
            for word in fact.parsed.words:
                if word.python in WORD_IMPORTS:
                    names.setdefault(WORD_IMPORTS[word.python], set()).add(word.python)
    for name in wanted:
        names.setdefault(spec.calls.objects[name].module, set()).add(name)
    return imports(names)


def _context_lines() -> list[str]:
    lines = [""]
    for name, (kind, default, doc) in CONTEXT_DOCS.items():
        lines += [f"{name}: {kind} = {default}", f'"""{doc}"""']
    return lines


def _machinery() -> list[str]:
    """What the root class gives to all: context, text and pickling."""
    return [*_MACHINERY.strip("\n").splitlines(), ""]


def _rebuild(spec: Spec) -> list[str]:
    root = next(name for name, error in spec.errors.items() if not error.own_bases)
    return [
        "",
        f"def _rebuilt(kind: type[{root}]) -> {root}:",
        '    """An empty error of a class; pickle and copy then fill in its facts and context."""',
        "    return kind.__new__(kind)",
    ]


_MACHINERY: Final = '''
@property
def url(self) -> URL | None:
    """The URL of the request, once there is one; never with a password."""
    return None if self.request is None else self.request.url

def __str__(self) -> str:
    try:
        return self._text() or type(self).__name__
    except (AttributeError, TypeError, ValueError):
        # Facts of a wrong type, or none yet: telling of one error must not raise a second one.
        return f"{type(self).__name__}: {self.hint}"

def __repr__(self) -> str:
    return f"{type(self).__name__}({str(self)!r})"

def __reduce__(self) -> tuple[object, ...]:
    # Not by `args`: facts are keywords, and OSError (the builtin TimeoutError) has rules of its own.
    return _rebuilt, (type(self),), self.__dict__.copy()

def in_context(
    self,
    *,
    request: Request | None = None,
    origin: str | None = None,
    elapsed: float | None = None,
    attempt: int | None = None,
    attempts: tuple[Attempt, ...] = (),
) -> Self:
    """Add what the caller knows; what an inner layer has told already stays."""
    if self.request is None:
        self.request = request
    if self.origin is None:
        self.origin = origin
    if self.elapsed is None:
        self.elapsed = elapsed
    if self.attempt == 1 and attempt is not None:
        self.attempt = attempt
    if not self.attempts:
        self.attempts = attempts
    return self

def explain(self) -> str:
    """What happened, in lines: the error, what to do about it, and what came of each attempt.

    Example:
        print(error.explain())
    """
    lines = [str(self), f"what to do: {self.hint}", f"sending it again: {_AGAIN[self.retryable]}"]
    for one in self.attempts:
        came = one.status_code if one.error is None else type(one.error).__name__
        lines.append(f"attempt {one.number}: {came} after {one.elapsed_s:.3g} s; {one.verdict}")
    return "\\n".join(lines)
'''

_AGAIN: Final = """
_AGAIN: Final[dict[Retryable, str]] = {
    "never": "would fail in the same way",
    "if_unsent": "is safe if nothing of the request had gone out",
    "if_idempotent": "is safe if doing it twice does what doing it once does",
    "always": "is safe",
}
"""
