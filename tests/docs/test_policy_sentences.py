"""What the pages about redirects, cookies and configuration say in words is true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, ClientConfig, Cookies, RedirectConfig, UnknownOption
from hyperhttp._base._generated.bounds import (
    COOKIE_BYTES_MAX,
    COOKIES_MAX,
    COOKIES_PER_DOMAIN_MAX,
)
from tests.docs.snippets import ROOT
from tests.servers.raw import OK, RawServer, replies

if TYPE_CHECKING:
    from pathlib import Path

API = "https://api.example.com"
PAGES = {
    name: " ".join((ROOT / f"docs/guide/{name}.md").read_text(encoding="utf-8").split())
    for name in ("redirects", "cookies", "configuration")
}

staged = [pytest.mark.peer, pytest.mark.usefixtures("on_stage")]


def says(page: str, sentence: str) -> None:
    """The page still says so: a sentence that was changed wants its test changed too."""
    assert " ".join(sentence.split()) in PAGES[page]


class TestRedirects:
    pytestmark = staged

    async def test_history_holds_the_responses_on_the_way(self) -> None:
        says(
            "redirects", "`response.history` contains the redirect responses, the first one first."
        )
        async with Client(follow_redirects=True) as client:
            response = await client.get(f"{API}/redirect/2")
        urls = [str(hop.url) for hop in response.history]
        assert urls == [f"{API}/redirect/2", f"{API}/redirect/1"]

    async def test_a_generator_is_not_sent_again(self) -> None:
        says("redirects", "raises `BodyNotReplayable`, and the next server gets no request.")
        says("redirects", "Bytes, forms, JSON, lists and files can be replayed.")
        moved = b"HTTP/1.1 307 Away\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"
        async with (
            RawServer(replies((b"PUT / ", moved), (b"PUT /next ", OK))) as server,
            Client(follow_redirects=True) as client,
        ):
            with pytest.raises(hyperhttp.BodyNotReplayable):
                await client.put(server.url(), content=(piece for piece in (b"a", b"b")))
            assert b"/next" not in b"".join(server.received)

    @pytest.mark.parametrize("location", [b"ftp://example.com/", b"http://", b"mailto:a@b"])
    async def test_a_location_that_leads_nowhere(self, location: bytes) -> None:
        says("redirects", "An invalid `Location`, or a scheme other than http and https,")
        moved = b"HTTP/1.1 302 Away\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % location
        async with RawServer(replies((b"", moved))) as server, Client() as client:
            with pytest.raises(hyperhttp.BadRedirect):
                await client.get(server.url(), follow_redirects=True)

    async def test_the_snippet_about_the_limit_raises(self) -> None:
        async with Client(follow_redirects=True, max_redirects=0) as client:
            with pytest.raises(hyperhttp.TooManyRedirects) as caught:
                await client.get(f"{API}/old")
        assert caught.value.max_redirects == 0


class TestCookies:
    def test_two_clients_share_no_jar(self) -> None:
        says("cookies", "The client copies the jar that you pass, so two clients never share one.")
        jar = Cookies({"a": "1"})
        one, two = Client(cookies=jar), Client(cookies=jar)
        one.cookies["b"] = "2"
        assert (dict(two.cookies), dict(jar)) == ({"a": "1"}, {"a": "1"})

    def test_values_are_not_shown(self) -> None:
        says("cookies", "Values aren't shown in a repr, a log or an error.")
        jar = Cookies({"a": "hunter2"})
        assert "hunter2" not in f"{jar!r} {jar.entries()!r} {jar}"

    def test_the_bounds_are_those_of_the_code(self) -> None:
        says(
            "cookies",
            f"A jar holds {COOKIES_MAX:,} cookies, {COOKIES_PER_DOMAIN_MAX} for one domain,"
            f" {COOKIE_BYTES_MAX:,} bytes each",
        )

    def test_an_error_names_the_line_and_not_the_value(self, tmp_path: Path) -> None:
        says("cookies", "A file in neither format raises a `ConfigError` that names the line")
        path = tmp_path / "cookies.txt"
        path.write_text("# Netscape HTTP Cookie File\nhunter2\n")
        with pytest.raises(hyperhttp.ConfigError, match="line 2") as caught:
            Cookies.load(path)
        assert "hunter2" not in str(caught.value)


class TestConfiguration:
    def test_every_name_of_the_table_is_one_and_sets_what_it_says(self) -> None:
        rows = re.findall(
            r"\| `(HYPERHTTP_\w+)` \| `([\w.]+)` \| `([^`]+)`", PAGES["configuration"]
        )
        assert len(rows) >= 7
        for name, option, example in rows:
            config = ClientConfig.from_env(environ={name: example})
            assert set(config.diff(ClientConfig())) == {option}, name

    async def test_options_beside_config_count_and_the_rest_stays(self) -> None:
        says("configuration", "Keyword arguments override values from `config=`.")
        config = ClientConfig(redirects=RedirectConfig(follow=True, max_redirects=5))
        moved = b"HTTP/1.1 302 Away\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"
        async with RawServer(replies((b"", moved))) as server:
            async with Client(config=config, max_redirects=0) as client:
                with pytest.raises(hyperhttp.TooManyRedirects) as caught:
                    await client.get(server.url())
        assert caught.value.max_redirects == 0

    def test_a_name_that_is_not_known_is_an_error_with_the_nearest(self) -> None:
        says("configuration", "which is a `ConfigError` and a `TypeError`.")
        with pytest.raises(UnknownOption) as caught:
            ClientConfig.from_env(environ={"HYPERHTTP_TIMEOUT_REED": "5"})
        assert caught.value.suggestion == "HYPERHTTP_TIMEOUT_READ"
        assert isinstance(caught.value, hyperhttp.ConfigError)
        assert isinstance(caught.value, TypeError)

    def test_an_error_says_option_given_and_allowed(self) -> None:
        with pytest.raises(hyperhttp.ConfigError) as caught:
            ClientConfig.from_env(environ={"HYPERHTTP_TIMEOUT_READ": "soon"})
        error = caught.value
        told = [error.option, error.given, error.allowed]
        assert told == ["HYPERHTTP_TIMEOUT_READ", "'soon'", "seconds > 0 or none"]
        for text in (str(error), *told):
            says("configuration", f'# "{text}"')

    def test_passwords_are_masked(self) -> None:
        says("configuration", "Passwords are masked in diffs, reprs, dumps and errors.")
        environ = {"HYPERHTTP_CERT": "client.pem", "HYPERHTTP_CERT_PASSWORD": "hunter2"}
        config = ClientConfig.from_env(environ=environ)
        shown = f"{config!r} {config.diff(ClientConfig())} {config.model_dump_json()}"
        assert "hunter2" not in shown

    def test_another_table_of_a_file_and_another_prefix(self, tmp_path: Path) -> None:
        says("configuration", '`from_toml("pyproject.toml", table="tool.hyperhttp")`')
        path = tmp_path / "pyproject.toml"
        path.write_text("[tool.hyperhttp]\nhttp2 = false\n[tool.other]\nx = 1\n")
        assert not ClientConfig.from_toml(path, table="tool.hyperhttp").http2
        says("configuration", "`prefix=` replaces `HYPERHTTP_`")
        assert not ClientConfig.from_env("APP_", environ={"APP_HTTP2": "false"}).http2
