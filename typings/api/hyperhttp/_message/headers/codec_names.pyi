# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/codec_names.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from typing import Final

__all__ = ["DEFAULT_CHARSET", "codec_name"]

DEFAULT_CHARSET: Final = "utf-8"

def codec_name(label: str) -> str | None: ...
