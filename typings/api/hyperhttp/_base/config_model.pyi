# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/config_model.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Mapping
from typing import ClassVar, Final, Self, TypeVar

from pydantic import BaseModel, ConfigDict

__all__ = ["MASK", "ConfigModel", "NumberModel", "SwitchModel", "build", "copy_with"]

MASK: Final = "**********"

class ConfigModel(BaseModel, frozen=True):
    model_config: ClassVar[ConfigDict] = ...

    def __init__(self, /, **given: object) -> None: ...

class NumberModel(ConfigModel, frozen=True):
    @classmethod
    def of(cls, given: float | Self | None) -> Self: ...

class SwitchModel(ConfigModel, frozen=True):
    @classmethod
    def of(cls, given: bool | Self | None) -> Self | None: ...

M = TypeVar("M", bound=ConfigModel)

def build(kind: type[M], given: Mapping[str, object]) -> M: ...
def copy_with(model: M, changes: Mapping[str, object]) -> M: ...
