"""The grammar of http and https URLs: text in, validated and normalized parts out.

A single strict parser is used for validation, Host, SNI, the pool key and the wire, so that they
can't disagree. A single pattern matches ordinary URLs. Other URLs take a slower path, which accepts
more and returns the same parts.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import quote, unquote

from hyperhttp._base._generated.bounds import HOST_CHARS_MAX, URL_CHARS_MAX
from hyperhttp._base._generated.errors import InvalidURL

__all__ = [
    "URLParts",
    "check_characters",
    "check_part",
    "encode_path",
    "encode_query",
    "encode_userinfo",
    "invalid",
    "masked",
    "read_fast",
    "read_host",
    "read_port",
    "read_reference",
    "read_scheme",
    "read_slow",
]


# A strict subset of the long way: names and dotted quads in lower case, nothing to encode.
# The last label starts with a letter, or else the host would have to be read as a number.
_OCTET: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_FAST: Final = re.compile(
    r"(https?)://"
    rf"((?:[a-z0-9_-]++\.)*+[a-z][a-z0-9_-]*+|{_OCTET}(?:\.{_OCTET}){{3}})"
    r"(?::([1-9][0-9]{0,4}+))?"
    r"(/[A-Za-z0-9\-._~!$&'()*+,;=:@/%]*+)?"
    r"(?:\?([A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*+))?"
    r"(?:#([A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*+))?"
)
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")

# RFC 3986 appendix B.
_REFERENCE: Final = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.\-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?"
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
# RFC 3986 3.3 and 3.4, and "[" "]", which every browser sends as they are. Backslashes are refused
# in authority and path (browsers read them as slashes) and encoded elsewhere.
_PATH_UNSAFE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/\[\]%]+")
_QUERY_UNSAFE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?\[\]%]+")
_USERINFO_UNSAFE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:%]+")
# RFC 1035 2.3.4: labels of at most 63 characters. The underscore isn't allowed in host names, but
# it is in use and isn't dangerous.
_NAME: Final = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
# RFC 6874 2.
_ZONE: Final = re.compile(r"(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+")
_INTERFACE: Final = re.compile(r"[!-$&-.0-9;-Z^-~]{1,63}")
_QUAD: Final = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_SECRET: Final = re.compile(r"^((?:[A-Za-z][A-Za-z0-9+.\-]*:)?//)?.*@", re.DOTALL)


class URLParts:
    """The parts of a URL, and the values that every request needs.

    `host` is a name of A-labels, an IPv4 address, or an IPv6 address without brackets. An IPv6
    address can have a zone ("fe80::1%eth0"), which `origin` contains and `authority` doesn't.
    `port` is None for the default port of the scheme. If `query` is None, there is no "?" either.
    """

    __slots__ = (
        "authority",
        "effective_port",
        "fragment",
        "host",
        "is_tls",
        "origin",
        "path",
        "port",
        "query",
        "scheme",
        "target",
        "userinfo",
    )

    def __init__(
        self,
        scheme: str,
        userinfo: str,
        host: str,
        port: int | None,
        path: str,
        query: str | None,
        fragment: str,
    ) -> None:
        is_tls = scheme == "https"
        default_port = 443 if is_tls else 80
        if port == default_port:
            port = None
        zone = ""
        authority = f"[{host}]" if ":" in host else host
        if "%" in host:
            address, _, zone = host.partition("%")
            # RFC 6874 4: it means something on this machine only, so it isn't sent.
            authority, zone = f"[{address}]", f"%25{quote(zone, safe='')}"
        if port is not None:
            authority = f"{authority}:{port}"
        located = authority.replace("]", f"{zone}]") if zone else authority
        self.scheme: Final = scheme
        self.userinfo: Final = userinfo
        self.host: Final = host
        self.port: Final = port
        self.path: Final = path
        self.query: Final = query or ""
        self.fragment: Final = fragment
        self.is_tls: Final = is_tls
        self.effective_port: Final = default_port if port is None else port
        self.authority: Final = authority
        self.origin: Final = f"{scheme}://{located}"
        self.target: Final = path if query is None else f"{path}?{query}"


def masked(text: str) -> str:
    """Return the text with everything that could be a password hidden, even if malformed."""
    return _SECRET.sub(r"\1***@", text)


def invalid(text: str, detail: str) -> InvalidURL:
    """Return the error for this text."""
    shown = masked(text)
    return InvalidURL(given=shown if len(shown) <= 200 else f"{shown[:200]}...", detail=detail)


def check_characters(text: str) -> None:
    """Refuse what no URL and no reference may hold: controls, surrogates, white space around."""
    if len(text) > URL_CHARS_MAX:
        raise invalid(text, f"it is longer than {URL_CHARS_MAX} characters")
    check_part(text, text)
    if text != text.strip():
        raise invalid(text, "there is white space around it")


def check_part(part: object, text: str) -> str:
    """Return a part of a URL, as `str` without controls and surrogates."""
    if not isinstance(part, str):
        raise invalid(text, f"a part of a URL is str, not {type(part).__name__}")
    if bad := _CONTROL.search(part):
        raise invalid(text, f"control character {bad.group()!a} at position {bad.start()}")
    if bad := _SURROGATE.search(part):
        raise invalid(text, f"lone surrogate {bad.group()!a} at position {bad.start()}")
    return part


def read_fast(text: str) -> URLParts | None:
    """Parse an ordinary URL; None if it needs the slower path."""
    match = _FAST.fullmatch(text)
    if match is None:
        return None
    scheme, host, port, path, query, fragment = match.groups()
    if len(host) > 63 or len(text) > URL_CHARS_MAX:
        return None
    if path is None:
        path = "/"
    elif "/." in path:
        return None
    if "%" in text and _STRAY_PERCENT.search(text):
        return None
    number = None if port is None else int(port)
    if number is not None and number > 65_535:
        return None
    return URLParts(scheme, "", host, number, path, query, fragment or "")


def read_slow(text: str) -> URLParts:
    """Parse any URL that this package supports. Raises `InvalidURL` for others."""
    check_characters(text)
    scheme, authority, path, query, fragment = _split(text)
    if authority is None or scheme is None:
        raise invalid(text, "it needs http:// or https:// and a host in front")
    scheme = read_scheme(scheme, text)
    userinfo, host, port = _read_authority(authority, text)
    return URLParts(
        scheme,
        userinfo,
        host,
        port,
        encode_path(path, text),
        None if query is None else encode_query(query),
        encode_query(fragment or ""),
    )


def read_reference(base: URLParts, text: str) -> URLParts:
    """Resolve `text` as a reference relative to `base` (RFC 3986 5.2.2, strict)."""
    check_characters(text)
    scheme, authority, path, query, fragment = _split(text)
    if scheme is not None:
        return read_slow(text)
    if authority is not None:
        return read_slow(f"{base.scheme}:{text}")
    if path:
        merged = path if path.startswith("/") else base.path[: base.path.rfind("/") + 1] + path
        new_path = encode_path(merged, text)
    else:
        new_path = base.path
    if query is not None:
        new_query: str | None = encode_query(query)
    elif path or base.target == base.path:
        new_query = None
    else:
        new_query = base.query
    new_fragment = encode_query(fragment or "")
    return URLParts(
        base.scheme, base.userinfo, base.host, base.port, new_path, new_query, new_fragment
    )


def read_scheme(scheme: str, text: str) -> str:
    """Return the scheme in lower case. Raises for other schemes."""
    lower = scheme.lower()
    if lower not in {"http", "https"}:
        raise invalid(text, "the scheme must be http or https")
    return lower


def read_host(host: str, text: str) -> str:
    """Return the normalized host: A-labels in lower case, IPv4, or IPv6 without brackets."""
    if host.startswith("["):
        return _read_ipv6(host, text)
    name = host.lower() if host.isascii() else _to_a_labels(host, text)
    if not name:
        raise invalid(text, "it has no host")
    if _NAME.fullmatch(name) is None or len(name.removesuffix(".")) > HOST_CHARS_MAX:
        raise invalid(
            text,
            "the host must be labels of letters, digits, '-' and '_', each 1 to 63 long, "
            "an IPv4 address, or an IPv6 address in brackets",
        )
    # What ends in a number is an address to the resolver: 127.1, 0x7f.1 and 2130706433 all are
    # 127.0.0.1 in disguise, and refused.
    last = name.removesuffix(".").rpartition(".")[2]
    if _NUMBER.fullmatch(last) and _QUAD.fullmatch(name) is None:
        raise invalid(text, "a host that ends in a number must be an IPv4 address like 192.0.2.1")
    return name


def read_port(port: str, text: str) -> int | None:
    """Return the port; None if the colon is last (RFC 3986 3.2.3)."""
    if not port:
        return None
    digits = port.lstrip("0")
    if port.isascii() and port.isdigit() and 0 < len(digits) <= 5 and int(digits) <= 65_535:
        return int(digits)
    raise invalid(text, "the port must be a number from 1 to 65535")


def encode_path(path: str, text: str) -> str:
    """Return the path percent-encoded as UTF-8, without dot segments, at least "/"."""
    if "\\" in path:
        raise invalid(text, "a backslash is not allowed in the path; write %5C")
    encoded = _PATH_UNSAFE.sub(_percent, path)
    if "/." in encoded:
        encoded = _without_dot_segments(encoded)
    return encoded or "/"


def encode_query(query: str) -> str:
    """Return the query (or fragment), with disallowed characters percent-encoded as UTF-8."""
    return _QUERY_UNSAFE.sub(_percent, query)


def encode_userinfo(userinfo: str) -> str:
    """Return user and password, with disallowed characters percent-encoded as UTF-8."""
    return _USERINFO_UNSAFE.sub(_percent, userinfo)


def _percent(match: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in match.group().encode()])


def _split(text: str) -> tuple[str | None, str | None, str, str | None, str | None]:
    match = _REFERENCE.fullmatch(text)
    if match is None:  # pragma: no cover - controls are gone, and the pattern takes all other text
        raise invalid(text, "it is not a URL")
    scheme, authority, path, query, fragment = match.groups()
    return scheme, authority, path, query, fragment


def _read_authority(authority: str, text: str) -> tuple[str, str, int | None]:
    userinfo, at, host_port = authority.rpartition("@")
    if "@" in userinfo:
        raise invalid(text, "there is more than one '@' before the path; write %40")
    if "\\" in authority:
        raise invalid(text, "a backslash is not allowed before the path")
    end = host_port.rfind("]") + 1 if host_port.startswith("[") else host_port.find(":")
    if end < 0:
        end = len(host_port)
    host, rest = host_port[:end], host_port[end:]
    if rest and not rest.startswith(":"):
        raise invalid(text, "there is text between the host and the port")
    return (
        encode_userinfo(userinfo) if at else "",
        read_host(host, text),
        read_port(rest[1:], text),
    )


def _read_ipv6(host: str, text: str) -> str:
    if not host.endswith("]"):
        raise invalid(text, "an IPv6 address in brackets")
    address, percent, zone = host[1:-1].partition("%")
    try:
        compressed = ipaddress.IPv6Address(address).compressed
    except ValueError:
        raise invalid(text, "no IPv6 address in brackets") from None
    return f"{compressed}%{_read_zone(zone, text)}" if percent else compressed


def _read_zone(zone: str, text: str) -> str:
    """Return the decoded zone of an IPv6 address: an interface name or number (RFC 6874 2)."""
    encoded = zone.removeprefix("25")
    if encoded != zone and _ZONE.fullmatch(encoded):
        decoded = unquote(encoded)
        if _INTERFACE.fullmatch(decoded):
            return decoded
    raise invalid(text, "the zone of an IPv6 address is '%25' and the name of an interface")


def _to_a_labels(host: str, text: str) -> str:
    import idna  # noqa: PLC0415 - 2 MB of tables that only non-ASCII hosts need

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:  # IDNAError is one
        raise invalid(text, "the host is not a valid international name (IDNA 2008)") from None


def _without_dot_segments(path: str) -> str:
    # RFC 3986 5.2.4, for a path that starts with "/".
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
