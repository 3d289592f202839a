"""The Basic scheme (RFC 7617): user and password as a field value."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Final

from hyperhttp._base._generated.errors import LocalProtocolError

__all__ = ["basic_credentials"]

# RFC 7617 2: no controls; and the first colon ends the user.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def basic_credentials(user: str, password: str) -> str:
    """Return the value of Authorization, with the text in UTF-8.

    Raises `LocalProtocolError`, which shows neither of the two, for a colon in the user and for
    control characters in either.

        basic_credentials("Aladdin", "open sesame")    # "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    """
    if ":" in user:
        raise _refused("a user with a colon, which would end it")
    if _CONTROL.search(user + password):
        raise _refused("a control character in user or password")
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")


def _refused(what: str) -> LocalProtocolError:
    return LocalProtocolError(
        detail=f"Basic credentials cannot carry {what}", field="Authorization"
    )
