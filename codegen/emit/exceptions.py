"""The error classes, each with typed attributes and its own message.

`hyperhttp/_base/_generated/errors.py` has all but those with a `Response` among their attributes,
which are emitted above it: `hyperhttp/_message/response/_generated/status_errors.py`. Neither
imports pydantic, since `import hyperhttp` imports the errors first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from codegen.ir import Spec
from codegen.messages import method_body, parse_message
from codegen.tables import ErrorTable, Fact, Record, is_foreign
from codegen.text import docstring, example_block, header, imports, indented
from codegen.types import VOCABULARY_ALIASES, WORD_IMPORTS, quoted

MODULE: Final = "hyperhttp.exceptions"
# Where the emitted modules lie.
MODULES: Final[Mapping[str, str]] = {
    "errors": "hyperhttp._base._generated.errors",
    "status_errors": "hyperhttp._message.response._generated.status_errors",
}
CONTEXT: Final[Mapping[str, tuple[str, str, str]]] = {
    "request": ("RequestFacts | None", "None", "The request that failed, if it was created."),
    "origin": ("str | None", "None", "The scheme, host and port of the server."),
    "elapsed": ("float | None", "None", "Seconds from the start of the request to the error."),
    "attempt": ("int", "1", "The number of the attempt, from 1."),
    "attempts": (
        "tuple[Attempt, ...]",
        "()",
        "All attempts with their results, this one last, if retries are enabled.",
    ),
}
KNOWN_REQUEST_DOC: Final = "The request whose response has an error status."


def emit(spec: Spec) -> str:
    """The module of the errors that need no `Response`, unformatted."""
    names = [name for name in spec.errors if not spec.has_response(name)]
    lines = [
        *_top(
            "spec/errors.toml and spec/vocabulary.toml",
            "Every error but the status errors. All derive from one base; see `__all__`.",
        ),
        "from dataclasses import dataclass",
        "from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias, TypeVar, final",
        "",
        "from hyperhttp._base.error_support import explanation, rebuilt, text_or_hint",
        "",
        "if TYPE_CHECKING:",
        *indented(_type_imports(spec, names)),
        "",
        *_all([*names, *spec.vocabulary.records, *VOCABULARY_ALIASES, "in_context"]),
        "",
        *vocabulary(spec),
        *_advice(spec),
    ]
    for name in names:
        lines += ["", *_class(spec, name, spec.errors[name])]
    for name, record in spec.vocabulary.records.items():
        lines += ["", "", *_record(name, record)]
    lines += ["", "", 'E = TypeVar("E", bound=HyperHTTPError)', "", "", *_context_function()]
    return "\n".join(lines) + "\n"


def emit_status_errors(spec: Spec) -> str:
    """The module of the errors that carry a `Response`, unformatted."""
    names = [name for name in spec.errors if spec.has_response(name)]
    bases = {base for name in names for base in spec.errors[name].own_bases} - {*names}
    classes = [line for name in names for line in ("", *_class(spec, name, spec.errors[name]))]
    words = {word for word in ("Phase", "Retryable") if any(f"{word} " in line for line in classes)}
    lines = [
        *_top("spec/errors.toml", "The errors of a response whose status is an error."),
        *imports(
            {"typing": {"TYPE_CHECKING", "ClassVar"}, MODULES["errors"]: bases | {"in_context"}}
        ),
        "",
        "if TYPE_CHECKING:",
        *indented(
            imports({MODULES["errors"]: words, **_fact_imports(spec, names), **_REQUEST_IMPORTS})
        ),
        "",
        *_all(names),
        "",
        *classes,
    ]
    return "\n".join(lines) + "\n"


def _top(source: str, doc: str) -> list[str]:
    return [
        header(source).rstrip(),
        f'"""{doc}"""',
        "",
        "from __future__ import annotations",
        "",
    ]


def _all(names: Iterable[str]) -> list[str]:
    return ["__all__ = [", *indented(f"{quoted(name)}," for name in sorted(names)), "]"]


def _record(name: str, record: Record) -> list[str]:
    """A frozen, slotted dataclass."""
    return [
        "@final",
        "@dataclass(frozen=True, slots=True)",
        f"class {name}:",
        *indented(docstring([record.doc, example_block(record.example)], 1)),
        "",
        *indented(fact_lines(record.fields)),
    ]


def vocabulary(spec: Spec) -> list[str]:
    """The names of the errors, and the closed sets of words that errors carry."""
    return [
        f"ErrorName: TypeAlias = Literal[{', '.join(map(quoted, sorted(spec.errors)))}]",
        '"""The name of an error class, for `RetryPolicy.errors`."""',
        f"Phase: TypeAlias = Literal[{', '.join(map(quoted, spec.vocabulary.phases))}]",
        '"""The phase of a request in which an error occurred."""',
        f"Retryable: TypeAlias = Literal[{', '.join(map(quoted, spec.vocabulary.retryable))}]",
        '"""The condition under which a request is safe to retry."""',
    ]


def _advice(spec: Spec) -> list[str]:
    words = spec.vocabulary.retryable.items()
    return [
        "_ADVICE: Final[Mapping[Retryable, str]] = {",
        *indented(f"{quoted(name)}: {quoted(word.advice)}," for name, word in words),
        "}",
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
    """Return the annotations of attributes, each with its doc."""
    lines: list[str] = []
    for name, fact in facts.items():
        unit = f" ({fact.parsed.unit})" if fact.parsed.unit else ""
        lines += [
            f"{name}: {fact.parsed.python}",
            *docstring([fact.doc.rstrip(".") + unit + "."], 1),
        ]
    return lines


def class_facts(spec: Spec, error: ErrorTable, *, sets_retryable: bool) -> list[str]:
    """Return the class attributes, unless the first base has the same value.

    A class whose objects set their own `retryable` declares its type for type checkers.
    """
    own = [base for base in error.bases if not is_foreign(base)]
    above = spec.errors[own[0]] if own else None
    lines: list[str] = []
    if above is None or above.phase != error.phase:
        phase = "None" if error.phase is None else quoted(error.phase)
        lines.append(f"phase: ClassVar[Phase | None] = {phase}")
    if above is None or above.retryable != error.retryable or sets_retryable:
        # Not a ClassVar: some objects have another value.
        lines.append(f"retryable: Retryable = {quoted(error.retryable)}")
    return [*lines, f"hint: ClassVar[str] = {quoted(error.hint)}"]


def _class(spec: Spec, name: str, error: ErrorTable) -> list[str]:
    is_root = all(map(is_foreign, error.bases))
    nothing: list[str] = []
    own = {n: f for n, f in error.fields.items() if not _inherited(spec, name, n)}
    init = _init(spec, name)
    body = [
        *docstring(class_doc(error), 1),
        "",
        f"__module__ = {quoted(MODULE)}",
        *class_facts(spec, error, sets_retryable=any("self.retryable" in line for line in init)),
        *(_context_lines() if is_root else nothing),
        *([""] if own else nothing),
        *fact_lines(own),
        "",
        *init,
        *(_machinery() if is_root else nothing),
        *_known_request(spec, name),
        "def _text(self) -> str:",
        *indented(method_body(parse_message(error.message))),
    ]
    return ["", f"class {name}({', '.join(base_names(error))}):", *indented(body)]


def _inherited(spec: Spec, name: str, fact: str) -> bool:
    return any(fact in spec.errors[base].fields for base in spec.ancestors(name))


def _init(spec: Spec, name: str) -> list[str]:
    """`__init__`, where it isn't inherited unchanged."""
    facts, error = spec.facts(name), spec.errors[name]
    if not error.own_bases:
        return [
            "def __init__(self) -> None:",
            '    """It has no attributes except its context."""',
            "",
        ]
    if not error.fields and _inherits_init(spec, name):
        return []
    known = ", ".join(f"{k}={path}" for k, path in error.context.items() if k != "request")
    return [
        f"def __init__(self, *, {', '.join(init_parameters(facts))}) -> None:",
        *(f"    self.{fact} = {fact}" for fact in facts),
        *_own_advice(spec, name),
        *([f"    in_context(self, {known})"] if known else []),
        "",
    ]


