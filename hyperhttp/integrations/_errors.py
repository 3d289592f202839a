"""Maps our errors to those of httpx or httpx2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn, Protocol

from hyperhttp._base._generated.errors import (
    ClientClosed,
    ConnectError,
    ConnectTimeout,
    HyperHTTPError,
    InvalidURL,
    LocalProtocolError,
    PoolTimeout,
    ProxyError,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    StreamReset,
    TimeoutException,
    TransportError,
    WriteError,
    WriteTimeout,
)

if TYPE_CHECKING:
    from types import ModuleType

    from hyperhttp.integrations._types import AnyRequest

__all__ = ["raise_foreign", "unsupported"]

# The first that fits: a ConnectTimeout is a ConnectError too.
_NAMES: Final[tuple[tuple[type[HyperHTTPError], str], ...]] = (
    (ConnectTimeout, "ConnectTimeout"),
    (ReadTimeout, "ReadTimeout"),
    (WriteTimeout, "WriteTimeout"),
    (PoolTimeout, "PoolTimeout"),
    (TimeoutException, "TimeoutException"),
    (ProxyError, "ProxyError"),
    (ConnectError, "ConnectError"),
    (StreamReset, "RemoteProtocolError"),
    (ReadError, "ReadError"),
    (WriteError, "WriteError"),
    (LocalProtocolError, "LocalProtocolError"),
    (InvalidURL, "LocalProtocolError"),
    (RemoteProtocolError, "RemoteProtocolError"),
    (TransportError, "TransportError"),
    (ClientClosed, "NetworkError"),
)


class _ErrorType(Protocol):
    """A `RequestError` of httpx."""

    def __call__(self, message: str, *, request: AnyRequest) -> Exception: ...


def raise_foreign(module: ModuleType, error: HyperHTTPError, request: AnyRequest) -> NoReturn:
    """Raise the error of `module` that ours is, from ours.

    Errors of the program itself, such as ConfigError and WrongEventLoop, are raised unchanged.
    """
    for ours, name in _NAMES:
        if isinstance(error, ours):
            raise _of(module, name)(str(error), request=request) from error
    raise error


def unsupported(module: ModuleType, message: str, request: AnyRequest) -> Exception:
    """Return the error for a request that no transport of ours can send."""
    return _of(module, "UnsupportedProtocol")(message, request=request)


def _of(module: ModuleType, name: str) -> _ErrorType:
    kind: _ErrorType = getattr(module, name)
    return kind
