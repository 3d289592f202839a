"""Tokens, their providers and OAuth 2.0, as type checkers accept them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import assert_type

from hyperhttp import (
    AccessToken,
    Auth,
    BearerAuth,
    Client,
    OAuth2ClientCredentials,
    OAuth2Error,
    Request,
    Response,
    TokenProvider,
)


def of_a_file(refused: str | None) -> str:
    return "token" if refused is None else "another"


async def with_lifetime(refused: str | None) -> AccessToken:
    return AccessToken("token", expires_in=3600)


async def plain(refused: str | None) -> str | AccessToken:
    return "token"


def providers() -> list[TokenProvider]:
    BearerAuth("token")
    BearerAuth(of_a_file)
    BearerAuth(with_lifetime)
    return [of_a_file, with_lifetime, plain, lambda refused: refused or "token"]


def tokens(token: AccessToken) -> None:
    assert_type(token.value, str)
    assert_type(token.expires_in, float | None)
    AccessToken("token")


async def client_credentials() -> None:
    auth = OAuth2ClientCredentials(
        "https://example.com/token",
        client_id="app",
        client_secret="secret",
        scope=["read", "write"],
        params={"audience": "api"},
        auth_method="client_secret_post",
    )
    async with Client(auth=auth) as client:
        await client.get("https://example.com/", auth=None)


def code_of(error: OAuth2Error) -> tuple[str, int]:
    return error.code, error.status_code


class Custom(Auth):
    async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
        response = yield Request("POST", "https://example.com/token")
        request.headers["Authorization"] = f"Bearer {(await response.aread()).decode()}"
        yield request
