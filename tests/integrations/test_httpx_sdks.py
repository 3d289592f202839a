"""Real SDKs that are built on httpx2, over our transports, against a server on loopback."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx2
import pytest

pytest.importorskip("jiter", reason="PyPy: jiter, which both SDKs need, has no wheel for it")
import anthropic
import openai

from hyperhttp import ReadTimeout
from hyperhttp.integrations.httpx2 import AsyncHyperHTTPTransport, HyperHTTPTransport
from tests.servers.threaded import read_head, response, serving

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from anthropic.types import MessageParam
    from openai.types.chat import ChatCompletionMessageParam

KEY = "not-a-secret"
JSON_TYPE = b"Content-Type: application/json"
SSE_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
)
LIMITED = response(b"{}", b"429 Too Many Requests", JSON_TYPE, b"Retry-After-Ms: 1")
REFUSED = response(
    b'{"error": {"message": "no such model"}}', b"400 Bad Request", JSON_TYPE, b"Request-Id: r-1"
)
ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Say hello"}]
ASKED_CLAUDE: list[MessageParam] = [{"role": "user", "content": "Say hello"}]


def chat(text: str) -> bytes:
    """A completion, as the API of OpenAI sends it."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return _json({**_CHAT, "object": "chat.completion", "choices": [choice]})


def chat_stream(*words: str) -> bytes:
    """The same as a stream of events."""
    events = [
        {
            **_CHAT,
            "object": "chat.completion.chunk",
            "choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}],
        }
        for word in words
    ]
    lines = [b"data: " + json.dumps(event).encode() + b"\n\n" for event in events]
    return SSE_HEAD + b"".join(map(_chunk, [*lines, b"data: [DONE]\n\n", b""]))


def message(text: str) -> bytes:
    """A message, as the API of Anthropic sends it."""
    return _json({**_MESSAGE, "content": [{"type": "text", "text": text}]})


def message_stream(*words: str) -> bytes:
    """The same as a stream of events."""
    deltas = [
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": word}}
        for word in words
    ]
    block = {"type": "text", "text": ""}
    events: list[dict[str, object]] = [
        {"type": "message_start", "message": {**_MESSAGE, "content": []}},
        {"type": "content_block_start", "index": 0, "content_block": block},
        *deltas,
        {"type": "content_block_stop", "index": 0},
        {"type": "message_stop"},
    ]
    lines = [f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events]
    return SSE_HEAD + b"".join(map(_chunk, [*lines, b""]))


_CHAT = {"id": "c-1", "created": 1, "model": "m"}
_MESSAGE = {
    "id": "m-1",
    "type": "message",
    "role": "assistant",
    "model": "m",
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 1, "output_tokens": 1},
}


def _json(value: object) -> bytes:
    return response(json.dumps(value).encode(), b"200 OK", JSON_TYPE)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


class API:
    """Sends one response after the other, and keeps the requests."""

    def __init__(self, *responses: bytes) -> None:
        """Take the responses; an empty one never comes."""
        self.requests: list[bytes] = []
        self.responses: Iterator[bytes] = iter(responses)

    def script(self, connection: socket.socket) -> None:
        """Play the server."""
        while received := read_head(connection):
            head, _, body = received.partition(b"\r\n\r\n")
            _, _, length_on = head.lower().partition(b"content-length: ")
            length = int(length_on.partition(b"\r\n")[0] or 0)
            while len(body) < length:
                body += connection.recv(65_536)
            self.requests.append(head + b"\r\n\r\n" + body)
            connection.sendall(next(self.responses))


def openai_of(url: str, timeout: float = 600.0, max_retries: int = 2) -> openai.OpenAI:
    """The client of OpenAI over our transport."""
    http_client = httpx2.Client(transport=HyperHTTPTransport())
    return openai.OpenAI(
        api_key=KEY,
        base_url=url,
        http_client=http_client,
        timeout=timeout,
        max_retries=max_retries,
    )


def claude_of(url: str, timeout: float = 600.0, max_retries: int = 2) -> anthropic.Anthropic:
    """The client of Anthropic over our transport."""
    http_client = httpx2.Client(transport=HyperHTTPTransport())
    return anthropic.Anthropic(
        api_key=KEY,
        base_url=url,
        http_client=http_client,
        timeout=timeout,
        max_retries=max_retries,
    )


def _openai_text(client: openai.OpenAI) -> str | None:
    return client.chat.completions.create(model="m", messages=ASKED).choices[0].message.content


def _claude_text(client: anthropic.Anthropic) -> str:
    found = client.messages.create(model="m", max_tokens=9, messages=ASKED_CLAUDE).content[0]
    assert found.type == "text"
    return found.text


