"""A scripted HTTP/2 peer: a test says, frame by frame, what the server does, and reads what came.

`RawServer` plays the scripts, so a script that fails fails its test, and TLS, resets and half-open
connections are as there. What goes out is checked for nothing; what comes in must be well-formed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from h2.settings import SettingCodes
from hpack import Decoder, Encoder
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from tests.servers import h2_frames
from tests.servers.h2_frames import FRAME_BYTES_DEFAULT, HEAD_BYTES, PREFACE, WINDOW_DEFAULT
from tests.servers.raw import RawServer

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from tests.servers.h2_frames import Field
    from tests.servers.raw import Peer, Script

    H2Script: TypeAlias = Callable[["H2Peer"], Awaitable[None]]

    F = TypeVar("F", bound=Frame)


class H2Peer:
    """The server's end of one HTTP/2 connection; `raw_peer` is what lies below it.

    All that comes is filed as it is read, whichever method reads it: `ended`, `resets`, `granted`
    and `goaways` tell of the past, the methods that read wait for what is still to come.
    """

    def __init__(self, raw_peer: Peer) -> None:
        """Nothing is sent or read before `handshake`."""
        self.raw_peer = raw_peer
        self.encoder, self.decoder = Encoder(), Decoder()
        self.client_settings: dict[int, int] = {}
        self.ended = set[int]()
        self.resets: dict[int, int] = {}
        self.trailers: dict[int, list[tuple[str, str]]] = {}
        self.goaways: list[GoAwayFrame] = []
        self.acknowledged = 0
        """How many of its SETTINGS the client has acknowledged."""
        self.granted = defaultdict[int, int](int)
        """Credit that came by WINDOW_UPDATE; stream 0 is the connection."""
        self.replies = True
        """Whether SETTINGS and PING are acknowledged when they are read."""
        self.returns_credit = False
        """Whether the credit of DATA goes back when it is read, whichever stream is waited for."""
        self.keeps_bodies = True
        """Whether what came is held; without it there is no `body`."""
        self.drip_bytes: int | None = None
        """Sends everything in pieces of so many bytes."""
        self._requests = deque[tuple[int, list[tuple[str, str]]]]()
        self._seen = set[int]()
        self._block = bytearray()
        self._block_of: int | None = None
        self._bodies = defaultdict[int, bytearray](bytearray)
        self._consumed = defaultdict[int, int](int)
        self._sent = defaultdict[int, int](int)

    # What a script reads.

    async def handshake(self, settings: Mapping[int, int] | None = None) -> None:
        """Read the preface with its SETTINGS, send our own, acknowledge theirs."""
        preface = await self.raw_peer.read_exactly(len(PREFACE))
        assert preface == PREFACE, f"expected the preface of HTTP/2, not {preface!r}"
        await self.settings(settings)
        await self.expect(SettingsFrame)

    async def read_frame(self) -> Frame:
        """The next frame, whatever it is."""
        found, length = h2_frames.read_head(await self.raw_peer.read_exactly(HEAD_BYTES))
        found.parse_body(memoryview(await self.raw_peer.read_exactly(length)))
        await self._file(found)
        if not self.keeps_bodies:
            self.raw_peer.forget()
        return found

    async def expect(self, kind: type[F], stream_id: int | None = None) -> F:
        """The next frame, which must be of this kind; credit and acknowledgements may come before.

        They are not passed over where they are what is expected.
        """
        found = await self.read_frame()
        while not isinstance(found, kind) and _is_housekeeping(found):
            found = await self.read_frame()
        assert isinstance(found, kind), f"expected a {kind.__name__}, not {found!r}"
        assert stream_id in {None, found.stream_id}, f"expected stream {stream_id}: {found!r}"
        return found

    async def request(self) -> tuple[int, list[tuple[str, str]]]:
        """The next request head, pseudo-fields included, and its stream; bodies are kept aside."""
        while not self._requests:
            await self.read_frame()
        return self._requests.popleft()

    async def body(self, stream_id: int, *, credit: bool = True) -> bytes:
        """The whole body of a request; `credit` gives back what its DATA takes from the windows."""
        while stream_id not in self.ended:
            assert stream_id not in self.resets, f"stream {stream_id} was reset in its body"
            if credit:
                await self.give_back(stream_id)
            await self.read_frame()
        return bytes(self._bodies[stream_id])

    async def body_bytes(self, stream_id: int, count: int) -> bytes:
        """The body as soon as `count` bytes of it have come; nothing is given back for it."""
        while len(self._bodies[stream_id]) < count:
            assert stream_id not in self.ended, f"stream {stream_id} ended before {count} bytes"
            await self.read_frame()
        return bytes(self._bodies[stream_id])

    async def reset_of(self, stream_id: int) -> int:
        """The code by which the client resets a stream, or has."""
        while stream_id not in self.resets:
            await self.read_frame()
        return self.resets[stream_id]

    async def goaway_of_client(self) -> GoAwayFrame:
        """The GOAWAY that the client sends, or has sent first."""
        while not self.goaways:
            await self.read_frame()
        return self.goaways[0]

    async def settings_acknowledged(self, count: int) -> None:
        """Wait until the client has acknowledged so many SETTINGS."""
        while self.acknowledged < count:
            await self.read_frame()

    async def read_to_end(self) -> list[Frame]:
        """The frames that still come until the client closes, which it may do in none of them."""
        self.replies = False  # nobody would read one
        reader = h2_frames.FrameReader()
        found = list(reader.feed(await self.raw_peer.read_to_end()))
        assert reader.is_between_frames, "the client closed in the middle of a frame"
        for frame in found:
            await self._file(frame)
        return found

    # What a script sends.

    async def raw(self, sent: bytes) -> None:
        """Send bytes as they are."""
        if self.drip_bytes is None:
            await self.raw_peer.send(sent)
        else:
            await self.raw_peer.drip(sent, self.drip_bytes)

    async def headers(
        self,
        stream_id: int,
        fields: Sequence[Field],
        *,
        end: bool = False,
        pad: int | None = None,
        split: int | None = None,
    ) -> None:
        """Send a head, interim response or trailers; `split` is the size of the fragments."""
        block = h2_frames.encode(self.encoder, fields)
        await self.raw(h2_frames.headers(stream_id, block, end=end, pad=pad, split=split))

    async def data(
        self, stream_id: int, payload: bytes = b"", *, end: bool = False, pad: int | None = None
    ) -> None:
        """Send one DATA frame, whether or not the windows and the frame size allow it."""
        for window in (0, stream_id):
            self._sent[window] += len(payload) + (0 if pad is None else 1 + pad)
        await self.raw(h2_frames.data(stream_id, payload, end=end, pad=pad))

    async def body_within_windows(
        self,
        stream_id: int,
        payload: bytes,
        *,
        end: bool = True,
        pad: int | None = None,
        frame_bytes: int = FRAME_BYTES_DEFAULT,
    ) -> None:
        """Send a body in frames of at most `frame_bytes` with their padding, waiting for credit."""
        overhead, start = 0 if pad is None else 1 + pad, 0
        while start < len(payload):
            room = min(self.sendable(stream_id), frame_bytes) - overhead
            if room <= 0:
                await self.read_frame()
                continue
            piece = payload[start : start + room]
            start += len(piece)
            await self.data(stream_id, piece, end=end and start == len(payload), pad=pad)
        if end and not payload:
            await self.data(stream_id, end=True)

    async def respond(
        self, stream_id: int, body: bytes = b"", *fields: Field, status: int = 200
    ) -> None:
        """Send a whole response, its body within the windows."""
        await self.headers(stream_id, [(":status", str(status)), *fields], end=not body)
        if body:
            await self.body_within_windows(stream_id, body)

    async def rst(self, stream_id: int, code: int) -> None:
        """Send RST_STREAM."""
        await self.raw(h2_frames.rst(stream_id, code))

    async def goaway(self, last_stream_id: int, code: int = 0, debug: bytes = b"") -> None:
        """Send GOAWAY; the connection stays open."""
        await self.raw(h2_frames.goaway(last_stream_id, code, debug))

    async def ping(self, payload: bytes = b"8 octets", *, ack: bool = False) -> None:
        """Send PING, or the response to one."""
        await self.raw(h2_frames.ping(payload, ack=ack))

    async def settings(self, values: Mapping[int, int] | None = None, *, ack: bool = False) -> None:
        """Send SETTINGS, or the acknowledgement of one."""
        await self.raw(h2_frames.settings(values, ack=ack))

    async def window_update(self, stream_id: int, increment: int) -> None:
        """Send WINDOW_UPDATE; stream 0 is the connection."""
        await self.raw(h2_frames.window_update(stream_id, increment))

    async def push_promise(self, stream_id: int, promised_id: int, fields: Sequence[Field]) -> None:
        """Send PUSH_PROMISE."""
        block = h2_frames.encode(self.encoder, fields)
        await self.raw(h2_frames.push_promise(stream_id, promised_id, block))

    async def give_back(self, stream_id: int) -> None:
        """Return the credit that a stream's DATA took from its window and the connection's."""
        consumed = self._consumed.pop(stream_id, 0)
        if consumed:
            await self.window_update(0, consumed)
        if consumed and stream_id not in self.ended:
            await self.window_update(stream_id, consumed)

    def eof(self) -> None:
        """Close in order."""
        self.raw_peer.close()

    def reset(self) -> None:
        """Close with TCP's RST."""
        self.raw_peer.reset()

    def sendable(self, stream_id: int) -> int:
        """What the client's windows allow on a stream now; below zero after a smaller setting."""
        initial = self.client_settings.get(SettingCodes.INITIAL_WINDOW_SIZE, WINDOW_DEFAULT)
        return min(
            WINDOW_DEFAULT + self.granted[0] - self._sent[0],
            initial + self.granted[stream_id] - self._sent[stream_id],
        )

    # What comes, filed.

    async def _file(self, frame: Frame) -> None:
        if self._block_of is not None:
            is_next = isinstance(frame, ContinuationFrame) and frame.stream_id == self._block_of
            assert is_next, f"{frame!r} came within the field block of stream {self._block_of}"
        match frame:
            case HeadersFrame() | ContinuationFrame():
                self._file_block(frame)
            case DataFrame():
                if self.keeps_bodies:
                    self._bodies[frame.stream_id] += frame.data
                self._consumed[frame.stream_id] += frame.flow_controlled_length
            case RstStreamFrame():
                self.resets[frame.stream_id] = frame.error_code
            case WindowUpdateFrame():
                self.granted[frame.stream_id] += frame.window_increment
            case SettingsFrame():
                await self._obey(frame)
            case PingFrame() if "ACK" not in frame.flags and self.replies:
                await self.ping(frame.opaque_data, ack=True)
            case GoAwayFrame():
                self.goaways.append(frame)
            case _:
                pass
        if isinstance(frame, (HeadersFrame, DataFrame)) and "END_STREAM" in frame.flags:
            self.ended.add(frame.stream_id)
        if self.returns_credit:
            await self.give_back(frame.stream_id)

    def _file_block(self, frame: HeadersFrame | ContinuationFrame) -> None:
        """Collect a field block; RFC 9113 section 4.3: no other frame may come within one."""
        self._block += frame.data
        self._block_of = None if "END_HEADERS" in frame.flags else frame.stream_id
        if self._block_of is not None:
            return
        fields = h2_frames.decode(self.decoder, bytes(self._block))
        self._block.clear()
        if frame.stream_id in self._seen:
            self.trailers[frame.stream_id] = fields
        else:
            self._seen.add(frame.stream_id)
            self._requests.append((frame.stream_id, fields))

    async def _obey(self, frame: SettingsFrame) -> None:
        if "ACK" in frame.flags:
            self.acknowledged += 1
            return
        self.client_settings.update(frame.settings)
        table_bytes = frame.settings.get(SettingCodes.HEADER_TABLE_SIZE)
        if table_bytes is not None:
            h2_frames.resize(self.encoder, table_bytes)
        if self.replies:
            await self.settings(ack=True)


def _is_housekeeping(frame: Frame) -> bool:
    is_reply = isinstance(frame, (SettingsFrame, PingFrame)) and "ACK" in frame.flags
    return is_reply or isinstance(frame, WindowUpdateFrame)


def over_h2(script: H2Script) -> Script:
    """The script for a `RawServer`, of whose connections others may speak HTTP/1.1."""
    return partial(_play, script)


async def _play(script: H2Script, peer: Peer) -> None:
    await script(H2Peer(peer))


class RawH2Server(RawServer):
    """A `RawServer` all of whose scripts speak HTTP/2.

    `tls=server_context(certificates.good, alpn=("h2",))` says so by ALPN, or says something else.
    """

    def __init__(self, *scripts: H2Script, tls: ssl.SSLContext | None = None) -> None:
        """Take the scripts; the last one also serves every connection after it."""
        super().__init__(*map(over_h2, scripts), tls=tls)
