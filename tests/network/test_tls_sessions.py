"""TLS sessions: for which connections, how often, and how many are kept."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import TYPE_CHECKING

import pytest

from hyperhttp import TLSConfig
from hyperhttp._base._generated.bounds import TLS_SESSIONS_MAX
from hyperhttp._network.exception_mapping import HandshakeLost, handshake
from hyperhttp._network.server_tls import ServerTLS
from hyperhttp._network.tls_sessions import SINGLE_USES_MAX, SessionSlot, TLSSessions, sessions_of
from hyperhttp._network.tls_start import connect_protocol
from tests.network.tls_line import TLS12, TLS13, Line, arrived, lost
from tests.servers.certificates import Certificates, server_context
from tests.servers.tls_end import TLSEnd, connected

if TYPE_CHECKING:
    from collections.abc import Callable

KEY, NAME = "https://localhost", "localhost"


class Serving:
    """A server for one connection after the other, and the context of its clients."""

    def __init__(
        self, certificates: Certificates, version: ssl.TLSVersion = TLS13, *, tickets: int = 2
    ) -> None:
        self.context = certificates.client_context()
        self.context.maximum_version = version
        self.server = server_context(certificates.good)
        self.server.num_tickets = tickets
        if not tickets:
            self.server.options |= ssl.OP_NO_TICKET

    async def connect(self, slot: SessionSlot | None) -> bool:
        """Open a connection, receive data on it, and return whether a session was resumed."""
        ours, theirs = await connected()
        end = TLSEnd(theirs, self.server)
        line, _ = await asyncio.gather(
            connect_protocol(ours, Line, ServerTLS(self.context), NAME, slot=slot),
            end.shake_hands(),
        )
        await end.say(b"data")
        await arrived(line, 4)
        resumed = line.transport.get_extra_info("ssl_object").session_reused
        assert resumed is end.tls.session_reused
        line.transport.abort()
        await lost(line)
        theirs.close()
        return bool(resumed)


@pytest.mark.parametrize("version", [TLS12, TLS13])
@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        (1, [False, True, True, True, True]),
        (2, [False, True, True, True, True, True]),
        (16, [False] + [True] * 20),
    ],
)
async def test_later_connections_resume(
    uses: int, expected: list[bool], version: ssl.TLSVersion, certificates: Certificates
) -> None:
    serving, sessions = Serving(certificates, version), TLSSessions(uses)
    slot = sessions.slot(KEY, NAME, serving.context)
    assert [await serving.connect(slot) for _ in expected] == expected


async def test_a_session_is_used_as_often_as_allowed(certificates: Certificates) -> None:
    serving, sessions = Serving(certificates), TLSSessions(3)
    slot = sessions.slot(KEY, NAME, serving.context)
    await serving.connect(slot)
    taken = [slot.take() for _ in range(4)]
    assert taken[0] is taken[1] is taken[2] is not None
    assert taken[3] is None


async def test_each_connection_has_its_own_session_of_a_single_use(
    certificates: Certificates,
) -> None:
    serving, sessions = Serving(certificates), TLSSessions(1)
    key = (KEY, NAME, serving.context)
    for number in range(SINGLE_USES_MAX + 1):
        # Side by side: none of them can resume the session of another.
        own = TLSSessions(1).slot(*key)
        await serving.connect(own)
        session = own.take()
        assert session is not None
        assert sessions.wants(key) is (number < SINGLE_USES_MAX)
        if number < SINGLE_USES_MAX:
            sessions.keep(key, session)
    taken = [sessions.take(key) for _ in range(SINGLE_USES_MAX + 1)]
    assert taken[-1] is None
    assert len({id(session) for session in taken}) == SINGLE_USES_MAX + 1


async def test_another_key_name_or_context_has_none(certificates: Certificates) -> None:
    serving, sessions = Serving(certificates), TLSSessions(16)
    await serving.connect(sessions.slot(KEY, NAME, serving.context))
    for key, name, context in (
        ("https://localhost without the client certificate", NAME, serving.context),
        (KEY, "example.com", serving.context),
        (KEY, NAME, certificates.client_context()),
    ):
        assert sessions.slot(key, name, context).take() is None
    assert sessions.slot(KEY, NAME, serving.context).take() is not None


async def test_a_server_without_tickets_is_not_resumed(certificates: Certificates) -> None:
    serving, sessions = Serving(certificates, tickets=0), TLSSessions(4)
    slot = sessions.slot(KEY, NAME, serving.context)
    assert [await serving.connect(slot) for _ in range(3)] == [False] * 3
    assert slot.take() is None


async def test_a_server_that_has_forgotten_does_a_full_handshake(
    certificates: Certificates,
) -> None:
    serving, sessions = Serving(certificates), TLSSessions(4)
    slot = sessions.slot(KEY, NAME, serving.context)
    await serving.connect(slot)
    serving.server = server_context(certificates.good)  # as after a restart: other ticket keys
    assert [await serving.connect(slot) for _ in range(2)] == [False, False]


async def test_an_expired_session_is_dropped(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving, sessions = Serving(certificates), TLSSessions(4)
    slot = sessions.slot(KEY, NAME, serving.context)
    await serving.connect(slot)
    session = slot.take()
    assert session is not None
    later: Callable[[], float] = lambda: session.time + session.timeout  # noqa: E731
    monkeypatch.setattr(time, "time", later)
    assert slot.take() is None
    monkeypatch.undo()
    assert slot.take() is None


async def test_a_handshake_that_fails_forgets_the_session(certificates: Certificates) -> None:
    serving, sessions = Serving(certificates), TLSSessions(4)
    slot = sessions.slot(KEY, NAME, serving.context)
    await serving.connect(slot)
    ours, theirs = await connected()
    theirs.close()
    with pytest.raises(HandshakeLost), handshake():
        await connect_protocol(ours, Line, ServerTLS(serving.context), NAME, slot=slot)
    assert slot.take() is None


async def test_the_least_recently_used_keys_are_dropped(certificates: Certificates) -> None:
    serving, sessions = Serving(certificates), TLSSessions(4)
    slots = [sessions.slot(f"https://{n}", NAME, serving.context) for n in range(3)]
    for slot in slots:
        await serving.connect(slot)
    session = slots[0].take()
    assert session is not None
    for number in range(TLS_SESSIONS_MAX - 1):
        sessions.keep((f"https://other{number}", NAME, serving.context), session)
    assert slots[0].take() is not None
    assert slots[1].take() is None
    assert slots[2].take() is None


def test_by_default_there_are_none() -> None:
    assert sessions_of(TLSConfig()) is None
    assert sessions_of(TLSConfig(session_uses=1)) is not None
