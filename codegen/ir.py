"""The whole spec: its files, and `Spec`, which contains their tables.

The tables are in `tables`, and `rules` checks them against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import BaseModel, RootModel

from codegen.constants import (
    AddressRange,
    Bound,
    EventsTable,
    HeadersTable,
    PeersTable,
    VocabularyTable,
)
from codegen.tables import (
    CallOption,
    CallsTable,
    ConfigModel,
    ErrorTable,
    Fact,
    Level,
    MessageTable,
    OptionField,
    PublicTable,
    Table,
    Variable,
)
from codegen.types import Type, parse_type


class ConfigFile(RootModel[dict[str, ConfigModel]]):
    """The whole of config.toml."""


class ErrorsFile(RootModel[dict[str, ErrorTable]]):
    """The whole of errors.toml."""


class ResponseFile(RootModel[dict[str, MessageTable]]):
    """The whole of response.toml."""


class EnvironmentFile(RootModel[dict[str, Variable]]):
    """The whole of environment.toml."""


class BoundsFile(RootModel[dict[str, Bound]]):
    """The whole of bounds.toml."""


class AddressesFile(RootModel[dict[str, AddressRange]]):
    """The whole of addresses.toml."""


class Spec(Table):
    """All files, each table valid by itself."""

    # The words of each closed set, for the JSON Schemas.
    words: dict[str, list[str]]
    vocabulary: VocabularyTable
    public: PublicTable

    config: dict[str, ConfigModel]
    errors: dict[str, ErrorTable]
    response: dict[str, MessageTable]
    headers: HeadersTable
    environment: dict[str, Variable]
    bounds: dict[str, Bound]
    addresses: dict[str, AddressRange]
    events: EventsTable
    calls: CallsTable
    peers: PeersTable

    def has_response(self, name: str) -> bool:
        """Return whether an error carries a response, itself or through a base."""
        return any("BaseResponse" in fact.parsed.names for fact in self.facts(name).values())

    @property
    def root_config(self) -> str:
        """The model that no other model holds and that holds others: the whole configuration."""
        held = {field.model for model in self.config.values() for field in model.fields.values()}
        return next(
            name
            for name, model in self.config.items()
            if name not in held and any(field.model for field in model.fields.values())
        )

    def methods(self, *, idempotent: bool = False, announces_body: bool = False) -> list[str]:
        """The methods that have the given properties, sorted."""
        return sorted(
            name
            for name, method in self.vocabulary.methods.items()
            if method.idempotent >= idempotent and method.announces_body >= announces_body
        )

    def headers_of(self, kind: str) -> list[str]:
        """The names of the headers of a kind, in the order of the spec."""
        return [name for name, each in self.headers.headers.items() if kind in each.kinds]

    def options_at(self, level: Level) -> dict[str, CallOption]:
        """The options that may be given at this level, in order."""
        return {
            name: option for name, option in self.calls.options.items() if level in option.level
        }

    def switches(self) -> dict[str, str]:
        """The models that may be left out, each with the field that holds it."""
        return {
            field.model: name
            for model in self.config.values()
            for name, field in model.fields.items()
            if field.is_switch
        }

    def config_field(self, path: str) -> OptionField:
        """The field of the whole configuration at a dotted path; KeyError when there is none."""
        return self.field_at(self.root_config, path)

    def field_at(self, model: str, path: str) -> OptionField:
        """The field of a model at a dotted path; KeyError when there is none."""
        *groups, name = path.split(".")
        for group in groups:
            model = self.config[model].fields[group].model
        return self.config[model].fields[name]

    def option_type(self, option: CallOption) -> Type:
        """The type of an option: its own, or that of its config field."""
        return parse_type(option.type or self.config_field(option.config).type)

    def none_is_unset(self, option: CallOption) -> bool:
        """Return whether None means that an option isn't given, because it has no other meaning."""
        kind = self.option_type(option)
        objects = self.calls.objects
        return not kind.optional and not any(
            objects[name].none for name in kind.names if name in objects
        )

    def option_doc(self, option: CallOption) -> str:
        """The doc of an option: its own, or that of its config field."""
        return option.doc or self.config_field(option.config).doc

    def facts(self, name: str) -> dict[str, Fact]:
        """Return the attributes of an error and its bases, bases first; its own replace theirs."""
        merged: dict[str, Fact] = {}
        for base in self.errors[name].own_bases:
            for fact_name, fact in self.facts(base).items():
                merged.setdefault(fact_name, fact)
        return {**merged, **self.errors[name].fields}

    def ancestors(self, name: str) -> Iterator[str]:
        """Every error that catches this one, nearest first, without repetition."""
        seen: dict[str, None] = {}
        pending = list(self.errors[name].own_bases)
        while pending:
            base = pending.pop(0)
            if base not in seen:
                seen[base] = None
                pending.extend(self.errors[base].own_bases)
        yield from seen


FILES: Final[Mapping[str, type[BaseModel]]] = {
    "vocabulary": VocabularyTable,
    "public": PublicTable,
    "config": ConfigFile,
    "errors": ErrorsFile,
    "response": ResponseFile,
    "headers": HeadersTable,
    "environment": EnvironmentFile,
    "bounds": BoundsFile,
    "addresses": AddressesFile,
    "events": EventsTable,
    "calls": CallsTable,
    "peers": PeersTable,
}
TABLES: Final[Mapping[str, type[Table]]] = {
    "vocabulary": VocabularyTable,
    "public": PublicTable,
    "config": ConfigModel,
    "errors": ErrorTable,
    "response": MessageTable,
    "headers": HeadersTable,
    "environment": Variable,
    "bounds": Bound,
    "addresses": AddressRange,
    "events": EventsTable,
    "calls": CallsTable,
    "peers": PeersTable,
}
