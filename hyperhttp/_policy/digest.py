"""Digest authentication (RFC 7616, and RFC 2069 for old servers), without I/O."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, final
from unicodedata import normalize
from urllib.parse import quote

from hyperhttp._base._generated.bounds import DIGEST_SESSIONS_MAX
from hyperhttp._base._generated.errors import AuthenticationError, InvalidURL
from hyperhttp._message.request.body_kinds import BytesBody
from hyperhttp._message.response.response import verify_body
from hyperhttp._message.url.url import reference_from_wire
from hyperhttp._policy.auth import Auth, check_replayable, checked_user, own_copy
from hyperhttp._policy.challenges import Challenge, parse_auth_params, parse_challenges

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._message.url.url import URL

__all__ = ["DigestAuth", "DigestChallenge", "DigestSession", "strongest"]

_QOPS: Final = ("auth", "auth-int")
_WITH_BODY: Final = "auth-int"
_ROUNDS_MAX: Final = 2  # the first, and one more if the nonce went stale in between
_CHALLENGE_CHARS_MAX: Final = 8192  # most of it comes back in each request; servers take no more
_DOMAINS_MAX: Final = 32
_COUNT_MAX: Final = 0xFFFFFFFF  # RFC 7616 3.4: eight digits
_ESCAPED: Final = re.compile(r'(["\\])')


# RFC 7616 3.3 and 6.1, strongest first, and what OpenSSL calls them; it may lack the first.
_HASHES: Final[Mapping[str, str]] = {
    **({"sha-512-256": "sha512_256"} if "sha512_256" in hashlib.algorithms_available else {}),
    "sha-256": "sha256",
    "md5": "md5",
}
_STRENGTH: Final = tuple(_HASHES)


class Hash(Protocol):
    """A hash that is being computed."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""

    def hexdigest(self) -> str:
        """Return it in hexadecimal digits."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class DigestChallenge:
    """A supported challenge. Texts are Latin-1, as received.

    `algorithm` is unchanged from the server's challenge; None if there is none. `qop` is `auth` if
    the server offers it, otherwise `auth-int`. It is empty if the server offers none, as in RFC
    2069.
    """

    realm: str
    nonce: str
    algorithm: str | None = None
    opaque: str | None = None
    qop: str = ""
    wants_userhash: bool = False
    is_utf_8: bool = False
    domain: tuple[str, ...] = ()
    is_stale: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, challenge: Challenge) -> DigestChallenge | None:
        """Parse a challenge; None for another scheme, and for a challenge that RFC 7616 ignores."""
        params = challenge.params
        realm, nonce = params.get("realm"), params.get("nonce")
        algorithm = params["algorithm"].strip(" \t") if "algorithm" in params else None
        # RFC 7616 3.3: an absent qop means RFC 2069, and so does an empty list.
        offered = {part.strip(" \t").lower() for part in params.get("qop", "").split(",")} - {""}
        qop = next((known for known in _QOPS if known in offered), "")
        if challenge.scheme != "digest" or realm is None or not nonce:
            return None
        if (offered and not qop) or _hash_name(algorithm) not in _HASHES:
            return None
        if sum(map(len, params.values())) > _CHALLENGE_CHARS_MAX:
            return None
        return cls(
            realm,
            nonce,
            algorithm,
            params.get("opaque"),
            qop=qop,
            wants_userhash=_word(params, "userhash") == "true",
            is_utf_8=_word(params, "charset") == "utf-8",
            domain=tuple(params.get("domain", "").split()[:_DOMAINS_MAX]),
            is_stale=_word(params, "stale") == "true",
        )

    @property
    def strength(self) -> int:
        """0 for the strongest algorithm, more for weaker ones."""
        return _STRENGTH.index(_hash_name(self.algorithm))

    @property
    def is_session(self) -> bool:
        """True if the algorithm mixes the first nonces into the secret ("-sess")."""
        return (self.algorithm or "").lower().endswith("-sess")

    def hash(self, text: str) -> str:
        """Lower-case hexadecimal digits; what the text has of bytes beyond ASCII is Latin-1."""
        return self.hash_bytes(text.encode("latin-1"))

    def hash_bytes(self, data: bytes) -> str:
        """Lower-case hexadecimal digits."""
        return self.new_hash(data).hexdigest()

    def new_hash(self, data: bytes = b"") -> Hash:
        """Return a new hash object of the algorithm."""
        return hashlib.new(_HASHES[_hash_name(self.algorithm)], data, usedforsecurity=False)


class Receipt(NamedTuple):
    """The values of the credentials of one request, which don't change with later requests."""

    nonce: str
    target: str
    numbers: str


