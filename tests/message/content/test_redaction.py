"""Bodies that are shown or stored: forms and JSON lose their secrets, others stay as they are."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest

from hyperhttp import Headers
from hyperhttp._base.sensitive import is_sensitive_member, is_sensitive_parameter
from hyperhttp._message.content.redaction import mask_body, without_secrets

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
        (
            "application/x-ndjson",
            b'{"pin": 1}\n{"token": "s"}\n',
            b'{"pin": 1}\n{"token": "[redacted]"}\n',
        ),
        (
            "application/jsonl",
            b'{"token": "s"}\n\n{"token": "t"}',
            b'{"token": "[redacted]"}\n\n{"token": "[redacted]"}',
        ),
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


PART = b'--b1\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=b1", 'Multipart/Form-Data; boundary="b1"']
)
def test_secret_parts_of_a_multipart_form_are_replaced(kind: str) -> None:
    body = PART % (b"user", b"me") + PART % (b"Password", b"s3cret\r\n2") + b"--b1--\r\n"
    kept = PART % (b"user", b"me") + PART % (b"Password", b"***") + b"--b1--\r\n"
    assert mask_body(body, kind) == kept
    assert mask_body(kept, kind) == kept


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", PART % (b"password", b"x") + b"--b1--\r\n"),
        ("multipart/form-data; boundary=b2", PART % (b"password", b"x") + b"--b1--\r\n"),
        ("multipart/form-data; boundary=b1", PART % (b"password", b"") + b"--b1--\r\n"),
        ("multipart/form-data; boundary=b1", PART % (b"name", b"\xff") + b"--b1--\r\n"),
        ("multipart/form-data; boundary=b1", PART % (b"\xff", b"x") + b"--b1--\r\n"),
        ("multipart/form-data; boundary=b1", b""),
        ("multipart/form-data; boundary=b1", b"password=x"),
    ],
)
def test_other_multipart_forms_stay_byte_by_byte(kind: str, body: bytes) -> None:
    assert mask_body(body, kind) == body


def test_a_command_masks_by_the_set_that_everything_shares() -> None:
    assert mask_body(b'{"token": 1, "code": "c"}', JSON) == b'{"token": "***", "code": "c"}'
    assert mask_body(b"a=1&password=x&code=c", FORM) == b"a=1&password=***&code=***"


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
