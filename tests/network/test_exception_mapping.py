"""Foreign errors become ours, with words and without numbers."""

from __future__ import annotations

import errno
import importlib
import socket
import ssl

import pytest

from hyperhttp._base._generated.errors import (
    ConnectError,
    DNSError,
    ReadError,
    TLSError,
    TransportError,
    WriteError,
)
from hyperhttp._network.exception_mapping import connect_error, loss_error, reason
from tests.codegen.specs import real_spec

# The phases whose foreign errors this module maps.
PHASES = {"dns", "connect", "tls", "read", "write"}


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


def test_foreign_errors_become_the_errors_that_the_spec_maps_them_to() -> None:
    seen: set[str] = set()
    for name, error in real_spec().errors.items():
        for foreign in filter(lambda _: error.phase in PHASES, error.maps):
            module, _, kind = foreign.partition(":")
            made = getattr(importlib.import_module(module), kind)(errno.EIO, "x")
            if not isinstance(made, OSError):
                continue
            if error.phase in {"read", "write"}:
                made.errno = errno.EPIPE if isinstance(made, BrokenPipeError) else made.errno
                ours: TransportError = loss_error(
                    made, sending=False, sent_bytes=0, received_bytes=0
                )
            else:
                ours = connect_error(made, "example.com", 443)
            assert type(ours).__name__ == name
            seen.add(name)
    assert seen == {"ConnectError", "DNSError", "TLSError", "ReadError", "WriteError"}
