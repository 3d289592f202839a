"""Checks of single option values that pydantic has no constraint for.

The generated config models name them in the types of their fields. Each raises ValueError.
"""

from __future__ import annotations

import os
from base64 import b64decode
from hashlib import sha256
from ipaddress import ip_address
from typing import Final

from hyperhttp._base.address_rules import GROUPS, network_of

__all__ = ["check_address", "check_charset", "check_network", "check_path", "check_pin"]

_PIN: Final = "sha256/"


def check_address(text: str) -> str:
    """Return an IPv4 or IPv6 address unchanged."""
    ip_address(text)
    return text


def check_charset(name: str) -> str:
    """Return the name of a text encoding unchanged."""
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        raise ValueError(f"{name!r} is not an encoding that Python supports") from None
    return name


def check_network(text: str) -> str:
    """Return a group of special addresses unchanged, or a network in its usual spelling."""
    return text if text in GROUPS else str(network_of(text))


def check_path(given: str | os.PathLike[str]) -> str:
    """Return a path as text; bytes and an empty path are refused."""
    try:
        text = os.fspath(given)
    except TypeError:
        raise ValueError("a path is text, or has `__fspath__`") from None
    if type(text) is not str or not text:
        raise ValueError("a path is text, and not empty")
    return text


def check_pin(text: str) -> str:
    """Return the hash of a public key unchanged: "sha256/" and 32 bytes in Base64."""
    if not text.startswith(_PIN) or len(_decoded(text.removeprefix(_PIN))) != sha256().digest_size:
        raise ValueError(f"{text!r} is not sha256/ and 32 bytes in Base64")
    return text


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""
