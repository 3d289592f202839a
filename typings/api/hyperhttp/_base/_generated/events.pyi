# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from collections.abc import Callable
from typing import Final, Literal, TypeAlias, final

from hyperhttp._base.event_support import BaseEvent
from hyperhttp._base.facts import BodyFacts, HeadFacts, RequestFacts

@final
class CallStarted(BaseEvent):
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["time"],
        Literal["request"],
    ] = ...

    @property
    def call_id(self) -> int: ...
    @property
    def attempt(self) -> int: ...
    @property
    def hop(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def time(self) -> float: ...
    @property
    def request(self) -> RequestFacts: ...

@final
class AttemptStarted(BaseEvent):
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["time"],
        Literal["request"],
    ] = ...

    @property
    def call_id(self) -> int: ...
    @property
    def attempt(self) -> int: ...
    @property
    def hop(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def time(self) -> float: ...
    @property
    def request(self) -> RequestFacts: ...

@final
class PoolWaited(BaseEvent):
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["reused"],
        Literal["connection_id"],
    ] = ...

    @property
    def call_id(self) -> int: ...
    @property
    def attempt(self) -> int: ...
    @property
    def hop(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def started(self) -> float: ...
    @property
    def ended(self) -> float: ...
    @property
    def reused(self) -> bool: ...
    @property
    def connection_id(self) -> int | None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class NameResolved(BaseEvent):
    call_id: Final[int]
    attempt: Final[int]
    hop: Final[int]
    origin: Final[str]
    started: Final[float]
    ended: Final[float]
    addresses: Final[tuple[str, ...]]
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["addresses"],
    ] = ...

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        addresses: tuple[str, ...],
    ) -> None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class Connected(BaseEvent):
    call_id: Final[int]
    attempt: Final[int]
    hop: Final[int]
    origin: Final[str]
    started: Final[float]
    ended: Final[float]
    peer: Final[str | None]
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["peer"],
    ] = ...

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        peer: str | None,
    ) -> None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class TunnelEstablished(BaseEvent):
    call_id: Final[int]
    attempt: Final[int]
    hop: Final[int]
    origin: Final[str]
    started: Final[float]
    ended: Final[float]
    proxy: Final[str]
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["proxy"],
    ] = ...

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        proxy: str,
    ) -> None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class TLSReady(BaseEvent):
    call_id: Final[int]
    attempt: Final[int]
    hop: Final[int]
    origin: Final[str]
    started: Final[float]
    ended: Final[float]
    version: Final[str]
    cipher: Final[str]
    alpn: Final[str | None]
    resumed: Final[bool]
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["version"],
        Literal["cipher"],
        Literal["alpn"],
        Literal["resumed"],
    ] = ...

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        version: str,
        cipher: str,
        alpn: str | None,
        resumed: bool,
    ) -> None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class RequestSent(BaseEvent):
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["wire_bytes"],
    ] = ...

    @property
    def call_id(self) -> int: ...
    @property
    def attempt(self) -> int: ...
    @property
    def hop(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def started(self) -> float: ...
    @property
    def ended(self) -> float: ...
    @property
    def wire_bytes(self) -> int: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class ResponseStarted(BaseEvent):
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["status_code"],
        Literal["http_version"],
        Literal["peer"],
        Literal["head"],
    ] = ...

    @property
    def call_id(self) -> int: ...
    @property
    def attempt(self) -> int: ...
    @property
    def hop(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def started(self) -> float: ...
    @property
    def ended(self) -> float: ...
    @property
    def status_code(self) -> int: ...
    @property
    def http_version(self) -> str: ...
    @property
    def peer(self) -> str | None: ...
    @property
    def head(self) -> HeadFacts: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class BodyEnded(BaseEvent):
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["wire_bytes"],
        Literal["request"],
        Literal["head"],
        Literal["complete"],
        Literal["error"],
        Literal["body_bytes"],
        Literal["encoded_body"],
    ] = ...

    @property
    def call_id(self) -> int: ...
    @property
    def attempt(self) -> int: ...
    @property
    def hop(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def started(self) -> float: ...
    @property
    def ended(self) -> float: ...
    @property
    def wire_bytes(self) -> int: ...
    @property
    def request(self) -> RequestFacts: ...
    @property
    def head(self) -> HeadFacts: ...
    @property
    def complete(self) -> bool: ...
    @property
    def error(self) -> BaseException | None: ...
    @property
    def body_bytes(self) -> int: ...
    @property
    def encoded_body(self) -> BodyFacts | None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...
    @property
    def decoded_bytes(self) -> int | None: ...

@final
class AttemptFailed(BaseEvent):
    call_id: Final[int]
    attempt: Final[int]
    hop: Final[int]
    origin: Final[str]
    started: Final[float]
    ended: Final[float]
    error: Final[BaseException]
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["error"],
    ] = ...

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        error: BaseException,
    ) -> None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class Redirected(BaseEvent):
    call_id: Final[int]
    attempt: Final[int]
    hop: Final[int]
    origin: Final[str]
    time: Final[float]
    status_code: Final[int | None]
    target_origin: Final[str]
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["time"],
        Literal["status_code"],
        Literal["target_origin"],
    ] = ...

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        time: float,
        status_code: int | None,
        target_origin: str,
    ) -> None: ...

