"""Calls that the examples of both SDKs make, over our transports: files, events, tools, pages."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("jiter", reason="PyPy: jiter, which both SDKs need, has no wheel for it")
import anthropic

from tests.integrations.test_httpx_sdks import (
    API,
    ASKED,
    JSON_TYPE,
    SSE_HEAD,
    chat_stream,
    claude_of,
    message,
    openai_of,
)
from tests.servers.threaded import response, serving

if TYPE_CHECKING:
    from pathlib import Path

SOUND = bytes(range(256)) * 1_000
RESPONSE = {
    "id": "r-1",
    "object": "response",
    "created_at": 1,
    "model": "m",
    "output": [],
    "parallel_tool_calls": True,
    "tool_choice": "auto",
    "tools": [],
}
USE = {"type": "tool_use", "id": "t-1", "name": "weather", "input": {"city": "Paris"}}


def reply(value: object) -> bytes:
    return response(json.dumps(value).encode(), b"200 OK", JSON_TYPE)


def events(*values: dict[str, object]) -> bytes:
    """A stream of events, each with its number."""
    numbered = [{**value, "sequence_number": number} for number, value in enumerate(values)]
    lines = [f"event: {one['type']}\ndata: {json.dumps(one)}\n\n".encode() for one in numbered]
    return SSE_HEAD + b"".join(b"%x\r\n%b\r\n" % (len(line), line) for line in [*lines, b""])


def test_the_events_of_a_response() -> None:
    delta = {"type": "response.output_text.delta", "output_index": 0, "content_index": 0}
    stream = events(
        {"type": "response.created", "response": {**RESPONSE, "status": "in_progress"}},
        {**delta, "item_id": "i-1", "delta": "hel", "logprobs": []},
        {**delta, "item_id": "i-1", "delta": "lo", "logprobs": []},
        {"type": "response.completed", "response": {**RESPONSE, "status": "completed"}},
    )
    with serving(API(stream).script) as url, openai_of(url) as client:
        found = list(client.responses.create(model="m", input="Say hello", stream=True))
    assert [one.type.rpartition(".")[2] for one in found] == [
        "created",
        "delta",
        "delta",
        "completed",
    ]
    assert [one.delta for one in found if one.type == "response.output_text.delta"] == ["hel", "lo"]


def test_a_stream_that_is_left_early_does_not_disturb_the_next_call() -> None:
    api = API(chat_stream("one", "two", "three"), chat_stream("four"))
    with serving(api.script) as url, openai_of(url) as client:
        with client.chat.completions.create(model="m", messages=ASKED, stream=True) as first:
            assert next(first).choices[0].delta.content == "one"
        second = client.chat.completions.create(model="m", messages=ASKED, stream=True)
        assert [one.choices[0].delta.content for one in second] == ["four"]


def test_sound_is_streamed_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "speech.mp3"
    with serving(API(response(SOUND)).script) as url, openai_of(url) as client:
        speech = client.audio.speech.with_streaming_response
        with speech.create(model="m", voice="alloy", input="hello") as found:
            found.stream_to_file(path)
    assert path.read_bytes() == SOUND


def test_a_file_is_uploaded_as_multipart(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(SOUND)
    file = {"id": "f-1", "object": "file", "bytes": 1, "created_at": 1, "status": "processed"}
    api = API(reply({**file, "filename": "batch.jsonl", "purpose": "batch"}))
    with serving(api.script) as url, openai_of(url) as client:
        assert client.files.create(file=path, purpose="batch").id == "f-1"
    head, _, body = api.requests[0].partition(b"\r\n\r\n")
    assert b"multipart/form-data; boundary=" in head
    assert b'filename="batch.jsonl"' in body
    sent = body.partition(b"Content-Type: application/octet-stream\r\n\r\n")[2][: len(SOUND)]
    assert hashlib.sha256(sent).digest() == hashlib.sha256(SOUND).digest()


def test_a_tool_is_run_between_two_messages() -> None:
    asked: list[str] = []

    @anthropic.beta_tool
    def weather(city: str) -> str:
        """Return the weather of a city."""
        asked.append(city)
        return "sunny"

    use = json.loads(message("").partition(b"\r\n\r\n")[2])
    api = API(reply({**use, "content": [USE], "stop_reason": "tool_use"}), message("Sunny."))
    with serving(api.script) as url, claude_of(url) as client:
        runner = client.beta.messages.tool_runner(
            model="m",
            max_tokens=9,
            tools=[weather],
            messages=[{"role": "user", "content": "How is the weather in Paris?"}],
        )
        kinds = [one.content[0].type for one in runner]
    assert (asked, kinds) == (["Paris"], ["tool_use", "text"])
    assert b'"tool_result"' in api.requests[1]


def test_the_results_of_a_batch_are_lines() -> None:
    done = json.loads(message("hello").partition(b"\r\n\r\n")[2])
    lines = [
        {"custom_id": f"c-{number}", "result": {"type": "succeeded", "message": done}}
        for number in range(3)
    ]
    results = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    api = API()
    with serving(api.script) as url, claude_of(url) as client:
        batch = {"id": "b-1", "type": "message_batch", "results_url": f"{url}/results"}
        api.responses = iter(
            [reply(batch), response(results, b"200 OK", b"Content-Type: text/plain")]
        )
        found = [one.custom_id for one in client.messages.batches.results("b-1")]
    assert found == ["c-0", "c-1", "c-2"]
    assert [one.split(b" ")[0] for one in api.requests] == [b"GET", b"GET"]
