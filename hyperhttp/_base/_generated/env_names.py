# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/config.toml and run the command again.
"""The names of the options in the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = [
    "ENV_NAMES",
]

ENV_NAMES: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "BASE_URL": ("", "base_url", ("str",)),
    "USER_AGENT": ("", "user_agent", ("str",)),
    "DEFAULT_ENCODING": ("", "default_encoding", ("str",)),
    "HTTP2": ("", "http2", ("bool", "prior-knowledge")),
    "TRUST_ENV": ("", "trust_env", ("bool",)),
    "LOCAL_ADDRESS": ("", "local_address", ("str", "none")),
    "UDS": ("", "uds", ("Path", "none")),
    "TIMEOUT_TOTAL": ("timeout", "total", ("float", "none")),
    "TIMEOUT_CONNECT": ("timeout", "connect", ("float", "none")),
    "TIMEOUT_READ": ("timeout", "read", ("float", "none")),
    "TIMEOUT_WRITE": ("timeout", "write", ("float", "none")),
    "TIMEOUT_POOL": ("timeout", "pool", ("float", "none")),
    "MAX_CONNECTIONS": ("pool", "max_connections", ("int", "none")),
    "MAX_CONNECTIONS_PER_HOST": ("pool", "max_connections_per_host", ("int", "none")),
    "MAX_KEEPALIVE_CONNECTIONS": ("pool", "max_keepalive_connections", ("int", "none")),
    "KEEPALIVE_EXPIRY": ("pool", "keepalive_expiry", ("float", "none")),
    "MAX_CONNECTION_AGE": ("pool", "max_connection_age", ("float", "none")),
    "MAX_HEAD_BYTES": ("limits", "max_head_bytes", ("int",)),
    "MAX_HEAD_FIELDS": ("limits", "max_head_fields", ("int",)),
    "MAX_INFORMATIONAL": ("limits", "max_informational", ("int",)),
    "MAX_TRAILER_BYTES": ("limits", "max_trailer_bytes", ("int",)),
    "MAX_TRAILER_FIELDS": ("limits", "max_trailer_fields", ("int",)),
    "MAX_CHUNK_OVERHEAD_BYTES": ("limits", "max_chunk_overhead_bytes", ("int",)),
    "MAX_BODY_BYTES": ("limits", "max_body_bytes", ("int", "none")),
    "MAX_DECODED_BYTES": ("limits", "max_decoded_bytes", ("int", "none")),
    "MAX_DECODE_RATIO": ("limits", "max_decode_ratio", ("float",)),
    "MAX_CODINGS": ("limits", "max_codings", ("int",)),
    "MAX_LINE_BYTES": ("limits", "max_line_bytes", ("int", "none")),
    "RECEIVE_BUFFER_BYTES": ("limits", "receive_buffer_bytes", ("int",)),
    "HTTP2_STREAM_WINDOW_BYTES": ("http2_config", "stream_window_bytes", ("int",)),
    "HTTP2_CONNECTION_WINDOW_BYTES": ("http2_config", "connection_window_bytes", ("int",)),
    "HTTP2_MAX_FRAME_BYTES": ("http2_config", "max_frame_bytes", ("int",)),
    "HTTP2_MAX_STREAMS": ("http2_config", "max_streams", ("int",)),
    "HTTP2_PING_AFTER": ("http2_config", "ping_after", ("float", "none")),
    "HTTP2_PING_TIMEOUT": ("http2_config", "ping_timeout", ("float",)),
    "FOLLOW_REDIRECTS": ("redirects", "follow", ("bool",)),
    "MAX_REDIRECTS": ("redirects", "max_redirects", ("int",)),
    "VERIFY": ("tls", "verify", ("bool", "Path")),
    "SYSTEM_TRUST": ("tls", "system_trust", ("bool",)),
    "CERT": ("tls", "cert", ("Path", "none")),
    "CERT_KEY": ("tls", "cert_key", ("Path", "none")),
    "CERT_PASSWORD": ("tls", "cert_password", ("SecretStr", "none")),
    "KEYLOG": ("tls", "keylog", ("Path", "none")),
    "PROXY_URL": ("proxy", "url", ("SecretStr", "none")),
    "PROXY_BYPASS": ("proxy", "bypass", ("str",)),
    "RETRY_MAX_RETRIES": ("retry", "max_retries", ("int",)),
    "RETRY_METHODS": ("retry", "methods", ("set", "str")),
    "RETRY_STATUSES": ("retry", "statuses", ("set", "int")),
    "RETRY_ERRORS": ("retry", "errors", ("set", "str")),
    "RETRY_BACKOFF_INITIAL": ("retry.backoff", "initial", ("float",)),
    "RETRY_BACKOFF_MAXIMUM": ("retry.backoff", "maximum", ("float",)),
    "RETRY_RESPECT_RETRY_AFTER": ("retry", "respect_retry_after", ("bool",)),
    "RETRY_RETRY_AFTER_MAX": ("retry", "retry_after_max", ("float",)),
    "RETRY_BUDGET_RATIO": ("retry.budget", "ratio", ("float",)),
    "RETRY_BUDGET_RESERVE": ("retry.budget", "reserve", ("int",)),
    "RETRY_BUDGET_MAXIMUM": ("retry.budget", "maximum", ("int",)),
    "RETRY": ("", "retry", ("switch", "none")),
    "CIRCUIT_BREAKER_FAILURE_THRESHOLD": ("circuit_breaker", "failure_threshold", ("int",)),
    "CIRCUIT_BREAKER_WINDOW": ("circuit_breaker", "window", ("float",)),
    "CIRCUIT_BREAKER_RECOVERY_TIMEOUT": ("circuit_breaker", "recovery_timeout", ("float",)),
    "CIRCUIT_BREAKER_SUCCESS_THRESHOLD": ("circuit_breaker", "success_threshold", ("int",)),
    "CIRCUIT_BREAKER": ("", "circuit_breaker", ("switch", "none")),
}
"""Names without prefix -> dotted group, field, and the kinds of value it may have."""
