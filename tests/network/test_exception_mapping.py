"""Foreign errors become ours, with words and without numbers."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from hyperhttp._base._generated.errors import (
    ConnectError,
    DNSError,
    ReadError,
    TLSError,
    WriteError,
)
from hyperhttp._network.exception_mapping import connect_error, loss_error, reason


def _certificate_error() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.reason = "CERTIFICATE_VERIFY_FAILED"
    error.verify_message = "certificate has expired"
    return error


@pytest.mark.parametrize(
    ("foreign", "kind", "says"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name unknown"), DNSError, "Name unknown"),
        (_certificate_error(), TLSError, "certificate has expired"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong"), TLSError, "wrong"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), ConnectError, "connection refused"),
        (OSError(errno.ENETUNREACH, "x"), ConnectError, "network is unreachable"),
        (OSError(), ConnectError, "OSError"),
    ],
)
def test_what_goes_wrong_before_a_connection_stands(
    foreign: OSError, kind: type[ConnectError], says: str
) -> None:
    error = connect_error(foreign, "example.com", 8443)
    assert type(error) is kind
    assert says in str(error)
    assert (error.host, error.port) == ("example.com", 8443)


@pytest.mark.parametrize(
    ("foreign", "sending", "kind"),
    [
        (ConnectionResetError(errno.ECONNRESET, "x"), False, ReadError),
        (ConnectionResetError(errno.ECONNRESET, "x"), True, WriteError),
        (BrokenPipeError(errno.EPIPE, "x"), False, WriteError),
        (None, False, ReadError),
        (None, True, WriteError),
    ],
)
def test_how_a_standing_connection_is_lost(
    foreign: OSError | None, sending: bool, kind: type[ReadError | WriteError]
) -> None:
    error = loss_error(foreign, sending=sending, sent_bytes=7, received_bytes=9)
    assert type(error) is kind
    facts = error.sent_bytes if isinstance(error, WriteError) else error.received_bytes
    assert facts == (7 if kind is WriteError else 9)
    assert str(error)


@pytest.mark.parametrize(
    "error", [OSError(), OSError("words"), OSError(errno.EPIPE, ""), ssl.SSLError()]
)
def test_a_reason_is_never_empty(error: OSError) -> None:
    assert reason(error).strip()
