"""`hyperhttp doctor`: checks the installed packages, the environment and the settings.

Each finding is a line. A finding that keeps requests from working makes the exit code 1.
"""

from __future__ import annotations

import asyncio
import os
import platform
import sys
import warnings
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from hyperhttp import ClientConfig, ConfigError, NetRCAuth, Proxy, __version__
from hyperhttp._cli.exit_codes import Exit
from hyperhttp._message.content.decoders import ACCEPT_ENCODING
from hyperhttp._network.tls_diagnostics import trust
from hyperhttp._policy.proxies import ProxyRules

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from hyperhttp._cli.terminal import Colors

__all__ = ["Finding", "doctor", "findings"]

NEEDED: Final = ("h11", "h2", "hpack", "pydantic", "certifi", "idna")
# Extras: their packages, of which one is enough, and their purpose.
EXTRAS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "brotli": (("brotli", "brotlicffi"), "bodies compressed with br"),
    "zstd": (("backports.zstd",), "bodies compressed with zstd"),
    "orjson": (("orjson",), "faster JSON"),
    "uvloop": (("uvloop",), "a faster event loop"),
    "truststore": (("truststore",), "the CAs of the operating system"),
    "cookies": (("publicsuffixlist",), "cookies kept from public suffixes"),
    "cli": (("rich",), "progress bars"),
}
_PROXY_NAMES: Final = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    topic: str
    text: str
    is_wrong: bool = False


def doctor(colors: Colors) -> Exit:
    """Print all findings. The exit code is 1 if one of them is wrong."""
    found = list(findings())
    width = max(len(one.topic) for one in found)
    for one in found:
        mark = colors("bad", "wrong") if one.is_wrong else colors("good", "ok   ")
        sys.stdout.write(f"{mark}  {one.topic:{width}}  {one.text}\n")
    wrong = sum(one.is_wrong for one in found)
    sys.stdout.write(f"\n{wrong} wrong\n" if wrong else "\nall checks passed\n")
    return Exit.STATUS if wrong else Exit.OK


def findings() -> Iterator[Finding]:
    """Run all checks."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield Finding("hyperhttp", __version__)
    yield Finding("python", f"{python} on {platform.system()} {platform.machine()}")
    yield from _packages()
    yield Finding("encodings", ACCEPT_ENCODING)
    yield _loop()
    config = yield from _settings()
    yield _trusted(config)
    yield from _proxies()
    yield _netrc()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _packages() -> Iterator[Finding]:
    for name in NEEDED:
        found = _version(name)
        text = f"not installed: pip install {name}" if found is None else found
        yield Finding(name, text, is_wrong=found is None)
    for extra, (names, use) in EXTRAS.items():
        yield Finding(f"[{extra}]", _extra(extra, names, use))


def _extra(extra: str, names: Sequence[str], use: str) -> str:
    there = [f"{name} {found}" for name in names if (found := _version(name)) is not None]
    if extra == "zstd" and "zstd" in ACCEPT_ENCODING and not there:
        there = ["part of Python"]
    missing = f"not installed: pip install {names[0]} for {use}"
    return ", ".join(there) or missing


def _loop() -> Finding:
    loop = asyncio.new_event_loop()
    try:
        kind = type(loop)
    finally:
        loop.close()
    return Finding("event loop", f"{kind.__module__}.{kind.__qualname__}")


def _settings() -> Generator[Finding, None, ClientConfig]:
    """Check the settings of the environment; return them, or the defaults if they are wrong."""
    try:
        config = ClientConfig.from_env()
    except ConfigError as error:
        yield Finding("settings", _message(error), is_wrong=True)
        return ClientConfig()
    given = [f"{name} ({source})" for name, source in config.sources.items()]
    yield Finding("settings", ", ".join(given) or "no HYPERHTTP_* in the environment")
    return config


def _trusted(config: ClientConfig) -> Finding:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the finding reports a verification that is off
            found = asyncio.run(trust(config.tls, trust_env=config.trust_env))
    except ConfigError as error:
        return Finding("tls", _message(error), is_wrong=True)
    text = f"{found.openssl}, {found.authorities} CAs from {found.source}"
    return Finding("tls", text, is_wrong=config.tls.verify is False)


def _proxies() -> Iterator[Finding]:
    try:
        ProxyRules.from_env(os.environ)
    except ConfigError as error:
        yield Finding("proxies", _message(error), is_wrong=True)
        return
    given = [name for name in os.environ if name.lower() in _PROXY_NAMES and os.environ[name]]
    shown = ", ".join(f"{name}={_masked(name)}" for name in sorted(given))
    yield Finding("proxies", shown or "none in the environment")


def _masked(name: str) -> str:
    """Return the value of a proxy variable without a password."""
    text = os.environ[name]
    return text if name.lower() == "no_proxy" else Proxy(text).url


def _netrc() -> Finding:
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            found = NetRCAuth()
    except ConfigError as error:
        return Finding("netrc", _message(error), is_wrong=True)
    if caught:
        return Finding("netrc", str(caught[0].message), is_wrong=True)
    file = repr(found).removeprefix("NetRCAuth(").removesuffix(")").strip("'")
    return Finding("netrc", "no file" if file == "None" else f"{file}, used with -n")


def _message(error: ConfigError) -> str:
    return " ".join(str(error).split())
