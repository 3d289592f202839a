"""The verbs hand on what they are given, and a wrong option is a typed error that names it."""

from __future__ import annotations

import asyncio
import inspect
import ssl
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, cast, get_overloads

import pytest
from pydantic import SecretStr

from codegen.emit.calls import live_arguments
from codegen.emit.signatures import WAYS, call_options
from codegen.ir import Call
from hyperhttp._generated.calls import Calls, ClientOptionsBase
from hyperhttp._generated.unset import UNSET
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
from tests.codegen.specs import real_spec

Given = tuple[object, ...]
CALLS = list(real_spec().calls.calls.items())
CLIENT_OPTIONS = list(real_spec().options_at("client"))


class Recorder(ClientOptionsBase):
    """A client that only remembers what it was given."""

    config: ClientConfig
    live: Mapping[str, object]

    def _setup(self, config: ClientConfig, **live: Any) -> None:
        self.config = config
        self.live = live

    def _build(self, *given: Any) -> Any:
        return given

    async def _sent(self, request: Any) -> Any:
        return request

    def _streamed(self, request: Any) -> Any:
        return request


# To call it in ways that a checker refuses.
LOOSE: Callable[..., Recorder] = Recorder


def run(call: Call, name: str, *positional: object, **options: object) -> Given:
    """What a call hands on."""
    method: Callable[..., object] = getattr(Recorder(), name)
    handed = method(*positional, **options)
    if WAYS[call.via].is_async:
        assert inspect.iscoroutine(handed)
        handed = asyncio.run(handed)
    return cast("Given", handed)


def start(call: Call) -> list[object]:
    return ["/"] if call.method else ["PURGE", "/"]


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_call_hands_on_method_url_and_unset_for_what_is_not_given(name: str, call: Call) -> None:
    handed = run(call, name, *start(call))
    assert handed[:2] == (call.method or "PURGE", "/")
    assert handed[2:] == (UNSET,) * len(call_options(real_spec(), call))


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_call_hands_on_each_option_in_the_order_of_the_spec(name: str, call: Call) -> None:
    options = {option: object() for option in call_options(real_spec(), call)}
    assert run(call, name, *start(call), **options)[2:] == tuple(options.values())


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_misspelt_option_is_a_config_error_before_anything_is_done(name: str, call: Call) -> None:
    method: Callable[..., object] = getattr(Recorder(), name)
    with pytest.raises(ConfigError) as caught:
        method(*start(call), timout=5)
    assert (caught.value.option, caught.value.suggestion) == ("timout", "timeout")
    assert "timeout" in caught.value.allowed


@pytest.mark.parametrize("name", [name for name, call in CALLS if call.body == "none"])
def test_a_call_without_a_body_takes_none(name: str) -> None:
    method: Callable[..., object] = getattr(Recorder(), name)
    for body in real_spec().options_at("body"):
        with pytest.raises(ConfigError, match=f"^{body} is not an option here; give params"):
            method("/", **{body: b""})


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_pythons_own_argument_errors_stay_what_they_are(name: str, call: Call) -> None:
    method: Callable[..., object] = getattr(Recorder(), name)
    with pytest.raises(TypeError, match="missing"):
        method()
    with pytest.raises(TypeError, match="positional"):
        method(*start(call), {"q": "1"})


def test_a_type_error_from_inside_a_call_comes_out_as_it_is() -> None:
    class Broken(Recorder):
        def _build(self, *given: Any) -> Any:
            raise TypeError("from inside")

    with pytest.raises(TypeError, match="from inside"):
        Broken().build_request("GET", "/", timeout=1)


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_signature_name_and_docstring_are_those_of_the_verb(name: str, call: Call) -> None:
    method = getattr(Calls, name)
    names = list(inspect.signature(method).parameters)
    leading = ["self", "url"] if call.method else ["self", "method", "url"]
    assert names == [*leading, *call_options(real_spec(), call)]
    assert method.__name__ == name
    document = " ".join(method.__doc__.split())
    assert document.startswith(call.doc)
    assert all(f"{option}: " in document for option in names[1:])
    assert call.example.split()[0] in document


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_call_with_a_body_has_one_overload_for_each_body_and_one_without(
    name: str, call: Call
) -> None:
    overloads = get_overloads(getattr(Calls, name).__wrapped__)
    bodies = list(real_spec().options_at("body"))
    taken = [[b for b in bodies if b in inspect.signature(o).parameters] for o in overloads]
    assert taken == ([[], *([body] for body in bodies)] if call.body == "optional" else [])


# -- the client's options ---


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
        ("follow_redirects", None, "True or False"),
        ("max_redirects", None, "a whole number >= 0"),
        ("http2", "on", 'True, False or "prior-knowledge"'),
        ("verify", 1, "True, False, the path of a PEM file or folder, or an ssl.SSLContext"),
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


def test_a_misspelt_option_of_the_client_is_answered_without_its_value() -> None:
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
