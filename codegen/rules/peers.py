"""Names of other clients: each helps the reader, and is a name that we don't have."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.diagnostics import Problem
from codegen.ir import Spec
from codegen.rules.tables import PEERS


def names_are_explained(spec: Spec) -> Iterator[Problem]:
    """A name has a counterpart, or a sentence about why it has none."""
    for table, names in spec.peers.tables().items():
        for name, other in names.items():
            if not other.use and not other.doc:
                yield Problem(PEERS, f"{table}.{name}", 'the key "use" or "doc" is missing')


def names_are_foreign(spec: Spec) -> Iterator[Problem]:
    """A name of another client isn't an option, an attribute or an error here."""
    fields = spec.response["Response"].fields
    for table, names, ours in (
        ("options", spec.peers.options, spec.calls.options.keys()),
        ("client", spec.peers.client, spec.calls.calls.keys()),
        ("response", spec.peers.response, fields.keys()),
        ("names", spec.peers.names, spec.errors.keys()),
    ):
        for name in names.keys() & ours:
            yield Problem(PEERS, f"{table}.{name}", "this name exists here, too")
