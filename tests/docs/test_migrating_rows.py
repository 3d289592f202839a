"""The rows about bodies, parameters, hooks and errors on the pages about other clients."""

from __future__ import annotations

import io
import json
import pickle
import re
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any, Final

import httpx
import httpx2
import pytest

import hyperhttp
from hyperhttp import Client, SyncClient
from hyperhttp.testing import MockTransport
from tests.docs.snippets import ROOT
from tests.docs.test_migrating import query, says

if TYPE_CHECKING:
    from types import ModuleType

    from hyperhttp.testing import MockRequest

API: Final = "https://api.example.com/"
PAGES: Final = ("aiohttp", "httpx", "requests")
HTTPX: Final = (httpx, httpx2)
STATUSES: Final = {
    "/ok": hyperhttp.MockResponse(content=b"a\nb\r\nc"),
    "/missing": hyperhttp.MockResponse(404),
}


def anything(value: object) -> Any:
    """Return a value that type checkers refuse, without its type."""
    return value


@pytest.mark.parametrize(
    ("params", "theirs", "ours"),
    [
        ({"a": None}, "a=", ""),
        ({"q": "a b"}, "q=a+b", "q=a%20b"),
        ({"a": True}, "a=true", "a=true"),
        ({"a": [1, 2]}, "a=1&a=2", "a=1&a=2"),
    ],
)
@pytest.mark.parametrize("peer", HTTPX)
def test_parameters_are_written_as_the_page_lists(
    peer: ModuleType, params: dict[str, object], theirs: str, ours: str
) -> None:
    says(
        "httpx",
        '`params={"a": None}` sends `a=`',
        'leaves the parameter out; pass `""` for an empty one',
    )
    for page in PAGES:
        says(page, '`params={"q": "a b"}` sends `a+b`', "sends `a%20b`")
    assert peer.Request("GET", API, params=params).url.query == theirs.encode()
    with SyncClient(transport=MockTransport(query)) as client:
        assert client.request("GET", API, params=params).text == ours


@pytest.mark.parametrize("peer", HTTPX)
def test_parameters_are_appended_to_a_query_that_httpx_replaces(peer: ModuleType) -> None:
    says("httpx", "`params=` replaces the query of the URL", "`params=` is appended to it")
    assert peer.Request("GET", f"{API}?z=1", params={"a": "1"}).url.query == b"a=1"
    with SyncClient(transport=MockTransport(query)) as client:
        assert client.get(f"{API}?z=1", params={"a": "1"}).text == "z=1&a=1"


def test_parameters_as_text_are_refused() -> None:
    for page in PAGES:
        says(page, '`params="a=1"`', "put it in the URL, or pass pairs: text raises `ConfigError`")
    with pytest.raises(hyperhttp.ConfigError):
        Client().build_request("GET", API, params=anything("a=1"))


def test_form_fields_leave_none_out_and_write_true_in_lower_case() -> None:
    says("httpx", '`data={"a": None}` sends `a=`', "leaves the field out")
    says("requests", '`data={"a": True}` sends `True`', "sends `true`")
    request = Client().build_request("POST", API, data={"a": None, "b": True})
    assert request.content == b"b=true"


def test_text_has_a_content_type() -> None:
    row = "`text/plain; charset=utf-8`"
    says("requests", '`data="text"` without a `Content-Type`', f'`content="text"` with {row}')
    says("httpx", '`content="text"` without a `Content-Type`', f"with {row}")
    request = Client().build_request("POST", API, content="text")
    assert request.headers["content-type"] == "text/plain; charset=utf-8"
    for peer in HTTPX:
        assert "content-type" not in peer.Request("POST", API, content="text").headers


def test_json_is_compact_and_utf_8() -> None:
    for page in ("aiohttp", "requests"):
        says(
            page,
            '`json=` with spaces and ASCII escapes, `{"a": "\\u00e9"}`',
            'compact and UTF-8: `{"a":"é"}`; compute signatures from `request.content`',
        )
    assert json.dumps({"a": "é"}) == '{"a": "\\u00e9"}'
    request = Client().build_request("POST", API, json={"a": "é"})
    assert request.content == '{"a":"é"}'.encode()


def test_header_values_are_text() -> None:
    for page in ("httpx", "requests"):
        says(page, "header values that are bytes", "text only")
    with pytest.raises(hyperhttp.ConfigError):
        Client().build_request("GET", API, headers=anything({"X-A": b"1"}))


