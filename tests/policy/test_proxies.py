"""Which proxy is chosen: patterns of the caller, and the environment as curl and others read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from hyperhttp import URL, ConfigError, Proxy, ProxyConfig
from hyperhttp._policy.proxies import ProxyRules

if TYPE_CHECKING:
    from hyperhttp import ProxyInput

ONE, TWO, THREE = "http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3"


def chosen(rules: ProxyRules | None, url: str) -> str | None:
    if rules is None:
        return None
    proxy = rules.choose(URL(url)).proxy
    return None if proxy is None else proxy.url


def env(**variables: str) -> ProxyRules | None:
    return ProxyRules.from_env(variables)


# --- patterns ---

PATTERNS: dict[str, str | None] = {
    "all://": ONE,
    "https://": TWO,
    "http://example.com": THREE,
    "all://*.example.com": None,
    "all://deep.example.com:8080": TWO,
    "all://*.deep.example.com": THREE,
    "https://[::1]:8443": None,
    "all://m\u00fcller.example.com": TWO,
}


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://127.0.0.1/", ONE),
        ("https://127.0.0.1/", TWO),
        ("http://example.com/", THREE),
        ("http://example.com:8080/", THREE),
        ("http://EXAMPLE.com./", THREE),
        ("https://example.com/", TWO),
        ("http://a.example.com/", None),
        ("https://b.a.example.com/", None),
        ("http://notexample.com/", ONE),
        ("http://deep.example.com/", None),
        ("http://deep.example.com:8080/", TWO),
        ("http://a.deep.example.com:8080/", THREE),
        ("https://[::1]:8443/", None),
        ("https://[::1]/", TWO),
        ("http://xn--mller-kva.example.com/", TWO),
    ],
)
def test_the_most_precise_pattern_decides(url: str, proxy: str | None) -> None:
    for order in (list(PATTERNS.items()), list(reversed(PATTERNS.items()))):
        assert chosen(ProxyRules.of(dict(order)), url) == proxy


def test_without_a_pattern_that_fits_there_is_no_proxy() -> None:
    rules = ProxyRules.of({"https://": ONE})
    assert rules.choose(URL("http://example.com/")).reason == "no proxy is named for it"
    assert chosen(rules, "http://example.com/") is None


@pytest.mark.parametrize("given", [ONE, URL(ONE), Proxy(ONE), {"all://": ONE}, {"all://*": ONE}])
def test_one_proxy_may_be_given_in_each_way(given: ProxyInput) -> None:
    assert chosen(ProxyRules.of(given), "https://example.com/") == ONE


def test_the_reason_is_told_without_a_password() -> None:
    rules = ProxyRules.of({"all://": "http://ann:hunter2@127.0.0.1:1", "http://": None})
    reason = rules.choose(URL("https://example.com/")).reason
    assert reason == "the pattern 'all://' of the option proxy names http://127.0.0.1:1"
    reason = rules.choose(URL("http://example.com/")).reason
    assert reason == "set by the pattern 'http://' of the option proxy"


@pytest.mark.parametrize(
    "pattern",
    ["", "example.com", "ftp://", "http:/", "http://a b", "all://example.com/path", "all://*.*.x",
     "all://u:hunter2@example.com", "all://example.com:0", "all://example.com:65536"],
)  # fmt: skip
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigError) as caught:
        ProxyRules.of({pattern: ONE})
    assert caught.value.option == "proxy"
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("given", [3, True, b"http://127.0.0.1", ["http://127.0.0.1"], {3: ONE}])
def test_what_is_no_proxy_is_refused(given: object) -> None:
    with pytest.raises(ConfigError, match=r"^invalid proxy: "):
        ProxyRules.of(given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# --- the environment ---


@pytest.mark.parametrize(
    ("variables", "http", "https"),
    [
        ({}, None, None),
        ({"http_proxy": ONE}, ONE, None),
        ({"HTTP_PROXY": ONE}, ONE, None),
        ({"https_proxy": ONE}, None, ONE),
        ({"HTTPS_PROXY": ONE}, None, ONE),
        ({"ALL_PROXY": ONE}, ONE, ONE),
        ({"all_proxy": ONE, "http_proxy": TWO}, TWO, ONE),
        ({"http_proxy": ONE, "HTTP_PROXY": TWO}, ONE, None),
        ({"https_proxy": "", "HTTPS_PROXY": TWO}, None, None),
        ({"http_proxy": " "}, None, None),
        ({"http_proxy": "127.0.0.1:1"}, ONE, None),
        ({"HTTP_PROXY": ONE, "REQUEST_METHOD": "GET"}, None, None),
        ({"http_proxy": ONE, "REQUEST_METHOD": "GET"}, ONE, None),
        ({"HTTPS_PROXY": ONE, "REQUEST_METHOD": "GET"}, None, ONE),
        ({"http_proxy": ONE, "HTTP_PROXY": TWO, "REQUEST_METHOD": "GET"}, ONE, None),
        ({"NO_PROXY": "example.com"}, None, None),
    ],
)
def test_the_variables_of_the_environment(
    variables: dict[str, str], http: str | None, https: str | None
) -> None:
    rules = ProxyRules.from_env(variables)
    assert chosen(rules, "http://example.com/") == http
    assert chosen(rules, "https://example.com/") == https


NO_PROXY = [
    # the name itself and what is below it
    ("example.com", "http://example.com/", True),
    ("example.com", "http://EXAMPLE.com./", True),
    ("EXAMPLE.COM.", "http://example.com/", True),
    ("example.com", "http://a.b.example.com/", True),
    ("example.com", "http://notexample.com/", False),
    ("example.com", "http://example.com.test/", False),
    ("example.com", "http://com/", False),
    # a leading dot: as curl reads it; a star: only what is below
    (".example.com", "http://a.example.com/", True),
    (".example.com", "http://example.com/", True),
    (".example.com", "http://notexample.com/", False),
    ("*.example.com", "http://a.example.com/", True),
    ("*.example.com", "http://example.com/", False),
    # ports
    ("example.com:80", "http://example.com/", True),
    ("example.com:80", "https://example.com/", False),
    ("example.com:443", "https://example.com/", True),
    ("example.com:8080", "http://example.com:8080/", True),
    ("example.com:8080", "http://a.example.com:8080/", True),
    ("example.com:8080", "http://example.com/", False),
    # lists
    ("a.test, example.com", "http://example.com/", True),
    ("a.test example.com", "http://example.com/", True),
    (",,example.com,,", "http://example.com/", True),
    ("a.test,b.test", "http://example.com/", False),
    # all
    ("*", "http://example.com/", True),
    ("a.test,*", "http://127.0.0.1/", True),
    # addresses
    ("127.0.0.1", "http://127.0.0.1:8080/", True),
    ("127.0.0.1", "http://127.0.0.2/", False),
    ("127.0.0.1:8080", "http://127.0.0.1:8080/", True),
    ("127.0.0.1:8080", "http://127.0.0.1/", False),
    ("0.0.1", "http://127.0.0.1/", False),
    ("127.0.0.0/8", "http://127.1.2.3/", True),
    ("127.0.0.1/8", "http://127.1.2.3/", True),
    ("192.0.2.0/24", "http://192.0.3.1/", False),
    ("192.0.2.0/24", "http://example.com/", False),
    ("0.0.0.0/0", "http://192.0.2.1/", True),
    ("0.0.0.0/0", "http://[::1]/", False),
    ("::1", "http://[::1]/", True),
    ("[::1]", "http://[::1]/", True),
    ("[::1]:8080", "http://[::1]:8080/", True),
    ("[::1]:8080", "http://[::1]/", False),
    ("0:0:0:0:0:0:0:1", "http://[::1]/", True),
    ("2001:db8::/32", "http://[2001:db8:1::2]/", True),
    ("2001:db8::/32", "http://[2001:db9::1]/", False),
    # what means nothing is passed over
    ("/", "http://example.com/", False),
    ("192.0.2.0/33", "http://192.0.2.1/", False),
    ("a b:c,example.com", "http://example.com/", True),
    ("http://example.com", "http://example.com/", False),
    ("example.com:http", "http://example.com/", False),
    (".", "http://example.com/", False),
    ("xn--mller-kva.test", "http://m\u00fcller.test/", True),
    ("m\u00fcller.test", "http://m\u00fcller.test/", True),
]


@pytest.mark.parametrize(("no_proxy", "url", "is_direct"), NO_PROXY)
def test_no_proxy(no_proxy: str, url: str, is_direct: bool) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        rules = ProxyRules.from_env({"ALL_PROXY": ONE, name: no_proxy})
        assert chosen(rules, url) == (None if is_direct else ONE)


def test_no_proxy_in_lower_case_comes_first() -> None:
    rules = env(all_proxy=ONE, no_proxy="a.test", NO_PROXY="b.test")
    assert chosen(rules, "http://a.test/") is None
    assert chosen(rules, "http://b.test/") == ONE


@given(st.text(max_size=60), st.sampled_from(["http://example.com/", "https://[::1]:8080/"]))
def test_no_text_in_no_proxy_is_an_error(no_proxy: str, url: str) -> None:
    assert chosen(env(all_proxy=ONE, no_proxy=no_proxy), url) in {None, ONE}


def test_the_reason_names_the_variable_and_the_entry() -> None:
    rules = env(ALL_PROXY="http://ann:hunter2@127.0.0.1:1", NO_PROXY="a.test,b.test")
    assert rules is not None
    assert rules.choose(URL("http://b.test/")).reason == "NO_PROXY has 'b.test'"
    reason = rules.choose(URL("http://example.com/")).reason
    assert reason == "ALL_PROXY names http://127.0.0.1:1"


@pytest.mark.parametrize("value", ["ftp://127.0.0.1", "http://", "http://ann:hunter2@", "a b"])
def test_a_variable_that_is_no_proxy_is_named(value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        env(HTTPS_PROXY=value)
    assert caught.value.option == "HTTPS_PROXY"
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


# --- the configuration's ---


def of_config(url: str | None, bypass: str = "") -> ProxyRules | None:
    secret = None if url is None else SecretStr(url)
    return ProxyRules.of_config(ProxyConfig(url=secret, bypass=bypass))


@pytest.mark.parametrize(
    ("url", "straight"),
    [
        ("http://example.com/", False),
        ("https://api.example.com/", True),
        ("http://127.0.0.1:8080/", True),
        ("http://127.0.0.2/", False),
    ],
)
def test_a_configuration_names_a_proxy_and_what_goes_by_it(url: str, straight: bool) -> None:
    rules = of_config("http://ann:s3cret@127.0.0.1:3128", "api.example.com, 127.0.0.1")
    assert rules is not None
    choice = rules.choose(URL(url))
    assert (choice.proxy is None) is straight
    assert choice.reason.startswith("proxy.bypass has" if straight else "proxy.url names")
    assert "s3cret" not in choice.reason


def test_a_configuration_that_names_no_proxy_says_nothing() -> None:
    assert of_config(None, "example.com") is None


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://:s3cret@", "http://"])
def test_what_is_no_proxy_is_refused_by_its_name_in_the_configuration(url: str) -> None:
    with pytest.raises(ConfigError, match=r"proxy\.url") as caught:
        of_config(url)
    assert "s3cret" not in str(caught.value)
