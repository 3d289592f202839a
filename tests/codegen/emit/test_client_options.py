"""Options of the client become one configuration, and a wrong one is an error that names it."""

from __future__ import annotations

import inspect
import ssl
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import cast

import pytest
from pydantic import SecretStr

from codegen.emit.client_options import live_arguments
from codegen.tables import Level
from hyperhttp._base.unset import UNSET
from hyperhttp._client._generated.client_options import ClientOptionsBase
from hyperhttp.config import (
    CircuitBreakerPolicy,
    ClientConfig,
    Limits,
    PoolConfig,
    RedirectConfig,
    RetryPolicy,
    Timeout,
    TLSConfig,
)
from hyperhttp.exceptions import ConfigError
from tests.codegen.emit.recorder import LOOSE, Recorder
from tests.codegen.specs import real_spec

CLIENT_OPTIONS = list(real_spec().options_at("client"))


def test_without_options_every_client_has_the_one_default_configuration() -> None:
    assert Recorder().config == ClientConfig()
    assert Recorder().config is Recorder().config


def test_options_are_put_where_they_belong() -> None:
    config = Recorder(
        base_url="https://example.com",
        timeout=5,
        max_connections=7,
        keepalive_expiry=None,
        http2=False,
        follow_redirects=True,
        max_redirects=3,
        verify=False,
        user_agent="me/1",
    ).config
    assert config.base_url == "https://example.com"
    assert config.timeout == Timeout(5.0)
    assert config.pool == PoolConfig(max_connections=7, keepalive_expiry=None)
    assert config.redirects == RedirectConfig(follow=True, max_redirects=3)
    assert (config.http2, config.tls.verify, config.user_agent) == (False, False, "me/1")
    assert config.limits == Limits()


def test_options_change_the_given_configuration_and_leave_it_alone() -> None:
    base = ClientConfig(user_agent="me/1", pool=PoolConfig(max_connections=7))
    changed = Recorder(config=base, max_keepalive_connections=2, timeout=None).config
    assert changed.user_agent == "me/1"
    assert changed.pool == PoolConfig(max_connections=7, max_keepalive_connections=2)
    assert changed.timeout == Timeout(None)
    assert base.pool == PoolConfig(max_connections=7)
    assert Recorder(config=base).config is base


def test_a_switch_takes_true_false_none_and_a_model() -> None:
    mine = RetryPolicy(max_retries=1)
    assert Recorder().config.retry is None
    assert Recorder(retry=True).config.retry == RetryPolicy()
    assert Recorder(retry=mine).config.retry == mine
    base = ClientConfig(retry=mine, circuit_breaker=CircuitBreakerPolicy())
    for off in (False, None):
        config = Recorder(config=base, retry=off, circuit_breaker=off).config
        assert (config.retry, config.circuit_breaker) == (None, None)
    assert Recorder(config=base, timeout=5).config.retry == mine


@pytest.mark.parametrize("option", ["retry", "circuit_breaker"])
@pytest.mark.parametrize("given", [1, "on", {}, RedirectConfig()])
def test_what_is_no_switch_is_told_by_the_name_of_the_keyword(option: str, given: object) -> None:
    with pytest.raises(ConfigError) as caught:
        LOOSE(**{option: given})
    assert caught.value.option == option
    assert caught.value.allowed.startswith("True, False, ")


