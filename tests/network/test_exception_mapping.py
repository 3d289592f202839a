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
from hyperhttp._network.exception_mapping import (
    connect_error,
    early_end_error,
    handshake,
    loss_error,
    reason,
)
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


def alert(name: str) -> ssl.SSLError:
    error = ssl.SSLError(1, f"[SSL: {name}] {name} (_ssl.c:2580)")
    error.reason = name
    return error


@pytest.mark.parametrize("sending", [False, True])
@pytest.mark.parametrize(
    ("name", "received", "kind"),
    [
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", 0, TLSError),
        ("TLSV1_ALERT_UNKNOWN_CA", 0, TLSError),
        ("TLSV1_ALERT_UNKNOWN_CA", 1, TransportError),
        ("TLSV1_ALERT_INTERNAL_ERROR", 0, TransportError),
        ("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", 0, TransportError),
    ],
)
def test_an_alert_that_refuses_the_client_is_a_tls_error_before_the_first_byte(
    name: str, received: int, kind: type[TransportError], sending: bool
) -> None:
    error = loss_error(alert(name), sending=sending, sent_bytes=7, received_bytes=received)
    assert isinstance(error, kind)
    assert isinstance(error, TLSError) is (kind is TLSError)


def test_a_connection_that_ends_as_soon_as_it_is_open() -> None:
    assert type(early_end_error(None, "example.com", 443)) is ConnectError
    refused = early_end_error(alert("TLSV13_ALERT_CERTIFICATE_REQUIRED"), "example.com", 443)
    assert type(refused) is TLSError
    assert (refused.host, refused.port) == ("example.com", 443)


@pytest.mark.parametrize(
    ("foreign", "detail", "is_lost"),
    [
        (ConnectionResetError(), "the server closed the connection", True),
        (ConnectionResetError(errno.ECONNRESET, "x"), "connection reset by peer", True),
        (ConnectionAbortedError("it takes too long"), "it takes too long", True),
        (alert("SSLV3_ALERT_HANDSHAKE_FAILURE"), "handshake failure", False),
    ],
)
def test_a_handshake_that_fails(foreign: OSError, detail: str, is_lost: bool) -> None:
    with pytest.raises(OSError) as caught, handshake():  # noqa: PT011 - looked at below
        raise foreign
    error = connect_error(caught.value, "example.com", 443)
    assert isinstance(error, TLSError)
    assert detail in error.detail
    assert error.is_connection_lost is is_lost


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
