"""Bodies of a cassette without their secrets: forms and JSON, by the names of their members."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, TypeAlias, cast
from urllib.parse import quote_plus

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import DecompressionError, ResponseTooLarge
from hyperhttp._base.sensitive import mask_parameters
from hyperhttp._message.content.decoders import decoder_for
from hyperhttp._message.headers.headers import Headers

__all__ = ["REDACTED", "without_secrets"]

REDACTED: Final = "[redacted]"
_IsSecret: TypeAlias = Callable[[str], bool]


def without_secrets(
    body: bytes, headers: Headers, is_secret: _IsSecret, is_secret_member: _IsSecret
) -> tuple[bytes, Headers]:
    """Return a form or JSON with the values of secret members replaced; other bodies as they are.

    A compressed body that contains a secret is stored decompressed, without its Content-Encoding.
    """
    plain = _decoded(body, headers.get("content-encoding", ""))
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    masked = _masked(plain, kind, is_secret, is_secret_member)
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


def _masked(body: bytes, kind: str, is_secret: _IsSecret, is_secret_member: _IsSecret) -> bytes:
    try:
        if kind == "application/x-www-form-urlencoded":
            form = mask_parameters(f"?{body.decode()}", quote_plus(REDACTED), is_secret)
            return form[1:].encode()
        if body and kind.endswith("json"):
            return _masked_json(body, is_secret_member)
    except (ValueError, RecursionError):  # not what its type says
        pass
    return body


def _masked_json(body: bytes, is_secret: _IsSecret) -> bytes:
    found = [0]

    def masked(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made: dict[str, object] = {}
        for name, value in pairs:
            is_hidden = (
                is_secret(name) and isinstance(value, (str, int)) and value not in {"", REDACTED}
            )
            found[0] += is_hidden
            made[name] = REDACTED if is_hidden else value
        return made

    value = cast("object", json.loads(body, object_pairs_hook=masked))
    return json.dumps(value, ensure_ascii=False).encode() if found[0] else body
