"""TLS contexts, shared in the process: created in a thread, and again once their files change."""

from __future__ import annotations

import logging
import os
import ssl
import time
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.bounds import TLS_RELOAD_CHECK_S
from hyperhttp._base._generated.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._base._generated.config import TLSConfig

__all__ = ["CONTEXTS_MAX", "RecentContexts", "TLSContexts", "TLSPlan"]

# A context with the usual CAs takes about 1 MiB and serves all connections of its configuration.
# Programs with more than a few hold a certificate for each of many customers.
CONTEXTS_MAX: Final = 64

_LOG: Final = logging.getLogger("hyperhttp.connection")
_Stamp: TypeAlias = "tuple[tuple[int, int, int] | None, ...]"
# A configuration, the protocols for ALPN, and whether the environment counts.
_Asked: TypeAlias = "tuple[TLSConfig, tuple[str, ...], bool]"


@dataclass(frozen=True, slots=True)
class TLSPlan:
    """Everything that a context depends on; equal plans share one."""

    tls: TLSConfig
    alpn: tuple[str, ...]
    ca_file: str = ""
    ca_directories: str = ""
    keylog: str = ""

    def files(self) -> list[str]:
        """Return the paths that the context is read from."""
        tls = self.tls
        paths = [path for path in (tls.verify, tls.cert, tls.cert_key) if isinstance(path, Path)]
        directories = self.ca_directories.split(os.pathsep)
        return [*map(os.fspath, paths), *filter(None, (self.ca_file, *directories))]


@dataclass(slots=True)
class _Shared:
    checked_at: float
    """When files and environment were last looked at."""
    stamp: _Stamp = ()
    """Times, sizes and numbers of the files when they were read."""
    build: Future[ssl.SSLContext] = field(default_factory=Future)

    def run(self, job: Callable[[], ssl.SSLContext]) -> Future[ssl.SSLContext]:
        """Have a thread create the context."""
        self.build = _in_thread(job)
        return self.build


@final
class RecentContexts:
    """The contexts that one client got less than a second ago.

    Making the plan of a context takes longer than all other options of a connection.
    """

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[_Asked, tuple[float, ssl.SSLContext]] = {}

    def get(self, asked: _Asked, now: float) -> ssl.SSLContext | None:
        """Return the context, unless its files and the environment are due."""
        until, context = self._kept.get(asked, (now, None))
        return context if until > now else None

    def keep(self, asked: _Asked, until: float, context: ssl.SSLContext) -> None:
        """Keep a context; with too many of them, forget the others."""
        if len(self._kept) >= CONTEXTS_MAX:
            self._kept.clear()
        self._kept[asked] = until, context


@final
class TLSContexts:
    """Contexts by plan, finished or being created. Failed ones aren't kept."""

    def __init__(
        self,
        make: Callable[[TLSPlan], ssl.SSLContext],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make = make
        self.now = clock
        self._shared: OrderedDict[TLSPlan, _Shared] = OrderedDict()
        """The last used at the end."""
        self._lock = Lock()
        """Event loops may run in several threads. It isn't held while a context is created."""

    def __contains__(self, plan: TLSPlan) -> bool:
        return plan in self._shared

    def due_at(self, plan: TLSPlan) -> float:
        """Return until when a finished context may be used without asking again."""
        shared = self._shared.get(plan)
        return 0.0 if shared is None else shared.checked_at + TLS_RELOAD_CHECK_S

    def build(self, plan: TLSPlan) -> Future[ssl.SSLContext]:
        """Return the finished or running build of a context, or start one.

        The files of a finished one are looked at again once a second at most.
        """
        with self._lock:
            shared = self._shared.get(plan)
            if shared is None:
                return self._start(plan)
            self._shared.move_to_end(plan)
            if self._is_due(plan, shared):
                current = shared.build.result()
                return shared.run(lambda: self._reload(plan, shared, current))
            return shared.build

    def _start(self, plan: TLSPlan) -> Future[ssl.SSLContext]:
        shared = self._shared[plan] = _Shared(self.now())
        while len(self._shared) > CONTEXTS_MAX:
            self._shared.popitem(last=False)
        return shared.run(lambda: self._created(plan, shared))

    def _is_due(self, plan: TLSPlan, shared: _Shared) -> bool:
        now = self.now()
        if now - shared.checked_at < TLS_RELOAD_CHECK_S or not shared.build.done():
            return False
        shared.checked_at = now
        return bool(plan.files())

    def _created(self, plan: TLSPlan, shared: _Shared) -> ssl.SSLContext:
        try:
            shared.stamp = _stamp_of(plan)
            return self._make(plan)
        except BaseException:
            self._forget(plan, shared)
            raise

    def _reload(self, plan: TLSPlan, shared: _Shared, current: ssl.SSLContext) -> ssl.SSLContext:
        """Return a new context if the files have changed and can be loaded."""
        stamp = _stamp_of(plan)
        if stamp == shared.stamp:
            return current
        shared.stamp = stamp
        try:
            return self._make(plan)
        except ConfigError as error:
            # Certificate and key are often replaced one after the other.
            _LOG.warning("TLS files have changed, but the previous ones stay in use: %s", error)
            return current
        except BaseException:
            self._forget(plan, shared)
            raise

    def _forget(self, plan: TLSPlan, shared: _Shared) -> None:
        """Drop a context whose build has failed, so that the next build starts anew."""
        with self._lock:
            if self._shared.get(plan) is shared:
                del self._shared[plan]


def _stamp_of(plan: TLSPlan) -> _Stamp:
    return tuple(map(_stamp, plan.files()))


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _in_thread(job: Callable[[], ssl.SSLContext]) -> Future[ssl.SSLContext]:
    """Run a job in a thread that ends with it, because contexts are rarely created.

    A running future can't be canceled, so that one caller can't cancel it for the others.
    """
    build: Future[ssl.SSLContext] = Future()
    build.set_running_or_notify_cancel()
    executor = ThreadPoolExecutor(1, thread_name_prefix="hyperhttp-tls")
    running = executor.submit(job)
    executor.shutdown(wait=False)
    running.add_done_callback(lambda done: _settle(build, done))
    return build


def _settle(build: Future[ssl.SSLContext], done: Future[ssl.SSLContext]) -> None:
    error = done.exception()
    if error is None:
        build.set_result(done.result())
    else:
        build.set_exception(error)
