"""TLS contexts: what they check, what the environment changes, and that they are made once."""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest

from hyperhttp._base._generated.config import TLSConfig
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._network import tls, tls_contexts
from hyperhttp._network.tls import got_close_notify, tls_context
from hyperhttp._network.tls_contexts import TLSContexts, TLSPlan
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.client_certificates import PASSWORD, ClientCertificates, make_client_certificates

ALPN = ("http/1.1",)
LOOSE: Callable[..., TLSConfig] = TLSConfig  # takes text for paths and secrets, as pydantic does


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> ClientCertificates:
    return make_client_certificates(tmp_path_factory.mktemp("clients"))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No context from before, and nothing in the environment."""
    for name in (tls.CA_FILE, tls.CA_DIRECTORY, tls.KEYLOG):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(tls, "CONTEXTS", TLSContexts(tls.make_context))


async def context_of(
    config: TLSConfig, alpn: tuple[str, ...] = ALPN, *, trust_env: bool = True
) -> ssl.SSLContext:
    return await tls_context(config, alpn, trust_env=trust_env)


async def refusal(config: TLSConfig) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        await context_of(config)
    return caught.value


def subjects(context: ssl.SSLContext) -> set[str]:
    """The CAs of a context, as text."""
    return {str(ca.get("subject")) for ca in context.get_ca_certs()}


class TestWhatIsChecked:
    async def test_certificates_and_names_are_checked_from_tls_1_2_on(self) -> None:
        context = await context_of(TLSConfig())
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        assert not context.hostname_checks_common_name
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2
        assert context.get_ca_certs()

    async def test_not_verifying_warns_once_for_each_configuration(self) -> None:
        with pytest.warns(UserWarning, match="not verified"):
            context = await context_of(TLSConfig(verify=False))
        assert context.verify_mode is ssl.CERT_NONE
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert await context_of(TLSConfig(verify=False)) is context

    async def test_a_directory_of_authorities_is_taken(self, tmp_path: Path) -> None:
        assert (await context_of(TLSConfig(verify=tmp_path))).get_ca_certs() == []

    @pytest.mark.parametrize(
        ("content", "says"),
        [(None, "no such file"), ("", "no certificate"), ("no certificate", "no certificate")],
    )
    async def test_a_path_that_holds_no_authorities_is_a_config_error(
        self, tmp_path: Path, content: str | None, says: str
    ) -> None:
        path = tmp_path / "ca.pem"
        if content is not None:
            path.write_text(content)
        error = await refusal(TLSConfig(verify=path))
        assert error.option == "verify"
        assert "ca.pem" in error.given
        assert says in error.given
        assert isinstance(error.__cause__, OSError)

    async def test_a_path_that_cannot_be_one_is_a_config_error(self) -> None:
        assert "null" in (await refusal(LOOSE(verify="a\0b"))).given


class TestMadeOnce:
    async def test_for_each_configuration(self, certificates: Certificates) -> None:
        default = await context_of(TLSConfig())
        assert await context_of(TLSConfig(verify=True)) is default
        own = await context_of(TLSConfig(verify=certificates.ca))
        assert own is not default
        assert await context_of(TLSConfig(verify=certificates.ca)) is own
        assert await context_of(TLSConfig(), ("h2", "http/1.1")) is not default

    async def test_for_all_who_ask_at_the_same_time(self) -> None:
        with patch.object(tls.CONTEXTS, "_make", wraps=tls.make_context) as make:
            contexts = await asyncio.gather(*(context_of(TLSConfig()) for _ in range(100)))
        assert make.call_count == 1
        assert len(set(contexts)) == 1

    async def test_off_the_event_loop_which_goes_on_meanwhile(self) -> None:
        made_in: list[int] = []
        may_go_on = threading.Event()
        make = tls.make_context

        def slow(plan: TLSPlan) -> ssl.SSLContext:
            made_in.append(threading.get_ident())
            may_go_on.wait()
            return make(plan)

        with patch.object(tls.CONTEXTS, "_make", slow):
            asked = asyncio.ensure_future(context_of(TLSConfig()))
            await until(lambda: bool(made_in))
            assert not asked.done()
            may_go_on.set()
            await asked
        assert made_in != [threading.get_ident()]

    async def test_who_gives_up_does_not_take_it_from_the_others(self) -> None:
        may_go_on = threading.Event()
        make = tls.make_context

        def slow(plan: TLSPlan) -> ssl.SSLContext:
            may_go_on.wait()
            return make(plan)

        with patch.object(tls.CONTEXTS, "_make", slow):
            impatient, patient = (asyncio.ensure_future(context_of(TLSConfig())) for _ in range(2))
            await asyncio.sleep(0)
            impatient.cancel()
            with pytest.raises(asyncio.CancelledError):
                await impatient
            may_go_on.set()
            assert await patient is await context_of(TLSConfig())

    def test_for_all_loops_of_the_process(self) -> None:
        contexts: list[ssl.SSLContext] = []
        loops = [
            threading.Thread(target=lambda: contexts.append(asyncio.run(context_of(TLSConfig()))))
            for _ in range(4)
        ]
        with patch.object(tls.CONTEXTS, "_make", wraps=tls.make_context) as make:
            for loop in loops:
                loop.start()
            for loop in loops:
                loop.join()
        assert make.call_count == 1
        assert len(contexts) == 4
        assert len(set(contexts)) == 1

    async def test_a_loop_that_ends_meanwhile_does_no_harm(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        may_go_on = threading.Event()
        make = tls.make_context

        def slow(plan: TLSPlan) -> ssl.SSLContext:
            may_go_on.wait()
            return make(plan)

        async def leaving() -> None:
            asked = asyncio.ensure_future(context_of(TLSConfig()))
            await asyncio.sleep(0)
            asked.cancel()

        with patch.object(tls.CONTEXTS, "_make", slow):
            await asyncio.to_thread(lambda: asyncio.run(leaving()))
            may_go_on.set()
            await context_of(TLSConfig())
        assert caplog.records == []

    async def test_each_who_waited_is_told_of_a_failure_by_an_error_of_their_own(
        self, tmp_path: Path
    ) -> None:
        config = TLSConfig(verify=tmp_path / "ca.pem")
        everybody_waits, make = threading.Event(), tls.make_context

        def held(plan: TLSPlan) -> ssl.SSLContext:
            everybody_waits.wait()
            return make(plan)

        with patch.object(tls.CONTEXTS, "_make", side_effect=held) as making:
            waiting = [asyncio.ensure_future(context_of(config)) for _ in range(3)]
            await asyncio.sleep(0)
            everybody_waits.set()
            errors = await asyncio.gather(*waiting, return_exceptions=True)
        assert making.call_count == 1
        assert len(set(map(id, errors))) == 3
        assert {str(error) for error in errors} == {str(await refusal(config))}

    async def test_a_failure_is_not_kept(self, tmp_path: Path, certificates: Certificates) -> None:
        config = TLSConfig(verify=tmp_path / "ca.pem")
        await refusal(config)
        (tmp_path / "ca.pem").write_bytes(certificates.ca.read_bytes())
        assert (await context_of(config)).get_ca_certs()

    async def test_a_file_that_changes_later_is_not_noticed(
        self, tmp_path: Path, certificates: Certificates
    ) -> None:
        config = TLSConfig(verify=tmp_path / "ca.pem")
        (tmp_path / "ca.pem").write_bytes(certificates.ca.read_bytes())
        context = await context_of(config)
        (tmp_path / "ca.pem").write_text("no certificate")
        assert await context_of(config) is context

    async def test_as_many_are_kept_as_are_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tls_contexts, "CONTEXTS_MAX", 2)
        one = await context_of(TLSConfig(), ("one",))
        two = await context_of(TLSConfig(), ("two",))
        assert await context_of(TLSConfig(), ("one",)) is one
        await context_of(TLSConfig(), ("three",))
        assert len(tls.CONTEXTS._shared) == 2
        assert await context_of(TLSConfig(), ("one",)) is one
        assert await context_of(TLSConfig(), ("two",)) is not two


class TestTheEnvironment:
    async def test_a_file_of_authorities_stands_in_for_the_well_known_ones(
        self, monkeypatch: pytest.MonkeyPatch, certificates: Certificates
    ) -> None:
        usual = await context_of(TLSConfig())
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.ca))
        context = await context_of(TLSConfig())
        assert len(context.get_ca_certs()) == 1
        assert subjects(context) == subjects(await context_of(TLSConfig(verify=certificates.ca)))
        monkeypatch.delenv("SSL_CERT_FILE")
        assert await context_of(TLSConfig()) is usual

    async def test_directories_of_authorities_stand_in_for_them_too(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        directories = [tmp_path / name for name in ("one", "two")]
        for directory in directories:
            directory.mkdir()
        monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join([*map(str, directories), ""]))
        with patch.object(ssl.SSLContext, "load_verify_locations") as load:
            await context_of(TLSConfig())
        assert [call.kwargs for call in load.call_args_list] == [
            {"capath": str(directory)} for directory in directories
        ]

    async def test_a_file_and_a_directory_are_both_taken(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, certificates: Certificates
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.ca))
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
        assert len((await context_of(TLSConfig())).get_ca_certs()) == 1

    @pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"])
    async def test_a_path_that_does_not_exist_is_told_with_the_name_of_the_variable(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
    ) -> None:
        monkeypatch.setenv(name, str(tmp_path / "missing" / "file"))
        error = await refusal(TLSConfig())
        assert error.option == name
        assert "no such" in error.given
        await context_of(TLSConfig(), trust_env=False)

    async def test_one_missing_directory_among_several_is_told(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SSL_CERT_DIR", f"{tmp_path}{os.pathsep}{tmp_path / 'missing'}")
        error = await refusal(TLSConfig())
        assert "missing" in error.given

    @pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
    async def test_a_file_is_no_directory_and_a_directory_no_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
    ) -> None:
        path = tmp_path
        if name == "SSL_CERT_DIR":
            path = tmp_path / "file"
            path.write_text("")
        monkeypatch.setenv(name, str(path))
        assert (await refusal(TLSConfig())).option == name

    @pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"])
    async def test_an_empty_variable_says_nothing(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        usual = await context_of(TLSConfig())
        monkeypatch.setenv(name, "")
        assert await context_of(TLSConfig()) is usual

    async def test_it_says_nothing_of_authorities_where_an_option_does(
        self, monkeypatch: pytest.MonkeyPatch, certificates: Certificates
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", "missing")
        assert (await context_of(TLSConfig(verify=certificates.ca))).get_ca_certs()
        with pytest.warns(UserWarning, match="not verified"):
            await context_of(TLSConfig(verify=False))


class TestClientCertificates:
    async def test_every_shape_is_taken(self, clients: ClientCertificates) -> None:
        for config in (
            TLSConfig(cert=clients.whole),
            TLSConfig(cert=clients.chain, cert_key=clients.key),
            LOOSE(cert=clients.chain, cert_key=clients.locked_key, cert_password=PASSWORD),
            LOOSE(cert=clients.locked_whole, cert_password=PASSWORD),
            LOOSE(cert=clients.whole, cert_password="not asked for"),
        ):
            await context_of(config)

    @pytest.mark.parametrize(
        ("cert", "key", "password", "says"),
        [
            ("missing", None, None, "no such file"),
            ("chain", "missing", None, "its key: no such file"),
            ("missing", "key", None, "(no such file"),
            ("chain", None, None, "no certificate and key"),
            ("ca", None, None, "no certificate and key"),
            ("key", None, None, "no certificate and key"),
            ("chain", "chain", None, "not both are PEM"),
            ("chain", "other_key", None, "the key is not that of the certificate"),
            ("chain", "locked_key", "wrong-secret", "the password is wrong"),
            ("chain", "locked_key", "wrong-secret" * 200, "the password is wrong"),
            ("locked_whole", None, "wrong-secret", "the password is wrong"),
            ("chain", "locked_key", None, "its key is encrypted"),
            ("locked_whole", None, None, "its key is encrypted"),
        ],
    )
    async def test_what_cannot_be_used_is_a_config_error_that_says_why(
        self,
        clients: ClientCertificates,
        cert: str,
        key: str | None,
        password: str | None,
        says: str,
    ) -> None:
        def path(name: str | None) -> Path | None:
            return None if name is None else getattr(clients, name, Path("missing.pem"))

        config = LOOSE(cert=path(cert), cert_key=path(key), cert_password=password)
        error = await refusal(config)
        assert error.option == "cert"
        assert says in error.given
        assert "secret" not in "".join(traceback.format_exception(error)).replace(
            PASSWORD, "secret"
        )

    async def test_a_password_in_the_place_of_the_key_is_not_shown(
        self, clients: ClientCertificates
    ) -> None:
        error = await refusal(LOOSE(cert=clients.locked_whole, cert_key=PASSWORD))
        assert PASSWORD not in "".join(traceback.format_exception(error))

    async def test_another_password_is_another_configuration(
        self, clients: ClientCertificates
    ) -> None:
        right = LOOSE(cert=clients.locked_whole, cert_password=PASSWORD)
        await context_of(right)
        await refusal(LOOSE(cert=clients.locked_whole, cert_password="another"))
        assert PASSWORD not in repr(tls.CONTEXTS._shared)


class TestKeylog:
    async def test_the_option_and_the_environment_name_a_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "environment.log"))
        context = await context_of(TLSConfig())
        assert context.keylog_filename == str(tmp_path / "environment.log")
        context = await context_of(TLSConfig(keylog=tmp_path / "option.log"))
        assert context.keylog_filename == str(tmp_path / "option.log")
        context = await context_of(TLSConfig(), trust_env=False)
        assert context.keylog_filename is None

    async def test_a_file_that_cannot_be_written_is_a_config_error(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "missing" / "file"):
            error = await refusal(TLSConfig(keylog=path))
            assert error.option == "keylog"
            assert str(path) in error.given


class TestSystemTrust:
    pytestmark = pytest.mark.skipif(
        sys.platform in {"win32", "darwin"}, reason="the system's own store is not ours to change"
    )

    @pytest.fixture(autouse=True)
    def store(self, monkeypatch: pytest.MonkeyPatch, certificates: Certificates) -> None:
        """Let the system trust our CA: where OpenSSL is the system's store, it obeys this."""
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.ca))

    async def test_the_authorities_are_those_of_the_system(
        self, certificates: Certificates
    ) -> None:
        context = await context_of(TLSConfig(system_trust=True), trust_env=False)
        expected = await context_of(TLSConfig(verify=certificates.ca))
        assert subjects(context) == subjects(expected)
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        assert not context.hostname_checks_common_name
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2

    async def test_they_are_loaded_once_and_not_for_each_connection(self) -> None:
        context = await context_of(TLSConfig(system_trust=True))
        before = context.cert_store_stats()
        with patch("ssl.get_default_verify_paths", side_effect=AssertionError):
            context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="example.com")
        assert context.cert_store_stats() == before

    async def test_where_the_system_verifies_it_does_so_for_each_connection(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "platform", "darwin")
        context = await context_of(TLSConfig(system_trust=True))
        assert type(context).__module__.startswith("truststore")

    async def test_without_the_package_the_extra_is_named(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "truststore", None)
        error = await refusal(TLSConfig(system_trust=True))
        assert error.option == "system_trust"
        assert "pip install truststore" in str(error)

    async def test_the_package_is_imported_only_when_asked_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "truststore", None)
        await context_of(TLSConfig())