def _known_request(spec: Spec, name: str) -> list[str]:
    """`request` and `url` of an error that always has a request: they are never None."""
    path = spec.errors[name].context.get("request")
    above = [spec.errors[base].context.get("request") for base in spec.errors[name].own_bases]
    if path is None or path in above:
        return []
    url_doc = "The URL of the request for logs: without a password, and with the values of sensitive parameters masked."
    return [
        "@property",
        "def request(self) -> Request:",
        f'    """{KNOWN_REQUEST_DOC}"""',
        f"    return self.{path}",
        "",
        "@property",
        "def url(self) -> URL:",
        *indented(docstring([url_doc], 2)),
        "    return self.request.url.without_secrets()",
        "",
    ]


def _own_advice(spec: Spec, name: str) -> Iterator[str]:
    """Set the `retryable` of an object that differs from that of its class."""
    for kind in (name, *spec.ancestors(name)):
        for fact, word in spec.errors[kind].retryable_if.items():
            yield f"    if {fact}:"
            yield f"        self.retryable = {quoted(word)}"


def _inherits_init(spec: Spec, name: str) -> bool:
    """Return True if the base has the same attributes and context, so that `__init__` is inherited."""
    base, *others = spec.errors[name].own_bases
    same = spec.errors[base].context == spec.errors[name].context
    return same and not others and spec.facts(base) == spec.facts(name)


