"""The events of opening a connection, from the trace of its dial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperhttp._base._generated.events import Connected, NameResolved, TLSReady, TunnelEstablished
from hyperhttp._network.connect_trace import tls_info

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._base._generated.events import Event
    from hyperhttp._network.connect_trace import ConnectTrace

__all__ = ["report_dial"]


def report_dial(
    trace: ConnectTrace, emit: Callable[[Event], None], common: tuple[int, int, int, str]
) -> None:
    """Report the steps of a dial that were completed.

    `common` are the first attributes of the events: call id, attempt, hop and origin.
    """
    last = len(trace.steps) - 1
    for number, (step, started, ended) in enumerate(trace.steps):
        match step:
            case "dns":
                addresses = tuple(dict.fromkeys(one.sockaddr[0] for one in trace.addresses))
                emit(NameResolved(*common, started, ended, addresses))
            case "connect":
                emit(Connected(*common, started, ended, trace.peer))
            case "proxy":
                emit(TunnelEstablished(*common, started, ended, trace.proxy))
            case "tls":
                if number == last:  # before it is TLS with a proxy, or the reading of certificates
                    _report_tls(trace, emit, common, started, ended)


def _report_tls(
    trace: ConnectTrace,
    emit: Callable[[Event], None],
    common: tuple[int, int, int, str],
    started: float,
    ended: float,
) -> None:
    transport = trace.transport
    info = None if transport is None else tls_info(transport)
    if info is None:
        return
    emit(TLSReady(*common, started, ended, info.version, info.cipher, info.alpn, info.is_resumed))
