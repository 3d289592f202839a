"""Credentials from a netrc file: which host gets which, and what a broken file may say."""

from __future__ import annotations

import os
from netrc import netrc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import ConfigError, LocalProtocolError
from hyperhttp._message.headers.basic_auth import basic_credentials
from hyperhttp._message.request.request import Request
from hyperhttp._policy.netrc import NetRCAuth, parse_netrc
from tests.policy.conversation import async_converse, converse, reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = """
# a comment
machine example.com login ann password hunter2
machine API.example.com
    login bob
    account ignored
    password "with a space"
machine 127.0.0.1 password token
machine ::1 login six password 6
machine nobody.example.com
macdef init
cd /pub

machine colon.example.com login a:b password hunter2
"""


@pytest.fixture(autouse=True)
def _private() -> Iterator[None]:
    """Files that only their owner can read."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "netrc"
    path.write_text(FILE, encoding="utf-8")
    return path


def authorization(auth: NetRCAuth, url: str) -> str | None:
    return next(auth.auth_flow(Request("GET", url))).headers.get("authorization")


@pytest.mark.parametrize(
    ("url", "user"),
    [
        ("https://example.com/", ("ann", "hunter2")),
        ("http://EXAMPLE.com:8080/x", ("ann", "hunter2")),
        ("https://api.example.com/", ("bob", "with a space")),
        ("http://127.0.0.1/", ("", "token")),
        ("http://[::1]:80/", ("six", "6")),
        ("https://nobody.example.com/", None),
        ("https://www.example.com/", None),
        ("https://com/", None),
    ],
)
def test_a_host_gets_what_its_entry_says(
    file: Path, url: str, user: tuple[str, str] | None
) -> None:
    expected = None if user is None else basic_credentials(*user)
    assert authorization(NetRCAuth(file), url) == expected
    assert authorization(NetRCAuth(str(file)), url) == expected


def test_a_default_is_for_all_that_have_no_entry(file: Path) -> None:
    file.write_text(FILE + "\ndefault login any password body\n", encoding="utf-8")
    auth = NetRCAuth(file)
    assert authorization(auth, "https://www.example.com/") == basic_credentials("any", "body")
    assert authorization(auth, "https://example.com/") == basic_credentials("ann", "hunter2")
    assert authorization(auth, "https://nobody.example.com/") is None


def test_a_request_with_authorization_of_its_own_keeps_it(file: Path) -> None:
    request = Request("GET", "https://example.com/", headers={"Authorization": "Bearer mine"})
    sent = next(NetRCAuth(file).auth_flow(request))
    assert sent.headers["authorization"] == "Bearer mine"


async def test_it_is_one_request_whatever_the_response(file: Path) -> None:
    request = Request("GET", "https://example.com/")
    auth = NetRCAuth(file)
    assert converse(auth, request, lambda sent: reply(sent, 401))[1] == 1
    assert (await async_converse(auth, request, lambda sent: reply(sent, 401)))[1] == 1
    assert "authorization" not in request.headers


def test_the_file_is_read_once(file: Path) -> None:
    auth = NetRCAuth(file)
    file.unlink()
    assert authorization(auth, "https://example.com/") is not None


def test_the_environment_names_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", str(file))
    assert authorization(NetRCAuth(), "https://example.com/") is not None
    monkeypatch.setenv("NETRC", os.devnull)
    assert authorization(NetRCAuth(), "https://example.com/") is None
    monkeypatch.setenv("NETRC", str(file.with_name("missing")))
    with pytest.raises(ConfigError, match="missing"):
        NetRCAuth()


@pytest.mark.parametrize("name", [".netrc", "_netrc"])
@pytest.mark.parametrize("named", [None, ""])
def test_without_a_name_it_is_the_one_at_home(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, name: str, named: str | None
) -> None:
    monkeypatch.delenv("NETRC", raising=False)
    if named is not None:
        monkeypatch.setenv("NETRC", named)
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    auth = NetRCAuth()
    assert authorization(auth, "https://example.com/") is None
    assert repr(auth) == "NetRCAuth(None)"
    file.rename(tmp_path / name)
    assert authorization(NetRCAuth(), "https://example.com/") is not None
    assert authorization(NetRCAuth(f"~/{name}"), "https://example.com/") is not None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"machine example.com login ann password hunter2 hunter3", "line 1"),
        (b"\n\nhunter2", "line 3"),
        (b"machine", "line 1"),
        (b'machine "" login hunter2', "line 1"),
        (b"login hunter2", "line 1"),
        (b"protocol https\nmachine example.com login hunter2", "line 1"),
        (b"machine a password hunter2 hunter3\nmachine b", "line 2"),
        (b"machine a password hunter2 hunter3 login b", "line 1"),
        (b"machine example.com\nlogin ann\npassword", "line 3"),
        (b'machine example.com\npassword "hunter2', "line 2"),
        (b"machine example.com password hunter2\\", "line 1"),
        (b'machine example.com "" hunter2', "line 1"),
        (b"machine example.com password hunter2\xff\xfe", "not UTF-8"),
    ],
)
def test_a_broken_file_is_told_without_being_quoted(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "netrc"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=says) as caught:
        NetRCAuth(path)
    error = caught.value
    assert error.option == "auth"
    assert error.__cause__ is None
    assert error.__context__ is None
    assert "hunter" not in f"{error} {error!r} {error.__reduce__()}"


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("", {}),
        ("# nothing", {}),
        ("\n\n # login x\n#machine b\nmachine a login u # p\npassword #p", {"a": ("u", "#p")}),
        ("machine a login u password p machine b", {"a": ("u", "p"), "b": ("", "")}),
        ("MACHINE A USER u PASSWORD p", {"a": ("u", "p")}),
        ("machine a login u\nmachine a password p", {"a": ("", "p")}),
        ('machine a login "" password "a \\" \\\\ b"', {"a": ("", 'a " \\ b')}),
        ("machine a password a\\ b\\\\c", {"a": ("", "a b\\c")}),
        ('machine a password p"q', {"a": ("", 'p"q')}),
        ("\ufeffmachine a login u", {"a": ("u", "")}),
        ("machine a\r\n\tlogin u\r\n\tpassword p\r\n", {"a": ("u", "p")}),
        ("macdef m\nmachine no\n\nmachine a login u", {"a": ("u", "")}),
        ("machine a login u\nmacdef m\nmachine no\r\n\r\npassword p", {"a": ("u", "p")}),
        ("macdef m\nmachine no", {}),
        ("default login u", {"": ("u", "")}),
        (
            "machine a login x password y method interactive\nmachine b login u password p",
            {"a": ("x", "y"), "b": ("u", "p")},
        ),
        (
            "machine a protocol https port 443 login x\n  account z\nmachine b login u",
            {"a": ("x", ""), "b": ("u", "")},
        ),
        (
            'machine a realm "two words" force yes\nmachine b login u password p tls on',
            {"a": ("", ""), "b": ("u", "p")},
        ),
        (
            "machine a\nmacdef init\nprotocol https\nmachine no\n\nmethod x\nmachine b login u",
            {"a": ("", ""), "b": ("u", "")},
        ),
        ("default protocol https login u", {"": ("u", "")}),
    ],
)
def test_the_words_of_a_file(tmp_path: Path, text: str, entries: dict[str, object]) -> None:
    assert parse_netrc(text.removeprefix("\ufeff")) == entries
    path = tmp_path / "netrc"
    path.write_bytes(text.encode())
    authorization(NetRCAuth(path), "https://example.com/")


words = st.text(st.characters(categories=["L", "N", "P", "S"], codec="utf-8"), min_size=1)
hosts = words.map(str.lower).filter(lambda host: host.lower() == host)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(st.dictionaries(hosts, st.tuples(words, words), max_size=4))
def test_the_standard_library_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[str, tuple[str, str]]
) -> None:
    text = "\n".join(
        f"machine {quoted(host)}\n login {quoted(user)} password {quoted(password)}"
        for host, (user, password) in entries.items()
    )
    assert parse_netrc(text) == entries
    path = tmp_path_factory.mktemp("files") / "netrc"
    path.write_text(text, encoding="utf-8")
    theirs = {host: (user, password) for host, (user, _, password) in netrc(path).hosts.items()}
    assert theirs == entries


def outcome(text: str) -> str:
    try:
        parse_netrc(text)
    except ConfigError as error:
        return error.given
    return "read"


@given(st.lists(st.sampled_from([*'\n \t"\\#', "machine", "login", "macdef", "default", "x"])))
def test_garbage_is_read_or_told(parts: list[str]) -> None:
    for text in ("".join(parts), " ".join(parts)):
        told = outcome(text)
        assert told == "read" or told.startswith("a netrc file with a mistake on line ")


def test_a_file_that_is_not_there_is_told_with_its_name(tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(ConfigError) as caught:
            NetRCAuth(path)
        assert path.name in str(caught.value)


def test_a_user_that_basic_cannot_carry_concerns_its_host_only(file: Path) -> None:
    auth = NetRCAuth(file)
    with pytest.raises(LocalProtocolError) as caught:
        authorization(auth, "https://colon.example.com/")
    assert "hunter2" not in f"{caught.value} {caught.value!r}"
    assert authorization(auth, "https://example.com/") is not None


def test_its_repr_shows_the_file_and_no_secret(file: Path) -> None:
    assert repr(NetRCAuth(file)) == f"NetRCAuth({str(file)!r})"


def test_a_file_that_all_can_read_is_warned_of_once(file: Path, tmp_path: Path) -> None:
    file.chmod(0o604)
    with pytest.warns(UserWarning, match=r"all users .* chmod 600") as caught:
        NetRCAuth(file)
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert "hunter2" not in str(caught[0].message)
    NetRCAuth(file)
    other = tmp_path / "other"
    other.write_text("machine example.com login ann")
    other.chmod(0o644)
    NetRCAuth(other)  # no password
    other.write_text("machine example.com password hunter2")
    other.chmod(0o640)
    NetRCAuth(other)
