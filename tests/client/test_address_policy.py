"""The address policy over sockets: each way that leads to an address, and what comes of it."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING
from unittest import mock

import pytest

import hyperhttp
from hyperhttp import (
    AddressPolicy,
    AddressRefused,
    Client,
    ClientConfig,
    InvalidURL,
    LocalProtocolError,
    Resolution,
    RetryPolicy,
)
from hyperhttp._base._generated.bounds import DNS_CACHE_S
from hyperhttp.testing import MockTransport
from tests.client.quiet import run_quietly, unused
from tests.servers.certificates import Certificates, server_context
from tests.servers.proxy import LoopProxy
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, over_h2
from tests.servers.unix import UnixServer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Address, IPv6Address
    from pathlib import Path

    from tests.clock import TurnedLoop

METADATA = "169.254.169.254"
# Loopback stands for the public internet: nothing here leaves the machine.
HERE = AddressPolicy.public(allow={"127.0.0.1"})
NAME = "www.example.com"


class Names:
    """A resolver with a response for each lookup, the last one for all that follow."""

    def __init__(self, *replies: Sequence[str]) -> None:
        self.asked: list[str] = []
        self._replies = [*replies]

    async def resolve(self, host: str, /) -> Resolution:
        self.asked.append(host)
        found = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return Resolution(found)


async def replies(peer: Peer) -> None:
    with suppress(UnexpectedEnd):
        while True:
            await peer.read_request()
            await peer.send(OK)


async def replies_once(peer: Peer) -> None:
    await peer.read_request()
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    peer.close()


def sends_to(location: str, host: str = "127.0.0.1") -> RawServer:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        reply = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
        await peer.send(reply.encode())

    return RawServer(script, host=host)


async def speaks_h2(peer: H2Peer) -> None:
    with suppress(UnexpectedEnd):
        await peer.handshake()
        while True:
            stream_id, _ = await peer.request()
            await peer.respond(stream_id, b"ok")


async def fetch(client: Client, url: str) -> bytes:
    return await (await client.get(url)).aread()


async def refused(client: Client, url: str, **options: object) -> AddressRefused:
    with pytest.raises(AddressRefused) as caught:
        await client.get(url, **options)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # by the test
    assert unused(client)
    return caught.value


# --- the target of a request ---


@pytest.mark.parametrize(
    ("host", "rule"),
    [
        ("127.0.0.1", "loopback (127.0.0.0/8, loopback)"),
        ("0.0.0.0", "unspecified (0.0.0.0/32, this host on this network)"),
        ("[::]", "unspecified (::/128, unspecified address)"),
        ("[::1]", "loopback (::1/128, loopback)"),
        ("[::ffff:127.0.0.1]", "loopback (127.0.0.0/8, loopback)"),
        ("[::127.0.0.1]", "loopback (127.0.0.0/8, loopback)"),
        ("[64:ff9b::a00:1]", "private (10.0.0.0/8, private use)"),
        ("[2002:a00:1::]", "private (10.0.0.0/8, private use)"),
        (METADATA, f"metadata ({METADATA}/32, instance metadata of most clouds)"),
        ("localhost", "loopback (localhost and *.localhost)"),
        ("LOCALHOST.", "loopback (localhost and *.localhost)"),
        ("a.localhost", "loopback (localhost and *.localhost)"),
    ],
)
async def test_an_address_in_the_url_is_refused_by_its_rule(host: str, rule: str) -> None:
    async with Client(address_policy=AddressPolicy.public()) as client:
        error = await refused(client, f"http://{host}:9/")
        assert (error.rule, error.address) == (rule, "")
        assert error.request is not None
        assert client.explain(f"http://{host}:9/")["addresses"].value == f"refused: {rule}"


@pytest.mark.parametrize(
    "host", ["2130706433", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "127.1", "127.0.0.1."]
)
async def test_other_spellings_of_addresses_are_no_hosts(host: str) -> None:
    async with Client(address_policy=AddressPolicy.public()) as client:
        with pytest.raises(InvalidURL):
            await client.get(f"http://{host}/")


async def test_a_name_is_refused_by_what_it_resolves_to_and_named_with_it() -> None:
    names = Names(["::ffff:10.0.0.1"])
    async with Client(address_policy=AddressPolicy.public(), resolver=names) as client:
        error = await refused(client, f"http://{NAME}./")
    assert (error.host, error.address) == (f"{NAME}.", str(ip_address("::ffff:10.0.0.1")))
    assert error.rule == "private (10.0.0.0/8, private use)"
    assert names.asked == [f"{NAME}."]


async def test_the_system_resolver_is_checked_too() -> None:
    found = [(2, 1, 6, "", ("10.0.0.1", 0))]
    with mock.patch("socket.getaddrinfo", return_value=found):
        async with Client(address_policy=AddressPolicy.public()) as client:
            assert (await refused(client, f"http://{NAME}/")).address == "10.0.0.1"


async def test_the_default_allows_everything() -> None:
    async with RawServer(replies) as server, Client() as client:
        assert await fetch(client, server.url()) == b"ok"


# --- rebinding, redirects, retries ---


def test_a_name_that_is_rebound_is_refused_at_the_next_dial() -> None:
    async def main(loop: TurnedLoop) -> None:
        names = Names(["127.0.0.1"], [METADATA])
        async with (
            RawServer(replies_once, replies) as server,
            Client(address_policy=HERE, resolver=names) as client,
        ):
            url = server.url(host=NAME)
            assert await fetch(client, url) == b"ok"
            loop.turn(DNS_CACHE_S + 1)
            assert (await refused(client, url)).address == METADATA
            assert len(server.peers) == 1
            assert names.asked == [NAME, NAME]

    run_quietly(main)


@pytest.mark.parametrize(
    ("location", "host"),
    [
        (f"http://{METADATA}/latest/meta-data/", METADATA),
        ("http://[::ffff:127.0.0.1]/", str(ip_address("::ffff:127.0.0.1"))),  # since 3.13 dotted
        ("//0.0.0.0/", "0.0.0.0"),
        ("http://localhost./", "localhost."),
        (f"http://{NAME}/", NAME),
    ],
)
async def test_a_redirect_is_checked_as_the_first_request_is(location: str, host: str) -> None:
    policy = AddressPolicy.public(allow={"127.0.0.2"})
    names = Names([METADATA])
    async with sends_to(location, "127.0.0.2") as server:
        async with Client(address_policy=policy, resolver=names) as client:
            assert (await client.get(server.url())).status_code == 302
        async with Client(address_policy=policy, resolver=names) as client:
            error = await refused(client, server.url(), follow_redirects=True)
            assert error.host == host
            assert isinstance(error.request, hyperhttp.Request)
            assert error.request.hop == 1


async def test_a_refusal_is_not_retried_and_counts_for_no_breaker() -> None:
    names = Names(["10.0.0.1"])
    changes: list[str] = []
    async with Client(
        address_policy=AddressPolicy.public(),
        resolver=names,
        retry=RetryPolicy(errors={"HyperHTTPError"}, max_retries=5),
        circuit_breaker=hyperhttp.CircuitBreakerPolicy(failure_threshold=1),
        event_hooks={"breaker": [lambda change: changes.append(change.origin)]},
    ) as client:
        for _ in range(3):
            error = await refused(client, f"http://{NAME}/")
            assert len(error.attempts) == 1
        assert set(client.stats().breakers.values()) <= {"closed"}
    assert (changes, names.asked) == ([], [NAME])


def test_a_retry_is_checked_again() -> None:
    async def resets(peer: Peer) -> None:
        await peer.read_request()
        peer.reset()

    async def main(loop: TurnedLoop) -> None:
        names = Names(["127.0.0.1"], ["10.0.0.1"])

        async def later(request: hyperhttp.Request, send: hyperhttp.Send) -> hyperhttp.Response:
            try:
                return await send(request)
            finally:
                loop.turn(DNS_CACHE_S + 1)

        async with (
            RawServer(resets) as server,
            Client(address_policy=HERE, resolver=names, retry=True, middleware=[later]) as client,
        ):
            error = await refused(client, server.url(host=NAME))
            assert [attempt.number for attempt in error.attempts] == [1, 2]

    run_quietly(main)


# --- several addresses ---


@pytest.mark.parametrize("addresses", [["127.0.0.1", METADATA], [METADATA, "127.0.0.1"]])
async def test_the_second_address_of_the_race_is_checked_before_the_first_is_dialed(
    addresses: list[str],
) -> None:
    async with RawServer(replies) as server:
        url = server.url(host=NAME)
        async with Client(address_policy=HERE, resolver=Names(addresses)) as client:
            assert (await refused(client, url)).address == METADATA
        assert server.peers == []
        drops = AddressPolicy.public(allow={"127.0.0.1"}, mixed="drop")
        async with Client(address_policy=drops, resolver=Names(addresses)) as client:
            assert await fetch(client, url) == b"ok"


async def test_the_checked_address_is_the_one_that_is_dialed() -> None:
    checked: list[tuple[str, str, int, int]] = []

    def check(host: str, address: IPv4Address | IPv6Address, port: int, hop: int) -> bool:
        checked.append((host, str(address), port, hop))
        return True

    async with RawServer(replies) as server:
        names = Names(["127.0.0.1"], [METADATA])
        async with Client(address_check=check, resolver=names) as client:
            for _ in range(3):  # a pooled connection isn't dialed
                assert await fetch(client, server.url(host=NAME)) == b"ok"
    assert checked == [(NAME, "127.0.0.1", server.port, 0)]


async def test_the_check_gets_the_hop_and_refuses() -> None:
    hops: list[int] = []

    def check(host: str, address: IPv4Address | IPv6Address, port: int, hop: int) -> bool:
        hops.append(hop)
        return hop == 0

    async with RawServer(replies) as target, sends_to(target.url()) as server:
        async with Client(address_check=check, follow_redirects=True) as client:
            error = await refused(client, server.url())
            assert error.rule == "address_check"
        assert (hops, target.peers) == ([0, 1], [])


async def test_ports_are_refused_before_a_lookup() -> None:
    names = Names(["127.0.0.1"])
    policy = AddressPolicy(ports={443})
    async with Client(address_policy=policy, resolver=names) as client:
        assert (await refused(client, f"http://{NAME}:22/")).rule == "port 22 isn't in ports"
    assert names.asked == []


async def test_a_host_none_of_whose_addresses_accepts_is_looked_up_again() -> None:
    names = Names(["127.0.0.3"], ["127.0.0.1"])
    async with RawServer(replies) as server, Client(resolver=names) as client:
        url = server.url(host=NAME)
        with pytest.raises(hyperhttp.ConnectError):
            await client.get(url)
        assert await fetch(client, url) == b"ok"
    assert names.asked == [NAME, NAME]


async def test_a_resolver_without_addresses_and_one_that_fails_raise_dns_errors() -> None:
    class Down:
        async def resolve(self, host: str, /) -> Resolution:
            raise socket.gaierror(socket.EAI_AGAIN, "down")

    for resolver in (Names([]), Down()):
        async with Client(resolver=resolver) as client:
            with pytest.raises(hyperhttp.DNSError):
                await client.get(f"http://{NAME}/")


async def test_an_error_of_a_resolver_is_raised_unchanged() -> None:
    class Broken:
        async def resolve(self, host: str, /) -> Resolution:
            raise LookupError(host)

    async with Client(resolver=Broken()) as client:
        with pytest.raises(LookupError, match=NAME):
            await client.get(f"http://{NAME}/")


# --- names stay: TLS, HTTP/2 ---


@pytest.mark.parametrize("protocol", ["http/1.1", "h2"])
async def test_names_and_certificates_stay_those_of_the_url(
    certificates: Certificates, protocol: str
) -> None:
    context = server_context(certificates.good, alpn=(protocol,))
    script = replies if protocol == "http/1.1" else over_h2(speaks_h2)
    policy = AddressPolicy.public(allow={"127.0.0.1"})
    hosts = {"example.com": "127.0.0.1"}
    async with (
        RawServer(script, tls=context) as server,
        Client(address_policy=policy, hosts=hosts, verify=certificates.ca) as client,
    ):
        url = server.url(host="example.com")
        for _ in range(3):
            assert await fetch(client, url) == b"ok"
        assert len(server.peers) == 1
        # What the pool shows is the origin, without the policy that its key has.
        assert list(client.stats().origins) == [url.removesuffix("/")]


def test_an_allowed_connection_of_http2_is_used_again_and_a_new_one_is_checked(
    certificates: Certificates,
) -> None:
    async def main(loop: TurnedLoop) -> None:
        names = Names(["127.0.0.1"], ["10.0.0.1"])
        context = server_context(certificates.good, alpn=("h2",))
        async with (
            RawServer(over_h2(speaks_h2), tls=context) as server,
            Client(address_policy=HERE, resolver=names, verify=certificates.ca) as client,
        ):
            url = server.url(host="example.com")
            assert await fetch(client, url) == b"ok"
            loop.turn(DNS_CACHE_S + 1)
            assert await fetch(client, url) == b"ok"
            assert names.asked == ["example.com"]
            server.peers[0].cut()
            await server.peers[0].ended.wait()
            assert (await refused(client, url)).address == "10.0.0.1"

    run_quietly(main)


# --- proxies ---


async def test_a_proxy_is_exempt_and_hosts_that_it_resolves_need_to_be_allowed() -> None:
    async with RawServer(replies) as server, LoopProxy() as proxy:
        url = server.url(host=NAME)
        for given in (proxy.url(), proxy.url("socks5h")):
            async with Client(address_policy=AddressPolicy.public(), proxy=given) as client:
                error = await refused(client, url)
                assert error.rule.startswith("proxied is 'refuse'")
                assert client.explain(url)["addresses"].value == f"refused: {error.rule}"
            assert proxy.connections == 0
        policy = AddressPolicy.public(proxied="allow")
        for given in (proxy.url(), proxy.url("socks5h")):
            async with Client(address_policy=policy, proxy=given) as client:
                assert await fetch(client, url) == b"ok"
                await refused(client, server.url())
                await refused(client, f"http://{METADATA}/")


@pytest.mark.parametrize(("address", "is_allowed"), [("127.0.0.1", True), ("10.0.0.1", False)])
async def test_a_proxy_that_gets_addresses_gets_checked_ones(
    address: str, is_allowed: bool
) -> None:
    async with RawServer(replies) as server, LoopProxy() as proxy:
        given = proxy.url("socks5")
        hosts = {NAME: address, "localhost": "127.0.0.1"}
        async with Client(address_policy=HERE, proxy=given, hosts=hosts) as client:
            if is_allowed:
                assert await fetch(client, server.url(host=NAME)) == b"ok"
                assert proxy.targets == [("127.0.0.1", server.port)]
            else:
                assert (await refused(client, server.url(host=NAME))).address == address
                assert proxy.connections == 0


async def test_hosts_of_no_proxy_are_checked_as_direct_ones_are() -> None:
    environ = {"http_proxy": "http://127.0.0.1:9", "no_proxy": f"127.0.0.1,{METADATA},{NAME}"}
    with mock.patch.dict(os.environ, environ):
        async with (
            RawServer(replies) as server,
            Client(address_policy=HERE, hosts={NAME: "10.0.0.1"}) as client,
        ):
            assert await fetch(client, server.url()) == b"ok"
            assert (await refused(client, f"http://{METADATA}/")).rule.startswith("metadata")
            assert (await refused(client, f"http://{NAME}/")).address == "10.0.0.1"
            error = await refused(client, "http://example.com/")
            assert error.rule.startswith("proxied is 'refuse'")


# --- other ways ---


async def test_a_unix_socket_needs_to_be_allowed(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    async with UnixServer(path, replies):
        async with Client(uds=path, address_policy=AddressPolicy.public()) as client:
            error = await refused(client, "http://example.com/")
            assert (error.address, error.rule) == (str(path), "unix_sockets is 'refuse'")
            plan = client.explain("http://example.com/")
            assert plan["addresses"].value == "refused: unix_sockets is 'refuse'"
        policy = AddressPolicy.public(unix_sockets="allow")
        async with Client(uds=path, address_policy=policy) as client:
            assert await fetch(client, "http://127.0.0.1/") == b"ok"  # it isn't connected to
            plan = client.explain("http://127.0.0.1/")
            assert plan["addresses"].value == "public, checked when dialed"


async def test_a_transport_gets_no_request_to_a_refused_host() -> None:
    transport = MockTransport(200)
    async with Client(address_policy=AddressPolicy.public(), transport=transport) as client:
        assert (await client.get("https://example.com/")).status_code == 200
        await refused(client, "http://127.0.0.1/")
        await refused(client, "http://localhost/")


async def test_clients_with_other_policies_share_no_connection() -> None:
    async with RawServer(replies) as server:
        url = server.url()
        async with Client() as one, Client(address_policy=HERE) as other:
            assert await fetch(one, url) == await fetch(other, url) == b"ok"
            assert len(server.peers) == 2
            assert one._pool is not None
            assert other._pool is not None
            assert one._pool.policy_key == ""
            assert other._pool.policy_key != ""
            # Under the key of the other policy, the pool has no connection.
            origin = server.url("")
            assert other._pool.take(origin) is None
            assert one._pool.take(origin + other._pool.policy_key) is None


# --- the configuration ---


def test_the_policy_comes_from_the_environment_and_from_a_file(tmp_path: Path) -> None:
    environ = {
        "HYPERHTTP_ADDRESS_SCOPE": "public",
        "HYPERHTTP_ADDRESS_ALLOW": "10.1.0.0/16, metadata",
        "HYPERHTTP_ADDRESS_PORTS": "80,443",
        "HYPERHTTP_ADDRESS_PROXIED": "allow",
    }
    expected = AddressPolicy.public(
        allow={"10.1.0.0/16", "metadata"}, ports={80, 443}, proxied="allow"
    )
    config = ClientConfig.from_env(environ=environ)
    assert config.address_policy == expected
    file = tmp_path / "options.toml"
    file.write_text(
        '[address_policy]\nscope = "public"\nallow = ["10.1.0.0/16", "metadata"]\n'
        'ports = [80, 443]\nproxied = "allow"\n'
    )
    assert ClientConfig.from_toml(file).address_policy == expected
    plan = Client(config=config).explain("https://example.com/")
    assert plan["addresses"].value == "public, checked when dialed"
    assert "HYPERHTTP_ADDRESS_SCOPE in the environment" in plan["addresses"].source


def test_explain_names_the_option_that_sets_the_policy() -> None:
    client = Client(address_policy=AddressPolicy.public())
    assert (
        client.explain("https://example.com/")["addresses"].source == "the client's address_policy"
    )
    client = Client(address_check=lambda *_: True)
    assert (
        client.explain("https://example.com/")["addresses"].source == "the client's address_check"
    )
    with pytest.raises(KeyError):
        Client().explain("https://example.com/")["addresses"]


@pytest.mark.parametrize("given", [5, "public", object()])
def test_a_check_that_cannot_be_called_is_refused(given: object) -> None:
    with pytest.raises(hyperhttp.ConfigError, match="address_check"):
        Client(address_check=given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # on purpose


async def test_hardened_refuses_http_addresses_and_downgrades() -> None:
    redirect = hyperhttp.MockResponse(302, headers={"Location": "http://example.com/"})
    async with Client(
        config=ClientConfig.hardened(), transport=MockTransport(redirect), follow_redirects=True
    ) as client:
        with pytest.raises(LocalProtocolError, match="https_only"):
            await client.get("http://example.com/")
        with pytest.raises(hyperhttp.BadRedirect, match="allow_downgrade"):
            await client.get("https://example.com/")
        await refused(client, "https://10.0.0.1/")
        assert client.explain("http://example.com/")["scheme"].value == "refused: the URL is http"


async def test_hardened_limits_bodies() -> None:
    config = ClientConfig.hardened()
    body = b"x" * (config.limits.max_body_bytes + 1) if config.limits.max_body_bytes else b""
    transport = MockTransport(hyperhttp.MockResponse(content=body))
    async with Client(config=config, transport=transport) as client:
        with pytest.raises(hyperhttp.ResponseTooLarge):
            await fetch(client, "https://example.com/")


async def test_redirects_may_be_kept_on_one_site() -> None:
    redirect = hyperhttp.MockResponse(302, headers={"Location": "https://example.org/"})
    async with Client(
        config=ClientConfig.hardened(),
        transport=MockTransport(redirect),
        follow_redirects=True,
        same_site_redirects=True,
    ) as client:
        with pytest.raises(hyperhttp.BadRedirect, match="same_site_redirects"):
            await client.get("https://example.com/")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://[::ffff:127.0.0.1]/"])
async def test_a_refusal_is_reported_as_the_failure_of_its_attempt(url: str) -> None:
    events: list[hyperhttp.Event] = []
    policy = hyperhttp.AddressPolicy.public()
    async with hyperhttp.Client(address_policy=policy, on_event=events.append) as client:
        with pytest.raises(hyperhttp.AddressRefused) as caught:
            await client.get(url)
    failed = [event for event in events if isinstance(event, hyperhttp.AttemptFailed)]
    assert [event.error for event in failed] == [caught.value]
    assert isinstance(events[-1], hyperhttp.CallEnded)


def test_a_synchronous_client_refuses_too() -> None:
    policy = hyperhttp.AddressPolicy.public()
    with hyperhttp.SyncClient(address_policy=policy) as client:
        with pytest.raises(hyperhttp.AddressRefused, match="loopback"):
            client.get("http://127.0.0.1:1/")
