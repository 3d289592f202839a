from __future__ import annotations

from pathlib import Path

import pytest

from hyperhttp import ConfigError
from hyperhttp._cli._generated.command import COMMAND_OPTIONS
from hyperhttp._cli.options import parse
from hyperhttp._cli.settings import flag_of, settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(
        'user_agent = "file"\n[timeout]\nread = 1.0\nwrite = 1.0\n[retry]\nmax_retries = 9\n'
    )
    return path


def test_each_layer_lies_over_the_one_before(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERHTTP_TIMEOUT_READ", "2")
    monkeypatch.setenv("HYPERHTTP_TIMEOUT_WRITE", "2")
    config = settings(parse(["--config", str(file), "--timeout-read", "3", "u"]))
    assert (config.user_agent, config.timeout.write, config.timeout.read) == ("file", 2.0, 3.0)
    assert config.retry is not None
    assert config.retry.max_retries == 9
    assert config.sources["user_agent"] == "the file settings.toml"
    assert config.sources["timeout.write"] == "HYPERHTTP_TIMEOUT_WRITE in the environment"
    assert config.sources["timeout.read"] == "--timeout-read"


def test_a_layer_may_bring_a_default_back(file: Path) -> None:
    config = settings(
        parse(["--config", str(file), "--no-retry", "--user-agent", "hyperhttp", "u"])
    )
    assert (config.retry, config.user_agent) == (None, "hyperhttp")


def test_a_table_of_a_file_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.hyperhttp.timeout]\nread = 8.0\n")
    args = parse(["--config", str(path), "--config-table", "tool.hyperhttp", "u"])
    assert settings(args).timeout.read == 8.0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--timeout-read", "soon"], "invalid --timeout-read: 'soon'; expected seconds > 0"),
        (["--timeout", "-1"], "--timeout: "),
        (["-m", "x"], "invalid -m: 'x'; expected"),
        (["--max-connections", "0"], "invalid --max-connections: 0; expected a whole number"),
        (["--retry-statuses", "1000"], "--retry-statuses: "),
        (["--key", "k"], "invalid --key: 'k' without cert; expected"),
        (["--config", "no-such-file"], "no-such-file"),
    ],
    ids=str,
)
def test_a_wrong_value_is_told_of_the_option_as_it_was_written(
    words: list[str], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(parse([*words, "u"]))
    assert message in str(caught.value)


def test_a_wrong_value_in_the_environment_is_told_of_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HYPERHTTP_HTTP2", "perhaps")
    with pytest.raises(ConfigError, match="HYPERHTTP_HTTP2"):
        settings(parse(["u"]))


def test_a_password_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY_PASSWORD", "sesame")
    config = settings(parse(["--cert", "c.pem", "--cert-password", "env:KEY_PASSWORD", "u"]))
    assert config.tls.cert_password is not None
    assert config.tls.cert_password.get_secret_value() == "sesame"


def test_every_name_of_the_environment_has_a_flag() -> None:
    for option in COMMAND_OPTIONS:
        for name in option.names:
            assert flag_of(name) == f"--{name.lower().replace('_', '-')}"
