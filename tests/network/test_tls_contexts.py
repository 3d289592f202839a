"""Shared TLS contexts whose files change."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import ssl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hyperhttp import ConfigError, TLSConfig
from hyperhttp._base._generated.bounds import TLS_RELOAD_CHECK_S
from hyperhttp._network import tls
from hyperhttp._network.tls_contexts import CONTEXTS_MAX, RecentContexts, TLSContexts, TLSPlan
from tests.servers.certificates import Certificates
from tests.servers.client_certificates import ClientCertificates, make_client_certificates

ALPN = ("http/1.1",)


class Shared:
    """Contexts with a clock that the test moves."""

    def __init__(self, config: TLSConfig, **environment: str) -> None:
        self.now = 100.0
        self.made = 0
        self.error: BaseException | None = None
        self.plan = TLSPlan(config, ALPN, **environment)
        self.contexts = TLSContexts(self._make, lambda: self.now)

    def _make(self, plan: TLSPlan) -> ssl.SSLContext:
        self.made += 1
        if self.error is not None:
            raise self.error
        return tls.make_context(plan)

    def get(self, after_s: float = 0.0) -> ssl.SSLContext:
        self.now += after_s
        return self.contexts.build(self.plan).result(timeout=30)


@pytest.fixture
def clients(tmp_path: Path) -> ClientCertificates:
    folder = tmp_path / "clients"
    folder.mkdir()
    return make_client_certificates(folder)


@pytest.fixture
def ca(tmp_path: Path, certificates: Certificates) -> Path:
    return Path(shutil.copy(certificates.ca, tmp_path / "ca.pem"))


def replace(path: Path, data: bytes) -> None:
    """Replace a file at once, as tools that renew certificates do."""
    new = path.with_suffix(".new")
    new.write_bytes(data)
    os.replace(new, path)


def test_the_files_are_those_of_options_and_environment() -> None:
    config = TLSConfig(verify="ca.pem", cert="cert.pem", cert_key="key.pem")
    environment = {"ca_file": "env.pem", "ca_directories": os.pathsep.join(["a", "b"])}
    plan = TLSPlan(config, ALPN, **environment)
    assert plan.files() == ["ca.pem", "cert.pem", "key.pem", "env.pem", "a", "b"]
    assert TLSPlan(TLSConfig(), ALPN).files() == []
    assert TLSPlan(TLSConfig(verify=False, keylog="keys.log"), ALPN).files() == []


def test_unchanged_files_are_read_once(ca: Path) -> None:
    shared = Shared(TLSConfig(verify=ca))
    first = shared.get()
    assert all(shared.get(TLS_RELOAD_CHECK_S) is first for _ in range(5))
    assert shared.made == 1


def test_a_changed_file_is_read_within_a_second(ca: Path, clients: ClientCertificates) -> None:
    shared = Shared(TLSConfig(verify=ca))
    first = shared.get()
    replace(ca, clients.ca.read_bytes())
    assert shared.get(TLS_RELOAD_CHECK_S / 2) is first
    second = shared.get(TLS_RELOAD_CHECK_S / 2)
    assert second is not first
    assert second.get_ca_certs() != first.get_ca_certs()
    assert shared.get(TLS_RELOAD_CHECK_S) is second


def test_a_file_of_the_environment_is_read_again_too(ca: Path, clients: ClientCertificates) -> None:
    shared = Shared(TLSConfig(), ca_file=str(ca))
    first = shared.get()
    replace(ca, clients.ca.read_bytes())
    assert shared.get(TLS_RELOAD_CHECK_S).get_ca_certs() != first.get_ca_certs()


def test_certificate_and_key_may_be_replaced_one_after_the_other(
    tmp_path: Path, clients: ClientCertificates, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "renewed"
    folder.mkdir()
    renewed = make_client_certificates(folder)
    shared = Shared(TLSConfig(cert=clients.chain, cert_key=clients.key))
    first = shared.get()
    with caplog.at_level(logging.WARNING, "hyperhttp.connection"):
        replace(clients.chain, renewed.chain.read_bytes())
        assert shared.get(TLS_RELOAD_CHECK_S) is first
        assert shared.get(TLS_RELOAD_CHECK_S) is first
    (record,) = caplog.records
    assert "the previous ones stay in use" in record.getMessage()
    assert "not that of the certificate" in record.getMessage()
    replace(clients.key, renewed.key.read_bytes())
    assert shared.get(TLS_RELOAD_CHECK_S) is not first


def test_a_file_that_is_gone_leaves_the_context(
    ca: Path, certificates: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    shared = Shared(TLSConfig(verify=ca))
    first = shared.get()
    ca.unlink()
    assert shared.get(TLS_RELOAD_CHECK_S) is first
    assert len(caplog.records) == 1
    replace(ca, certificates.ca.read_bytes())
    assert shared.get(TLS_RELOAD_CHECK_S) is not first


def test_without_files_nothing_is_looked_at() -> None:
    shared = Shared(TLSConfig(verify=False))
    build = shared.contexts.build(shared.plan)
    build.result(timeout=30)
    shared.now += 10 * TLS_RELOAD_CHECK_S
    assert shared.contexts.build(shared.plan) is build


def test_a_first_failure_is_not_kept(tmp_path: Path, certificates: Certificates) -> None:
    path = tmp_path / "late.pem"
    shared = Shared(TLSConfig(verify=path))
    with pytest.raises(ConfigError):
        shared.get()
    assert shared.plan not in shared.contexts
    shutil.copy(certificates.ca, path)
    assert shared.get().get_ca_certs()


def test_a_reload_that_fails_in_an_unknown_way_is_not_kept(
    ca: Path, clients: ClientCertificates
) -> None:
    shared = Shared(TLSConfig(verify=ca))
    first = shared.get()
    replace(ca, clients.ca.read_bytes())
    shared.error = MemoryError()
    with pytest.raises(MemoryError):
        shared.get(TLS_RELOAD_CHECK_S)
    shared.error = None
    again = shared.get(TLS_RELOAD_CHECK_S)
    assert again is not first
    assert shared.get(TLS_RELOAD_CHECK_S) is again


def test_threads_share_a_reload(ca: Path, clients: ClientCertificates) -> None:
    shared = Shared(TLSConfig(verify=ca))
    first = shared.get()
    replace(ca, clients.ca.read_bytes())
    shared.now += TLS_RELOAD_CHECK_S
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: shared.get(), range(64)))
    assert len(found) == 1
    assert first not in found
    assert shared.made == 2


async def test_the_event_loop_is_not_blocked_by_files(
    ca: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking at files is left to a thread; where it takes long, the loop runs on."""
    shared = Shared(TLSConfig(verify=ca))
    shared.get()
    shared.now += TLS_RELOAD_CHECK_S
    loop_thread = asyncio.get_running_loop()
    seen: list[bool] = []
    stat = os.stat

    def watched(path: object, *args: object, **kwargs: object) -> os.stat_result:
        seen.append(asyncio._get_running_loop() is loop_thread)
        return stat(path, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", watched)
    await asyncio.wrap_future(shared.contexts.build(shared.plan))
    assert seen
    assert not any(seen)


class TestRecent:
    """What a client got for the same configuration less than a second ago."""

    async def asked(self, recent: RecentContexts, config: TLSConfig) -> ssl.SSLContext:
        return await tls.tls_context(config, ALPN, trust_env=True, recent=recent)

    @pytest.fixture
    def shared(self, monkeypatch: pytest.MonkeyPatch) -> Shared:
        for name in (tls.CA_FILE, tls.CA_DIRECTORY, tls.KEYLOG):
            monkeypatch.delenv(name, raising=False)
        shared = Shared(TLSConfig())
        monkeypatch.setattr(tls, "CONTEXTS", shared.contexts)
        return shared

    async def test_a_plan_is_made_once_a_second(
        self, shared: Shared, ca: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recent, config = RecentContexts(), TLSConfig()
        first = await self.asked(recent, config)
        monkeypatch.setenv(tls.CA_FILE, str(ca))
        shared.now += TLS_RELOAD_CHECK_S * 0.99
        assert await self.asked(recent, config) is first
        shared.now += TLS_RELOAD_CHECK_S * 0.01
        assert await self.asked(recent, config) is not first

    async def test_another_client_sees_the_environment_at_once(
        self, shared: Shared, ca: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = await self.asked(RecentContexts(), TLSConfig())
        monkeypatch.setenv(tls.CA_FILE, str(ca))
        assert await self.asked(RecentContexts(), TLSConfig()) is not first

    async def test_files_are_not_looked_at_later_than_without_it(
        self, shared: Shared, ca: Path, clients: ClientCertificates
    ) -> None:
        """Another client had them looked at, and this one has kept the context since then."""
        config = TLSConfig(verify=ca)
        await self.asked(RecentContexts(), config)
        shared.now += TLS_RELOAD_CHECK_S * 0.75
        recent = RecentContexts()
        first = await self.asked(recent, config)
        replace(ca, clients.ca.read_bytes())
        assert await self.asked(recent, config) is first
        shared.now += TLS_RELOAD_CHECK_S * 0.25
        assert await self.asked(recent, config) is not first

    async def test_each_part_of_the_question_counts(self, shared: Shared, ca: Path) -> None:
        recent = RecentContexts()
        first = await self.asked(recent, TLSConfig())
        assert await self.asked(recent, TLSConfig(verify=ca)) is not first
        h2 = await tls.tls_context(TLSConfig(), ("h2",), trust_env=True, recent=recent)
        assert h2 is not first
        own = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        assert await tls.tls_context(TLSConfig(), ALPN, trust_env=True, own=own) is own

    def test_as_many_are_kept_as_are_shared(self) -> None:
        recent, context = RecentContexts(), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        asked = [(TLSConfig(), (str(number),), True) for number in range(CONTEXTS_MAX + 1)]
        for one in asked[:-1]:
            recent.keep(one, 1.0, context)
        assert all(recent.get(one, 0.0) is context for one in asked[:-1])
        recent.keep(asked[-1], 1.0, context)
        assert [one for one in asked if recent.get(one, 0.0) is context] == asked[-1:]

    async def test_a_context_that_cannot_be_made_is_asked_for_again(
        self, shared: Shared, tmp_path: Path, certificates: Certificates
    ) -> None:
        recent, path = RecentContexts(), tmp_path / "late.pem"
        with pytest.raises(ConfigError):
            await self.asked(recent, TLSConfig(verify=path))
        shutil.copy(certificates.ca, path)
        assert (await self.asked(recent, TLSConfig(verify=path))).get_ca_certs()
