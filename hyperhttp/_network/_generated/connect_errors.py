# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/errors.toml and run the command again.
"""The errors that foreign exceptions become while a connection is opened."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from typing import Final

from hyperhttp._base._generated.errors import ConnectError, DNSError, TLSError

__all__ = ["CONNECT_ERRORS"]

CONNECT_ERRORS: Final[Mapping[type[OSError], type[ConnectError]]] = {
    ConnectionRefusedError: ConnectError,
    ssl.SSLError: TLSError,
    socket.gaierror: DNSError,
    OSError: ConnectError,
}
"""The first row that fits counts: a class comes before its bases."""
