"""TLS contexts: what a configuration and the environment ask for."""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
import warnings
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Final

import certifi

from hyperhttp._base._generated.config import TLSConfig
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.optional_modules import optional_module
from hyperhttp._network.exception_mapping import reason
from hyperhttp._network.tls_contexts import RecentContexts, TLSContexts, TLSPlan

if TYPE_CHECKING:
    from hyperhttp._network.tls_facts import NegotiatedTLS

CA_FILE: Final = "SSL_CERT_FILE"
CA_DIRECTORY: Final = "SSL_CERT_DIR"
KEYLOG: Final = "SSLKEYLOGFILE"
_VERSIONS: Final = {
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}
_WITHOUT_CERTIFICATE: Final = {"cert": None, "cert_key": None, "cert_password": None}
_WITHOUT_SERVER: Final = {"pins": frozenset[str](), "server_hostname": None, "session_uses": 0}
CERT_ALLOWED: Final = (
    "a PEM file with certificate and key, or (path, path of the key), or"
    " (path, path of the key or None, password)"
)


async def tls_context(
    config: TLSConfig,
    alpn: tuple[str, ...],
    *,
    trust_env: bool,
    own: ssl.SSLContext | None = None,
    recent: RecentContexts | None = None,
) -> ssl.SSLContext:
    """Return the shared context for a configuration, or the caller's `own`.

    `recent` has what the client was given last, and keeps what it's given now.

    Raises:
        ConfigError: A path, password or combination can't be used.
    """
    if own is not None:
        _check_nothing_beside(config)
        return own
    asked = config, alpn, trust_env
    if recent is not None and (kept := recent.get(asked, CONTEXTS.now())) is not None:
        return kept
    plan = _planned(config, alpn, trust_env=trust_env)
    if config.verify is False and plan not in CONTEXTS:
        warnings.warn(
            "TLS certificates are not verified (verify=False): anyone on the way can read and "
            "change what is sent",
            stacklevel=2,
        )
    build = CONTEXTS.build(plan)
    try:
        context = build.result() if build.done() else await asyncio.wrap_future(build)
    except ConfigError as error:
        # Each caller gets its own copy, because an error refers to one request.
        raise copy(error) from error.__cause__
    if recent is not None:
        recent.keep(asked, CONTEXTS.due_at(plan), context)
    return context


def without_certificate(config: TLSConfig) -> TLSConfig:
    """Return the configuration without the client certificate."""
    return config.model_copy(update=_WITHOUT_CERTIFICATE)


def for_proxy(config: TLSConfig) -> TLSConfig:
    """Return the configuration for a proxy: without what belongs to a server."""
    return config.model_copy(update={**_WITHOUT_CERTIFICATE, **_WITHOUT_SERVER})


def chosen_protocol(transport: asyncio.BaseTransport) -> str | None:
    """Return the protocol negotiated by ALPN (RFC 7301); None without ALPN or TLS.

    A transport that replaces the network has no TLS and reports the protocol itself.
    """
    wrapped: NegotiatedTLS | None = transport.get_extra_info("ssl_object")
    if wrapped is None:
        said: str | None = transport.get_extra_info("alpn_protocol")
        return said
    return wrapped.selected_alpn_protocol()


def is_plaintext(transport: asyncio.BaseTransport) -> bool:
    """Return whether the transport doesn't use TLS."""
    return transport.get_extra_info("ssl_object") is None


def got_close_notify(transport: asyncio.BaseTransport) -> bool:
    """Return whether the peer ended the connection itself; for use in `eof_received`.

    An attacker can forge the end of TCP, so RFC 8446 6.1 requires a close_notify before it. asyncio
    reports both alike. Without TLS the two can't be distinguished.
    """
    said: bool | None = transport.get_extra_info("close_notify")
    if said is not None:
        return said
    wrapped: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
    if wrapped is None:
        return True
    try:
        return not wrapped.read(1)
    except ssl.SSLZeroReturnError:
        return True
    except ssl.SSLError:
        return False


def _check_nothing_beside(config: TLSConfig) -> None:
    for option in ("cert", "keylog", "system_trust", "min_version", "ciphers"):
        if getattr(config, option) != TLSConfig.model_fields[option].default:
            raise ConfigError(
                option=option,
                given="a value beside an SSLContext as verify",
                allowed="one of the two; what it is for can be set in the context as well",
            )


def _planned(config: TLSConfig, alpn: tuple[str, ...], *, trust_env: bool) -> TLSPlan:
    """Look up in the environment what the options leave open."""
    if config.pins or config.server_hostname is not None or config.session_uses:
        # They don't change the context.
        config = config.model_copy(update=_WITHOUT_SERVER)
    if not trust_env:
        return TLSPlan(config, alpn)
    keylog = os.environ.get(KEYLOG, "") if config.keylog is None else ""
    if config.verify is not True or config.system_trust:
        return TLSPlan(config, alpn, keylog=keylog)
    ca_file, ca_directories = os.environ.get(CA_FILE, ""), os.environ.get(CA_DIRECTORY, "")
    return TLSPlan(config, alpn, ca_file, ca_directories, keylog)


# --- creating a context ---


