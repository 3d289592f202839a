"""`__init__.py` of each output directory in the package."""

from __future__ import annotations

from codegen.ir import Spec
from codegen.text import header


def emit(_: Spec) -> str:
    """Nothing but a docstring, so that importing one module of the directory is cheap."""
    return header("codegen/emit/package.py") + '"""Generated from `spec/`; import its modules."""\n'
