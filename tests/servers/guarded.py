"""Routes of the ASGI application that ask who is there: Basic, Bearer and Digest, and a busy one.

Checked by the letter of RFC 7617, 6750 and 7616, with nothing of the client's.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.request import parse_http_list, parse_keqv_list

if TYPE_CHECKING:
    from tests.servers.asgi import Reply, Request, Route

USER = "alice"
PASSWORD = "open sesame"
TOKEN = "t0ken"
NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
_CHALLENGES = {
    "basic": 'Basic realm="guarded", charset="UTF-8"',
    "bearer": 'Bearer realm="guarded", error="invalid_token"',
    "digest": f'Digest realm="guarded", nonce="{NONCE}", qop="auth", algorithm=SHA-256',
}


async def guarded(request: Request, reply: Reply) -> None:
    """/guarded/SCHEME responds with the method and the length of the body to whom it knows."""
    body = await request.body()
    scheme = request.path.rpartition("/")[2]
    said = request.header("authorization") or ""
    checks = {"basic": _is_basic, "bearer": _is_bearer, "digest": _is_digest}
    if checks[scheme](request, said):
        await reply.text(200, f"{request.method} {len(body)}")
    else:
        challenge = _CHALLENGES[scheme]
        await reply.text(401, "who are you?", ("www-authenticate", challenge))


def _is_basic(_: Request, said: str) -> bool:
    return said == "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def _is_bearer(_: Request, said: str) -> bool:
    return said == f"Bearer {TOKEN}"


def _is_digest(request: Request, said: str) -> bool:
    scheme, _, rest = said.partition(" ")
    if scheme != "Digest":
        return False
    given: dict[str, str] = parse_keqv_list(parse_http_list(rest))
    secret = _hash(f"{USER}:guarded:{PASSWORD}")
    target = request.path + (f"?{request.query}" if request.query else "")
    task = _hash(f"{request.method}:{target}")
    parts = (secret, NONCE, given["nc"], given["cnonce"], "auth", task)
    return given["uri"] == target and given["response"] == _hash(":".join(parts))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


GUARDED: dict[str, Route] = {"guarded": guarded}
