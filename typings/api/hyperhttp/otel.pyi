# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/otel.py and run the command again.

from collections.abc import Callable, Iterable
from typing import Literal, final

from hyperhttp._base._generated.events import Event
from hyperhttp._base.facts import RequestFacts
from hyperhttp.client import Client
from hyperhttp.sync import SyncClient

__all__ = ["Instrumentation", "instrument", "instrument_all", "uninstrument", "uninstrument_all"]

def instrument(
    client: Client | SyncClient,
    *,
    tracer_provider: object = None,
    meter_provider: object = None,
    request_headers: Iterable[str] = (),
    response_headers: Iterable[str] = (),
    url_template: Callable[[RequestFacts], str | None] | None = None,
    span_end: Literal["body", "headers"] = "body",
    incubating: bool = False,
) -> None: ...
def uninstrument(client: Client | SyncClient) -> None: ...
def instrument_all(
    *,
    tracer_provider: object = None,
    meter_provider: object = None,
    request_headers: Iterable[str] = (),
    response_headers: Iterable[str] = (),
    url_template: Callable[[RequestFacts], str | None] | None = None,
    span_end: Literal["body", "headers"] = "body",
    incubating: bool = False,
) -> None: ...
def uninstrument_all() -> None: ...

@final
class Instrumentation:
    def __init__(
        self,
        *,
        tracer_provider: object = None,
        meter_provider: object = None,
        request_headers: Iterable[str] = (),
        response_headers: Iterable[str] = (),
        url_template: Callable[[RequestFacts], str | None] | None = None,
        span_end: Literal["body", "headers"] = "body",
        incubating: bool = False,
    ) -> None: ...
    def __call__(self, event: Event) -> None: ...
