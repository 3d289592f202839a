# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/config_sources.py and run the command again.

import os
from collections.abc import Mapping
from typing import Self

from hyperhttp._base.config_model import ConfigModel

class ConfigRoot(ConfigModel, frozen=True):
    @classmethod
    def from_env(
        cls,
        prefix: str = "HYPERHTTP_",
        environ: Mapping[str, str] | None = None,
        *,
        base: Self | None = None,
    ) -> Self: ...
    @classmethod
    def from_toml(cls, path: str | os.PathLike[str], table: str = "") -> Self: ...
    @property
    def sources(self) -> Mapping[str, str]: ...
    def diff(self, other: Self) -> dict[str, tuple[object, object]]: ...
