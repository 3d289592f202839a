"""The names of secrets: in any case, percent-encoded, nested, and those that users add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp import URL, Headers, ReadError, Request
from hyperhttp._base._generated.errors import in_context
from hyperhttp._base._generated.headers import SENSITIVE, SENSITIVE_PARAMETERS
from hyperhttp._base.sensitive import (
    is_sensitive_header,
    is_sensitive_parameter,
    mask_parameters,
    sensitive_headers,
)

if TYPE_CHECKING:
    pass


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("https://a.example/?q=1&sig=abc#top", "https://a.example/?q=1&sig=***#top"),
        (
            "https://a.example/?X-Amz-Signature=abc&a=b",
            "https://a.example/?X-Amz-Signature=***&a=b",
        ),
        ("https://a.example/?SIG=abc", "https://a.example/?SIG=***"),
        ("https://a.example/?s%69g=abc", "https://a.example/?s%69g=***"),
        ("https://a.example/?user[password]=abc", "https://a.example/?user[password]=***"),
        ("https://a.example/?user%5Bpassword%5D=a", "https://a.example/?user%5Bpassword%5D=***"),
        ("https://a.example/?token[]=a&token[]=b", "https://a.example/?token[]=***&token[]=***"),
        ("https://a.example/#access_token=abc&x=1", "https://a.example/#access_token=***&x=1"),
        ("https://a.example/?sig=a=b==", "https://a.example/?sig=***"),
        ("cannot get https://a.example/?sig=abc: no", "cannot get https://a.example/?sig=*** no"),
        ("<https://a.example/?sig=abc>; rel=next", "<https://a.example/?sig=***>; rel=next"),
        ("two ?sig=a and ?sig=b", "two ?sig=*** and ?sig=***"),
        ("https://a.example/?sig=", "https://a.example/?sig="),
        ("https://a.example/?design=abc", "https://a.example/?design=abc"),
        ("https://a.example/sig=abc", "https://a.example/sig=abc"),
        ("sig=abc", "sig=abc"),
        ("", ""),
        ("?" + "x" * 5000 + "=1", "?" + "x" * 5000 + "=1"),
    ],
)
def test_values_of_sensitive_parameters_are_masked(text: str, masked: str) -> None:
    assert mask_parameters(text) == masked


@pytest.mark.parametrize("name", sorted(SENSITIVE_PARAMETERS))
def test_no_text_for_people_has_a_secret_of_the_query(name: str) -> None:
    url = URL(f"https://example.com/p?a=1&{name.upper()}=s3cret&b=2")
    request = Request("GET", url, headers={"Referer": str(url), "Location": str(url)})
    error = in_context(ReadError(detail=f"from {url}"), request=request)
    for text in (repr(url), url.display, repr(request), request.to_curl(), repr(request.headers)):
        assert "s3cret" not in text
    for text in (str(error), repr(error), error.explain()):
        assert "s3cret" not in text
    assert "s3cret" in str(url)
    assert "s3cret" in url.target


@pytest.mark.parametrize("name", sorted(SENSITIVE))
def test_no_text_for_people_has_a_secret_header(name: str) -> None:
    request = Request("GET", "https://example.com/", headers={name.title(): "s3cret"})
    assert "s3cret" not in request.to_curl() + repr(request.headers) + repr(request)
    assert is_sensitive_header(name)


@pytest.mark.usefixtures("sensitive_name")
def test_names_that_a_user_adds_count_everywhere() -> None:
    assert is_sensitive_header("x-org-token")
    assert is_sensitive_parameter("ORG_SIG")
    assert {"x-org-token", "authorization"} <= {*sensitive_headers()}
    request = Request(
        "GET", "https://example.com/?org_sig=s3cret", headers={"X-Org-Token": "s3cret"}
    )
    assert "s3cret" not in request.to_curl() + repr(request) + repr(request.headers)
    assert "s3cret" not in repr(Headers({"x-ORG-token": "s3cret"}))


def test_other_names_are_shown() -> None:
    assert not is_sensitive_header("x-org-token")
    assert not is_sensitive_parameter("org_sig")
    assert {*sensitive_headers()} == SENSITIVE