@final
class DigestSession:
    """A nonce, its use count, and the constant part of its credentials."""

    __slots__ = (
        "_cnonce",
        "_secret",
        "_user",
        "challenge",
        "count",
        "is_refused",
        "nonce",
        "paths",
    )

    def __init__(
        self,
        challenge: DigestChallenge,
        username: str,
        password: str,
        *,
        cnonce: str,
        paths: tuple[str, ...] = ("/",),
    ) -> None:
        self.challenge: DigestChallenge = challenge
        self.paths: tuple[str, ...] = paths
        self.nonce: str = challenge.nonce
        self.count: int = 0
        self.is_refused: bool = False
        self._cnonce = cnonce
        user = _as_wire(username, challenge)
        secret = challenge.hash(f"{user}:{challenge.realm}:{_as_wire(password, challenge)}")
        if challenge.is_session:
            secret = challenge.hash(f"{secret}:{self.nonce}:{cnonce}")
        self._secret = secret
        self._user = _user_params(user, challenge)

    @property
    def is_usable(self) -> bool:
        """True if a request can be sent with it before the server challenges it."""
        return not self.is_refused and self.count < _COUNT_MAX

    def authorization(self, method: str, target: str, body: bytes = b"") -> str:
        """Return the Authorization for the next request with this nonce (RFC 7616 3.4)."""
        self.count += 1
        challenge, nonce, cnonce, qop = self.challenge, self.nonce, self._cnonce, self.challenge.qop
        asked = f"{method}:{target}"
        if qop == _WITH_BODY:
            asked = f"{asked}:{challenge.hash_bytes(body)}"
        params = [
            *self._user,
            f"realm={_quoted(challenge.realm)}",
            f"nonce={_quoted(nonce)}",
            f"uri={_quoted(target)}",
            f'response="{self._proof(self.receipt(target), qop, asked)}"',
        ]
        if challenge.algorithm is not None:
            params.append(f"algorithm={challenge.algorithm}")
        if challenge.opaque is not None:
            params.append(f"opaque={_quoted(challenge.opaque)}")
        if qop:
            params += [f"qop={qop}", f"nc={self.count:08x}"]
        if qop or challenge.is_session:
            params.append(f'cnonce="{cnonce}"')
        return "Digest " + ", ".join(params)

    def receipt(self, target: str) -> Receipt:
        """Return the values that the response to the last credentials is checked against."""
        return Receipt(self.nonce, target, f"{self.count:08x}:{self._cnonce}")

    def _proof(self, receipt: Receipt, qop: str, asked: str) -> str:
        challenge = self.challenge
        middle = f"{receipt.nonce}:{receipt.numbers}:{qop}" if qop else receipt.nonce
        return challenge.hash(f"{self._secret}:{middle}:{challenge.hash(asked)}")

    def check(self, rspauth: str, receipt: Receipt, qop: str, body_hash: str = "") -> None:
        """Raise AuthenticationError unless the server has the password too (RFC 7616 3.5)."""
        asked = f":{receipt.target}:{body_hash}" if qop == _WITH_BODY else f":{receipt.target}"
        expected = self._proof(receipt, qop, asked)
        if not secrets.compare_digest(expected.encode(), rspauth.lower().encode()):
            self.is_refused = True
            raise AuthenticationError(detail="the rspauth of Digest is not that of the password")

    def renew(self, nonce: str, cnonce: str) -> None:
        """Continue with the nonce that the server sent for the next request (RFC 7616 3.5)."""
        if nonce != self.nonce and len(nonce) <= _CHALLENGE_CHARS_MAX:
            self.nonce, self.count = nonce, 0
            # RFC 7616 3.4.2: the secret of a session was made once, with the first cnonce.
            if not self.challenge.is_session:
                self._cnonce = cnonce

    def covers(self, path: str) -> int:
        """Return the length of the path's protection space; 0 if the path is outside."""
        return max((len(start) for start in self.paths if path.startswith(start)), default=0)


