"""The event loop of a synchronous client in tests: its clock is that of the test's loop.

When the test turns its clock, the client must have seen it before the test goes on. So the loop of
the test waits until the client's loop has run its due timers and waits for events again.
"""

from __future__ import annotations

import threading
from typing import Final

from hyperhttp._client.quiet_loop import QuietLoop
from tests.clock import CHANGED, TurnedLoop, wait

TURNS: Final = 10
"""After so many turns without events, what was due has had its effects."""


class FollowingLoop(QuietLoop):
    """An event loop with the clock of another one."""

    def __init__(self, lead: TurnedLoop) -> None:
        self._lead = lead
        self.is_led = False
        super().__init__()
        lead.followers.append(self)

    def time(self) -> float:
        """The time of the test's loop."""
        return self._lead.time()

    def close(self) -> None:
        """Close it; the clock may be turned without it."""
        if not self.is_closed():
            self._lead.followers.remove(self)
        super().close()

    def run_forever(self) -> None:
        """Run it, and let the test know."""
        self._note(is_led=True)
        try:
            super().run_forever()
        finally:
            self._note(is_led=False)

    def is_settled(self) -> bool:
        """Wait until it has done what is due; return False if it has stopped before."""
        settled = threading.Event()
        self.call_soon_threadsafe(self._after, TURNS, settled)
        wait(lambda: settled.is_set() or not self.is_led)
        return settled.is_set()

    def _after(self, turns: int, settled: threading.Event) -> None:
        if turns:
            self.call_soon(self._after, turns - 1, settled)
            return
        with CHANGED:
            settled.set()
            CHANGED.notify_all()

    def _note(self, *, is_led: bool) -> None:
        with CHANGED:
            self.is_led = is_led
            CHANGED.notify_all()