def _ask_openai(url: str, timeout: float = 600.0, max_retries: int = 2) -> str | None:
    with openai_of(url, timeout, max_retries) as client:
        return _openai_text(client)


def _ask_claude(url: str, timeout: float = 600.0, max_retries: int = 2) -> str | None:
    with claude_of(url, timeout, max_retries) as client:
        return _claude_text(client)


each_sdk = pytest.mark.parametrize(
    ("ask", "reply", "errors"),
    [(_ask_openai, chat, openai), (_ask_claude, message, anthropic)],
    ids=["openai", "anthropic"],
)


@each_sdk
def test_a_call_is_made(
    ask: Callable[..., str | None], reply: Callable[[str], bytes], errors: object
) -> None:
    api = API(reply("hello"))
    with serving(api.script) as url:
        assert ask(url) == "hello"
    assert KEY.encode() in api.requests[0]
    assert b"Say hello" in api.requests[0]
    assert api.requests[0].lower().count(b"\r\nuser-agent: ") == 1


@each_sdk
def test_the_sdk_retries(
    ask: Callable[..., str | None], reply: Callable[[str], bytes], errors: object
) -> None:
    api = API(LIMITED, LIMITED, reply("at last"))
    with serving(api.script) as url:
        assert ask(url) == "at last"
    assert len(api.requests) == 3


@each_sdk
def test_an_error_of_the_server_is_the_one_of_the_sdk(
    ask: Callable[..., str | None], reply: Callable[[str], bytes], errors: object
) -> None:
    api = API(REFUSED)
    kind: type[Exception] = getattr(errors, "BadRequestError")  # noqa: B009 - of either SDK
    with serving(api.script) as url, pytest.raises(kind, match="no such model"):
        ask(url)


@each_sdk
def test_a_timeout_is_the_one_of_the_sdk(
    ask: Callable[..., str | None], reply: Callable[[str], bytes], errors: object
) -> None:
    kind: type[Exception] = getattr(errors, "APITimeoutError")  # noqa: B009 - of either SDK
    with serving(API(b"").script) as url, pytest.raises(kind) as caught:
        ask(url, timeout=0.2, max_retries=0)
    cause = caught.value.__cause__
    assert isinstance(cause, httpx2.ReadTimeout)
    assert isinstance(cause.__cause__, ReadTimeout)


@each_sdk
def test_a_refused_connection_is_the_error_of_the_sdk(
    ask: Callable[..., str | None], reply: Callable[[str], bytes], errors: object
) -> None:
    kind: type[Exception] = getattr(errors, "APIConnectionError")  # noqa: B009 - of either SDK
    with pytest.raises(kind) as caught:
        ask("http://127.0.0.1:1", max_retries=0)
    assert isinstance(caught.value.__cause__, httpx2.ConnectError)


def test_openai_streams() -> None:
    with serving(API(chat_stream("hel", "lo")).script) as url, openai_of(url) as client:
        events = client.chat.completions.create(model="m", messages=ASKED, stream=True)
        words = [event.choices[0].delta.content for event in events]
    assert words == ["hel", "lo"]


def test_anthropic_streams() -> None:
    with serving(API(message_stream("hel", "lo")).script) as url, claude_of(url) as client:
        with client.messages.stream(model="m", max_tokens=9, messages=ASKED_CLAUDE) as events:
            assert list(events.text_stream) == ["hel", "lo"]


def test_both_work_with_asyncio() -> None:
    async def run(url: str, claude_url: str) -> list[str | None]:
        async with (
            openai.AsyncOpenAI(
                api_key=KEY,
                base_url=url,
                http_client=httpx2.AsyncClient(transport=AsyncHyperHTTPTransport()),
            ) as client,
            anthropic.AsyncAnthropic(
                api_key=KEY,
                base_url=claude_url,
                http_client=httpx2.AsyncClient(transport=AsyncHyperHTTPTransport()),
            ) as claude,
        ):
            found = await client.chat.completions.create(model="m", messages=ASKED)
            words = [found.choices[0].message.content]
            stream = await client.chat.completions.create(model="m", messages=ASKED, stream=True)
            words += [event.choices[0].delta.content async for event in stream]
            async with claude.messages.stream(
                model="m", max_tokens=9, messages=ASKED_CLAUDE
            ) as events:
                words += [text async for text in events.text_stream]
            return words

    api, claude_api = API(chat("a"), chat_stream("b", "c")), API(message_stream("d", "e"))
    with serving(api.script) as url, serving(claude_api.script) as claude_url:
        assert asyncio.run(run(url, claude_url)) == ["a", "b", "c", "d", "e"]
