from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from hyperhttp import ClientConfig, PoolConfig, RetryPolicy, Timeout, TLSConfig
from hyperhttp._cli.config_command import config_command, toml_of
from hyperhttp._cli.exit_codes import Exit, UsageError
from hyperhttp._cli.options import parse

CONFIGS = [
    ClientConfig(),
    ClientConfig(timeout=Timeout(5.0, total=None), pool=PoolConfig(max_connections=None)),
    ClientConfig(retry=RetryPolicy(methods={"GET"}, statuses=set()), user_agent='a "b" \\ \t'),
    ClientConfig(http2="prior-knowledge", tls=TLSConfig(verify=False)),
    ClientConfig(tls=TLSConfig(verify=Path("ca.pem")), uds=Path("app.sock")),
]


@pytest.mark.parametrize("config", CONFIGS, ids=range(len(CONFIGS)))
@pytest.mark.parametrize("explains", [True, False])
def test_what_is_shown_can_be_read_back(
    config: ClientConfig, explains: bool, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("\n".join(toml_of(config, explains=explains)), encoding="utf-8")
    assert ClientConfig.from_toml(path) == config


def test_secrets_are_masked() -> None:
    config = ClientConfig(
        base_url="http://ann:sesame@127.0.0.1/",
        tls=TLSConfig(cert=Path("c"), cert_password=SecretStr("sesame")),
    )
    assert "sesame" not in "\n".join(toml_of(config))


def test_each_value_says_where_it_is_from() -> None:
    config = ClientConfig.from_env(
        environ={"HYPERHTTP_TIMEOUT_READ": "3", "HYPERHTTP_RETRY": "true"}
    )
    lines = list(toml_of(config, explains=True))
    assert "read = 3.0  # HYPERHTTP_TIMEOUT_READ in the environment" in lines
    assert "max_retries = 3  # HYPERHTTP_RETRY in the environment" in lines
    assert "write = 30.0  # default" in lines


def test_the_schema_is_that_of_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    assert config_command(parse(["--schema"])) is Exit.OK
    assert json.loads(capsys.readouterr().out) == ClientConfig.model_json_schema()


def test_what_is_shown_are_the_settings_of_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert config_command(parse(["--show", "--max-redirects", "3"])) is Exit.OK
    assert "max_redirects = 3\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "--show or --schema"),
        (["--schema", "--show"], "--show or --schema"),
        (["--show", "http://127.0.0.1/"], "takes no URL"),
    ],
    ids=str,
)
def test_one_of_two_is_shown(words: list[str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        config_command(parse(words))
