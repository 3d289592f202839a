"""Which servers a client certificate is offered to."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyperhttp import URL, Headers, Request, TLSConfig
from hyperhttp._message.request.request import left_origin, request_of_redirect
from hyperhttp._policy.client_certificate import ClientCertificates, key_offers_certificate
from hyperhttp._policy.redirects import redirected

HOME = URL("https://home.example/api/")
DEFAULT = ClientCertificates(has_default=True, hosts=frozenset())
OF_HOST = ClientCertificates(has_default=False, hosts={"other.example"})
BOTH = ClientCertificates(has_default=True, hosts={"other.example"})
CERT = TLSConfig(cert=Path("client.pem"))


def offers(certificates: ClientCertificates, request: Request, home: URL | None) -> bool:
    key = certificates.key(request.url.origin, request, home)
    assert key.startswith(request.url.origin)
    return key_offers_certificate(key)


@pytest.mark.parametrize(
    ("url", "home", "offered"),
    [
        ("https://other.example/", None, True),
        ("https://home.example/x", HOME, True),
        ("https://home.example:443/x", HOME, True),
        ("https://home.example:8443/x", HOME, False),
        ("https://other.example/", HOME, False),
        ("https://sub.home.example/", HOME, False),
        ("http://other.example/", HOME, True),
    ],
)
def test_a_request_of_the_caller(url: str, home: URL | None, offered: bool) -> None:
    assert offers(DEFAULT, Request("GET", url), home) is offered


@pytest.mark.parametrize("certificates", [OF_HOST, BOTH])
@pytest.mark.parametrize("home", [None, HOME])
@pytest.mark.parametrize(
    "url", ["https://other.example/", "https://other.example:8443/", "https://OTHER.example./"]
)
def test_the_certificate_of_a_host_is_offered_to_it(
    url: str, home: URL | None, certificates: ClientCertificates
) -> None:
    assert offers(certificates, Request("GET", url), home)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("home", [None, HOME])
@pytest.mark.parametrize("certificates", [DEFAULT, BOTH])
def test_a_redirect_to_another_origin_and_what_follows_it(
    status: int, home: URL | None, certificates: ClientCertificates
) -> None:
    first = Request("GET", "https://home.example/a")
    same = redirected(first, status, "/b")
    assert offers(certificates, same, home)
    other = redirected(same, status, "https://other.example/")
    assert not offers(certificates, other, home)
    assert not offers(certificates, redirected(other, status, "/c"), home)
    assert not offers(certificates, redirected(other, status, "https://home.example/d"), home)


def test_without_a_default_other_hosts_need_no_separate_connections() -> None:
    request = Request("GET", "https://home.example/")
    assert OF_HOST.key("https://home.example", request, None) == "https://home.example"


def test_headers_of_a_request_do_not_change_its_origin() -> None:
    first = Request("GET", "https://home.example/a", headers={"Host": "other.example"})
    assert not left_origin(first)
    assert not left_origin(request_of_redirect(first, "GET", first.url, Headers(), None))


@pytest.mark.parametrize(
    ("tls", "hosts", "expected"),
    [
        (TLSConfig(), {}, None),
        (TLSConfig(), {"other.example": TLSConfig(min_version="TLSv1.3")}, None),
        (CERT, {}, DEFAULT),
        (TLSConfig(), {"other.example": CERT}, OF_HOST),
        (CERT, {"other.example": TLSConfig()}, BOTH),
    ],
)
def test_only_certificates_matter(
    tls: TLSConfig, hosts: dict[str, TLSConfig], expected: ClientCertificates | None
) -> None:
    assert ClientCertificates.of(tls, hosts) == expected
