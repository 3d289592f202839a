"""The event loop that `asyncio.run` makes, where a program wants uvloop's."""

from __future__ import annotations

import asyncio
import warnings
from typing import TYPE_CHECKING

from hyperhttp._base.optional_modules import optional_module

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["install_uvloop"]


def install_uvloop() -> bool:
    """Have `asyncio.run` use uvloop from now on; False, and nothing changed, where there is none.

    It is the extra `uvloop`. Call it before the loop is made; a program that runs one loop may as
    well call `uvloop.run(main())`.

        hyperhttp.install_uvloop()
        asyncio.run(main())
    """
    uvloop = optional_module("uvloop")
    if uvloop is None:
        return False
    # By name, since type checkers report it as deprecated; Python 3.16 removes it.
    set_policy: Callable[[object], None] | None = getattr(asyncio, "set_event_loop_policy", None)
    if set_policy is None:
        return False
    with warnings.catch_warnings():
        # From 3.14 on Python warns of policies; nothing else reaches an `asyncio.run` of others.
        warnings.simplefilter("ignore", DeprecationWarning)
        set_policy(uvloop.EventLoopPolicy())
    return True
