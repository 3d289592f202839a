"""The event loop that `asyncio.run` makes, where a program wants uvloop's."""

from __future__ import annotations

import asyncio
import warnings

__all__ = ["install_uvloop"]


def install_uvloop() -> bool:
    """Have `asyncio.run` use uvloop from now on; False, and nothing changed, where there is none.

    It is the extra `uvloop`. Call it before the loop is made; a program that runs one loop may as
    well call `uvloop.run(main())`.

        hyperhttp.install_uvloop()
        asyncio.run(main())
    """
    try:
        import uvloop  # noqa: PLC0415 - an extra
    except ImportError:
        return False
    with warnings.catch_warnings():
        # From 3.14 on Python warns of policies; nothing else reaches an `asyncio.run` of others.
        warnings.simplefilter("ignore", DeprecationWarning)
        asyncio.set_event_loop_policy(  # type: ignore[deprecated]  # pyright: ignore[reportDeprecated]
            uvloop.EventLoopPolicy()
        )
    return True
