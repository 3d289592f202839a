# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/config_model.py and run the command again.

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

class ConfigModel(BaseModel, frozen=True):
    model_config: ClassVar[ConfigDict] = ...

    def __init__(self, /, **given: object) -> None: ...

class NumberModel(ConfigModel, frozen=True): ...
class SwitchModel(ConfigModel, frozen=True): ...
