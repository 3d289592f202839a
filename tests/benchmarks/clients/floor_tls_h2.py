"""No client: the least for HTTP/2 on Python's TLS. It reads nothing of a frame but its header."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterable
from urllib.parse import SplitResult, urlsplit

from hpack import Encoder
from hyperframe.frame import DataFrame, HeadersFrame, SettingsFrame, WindowUpdateFrame

from tests.benchmarks.cases import LARGE_BYTES
from tests.benchmarks.clients.base import Setting
from tests.benchmarks.clients.floor_tls import BUFFER, Line

_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_WINDOW_BYTES = (1 << 31) - 1
_DATA, _SETTINGS, _WINDOW_UPDATE = 0, 4, 8
_END_STREAM = _ACK = 1


def _window_update(stream_id: int, size: int) -> bytes:
    return WindowUpdateFrame(stream_id, window_increment=size).serialize()


class _Connection(Line):
    def __init__(self, plain: socket.socket, context: ssl.SSLContext, name: str | None) -> None:
        super().__init__(plain, context, name)
        self.answers: dict[int, asyncio.Future[None]] = {}
        self.next_id = 1
        self.credit: dict[int, int] = {}
        self.initial_credit = 65_535
        self.credited = asyncio.Event()
        self._part = b""
        """The start of a frame header that isn't complete."""
        self._skip_bytes = 0
        """The rest of a payload."""
        self._ended: int | None = None
        self._unacknowledged = 0
        self.frame_bytes = 1 << 14
        self._frames: list[bytes] = []

    def begin(self) -> None:
        """Send the preface."""
        settings = SettingsFrame(0, settings={SettingsFrame.INITIAL_WINDOW_SIZE: _WINDOW_BYTES})
        self.send_short(_PREFACE + settings.serialize() + _window_update(0, _WINDOW_BYTES - 65_535))

    def send_soon(self, frame: bytes) -> None:
        """Send it together with the frames of the other tasks."""
        if not self._frames:
            self.loop.call_soon(self._send_frames)
        self._frames.append(frame)

    def _send_frames(self) -> None:
        self.send_short(b"".join(self._frames))
        self._frames.clear()

    def received(self, count: int) -> None:
        data, at = BUFFER[:count], 0
        if self._part:
            data = memoryview(self._part + bytes(data))
        self._part = b""
        while at < len(data):
            if self._skip_bytes:
                step = min(self._skip_bytes, len(data) - at)
                self._skip_bytes -= step
                at += step
                if self._skip_bytes:
                    return
            if self._ended is not None:
                self.answers.pop(self._ended).set_result(None)
                self._ended = None
            if not _is_known(data, at):
                self._part = bytes(data[at:])
                return
            at += self._frame(data, at)
        if not self._skip_bytes and self._ended is not None:
            self.answers.pop(self._ended).set_result(None)
            self._ended = None

    def _frame(self, data: memoryview, at: int) -> int:
        """Begin a frame; return how many bytes of it were used."""
        size = int.from_bytes(data[at : at + 3], "big")
        kind, flags = data[at + 3], data[at + 4]
        stream_id = int.from_bytes(data[at + 5 : at + 9], "big")
        if kind == _WINDOW_UPDATE:
            self._credit(stream_id, int.from_bytes(data[at + 9 : at + 13], "big"))
        elif kind == _SETTINGS:
            if not flags & _ACK:
                self.send_soon(SettingsFrame(0, flags=["ACK"]).serialize())
                self._learn(bytes(data[at + 9 : at + 9 + size]))
        elif flags & _END_STREAM:
            self._ended = stream_id
        if kind == _DATA:
            self._unacknowledged += size
            if self._unacknowledged > _WINDOW_BYTES // 2:
                self.send_soon(_window_update(0, self._unacknowledged))
                self._unacknowledged = 0
        self._skip_bytes = size
        return 9

    def _learn(self, settings: bytes) -> None:
        for start in range(0, len(settings) - 5, 6):
            value = int.from_bytes(settings[start + 2 : start + 6], "big")
            match int.from_bytes(settings[start : start + 2], "big"):
                case SettingsFrame.INITIAL_WINDOW_SIZE:
                    self.initial_credit = value
                case SettingsFrame.MAX_FRAME_SIZE:
                    self.frame_bytes = value

    def _credit(self, stream_id: int, size: int) -> None:
        self.credit[stream_id] = self.credit.get(stream_id, 0) + size
        self.credited.set()


