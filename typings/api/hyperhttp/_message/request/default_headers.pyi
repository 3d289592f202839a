# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/default_headers.py and run the command again.

from typing import final

from hyperhttp._message.headers.headers import Headers

@final
class DefaultHeaders:
    drops_content_type: bool
    headers: Headers

    def __init__(self, headers: Headers, *, drops_content_type: bool = False) -> None: ...
    def plain_block(self) -> bytes | None: ...
    def goes_with(self, extra: Headers) -> bool: ...
    def content_type(self, own: Headers | None) -> str | None: ...
