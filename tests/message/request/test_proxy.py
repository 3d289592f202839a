"""What a proxy may be, and that it never shows its password."""

from __future__ import annotations

import traceback

import pytest

from hyperhttp import URL, ConfigError, InvalidURL, Proxy
from hyperhttp._message.request.proxy import authority_of, host_and_port


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://127.0.0.1:3128", "http://127.0.0.1:3128"),
        ("127.0.0.1:3128", "http://127.0.0.1:3128"),
        ("localhost", "http://localhost:80"),
        (" http://localhost/ ", "http://localhost:80"),
        ("HTTPS://Example.com", "https://example.com:443"),
        ("http://example.com:443", "http://example.com:443"),
        ("https://example.com:80", "https://example.com:80"),
        ("socks5://example.com", "socks5://example.com:1080"),
        ("socks5h://example.com:80", "socks5h://example.com:80"),
        ("socks://example.com/", "socks5h://example.com:1080"),
        ("socks5h://[::1]:443", "socks5h://[::1]:443"),
        ("http://ann:hunter2@example.com:8080", "http://example.com:8080"),
    ],
)
def test_its_url_is_told_with_its_port_and_without_credentials(given: str, url: str) -> None:
    assert Proxy(given).url == url


def test_a_url_will_do() -> None:
    proxy = Proxy(URL("https://ann:hunter2@example.com"))
    assert (proxy.url, proxy.credentials) == ("https://example.com:443", ("ann", "hunter2"))
    assert (proxy.scheme, proxy.host, proxy.port) == ("https", "example.com", 443)
    assert proxy.is_tls
    assert not proxy.is_socks


def test_credentials_are_decoded_or_given_apart() -> None:
    assert Proxy("http://a%40b:c%3Ad@example.com").credentials == ("a@b", "c:d")
    apart = Proxy("http://other:x@example.com", username="a@b", password="c:d")
    assert apart.credentials == ("a@b", "c:d")
    assert apart._secret_fields == b"Proxy-Authorization: Basic YUBiOmM6ZA==\r\n"
    assert Proxy("http://example.com", username="ann").credentials == ("ann", "")
    assert Proxy("http://example.com").credentials is None


def test_headers_go_to_the_proxy_beside_the_credentials_or_instead_of_them() -> None:
    proxy = Proxy("http://ann:x@example.com", headers={"X-Team": "blue"})
    assert proxy._secret_fields == b"X-Team: blue\r\nProxy-Authorization: Basic YW5uOng=\r\n"
    token = {"Proxy-Authorization": "Bearer t"}
    proxy = Proxy("http://ann:x@example.com", headers=token)
    assert proxy._secret_fields == b"Proxy-Authorization: Bearer t\r\n"
    assert token == {"Proxy-Authorization": "Bearer t"}


def test_two_are_the_same_if_they_are_the_same_to_the_proxy() -> None:
    one, other = Proxy("http://ann:x@example.com"), Proxy("http://ann:y@example.com")
    assert one == Proxy("http://example.com:80", username="ann", password="x")
    assert hash(one) == hash(Proxy("http://ann:x@example.com"))
    assert one != other
    assert one != Proxy("http://ann:x@example.com", headers={"a": "b"})
    assert one != "http://ann:x@example.com"


def test_its_password_is_not_shown() -> None:
    proxy = Proxy("http://ann:hunter2@example.com")
    assert repr(proxy) == str(proxy) == "Proxy('http://***@example.com:80')"
    assert repr(Proxy("socks5://example.com")) == "Proxy('socks5://example.com:1080')"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "http://",
        "ftp://example.com",
        "socks4://example.com",
        "http://example.com/path",
        "http://example.com?q",
        "http://example.com#f",
        "http://example.com:0",
        "http://example.com:65536",
        "http://exa mple.com",
        "http://exam\r\nple.com",
        "http://ann:hunter2@",
        "http://ann:hunter2@example.com/x",
        "ann:hunter2@:80",
        "http://ann:hunt\ner2@example.com",
        "http://an%3An:hunter2@example.com",
        "http://ann:hunter2%0d%0a@example.com",
        3,
        None,
        b"http://example.com",
    ],
)
def test_what_is_no_proxy_is_refused_and_no_password_is_shown(given: object) -> None:
    with pytest.raises(ConfigError) as caught:
        Proxy(given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert caught.value.option == "proxy"
    told = "".join(traceback.format_exception_only(caught.value)) + repr(caught.value)
    assert "hunter2" not in told
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "Connection"])
def test_headers_that_frame_the_message_are_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="frame the message"):
        Proxy("http://example.com", headers={name: "1"})


@pytest.mark.parametrize(("user", "password"), [("a" * 256, "x"), ("a", "x" * 256), ("", "x")])
def test_what_socks_cannot_carry_is_refused(user: str, password: str) -> None:
    assert Proxy("http://example.com", username=user, password=password).credentials
    with pytest.raises(ConfigError, match="1 to 255 bytes"):
        Proxy("socks5://example.com", username=user, password=password)


def test_headers_for_a_socks_proxy_are_refused() -> None:
    with pytest.raises(ConfigError, match="HTTP proxy only"):
        Proxy("socks5h://example.com", headers={"a": "b"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("example.com", ("example.com", None)),
        ("Example.COM:80", ("example.com", 80)),
        ("example.com:443", ("example.com", 443)),
        ("[::1]:8080", ("::1", 8080)),
    ],
)
def test_host_and_port(text: str, expected: tuple[str, int | None]) -> None:
    assert host_and_port(text) == expected


@pytest.mark.parametrize("text", ["", "a/b", "u@a", "a#b", "a:b", "::1"])
def test_what_is_more_than_host_and_port_is_refused(text: str) -> None:
    with pytest.raises(InvalidURL):
        host_and_port(text)


def test_addresses_stand_in_brackets() -> None:
    assert authority_of("::1", 443) == "[::1]:443"
    assert authority_of("example.com", 80) == "example.com:80"
