"""Which emitter makes which file, and which folders are rooms: made files and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from codegen.emit import calls, checked, config, exceptions, options, package, response, unset
from codegen.ir import Spec

Emitter: TypeAlias = Callable[[Spec], str]

ROOMS: Final = ("hyperhttp/_generated", "typings/api/hyperhttp", "docs/reference", "spec/schema")

OUTPUTS: Final[Mapping[str, Emitter]] = {
    "hyperhttp/_generated/__init__.py": package.emit,
    "hyperhttp/_generated/calls.py": calls.emit,
    "hyperhttp/_generated/checked.py": checked.emit,
    "hyperhttp/_generated/config.py": config.emit,
    "hyperhttp/_generated/exceptions.py": exceptions.emit,
    "hyperhttp/_generated/options.py": options.emit,
    "hyperhttp/_generated/response.py": response.emit,
    "hyperhttp/_generated/unset.py": unset.emit,
}