def test_the_parts_of_a_tuple_go_to_fields_of_their_own() -> None:
    tls = Recorder(cert=("a.pem", None, "s3cr3t")).config.tls
    assert (tls.cert, tls.cert_key) == (Path("a.pem"), None)
    assert tls.cert_password == SecretStr("s3cr3t")
    base = Recorder(cert=("a.pem", "b.pem", "s3cr3t")).config
    assert Recorder(config=base, cert="c.pem").config.tls == TLSConfig(cert=Path("c.pem"))
    assert Recorder(config=base, cert=None).config.tls == TLSConfig()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (("a", "b", "s3cr3t", "c"), "a tuple of 4"),
        ((), "a tuple of 0"),
        (["a", "b", "s3cr3t"], "**********"),
        (("a", ["s3cr3t"]), "**********"),
        ((None, None, "s3cr3t"), "**********"),
    ],
)
def test_parts_that_do_not_fit_are_refused_by_the_keyword_and_not_shown(
    given: object, shown: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        LOOSE(cert=given)
    assert (caught.value.option, caught.value.given) == ("cert", shown)
    assert "s3cr3t" not in str(caught.value)


def test_live_arguments_are_handed_on_as_they_are() -> None:
    headers, context = {"a": "b"}, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client = Recorder(headers=headers, verify=context)
    assert set(client.live) == set(live_arguments(real_spec()))
    assert client.live["headers"] is headers
    assert client.live["params"] is UNSET
    assert client.live["ssl_context"] is context
    assert client.config == ClientConfig()
    assert Recorder(verify=False).live["ssl_context"] is None


def test_a_function_is_handed_on_and_a_name_is_data() -> None:
    def detect(start: bytes) -> str:
        return "utf-8" if start else "latin-1"

    assert Recorder(default_encoding=detect).live["detect_encoding"] is detect
    assert Recorder(default_encoding=detect).config.default_encoding == "utf-8"
    assert Recorder(default_encoding="latin-1").live["detect_encoding"] is None
    assert Recorder(default_encoding="latin-1").config.default_encoding == "latin-1"
    with pytest.raises(ConfigError, match="a function from bytes to such a name"):
        Recorder(default_encoding=cast("str", 5))


def test_a_subclass_of_an_ssl_context_is_one() -> None:
    class Context(ssl.SSLContext): ...

    context = Context(ssl.PROTOCOL_TLS_CLIENT)
    assert Recorder(verify=context).live["ssl_context"] is context


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("timeout", -1, "seconds > 0, None or Timeout(...)"),
        ("timeout", "5", "seconds > 0, None or Timeout(...)"),
        ("max_connections", 0, "a whole number >= 1 or None"),
        ("max_connections", 2.5, "a whole number >= 1 or None"),
        ("max_keepalive_connections", -1, "a whole number >= 0 or None"),
        ("follow_redirects", "yes", "True or False"),
        ("http2", "on", 'True, False or "prior-knowledge"'),
        ("verify", 1, "True, False, the path of a PEM file or directory, or an ssl.SSLContext"),
        ("limits", {"max_codings": -1}, None),
        ("limits", 5, "Limits(...)"),
        ("base_url", 5, "text"),
        ("user_agent", "a\nb", "text without line breaks and control characters"),
        ("config", {}, "ClientConfig(...)"),
    ],
)
def test_a_wrong_option_is_told_by_the_name_of_the_keyword(
    option: str, value: object, allowed: str | None
) -> None:
    with pytest.raises(ConfigError) as caught:
        LOOSE(**{option: value})
    assert caught.value.option.partition(".")[0] == option
    if allowed is not None:
        assert caught.value.allowed == allowed
        assert caught.value.given == repr(value)


def test_a_misspelt_option_of_the_client_is_responded_without_its_value() -> None:
    with pytest.raises(ConfigError) as caught:
        LOOSE(heders={"authorization": "secret"})
    assert caught.value.suggestion == "headers"
    assert "secret" not in str(caught.value)


def test_options_of_the_client_are_keywords_only() -> None:
    with pytest.raises(TypeError, match="positional"):
        LOOSE("https://example.com")
    parameters = inspect.signature(Recorder.__init__).parameters
    assert list(parameters) == ["self", *CLIENT_OPTIONS, "config"]


def test_every_option_of_the_client_is_told_of_in_its_docstring() -> None:
    document = ClientOptionsBase.__init__.__doc__ or ""
    assert CLIENT_OPTIONS
    assert [name for name in CLIENT_OPTIONS if f"{name}: " not in document] == []


def test_a_second_client_costs_far_less_than_a_millisecond() -> None:
    Recorder()
    best = min(timed(lambda: Recorder(timeout=10.0, max_connections=5)) for _ in range(20))
    assert best < 0.0005


def timed(make: Callable[[], object]) -> float:
    started = perf_counter()
    make()
    return perf_counter() - started


def options_without_none(level: Level) -> list[str]:
    """The options of a level for which None has no meaning of its own."""
    spec = real_spec()
    return [name for name, option in spec.options_at(level).items() if spec.none_is_unset(option)]


@pytest.mark.parametrize("option", [*options_without_none("client"), "config"])
def test_none_is_not_given_where_it_has_no_meaning(option: str) -> None:
    nothing: dict[str, object] = {option: None}
    recorder = cast("Callable[..., Recorder]", Recorder)(**nothing)
    assert recorder.config is Recorder().config
    assert recorder.live == Recorder().live


def test_none_keeps_the_meaning_that_it_has() -> None:
    given = ClientConfig(timeout=Timeout(5.0), retry=RetryPolicy())
    changed = Recorder(config=given, timeout=None, retry=None, max_connections=None).config
    assert changed == ClientConfig(
        timeout=Timeout(None), retry=None, pool=PoolConfig(max_connections=None)
    )
    assert Recorder(auth=None).live["auth"] is None
    assert not {"timeout", "retry", "auth", "cert", "proxy", "max_connections"} & {
        *options_without_none("client")
    }
    assert {"base_url", "params", "headers", "cookies"} <= {*options_without_none("client")}
    assert {"params", "headers", "cookies", "extensions"} <= {*options_without_none("request")}
