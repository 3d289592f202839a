"""Tokens, their providers and OAuth 2.0, as type checkers must refuse them."""

from __future__ import annotations

from hyperhttp import AccessToken, BearerAuth, OAuth2ClientCredentials, TokenProvider


def without_argument() -> str:
    return "token"


async def of_bytes(refused: str | None) -> bytes:
    return b"token"


def providers() -> list[TokenProvider]:
    BearerAuth(b"token")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    BearerAuth(without_argument)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    BearerAuth(of_bytes)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    return [of_bytes]  # type: ignore[list-item]  # pyright: ignore[reportReturnType]


def tokens(token: AccessToken) -> None:
    AccessToken("token", 3600)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    AccessToken("token", expires_in="3600")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    token.value = "other"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def client_credentials() -> None:
    OAuth2ClientCredentials("/token")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    OAuth2ClientCredentials("/token", client_id="a", client_secret=b"b")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    OAuth2ClientCredentials("/token", client_id="a", client_secret="b", auth_method="basic")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    OAuth2ClientCredentials("/token", client_id="a", client_secret="b", scope=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
