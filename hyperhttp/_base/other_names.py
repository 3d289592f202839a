"""Attributes that other clients have: reading or setting one raises an error with its counterpart.

They are descriptors and not a `__getattr__`, which would make every other attribute slower. They
are in base classes, so that any attribute of a client or response replaces the one of its name.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Never, final

from hyperhttp._base._generated.other_names import ATTRIBUTE_HINTS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ClientNames",
    "CookiesNames",
    "HeadersNames",
    "OtherName",
    "OtherNames",
    "RequestNames",
    "ResponseNames",
    "URLNames",
]


@final
class OtherName:
    """An attribute that doesn't exist, but has a counterpart."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> Never:
        raise AttributeError(self._text(owner), name=self._name, obj=instance)

    def __set__(self, instance: object, value: object) -> Never:
        # Without it, `client.auth = ...` would do nothing.
        raise AttributeError(self._text(type(instance)), name=self._name, obj=instance)

    def _text(self, owner: type) -> str:
        text = f"{owner.__name__!r} object has no attribute {self._name!r}"
        tables = [ATTRIBUTE_HINTS.get(cls.__name__, {}) for cls in owner.__mro__]
        hint = next((table[self._name] for table in tables if self._name in table), None)
        return text if hint is None else f"{text}; {hint}"


class OtherNames:
    """A class with names that `dir` doesn't list, because they only raise errors."""

    __slots__ = ()

    def __dir__(self) -> Iterable[str]:
        kind = type(self)
        return [name for name in super().__dir__() if not _is_other(kind, name)]


class ClientNames(OtherNames):
    """The attributes of clients in other libraries."""

    __slots__ = ()


class ResponseNames(OtherNames):
    """The attributes of responses in other libraries."""

    __slots__ = ()


class RequestNames(OtherNames):
    """The attributes of requests in other libraries."""

    __slots__ = ()


class HeadersNames(OtherNames):
    """The attributes of headers in other libraries."""

    __slots__ = ()


class CookiesNames(OtherNames):
    """The attributes of cookie jars in other libraries."""

    __slots__ = ()


class URLNames(OtherNames):
    """The attributes of URLs in other libraries."""

    __slots__ = ()


def _is_other(cls: type, name: str) -> bool:
    return isinstance(inspect.getattr_static(cls, name, None), OtherName)


def _fill(cls: type, *owners: str) -> None:
    for owner in owners:
        for name in ATTRIBUTE_HINTS[owner]:
            setattr(cls, name, OtherName(name))


_fill(ClientNames, "Client", "SyncClient")
_fill(ResponseNames, "Response", "SyncResponse")
_fill(RequestNames, "Request")
_fill(HeadersNames, "Headers")
_fill(CookiesNames, "Cookies")
_fill(URLNames, "URL")
