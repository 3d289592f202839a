"""The origins that get the sensitive defaults of a client: the option `bind_to_origin`."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from hyperhttp._base._generated.errors import ConfigError, InvalidURL, LocalProtocolError
from hyperhttp._base.sensitive import add_sensitive_names, is_sensitive_header
from hyperhttp._message.headers.headers import Headers, raw_text
from hyperhttp._message.request.default_headers import DefaultHeaders
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from hyperhttp._base._generated.client_config import ClientConfig

__all__ = ["CredentialScope", "without_secrets"]


@final
class CredentialScope:
    """The origin of `base_url`, and the trusted ones."""

    __slots__ = ("_refuses", "_trusted")

    def __init__(self, trusted: frozenset[str], *, refuses: bool) -> None:
        self._trusted = trusted
        self._refuses = refuses

    @classmethod
    def of(cls, config: ClientConfig) -> CredentialScope | None:
        """Return the scope; None if all origins get the defaults. Raises ConfigError."""
        add_sensitive_names(config.sensitive_names)
        trusted = frozenset(_origin(text) for text in config.trusted_origins)
        if config.bind_to_origin is False:
            if trusted:
                allowed = "bind_to_origin=True or 'refuse' beside it"
                raise ConfigError(
                    option="trusted_origins", given="no bind_to_origin", allowed=allowed
                )
            return None
        if not (trusted or config.base_url):
            allowed = "base_url or trusted_origins beside it"
            raise ConfigError(
                option="bind_to_origin", given=f"{config.bind_to_origin!r}", allowed=allowed
            )
        return cls(trusted, refuses=config.bind_to_origin == "refuse")

    def trusts(self, url: URL, base: URL | None) -> bool:
        """Return whether requests to `url` get the defaults of a client with this `base_url`."""
        origin = url.origin
        return origin in self._trusted or (base is not None and origin == base.origin)

    def check(self, url: URL, base: URL | None) -> None:
        """Raise LocalProtocolError for a request to an origin that is refused."""
        if self._refuses and not self.trusts(url, base):
            raise LocalProtocolError(
                detail="its origin is neither that of base_url nor in trusted_origins, and"
                " bind_to_origin is 'refuse'",
                field="url",
            )


def without_secrets(defaults: DefaultHeaders) -> DefaultHeaders:
    """Return the headers of a client without the sensitive ones."""
    headers = Headers()
    for name, value in raw_text(defaults.headers):
        if not is_sensitive_header(name.lower()):
            headers.add(name, value)
    return DefaultHeaders(headers)


def _origin(text: str) -> str:
    try:
        url = URL(text)
    except InvalidURL as error:
        raise ConfigError(
            option="trusted_origins", given=error.given, allowed="origins with http or https"
        ) from error
    if url.target != "/" or url.userinfo or url.fragment:
        allowed = "an origin without user, path and query, such as https://example.com"
        raise ConfigError(
            option="trusted_origins", given=str(url.copy_with(query=None)), allowed=allowed
        )
    return url.origin
