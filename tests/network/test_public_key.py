"""Pins of public keys, beside those that `cryptography` reads."""

from __future__ import annotations

import ssl
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from hypothesis import example, given
from hypothesis import strategies as st

from hyperhttp._network.public_key import check_pins, pin_of, public_key_info

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.certificates import Certificates

PEM, DER = serialization.Encoding.PEM, serialization.Encoding.DER


def loaded(path: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(path.read_bytes())


def key_info(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(
        DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@dataclass
class Presented:
    """What a TLS connection has after its handshake, before Python 3.13."""

    own: bytes | None
    session_reused: bool | None = False
    verify_mode: ssl.VerifyMode = ssl.CERT_REQUIRED

    @property
    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = self.verify_mode
        return context

    def getpeercert(self, binary_form: Literal[True], /) -> bytes | None:
        assert binary_form
        return self.own


@dataclass
class WithChain(Presented):
    """The same from Python 3.13 on."""

    chain: tuple[bytes, ...] = ()

    def get_verified_chain(self) -> list[bytes]:
        assert self.own is not None
        return [self.own, *self.chain]


@pytest.mark.parametrize("name", ["ca", "good", "self_signed", "name_in_cn_only", "expired"])
def test_the_key_is_that_of_the_certificate(name: str, certificates: Certificates) -> None:
    (first, *_) = loaded(getattr(certificates, name))
    der = first.public_bytes(DER)
    assert public_key_info(der) == key_info(first)
    digest = b64encode(sha256(key_info(first)).digest()).decode()
    assert pin_of(der) == f"sha256/{digest}"


def test_a_certificate_of_version_1_has_no_version_field() -> None:
    fields = [b"\x02\x01\x07", b"\x30\x00", b"\x30\x00", b"\x30\x00", b"\x30\x00"]
    info = b"\x30\x03\x02\x01\x05"
    inner = b"".join(fields) + info
    body = b"\x30" + bytes([len(inner)]) + inner
    assert public_key_info(b"\x30" + bytes([len(body)]) + body) == info


def test_a_certificate_that_is_cut_off_has_no_key(certificates: Certificates) -> None:
    der = loaded(certificates.good)[0].public_bytes(DER)
    for length in range(len(der)):
        with pytest.raises(ValueError, match=r"certificate|range"):
            public_key_info(der[:length])


@given(st.binary(max_size=64))
@example(b"\x30\x02\x30\x00")
def test_any_bytes_are_a_key_or_a_value_error(data: bytes) -> None:
    with suppress(ValueError):
        assert public_key_info(data) in data


def test_one_of_the_pins_is_enough(certificates: Certificates) -> None:
    good, ca = (loaded(path)[0].public_bytes(DER) for path in (certificates.good, certificates.ca))
    check_pins(Presented(good), {pin_of(ca), pin_of(good)})
    with pytest.raises(ssl.SSLCertVerificationError) as caught:
        check_pins(Presented(good), {pin_of(ca)})
    assert "pins" in caught.value.verify_message


def test_the_key_of_a_verified_ca_counts(certificates: Certificates) -> None:
    good, ca = (loaded(path)[0].public_bytes(DER) for path in (certificates.good, certificates.ca))
    check_pins(WithChain(good, chain=(ca,)), {pin_of(ca)})


def test_without_verification_only_the_server_s_own_key_counts(certificates: Certificates) -> None:
    good, ca = (loaded(path)[0].public_bytes(DER) for path in (certificates.good, certificates.ca))
    unverified = WithChain(good, verify_mode=ssl.CERT_NONE, chain=(ca,))
    check_pins(unverified, {pin_of(good)})
    with pytest.raises(ssl.SSLCertVerificationError):
        check_pins(unverified, {pin_of(ca)})


def test_a_resumed_session_was_checked_before(certificates: Certificates) -> None:
    ca = loaded(certificates.ca)[0].public_bytes(DER)
    check_pins(Presented(None, session_reused=True), {pin_of(ca)})
    with pytest.raises(ssl.SSLCertVerificationError):
        check_pins(Presented(None), {pin_of(ca)})
