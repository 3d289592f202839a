"""Which emitter makes which file, and which directories hold nothing but generated files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

from codegen.emit import (
    addresses,
    bounds,
    calls,
    client_options,
    command,
    config,
    environment,
    events,
    exception_table,
    exceptions,
    functions,
    headers,
    manifest,
    option_names,
    options,
    other_names,
    package,
    protocols,
    public,
    request_options,
    response,
    schema,
    stubs,
    synchronous,
)
from codegen.emit.reference import addresses as addresses_page
from codegen.emit.reference import bounds as bounds_page
from codegen.emit.reference import calls as calls_page
from codegen.emit.reference import (
    cheat_sheet,
    index,
    llms,
    messages,
    peers,
    states,
    troubleshooting,
)
from codegen.emit.reference import client as client_page
from codegen.emit.reference import command as command_page
from codegen.emit.reference import config as config_page
from codegen.emit.reference import environment as environment_page
from codegen.emit.reference import errors as errors_page
from codegen.emit.reference import events as events_page
from codegen.emit.reference import headers as headers_page
from codegen.emit.reference import response as response_page
from codegen.emit.reference import synchronous as sync_page
from codegen.ir import FILES, Spec
from codegen.surface import Surface

# Output directories inside the package: one on each layer, or subpackage, that uses generated code.
PACKAGE_DIRS: Final = (
    "hyperhttp/_base/_generated",
    "hyperhttp/_message/request/_generated",
    "hyperhttp/_message/response/_generated",
    "hyperhttp/_network/_generated",
    "hyperhttp/_client/_generated",
    "hyperhttp/_cli/_generated",
)
OUTPUT_DIRS: Final = (
    *PACKAGE_DIRS,
    "typings/api/hyperhttp",
    "docs/reference",
    "spec/schema",
)

FromSpec: TypeAlias = Callable[[Spec], str]
FromSurface: TypeAlias = Callable[[Spec, Surface], str]


def _schema(spec: Spec, *, name: str) -> str:
    return schema.emit_spec_file(name, spec.words)


def _synchronous(spec: Spec, *, emit: FromSpec) -> str:
    return synchronous.synchronous(spec, emit(spec))


# From the spec alone: made even when the hand-written modules are broken.
FROM_SPEC: Final[Mapping[str, FromSpec]] = {
    **{f"{output}/__init__.py": package.emit for output in PACKAGE_DIRS},
    "hyperhttp/_client/_generated/calls.py": calls.emit,
    "hyperhttp/_client/_generated/client_options.py": client_options.emit,
    "hyperhttp/_cli/_generated/command.py": command.emit,
    "hyperhttp/_base/_generated/addresses.py": addresses.emit,
    "hyperhttp/_base/_generated/bounds.py": bounds.emit,
    "hyperhttp/_base/_generated/config.py": config.emit,
    "hyperhttp/_base/_generated/client_config.py": config.emit_root,
    "hyperhttp/_base/_generated/env_names.py": environment.emit,
    "hyperhttp/_base/_generated/errors.py": exceptions.emit,
    "hyperhttp/_base/_generated/events.py": events.emit,
    "hyperhttp/_network/_generated/connect_errors.py": exception_table.emit,
    "hyperhttp/_base/_generated/headers.py": headers.emit,
    "hyperhttp/_base/_generated/methods.py": headers.emit_methods,
    "hyperhttp/_base/_generated/option_names.py": option_names.emit,
    "hyperhttp/_base/_generated/other_names.py": other_names.emit,
    "hyperhttp/_client/_generated/options.py": options.emit,
    "hyperhttp/_client/_generated/protocols.py": protocols.emit,
    "hyperhttp/_client/_generated/request_builder.py": request_options.emit_builder,
    "hyperhttp/_message/request/_generated/options.py": request_options.emit,
    "hyperhttp/_message/request/_generated/fields.py": partial(response.emit, message="Request"),
    "hyperhttp/_message/response/_generated/fields.py": partial(response.emit, message="Response"),
    "hyperhttp/_message/response/_generated/status_errors.py": exceptions.emit_status_errors,
    "hyperhttp/_client/_generated/verbs.py": calls.emit_verbs,
    "hyperhttp/api.py": functions.emit,
    **{
        f"hyperhttp/_client/_generated/sync_{name}.py": partial(_synchronous, emit=emit)
        for name, emit in {
            "calls": calls.emit,
            "client_options": client_options.emit,
            "options": options.emit,
            "protocols": protocols.emit,
            "request_builder": request_options.emit_builder,
            "verbs": calls.emit_verbs,
        }.items()
    },
    manifest.PATH: manifest.emit,
    "docs/reference/addresses.md": addresses_page.emit,
    "docs/reference/bounds.md": bounds_page.emit,
    "docs/reference/calls.md": calls_page.emit,
    "docs/reference/cheat-sheet.md": cheat_sheet.emit,
    "docs/reference/command.md": command_page.emit,
    "docs/reference/config.md": config_page.emit,
    "docs/reference/config.schema.json": schema.emit_config,
    "docs/reference/environment.md": environment_page.emit,
    "docs/reference/errors.md": errors_page.emit,
    "docs/reference/events.md": events_page.emit,
    "docs/reference/headers.md": headers_page.emit,
    "docs/reference/index.md": index.emit,
    "docs/reference/llms-full.txt": llms.emit_full,
    "docs/reference/troubleshooting.md": troubleshooting.emit,
    **{f"spec/schema/{name}.schema.json": partial(_schema, name=name) for name in FILES},
}

# From the spec and the syntax trees of the package.
FROM_SURFACE: Final[Mapping[str, FromSurface]] = {
    "docs/reference/client.md": client_page.emit,
    "docs/reference/llms.txt": llms.emit,
    "docs/reference/messages.md": messages.emit,
    "docs/reference/response.md": response_page.emit,
    "docs/reference/states.md": states.emit,
    "docs/reference/sync.md": sync_page.emit,
}


def page_files(spec: Spec) -> dict[str, str]:
    """The files whose number depends on the spec: pages of errors, models and peers; modules."""
    return {
        **config_page.emit_pages(spec),
        **errors_page.emit_pages(spec),
        **peers.emit_pages(spec),
        **public.files(spec),
    }


def stub_files(surface: Surface) -> dict[str, str]:
    """The stubs: which files there are depends on what the public modules mention."""
    return {f"typings/api/{path}": text for path, text in stubs.emit(surface).items()}
