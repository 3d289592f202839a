from __future__ import annotations

import sys

import pytest

from hyperhttp._cli import secrets
from hyperhttp._cli.exit_codes import UsageError
from hyperhttp._cli.secrets import ask, secret


def test_a_secret_is_itself_or_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN_OF_MINE", "sesame")
    assert secret("plain", "token") == "plain"
    assert secret("env:TOKEN_OF_MINE", "token") == "sesame"


@pytest.mark.parametrize("value", [None, ""])
def test_what_the_environment_does_not_have_is_told(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("TOKEN_OF_MINE", raising=False)
    if value is not None:
        monkeypatch.setenv("TOKEN_OF_MINE", value)
    with pytest.raises(UsageError, match="cannot read the token: TOKEN_OF_MINE isn't set"):
        secret("env:TOKEN_OF_MINE", "token")


def test_without_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(UsageError, match=r"token is missing.*env:NAME"):
        ask("token")


def test_on_a_terminal_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    args: list[str] = []

    def typed(prompt: str) -> str:
        args.append(prompt)
        return "typed"

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(secrets, "getpass", typed)
    assert secret("-", "password of ann") == "typed"
    assert args == ["password of ann: "]


def test_an_end_instead_of_a_response_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(secrets, "getpass", fail)
    with pytest.raises(UsageError, match="token is missing"):
        ask("token")
