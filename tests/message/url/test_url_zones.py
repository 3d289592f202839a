"""Zones of IPv6 addresses (RFC 6874): part of the origin, and of nothing that is sent."""

from __future__ import annotations

import pickle

import pytest

from hyperhttp import URL, Request


@pytest.mark.parametrize(
    ("text", "host", "origin"),
    [
        ("http://[fe80::1%25eth0]/a", "fe80::1%eth0", "http://[fe80::1%25eth0]"),
        ("http://[FE80:0::1%25Eth0]:8080/a", "fe80::1%Eth0", "http://[fe80::1%25Eth0]:8080"),
        ("https://[fe80::1%253]:443/a", "fe80::1%3", "https://[fe80::1%253]"),
        ("http://[fe80::1%25wl%40x~1]/a", "fe80::1%wl@x~1", "http://[fe80::1%25wl%40x~1]"),
    ],
)
def test_a_zone_is_part_of_the_origin_only(text: str, host: str, origin: str) -> None:
    url = URL(text)
    assert (url.host, url.origin, str(url)) == (host, origin, f"{origin}/a")
    port = "" if url.port is None else f":{url.port}"
    assert url.authority == f"[fe80::1]{port}"
    assert Request("GET", url).headers["Host"] == url.authority
    assert URL(str(url)) == url == pickle.loads(pickle.dumps(url))
    assert url.copy_with(path="/b").join("/a") == url
    assert URL("http://x/").copy_with(host=url.host).host == host


def test_other_zones_are_other_origins() -> None:
    first, second = URL("http://[fe80::1%25a]/"), URL("http://[fe80::1%25b]/")
    assert first != second
    assert first.origin != second.origin != URL("http://[fe80::1]/").origin
