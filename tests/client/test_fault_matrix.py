"""Every fault, in every phase, for every kind of request: exactly what the oracle says, no more.

After each case the client is quiet, its next request gets its response, and nothing is left.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import (
    Client,
    HyperHTTPError,
    ReadError,
    Response,
    Timeout,
    TimeoutException,
    TotalTimeout,
    WriteError,
)
from tests.client.fault_cases import (
    CONNECT_S,
    POOL_S,
    READ_S,
    REPLY_TEXT,
    TOTAL_S,
    WRITE_S,
    Body,
    Case,
    Fault,
    Outcome,
    Phase,
    cases,
    expected,
)
from tests.client.fault_stage import FILLER, OneShot, Stage, body_of, content_of, narrow
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import RawServer
from tests.servers.sockets import refusing_port, unreplied_port

if TYPE_CHECKING:
    import ssl

CASES = list(cases())
FAULTLESS = Case(Fault.NONE, Phase.AFTER_END, reused=False, method="GET", body=Body.NONE)


def test_the_matrix_is_as_large_as_it_was_made() -> None:
    assert len({case.id for case in CASES}) == len(CASES) == 2236
    assert Counter(case.tls for case in CASES) == {False: 1814, True: 422}
    assert {case.fault for case in CASES} == set(Fault)
    assert {case.body for case in CASES} == set(Body)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_fault_has_the_outcome_that_the_oracle_says(
    case: Case, trusting: ssl.SSLContext, certificates: Certificates
) -> None:
    run_quietly(lambda loop: Trial(case, loop, trusting, certificates).run())


class Trial:
    """A client of one connection, a server that misbehaves once, and one that does not."""

    def __init__(
        self, case: Case, loop: TurnedLoop, trusting: ssl.SSLContext, certificates: Certificates
    ) -> None:
        self.case = case
        self.loop = loop
        self.stage = Stage(case, loop)
        self.one_shot = OneShot(held=case.phase is Phase.SENDING_BODY)
        is_sending = case.phase in {Phase.SENDING_HEAD, Phase.SENDING_BODY}
        self.server = self.stage.server = RawServer(
            self.stage,
            tls=server_context(certificates.good) if case.tls else None,
            listener=narrow() if is_sending else None,
        )
        self.bystander = RawServer(Stage(FAULTLESS, loop))
        held_up_by_caller = (case.phase, case.fault, case.body) == (
            Phase.SENDING_BODY,
            Fault.STALL,
            Body.ONE_SHOT,
        )
        self.client = Client(
            max_connections=1,
            verify=trusting,
            timeout=Timeout(
                total=TOTAL_S if held_up_by_caller else None,
                connect=CONNECT_S,
                read=READ_S,
                write=WRITE_S,
                pool=POOL_S,
            ),
        )
        self.response: Response | None = None
        self.error: HyperHTTPError | None = None

    async def run(self) -> None:
        async with self.server, self.bystander, self.client:
            if self.case.reused:
                await self._ask("/warm")
            with self._port() as port:
                await self._meet_the_fault(self._url("/target", port))
            outcome = await self._outcome()
            assert outcome == expected(self.case)
            self._check_contents()
            assert unused(self.client)
        assert self.client.stats().origins == {}
        await until(lambda: self.one_shot.closed == self.one_shot.started)

    # --- the request ---

    def _port(self) -> AbstractContextManager[int]:
        if self.case.phase is Phase.CONNECT and not self.case.reused:
            return refusing_port() if self.case.fault is Fault.REFUSE else unreplied_port()
        return nullcontext(self.server.port)

    def _url(self, path: str, port: int) -> str:
        if self.case.tls or self.case.phase is Phase.HANDSHAKE:
            return f"https://localhost:{port}{path}"
        return f"http://127.0.0.1:{port}{path}"

    async def _meet_the_fault(self, url: str) -> None:
        case = self.case
        if case.phase in {Phase.IDLE, Phase.CROSSING}:
            assert self.client.stats().idle == 1
            await self.stage.strike_idle(self.server.peers[0])
        if case.phase is Phase.IDLE:
            await until(lambda: self.client.stats().idle == 0)
        if case.fault is not Fault.STALL:
            await self._request(url)
            return
        asked = asyncio.ensure_future(self._request(url))
        if case.phase is Phase.CONNECT:
            await until(lambda: self.client.stats().pending == 1)
        else:
            await self.stage.acted.wait()
        waited_s = await self._wait_it_out(asked)
        limit_s = expected(case).limit_s
        assert limit_s is not None
        # Whether bytes went out since the timer was set is seen when it rings: then once more.
        rings = 2 if isinstance(self.error, hyperhttp.WriteTimeout) else 1
        assert limit_s - 1 <= waited_s <= rings * (limit_s + 1)

    async def _wait_it_out(self, asked: asyncio.Future[None]) -> int:
        """Turn the clock until the client gives up; how many seconds that took."""
        for seconds in range(1000):
            for _ in range(10):
                await asyncio.sleep(0)
            if asked.done():
                await asked
                return seconds
            self.loop.turn(1.0)
        raise AssertionError("it waits for ever")

    async def _request(self, url: str) -> None:
        """Ask and read, and note what comes of it."""
        case = self.case
        headers = {"X-Filler": FILLER} if case.phase is Phase.SENDING_HEAD else {}
        content = content_of(case, self.one_shot)
        try:
            if content is None:
                self.response = await self.client.request(case.method, url, headers=headers)
            else:
                self.response = await self.client.request(
                    case.method, url, headers=headers, content=content
                )
            await self.response.aread()
        except HyperHTTPError as error:
            self.error = error

    async def _ask(self, path: str) -> None:
        """A request that meets no fault."""
        elsewhere = self.case.phase in {Phase.CONNECT, Phase.HANDSHAKE} and path != "/warm"
        url = self.bystander.url(path) if elsewhere else self._url(path, self.server.port)
        response = await self.client.get(url)
        assert (response.status_code, await response.aread()) == (200, REPLY_TEXT)

    # --- what came of it ---

    async def _outcome(self) -> Outcome:
        stage, error, response = self.stage, self.error, self.response
        connections = len(self.server.peers)
        if self.case.phase is Phase.AFTER_END and self.case.fault is not Fault.NONE:
            await until(lambda: self.client.stats().idle == 0)
        await self._ask("/after")
        path, peer = stage.replied[-1] if stage.replied else ("", None)
        return Outcome(
            connections=connections,
            deliveries=len(stage.deliveries),
            kept=path == "/after" and peer in stage.deliveries[-1:],
            error=None if error is None else type(error),
            while_reading=error is not None and response is not None,
            status=None if response is None else response.status_code,
            received_bytes=error.received_bytes if isinstance(error, ReadError) else None,
            limit_s=error.timeout_s if isinstance(error, TimeoutException) else None,
        )

    def _check_contents(self) -> None:
        stage, response, error, case = self.stage, self.response, self.error, self.case
        assert all(body == body_of(case) for body in stage.bodies)
        # A body waits until a head has gone out, the first one or that of a second sending.
        begun = bool(stage.deliveries) and (case.phase is not Phase.SENDING_HEAD or error is None)
        assert self.one_shot.started == (case.body is Body.ONE_SHOT and begun)
        if error is None:
            assert response is not None
            text = b"" if case.method == "HEAD" else REPLY_TEXT
            assert response.content == (text if response.status_code == 200 else b"no!")
            return
        assert error.request is not None
        assert (error.request.method, error.url) == (case.method, error.request.url)
        assert error.origin == error.request.url.origin
        assert error.elapsed is not None
        assert str(error).strip()
        if isinstance(error, WriteError) and stage.deliveries:
            received = stage.request_bytes()
            if case.body is Body.ONE_SHOT and case.phase is Phase.SENDING_BODY:
                assert error.sent_bytes == received
            assert received <= error.sent_bytes <= len(FILLER) + len(body_of(case)) + 8192
        if isinstance(error, TotalTimeout):
            assert error.during == "write"