def make_context(plan: TLSPlan) -> ssl.SSLContext:
    """Return a new context, read from its files. Raises ConfigError."""
    tls = plan.tls
    context = _system_context() if tls.system_trust else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = _VERSIONS[tls.min_version]
    if tls.ciphers is not None:
        _set_ciphers(context, tls.ciphers)
    context.set_alpn_protocols(list(plan.alpn))
    if tls.verify is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        # RFC 6125 6.4.4: a name in CN only doesn't identify a server.
        context.hostname_checks_common_name = False
        if not tls.system_trust:
            _load_authorities(context, plan)
    if tls.cert is not None:
        _load_cert(context, tls, tls.cert)
        # RFC 8446 4.6.2: a server may ask for it later, such as for one path only.
        context.post_handshake_auth = True
    if tls.keylog is not None:
        _log_keys(context, "keylog", os.fspath(tls.keylog))
    elif plan.keylog:
        _log_keys(context, KEYLOG, plan.keylog)
    return _with_system_trust(context) if tls.system_trust else context


def _set_ciphers(context: ssl.SSLContext, ciphers: str) -> None:
    try:
        context.set_ciphers(ciphers)
    except (ssl.SSLError, ValueError) as error:
        raise ConfigError(
            option="ciphers", given=repr(ciphers), allowed="ciphers that OpenSSL has, by its names"
        ) from error


def _load_authorities(context: ssl.SSLContext, plan: TLSPlan) -> None:
    """Load the CAs of the option, those of the environment, or certifi's."""
    verify = plan.tls.verify
    if isinstance(verify, Path):
        allowed = "True, False, an SSLContext, or the path of a PEM file or directory of CAs"
        _load(context, "verify", os.fspath(verify), allowed)
    elif plan.ca_file or plan.ca_directories:
        if plan.ca_file:
            _load(context, CA_FILE, plan.ca_file, "the path of a PEM file of CAs")
        for directory in filter(None, plan.ca_directories.split(os.pathsep)):
            _load(context, CA_DIRECTORY, directory, "paths of directories of CAs")
    else:
        context.load_verify_locations(cafile=certifi.where())


def _load(context: ssl.SSLContext, option: str, path: str, allowed: str) -> None:
    try:
        if os.path.isdir(path) and option != CA_FILE:
            context.load_verify_locations(capath=path)
        elif option == CA_DIRECTORY:
            raise NotADirectoryError("no such directory")
        else:
            context.load_verify_locations(cafile=path)
    except (OSError, ValueError) as error:
        raise ConfigError(option=option, given=_given(path, error), allowed=allowed) from error


def _load_cert(context: ssl.SSLContext, tls: TLSConfig, cert: Path) -> None:
    secret = "" if tls.cert_password is None else tls.cert_password.get_secret_value()
    asked: list[bool] = []

    def password() -> str:
        # Always returned, because OpenSSL would ask at the terminal without one.
        asked.append(True)
        return secret

    try:
        context.load_cert_chain(cert, tls.cert_key, password)
    except (OSError, ValueError) as error:
        # The path of the key isn't shown, because it may be a password in the wrong place.
        if isinstance(error, OSError) and error.filename is not None:
            del error.filename  # since Python 3.15; a traceback would show it
        fault = _cert_fault(error, tls, is_encrypted=bool(asked))
        given = f"{os.fspath(cert)!r} ({fault})"
        raise ConfigError(option="cert", given=given, allowed=CERT_ALLOWED) from error


def _cert_fault(error: OSError | ValueError, tls: TLSConfig, *, is_encrypted: bool) -> str:
    """Return the cause, which OpenSSL's message often doesn't contain ("PEM lib")."""
    if isinstance(error, ssl.SSLError) and error.reason == "KEY_VALUES_MISMATCH":
        return "the key is not that of the certificate"
    if is_encrypted:
        return "its key is encrypted" if tls.cert_password is None else "the password is wrong"
    if isinstance(error, ssl.SSLError):
        return "no certificate and key found" if tls.cert_key is None else "not both are PEM"
    is_key = tls.cert is not None and tls.cert_key is not None and tls.cert.exists()
    return f"{'its key: ' if is_key else ''}{_message_of(error)}"


def _log_keys(context: ssl.SSLContext, option: str, path: str) -> None:
    try:
        context.keylog_filename = path
    except (OSError, ValueError) as error:
        raise ConfigError(
            option=option, given=_given(path, error), allowed="the path of a file to add to"
        ) from error


def _given(path: str, error: OSError | ValueError) -> str:
    return f"{path!r} ({_message_of(error)})"


def _message_of(error: OSError | ValueError) -> str:
    return reason(error) if isinstance(error, OSError) else str(error)


# --- the system's trust store ---


def _system_context() -> ssl.SSLContext:
    truststore = optional_module("truststore")
    if truststore is None:
        raise ConfigError(
            option="system_trust",
            given="True without the package truststore",
            allowed="False, or True after: pip install truststore",
        )
    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return context


def _with_system_trust(context: ssl.SSLContext) -> ssl.SSLContext:
    """Load the CAs once where OpenSSL verifies itself.

    truststore loads them for each connection, which blocks the event loop for 15 ms. The context of
    a connection has them loaded. On Windows and macOS the system verifies after each handshake.
    """
    if sys.platform in {"win32", "darwin"}:
        return context
    probe = context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
    return probe.context


CONTEXTS: Final = TLSContexts(make_context)
