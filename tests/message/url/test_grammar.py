"""The grammar of URLs: tables of good and bad, and the fast way against the slow one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hyperhttp._base._generated.bounds import URL_CHARS_MAX
from hyperhttp._base._generated.errors import InvalidURL
from hyperhttp._message.url.grammar import (
    URLParts,
    check_part,
    encode_path,
    encode_query,
    encode_userinfo,
    invalid,
    masked,
    read_fast,
    read_host,
    read_port,
    read_reference,
    read_slow,
)

PARTS = tuple(URLParts.__slots__)


def facts(parts: URLParts) -> dict[str, object]:
    return {name: getattr(parts, name) for name in PARTS}


@pytest.mark.parametrize(
    ("text", "origin", "target"),
    [
        ("http://example.com", "http://example.com", "/"),
        ("HTTP://EXAMPLE.com/", "http://example.com", "/"),
        ("https://example.com:443/", "https://example.com", "/"),
        ("https://example.com:/", "https://example.com", "/"),
        ("https://example.com:00080/", "https://example.com:80", "/"),
        ("http://example.com:65535/", "http://example.com:65535", "/"),
        ("http://example.com./", "http://example.com.", "/"),
        ("http://under_score.example.com/", "http://under_score.example.com", "/"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080", "/"),
        ("http://[::1]/", "http://[::1]", "/"),
        ("http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080", "/"),
        ("http://[2001:DB8::A]/", "http://[2001:db8::a]", "/"),
        ("http://bücher.example.com/", "http://xn--bcher-kva.example.com", "/"),
        ("http://BÜCHER.example.com/", "http://xn--bcher-kva.example.com", "/"),
        ("http://example。com/", "http://example.com", "/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1", "/"),
        ("http://xn--bcher-kva.example.com/", "http://xn--bcher-kva.example.com", "/"),
        ("http://example.com?a=1", "http://example.com", "/?a=1"),
        ("http://example.com#f", "http://example.com", "/"),
        ("http://example.com/?", "http://example.com", "/?"),
        ("http://example.com/a;b=1/c", "http://example.com", "/a;b=1/c"),
        ("http://example.com/a b", "http://example.com", "/a%20b"),
        ("http://example.com/ü?ü", "http://example.com", "/%C3%BC?%C3%BC"),
        ("http://example.com/😀", "http://example.com", "/%F0%9F%98%80"),
        ("http://example.com/%7e%2F%zz%", "http://example.com", "/%7e%2F%25zz%25"),
        ('http://example.com/"<>^`{|}', "http://example.com", "/%22%3C%3E%5E%60%7B%7C%7D"),
        ("http://example.com/?f[a]=\\", "http://example.com", "/?f[a]=%5C"),
        ("http://example.com/a/./b/../c", "http://example.com", "/a/c"),
        ("http://example.com/../../a", "http://example.com", "/a"),
        ("http://example.com/a/..", "http://example.com", "/"),
        ("http://example.com/a/.", "http://example.com", "/a/"),
        ("http://example.com/a//../b", "http://example.com", "/a/b"),
        ("http://example.com/...", "http://example.com", "/..."),
        ("http://example.com/?a/../b", "http://example.com", "/?a/../b"),
        ("http://user:pw@example.com/", "http://example.com", "/"),
        ("http://@example.com/", "http://example.com", "/"),
    ],
)
def test_a_good_url_is_normalised(text: str, origin: str, target: str) -> None:
    parts = read_slow(text)
    assert (parts.origin, parts.target) == (origin, target)
    fast = read_fast(text)
    assert fast is None or facts(fast) == facts(parts)


BAD = [
    ("", "host in front"),
    ("example.com", "host in front"),
    ("/path", "host in front"),
    ("//example.com/", "host in front"),
    ("localhost:8080", "host in front"),
    ("mailto:someone@example.com", "host in front"),
    ("http:/example.com", "host in front"),
    ("ftp://example.com/", "http or https"),
    ("javascript://example.com/", "http or https"),
    ("http:///path", "no host"),
    ("http://:80/", "no host"),
    ("http://user@/", "no host"),
    ("http://exa mple.com/", "labels"),
    ("http://exam%70le.com/", "labels"),
    ("http://a..example.com/", "labels"),
    ("http://.example.com/", "labels"),
    ("http://example.com../", "labels"),
    (f"http://{'a' * 64}.example.com/", "labels"),
    (f"http://{'a.' * 127}com/", "labels"),
    ("http://exa!mple.com/", "labels"),
    ("http://127.1/", "IPv4"),
    ("http://2130706433/", "IPv4"),
    ("http://0x7f.0.0.1/", "IPv4"),
    ("http://0177.0.0.1/", "IPv4"),
    ("http://256.0.0.1/", "IPv4"),
    ("http://1.2.3.4.5/", "IPv4"),
    ("http://127.0.0.1./", "IPv4"),
    ("http://[::1/", "between"),
    ("http://[::1]x/", "between"),
    ("http://[]/", "IPv6"),
    ("http://[::1%eth0]/", "zone"),
    ("http://[::1%]/", "zone"),
    ("http://[::1%25]/", "zone"),
    ("http://[::1%25a b]/", "zone"),
    ("http://[::1%25a/b]/", "between"),
    ("http://[::1%25a%2Fb]/", "zone"),
    ("http://[::1%25a%25b]/", "zone"),
    ("http://[::1%25a%00]/", "zone"),
    ("http://[::1%25a%0D%0A]/", "zone"),
    ("http://[::1%25a%5D]/", "zone"),
    ("http://[::1%25é]/", "zone"),
    ("http://[::1%25" + "a" * 64 + "]/", "zone"),
    ("http://[127.0.0.1%25lo]/", "IPv6"),
    ("http://127.0.0.1%25lo/", "labels"),
    ("http://[127.0.0.1]/", "IPv6"),
    ("http://[v1.x]/", "IPv6"),
    ("http://::1/", "labels|port|no host"),
    ("http://☃.example.com/", "IDNA"),
    ("http://xn--ü.example.com/", "IDNA"),
    ("http://example.com:0/", "1 to 65535"),
    ("http://example.com:65536/", "1 to 65535"),
    ("http://example.com:-1/", "1 to 65535"),
    ("http://example.com:8_0/", "1 to 65535"),
    ("http://example.com:٨٠/", "1 to 65535"),
    ("http://example.com:80:80/", "1 to 65535"),
    ("http://example.com:" + "9" * 5000 + "/", "1 to 65535"),
    ("http://a@b@example.com/", "more than one"),
    ("http://example.com\\@api.example.com/", "backslash"),
    ("http://example.com\\path", "backslash"),
    ("http://example.com/a\\b", "backslash"),
    ("http://example.com/\n", "control"),
    ("http://exam\tple.com/", "control"),
    ("http://example.com/\x00", "control"),
    ("http://example.com/?\x7f", "control"),
    ("ht\ttp://example.com/", "control"),
    (" http://example.com/", "white space"),
    ("http://example.com/ ", "white space"),
    ("http://example.com/\u3000", "white space"),
    ("http://example.com/\ud800", "surrogate"),
    ("http://example.com/" + "a" * URL_CHARS_MAX, "longer"),
]


@pytest.mark.parametrize(("text", "reason"), BAD, ids=[ascii(text[:40]) for text, _ in BAD])
def test_a_bad_url_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert read_fast(text) is None
    with pytest.raises(InvalidURL, match=reason):
        read_slow(text)


CHARACTERS = "ab01.:/?#@%[]-_~!$&'()*+,;= \\ü\u2028Z2F5"


@given(
    st.one_of(
        st.from_regex(r"\Ahttps?://[a-z0-9._-]{1,12}(:[0-9]{0,6})?(/[ -~]{0,12})?\Z"),
        st.text(alphabet=CHARACTERS, max_size=20).map("http://example.com".__add__),
        st.text(alphabet=CHARACTERS, max_size=20).map("https://".__add__),
    )
)
@example("http://example.com:80/")
@example("https://127.0.0.1:80/?#")
@example("http://1.2.3.4.a/%41?%5A#%5a")
def test_where_the_fast_way_accepts_the_slow_way_gives_the_same(text: str) -> None:
    fast = read_fast(text)
    if fast is not None:
        assert facts(fast) == facts(read_slow(text))


@pytest.mark.parametrize(
    "text",
    [
        "http://localhost",
        "http://127.0.0.1:8080/a",
        "https://example.com/search?q=1&r=a%20b#top",
        "https://api.example.com:8443/v1/items;x=1/a,b@c:d?f=(1)'!*$+~",
    ],
)
def test_ordinary_urls_take_the_fast_way(text: str) -> None:
    assert read_fast(text) is not None


@given(st.text(alphabet=CHARACTERS, max_size=24))
def test_what_is_accepted_is_accepted_again_as_it_came_out(text: str) -> None:
    try:
        parts = read_slow(f"http://example.com/{text}")
    except InvalidURL:
        return
    query = "" if parts.target == parts.path else f"?{parts.query}"
    again = read_slow(f"{parts.origin}{parts.path}{query}#{parts.fragment}")
    assert facts(again) == facts(parts)
    assert all(33 <= ord(character) < 127 for character in parts.target)


BASE = "http://a/b/c/d;p?q"
# RFC 3986 5.4.1 and 5.4.2; an authority without a path gets its "/".
NORMAL = {
    "g": "http://a/b/c/g",
    "./g": "http://a/b/c/g",
    "g/": "http://a/b/c/g/",
    "/g": "http://a/g",
    "//g": "http://g/",
    "?y": "http://a/b/c/d;p?y",
    "g?y": "http://a/b/c/g?y",
    "#s": "http://a/b/c/d;p?q#s",
    "g#s": "http://a/b/c/g#s",
    "g?y#s": "http://a/b/c/g?y#s",
    ";x": "http://a/b/c/;x",
    "g;x": "http://a/b/c/g;x",
    "g;x?y#s": "http://a/b/c/g;x?y#s",
    "": "http://a/b/c/d;p?q",
    ".": "http://a/b/c/",
    "./": "http://a/b/c/",
    "..": "http://a/b/",
    "../": "http://a/b/",
    "../g": "http://a/b/g",
    "../..": "http://a/",
    "../../": "http://a/",
    "../../g": "http://a/g",
    "../../../g": "http://a/g",
    "../../../../g": "http://a/g",
    "/./g": "http://a/g",
    "/../g": "http://a/g",
    "g.": "http://a/b/c/g.",
    ".g": "http://a/b/c/.g",
    "g..": "http://a/b/c/g..",
    "..g": "http://a/b/c/..g",
    "./../g": "http://a/b/g",
    "./g/.": "http://a/b/c/g/",
    "g/./h": "http://a/b/c/g/h",
    "g/../h": "http://a/b/c/h",
    "g;x=1/./y": "http://a/b/c/g;x=1/y",
    "g;x=1/../y": "http://a/b/c/y",
    "g?y/./x": "http://a/b/c/g?y/./x",
    "g?y/../x": "http://a/b/c/g?y/../x",
    "g#s/./x": "http://a/b/c/g#s/./x",
    "g#s/../x": "http://a/b/c/g#s/../x",
}


@pytest.mark.parametrize(("reference", "target"), NORMAL.items())
def test_references_resolve_as_in_rfc_3986(reference: str, target: str) -> None:
    parts = read_reference(read_slow(BASE), reference)
    assert facts(parts) == facts(read_slow(target))


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("g:h", "host in front"),
        ("http:g", "host in front"),
        ("mailto:x", "host in front"),
        ("ftp://example.com/", "http or https"),
        ("//", "no host"),
        ("//a b/", "labels"),
        ("/\\example.com", "backslash"),
        ("\\\\example.com", "backslash"),
        ("g\n", "control"),
        (" g", "white space"),
    ],
)
def test_a_bad_reference_is_refused(reference: str, reason: str) -> None:
    with pytest.raises(InvalidURL, match=reason):
        read_reference(read_slow(BASE), reference)


def test_a_reference_keeps_user_and_password_of_its_own_host_only() -> None:
    base = read_slow("http://user:pw@example.com/a")
    assert read_reference(base, "b").userinfo == "user:pw"
    assert read_reference(base, "//api.example.com/").userinfo == ""


def test_an_empty_query_of_the_base_stays_a_question_mark() -> None:
    assert read_reference(read_slow("http://example.com/a?"), "").target == "/a?"
    assert read_reference(read_slow("http://example.com/a"), "?").target == "/a?"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:pw@example.com/", "https://***@example.com/"),
        ("https://user:p#w@example.com/", "https://***@example.com/"),
        ("https://user:p/w@example.com/a@b", "https://***@b"),
        ("user:pw@example.com", "***@example.com"),
        ("//user:pw@example.com", "//***@example.com"),
        ("https://user:p\nw@example.com", "https://***@example.com"),
        ("https://example.com/a", "https://example.com/a"),
    ],
)
def test_masking_hides_whatever_could_be_a_password(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert "pw" not in str(invalid(text, "because"))


def test_an_error_shows_no_endless_text() -> None:
    assert len(str(invalid("x" * 10_000, "because"))) < 300


def test_parts_are_encoded_by_their_own_rules() -> None:
    assert encode_path("/a?#", "") == "/a%3F%23"
    assert encode_path("", "") == "/"
    assert encode_query("a?/#[]") == "a?/%23[]"
    assert encode_userinfo("u:p@/w") == "u:p%40%2Fw"


def test_hosts_and_ports_have_one_form() -> None:
    assert read_host("EXAMPLE.com", "") == "example.com"
    assert read_host("[::A]", "") == "::a"
    assert read_port("", "") is None
    assert read_port("080", "") == 80


@pytest.mark.parametrize("part", [None, 5, b"a", "a\r\n", "\ud800"])
def test_a_part_that_no_url_can_have_is_refused(part: object) -> None:
    with pytest.raises(InvalidURL):
        check_part(part, "text")
    assert check_part("ok", "text") == "ok"
