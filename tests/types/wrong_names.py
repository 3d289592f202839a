"""Misspelled public names: a module `__getattr__` that checkers see would make each one valid."""

from __future__ import annotations

from hyperhttp import HttpStatusError  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnusedImport]
from hyperhttp.config import Timeouts  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnusedImport]
from hyperhttp.exceptions import ReadTimeOut  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnusedImport]
from hyperhttp.testing import Rooter  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnusedImport]
