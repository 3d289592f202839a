"""What the doctor finds, and what is wrong of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hyperhttp import __version__
from hyperhttp._cli import doctor as module
from hyperhttp._cli.doctor import EXTRAS, NEEDED, Finding, doctor, findings
from hyperhttp._cli.exit_codes import Exit
from hyperhttp._cli.terminal import Colors

PLAIN = Colors(is_colored=False)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [*os.environ]:
        if name.startswith("HYPERHTTP_") or name in {"SSL_CERT_FILE", "SSL_CERT_DIR", "NETRC"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def found(topic: str) -> Finding:
    (one,) = [one for one in findings() if one.topic == topic]
    return one


def test_all_is_well_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(PLAIN) is Exit.OK
    out = capsys.readouterr().out
    assert out.endswith("\n\nall checks passed\n")
    assert f"hyperhttp     {__version__}\n" in out
    for topic in (*NEEDED, *(f"[{extra}]" for extra in EXTRAS), "encodings", "tls", "event loop"):
        assert f"ok     {topic} " in out


def test_a_package_that_is_missing_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "NEEDED", ("h11", "no-such-package"))
    assert doctor(PLAIN) is Exit.STATUS
    out = capsys.readouterr().out
    assert "wrong  no-such-package  not installed: pip install no-such-package\n" in out
    assert out.endswith("\n\n1 wrong\n")


def test_an_extra_that_is_missing_is_named_and_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_version", lambda name: None if name == "orjson" else "1")
    one = found("[orjson]")
    assert one.text == "not installed: pip install orjson for faster JSON"
    assert not one.is_wrong


@pytest.mark.parametrize(
    ("name", "text", "topic", "reason"),
    [
        ("HYPERHTTP_TIMEOUT_READ", "soon", "settings", "HYPERHTTP_TIMEOUT_READ"),
        ("HYPERHTTP_TIMOUT", "1", "settings", "HYPERHTTP_TIMEOUT"),
        ("HYPERHTTP_VERIFY", "false", "tls", "certificates aren't verified"),
        ("SSL_CERT_FILE", "no-such-file", "tls", "SSL_CERT_FILE"),
        ("HTTP_PROXY", "ftp://x", "proxies", "HTTP_PROXY"),
        ("NETRC", "no-such-file", "netrc", "no-such-file"),
    ],
    ids=str,
)
def test_what_is_wrong_with_the_environment_is_told(
    name: str, text: str, topic: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, text)
    one = found(topic)
    assert one.is_wrong
    assert reason in one.text


def test_what_the_environment_says_is_shown_without_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine h login a password sesame")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("HTTPS_PROXY", "http://ann:sesame@127.0.0.1:3128")
    monkeypatch.setenv("NO_PROXY", "localhost")
    monkeypatch.setenv("HYPERHTTP_TIMEOUT_READ", "3")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert found("proxies").text == "HTTPS_PROXY=http://127.0.0.1:3128, NO_PROXY=localhost"
    text = "timeout.read (HYPERHTTP_TIMEOUT_READ in the environment)"
    assert found("settings").text == text
    assert found("netrc").text == f"{tmp_path / 'netrc'}, used with -n"
    assert not [one for one in findings() if one.is_wrong or "sesame" in one.text]


def test_a_netrc_file_that_all_can_read_is_wrong(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine h login a password sesame")
    (tmp_path / "netrc").chmod(0o644)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    (one,) = [finding for finding in findings() if finding.topic == "netrc"]
    assert one.is_wrong
    assert "chmod 600" in one.text
