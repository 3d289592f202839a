"""Bodies without their secrets: forms, multipart forms and JSON, by the names of their members.

Cassettes and `to_curl()` mask bodies here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final, TypeAlias, cast
from urllib.parse import quote_plus

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import DecompressionError, ResponseTooLarge
from hyperhttp._base.sensitive import (
    PARAMETER_MASK,
    is_sensitive_member,
    is_sensitive_parameter,
    mask_parameters,
)
from hyperhttp._message.content.decoders import decoder_for
from hyperhttp._message.headers.headers import Headers

__all__ = ["REDACTED", "mask_body", "without_secrets"]

REDACTED: Final = "[redacted]"
# Types of a sequence of JSON texts, one on each line.
_JSON_LINES: Final = frozenset({"application/jsonl", "application/x-ndjson"})
_BOUNDARY: Final = re.compile(r"""boundary=(?:"([^"]+)"|([^;\s]+))""", re.IGNORECASE)
_PART_NAME: Final = re.compile(r"""[;\s]name="([^"]*)\"""", re.IGNORECASE)
_IsSecret: TypeAlias = Callable[[str], bool]


def without_secrets(
    body: bytes, headers: Headers, is_secret: _IsSecret, is_secret_member: _IsSecret
) -> tuple[bytes, Headers]:
    """Return a form or JSON with the values of secret members replaced; other bodies as they are.

    A compressed body that contains a secret is stored decompressed, without its Content-Encoding.
    """
    plain = _decoded(body, headers.get("content-encoding", ""))
    content_type = headers.get("content-type", "")
    masked = mask_body(plain, content_type, REDACTED, is_secret, is_secret_member)
    if masked == plain:
        return body, headers
    if plain is not body:
        headers = headers.copy()
        del headers["content-encoding"]
    return masked, headers


def _decoded(body: bytes, content_encoding: str) -> bytes:
    """Return a body without its content encodings; as it is if they can't be decoded."""
    try:
        decoder = decoder_for(content_encoding, Limits())
        if decoder is None:
            return body
        plain = b"".join(decoder.steps(body))
        decoder.finish()
    except (DecompressionError, ResponseTooLarge):
        return body
    return plain


def mask_body(
    body: bytes,
    content_type: str,
    mask: str = PARAMETER_MASK,
    is_secret: _IsSecret = is_sensitive_parameter,
    is_secret_member: _IsSecret = is_sensitive_member,
) -> bytes:
    """Return a form or JSON with `mask` for the values of secret members.

    A body without secrets is returned unchanged, byte by byte. So is a body of another type, and
    one that doesn't match its type.
    """
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            form = mask_parameters(f"?{body.decode()}", quote_plus(mask, safe="*"), is_secret)
            return form[1:].encode()
        if kind == "multipart/form-data":
            return _masked_parts(body, content_type, mask, is_secret)
        if kind in _JSON_LINES:
            lines = body.split(b"\n")
            masked = (_masked_json(line, mask, is_secret_member) for line in lines)
            return b"\n".join(masked)
        if kind.endswith("json"):
            return _masked_json(body, mask, is_secret_member)
    except (ValueError, RecursionError):  # doesn't match its type
        pass
    return body


def _masked_parts(body: bytes, content_type: str, mask: str, is_secret: _IsSecret) -> bytes:
    """Mask the contents of the parts of a multipart form whose names are secret (RFC 7578)."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        return body
    delimiter = b"--" + (found[1] or found[2]).encode()
    parts = body.split(delimiter)
    for place, part in enumerate(parts[1:], 1):  # the first item isn't a part
        headers, _, content = part.partition(b"\r\n\r\n")
        name = _PART_NAME.search(headers.decode())
        if content not in {b"", b"\r\n"} and name is not None and is_secret(name[1]):
            parts[place] = headers + b"\r\n\r\n" + mask.encode() + b"\r\n"
    return delimiter.join(parts)


def _masked_json(body: bytes, mask: str, is_secret: _IsSecret) -> bytes:
    if not body.strip():
        return body
    found = [0]

    def masked(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made: dict[str, object] = {}
        for name, value in pairs:
            is_hidden = (
                is_secret(name) and isinstance(value, (str, int)) and value not in {"", mask}
            )
            found[0] += is_hidden
            made[name] = mask if is_hidden else value
        return made

    value = cast("object", json.loads(body, object_pairs_hook=masked))
    return json.dumps(value, ensure_ascii=False).encode() if found[0] else body