@final
class DigestAuth(Auth):
    """User and password with Digest (RFC 7616): the password itself is never sent.

        client = hyperhttp.Client(auth=hyperhttp.DigestAuth("ann", "open sesame"))

    The first request to a realm is sent twice, because the server must send a nonce. Later requests
    reuse the nonce. The strongest algorithm that the server offers is used: SHA-512-256, SHA-256 or
    MD5, plain or "-sess". A 401 with an unsupported challenge, or one that refuses the credentials,
    is the response. `auth` is preferred to `auth-int`, which includes the body, and so needs a
    stored one: bytes, text, JSON or a form.

    Raises `ConfigError` for a user or password that isn't text or has control characters. Raises
    `AuthenticationError` if the `rspauth` of a response doesn't prove that the server has the
    password; with `auth-int`, at the end of the body. Raises `BodyNotReplayable` if the retry after
    a 401 needs a body that can be sent once.
    """

    __slots__ = ("_password", "_sessions", "_username")

    _never_blocks = True

    def __init__(self, username: str, password: str) -> None:
        checked_user(username, password)
        self._username = username
        self._password = password
        # By origin and realm, the oldest first.
        self._sessions: dict[tuple[str, str], DigestSession] = {}

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
        """Send the request with known credentials, and retry while a 401 asks for new ones."""
        request = own_copy(request)
        session = self._remembered(request.url)
        rounds = 0
        while True:
            if session is not None and not _is_signable(request, session.challenge):
                session = None
            receipt = _sign(request, session)
            response = yield request
            if response.status_code != 401:
                break
            challenge = strongest(response.headers.get_list("www-authenticate"))
            if session is not None and (rounds or _is_same_realm(challenge, session)):
                session.is_refused = True
            if challenge is None or not _is_news(challenge, session, rounds):
                return
            if not _is_signable(request, challenge):
                return
            rounds += 1
            session = self._begin(request.url, challenge)
            check_replayable(request, "the challenge of Digest (401)")
        if session is not None and receipt is not None:
            _go_on(session, receipt, response)

    def _remembered(self, url: URL) -> DigestSession | None:
        """Return the session of the nearest protection space that wasn't refused."""
        known = [
            (length, session)
            for (origin, _), session in reversed(self._sessions.items())
            if origin == url.origin and session.is_usable and (length := session.covers(url.path))
        ]
        # Of two that reach as far, the later one.
        return max(known, key=itemgetter(0))[1] if known else None

    def _begin(self, url: URL, challenge: DigestChallenge) -> DigestSession:
        key = (url.origin, challenge.realm)
        session = self._sessions.pop(key, None)
        # Many tasks can use the same nonce at once: its count increases.
        if session is None or session.challenge != challenge or session.nonce != challenge.nonce:
            session = DigestSession(
                challenge,
                self._username,
                self._password,
                cnonce=secrets.token_hex(16),
                paths=_paths(url, challenge.domain),
            )
        session.is_refused = False
        self._sessions[key] = session
        if len(self._sessions) > DIGEST_SESSIONS_MAX:
            del self._sessions[next(iter(self._sessions))]
        return session


def strongest(values: Iterable[str]) -> DigestChallenge | None:
    """Return the challenge to use, from the WWW-Authenticate headers; None if none is supported.

    The strongest algorithm is preferred, then the order of the server (RFC 7616 3.7).
    """
    challenges = (DigestChallenge.of(challenge) for challenge in parse_challenges(values))
    usable = (challenge for challenge in challenges if challenge is not None)
    return min(usable, key=lambda challenge: challenge.strength, default=None)


def _is_news(challenge: DigestChallenge, session: DigestSession | None, rounds: int) -> bool:
    """Return True if a 401 asks for other credentials instead of refusing those sent."""
    if rounds == _ROUNDS_MAX:
        return False
    if session is None or challenge.is_stale:
        return True
    # The cached values can be out of date without an indication by the server.
    return rounds == 0 and (challenge != session.challenge or challenge.nonce != session.nonce)


