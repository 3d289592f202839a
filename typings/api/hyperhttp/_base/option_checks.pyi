# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/option_checks.py and run the command again.

from collections.abc import Mapping
from typing import TypeAlias

Extensions: TypeAlias = dict[str, object]

SentCookies: TypeAlias = dict[str, str]

ExtensionsInput: TypeAlias = Mapping[str, object]
