from __future__ import annotations

import os

import pytest

from codegen.emit.environment import PREFIX
from codegen.ir import OptionField
from hyperhttp.config import ClientConfig
from hyperhttp.exceptions import ConfigError
from tests.codegen.specs import real_spec

OPTIONS = [
    pytest.param(field, id=field.env)
    for table in real_spec().config.values()
    for field in table.fields.values()
    if field.env
]


def value_at(config: ClientConfig, field: OptionField) -> object:
    """The value of the option that the spec declares as `field`."""
    for group, table in real_spec().config.items():
        for name, declared in table.fields.items():
            if declared is field:
                holder = next(
                    (m for m in vars(config).values() if type(m).__name__ == group), config
                )
                value: object = getattr(holder, name)
                return value
    raise AssertionError(f"no field for {field.env}")


def refused(name: str, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        ClientConfig.from_env(environ={f"{PREFIX}{name}": text})
    return caught.value


def test_an_empty_environment_gives_the_defaults() -> None:
    assert ClientConfig.from_env(environ={}) == ClientConfig()
    assert ClientConfig.from_env(environ={"PATH": "/bin", "HYPER": "1"}) == ClientConfig()


@pytest.mark.parametrize("field", OPTIONS)
def test_the_default_can_be_said_in_the_environment(field: OptionField) -> None:
    text = "none" if field.value is None else str(field.value)
    config = ClientConfig.from_env(environ={f"{PREFIX}{field.env}": text})
    assert config == ClientConfig()
    assert value_at(config, field) == field.value


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
