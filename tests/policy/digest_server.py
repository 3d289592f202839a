"""A server that checks Digest by the letter of RFC 7616, written apart from what it checks.

It reads Authorization with the parsers of `urllib` and computes with `hashlib`; it takes each count
of a nonce once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote_to_bytes
from urllib.request import parse_http_list, parse_keqv_list

from hyperhttp._message.request.body_kinds import BytesBody
from tests.policy.conversation import reply

if TYPE_CHECKING:
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response

OPENSSL_NAMES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}


@dataclass
class DigestServer:
    """One realm with one user; what it asked for and was sent is kept."""

    user: str
    password: str
    realm: str = "realm"
    algorithm: str | None = "MD5"
    qop: str | None = "auth"
    userhash: bool = False
    charset: str | None = None
    opaque: str | None = None
    domain: str | None = None
    shared_nonce: bool = False
    uses_max: int = 1000
    extra: tuple[str, ...] = ()
    counts: dict[str, set[int]] = field(default_factory=dict[str, set[int]])
    sent: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    info: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    stale: bool = False

    def __call__(self, request: Request) -> Response:
        credentials = request.headers.get("authorization")
        if credentials is None:
            return self.challenge(request)
        scheme, _, rest = credentials.partition(" ")
        assert scheme == "Digest"
        # The commas of the list in parse_http_list may stand within quotes.
        params = parse_keqv_list(parse_http_list(rest))
        self.sent.append(params)
        count = int(params["nc"], 16) if self.qop else 0
        used = self.counts.get(params["nonce"])
        if used is None or len(used) >= self.uses_max or (self.qop and count in used):
            return self.challenge(request, stale=True)
        used.add(count)
        if params["response"] != self.expected(request, params):
            return self.challenge(request)
        return reply(request, 200, *self.info)

    def challenge(self, request: Request, *, stale: bool = False) -> Response:
        nonce = f"nonce-{0 if self.shared_nonce else len(self.counts)}"
        self.counts.setdefault(nonce, set())
        parts = {
            "realm": self.realm,
            "nonce": nonce,
            "qop": self.qop,
            "algorithm": self.algorithm,
            "opaque": self.opaque,
            "charset": self.charset,
            "domain": self.domain,
            "userhash": "true" if self.userhash else None,
            "stale": "true" if stale else None,
        }
        text = ", ".join(
            '{}="{}"'.format(name, value.replace("\\", "\\\\").replace('"', '\\"'))
            for name, value in parts.items()
            if value is not None
        )
        fields = [("WWW-Authenticate", value) for value in (*self.extra, f"Digest {text}")]
        return reply(request, 401, *fields)

    def hash(self, *parts: str) -> str:
        name = (self.algorithm or "MD5").upper().removesuffix("-SESS")
        data = ":".join(parts).encode("latin-1")
        return hashlib.new(OPENSSL_NAMES[name], data).hexdigest()

    def expected(self, request: Request, params: dict[str, str]) -> str:
        """RFC 7616 3.4.1 to 3.4.4; also checks all that is said beside the response."""
        user, password = (
            (normalize("NFC", text) if self.charset else text).encode().decode("latin-1")
            for text in (self.user, self.password)
        )
        self.check_said(request, params, user)
        a1 = self.hash(user, self.realm, password)
        if (self.algorithm or "").lower().endswith("-sess"):
            a1 = self.hash(a1, params["nonce"], params["cnonce"])
        a2 = self.hash(request.method, params["uri"])
        if self.qop == "auth-int":
            body = request.body.data if isinstance(request.body, BytesBody) else b""
            a2 = self.hash(request.method, params["uri"], self.hash(body.decode("latin-1")))
        if not self.qop:
            return self.hash(a1, params["nonce"], a2)
        middle = (params["nonce"], params["nc"], params["cnonce"], params["qop"])
        return self.hash(a1, *middle, a2)

    def check_said(self, request: Request, params: dict[str, str], user: str) -> None:
        assert params["uri"] == request.url.target
        assert params["realm"] == self.realm
        assert params.get("opaque") == self.opaque
        assert params.get("algorithm") == self.algorithm
        assert params.get("qop") == (
            "auth-int" if self.qop == "auth-int" else "auth" if self.qop else None
        )
        assert ("nc" in params) == bool(self.qop)
        assert ("username" in params) != ("username*" in params)
        if self.userhash:
            assert params["userhash"] == "true"
            assert params["username"] == self.hash(user, self.realm)
        elif "username*" in params:
            assert self.charset
            charset, _, value = params["username*"].partition("''")
            assert charset == "UTF-8"
            assert unquote_to_bytes(value).decode("latin-1") == user
        else:
            assert params["username"] == user
