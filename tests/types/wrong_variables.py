"""Bodies and parameters that a type checker must refuse although `object` is accepted beside."""

from __future__ import annotations

import datetime as dt

from hyperhttp import Client


class Foreign: ...


async def json_literals(client: Client, day: dt.date) -> None:
    await client.post("/", json={1, 2})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": {1}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": 1, "b": {1}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": 1, "b": day})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": day})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json=[1, day])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": 1, "b": Foreign()})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json=Foreign())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": {"b": 1, "c": Foreign()}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={1: "a"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": {1}, "b": [1]})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": {1}, "b": {"x": 1}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json=[{1}, [1]])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json={"a": {"x"}, "b": "y"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json=["x", {"y"}])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def json_variables(client: Client, day: dt.date) -> None:
    sets = {"a": {1}}
    days = {"a": day}
    listed = [{1}, {2}]
    await client.post("/", json=sets)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json=days)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post("/", json=listed)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def parameters(client: Client) -> None:
    sets = {"a": {1}}
    words = ["a"]
    await client.get("/", params={"a": {1}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params={"a": {"b": 1}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params=["a", "b"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params=[("a", {1})])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params="a=b")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params={1: "a"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params=[1])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params=sets)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params=words)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params=[("a", Foreign())])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
