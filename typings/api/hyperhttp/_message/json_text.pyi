# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/json_text.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from typing import Final

from hyperhttp._message.inputs import JSONInput

__all__ = ["JSON_EXCERPT_CHARS", "decode_json", "encode_json"]

JSON_EXCERPT_CHARS: Final = 80

def encode_json(value: JSONInput) -> bytes: ...
def decode_json(data: bytes, *, line: int = 1) -> object: ...
