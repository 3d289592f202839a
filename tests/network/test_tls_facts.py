"""What was negotiated is still there when the socket is closed."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias
from unittest import mock

import pytest

from hyperhttp._network import tls_facts
from hyperhttp._network.connect_trace import tls_info
from hyperhttp._network.tls_facts import ClosedTLS
from tests.network.handshakes import shake_hands
from tests.servers.certificates import Certificates, server_context
from tests.servers.tls_end import TLSEnd, connected

if TYPE_CHECKING:
    from hyperhttp._network.tls_channel import TLSChannel

Parsed: TypeAlias = dict[tuple[bytes | None, ssl.VerifyMode], Mapping[str, object]]


async def secured(certificates: Certificates, context: ssl.SSLContext) -> TLSChannel:
    ours, theirs = await connected()
    end = TLSEnd(theirs, server_context(certificates.good))
    context.set_alpn_protocols(["http/1.1"])
    served = asyncio.ensure_future(end.shake_hands())
    channel = await shake_hands(asyncio.get_running_loop(), ours, context, "localhost")
    channel.send(channel.take_output())
    await served
    asyncio.get_running_loop().remove_reader(ours.fileno())
    theirs.close()
    return channel


async def test_it_reports_the_same_after_the_end(certificates: Certificates) -> None:
    channel = await secured(certificates, certificates.client_context())
    with channel.socket:
        kept = ClosedTLS.of(channel.tls)
        said = asyncio.BaseTransport({"ssl_object": channel.tls})
        before = tls_info(said)
    after = asyncio.BaseTransport({"ssl_object": kept})
    assert tls_info(after) == before
    assert kept.selected_alpn_protocol() == "http/1.1"
    assert kept.version() == "TLSv1.3"
    assert kept.getpeercert()


async def test_a_certificate_that_was_not_verified_is_not_parsed(
    certificates: Certificates,
) -> None:
    context = certificates.client_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    channel = await secured(certificates, context)
    with channel.socket:
        assert ClosedTLS.of(channel.tls).getpeercert() == {}


@pytest.mark.parametrize("is_verified_first", [True, False])
async def test_the_fields_of_a_certificate_are_read_once(
    certificates: Certificates, is_verified_first: bool
) -> None:
    """A connection that didn't verify it doesn't get the fields of one that did."""
    parsed: Parsed = {}
    with mock.patch.object(tls_facts, "_parsed", parsed):
        for is_verified in (is_verified_first, not is_verified_first, is_verified_first):
            context = certificates.client_context()
            if not is_verified:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            channel = await secured(certificates, context)
            with channel.socket:
                found = ClosedTLS.of(channel.tls).getpeercert()
                assert found == channel.tls.getpeercert()
                assert bool(found) is is_verified
        assert len(parsed) == 2


async def test_only_the_certificates_of_some_servers_are_kept(certificates: Certificates) -> None:
    parsed: Parsed = {(bytes([number]), ssl.CERT_REQUIRED): {} for number in range(64)}
    with mock.patch.object(tls_facts, "_parsed", parsed):
        channel = await secured(certificates, certificates.client_context())
        with channel.socket:
            assert ClosedTLS.of(channel.tls).getpeercert() == channel.tls.getpeercert()
        assert len(parsed) == 1
