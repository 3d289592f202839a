"""Each name of another client raises an error with its counterpart, which exists."""

from __future__ import annotations

import inspect
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import pytest

import hyperhttp
from hyperhttp import (
    URL,
    Client,
    Cookies,
    Headers,
    Request,
    Response,
    SyncClient,
    SyncResponse,
    UnknownOption,
)
from hyperhttp._base._generated.option_names import OPTION_ALIASES, OPTION_COUNTERPARTS
from hyperhttp._base._generated.other_names import ATTRIBUTE_HINTS, MODULE_HINTS
from tests.codegen.specs import real_spec

if TYPE_CHECKING:
    from collections.abc import Callable

    from codegen.tables import Peers

CLASSES: Final = {
    one.__name__: one
    for one in (Client, SyncClient, Response, SyncResponse, Request, Headers, Cookies, URL)
}
ATTRIBUTES: Final = [(cls, name) for cls, hints in ATTRIBUTE_HINTS.items() for name in hints]
URL_PARTS: Final = inspect.signature(URL.copy_with).parameters
# Names of clients of other kinds in the text, and what isn't a name of ours.
PROSE: Final = {"or", "and", "http", "False"}


def of(cls: str) -> object:
    """An object of the class; a closed client, or a complete response."""
    request = Request("GET", "https://example.com/")
    kind = Response if cls == "Response" else SyncResponse
    made: dict[str, Callable[[], object]] = {
        "Client": Client,
        "SyncClient": SyncClient,
        "Request": lambda: request,
        "Headers": lambda: Headers({"Accept": "text/plain"}),
        "Cookies": Cookies,
        "URL": lambda: request.url,
    }
    return made.get(cls, lambda: kind.create(request))()


def exists(name: str, *owners: object) -> bool:
    return any(hasattr(owner, name) for owner in owners)


def missing(text: str, cls: str) -> list[str]:
    """The names in a counterpart that don't exist: `Client(verify=...)`, `url.host`, `aread()`."""
    options = real_spec().calls.options
    fields = {field for model in real_spec().config.values() for field in model.fields}
    owners = (CLASSES.get(cls, Response), Client, Response, hyperhttp.URL, hyperhttp.Request)
    found = []
    for name, is_keyword in re.findall(r"(?<!\w)([A-Za-z_]\w*)(=?)", text):
        if is_keyword:
            known = name in options or name in fields or name in URL_PARTS
        else:
            known = name in PROSE or exists(name, hyperhttp, *owners, hyperhttp.Headers([]))
        known = known or name in {"response", "chunk_size"} or name == HTTPStatus.__name__
        if not known:
            found.append(name)
    return found


@pytest.mark.parametrize(("cls", "name"), ATTRIBUTES)
def test_an_attribute_of_another_client_names_its_counterpart(cls: str, name: str) -> None:
    made = of(cls)
    own = {*dir(made)}
    if name in own:  # a name that exists here: `headers` of a client
        assert hasattr(made, name) or isinstance(made, Client | SyncClient | Response)
        return
    with pytest.raises(AttributeError) as caught:
        getattr(made, name)
    hint = ATTRIBUTE_HINTS[cls][name]
    assert str(caught.value) == f"{cls!r} object has no attribute {name!r}; {hint}"
    assert (caught.value.name, caught.value.obj) == (name, made)


@pytest.mark.parametrize(("cls", "name"), ATTRIBUTES)
def test_each_counterpart_of_an_attribute_exists(cls: str, name: str) -> None:
    hint = ATTRIBUTE_HINTS[cls][name]
    if hint.startswith("use '"):
        assert missing(hint.removeprefix("use "), cls) == []


