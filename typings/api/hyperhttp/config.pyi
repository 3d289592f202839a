# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from hyperhttp._base._generated.client_config import ClientConfig
from hyperhttp._base._generated.config import (
    AddressPolicy,
    Backoff,
    Budget,
    CircuitBreakerPolicy,
    HTTP2Config,
    JSONConfig,
    Limits,
    PoolConfig,
    ProxyConfig,
    RedirectConfig,
    RetryPolicy,
    Timeout,
    TLSConfig,
)

__all__ = [
    "AddressPolicy",
    "Backoff",
    "Budget",
    "CircuitBreakerPolicy",
    "ClientConfig",
    "HTTP2Config",
    "JSONConfig",
    "Limits",
    "PoolConfig",
    "ProxyConfig",
    "RedirectConfig",
    "RetryPolicy",
    "Timeout",
    "TLSConfig",
]
