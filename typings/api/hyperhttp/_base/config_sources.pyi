# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/config_sources.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

import os
from collections.abc import Callable, Mapping
from typing import Self, TypeAlias, TypeVar

from hyperhttp._base.config_model import ConfigModel

__all__ = ["ConfigRoot", "EnvNames", "overlay", "with_sources"]

EnvNames: TypeAlias = Mapping[str, tuple[str, str, tuple[str, ...]]]

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

R = TypeVar("R", bound=ConfigRoot)

def with_sources(config: R, sources: Mapping[str, str]) -> R: ...
def overlay(
    kind: type[R],
    base: R | None,
    texts: Mapping[str, str],
    spelled: Callable[[str], str],
    where: str,
) -> R: ...
