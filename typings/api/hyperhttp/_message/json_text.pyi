# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/json_text.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from hyperhttp._message.inputs import JSONInput

__all__ = ["decode_json", "encode_json"]

def encode_json(value: JSONInput) -> bytes: ...
def decode_json(data: bytes) -> object: ...
