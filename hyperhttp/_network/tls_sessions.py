"""The TLS sessions of one client, which later connections resume.

A session is resumed only under the same key, context and name. OpenSSL doesn't verify the server
again, nor compare its name, and a server may accept the session in place of the client certificate.
The key is that of the pool, which contains the origin, the proxy, and whether the client
certificate is offered.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.bounds import TLS_SESSIONS_MAX

if TYPE_CHECKING:
    import ssl

    from hyperhttp._base._generated.config import TLSConfig

__all__ = ["SessionSlot", "TLSSessions", "sessions_of"]

# How many sessions of a single use are kept for a key, for connections that are opened at a time.
SINGLE_USES_MAX: Final = 4

_Key: TypeAlias = "tuple[str, str, ssl.SSLContext]"


@dataclass(slots=True)
class _Kept:
    session: ssl.SSLSession
    uses: int
    """How many connections may still resume it."""


def sessions_of(config: TLSConfig) -> TLSSessions | None:
    """Return an empty store for a configuration; None if it doesn't resume sessions."""
    return TLSSessions(config.session_uses) if config.session_uses else None


@final
class TLSSessions:
    """Sessions by key; the last used keys are kept."""

    __slots__ = ("_kept", "_uses")

    def __init__(self, uses: int) -> None:
        self._uses = uses
        self._kept: OrderedDict[_Key, list[_Kept]] = OrderedDict()

    def slot(self, key: str, name: str, context: ssl.SSLContext) -> SessionSlot:
        """Return the sessions for a connection: by pool key, name of the server, and context."""
        return SessionSlot(self, (key, name, context))

    def take(self, key: _Key) -> ssl.SSLSession | None:
        """Return a session that hasn't expired, and count its use; None if there is none."""
        kept = self._kept.get(key, [])
        while kept:
            last = kept[-1]
            last.uses -= 1
            if not last.uses:
                kept.pop()
            if last.session.time + last.session.timeout > time.time():
                self._kept.move_to_end(key)
                return last.session
            last.uses = 0
            kept[:] = [one for one in kept if one.uses]
        self._kept.pop(key, None)
        return None

    def wants(self, key: _Key) -> bool:
        """Return whether a new session for the key would be kept."""
        kept_max = SINGLE_USES_MAX if self._uses == 1 else 1
        return len(self._kept.get(key, ())) < kept_max

    def keep(self, key: _Key, session: ssl.SSLSession) -> None:
        """Keep a new session."""
        self._kept.setdefault(key, []).append(_Kept(session, self._uses))
        self._kept.move_to_end(key)
        if len(self._kept) > TLS_SESSIONS_MAX:
            self._kept.popitem(last=False)

    def forget(self, key: _Key) -> None:
        """Drop the sessions for the key, because a handshake has failed."""
        self._kept.pop(key, None)


@final
class SessionSlot:
    """The sessions that one connection may resume, and the place for its own."""

    __slots__ = ("_key", "_sessions")

    def __init__(self, sessions: TLSSessions, key: _Key) -> None:
        self._sessions = sessions
        self._key = key

    def take(self) -> ssl.SSLSession | None:
        """Return a session to resume; None if there is none."""
        return self._sessions.take(self._key)

    def forget(self) -> None:
        """Drop all sessions, because the handshake has failed."""
        self._sessions.forget(self._key)

    def keep_from(self, tls: ssl.SSLObject) -> None:
        """Keep the session of a connection that has received data, if one is needed.

        With TLS 1.3, tickets arrive after the handshake (RFC 8446 4.6.1). Python copies the
        session, which takes as long as a fourth of a handshake.
        """
        if not self._sessions.wants(self._key):
            return
        session = tls.session
        if session is not None and (session.has_ticket or tls.version() != "TLSv1.3"):
            self._sessions.keep(self._key, session)