def _is_same_realm(challenge: DigestChallenge | None, session: DigestSession) -> bool:
    """Return whether a 401 is about this session, and not from another realm of the same origin."""
    return challenge is None or challenge.realm == session.challenge.realm


def _sign(request: Request, session: DigestSession | None) -> Receipt | None:
    if session is None:
        request.headers.pop("Authorization", None)
        return None
    target = request.url.target
    body = _stored_body(request) or b""
    request.headers["Authorization"] = session.authorization(request.method, target, body)
    return session.receipt(target)


def _is_signable(request: Request, challenge: DigestChallenge) -> bool:
    """Return False for auth-int with a body that is read while it is sent."""
    return challenge.qop != _WITH_BODY or _stored_body(request) is not None


def _stored_body(request: Request) -> bytes | None:
    body = request.body
    if body is None:
        return b""
    return body.data if isinstance(body, BytesBody) else None


def _go_on(session: DigestSession, receipt: Receipt, response: Response) -> None:
    """Check the server's proof and take its next nonce. Raises AuthenticationError."""
    info = response.headers.get("authentication-info")
    if info is None:
        return
    params, qop = parse_auth_params(info), session.challenge.qop
    # RFC 7616 3.5: the server should use the qop of the request, and names the one that it used.
    qop = qop and (_word(params, "qop") or qop)
    proof = _Proof(session, receipt, qop, params.get("rspauth"), params.get("nextnonce", ""))
    if qop == _WITH_BODY and proof.rspauth is not None:
        verify_body(response, proof)
    else:
        proof.finish()


@final
class _Proof:
    """Return the server's proof that it has the password; with auth-int, also of its body."""

    __slots__ = ("_hash", "_next_nonce", "_qop", "_receipt", "_session", "rspauth")

    def __init__(
        self, session: DigestSession, receipt: Receipt, qop: str, rspauth: str | None, nonce: str
    ) -> None:
        self.rspauth: str | None = rspauth
        self._session, self._receipt, self._qop, self._next_nonce = session, receipt, qop, nonce
        self._hash = session.challenge.new_hash()

    def update(self, piece: bytes, /) -> None:
        """Take the next piece of the body."""
        self._hash.update(piece)

    def finish(self) -> None:
        """Check it, and only then take the next nonce. Raises AuthenticationError."""
        session, nonce = self._session, self._next_nonce
        if self.rspauth is not None:
            session.check(self.rspauth, self._receipt, self._qop, self._hash.hexdigest())
        # Another request that has overtaken this one has already used the next nonce.
        if session.nonce == self._receipt.nonce and nonce:
            session.renew(nonce, secrets.token_hex(16))


def _word(params: Mapping[str, str], name: str) -> str:
    return params.get(name, "").strip(" \t").lower()


def _hash_name(algorithm: str | None) -> str:
    """RFC 7616 3.3: MD5 when there is none."""
    return "md5" if algorithm is None else algorithm.lower().removesuffix("-sess")


def _as_wire(text: str, challenge: DigestChallenge) -> str:
    """Return UTF-8 as Latin-1 text, normalized if the server declares UTF-8 (RFC 7616 4)."""
    return (normalize("NFC", text) if challenge.is_utf_8 else text).encode().decode("latin-1")


def _user_params(user: str, challenge: DigestChallenge) -> list[str]:
    """RFC 7616 3.4 and 3.4.4: the name in clear, extended, or as a hash."""
    if challenge.wants_userhash:
        return [f'username="{challenge.hash(f"{user}:{challenge.realm}")}"', "userhash=true"]
    # Servers that don't declare a charset are older than the extended form.
    if challenge.is_utf_8 and not user.isascii():
        return [f"username*=UTF-8''{quote(user.encode('latin-1'), safe='')}"]
    return [f"username={_quoted(user)}"]


def _quoted(text: str) -> str:
    escaped = _ESCAPED.sub(r"\\\1", text)
    return f'"{escaped}"'


def _paths(url: URL, domain: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths of the protection space on this origin (RFC 7616 3.3)."""
    paths: list[str] = []
    for reference in domain:
        try:
            target = url.join(reference_from_wire(reference))
        except InvalidURL:
            continue  # a server's mistake costs a round trip, not the response
        if target.origin == url.origin:
            paths.append(target.path)
    return tuple(paths) or ("/",)
