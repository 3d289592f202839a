# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/content/charset.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Callable
from typing import TypeAlias

from hyperhttp._message.headers.codec_names import DEFAULT_CHARSET

__all__ = [
    "DEFAULT_CHARSET",
    "EncodingDetector",
    "EncodingInput",
    "charset_of",
    "choose_charset",
    "is_undecided",
]

EncodingDetector: TypeAlias = Callable[[bytes], str | None]

EncodingInput: TypeAlias = str | EncodingDetector

def charset_of(content_type: str | None) -> str | None: ...
def choose_charset(content_type: str | None, data: bytes, default: EncodingInput) -> str: ...
def is_undecided(content_type: str | None, start: bytes, default: EncodingInput) -> bool: ...
