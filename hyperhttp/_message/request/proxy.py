"""A proxy: its URL, its protocol, and its credentials.

It is validated when you create it, and its repr never contains the password. `_policy.proxies`
selects the proxy of a request, and `_protocol` implements the proxy protocols.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast, final

from hyperhttp._base._generated.config import TLSConfig
from hyperhttp._base._generated.errors import ConfigError, InvalidURL, LocalProtocolError
from hyperhttp._base._generated.headers import RESERVED
from hyperhttp._base.input_pairs import shown
from hyperhttp._message.headers.basic_auth import basic_credentials
from hyperhttp._message.headers.headers import Headers, encoded_headers
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from hyperhttp._message.headers.headers import HeadersInput

__all__ = [
    "PROXY_ALLOWED",
    "Proxy",
    "ProxyInput",
    "ProxyScheme",
    "authority_of",
    "host_and_port",
    "secret_fields",
]

ProxyScheme: TypeAlias = Literal["http", "https", "socks5", "socks5h"]

PROXY_ALLOWED: Final = (
    "a URL such as http://127.0.0.1:3128 (http, https, socks5 or socks5h, without a path),"
    " a Proxy, a mapping of patterns to them, or None"
)
_PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)://")
# RFC 1929 2: the lengths of user and password are one byte each.
_SOCKS_CREDENTIAL_BYTES: Final = 255


@final
class Proxy:
    """A proxy for requests.

        proxy = Proxy("http://127.0.0.1:3128", username="alice", password="open sesame")
        client = hyperhttp.Client(proxy=proxy)

    The scheme of `url` is `http`, `https`, `socks5`, `socks5h` or `socks`; the default is `http`.
    With `https`, the connection to the proxy uses TLS. With `socks5`, the client resolves host
    names; with `socks5h` and `socks`, the proxy does. User and password can be part of the URL,
    percent-encoded. `headers` are sent to an HTTP proxy with each request, and never to a server.
    `tls` is for TLS with an `https` proxy; by default, the client verifies it as it does servers.
    Raises ConfigError.
    """

    __slots__ = ("_credentials", "_headers", "_host", "_port", "_scheme", "_secret_fields", "_tls")

    def __init__(
        self,
        url: str | URL,
        *,
        username: str | None = None,
        password: str | None = None,
        headers: HeadersInput | None = None,
        tls: TLSConfig | None = None,
    ) -> None:
        self._scheme: ProxyScheme
        self._scheme, target, self._port = _read(url)
        self._host = target.host
        if username is None and password is None:
            self._credentials = target.credentials
        else:
            self._credentials = (_text(username), _text(password))
        self._headers = Headers() if headers is None else Headers(headers)
        self._tls = self._checked(tls)
        self._secret_fields = self._fields()

    @property
    def url(self) -> str:
        """Its address, without user and password: "http://127.0.0.1:3128"."""
        return f"{self._scheme}://{authority_of(self._host, self._port)}"

    @property
    def scheme(self) -> ProxyScheme:
        """The protocol of the proxy."""
        return self._scheme

    @property
    def host(self) -> str:
        """Its name or address, without brackets."""
        return self._host

    @property
    def port(self) -> int:
        """Its port."""
        return self._port

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password; None when it asks for neither."""
        return self._credentials

    @property
    def is_tls(self) -> bool:
        """True if the connection to the proxy uses TLS."""
        return self._scheme == "https"

    @property
    def is_socks(self) -> bool:
        """True if the proxy uses SOCKS5 instead of HTTP."""
        return self._scheme.startswith("socks")

    @property
    def tls(self) -> TLSConfig | None:
        """How TLS with the proxy is configured; None if as with servers."""
        return self._tls

    def _checked(self, tls: object) -> TLSConfig | None:
        if tls is not None and not isinstance(tls, TLSConfig):
            raise _refused(f"tls={shown(tls)}", "a TLSConfig or None")
        if tls is not None and not self.is_tls:
            raise _refused("tls for a proxy without TLS", "tls for an https:// proxy only")
        return tls

    def _fields(self) -> bytes:
        headers, credentials = self._headers, self._credentials
        for name in sorted(RESERVED):
            if name in headers:
                raise _refused(f"the header {name}", "headers that do not frame the message")
        if self.is_socks:
            self._check_for_socks()
        elif credentials is not None and "proxy-authorization" not in headers:
            headers.add("Proxy-Authorization", _basic(credentials))
        return encoded_headers(headers)

    def _check_for_socks(self) -> None:
        if self._headers:
            raise _refused("headers for a SOCKS proxy", "headers for an HTTP proxy only")
        for part in self._credentials or ():
            if not 0 < len(part.encode("utf-8", "surrogatepass")) <= _SOCKS_CREDENTIAL_BYTES:
                raise _refused("user or password", "each of 1 to 255 bytes for a SOCKS proxy")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Proxy):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[object, ...]:
        return self.url, self._credentials, self._secret_fields, self._tls

    def __repr__(self) -> str:
        secret = "" if self._credentials is None else "***@"
        return f"Proxy({self.url.replace('//', '//' + secret, 1)!r})"


