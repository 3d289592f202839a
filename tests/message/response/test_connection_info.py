"""The facts of a connection are plain values."""

from __future__ import annotations

import pickle

from hyperhttp import ConnectionInfo


def info(**changed: float) -> ConnectionInfo:
    times = {"dns_s": 0.0, "connect_s": 0.0, "proxy_s": 0.0, "tls_s": 0.0, **changed}
    return ConnectionInfo(address="192.0.2.1:443", is_reused=False, tls=None, **times)


def test_opening_it_is_all_of_its_steps() -> None:
    made = info(dns_s=1.0, connect_s=2.0, proxy_s=4.0, tls_s=8.0)
    assert made.opening_s == 15.0


def test_it_compares_and_travels() -> None:
    assert pickle.loads(pickle.dumps(info(dns_s=1.0))) == info(dns_s=1.0) != info()
