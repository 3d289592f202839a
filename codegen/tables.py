"""The tables of the spec: a pydantic model for each kind.

These models check a single table, and `rules` checks tables against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from codegen.messages import parse_message
from codegen.types import NONE, Bounds, Number, Type, known_type, parse_type
from codegen.words import WordOf, filled_default

Scalar: TypeAlias = bool | int | float | str
Default: TypeAlias = Scalar | tuple[Scalar, ...]
# What a header is parsed to: one value, several, or the attributes of an object that are not at
# their default.
Member: TypeAlias = Scalar | tuple[Scalar, ...] | Mapping[str, Scalar]
Outcome: TypeAlias = Scalar | tuple[Scalar | Mapping[str, Member], ...] | Mapping[str, Member]


def _readable_message(text: str) -> str:
    parse_message(text)
    return text


TypeText: TypeAlias = Annotated[str, AfterValidator(known_type)]
MessageText: TypeAlias = Annotated[str, AfterValidator(_readable_message)]
Doc: TypeAlias = Annotated[str, Field(min_length=1)]
Version: TypeAlias = Annotated[str, Field(pattern=r"^\d+\.\d+$")]
Flag: TypeAlias = Annotated[str, Field(pattern=r"^-(?:[A-Za-z]|-[a-z][a-z0-9-]+)$")]
PhaseWord: TypeAlias = Annotated[str, WordOf("phases")]
RetryWord: TypeAlias = Annotated[str, WordOf("retryable")]
Via: TypeAlias = Literal["perform", "build", "stream", "download", "paginate", "fetch"]
# The names in other clients; an absent client has no counterpart.
Peers: TypeAlias = dict[Annotated[str, WordOf("peers")], Doc]
Level: TypeAlias = Literal["client", "request", "upload", "body", "download", "pages"]


class Table(BaseModel):
    """The common base of all tables: unknown keys are refused, and tables are immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inner: ClassVar[Mapping[str, type[Table]]] = {}


class Typed(Table):
    """A table that declares one value with a type."""

    type: TypeText
    doc: Doc

    @property
    def parsed(self) -> Type:
        """The type, taken apart."""
        return parse_type(self.type)


class BoundsTable(Table):
    """The edges of a number."""

    gt: Number | None = None
    ge: Number | None = None
    lt: Number | None = None
    le: Number | None = None

    @property
    def given(self) -> Bounds:
        """The edges that are given."""
        pairs = {"gt": self.gt, "ge": self.ge, "lt": self.lt, "le": self.le}
        return {sign: limit for sign, limit in pairs.items() if limit is not None}


class OptionField(Typed):
    """An option of a config model."""

    inner = {"bounds": BoundsTable}

    default: Default | None = None
    # A list of the vocabulary that is the default.
    default_from: Annotated[str, WordOf("defaults")] = ""
    bounds: BoundsTable = BoundsTable()
    group: str = ""
    none: str = ""
    why: Doc
    error: str = ""
    see: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    private: bool = False
    env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] | None = None
    # Other names on the command line, where its own is that of the environment: for the option, and
    # for its being off.
    flags: tuple[Flag, ...] = ()
    no_flags: tuple[Flag, ...] = ()
    peers: Peers = {}
    since: Version
    example: Doc
    consumer: Doc

    _default_from = model_validator(mode="before")(filled_default)

    @property
    def limits(self) -> Bounds:
        """Its own bounds, or those of its type word."""
        return self.parsed.bounds(self.bounds.given)

    @property
    def allowed(self) -> str:
        """The allowed values, as text."""
        return self.parsed.allowed(self.limits)

    @property
    def is_secret(self) -> bool:
        """True if no repr, dump or error may show what was given."""
        return any(word.is_secret for word in self.parsed.words)

    @property
    def model(self) -> str:
        """The config model that this field holds, or nothing."""
        return next(iter(self.parsed.names), "")

    @property
    def is_switch(self) -> bool:
        """True if it holds a model that may be left out: what the model describes is off then."""
        return bool(self.model) and self.parsed.optional

    @property
    def value(self) -> Scalar | frozenset[Scalar] | None:
        """The default as Python has it."""
        if isinstance(self.default, tuple):
            return frozenset(self.default)
        return None if self.parsed.optional and self.default == NONE else self.default


