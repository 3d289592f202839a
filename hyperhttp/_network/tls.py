"""TLS contexts: created in a thread, once per process and configuration, and shared.

A certificate file that changes after it was read isn't noticed.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
import warnings
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

import certifi

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.optional_modules import optional_module
from hyperhttp._network.exception_mapping import reason

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import TLSConfig
    from hyperhttp._network.tls_facts import NegotiatedTLS

# A context with the usual CAs takes about 1 MiB and serves all connections of its configuration.
# Programs with more than a few hold a certificate for each of many customers.
CONTEXTS_MAX: Final = 64
CA_FILE: Final = "SSL_CERT_FILE"
CA_DIRECTORY: Final = "SSL_CERT_DIR"
KEYLOG: Final = "SSLKEYLOGFILE"
CERT_ALLOWED: Final = (
    "a PEM file with certificate and key, or (path, path of the key), or"
    " (path, path of the key or None, password)"
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything that a context depends on; equal plans share one."""

    tls: TLSConfig
    alpn: tuple[str, ...]
    ca_file: str = ""
    ca_directories: str = ""
    keylog: str = ""


# Finished or being created, the last used at the end. Failed ones aren't kept.
_CONTEXTS: Final[OrderedDict[_Plan, Future[ssl.SSLContext]]] = OrderedDict()
# Event loops may run in several threads. It is never held while a context is created.
_LOCK: Final = Lock()


async def tls_context(
    config: TLSConfig,
    alpn: tuple[str, ...],
    *,
    trust_env: bool,
    own: ssl.SSLContext | None = None,
) -> ssl.SSLContext:
    """Return the shared context for a configuration, or the caller's `own`.

    Raises:
        ConfigError: A path, password or combination can't be used.
    """
    if own is not None:
        _check_nothing_beside(config)
        return own
    plan = _planned(config, alpn, trust_env=trust_env)
    if config.verify is False and plan not in _CONTEXTS:
        warnings.warn(
            "TLS certificates are not verified (verify=False): anyone on the way can read and "
            "change what is sent",
            stacklevel=2,
        )
    build = _build_of(plan)
    if build.done():
        return build.result()
    try:
        return await asyncio.wrap_future(build)
    except ConfigError as error:
        # Each caller gets its own copy, because an error refers to one request.
        raise copy(error) from error.__cause__


def without_certificate(config: TLSConfig) -> TLSConfig:
    """Return the configuration without the client certificate."""
    return config.model_copy(update={"cert": None, "cert_key": None, "cert_password": None})


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
    for option in ("cert", "keylog", "system_trust"):
        if getattr(config, option):
            raise ConfigError(
                option=option,
                given="a value beside an SSLContext as verify",
                allowed="one of the two; what it is for can be set in the context as well",
            )


def _planned(config: TLSConfig, alpn: tuple[str, ...], *, trust_env: bool) -> _Plan:
    """Look up in the environment what the options leave open."""
    if not trust_env:
        return _Plan(config, alpn)
    keylog = os.environ.get(KEYLOG, "") if config.keylog is None else ""
    if config.verify is not True or config.system_trust:
        return _Plan(config, alpn, keylog=keylog)
    ca_file, ca_directories = os.environ.get(CA_FILE, ""), os.environ.get(CA_DIRECTORY, "")
    return _Plan(config, alpn, ca_file, ca_directories, keylog)


# --- shared contexts ---


def _build_of(plan: _Plan) -> Future[ssl.SSLContext]:
    """Return the finished or running build of a context, or start one."""
    with _LOCK:
        build = _CONTEXTS.get(plan)
        if build is not None:
            _CONTEXTS.move_to_end(plan)
            return build
        made: Future[ssl.SSLContext] = Future()
        # A running future can't be canceled, so that one caller can't cancel it for the others.
        made.set_running_or_notify_cancel()
        # One thread per build, which ends with it, because builds are rare.
        executor = ThreadPoolExecutor(1, thread_name_prefix="hyperhttp-tls")
        job = executor.submit(_make, plan)
        executor.shutdown(wait=False)
        _CONTEXTS[plan] = made
        while len(_CONTEXTS) > CONTEXTS_MAX:
            _CONTEXTS.popitem(last=False)
    job.add_done_callback(lambda job: _finish(plan, made, job))
    return made


def _finish(plan: _Plan, build: Future[ssl.SSLContext], job: Future[ssl.SSLContext]) -> None:
    error = job.exception()
    if error is None:
        build.set_result(job.result())
        return
    with _LOCK:
        if _CONTEXTS.get(plan) is build:
            del _CONTEXTS[plan]
    build.set_exception(error)


# --- creating a context ---


def _make(plan: _Plan) -> ssl.SSLContext:
    tls = plan.tls
    context = _system_context() if tls.system_trust else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
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


def _load_authorities(context: ssl.SSLContext, plan: _Plan) -> None:
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