ProxyInput: TypeAlias = str | URL | Proxy | Mapping[str, str | URL | Proxy | None]
"""A proxy for all requests, or proxies by pattern, such as "https://*.example.com"."""


def authority_of(host: str, port: int) -> str:
    """Return host and port as in a request: IPv6 addresses in brackets (RFC 3986 3.2.2).

    A zone is left out, because it is only valid on this machine (RFC 6874 4).
    """
    return f"[{host.partition('%')[0]}]:{port}" if ":" in host else f"{host}:{port}"


def host_and_port(text: str) -> tuple[str, int | None]:
    """Parse "host" or "host:port", with the host as in a URL. Raises InvalidURL."""
    as_http, as_https = URL("http://" + text), URL("https://" + text)
    if as_http.target != "/" or as_http.userinfo or as_http.fragment:
        raise InvalidURL(given=text, detail="more than host and port")
    # Each scheme leaves its own default port out.
    return as_http.host, as_http.port or as_https.port


def resolves_here(proxy: Proxy) -> bool:
    """Return whether the client resolves hosts for this proxy; others get names."""
    return proxy.scheme == "socks5"


secret_fields: Final[Callable[[Proxy], bytes]] = attrgetter("_secret_fields")
"""Return the headers that are sent only to the proxy."""


def _read(url: object) -> tuple[ProxyScheme, URL, int]:
    if isinstance(url, URL):
        userinfo = f"{url.userinfo}@" if url.userinfo else ""
        text = f"{url.scheme}://{userinfo}{url.authority}{url.target}"
    elif isinstance(url, str):
        text = url.strip()
    else:
        raise _refused(shown(url), PROXY_ALLOWED)
    found = _SCHEME.match(text)
    scheme, rest = ("http", text) if found is None else (found[1].lower(), text[found.end() :])
    scheme = "socks5h" if scheme == "socks" else scheme  # As desktops write it, and browsers read.
    if scheme not in _PORTS:
        raise _refused(_masked(text), PROXY_ALLOWED)
    try:
        target = URL("http://" + rest)
        port = target.port or URL("https://" + rest).port or _PORTS[scheme]
    except InvalidURL:
        # Without its cause, which may show what a password is made of.
        raise _refused(_masked(text), PROXY_ALLOWED) from None
    if target.target != "/" or target.fragment:
        raise _refused(_masked(text), PROXY_ALLOWED)
    return cast("ProxyScheme", scheme), target, port


def _masked(text: str) -> str:
    """Return a supposed URL without anything that could be a password."""
    before, at, after = text.rpartition("@")
    found = _SCHEME.match(before)
    return repr(f"{'' if found is None else found[0]}{'***@' if at else ''}{after}"[:80])


def _text(part: object) -> str:
    if part is None:
        return ""
    if isinstance(part, str):
        return part
    raise _refused("a user or password that isn't text", "text")


def _basic(credentials: tuple[str, str]) -> str:
    try:
        return basic_credentials(*credentials)
    except LocalProtocolError as error:
        raise _refused("user or password", "what Basic can carry: " + error.detail) from None


def _refused(given: str, allowed: str) -> ConfigError:
    return ConfigError(option="proxy", given=given, allowed=allowed)
