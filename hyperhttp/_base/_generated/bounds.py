# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/bounds.toml and run the command again.
"""Fixed limits and waits that users can observe."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ADDRESS_STAGGER_S",
    "BREAKER_ORIGINS_MAX",
    "CHALLENGES_MAX",
    "CHARSET_SAMPLE_BYTES",
    "CHUNK_LINE_BYTES",
    "CHUNK_LINE_BYTES_MAX",
    "CLOSE_WAIT_S",
    "CONTINUE_WAIT_S",
    "COOKIES_MAX",
    "COOKIES_PER_DOMAIN_MAX",
    "COOKIE_ATTRIBUTE_BYTES_MAX",
    "COOKIE_BYTES_MAX",
    "COOKIE_LIFETIME_MAX_S",
    "DECODE_AT_ONCE_BYTES_MAX",
    "DIGEST_SESSIONS_MAX",
    "DISCARD_BYTES_MAX",
    "DISCARD_WAIT_S",
    "DNS_CACHE_NAMES_MAX",
    "DNS_CACHE_S",
    "DNS_REFRESH_S",
    "DNS_TTL_MAX_S",
    "DNS_TTL_MIN_S",
    "DOWNLOAD_RESUMES_MAX",
    "ERROR_BODY_BYTES_MAX",
    "ERROR_BODY_WAIT_S",
    "EXCERPT_CHARS_MAX",
    "FLOOD_EMPTY_DATA_MAX",
    "FLOOD_IGNORED_MAX",
    "FLOOD_PERIOD_S",
    "FLOOD_PINGS_MAX",
    "FLOOD_RESETS_MAX",
    "FLOOD_SETTINGS_MAX",
    "FLOOD_WINDOW_UPDATES_MAX",
    "FRAGMENTS_MAX",
    "FRAMED_BYTES_MAX",
    "FRAME_WORK_BYTES",
    "GIVEN_CHARS_MAX",
    "HOST_CHARS_MAX",
    "IDLE_EXPIRY_TICK_S",
    "JSON_EXCERPT_CHARS_MAX",
    "KEEPALIVE_MARGIN_S",
    "LINE_EXCERPT_CHARS_MAX",
    "LOOKUPS_MAX",
    "LOOKUP_START_S",
    "OTHER_LOOP_WAIT_S",
    "PART_NAMES_MAX",
    "PRETTY_CHARS_MAX",
    "PROXY_EXCERPT_CHARS_MAX",
    "PROXY_REASON_WAIT_S",
    "RATIO_FREE_BYTES",
    "RECONNECT_DELAY_MAX_S",
    "REFUSALS_MAX",
    "RETRY_AFTER_MAX_S",
    "SERVER_RETRY_MAX_S",
    "SERVER_RETRY_MIN_S",
    "STATUS_ERROR_BYTES_MAX",
    "STREAMS_BEFORE_SETTINGS_MAX",
    "SURPLUS_IDLE_S",
    "TLS_CLOSE_WAIT_S",
    "TLS_RELOAD_CHECK_S",
    "TLS_SESSIONS_MAX",
    "TOKEN_REFRESH_AHEAD_S",
    "URL_CHARS_MAX",
]

CONTINUE_WAIT_S: Final = 1.0
"""How long a request with `Expect: 100-continue` waits for the 100 response before it sends its
body.
"""
DISCARD_WAIT_S: Final = 0.25
"""How long the client reads the body of a response that a redirect, a retry or an authentication
flow replaces, to keep its connection.
"""
ADDRESS_STAGGER_S: Final = 0.25
"""How long a connection attempt to one address of a host runs before the next address is tried
beside it.
"""
DNS_CACHE_S: Final = 30.0
"""How long the addresses of a host are cached."""
DNS_TTL_MIN_S: Final = 1.0
"""The shortest time that the addresses of a custom `resolver` are cached, whatever TTL it reports.
"""
DNS_TTL_MAX_S: Final = 300.0
"""The longest time that the addresses of a custom `resolver` are cached, whatever TTL it reports.
"""
DNS_REFRESH_S: Final = 5.0
"""How long before its cached addresses expire the client refreshes a host in the background, if
the host is in use. At most a fifth of the cache time.
"""
DNS_CACHE_NAMES_MAX: Final = 4096
"""How many host names the address cache of a client holds."""
LOOKUPS_MAX: Final = 64
"""How many host names of one client are looked up at the same time; more names wait."""
LOOKUP_START_S: Final = 5.0
"""How long a host name waits for one of those lookups to end before `DNSError` is raised."""
CLOSE_WAIT_S: Final = 0.5
"""How long `Client.aclose()` waits for bodies to end and for servers to close TLS before it aborts
their connections.
"""
TLS_CLOSE_WAIT_S: Final = 30.0
"""How long a connection that is closed waits to send the rest, and for the server to close TLS,
before it's aborted.
"""
TLS_SESSIONS_MAX: Final = 256
"""How many servers a client keeps TLS sessions for, if `tls_session_uses` is set. The least
recently used ones are dropped.
"""
OTHER_LOOP_WAIT_S: Final = 2.0
"""How long `Client.aclose()` waits for the event loop of the client if it's called in another one.
Then it closes the sockets itself.
"""
IDLE_EXPIRY_TICK_S: Final = 1.0
"""How much longer than `keepalive_expiry` an idle connection may stay open."""
SURPLUS_IDLE_S: Final = 1.0
"""How long a connection above `max_keepalive_connections` must be unused before it's closed."""
TLS_RELOAD_CHECK_S: Final = 1.0
"""How long a new connection may use certificate files without looking whether they have changed."""
KEEPALIVE_MARGIN_S: Final = 1.0
"""How much earlier than a `Keep-Alive: timeout=` of the server the client stops using an idle
connection.
"""
PROXY_REASON_WAIT_S: Final = 1.0
"""How long the client waits for the body of a response in which a proxy refuses a tunnel."""
RECONNECT_DELAY_MAX_S: Final = 60.0
"""The longest delay before an `EventSource` reconnects, unless the server asks for a longer one.
Up to a quarter is added at random.
"""
SERVER_RETRY_MIN_S: Final = 0.1
"""The shortest `retry` of a server that an `EventSource` uses. Shorter values count as this one."""
SERVER_RETRY_MAX_S: Final = 3600.0
"""The longest `retry` of a server that an `EventSource` uses. Longer values count as this one."""
PRETTY_CHARS_MAX: Final = 16_777_216
"""The longest indented JSON that the command line prints. Longer JSON is printed without
indentation, as it was received.
"""
DOWNLOAD_RESUMES_MAX: Final = 16
"""How many times one `download()` resumes after a broken connection."""
RETRY_AFTER_MAX_S: Final = 2_147_483_648.0
"""The longest `Retry-After` that `response.retry_after` returns; longer ones are returned as this.
"""
PART_NAMES_MAX: Final = 100
"""How many names a download tries for its partial file (`x.part`, `x.1.part`, ...) if other files
have them.
"""
REFUSALS_MAX: Final = 4
"""How many times in a row the client replays a request that an HTTP/2 server didn't process. The
limit only applies while the server processes no other request of the connection either. Such a
request was refused with `REFUSED_STREAM`, or is above the last stream of GOAWAY.
"""
URL_CHARS_MAX: Final = 65_536
"""The longest URL."""
HOST_CHARS_MAX: Final = 253
"""The longest host name in a URL."""
COOKIES_MAX: Final = 3000
"""How many cookies a `Cookies` jar holds."""
COOKIES_PER_DOMAIN_MAX: Final = 180
"""How many cookies of one domain a `Cookies` jar holds."""
COOKIE_LIFETIME_MAX_S: Final = 34_560_000.0
"""The longest lifetime of a cookie: 400 days."""
COOKIE_BYTES_MAX: Final = 4096
"""The largest cookie, name and value together."""
COOKIE_ATTRIBUTE_BYTES_MAX: Final = 1024
"""The largest attribute value of a cookie; larger ones are ignored."""
ERROR_BODY_BYTES_MAX: Final = 65_536
"""The largest body of a 4xx or 5xx response that the verbs wait for, chunked or not. `stream()`
doesn't wait.
"""
ERROR_BODY_WAIT_S: Final = 0.25
"""How long the verbs wait for such a body before they return the response. `elapsed` doesn't
include it.
"""
STATUS_ERROR_BYTES_MAX: Final = 1_048_576
"""The largest body that `araise_for_status()` and `fetch()` read before they raise the status
error. Of a larger one, only `excerpt` is kept.
"""
EXCERPT_CHARS_MAX: Final = 400
"""The longest excerpt of a body in a status error."""
JSON_EXCERPT_CHARS_MAX: Final = 80
"""The longest excerpt of a body in a JSON error, around the position of the mistake."""
PROXY_EXCERPT_CHARS_MAX: Final = 200
"""The longest excerpt of the body in a `ProxyError`."""
LINE_EXCERPT_CHARS_MAX: Final = 80
"""The longest excerpt of a line that isn't HTTP in a `RemoteProtocolError`."""
GIVEN_CHARS_MAX: Final = 80
"""How much of a wrong value a `ConfigError` shows."""
CHARSET_SAMPLE_BYTES: Final = 16_384
"""How much of a body a `default_encoding` function is called with."""
RATIO_FREE_BYTES: Final = 1_048_576
"""The decoded size up to which `max_decode_ratio` doesn't apply."""
FRAME_WORK_BYTES: Final = 8192
"""How much output a zstd frame or a gzip member counts as, in addition to its own, toward
`max_decode_ratio`.
"""
DECODE_AT_ONCE_BYTES_MAX: Final = 65_536
"""The largest encoded body that is decoded without an `await`, when it has arrived with its
headers.
"""
CHUNK_LINE_BYTES: Final = 24
"""How much of each chunk line doesn't count toward `max_chunk_overhead_bytes`."""
CHUNK_LINE_BYTES_MAX: Final = 65_536
"""The longest line with a chunk size and its extensions."""
DISCARD_BYTES_MAX: Final = 65_536
"""The longest remaining body for which the client keeps an HTTP/1.1 connection after a redirect, a
retry or an authentication flow. The client reads that body and discards it.
"""
FRAMED_BYTES_MAX: Final = 9_223_372_036_854_775_807
"""The largest `Content-Length` and the largest chunk size that are accepted."""
CHALLENGES_MAX: Final = 32
"""How many `WWW-Authenticate` challenges of one response are read."""
DIGEST_SESSIONS_MAX: Final = 64
"""How many realms one `DigestAuth` remembers the nonce of; the oldest is dropped."""
BREAKER_ORIGINS_MAX: Final = 1024
"""How many origins have a circuit breaker; the least recently used one is dropped."""
STREAMS_BEFORE_SETTINGS_MAX: Final = 100
"""How many streams an HTTP/2 connection opens before the server sends its limit."""
FRAGMENTS_MAX: Final = 64
"""How many HTTP/2 frames the headers of a response may use."""
FLOOD_PERIOD_S: Final = 1.0
"""The period of the limits on HTTP/2 frames below. Useful frames, such as headers and data, raise
a limit while the period lasts.
"""
FLOOD_SETTINGS_MAX: Final = 300
"""How many SETTINGS frames a server may send in a period before the client closes the connection.
"""
FLOOD_PINGS_MAX: Final = 100
"""How many PING frames a server may send in a period before the client closes the connection."""
FLOOD_RESETS_MAX: Final = 200
"""How many RST_STREAM frames a server may send in a period before the client closes the
connection.
"""
FLOOD_EMPTY_DATA_MAX: Final = 100
"""How many empty DATA frames a server may send in a period before the client closes the
connection.
"""
FLOOD_WINDOW_UPDATES_MAX: Final = 1000
"""How many WINDOW_UPDATE frames a server may send in a period before the client closes the
connection.
"""
FLOOD_IGNORED_MAX: Final = 1000
"""How many ignored frames a server may send in a period before the client closes the connection."""
TOKEN_REFRESH_AHEAD_S: Final = 30.0
"""How long before its expiry a token with a lifetime is fetched again; at most a fifth of its
lifetime.
"""
