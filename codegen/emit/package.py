"""`hyperhttp/_generated/__init__.py`: nothing but a docstring, so that importing a part is cheap."""

from __future__ import annotations

from codegen.ir import Spec
from codegen.text import header


def emit(spec: Spec) -> str:
    """The module; it is the same for every spec."""
    del spec
    return (
        header("codegen/emit/package.py")
        + '"""Made from `spec/`; import its modules, not this."""\n'
    )
