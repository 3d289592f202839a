"""What a type checker must refuse of address policies; checked, never executed."""

from __future__ import annotations

from hyperhttp import AddressPolicy, Client, ClientConfig, Resolution


def too_few(host: str, address: str) -> bool:
    return True


class Texts:
    async def resolve(self, host: str, /) -> list[str]:
        return []


class Blocking:
    def resolve(self, host: str, /) -> Resolution:
        return Resolution([])


def wrong_policies() -> None:
    AddressPolicy(scope="private")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AddressPolicy.public(scope="anywhere")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    AddressPolicy.public(ports={"80"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AddressPolicy.public(mixed="keep")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AddressPolicy.public(alow=set())  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ClientConfig.hardened(https_only=False)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def wrong_options() -> None:
    Client(address_policy="public")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(address_check=too_few)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(resolver=Texts())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(resolver=Blocking())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(resolver="127.0.0.1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(hosts={"example.com": 5})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    Client(hosts=["127.0.0.1"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
