"""Each of our errors, and the one of httpx that it becomes."""

from __future__ import annotations

import httpx
import pytest

import hyperhttp
from hyperhttp import exceptions
from hyperhttp.integrations._errors import raise_foreign, unsupported

REQUEST = httpx.Request("GET", "http://example.com/")
MAPPED: list[tuple[exceptions.HyperHTTPError, type[httpx.RequestError]]] = [
    (
        exceptions.ConnectTimeout(timeout_s=1.0, elapsed_s=1.0, host="example.com", port=80),
        httpx.ConnectTimeout,
    ),
    (exceptions.ReadTimeout(timeout_s=1.0, elapsed_s=1.0, received_bytes=0), httpx.ReadTimeout),
    (exceptions.WriteTimeout(timeout_s=1.0, elapsed_s=1.0, sent_bytes=0), httpx.WriteTimeout),
    (
        exceptions.PoolTimeout(timeout_s=1.0, elapsed_s=1.0, max_connections=1, waiting=1),
        httpx.PoolTimeout,
    ),
    (exceptions.TotalTimeout(timeout_s=1.0, elapsed_s=1.0, during=None), httpx.TimeoutException),
    (exceptions.ConnectError(detail="d", host="example.com", port=80), httpx.ConnectError),
    (exceptions.DNSError(detail="d", host="example.com", port=80), httpx.ConnectError),
    (exceptions.TLSError(detail="d", host="example.com", port=80), httpx.ConnectError),
    (exceptions.ReadError(detail="d", received_bytes=0), httpx.ReadError),
    (
        exceptions.StreamReset(detail="d", received_bytes=0, error_code=1),
        httpx.RemoteProtocolError,
    ),
    (exceptions.WriteError(detail="d", sent_bytes=0), httpx.WriteError),
    (exceptions.LocalProtocolError(detail="d", field="f"), httpx.LocalProtocolError),
    (exceptions.InvalidURL(given="g", detail="d"), httpx.LocalProtocolError),
    (exceptions.RemoteProtocolError(detail="d"), httpx.RemoteProtocolError),
    (exceptions.ClientClosed(), httpx.NetworkError),
]


@pytest.mark.parametrize(("ours", "kind"), MAPPED, ids=[type(one).__name__ for one, _ in MAPPED])
def test_an_error_becomes_the_one_of_httpx(
    ours: exceptions.HyperHTTPError, kind: type[httpx.RequestError]
) -> None:
    with pytest.raises(kind) as caught:
        raise_foreign(httpx, ours, REQUEST)
    found = caught.value
    assert type(found) is kind
    assert found.__cause__ is ours
    assert str(found) == str(ours)
    assert isinstance(found, httpx.RequestError)
    assert found.request is REQUEST


@pytest.mark.parametrize(
    "ours",
    [
        hyperhttp.WrongEventLoop(),
        hyperhttp.ConfigError(option="cert", given="a", allowed="b"),
        hyperhttp.BodyNotReplayable(detail="d"),
    ],
)
def test_an_error_of_the_program_stays(ours: exceptions.HyperHTTPError) -> None:
    with pytest.raises(type(ours)) as caught:
        raise_foreign(httpx, ours, REQUEST)
    assert caught.value is ours
    assert ours.__cause__ is None


def test_what_no_transport_can_send_is_unsupported() -> None:
    found = unsupported(httpx, "text", REQUEST)
    assert isinstance(found, httpx.UnsupportedProtocol)
    assert found.request is REQUEST


def test_every_transport_error_is_mapped() -> None:
    covered = tuple(type(one) for one, _ in MAPPED)
    kinds = [exceptions.TransportError, exceptions.TimeoutException]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        abstract = {exceptions.TransportError, exceptions.TimeoutException}
        bare = abstract | {exceptions.ProtocolError, exceptions.ProxyError}
        assert kind in bare or kind in covered, kind