class TestAContextOfTheUsers:
    async def test_it_is_used_as_it_is(self) -> None:
        own = ssl.create_default_context()
        assert await tls_context(TLSConfig(), ALPN, trust_env=True, own=own) is own

    @pytest.mark.parametrize(
        ("option", "value"), [("cert", "a.pem"), ("keylog", "a.log"), ("system_trust", True)]
    )
    async def test_what_it_would_have_to_hold_itself_is_refused_beside_it(
        self, option: str, value: object
    ) -> None:
        own = ssl.create_default_context()
        with pytest.raises(ConfigError, match="beside an SSLContext") as caught:
            await tls_context(LOOSE(**{option: value}), ALPN, trust_env=True, own=own)
        assert caught.value.option == option


class Pair:
    """Both ends of a TLS connection in memory."""

    def __init__(self, certificates: Certificates) -> None:
        to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        context = certificates.client_context()
        self.client = context.wrap_bio(to_client, to_server, server_hostname="localhost")
        self.server = server_context(certificates.good).wrap_bio(
            to_server, to_client, server_side=True
        )
        for _ in range(3):
            for end in (self.client, self.server):
                with suppress(ssl.SSLWantReadError):
                    end.do_handshake()
        with suppress(ssl.SSLWantReadError):
            self.client.read(1)  # session tickets

    def is_left(self) -> bool:
        return got_close_notify(asyncio.BaseTransport({"ssl_object": self.client}))


class TestTakingLeave:
    def test_a_close_notify_is_one(self, certificates: Certificates) -> None:
        pair = Pair(certificates)
        with pytest.raises(ssl.SSLWantReadError):
            pair.server.unwrap()
        assert pair.is_left()
        assert pair.is_left()

    def test_one_that_we_have_responded_is_one(self, certificates: Certificates) -> None:
        pair = Pair(certificates)
        with pytest.raises(ssl.SSLWantReadError):
            pair.server.unwrap()
        pair.client.unwrap()
        assert pair.is_left()

    def test_silence_is_none(self, certificates: Certificates) -> None:
        assert not Pair(certificates).is_left()

    def test_bytes_that_nobody_has_read_are_none(self, certificates: Certificates) -> None:
        pair = Pair(certificates)
        pair.server.write(b"more")
        assert not pair.is_left()

    def test_without_tls_the_end_is_the_end(self) -> None:
        assert got_close_notify(asyncio.BaseTransport())