def _default(fact: Fact) -> str:
    return quoted(fact.value) if isinstance(fact.value, str) else repr(fact.value)


def _type_imports(spec: Spec, names: Iterable[str]) -> list[str]:
    facts = {
        "collections.abc": {"Mapping"},
        "hyperhttp._base.facts": {"RequestFacts", "URLFacts"},
    }
    return imports({**facts, **_fact_imports(spec, names)})


def _fact_imports(spec: Spec, names: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in names:
        for fact in spec.errors[name].fields.values():
            for kind in {*fact.parsed.names}.difference(VOCABULARY_ALIASES):
                found.setdefault(spec.calls.objects[kind].module, set()).add(kind)
            for word in fact.parsed.words:
                if word.python in WORD_IMPORTS:
                    found.setdefault(WORD_IMPORTS[word.python], set()).add(word.python)
    return found


def _context_lines() -> list[str]:
    lines = [""]
    for name, (kind, default, doc) in CONTEXT.items():
        if name == "request":
            lines.append(f"_request: {kind} = {default}")
        else:
            lines += [f"{name}: {kind} = {default}", f'"""{doc}"""']
    return lines


def _machinery() -> list[str]:
    """Return the methods of the root class: context, text and pickling."""
    return [
        *_METHODS.strip("\n").splitlines(),
        "",
    ]


def _context_function() -> list[str]:
    parameters = [f"{name}: {kind} = {default}" for name, (kind, default, _) in CONTEXT.items()]
    lines = [
        f"def in_context(error: E, *, {', '.join(parameters)}) -> E:",
        '    """Add context to an error. Values that an inner layer has set are kept."""',
    ]
    for name, (_, default, _) in CONTEXT.items():
        lines.append(f"    if error.{name} {_is(default)}:")
        if name == "request":
            ignored = "  # pyright: ignore[reportPrivateUsage]"
            lines.append(f"        error._{name} = {name}{ignored}")
        else:
            lines.append(f"        error.{name} = {name}")
    return [*lines, "    return error"]


def _is(default: str) -> str:
    """How an attribute is compared with its default."""
    return "is None" if default == "None" else f"== {default}"


_REQUEST_IMPORTS: Final[Mapping[str, set[str]]] = {
    "hyperhttp._message.request.request": {"Request"},
    "hyperhttp._message.url.url": {"URL"},
}
_METHODS: Final = '''
@property
def request(self) -> RequestFacts | None:
    """The request that failed, if it was created."""
    return self._request

@property
def url(self) -> URLFacts | None:
    """The URL of the request for logs, or None: without a password, and with the values of
    sensitive parameters masked. `request.url` contains them.
    """
    return None if self.request is None else self.request.url.without_secrets()

def explain(self) -> str:
    """Return a description of the error: its message, a hint, and the attempts.

    Example:
        print(error.explain())
    """
    return explanation(self, self.hint, _ADVICE[self.retryable], self.attempts)

def __str__(self) -> str:
    return text_or_hint(self, self._text, self.hint)

def __repr__(self) -> str:
    return f"{type(self).__name__}({str(self)!r})"

def __reduce__(self) -> tuple[object, ...]:
    # Not by `args`: attributes are keywords, and OSError (the builtin TimeoutError) differs.
    return rebuilt, (type(self),), self.__dict__.copy()
'''