class PresetValue(Table):
    """The value of one option in a preset."""

    value: Scalar
    why: Doc


class Preset(Table):
    """A class method of a config model that returns it with other values, by dotted path."""

    inner = {"values": PresetValue}

    doc: Doc
    # Whether the other fields of the model are its keywords.
    adjustable: bool = False
    values: dict[str, PresetValue] = {}
    since: Version
    example: Doc


class ConfigModel(Table):
    """A config model."""

    inner = {"fields": OptionField, "presets": Preset}

    doc: Doc
    positional: str = ""
    since: Version
    example: Doc
    fields: Annotated[dict[str, OptionField], Field(min_length=1)]
    presets: dict[str, Preset] = {}

    @property
    def group(self) -> tuple[str, ...]:
        """The fields that the positional argument sets."""
        if not self.positional:
            return ()
        return tuple(name for name, field in self.fields.items() if field.group == self.positional)

    @property
    def group_field(self) -> OptionField:
        """Return a field of that group, whose fields all have the same type."""
        return self.fields[self.group[0]]


class Fact(Typed):
    """An attribute of an error."""

    default: Scalar | None = None

    @property
    def required(self) -> bool:
        """True if it must be given."""
        return self.default is None

    @property
    def value(self) -> Scalar | None:
        """The default as Python has it."""
        return None if self.parsed.optional and self.default == NONE else self.default


class Record(Table):
    """A frozen record that errors and responses carry."""

    inner = {"fields": Fact}

    doc: Doc
    since: Version
    example: Doc
    fields: Annotated[dict[str, Fact], Field(min_length=1)]


class PublicModule(Table):
    """A public module: its docstring and its exports."""

    doc: Doc
    version: str = ""
    # Submodules that are attributes of it without an import.
    submodules: tuple[str, ...] = ()
    # Whether it offers all config models, all errors, all events.
    holds: tuple[Literal["config", "errors", "events"], ...] = ()
    names: dict[str, tuple[str, ...]] = {}


class PublicTable(Table):
    """The whole of public.toml."""

    inner = {"modules": PublicModule}

    modules: dict[str, PublicModule]


class ErrorTable(Table):
    """An exception class."""

    inner = {"fields": Fact}

    bases: Annotated[tuple[str, ...], Field(min_length=1)]
    phase: PhaseWord | None = None
    retryable: RetryWord
    # Boolean attributes whose objects have another `retryable`.
    retryable_if: dict[str, RetryWord] = {}
    message: MessageText
    context: dict[Literal["request", "origin", "elapsed", "attempts"], str] = {}
    doc: Doc
    raised_when: Doc
    hint: Doc
    causes: Annotated[tuple[Doc, ...], Field(min_length=1)]
    maps: tuple[str, ...] = ()
    peers: Peers = {}
    # How a retry policy handles it, if its phase and `retryable` don't determine that.
    retried: str = ""
    # A program that raises it, and what that prints: the tests run it.
    scenario: Doc
    prints: Doc
    since: Version
    example: str = ""
    fields: dict[str, Fact] = {}

    @property
    def own_bases(self) -> tuple[str, ...]:
        """The bases that are errors of ours."""
        return tuple(base for base in self.bases if not is_foreign(base))


def is_foreign(base: str) -> bool:
    """Return True if a base is a builtin (`Exception`, `builtins:ValueError`), not our own."""
    return base == "Exception" or ":" in base


class Vector(Table):
    """A header value and its parsed result; `now` is the time for relative values."""

    given: Annotated[str, Field(alias="in")]
    out: Outcome
    now: str = ""


