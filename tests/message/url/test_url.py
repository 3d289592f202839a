"""The URL value: how it compares, shows itself, joins, and takes parameters."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import InvalidURL
from hyperhttp._message.url.url import URL, base_join, reference_from_wire

FULL = "https://user:p%40ss@example.com:8443/a/b?x=1&y=&x=2#top"


def test_every_part_is_there() -> None:
    url = URL(FULL)
    assert (url.scheme, url.host, url.port, url.effective_port) == (
        "https",
        "example.com",
        8443,
        8443,
    )
    assert (url.path, url.query, url.fragment) == ("/a/b", "x=1&y=&x=2", "top")
    assert (url.userinfo, url.credentials) == ("user:p%40ss", ("user", "p@ss"))
    assert (url.origin, url.authority) == ("https://example.com:8443", "example.com:8443")
    assert (url.target, url.is_tls) == ("/a/b?x=1&y=&x=2", True)
    assert url.params == (("x", "1"), ("y", ""), ("x", "2"))


def test_a_default_port_is_no_port() -> None:
    url = URL("http://example.com:80")
    assert (url.port, url.effective_port, url.authority) == (None, 80, "example.com")
    assert (url.userinfo, url.credentials, url.params) == ("", None, ())


def test_an_ipv6_host_has_brackets_where_a_port_could_follow() -> None:
    url = URL("http://[::1]:8080/")
    assert (url.host, url.authority, url.origin) == ("::1", "[::1]:8080", "http://[::1]:8080")


def test_the_same_text_is_parsed_once() -> None:
    assert URL("https://example.com/once") is URL("https://example.com/once")
    url = URL(FULL)
    assert URL(url) is url
    long = "https://example.com/" + "a" * 4000
    assert URL(long) is not URL(long)
    assert URL(long) == URL(long)


def test_user_and_password_are_not_kept_in_a_cache() -> None:
    url = "https://user:secret@example.com/"
    assert URL(url) is not URL(url)
    assert URL(url) == URL(url)
    for base, relative in ((URL(url), "a"), (URL("https://example.com/"), url)):
        assert base_join(base, relative) is not base_join(base, relative)


class Text(str):
    """A subclass of str, as a lazy translation or an Enum would be."""

    __slots__ = ()

    def __str__(self) -> str:
        return "something else"


def test_a_subclass_of_str_is_its_text() -> None:
    assert URL(Text("https://example.com/")).host == "example.com"


@pytest.mark.parametrize("given", [None, 5, b"https://example.com/", ["https://example.com/"], {}])
def test_what_is_no_text_is_no_url(given: str) -> None:
    with pytest.raises(InvalidURL, match=r"str or hyperhttp\.URL"):
        URL(given)
    with pytest.raises(InvalidURL):
        URL(given)
    with pytest.raises(InvalidURL):
        URL(FULL).join(given)
    with pytest.raises(InvalidURL):
        base_join(URL(FULL), given)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com", "https://EXAMPLE.com:443/"),
        ("https://example.com/a/../b", "https://example.com/b"),
        ("https://example.com/ü", "https://example.com/%C3%BC"),
        ("https://example.com/#", "https://example.com/"),
    ],
)
def test_urls_that_mean_the_same_are_equal(one: str, other: str) -> None:
    assert URL(one) == URL(other)
    assert URL(one) == other
    assert hash(URL(one)) == hash(URL(other)) == hash(str(URL(one)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/", "http://example.com/"),
        ("https://example.com/", "https://example.com/?"),
        ("https://example.com/a", "https://example.com/a/"),
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/#a", "https://example.com/#b"),
        ("https://user@example.com/", "https://example.com/"),
        ("https://example.com/", "no url at all"),
    ],
)
def test_urls_that_differ_are_not_equal(one: str, other: str) -> None:
    assert URL(one) != other
    assert (URL(one) == object()) is False


def test_a_password_is_never_shown() -> None:
    url = URL(FULL)
    assert str(url) == "https://example.com:8443/a/b?x=1&y=&x=2#top"
    assert repr(url) == f"URL('{url.display}')"
    assert url.display == "https://***@example.com:8443/a/b?x=1&y=&x=2#top"
    assert url.without_userinfo().display == str(url)
    assert url.without_userinfo().without_userinfo() == str(url)


@pytest.mark.parametrize("name", ["path", "host", "anything"])
def test_a_url_cannot_be_changed(name: str) -> None:
    url = URL(FULL)
    with pytest.raises(AttributeError, match="copy_with"):
        setattr(url, name, "/x")
    with pytest.raises(AttributeError, match="copy_with"):
        delattr(url, name)
    assert url == FULL


@pytest.mark.parametrize("text", [FULL, "http://[::1]/", "https://example.com/?"])
def test_a_url_survives_pickle_and_copy(text: str) -> None:
    url = URL(text)
    assert pickle.loads(pickle.dumps(url)) == url
    assert copy.copy(url) is url
    assert copy.deepcopy(url) is url


def test_joining_follows_a_link() -> None:
    base = URL("https://user:pw@example.com/a/b?q#f")
    assert str(base.join("../c")) == "https://example.com/c"
    assert base.join("c").userinfo == "user:pw"
    assert base.join("//api.example.com").userinfo == ""
    full = URL(FULL)
    assert base.join(full) is full
    assert base.join("http://example.com:81/").port == 81
    with pytest.raises(InvalidURL):
        base.join("mailto:x")


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({"scheme": "HTTP"}, "http://example.com:8443/a?b#c"),
        ({"host": "API.example.com"}, "https://api.example.com:8443/a?b#c"),
        ({"host": "::1"}, "https://[::1]:8443/a?b#c"),
        ({"host": "[::1]"}, "https://[::1]:8443/a?b#c"),
        ({"port": None}, "https://example.com/a?b#c"),
        ({"port": 443}, "https://example.com/a?b#c"),
        ({"scheme": "http", "port": 80}, "http://example.com/a?b#c"),
        ({"path": "x/../y z"}, "https://example.com:8443/y%20z?b#c"),
        ({"path": "/a?b#c"}, "https://example.com:8443/a%3Fb%23c?b#c"),
        ({"path": ""}, "https://example.com:8443/?b#c"),
        ({"query": "x=ü"}, "https://example.com:8443/a?x=%C3%BC#c"),
        ({"query": None}, "https://example.com:8443/a#c"),
        ({"query": ""}, "https://example.com:8443/a#c"),
        ({"fragment": ""}, "https://example.com:8443/a?b"),
        ({"userinfo": "a b:c"}, "https://example.com:8443/a?b#c"),
        ({}, "https://example.com:8443/a?b#c"),
    ],
)
def test_parts_can_be_replaced(change: dict[str, Any], result: str) -> None:
    url = URL("https://example.com:8443/a?b#c")
    assert str(url.copy_with(**change)) == result


@pytest.mark.parametrize(
    "change",
    [
        {"scheme": "ftp"},
        {"scheme": ""},
        {"host": ""},
        {"host": "a/b"},
        {"host": "a@b"},
        {"host": "a:80"},
        {"host": "a\r\n"},
        {"host": 5},
        {"port": 0},
        {"port": 65_536},
        {"port": -1},
        {"port": True},
        {"port": "80 "},
        {"path": "/a\r\nb"},
        {"path": "/a\\b"},
        {"path": None},
        {"query": "\x00"},
        {"query": "\ud800"},
        {"query": "a" * 70_000},
        {"fragment": "\n"},
        {"userinfo": "a\nb"},
        {"userinfo": b"a"},
    ],
)
def test_a_replaced_part_is_checked(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidURL):
        URL("https://example.com/").copy_with(**change)


def test_params_are_appended_to_the_query_as_it_was_written() -> None:
    url = URL("https://example.com/?a=%7e&b#f")
    assert str(url.with_params([("c", "x y"), ("d", "ü&=")])) == (
        "https://example.com/?a=%7e&b&c=x%20y&d=%C3%BC%26%3D#f"
    )
    assert url.with_params([]) is url
    assert URL("https://example.com/?").with_params([]).target == "/?"
    with pytest.raises(InvalidURL, match="longer"):
        url.with_params([("a", "b" * 70_000)])


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=4))
def test_params_come_out_as_they_went_in(pairs: list[tuple[str, str]]) -> None:
    try:
        url = URL("https://example.com/").with_params(pairs)
    except UnicodeEncodeError:  # surrogates are refused earlier, by encode_params
        return
    assert url.params == tuple(pairs)
    assert URL(str(url)) == url


@pytest.mark.parametrize(
    ("base", "relative", "result"),
    [
        ("https://example.com", "users", "https://example.com/users"),
        ("https://example.com", "/users", "https://example.com/users"),
        ("https://example.com/v1", "users", "https://example.com/v1/users"),
        ("https://example.com/v1/", "/users", "https://example.com/v1/users"),
        ("https://example.com/v1/", "users/", "https://example.com/v1/users/"),
        ("https://example.com/v1", "", "https://example.com/v1"),
        ("https://example.com/v1/", "", "https://example.com/v1/"),
        ("https://example.com/v1", "/", "https://example.com/v1/"),
        ("https://example.com/v1", "?page=2", "https://example.com/v1?page=2"),
        ("https://example.com/v1", "#top", "https://example.com/v1#top"),
        ("https://example.com/v1#old", "a", "https://example.com/v1/a"),
        ("https://example.com/?k=1", "users?page=2", "https://example.com/users?k=1&page=2"),
        ("https://example.com/?k=1", "users", "https://example.com/users?k=1"),
        ("https://example.com/v1", "../v2", "https://example.com/v2"),
        ("https://example.com/v1", "items:search", "https://example.com/v1/items:search"),
        ("https://example.com/v1", "a b/ü", "https://example.com/v1/a%20b/%C3%BC"),
        ("https://example.com/v1", "a?b?c#d#e", "https://example.com/v1/a?b?c#d%23e"),
        ("https://example.com/v1", "https://api.example.com/", "https://api.example.com/"),
        ("https://example.com/v1", "HTTP://api.example.com", "http://api.example.com/"),
        ("https://example.com//v1", "a", "https://example.com//v1/a"),
    ],
)
def test_base_url_joins_as_its_table_says(base: str, relative: str, result: str) -> None:
    joined = base_join(URL(base), relative)
    assert str(joined) == result
    assert base_join(URL(base), relative) is joined or len(relative) > 2000


@pytest.mark.parametrize(
    "relative",
    [
        "//api.example.com/",
        "/\\api.example.com/",
        "\\\\api.example.com/",
        "\\/api.example.com/",
        "ftp://api.example.com/",
        "http:users",
        "https:/users",
        "users\r\nHost: x",
        " users",
        "users\t",
        "a\\b",
        "\ud800",
        "x" * 70_000,
    ],
)
def test_what_would_leave_the_base_silently_is_refused(relative: str) -> None:
    with pytest.raises(InvalidURL):
        base_join(URL("https://example.com/v1"), relative)


def test_a_base_keeps_its_user_and_password() -> None:
    base = URL("https://user:pw@example.com/v1")
    assert base_join(base, "a").userinfo == "user:pw"
    assert base_join(base, "https://example.com/").userinfo == ""


def test_a_long_path_is_joined_without_the_cache() -> None:
    long = "a" * 3000
    assert base_join(URL("https://example.com/v1"), long).path == f"/v1/{long}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("/plain", "/plain"),
        ("/caf\u00c3\u00a9", "/caf\u00e9"),
        ("/caf\u00e9", "/caf\u00e9"),
    ],
)
def test_a_location_in_utf_8_or_latin_1_is_read(value: str, text: str) -> None:
    assert reference_from_wire(value) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("https://example.com/?token=abc&page=2", "https://example.com/?token=***&page=2"),
        ("https://example.com/a#access_token=abc", "https://example.com/a#access_token=***"),
        ("https://ann:pw@example.com/?sig=x", "https://example.com/?sig=***"),
    ],
)
def test_a_url_without_secrets_can_be_logged(text: str, masked: str) -> None:
    assert str(URL(text).without_secrets()) == masked
    assert str(URL(text).without_secrets().without_secrets()) == masked


def test_a_url_that_has_no_secrets_stays_itself() -> None:
    url = URL("https://example.com/?page=2")
    assert url.without_secrets() is url
