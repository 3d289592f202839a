"""Each public name of another client's objects is one of ours, or its error names a counterpart."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Final

import pytest

import hyperhttp
from hyperhttp import Client, Cookies, Headers, Request, Response, SyncClient, UnknownOption
from hyperhttp._base._generated.other_names import ATTRIBUTE_HINTS, MODULE_HINTS

if TYPE_CHECKING:
    from collections.abc import Callable

REQUEST: Final = Request("GET", "https://example.com/")
OURS: Final = {
    "Client": Client(),
    "SyncClient": SyncClient(),
    "Response": Response.create(REQUEST),
    "Request": REQUEST,
    "Headers": Headers(),
    "Cookies": Cookies(),
    "URL": REQUEST.url,
}
# Parts of an implementation that no program uses.
INTERNAL: Final = {
    *("get_policy", "make_cookies", "multiple_domains", "set_cookie_if_ok"),
    *("prepare_content_length", "prepare_cookies", "prepare_hooks", "prepare_method"),
    *("domain_re", "dots_re", "magic_re", "non_word_re", "quote_re", "strict_domain_re"),
    *("loop", "auto_decompress", "raise_for_status", "requote_redirect_url", "version"),
    *("output_size", "start", "upload_complete", "url_obj", "wait_for_close", "closed"),
    *("quote_cookie", "treat_as_secure_origin", "cookies"),
    *("count", "index"),  # methods of a tuple
}
PEERS: Final = {
    "Client": ("httpx2:AsyncClient", "aiohttp:ClientSession"),
    "SyncClient": ("requests:Session", "httpx2:Client"),
    "Response": ("requests:Response", "httpx2:Response", "aiohttp:ClientResponse"),
    "Request": ("requests:PreparedRequest", "httpx2:Request", "aiohttp:RequestInfo"),
    "Headers": ("requests.structures:CaseInsensitiveDict", "httpx2:Headers"),
    "Cookies": ("requests.cookies:RequestsCookieJar", "httpx2:Cookies", "aiohttp:CookieJar"),
    "URL": ("httpx2:URL",),
}


def of(name: str) -> type:
    """A class of another client; PyPy has no aiohttp."""
    module, _, cls = name.partition(":")
    if module == "aiohttp":
        pytest.importorskip("aiohttp")
    found = getattr(importlib.import_module(module), cls)
    assert isinstance(found, type)
    return found


def unexplained(ours: str, theirs: type) -> set[str]:
    """The names that our class neither has nor explains."""
    names = {name for name in dir(theirs) if name.islower() and not name.startswith("_")}
    return {
        name
        for name in names - INTERNAL
        if name not in ATTRIBUTE_HINTS[ours] and not hasattr(OURS[ours], name)
    }


@pytest.mark.parametrize(
    ("ours", "theirs"), [(ours, name) for ours, names in PEERS.items() for name in names]
)
def test_an_attribute_is_ours_or_is_explained(ours: str, theirs: str) -> None:
    assert unexplained(ours, of(theirs)) == set()


@pytest.mark.parametrize("module", ["requests.exceptions", "httpx2", "aiohttp"])
def test_an_error_is_ours_or_is_explained(module: str) -> None:
    if module == "aiohttp":
        pytest.importorskip("aiohttp")
    there = vars(importlib.import_module(module))
    errors = {
        name
        for name, found in there.items()
        if isinstance(found, type)
        and issubclass(found, Exception)
        and not issubclass(found, Warning)
    }
    assert len(errors) > 15
    found = {name for name in errors if name not in MODULE_HINTS and not hasattr(hyperhttp, name)}
    # Those that no program catches, and warnings.
    assert {name for name in found if not name.startswith("BadContentDisposition")} <= {
        "BaseHTTPError",
        "CompatJSONDecodeError",
        "EofStream",
        "WSMessageTypeError",
    }


def keywords(function: Callable[..., object]) -> set[str]:
    return {*inspect.signature(function).parameters} - {"self", "method", "url", "args", "kwargs"}


@pytest.mark.parametrize("theirs", ["requests:Session", "httpx2:AsyncClient", "httpx2:Client"])
def test_an_option_of_a_call_is_ours_or_is_explained(theirs: str) -> None:
    request = getattr(of(theirs), "request")  # noqa: B009 - of either class
    build: Callable[..., object] = Client().build_request
    for name in keywords(request):
        with pytest.raises((UnknownOption, TypeError, hyperhttp.HyperHTTPError)) as caught:
            build("GET", "https://example.com/", **{name: object()})
        if isinstance(caught.value, UnknownOption):
            assert caught.value.suggestion, name


def test_a_name_that_nothing_explains_is_found() -> None:
    class Theirs:
        def headers(self) -> None: ...

        def send_by_pigeon(self) -> None: ...

    assert unexplained("Client", Theirs) == {"send_by_pigeon"}
