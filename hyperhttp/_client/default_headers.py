"""The headers that a client sends by default, and how those of a request change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hyperhttp._base.input_pairs import is_mapping, pairs_of
from hyperhttp._message.content.decoders import ACCEPT_ENCODING
from hyperhttp._message.headers.headers import Headers, merged_headers
from hyperhttp._message.request.default_headers import DefaultHeaders

if TYPE_CHECKING:
    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._message.headers.headers import HeadersInput, RequestHeadersInput

__all__ = ["client_headers", "own_headers", "request_headers"]


def own_headers(config: ClientConfig) -> Headers:
    """Return User-Agent, Accept and Accept-Encoding."""
    headers = Headers()
    if config.user_agent:
        headers.add("User-Agent", config.user_agent)
    headers.add("Accept", "*/*")
    if ACCEPT_ENCODING:
        headers.add("Accept-Encoding", ACCEPT_ENCODING)
    return headers


def client_headers(config: ClientConfig, given: RequestHeadersInput) -> DefaultHeaders:
    """Return the headers of a client. Raises ConfigError and LocalProtocolError."""
    defaults, headers = request_headers(DefaultHeaders(own_headers(config)), given)
    return DefaultHeaders(merged_headers(defaults.headers, headers))


def request_headers(
    defaults: DefaultHeaders, given: RequestHeadersInput
) -> tuple[DefaultHeaders, Headers]:
    """Return the defaults without those that are None in `given`, and the headers in it.

    If `Content-Type` is None, the body has none either.

    Raises ConfigError and LocalProtocolError.
    """
    if isinstance(given, Headers) or (is_mapping(given) and None not in given.values()):
        return defaults, Headers(cast("HeadersInput", given))
    headers, dropped = Headers(), Headers()
    for name, value in pairs_of(given, option="headers"):
        # `add` checks the types of both.
        if value is None:
            dropped.add(cast("str", name), "")
        else:
            headers.add(cast("str", name), cast("str", value))
    if dropped:
        kept = defaults.headers.copy()
        for name in dropped:
            kept.pop(name, None)
        drops = "content-type" in dropped and "content-type" not in headers
        defaults = DefaultHeaders(kept, drops_content_type=drops)
    return defaults, headers