class MessageField(Typed):
    """An attribute of a Request or a Response."""

    inner = {"vectors": Vector}

    kind: Literal["stored", "lazy", "derived", "parsed"]
    status: Annotated[tuple[int, ...], Field(min_length=2, max_length=2)] | None = None
    header: str = ""
    # The value for an absent or malformed header, as text, if it isn't None.
    empty: str = ""
    rfc: str = ""
    available: Literal["head", "body"] = "head"
    since: Version
    example: Doc
    peers: Peers = {}
    vectors: tuple[Vector, ...] = ()

    @property
    def absent(self) -> str:
        """The value for an absent or malformed header, as text."""
        return self.empty or "None"


class MessageTable(Table):
    """A Request or a Response."""

    inner = {"fields": MessageField}

    doc: Doc
    since: Version
    fields: Annotated[dict[str, MessageField], Field(min_length=1)]


class Variable(Table):
    """A variable of the environment that other programs know too."""

    option: str
    also: tuple[str, ...] = ()
    doc: Doc
    since: Version


class Object(Table):
    """A type that a hand-written module or the standard library defines."""

    module: Doc
    doc: Doc
    none: bool = False
    """True if the type includes None as a value with a meaning."""


class Live(Table):
    """An object that an option accepts besides data, and that is passed on under another name."""

    object: str
    name: str
    # Whether it is known by being callable, not by its class.
    function: bool = False


class Attribute(Typed):
    """The attribute of `Request` that stores an option of one request."""

    name: str = ""
    # UNSET is its default, because None has another meaning.
    unset: bool = False
    # Kept by the request that a redirect makes; by a pickled copy.
    redirect: bool = False
    pickle: bool = False

    @property
    def annotation(self) -> str:
        """Its type in Python."""
        return self.parsed.or_unset if self.unset else self.parsed.python

    @property
    def default(self) -> str:
        """Its value when the option isn't given."""
        return "UNSET" if self.unset else "None"


class CallOption(Table):
    """A keyword of the client, of a request, of a call with a body, or a body."""

    inner = {"live": Live, "attribute": Attribute}

    type: TypeText | None = None
    level: Annotated[tuple[Level, ...], Field(min_length=1)]
    beside: tuple[str, ...] = ()
    typed_dict: str = ""
    config: str = ""
    parts: tuple[str, ...] = ()
    default: Literal["None", "UNSET"] = "None"
    live: Live | None = None
    attribute: Attribute | None = None
    doc: str = ""
    merge: str = ""
    since: Version
    peers: Peers = {}
    example: str = ""

    @property
    def config_paths(self) -> tuple[str, ...]:
        """The fields of the whole configuration that hold it: one, or one for each part."""
        group = self.config.rpartition(".")[0]
        parts = tuple(f"{group}.{part}" if group else part for part in self.parts)
        return parts or tuple(filter(None, [self.config]))


class Call(Table):
    """A method of the client that sends a request."""

    method: Annotated[str, Field(pattern=r"^[A-Z]+$")] | None = None
    via: Via
    body: Literal["none", "optional"]
    doc: Doc
    since: Version
    peers: Peers = {}
    example: Doc


class ProtocolMethod(Table):
    """A method of a protocol that isn't one of the calls: a coroutine with one argument."""

    takes: str
    returns: str
    doc: Doc


class ClientProtocol(Table):
    """A part of the client that other code can depend on instead of the client."""

    inner = {"methods": ProtocolMethod}

    calls: tuple[str, ...] = ()
    methods: dict[str, ProtocolMethod] = {}
    doc: Doc
    since: Version
    example: Doc


class Synchronous(Table):
    """The differences of the synchronous client."""

    names: dict[str, str]
    # Prose that isn't right after the names are replaced.
    phrases: dict[str, str] = {}


class ClientDoc(Table):
    """How the docstring of the client's `__init__` begins."""

    doc: Doc
    example: Doc


class CallsTable(Table):
    """The whole of calls.toml."""

    inner = {
        "objects": Object,
        "options": CallOption,
        "calls": Call,
        "protocols": ClientProtocol,
        "synchronous": Synchronous,
    }

    client: ClientDoc
    objects: dict[str, Object]
    options: dict[str, CallOption]
    calls: dict[str, Call]
    protocols: dict[str, ClientProtocol]
    synchronous: Synchronous
