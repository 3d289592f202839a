"""The tables of vocabulary.toml, headers.toml, peers.toml and others that become constants.

Like those of `tables`, these models check the shape of a single table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from codegen.tables import Doc, Fact, Record, Table, Typed, Version
from codegen.words import WordOf


class AddressRange(Table):
    """A range of IP addresses with a special purpose; its key is the network."""

    title: Doc
    group: Literal[
        "documentation",
        "link-local",
        "loopback",
        "metadata",
        "multicast",
        "private",
        "reserved",
        "unspecified",
    ]
    source: Doc
    registry: Doc
    # True if the registry lists it as globally reachable.
    reachable: bool = False


class Phase(Table):
    """A phase of a request."""

    title: Doc


class RetryAdvice(Table):
    """When sending the same request again is safe."""

    advice: Doc
    condition: str = ""


class PeerClient(Table):
    """Another client, and its pages."""

    title: Doc
    page: Doc


class OtherName(Table):
    """A name of other clients, and its counterpart."""

    peers: Annotated[tuple[Annotated[str, WordOf("peers")], ...], Field(min_length=1)]
    use: str = ""
    doc: str = ""


class PeersTable(Table):
    """The whole of peers.toml: names by where they are used."""

    inner: ClassVar[Mapping[str, type[Table]]] = {
        "options": OtherName,
        "client": OtherName,
        "response": OtherName,
        "request": OtherName,
        "headers": OtherName,
        "cookies": OtherName,
        "url": OtherName,
        "names": OtherName,
    }

    options: dict[str, OtherName]
    client: dict[str, OtherName]
    response: dict[str, OtherName]
    request: dict[str, OtherName]
    headers: dict[str, OtherName]
    cookies: dict[str, OtherName]
    url: dict[str, OtherName]
    names: dict[str, OtherName]

    def tables(self) -> Mapping[str, Mapping[str, OtherName]]:
        """Return the names of each table."""
        return {name: getattr(self, name) for name in self.inner}


class Method(Table):
    """The properties of a request method."""

    safe: bool = False
    idempotent: bool = False
    announces_body: bool = False
    rfc: str = ""


class VocabularyTable(Table):
    """The whole of vocabulary.toml."""

    inner: ClassVar[Mapping[str, type[Table]]] = {
        "phases": Phase,
        "retryable": RetryAdvice,
        "peers": PeerClient,
        "methods": Method,
        "records": Record,
    }

    phases: dict[str, Phase]
    retryable: dict[str, RetryAdvice]
    peers: dict[str, PeerClient]
    methods: dict[Annotated[str, Field(pattern=r"^[A-Z]+$")], Method]
    records: dict[str, Record]


class HeaderKind(Table):
    """A way in which the client treats some headers."""

    title: Doc
    # The constants that hold the names, and their type.
    sets: dict[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")], Literal["str", "bytes"]]
    doc: Doc
    since: Version


class Header(Table):
    """A header that is treated in a special way."""

    kinds: tuple[Annotated[str, WordOf("header_kinds")], ...]
    rfc: str = ""
    doc: Doc
    since: Version


class Bound(Table):
    """A fixed limit or wait that users can observe."""

    value: int | float
    unit: Literal["", "seconds", "bytes", "characters"] = ""
    topic: Doc
    doc: Doc
    reason: Doc
    rfc: str = ""
    since: Version


class SensitiveParameter(Table):
    """A parameter of a query, a form or JSON whose values are secrets."""

    in_json: bool = True
    doc: Doc
    since: Version


class HeadersTable(Table):
    """The whole of headers.toml."""

    inner: ClassVar[Mapping[str, type[Table]]] = {
        "kinds": HeaderKind,
        "headers": Header,
        "parameters": SensitiveParameter,
    }

    kinds: dict[str, HeaderKind]
    parameters: dict[str, SensitiveParameter]
    headers: dict[str, Header]


class EventScope(Table):
    """The subject of events, and the attributes that all of them have."""

    inner: ClassVar[Mapping[str, type[Table]]] = {"fields": Fact}

    title: Doc
    doc: Doc
    fields: dict[str, Fact]


class EventProperty(Typed):
    """A property of events that follows from their attributes."""

    code: Doc


class EventKind(Table):
    """A kind of events: with one time or two."""

    inner: ClassVar[Mapping[str, type[Table]]] = {"fields": Fact, "derived": EventProperty}

    doc: Doc
    fields: dict[str, Fact]
    derived: Annotated[dict[str, EventProperty], Field(default_factory=dict)]


class EventClass(Table):
    """A class of events."""

    inner: ClassVar[Mapping[str, type[Table]]] = {"fields": Fact, "derived": EventProperty}

    scope: Annotated[str, WordOf("event_scopes")]
    kind: Annotated[str, WordOf("event_kinds")]
    doc: Doc
    when: Doc
    since: Version
    record: str | None = None
    stored: Annotated[dict[str, Doc], Field(default_factory=dict)]
    fields: Annotated[dict[str, Fact], Field(default_factory=dict)]
    derived: Annotated[dict[str, EventProperty], Field(default_factory=dict)]


class EventsTable(Table):
    """The whole of events.toml."""

    inner: ClassVar[Mapping[str, type[Table]]] = {
        "scopes": EventScope,
        "kinds": EventKind,
        "events": EventClass,
    }

    scopes: dict[str, EventScope]
    kinds: dict[str, EventKind]
    events: dict[str, EventClass]

    def fields(self, name: str) -> dict[str, Fact]:
        """All attributes of an event: those of its scope, of its kind, and its own."""
        event = self.events[name]
        common = {**self.scopes[event.scope].fields, **self.kinds[event.kind].fields}
        return {**common, **event.fields}

    def derived(self, name: str) -> dict[str, EventProperty]:
        """The properties of an event: those of its kind, and its own."""
        event = self.events[name]
        return {**self.kinds[event.kind].derived, **event.derived}
