"""User and password as the value of Authorization."""

from __future__ import annotations

import pytest

from hyperhttp._base._generated.errors import LocalProtocolError
from hyperhttp._message.headers.basic_auth import basic_credentials


@pytest.mark.parametrize(
    ("user", "password", "value"),
    [
        # RFC 7617 2 and 2.1.
        ("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ("test", "123\u00a3", "Basic dGVzdDoxMjPCow=="),
        ("", "", "Basic Og=="),
        ("user", "", "Basic dXNlcjo="),
        ("", "token", "Basic OnRva2Vu"),
        ("user", "a:b", "Basic dXNlcjphOmI="),
    ],
)
def test_user_and_password_are_joined_as_utf_8(user: str, password: str, value: str) -> None:
    assert basic_credentials(user, password) == value


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("hunter2:x", "p"),
        (":", ""),
        ("hunter2\n", "p"),
        ("u", "hunter2\r\nX: y"),
        ("u", "hunter2\x00"),
        ("u\x7f", "hunter2"),
        ("u", "hunter2\x85"),
        ("u", "hunter2\ud800"),
    ],
)
def test_what_would_be_read_otherwise_is_refused_without_being_shown(
    user: str, password: str
) -> None:
    with pytest.raises(LocalProtocolError, match="user") as caught:
        basic_credentials(user, password)
    assert caught.value.field == "Authorization"
    assert "hunter2" not in f"{caught.value!s} {caught.value!r}"
