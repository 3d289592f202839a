"""Which emitter makes which file, and which folders are rooms: made files and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

from codegen.emit import (
    calls,
    client_options,
    config,
    exceptions,
    fixed,
    headers,
    options,
    response,
    schema,
    stubs,
)
from codegen.emit.reference import client as client_page
from codegen.emit.reference import config as config_page
from codegen.emit.reference import errors as errors_page
from codegen.emit.reference import headers as headers_page
from codegen.emit.reference import response as response_page
from codegen.ir import FILES, Spec
from codegen.surface import Surface

ROOMS: Final = ("hyperhttp/_generated", "typings/api/hyperhttp", "docs/reference", "spec/schema")

FromSpec: TypeAlias = Callable[[Spec], str]
FromSurface: TypeAlias = Callable[[Spec, Surface], str]


def _schema(name: str, _: Spec) -> str:
    return schema.emit_spec_file(name)


# From the spec alone: made even when the hand-written modules are broken.
FROM_SPEC: Final[Mapping[str, FromSpec]] = {
    "hyperhttp/_generated/__init__.py": fixed.emit_package,
    "hyperhttp/_generated/calls.py": calls.emit,
    "hyperhttp/_generated/client_options.py": client_options.emit,
    "hyperhttp/_generated/checked.py": fixed.emit_checked,
    "hyperhttp/_generated/config.py": config.emit,
    "hyperhttp/_generated/exceptions.py": exceptions.emit,
    "hyperhttp/_generated/headers.py": headers.emit,
    "hyperhttp/_generated/options.py": options.emit,
    "hyperhttp/_generated/response.py": response.emit,
    "hyperhttp/_generated/unset.py": fixed.emit_unset,
    "docs/reference/config.md": config_page.emit,
    "docs/reference/config.schema.json": schema.emit_config,
    "docs/reference/errors.md": errors_page.emit,
    "docs/reference/headers.md": headers_page.emit,
    **{f"spec/schema/{name}.schema.json": partial(_schema, name) for name in FILES},
}

# From the spec and the syntax trees of the package.
FROM_SURFACE: Final[Mapping[str, FromSurface]] = {
    "docs/reference/client.md": client_page.emit,
    "docs/reference/response.md": response_page.emit,
}


def stub_files(surface: Surface) -> dict[str, str]:
    """The stubs: which files there are depends on what the public modules mention."""
    return {f"typings/api/{path}": text for path, text in stubs.emit(surface).items()}
