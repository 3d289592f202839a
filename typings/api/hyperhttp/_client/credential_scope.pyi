# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/credential_scope.py and run the command again.

from typing import final

from hyperhttp._base._generated.client_config import ClientConfig
from hyperhttp._message.url.url import URL

@final
class CredentialScope:
    def __init__(self, trusted: frozenset[str], *, refuses: bool) -> None: ...
    @classmethod
    def of(cls, config: ClientConfig) -> CredentialScope | None: ...
    def trusts(self, url: URL, base: URL | None) -> bool: ...
    def check(self, url: URL, base: URL | None) -> None: ...