@final
class RetryScheduled(BaseEvent):
    call_id: Final[int]
    attempt: Final[int]
    hop: Final[int]
    origin: Final[str]
    time: Final[float]
    delay_s: Final[float]
    reason: Final[str]
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["time"],
        Literal["delay_s"],
        Literal["reason"],
    ] = ...

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        time: float,
        delay_s: float,
        reason: str,
    ) -> None: ...

@final
class CallEnded(BaseEvent):
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["request"],
        Literal["status_code"],
        Literal["error"],
    ] = ...

    @property
    def call_id(self) -> int: ...
    @property
    def attempt(self) -> int: ...
    @property
    def hop(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def started(self) -> float: ...
    @property
    def ended(self) -> float: ...
    @property
    def request(self) -> RequestFacts: ...
    @property
    def status_code(self) -> int | None: ...
    @property
    def error(self) -> BaseException | None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class ConnectionOpened(BaseEvent):
    connection_id: Final[int]
    origin: Final[str]
    started: Final[float]
    ended: Final[float]
    http_version: Final[str]
    peer: Final[str | None]
    __match_args__: tuple[
        Literal["connection_id"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["http_version"],
        Literal["peer"],
    ] = ...

    def __init__(
        self,
        connection_id: int,
        origin: str,
        started: float,
        ended: float,
        http_version: str,
        peer: str | None,
    ) -> None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class ConnectionClosed(BaseEvent):
    connection_id: Final[int]
    origin: Final[str]
    started: Final[float]
    ended: Final[float]
    reason: Final[
        Literal[
            "abandoned",
            "client closed",
            "expired",
            "failed",
            "not reusable",
            "closed by the server",
        ]
    ]
    requests: Final[int]
    __match_args__: tuple[
        Literal["connection_id"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["reason"],
        Literal["requests"],
    ] = ...

    def __init__(
        self,
        connection_id: int,
        origin: str,
        started: float,
        ended: float,
        reason: Literal[
            "abandoned",
            "client closed",
            "expired",
            "failed",
            "not reusable",
            "closed by the server",
        ],
        requests: int,
    ) -> None: ...
    @property
    def time(self) -> float: ...
    @property
    def duration_s(self) -> float: ...

@final
class BreakerChanged(BaseEvent):
    origin: Final[str]
    time: Final[float]
    before: Final[Literal["closed", "open", "half_open"]]
    after: Final[Literal["closed", "open", "half_open"]]
    __match_args__: tuple[
        Literal["origin"], Literal["time"], Literal["before"], Literal["after"]
    ] = ...

    def __init__(
        self,
        origin: str,
        time: float,
        before: Literal["closed", "open", "half_open"],
        after: Literal["closed", "open", "half_open"],
    ) -> None: ...

Event: TypeAlias = (
    CallStarted
    | AttemptStarted
    | PoolWaited
    | NameResolved
    | Connected
    | TunnelEstablished
    | TLSReady
    | RequestSent
    | ResponseStarted
    | BodyEnded
    | AttemptFailed
    | Redirected
    | RetryScheduled
    | CallEnded
    | ConnectionOpened
    | ConnectionClosed
    | BreakerChanged
)

EventHandler: TypeAlias = Callable[[Event], None]
