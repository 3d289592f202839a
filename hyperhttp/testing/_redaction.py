"""Bodies of a cassette without their secrets: forms and JSON, by the names of their members."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, TypeAlias, cast
from urllib.parse import quote_plus

from hyperhttp._base.sensitive import mask_parameters
from hyperhttp._message.headers.headers import Headers

__all__ = ["REDACTED", "without_secrets"]

REDACTED: Final = "[redacted]"
_IsSecret: TypeAlias = Callable[[str], bool]


def without_secrets(
    body: bytes, headers: Headers, is_secret: _IsSecret, is_secret_member: _IsSecret
) -> bytes:
    """A form or JSON with the values of secret members replaced; other bodies as they are."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body or "content-encoding" in headers:
        return body
    try:
        if kind == "application/x-www-form-urlencoded":
            return mask_parameters(f"?{body.decode()}", quote_plus(REDACTED), is_secret)[
                1:
            ].encode()
        if kind.endswith("json"):
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
