"""Each program does the same before and after its port, but for differences that its page lists."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, Final

import pytest

from tests.docs.test_migrating import says
from tests.ports import httpx_after, httpx_before, requests_after, requests_before
from tests.ports.service import EXPORT, USERS, service

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from pathlib import Path

    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn

SPACES: Final = ('`params={"q": "a b"}` sends `a+b`', "sends `a%20b`")
CODECS: Final = (
    "`response.encoding` is the charset as it was sent, `iso-8859-1`",
    "the name of Python's codec, `iso8859-1`",
)
DIGEST: Final = (
    "`response.history` has the 401 before digest authentication",
    "only redirects; each exchange reports `AttemptStarted` to `on_event=`",
)

WHEN: Final = ("before", "after")


def difference(
    before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, tuple[object, object]]:
    """The results that differ."""
    assert [*before] == [*after]
    return {name: (old, after[name]) for name, old in before.items() if old != after[name]}


def of_failures(found: dict[str, tuple[object, object]]) -> dict[str, tuple[str, str]]:
    """The failures that differ, one by one."""
    before, after = found.pop("failures")
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert before.keys() == after.keys()
    return {name: (old, after[name]) for name, old in before.items() if old != after[name]}


def ran(program: Coroutine[object, object, dict[str, object]]) -> dict[str, object]:
    return asyncio.run(program)


@pytest.mark.slow
def test_a_program_of_requests(tmp_path: Path) -> None:
    with service() as server:
        before = requests_before.run(server.url, tmp_path)
        after = requests_after.run(server.url, tmp_path)
    assert before["size"] == len(EXPORT)
    found = difference(before, after)
    assert of_failures(found) == {
        "slow": ("no connection", "timeout"),
        "no scheme": ("no scheme", "status 404"),
    }
    assert found == {
        "prepared": (
            ["POST", "/echo?q=a+b&n=1&n=2", {"a": "é"}],
            ["POST", "/echo?q=a%20b&n=1&n=2", {"a": "é"}],
        ),
        "text": (["café", "iso-8859-1"], ["café", "iso8859-1"]),
        "echo": (
            [["Authorization", "Cookie", "User-Agent"], ["lang=en", "session=s-1", "theme=dark"]],
            [["authorization", "cookie", "user-agent"], ["lang=en", "session=s-1", "theme=dark"]],
        ),
        "digest": ([{"digest": True}, [401]], [{"digest": True}, []]),
    }
    for row in (
        SPACES,
        CODECS,
        DIGEST,
        (
            "a read timeout with `HTTPAdapter(max_retries=...)` raises `ConnectionError`",
            "`ReadTimeout`",
        ),
        ('`get("example.com/")` raises `MissingSchema`', "with a `base_url`, a relative URL"),
        (
            "iterating over headers yields names as sent",
            "in lower case; `headers.raw` has them as sent",
        ),
    ):
        says("requests", *row)


@pytest.mark.slow
def test_a_program_of_httpx(tmp_path: Path) -> None:
    with service() as server:
        before = ran(httpx_before.run(server.url, tmp_path))
        after = ran(httpx_after.run(server.url, tmp_path))
    assert before["users"] == [user["name"] for user in USERS]
    found = difference(before, after)
    assert of_failures(found) == {"no URL": ("ConnectError", "InvalidURL")}
    assert found == {
        "text": (
            ["café", "HTTP/1.1", "iso-8859-1", "iso-8859-1"],
            ["café", "HTTP/1.1", "iso8859-1", "iso8859-1"],
        ),
        "digest": ([{"digest": True}, 1], [{"digest": True}, 0]),
    }
    for row in (CODECS, DIGEST, ('`get("http://[")` raises `ConnectError`', "`InvalidURL`")):
        says("httpx", *row)


@pytest.mark.slow
def test_a_program_of_aiohttp(tmp_path: Path) -> None:
    pytest.importorskip("aiohttp", reason="PyPy: multidict has no wheel for it")
    programs = [importlib.import_module(f"tests.ports.aiohttp_{when}") for when in WHEN]
    with service() as server:
        before, after = (ran(program.run(server.url, tmp_path)) for program in programs)
    found = difference(before, after)
    assert of_failures(found) == {
        "JSON as text": ("wrong type", "{'a': 1}"),
        "no URL": ("status 404 Not Found", "no URL"),
    }
    sent = ["Cookie", "User-Agent", "X-Trace"]
    assert found == {
        "text": (["café", "iso8859-1", "iso-8859-1"], ["café", "iso8859-1", "iso8859-1"]),
        "echo": (["/echo?q=a+b&n=1", sent], ["/echo?q=a%20b&n=1", sent]),
    }
    for row in (
        SPACES,
        (
            "content type of JSON",
            "must be `application/json`, or `ContentTypeError`",
            "isn't checked",
        ),
        ('`get("http://")` requests the base URL', "`InvalidURL`"),
        (
            "`response.charset` is the charset as it was sent, `iso-8859-1`",
            "`response.encoding` is the name of Python's codec, `iso8859-1`",
        ),
    ):
        says("aiohttp", *row)


@pytest.mark.peer
@pytest.mark.parametrize("program", [httpx_before.over_tls, httpx_after.over_tls])
def test_both_use_http2_over_tls(
    program: object, hypercorn_server: Hypercorn, certificates: Certificates
) -> None:
    assert callable(program)
    found = asyncio.run(program(hypercorn_server.h2_url("/status/200"), certificates.ca))
    assert found == [200, "HTTP/2"]
    says(
        "httpx",
        "`verify=context`, an `SSLContext`, with `http2=True`",
        'the same, after `context.set_alpn_protocols(["h2", "http/1.1"])`',
    )


def test_a_result_that_differs_is_seen() -> None:
    assert difference({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": (2, 3)}
    with pytest.raises(AssertionError):
        difference({"a": 1}, {"b": 1})
