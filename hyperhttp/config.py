# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/public.toml and run the command again.
"""The configuration models, frozen and validated. Generated from `spec/config.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperhttp._base.lazy_names import lazy_names

if TYPE_CHECKING:
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
    "TLSConfig",
    "Timeout",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "hyperhttp._base._generated.client_config": ("ClientConfig",),
            "hyperhttp._base._generated.config": (
                "AddressPolicy",
                "Backoff",
                "Budget",
                "CircuitBreakerPolicy",
                "HTTP2Config",
                "JSONConfig",
                "Limits",
                "PoolConfig",
                "ProxyConfig",
                "RedirectConfig",
                "RetryPolicy",
                "Timeout",
                "TLSConfig",
            ),
        },
    )
