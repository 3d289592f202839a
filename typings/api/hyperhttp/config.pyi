# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from hyperhttp._base._generated.config import (
    Backoff,
    Budget,
    CircuitBreakerPolicy,
    ClientConfig,
    HTTP2Config,
    Limits,
    PoolConfig,
    ProxyConfig,
    RedirectConfig,
    RetryPolicy,
    Timeout,
    TLSConfig,
)

__all__ = [
    "Backoff",
    "Budget",
    "CircuitBreakerPolicy",
    "ClientConfig",
    "HTTP2Config",
    "Limits",
    "PoolConfig",
    "ProxyConfig",
    "RedirectConfig",
    "RetryPolicy",
    "Timeout",
    "TLSConfig",
]