@pytest.mark.parametrize("name", MODULE_HINTS)
def test_a_class_of_another_client_names_its_counterpart(name: str) -> None:
    for module in (hyperhttp, hyperhttp.exceptions):
        with pytest.raises(AttributeError) as caught:
            getattr(module, name)
        text = f"module {module.__name__!r} has no attribute {name!r}; {MODULE_HINTS[name]}"
        assert str(caught.value) == text
    if MODULE_HINTS[name].startswith("use '"):
        assert missing(MODULE_HINTS[name].removeprefix("use "), "Response") == []


@pytest.mark.parametrize("name", [*OPTION_ALIASES, *OPTION_COUNTERPARTS])
def test_an_option_of_another_client_names_its_counterpart(name: str) -> None:
    for call in (Client, SyncClient):
        with pytest.raises(UnknownOption) as caught:
            call(**{name: None})
        alias = OPTION_ALIASES.get(name)
        counterpart = alias if alias in real_spec().options_at("client") else None
        expected = counterpart or OPTION_COUNTERPARTS.get(name) or None
        if alias is None or counterpart:
            assert caught.value.suggestion == expected
        assert alias is None or alias in str(caught.value) or not counterpart
    assert missing(OPTION_COUNTERPARTS.get(name, ""), "Client") == []


def names(peers: Peers, peer: str) -> list[str]:
    return re.findall(
        r"(?<![\w.(=])[A-Za-z_]\w*(?![\w.(=])", re.sub(r" \(.*", "", peers.get(peer, ""))
    )


@pytest.mark.parametrize("peer", ["httpx", "aiohttp", "requests"])
def test_each_error_of_another_client_is_ours_or_suggests_one(peer: str) -> None:
    builtins = {"TypeError", "ValueError", "RuntimeError", "json", "JSONDecodeError"}
    found = {
        name for error in real_spec().errors.values() for name in names(error.peers, peer)
    } - builtins
    assert len(found) > 10
    assert {
        name for name in found if name not in MODULE_HINTS and not exists(name, hyperhttp)
    } == set()


@pytest.mark.parametrize("peer", ["httpx", "aiohttp", "requests"])
def test_each_response_attribute_of_another_client_is_ours_or_suggests_one(peer: str) -> None:
    fields = real_spec().response["Response"].fields.values()
    found = {name for field in fields for name in names(field.peers, peer)}
    assert len(found) > 8
    hints = ATTRIBUTE_HINTS["Response"]
    assert {name for name in found if name not in hints and not exists(name, Response)} == set()


@pytest.mark.parametrize("name", ["auth", "verify", "proxies", "max_redirects", "trust_env"])
@pytest.mark.parametrize("kind", [Client, SyncClient])
def test_setting_an_option_on_a_client_raises(kind: type[Client | SyncClient], name: str) -> None:
    client = kind()
    with pytest.raises(AttributeError, match=rf"no attribute '{name}'; use '{kind.__name__}\("):
        setattr(client, name, None)
    assert not hasattr(client, name)


@pytest.mark.parametrize("cls", CLASSES)
def test_dir_lists_no_other_name(cls: str) -> None:
    made = of(cls)
    assert all(hasattr(CLASSES[cls], name) for name in dir(made) if name in ATTRIBUTE_HINTS[cls])
    assert {"__class__", "__eq__"} <= {*dir(made)}


@pytest.mark.parametrize("cls", ["Request", "Headers", "Cookies", "URL"])
def test_another_name_of_a_part_of_a_message_is_no_name_of_ours(cls: str) -> None:
    assert len(ATTRIBUTE_HINTS[cls]) >= 7
    assert ATTRIBUTE_HINTS[cls].keys().isdisjoint(dir(of(cls)))
    assert not [name for name in ATTRIBUTE_HINTS[cls] if hasattr(of(cls), name)]


def test_a_subclass_can_define_such_a_name() -> None:
    class Named(Response):
        __slots__ = ()

        @property
        def ok(self) -> bool:
            return self.is_success

    assert Named.create(hyperhttp.Request("GET", "https://example.com/")).ok is True
    assert "ok" in dir(Named.create(hyperhttp.Request("GET", "https://example.com/")))
