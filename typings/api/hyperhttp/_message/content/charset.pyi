# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/content/charset.py and run the command again.

from collections.abc import Callable
from typing import TypeAlias

EncodingDetector: TypeAlias = Callable[[bytes], str | None]

EncodingInput: TypeAlias = str | EncodingDetector