def _is_known(data: memoryview, at: int) -> bool:
    """Whether a frame can be handled: its header is there, and a payload that is read."""
    rest = len(data) - at
    if rest < 9:
        return False
    size = int.from_bytes(data[at : at + 3], "big")
    return data[at + 3] not in {_SETTINGS, _WINDOW_UPDATE} or rest >= 9 + size


class Bench:
    def __init__(self, setting: Setting) -> None:
        self.context = ssl.create_default_context(cafile=setting.ca)
        self.context.set_alpn_protocols(["h2"])
        self.connection: asyncio.Task[_Connection] | None = None
        self.blocks: dict[str, bytes] = {}

    async def _dial(self, address: SplitResult) -> _Connection:
        connection = _Connection(socket.socket(), self.context, address.hostname)
        await connection.connect(address.port or 443)
        connection.begin()
        return connection

    async def _connected(self, address: SplitResult) -> _Connection:
        if self.connection is None:
            self.connection = asyncio.create_task(self._dial(address))
        if self.connection.done():
            return self.connection.result()
        return await asyncio.shield(self.connection)

    def _block(self, url: str, method: str, address: SplitResult) -> bytes:
        block = self.blocks.get(url)
        if block is None:
            fields: dict[bytes | str, bytes | str] = {
                ":method": method,
                ":scheme": "https",
                ":authority": address.netloc,
                ":path": address.path,
            }
            # Without the dynamic table, the block is the same each time.
            encoder = Encoder()
            encoder.header_table_size = 0
            block = self.blocks[url] = encoder.encode(fields)
        return block

    async def get(self, url: str) -> int:
        address = urlsplit(url)
        connection = await self._connected(address)
        stream_id, connection.next_id = connection.next_id, connection.next_id + 2
        frame = HeadersFrame(
            stream_id, self._block(url, "GET", address), flags=["END_HEADERS", "END_STREAM"]
        )
        answer = connection.answers[stream_id] = connection.loop.create_future()
        connection.send_soon(frame.serialize())
        await answer
        return -1

    async def download(self, url: str) -> int:
        return await self.get(url)

    async def upload(self, url: str, pieces: AsyncIterable[bytes]) -> str:
        address = urlsplit(url)
        connection = await self._connected(address)
        stream_id, connection.next_id = connection.next_id, connection.next_id + 2
        answer = connection.answers[stream_id] = connection.loop.create_future()
        connection.credit[stream_id] = connection.initial_credit
        connection.credit.setdefault(0, 0)
        connection.credit[0] += 65_535
        head = HeadersFrame(stream_id, self._block(url, "POST", address), flags=["END_HEADERS"])
        await connection.send(head.serialize())
        async for piece in pieces:
            view = memoryview(piece)
            while view:
                size = min(
                    len(view),
                    connection.frame_bytes,
                    connection.credit[0],
                    connection.credit[stream_id],
                )
                if not size:
                    connection.credited.clear()
                    await connection.credited.wait()
                    continue
                connection.credit[0] -= size
                connection.credit[stream_id] -= size
                header = size.to_bytes(3, "big") + b"\0\0" + stream_id.to_bytes(4, "big")
                await connection.send(b"".join((header, view[:size])))
                view = view[size:]
        await connection.send(DataFrame(stream_id, flags=["END_STREAM"]).serialize())
        await answer
        return str(LARGE_BYTES)

    async def aclose(self) -> None:
        if self.connection is not None:
            self.connection.result().close()
