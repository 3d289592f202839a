"""`docs/reference/api.json`: what the public API has beside its stubs, options and flags.

The stubs in `typings/api` are the rest. `codegen.compatibility` compares both with a release.
"""

from __future__ import annotations

import json
from typing import Final

from codegen.emit.command import command_options
from codegen.emit.config_defaults import default_text
from codegen.emit.environment import PREFIX
from codegen.ir import Spec
from codegen.tables import OptionField
from codegen.text import header
from codegen.types import bounds_text

PATH: Final = "docs/reference/api.json"


def emit(spec: Spec) -> str:
    """Return the file."""
    options = {
        f"{model}.{name}": _option(option)
        for model, table in spec.config.items()
        for name, option in table.fields.items()
    }
    flags = sorted({flag for each in command_options(spec) for flag in each.spellings})
    comment = " ".join(header("spec/", comment="").split())
    whole = {"$comment": comment, "options": options, "flags": flags}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _option(option: OptionField) -> dict[str, str]:
    found = {
        "default": default_text(option),
        "bounds": bounds_text(option.limits),
        "environment": f"{PREFIX}{option.env}" if option.env else "",
    }
    return {name: text for name, text in found.items() if text}