def test_delete_takes_a_body_and_get_suggests_request() -> None:
    instead = '`client.request("GET", url, json=...)`'
    says(
        "httpx",
        "`client.delete(url)` takes no body",
        f"`delete` takes one; `get` doesn't: {instead}",
    )
    for page in ("aiohttp", "requests"):
        says(page, "`get(url, json=...)`, `get(url, data=...)`", instead)

    def body(request: MockRequest) -> bytes:
        return request.content

    with SyncClient(transport=MockTransport(body)) as client:
        assert client.delete(API, json=[1]).content == b"[1]"
        assert client.request("GET", API, json=[1]).content == b"[1]"
        with pytest.raises(hyperhttp.UnknownOption) as caught:
            client.get(API, **anything({"json": [1]}))
    assert caught.value.suggestion == "request(method, url, json=...)"
    for peer in HTTPX:
        with pytest.raises(TypeError):
            peer.Client().delete(API, json=[1])


def test_a_response_is_true_and_its_lines_are_text() -> None:
    says(
        "requests",
        "`if response:` is False for 4xx and 5xx",
        "always True: use `response.is_success` or `is_error`",
    )
    with SyncClient(transport=MockTransport(STATUSES), base_url=API) as client:
        missing = client.get("/missing")
        assert (bool(missing), missing.is_success) == (True, False)
        assert [*client.get("/ok").iter_lines()] == ["a", "b", "c"]
        url = client.get("/ok").url
    assert url == f"{API}ok"
    assert str(url) == f"{API}ok"
    assert not issubclass(type(url), str)


def test_send_takes_no_options_but_build_request_does() -> None:
    build = "`send` takes no options: pass them to `build_request`; it never reads the body"
    says("requests", "`session.send(prepared, timeout=5, stream=True)`", build)
    says("httpx", "`client.send(request, stream=True, auth=...)`", build)
    with SyncClient(transport=MockTransport("hello")) as client:
        request = client.build_request("GET", API, timeout=5.0, auth=("ann", "secret"))
        with pytest.raises(TypeError):
            client.send(request, **anything({"stream": True}))
        assert client.send(request).text == "hello"


def test_an_option_of_a_client_cannot_be_set_later() -> None:
    says(
        "requests",
        "`session.auth`, `session.verify`, `session.cert`, `session.proxies`",
        "options of `Client`; setting one later raises `AttributeError`",
    )
    says(
        "httpx",
        "`client.auth = ...`, `client.event_hooks = ...`, `client.params = ...`",
        "options of `Client`; setting one later raises `AttributeError`",
    )
    for name in ("auth", "verify", "cert", "proxies", "event_hooks", "params"):
        with pytest.raises(AttributeError, match="use 'Client"):
            setattr(Client(), name, None)


def test_a_client_cannot_be_pickled_but_its_configuration_can() -> None:
    says(
        "requests",
        "a `Session` can be pickled",
        "a client can't, and raises `TypeError`; `client.config` can, without headers, parameters, "
        "auth, cookies and hooks",
    )
    with pytest.raises(TypeError):
        pickle.dumps(Client())
    assert pickle.loads(pickle.dumps(Client().config)) == Client().config


def test_errors_are_no_os_errors_and_include_timeouts() -> None:
    says(
        "requests",
        "`except OSError`, which catches every `RequestException`",
        "not caught: catch `HyperHTTPError`",
    )
    says(
        "aiohttp",
        "`except aiohttp.ClientError`, without timeouts",
        "`HyperHTTPError` includes them: catch `TimeoutException` first",
    )
    assert not issubclass(hyperhttp.ConnectError, OSError)
    assert issubclass(hyperhttp.TimeoutException, hyperhttp.HyperHTTPError)
    for kind in (hyperhttp.InvalidURL, hyperhttp.StreamError, hyperhttp.ConfigError):
        assert issubclass(kind, hyperhttp.HyperHTTPError)
    for peer in HTTPX:
        assert not issubclass(peer.InvalidURL, peer.HTTPError)
        assert not issubclass(peer.StreamError, peer.HTTPError)


async def test_the_result_of_a_hook_is_ignored_and_it_may_be_a_plain_function() -> None:
    says(
        "requests",
        "a hook `f(response, *args, **kwargs)` may return another response",
        "`f(response)`; its result is ignored, and middleware can replace a response",
    )
    says("httpx", "hooks of `AsyncClient` must be coroutine functions", "plain functions work, too")
    seen: list[int] = []

    def hook(response: hyperhttp.Response) -> None:
        seen.append(response.status_code)

    async with Client(transport=MockTransport("hello"), event_hooks={"response": [hook]}) as client:
        response = await client.get(API)
        assert await response.aread() == b"hello"
    assert seen == [200]


