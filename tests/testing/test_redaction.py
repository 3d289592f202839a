"""Bodies on a tape: forms and JSON lose their secrets, all others stay as they are."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest

from hyperhttp import Headers
from hyperhttp._base.sensitive import is_sensitive_member, is_sensitive_parameter
from hyperhttp.testing._redaction import without_secrets

FORM, JSON = "application/x-www-form-urlencoded", "application/json; charset=utf-8"


if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def redacted(body: bytes, kind: str, **fields: str) -> bytes:
    headers = Headers({"Content-Type": kind, **fields})
    return without_secrets(body, headers, is_sensitive_parameter, is_sensitive_member)[0]


@pytest.mark.parametrize(
    ("kind", "body", "kept"),
    [
        (FORM, b"a=1&Client_Secret=s3cret", b"a=1&Client_Secret=%5Bredacted%5D"),
        (FORM, b"password=s3cret&b=", b"password=%5Bredacted%5D&b="),
        (JSON, b'{"access_token": "s3cret", "n": 1}', b'{"access_token": "[redacted]", "n": 1}'),
        (JSON, b'[{"a": {"PASSWORD": "s3cret"}}]', b'[{"a": {"PASSWORD": "[redacted]"}}]'),
        ("application/problem+json", b'{"token": 5}', b'{"token": "[redacted]"}'),
    ],
)
def test_secrets_are_replaced_by_name(kind: str, body: bytes, kept: bytes) -> None:
    assert redacted(body, kind) == kept


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (JSON, b'{"code":  404, "key": "k", "message": "no"}'),
        (JSON, b'{"token":  null, "password": "", "secret": {"a": []}}'),
        (JSON, b'{"token": '),
        (JSON, b"[" * 100_000),
        (JSON, b"\xff"),
        (FORM, b"\xff=1&password=x"),
        (FORM, b"a=1&b=2"),
        ("text/plain", b"password=s3cret"),
        ("", b"password=s3cret"),
        (JSON, b""),
    ],
)
def test_other_bodies_stay_byte_by_byte(kind: str, body: bytes) -> None:
    assert redacted(body, kind) == body


SECRET = b'{"token": "s3cret"}'


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(SECRET)),
        ("deflate", zlib.compress(SECRET)),
        ("br", brotli.compress(SECRET)),
        ("zstd", zstd.compress(SECRET)),
        ("deflate, GZIP", gzip.compress(zlib.compress(SECRET))),
        ("identity", SECRET),
    ],
    ids=["gzip", "deflate", "br", "zstd", "deflate and gzip", "identity"],
)
def test_a_compressed_body_with_a_secret_is_stored_decompressed(coding: str, body: bytes) -> None:
    headers = Headers({"Content-Type": JSON, "Content-Encoding": coding, "X-A": "1"})
    kept, left = without_secrets(body, headers, is_sensitive_parameter, is_sensitive_member)
    assert kept == b'{"token": "[redacted]"}'
    assert left["x-a"] == "1"
    assert "content-encoding" not in left or coding == "identity"
    assert headers["content-encoding"] == coding


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b'{"n": 1}')),
        ("gzip", b"no gzip"),
        ("gzip", gzip.compress(SECRET)[:-1]),
        ("unknown", gzip.compress(SECRET)),
        ("gzip, gzip, gzip, gzip, gzip, gzip, gzip", b"x"),
    ],
    ids=["no secret", "not compressed", "cut", "unknown", "too many"],
)
def test_other_compressed_bodies_stay_byte_by_byte(coding: str, body: bytes) -> None:
    headers = Headers({"Content-Type": JSON, "Content-Encoding": coding})
    kept, left = without_secrets(body, headers, is_sensitive_parameter, is_sensitive_member)
    assert kept is body
    assert left is headers
