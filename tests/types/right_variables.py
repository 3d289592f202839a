"""Bodies and parameters in variables, of which mypy infers no more than `dict[str, object]`."""

from __future__ import annotations

from typing import Any

from hyperhttp import Client, MockResponse


async def json_in_variables(client: Client) -> None:
    for_post = {"id": 1, "name": "Ann"}
    nested = {"a": [1, 2], "b": {"c": None}}
    texts = {"a": "x", "b": {"c": "y"}}
    text_and_list = {"items": [1, 2], "name": "x"}
    chat = {"model": "m", "messages": [{"role": "user", "content": "hi"}], "stream": True, "t": 0.5}
    whole = {"user": {"id": 1, "name": "Ann"}, "roles": [{"n": 1, "m": "x"}]}
    optional = {"filter": {"a": [1]}, "sort": ["a"], "page": None}
    pair = {"a": ("x", 1), "b": [1]}
    await client.post("/", json=for_post)
    await client.post("/", json=nested)
    await client.post("/", json=texts)
    await client.post("/", json=text_and_list)
    await client.post("/", json=chat)
    await client.post("/", json=whole)
    await client.post("/", json=optional)
    await client.post("/", json=pair)


async def lists_in_variables(client: Client) -> None:
    mixed = [1, "a", None]
    records = [{"a": 1, "b": "x"}]
    nested = [[1], {"a": 1}]
    text_and_list = [[1], "a"]
    pairs = [("a", 1), {"b": 2}]
    await client.post("/", json=mixed)
    await client.post("/", json=records)
    await client.post("/", json=nested)
    await client.post("/", json=text_and_list)
    await client.post("/", json=pairs)


async def declared(
    client: Client, loose: dict[str, Any], objects: dict[str, object], listed: list[object]
) -> None:
    await client.post("/", json=loose)
    await client.post("/", json=objects)
    await client.post("/", json=listed)
    MockResponse(json=objects)


async def parameters_in_variables(client: Client, loose: dict[str, Any]) -> None:
    page = {"page": 2, "q": "a"}
    tags = {"page": 2, "tag": ["x", "y"]}
    pairs = [("a", 1), ("b", "x")]
    await client.get("/", params=page)
    await client.get("/", params=tags)
    await client.get("/", params=pairs)
    await client.get("/", params=loose)
    await client.post("/", data=page)
    await client.post("/", data=tags)
    await client.post("/", data=pairs)


async def gaps(client: Client) -> None:
    """Values that mypy accepts and that raise a ConfigError when the request is built.

    bytes are a sequence of int, and a list of plain objects is a `list[object]`. Among parameters, mypy infers `dict[str, object]` for a literal
    that mixes right values with wrong ones; pyright reports those.
    """
    await client.post("/", json=b"bytes")
    await client.post("/", json={"a": b"x", "c": 1})
    await client.post("/", json=[object()])
    await client.get("/", params={"a": 1, "b": {1}})  # pyright: ignore[reportArgumentType]