async def test_the_last_response_is_returned_after_retries() -> None:
    says(
        "requests",
        "`Retry` raises `RetryError` after the last status",
        "the last response is returned; `response.attempts` has every attempt",
    )
    policy = hyperhttp.RetryPolicy(
        max_retries=2, statuses={503}, backoff=hyperhttp.Backoff(initial=0.001, maximum=0.001)
    )
    async with Client(transport=MockTransport(503), retry=policy) as client:
        response = await client.get(API)
    assert (response.status_code, len(response.attempts)) == (503, 3)


def test_the_parts_of_a_url_have_the_listed_names() -> None:
    says(
        "httpx",
        "`url.raw_path`, `url.netloc`, `url.copy_merge_params({...})`",
        "`url.target`, `url.authority`, `url.with_params([...])`, which appends pairs",
    )
    text = "https://example.com:8443/a?b=1"
    url = hyperhttp.URL(text)
    assert url.with_params([("c", "1")]) == f"{text}&c=1"
    for peer in HTTPX:
        other = peer.URL(text)
        assert (other.raw_path, other.netloc) == (url.target.encode(), url.authority.encode())


@pytest.mark.parametrize("peer", HTTPX)
def test_parameters_of_httpx_are_passed_as_pairs(peer: ModuleType) -> None:
    says(
        "httpx",
        "`params=httpx.QueryParams(...)`, `get(httpx.URL(...))`",
        "`params=query.multi_items()`, `get(str(url))`",
    )
    params = peer.QueryParams([("a", "1"), ("a", "2")])
    request = Client().build_request("GET", str(peer.URL(API)), params=params.multi_items())
    assert request.url.query == "a=1&a=2"


def test_cookies_of_a_jar_of_the_standard_library_are_passed_by_name() -> None:
    for page in ("httpx", "requests"):
        says(
            page,
            "`cookies=` with a `http.cookiejar.CookieJar`",
            "`cookies={one.name: one.value for one in jar}`; `Cookies.load(path)` reads its files",
        )
    jar = CookieJar()
    with pytest.raises(hyperhttp.ConfigError):
        Client(cookies=anything(jar))
    client = Client(cookies={one.name: str(one.value) for one in jar})
    assert [*client.cookies] == []


@pytest.mark.parametrize("body", [b"x", "x", io.BytesIO(b"x")])
def test_a_body_given_as_a_form_suggests_content(body: object) -> None:
    says("requests", '`data="text"`, `data=b"..."`, `data=file`', "`content=`")
    with pytest.raises(hyperhttp.ConfigError, match="did you mean 'content='") as caught:
        Client().build_request("POST", API, data=anything(body))
    assert caught.value.suggestion == "content="


def names(page: str) -> set[str]:
    """The names in code after the first column of a page's tables: those of hyperhttp."""
    rows = re.findall(r"(?m)^\|.*\|([^|\n]*)\|$", page)
    return {name for row in rows for name in re.findall(r"`([A-Z]\w+)(?:\(|`)", row)}


@pytest.mark.parametrize("page", PAGES)
def test_each_class_that_a_page_recommends_exists(page: str) -> None:
    text = (ROOT / f"docs/migrating/{page}.md").read_text(encoding="utf-8")
    found = names(text) - {"SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPStatus", "Decimal", "SSLContext"}
    found -= {"None", "ValueError", "Path"}
    assert len(found) > 12
    missing = {
        name
        for name in found
        if not any(hasattr(home, name) for home in (hyperhttp, hyperhttp.testing))
    }
    assert missing <= {"AttributeError", "TypeError", "TimeoutError"}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_a_checklist_of_ten_steps(page: str) -> None:
    text = (ROOT / f"docs/migrating/{page}.md").read_text(encoding="utf-8")
    _, _, checklist = text.partition("## Checklist\n")
    assert re.findall(r"(?m)^(\d+)\. ", checklist) == [str(number) for number in range(1, 11)]


def test_the_check_of_names_finds_a_wrong_one() -> None:
    assert names("| `A` | use `Clent(...)` or `Timeout` |") == {"Clent", "Timeout"}
