"""A configuration from a TOML file, and in what two differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.tables import OptionField
from hyperhttp import (
    Backoff,
    ClientConfig,
    ConfigError,
    HTTP2Config,
    PoolConfig,
    RetryPolicy,
    Timeout,
    TLSConfig,
)
from hyperhttp.exceptions import UnknownOption
from tests.codegen.specs import path_of, real_spec


def from_text(directory: Path, text: str, table: str = "") -> ClientConfig:
    path = directory / "options.toml"
    path.write_text(text, encoding="utf-8")
    return ClientConfig.from_toml(path, table)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert from_text(tmp_path, "") == ClientConfig()
    assert from_text(tmp_path, "[other]\na = 1\n", "tool.hyperhttp") == ClientConfig()


def test_tables_are_the_models_and_none_is_a_word(tmp_path: Path) -> None:
    config = from_text(
        tmp_path,
        """
        base_url = "https://example.com"
        http2 = "prior-knowledge"
        [timeout]
        read = 120
        pool = "none"
        [http2_config]
        max_streams = 5
        """,
    )
    assert config == ClientConfig(
        base_url="https://example.com",
        http2="prior-knowledge",
        timeout=Timeout(read=120.0, pool=None),
        http2_config=HTTP2Config(max_streams=5),
    )


def test_a_table_of_a_larger_file_may_hold_it(tmp_path: Path) -> None:
    text = "[tool.hyperhttp.pool]\nmax_connections = 7\n[tool.other]\nx = 1\n"
    config = from_text(tmp_path, text, "tool.hyperhttp")
    assert config == ClientConfig(pool=PoolConfig(max_connections=7))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param((group, name), id=f"{group}.{name}")
        for group, model in real_spec().config.items()
        for name, field in model.fields.items()
        if not field.model and isinstance(field.value, (bool, int, float))
    ],
)
def test_the_default_can_be_said_in_a_file(tmp_path: Path, name: tuple[str, str]) -> None:
    group, field = name
    value = _field(group, field).value
    path = path_of(group)
    said = str(value).lower() if isinstance(value, bool) else str(value)
    head = f"[{'.'.join(path)}]\n" if path else ""
    top = next(iter(path), "")
    is_in_switch = bool(top) and getattr(ClientConfig(), top) is None
    expected = ClientConfig.model_validate({top: {}} if is_in_switch else {})
    assert from_text(tmp_path, f"{head}{field} = {said}\n") == expected


@pytest.mark.parametrize(
    ("text", "retry"),
    [
        ("retry = true", RetryPolicy()),
        ("[retry]", RetryPolicy()),
        ("retry = false", None),
        ('retry = "none"', None),
        ("[retry]\nmethods = ['GET']\nstatuses = []", RetryPolicy(methods={"GET"}, statuses=set())),
        ("[retry.backoff]\ninitial = 1", RetryPolicy(backoff=Backoff(initial=1.0))),
    ],
)
def test_a_model_that_may_be_left_out_is_a_table_or_a_switch(
    tmp_path: Path, text: str, retry: RetryPolicy | None
) -> None:
    assert from_text(tmp_path, text) == ClientConfig(retry=retry)


def _field(group: str, name: str) -> OptionField:
    return real_spec().config[group].fields[name]


@pytest.mark.parametrize(
    ("text", "option", "suggestion"),
    [
        ("[timeout]\nraed = 3\n", "timeout.raed", "read"),
        ("[timeot]\nread = 3\n", "timeot", "timeout"),
    ],
)
def test_a_misspelt_key_is_told_with_the_nearest(
    tmp_path: Path, text: str, option: str, suggestion: str
) -> None:
    with pytest.raises(UnknownOption) as caught:
        from_text(tmp_path, text)
    assert (caught.value.option, caught.value.suggestion) == (option, suggestion)


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("timeout = 3\n", "timeout"),
        ("[timeout]\nread = 'slow'\n", "timeout.read"),
        ("[timeout.read]\nx = 1\n", "timeout.read"),
        ("base_url = 'none'\n[pool]\nmax_connections = 0\n", "pool.max_connections"),
        ("x =\n", "path"),
        ("retry = 3\n", "retry"),
        ("timeout = true\n", "timeout"),
        ("[retry]\nmethods = 'GET'\n", "retry.methods"),
        ("[retry.backoff]\ninitial = 0\n", "retry.backoff.initial"),
    ],
)
def test_what_is_not_allowed_is_told_with_its_name(tmp_path: Path, text: str, option: str) -> None:
    with pytest.raises(ConfigError) as caught:
        from_text(tmp_path, text)
    assert caught.value.option == option


def test_a_file_that_is_not_there_and_a_table_that_is_none_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        ClientConfig.from_toml(tmp_path / "missing.toml")
    assert caught.value.option == "path"
    with pytest.raises(ConfigError) as caught:
        from_text(tmp_path, "tool = 1\n", "tool")
    assert caught.value.option == "table"


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    config = from_text(tmp_path, "[tls]\ncert = 'a.pem'\ncert_password = 'sesame'\n")
    assert "sesame" not in str(config.diff(ClientConfig()))
    with pytest.raises(ConfigError) as caught:
        from_text(tmp_path, "[tls]\ncert_password = 5551\n")
    assert "5551" not in str(caught.value)


def test_the_difference_names_options_and_both_values() -> None:
    mine = ClientConfig(timeout=Timeout(read=120.0), tls=TLSConfig(verify=False))
    assert mine.diff(ClientConfig()) == {"timeout.read": (120.0, 30.0), "tls.verify": (False, True)}
    assert mine.diff(mine) == {}


def test_the_difference_looks_into_models_that_both_have() -> None:
    plain, patient = ClientConfig(), ClientConfig(retry=RetryPolicy(backoff=Backoff(initial=1.0)))
    retry = patient.retry
    assert plain.diff(patient) == {"retry": (None, retry)}
    assert patient.diff(plain) == {"retry": (retry, None)}
    usual = ClientConfig(retry=RetryPolicy())
    assert patient.diff(usual) == {"retry.backoff.initial": (1.0, 0.1)}
