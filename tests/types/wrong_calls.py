"""What a type checker must refuse, each line for its own reason; checked, never executed.

An ignore that is not needed is an error in both checkers: when a wrong call becomes acceptable, this
file says so.
"""

from __future__ import annotations

from datetime import datetime

import hyperhttp
from hyperhttp import Client, Response, Timeout

URL = "https://api.example.com/users"


async def a_misspelt_option(client: Client) -> None:
    await client.get(URL, timout=5.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.post(URL, jsn={})  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    Client(tiemout=5.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    hyperhttp.TLSConfig(verify=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(tls_session_uses="single")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(tls_min_version="TLSv1.1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(tls_pins="sha256/...")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(tls_hosts={"example.com": True})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    hyperhttp.TLSConfig(verfy=True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Timeout(conect=5.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def two_bodies(client: Client) -> None:
    await client.post(URL, json={}, data={})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.put(URL, json={}, content=b"")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.patch(URL, data={}, content=b"")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post(URL, json={}, files={})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post(URL, files={}, content=b"")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post(URL, data={}, files={}, content=b"")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def two_bodies_of_a_request() -> None:
    hyperhttp.Request("POST", URL, json={}, data={})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    hyperhttp.Request("POST", URL, files={}, content=b"")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    hyperhttp.Request("POST", URL, jsn={})  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]


async def a_body_where_none_belongs(client: Client) -> None:
    await client.get(URL, json={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.head(URL, content=b"")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.options(URL, data={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.get(URL, files={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.get(URL, on_upload=print)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def files_that_are_none(client: Client) -> None:
    await client.post(URL, files=b"x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post(URL, files=["a.txt"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    await client.post(URL, files={"a": 5})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    await client.post(URL, files={"a": ("b",)})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    await client.post(URL, files={}, on_upload=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    hyperhttp.MultipartFile(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    hyperhttp.MultipartFile(b"x", file_name="a")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def values_that_json_does_not_know(client: Client, now: datetime) -> None:
    await client.post(URL, json={"tags": {"a", "b"}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post(URL, json={"when": now})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def wrong_kinds(client: Client) -> None:
    await client.get(URL, params=["q", "python"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get(URL, params="q=python")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get(URL, headers={"Accept": b"text/plain"})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    await client.get(URL, headers={b"Accept": "text/plain"})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    await client.get(URL, timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post(URL, content=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.post(URL, data={...})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(default_encoding=lambda start: b"utf-8")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(http2="prior")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client("https://api.example.com")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def what_is_not_there(response: Response) -> None:
    content: str = response.content  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    length: int = len(response.headers.get("content-type"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    is_third = response.http_version == "HTTP/3"  # type: ignore[comparison-overlap]  # pyright: ignore[reportUnnecessaryComparison]
    number: int = response.json(str)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    user: int = response.json(str | None)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    response.json(5)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    name: str = response.content_disposition.filename  # type: ignore[union-attr, assignment]  # pyright: ignore[reportOptionalMemberAccess, reportAssignmentType]
    print(content, length, is_third, number, user, name)


def what_may_not_be_changed(response: Response, timeout: Timeout) -> None:
    response.status_code = 200  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    timeout.connect = 5.0  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def errors_are_made_of_facts() -> None:
    hyperhttp.ReadTimeout(5.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    hyperhttp.ReadTimeout(timeout_s="5", detail="")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def certificates_of_the_wrong_shape() -> None:
    Client(cert=["client.pem", "client.key"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(cert=("client.pem", "client.key", b"password"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(proxy=3128)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(proxy=b"http://127.0.0.1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(uds=b"app.sock")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def misspelled_states(change: hyperhttp.BreakerChange, total: hyperhttp.TotalTimeout) -> None:
    print(change.after == "opened")  # type: ignore[comparison-overlap]  # pyright: ignore[reportUnnecessaryComparison]
    print(total.during == "reading")  # type: ignore[comparison-overlap]  # pyright: ignore[reportUnnecessaryComparison]
