from __future__ import annotations

import os

import pytest

from codegen.emit.environment import PREFIX
from codegen.tables import OptionField
from hyperhttp.config import Backoff, CircuitBreakerPolicy, ClientConfig, RetryPolicy
from hyperhttp.exceptions import ConfigError
from tests.codegen.specs import path_of, real_spec

OPTIONS = [
    pytest.param((*path_of(model), name), field, id=field.env)
    for model, table in real_spec().config.items()
    for name, field in table.fields.items()
    if field.env
]


def value_at(config: ClientConfig, path: tuple[str, ...]) -> object:
    """The value of an option."""
    value: object = config
    for name in path:
        value = getattr(value, name)
    return value


def read(**texts: str) -> ClientConfig:
    return ClientConfig.from_env(environ={f"{PREFIX}{name}": text for name, text in texts.items()})


def refused(name: str, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        ClientConfig.from_env(environ={f"{PREFIX}{name}": text})
    return caught.value


def test_an_empty_environment_gives_the_defaults() -> None:
    assert ClientConfig.from_env(environ={}) == ClientConfig()
    assert ClientConfig.from_env(environ={"PATH": "/bin", "HYPER": "1"}) == ClientConfig()


@pytest.mark.parametrize(("path", "field"), OPTIONS)
def test_the_default_can_be_said_in_the_environment(
    path: tuple[str, ...], field: OptionField
) -> None:
    text = "none" if field.value is None else str(field.value)
    if isinstance(field.default, tuple):
        text = ", ".join(map(str, field.default))
    config = ClientConfig.from_env(environ={f"{PREFIX}{field.env}": text})
    assert value_at(config, path) == field.value
    top = path[0]
    is_in_switch = len(path) > 1 and value_at(ClientConfig(), (top,)) is None
    # A model that may be left out is there as soon as one of its fields is named.
    assert config == ClientConfig.model_validate({top: {}} if is_in_switch else {})


@pytest.mark.parametrize("text", ["true", "On", "1"])
def test_a_model_that_may_be_left_out_can_be_switched_on(text: str) -> None:
    assert read(RETRY=text) == ClientConfig(retry=RetryPolicy())
    assert read(CIRCUIT_BREAKER=text) == ClientConfig(circuit_breaker=CircuitBreakerPolicy())


def test_fields_of_a_model_inside_another_are_read() -> None:
    config = read(RETRY="true", RETRY_MAX_RETRIES="7", RETRY_BACKOFF_INITIAL="0.5")
    assert config.retry == RetryPolicy(max_retries=7, backoff=Backoff(initial=0.5))
    assert read(RETRY_MAX_RETRIES="7").retry == RetryPolicy(max_retries=7)


@pytest.mark.parametrize("text", ["false", "none", "0"])
def test_what_is_switched_off_stays_off_whatever_its_fields_are(text: str) -> None:
    assert read(RETRY=text, RETRY_MAX_RETRIES="7", RETRY_BACKOFF_INITIAL="1").retry is None


def test_a_set_has_commas_between_and_may_be_empty() -> None:
    assert read(RETRY_METHODS="GET,HEAD").retry == RetryPolicy(methods={"GET", "HEAD"})
    assert read(RETRY_STATUSES=" 503 , 504").retry == RetryPolicy(statuses={503, 504})
    assert read(RETRY_STATUSES=" ").retry == RetryPolicy(statuses=set())


@pytest.mark.parametrize(
    ("name", "text", "allowed"),
    [
        ("RETRY", "maybe", "true, false or none"),
        ("RETRY_STATUSES", "503,", "a set of status codes >= 100 and <= 999"),
        ("RETRY_STATUSES", "503;504", "a set of status codes >= 100 and <= 999"),
        ("RETRY_METHODS", "get", "a set of methods in capital letters"),
        ("RETRY_BACKOFF_INITIAL", "0", "seconds > 0"),
        ("RETRY_MAX_RETRIES", "none", "a whole number >= 0"),
    ],
)
def test_what_a_model_inside_refuses_is_told_by_the_name_in_the_environment(
    name: str, text: str, allowed: str
) -> None:
    error = refused(name, text)
    assert (error.option, error.allowed) == (f"{PREFIX}{name}", allowed)


@pytest.mark.parametrize(
    ("name", "text", "attribute", "value"),
    [
        ("TIMEOUT_READ", "120", "read", 120.0),
        ("TIMEOUT_READ", " 0.5 ", "read", 0.5),
        ("TIMEOUT_READ", "None", "read", None),
    ],
)
def test_a_number_or_none_is_read(name: str, text: str, attribute: str, value: object) -> None:
    config = ClientConfig.from_env(environ={f"{PREFIX}{name}": text})
    assert getattr(config.timeout, attribute) == value


@pytest.mark.parametrize("text", ["true", "YES", "on", "1"])
def test_a_flag_is_read_in_any_usual_spelling(text: str) -> None:
    assert ClientConfig.from_env(environ={f"{PREFIX}FOLLOW_REDIRECTS": text}).redirects.follow


@pytest.mark.parametrize("text", ["false", "No", "off", "0"])
def test_a_flag_beside_a_path_is_still_a_flag(text: str) -> None:
    assert ClientConfig.from_env(environ={f"{PREFIX}VERIFY": text}).tls.verify is False


def test_a_path_and_a_literal_are_texts() -> None:
    environ = {f"{PREFIX}VERIFY": "Some/CA.pem", f"{PREFIX}HTTP2": "prior-knowledge"}
    config = ClientConfig.from_env(environ=environ)
    assert str(config.tls.verify) == os.path.join("Some", "CA.pem")
    assert config.http2 == "prior-knowledge"


@pytest.mark.parametrize(
    ("name", "text", "given"),
    [
        ("TIMEOUT_READ", "-1", "-1.0"),
        ("TIMEOUT_READ", "soon", "'soon'"),
        ("TIMEOUT_READ", "", "''"),
        ("TIMEOUT_READ", "nan", "nan"),
        ("MAX_CONNECTIONS", "1.5", "'1.5'"),
        ("MAX_CONNECTIONS", "0", "0"),
        ("MAX_REDIRECTS", "none", "'none'"),
        ("FOLLOW_REDIRECTS", "maybe", "'maybe'"),
        ("DEFAULT_ENCODING", "utf-99", "'utf-99'"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_the_name_in_the_environment(
    name: str, text: str, given: str
) -> None:
    error = refused(name, text)
    assert error.option == f"{PREFIX}{name}"
    assert error.given == given
    assert error.allowed


def test_a_misspelt_name_is_reported_without_its_value() -> None:
    error = refused("TIMEOUT_REED", "secret")
    assert error.option == "HYPERHTTP_TIMEOUT_REED"
    assert error.suggestion == "HYPERHTTP_TIMEOUT_READ"
    assert "secret" not in str(error)


def test_another_prefix_can_be_chosen() -> None:
    config = ClientConfig.from_env("APP_", {"APP_MAX_REDIRECTS": "3", "HYPERHTTP_X": "1"})
    assert config.redirects.max_redirects == 3


def test_the_environment_of_the_process_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERHTTP_MAX_REDIRECTS", "4")
    assert ClientConfig.from_env().redirects.max_redirects == 4


def over(base: ClientConfig, **texts: str) -> ClientConfig:
    environ = {f"{PREFIX}{name}": text for name, text in texts.items()}
    return ClientConfig.from_env(environ=environ, base=base)


def test_what_the_environment_leaves_out_is_as_in_the_base() -> None:
    base = ClientConfig.model_validate({"user_agent": "x", "timeout": {"read": 1.0, "write": 2.0}})
    config = over(base, TIMEOUT_READ="3", MAX_REDIRECTS="4")
    assert (config.user_agent, config.timeout.write, config.timeout.read) == ("x", 2.0, 3.0)
    assert config.redirects.max_redirects == 4
    assert over(base) == base


def test_the_environment_may_bring_a_default_back_and_switch_on_and_off() -> None:
    base = ClientConfig(retry=RetryPolicy(max_retries=9), user_agent="x")
    assert over(base, RETRY="false", USER_AGENT="hyperhttp") == ClientConfig()
    assert over(base, RETRY="true") == base
    kept = over(base, RETRY_BACKOFF_INITIAL="0.5").retry
    assert kept == RetryPolicy(max_retries=9, backoff=Backoff(initial=0.5))
    assert over(ClientConfig(), RETRY_MAX_RETRIES="7").retry == RetryPolicy(max_retries=7)


def test_sources_of_the_base_are_kept_but_for_what_lies_over_them() -> None:
    base = over(ClientConfig(), TIMEOUT_READ="1", TIMEOUT_WRITE="1")
    config = ClientConfig.from_env("APP_", environ={"APP_TIMEOUT_READ": "2"}, base=base)
    assert config.sources == {
        "timeout.read": "APP_TIMEOUT_READ in the environment",
        "timeout.write": "HYPERHTTP_TIMEOUT_WRITE in the environment",
    }


@pytest.mark.parametrize("text", ["perhaps", "none"])
def test_a_refusal_speaks_as_the_environment_does(text: str) -> None:
    allowed = refused("FOLLOW_REDIRECTS", text).allowed
    assert allowed == "true or false"
    assert refused("MAX_CONNECTIONS", "-1").allowed == "a whole number >= 1 or none"


def test_secrets_and_paths_of_the_base_stay() -> None:
    base = ClientConfig.from_env(
        environ={"HYPERHTTP_CERT": "c.pem", "HYPERHTTP_CERT_PASSWORD": "sesame"}
    )
    assert over(base, MAX_REDIRECTS="4").tls == base.tls
