# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/base.py and run the command again.

from abc import abstractmethod
from typing import Any, TypeVar, overload

from typing_extensions import TypeForm

from hyperhttp._message.response.properties import ParsedFields

T = TypeVar("T")

class BaseResponse(ParsedFields):
    @property
    @abstractmethod
    def content(self) -> bytes: ...
    @property
    @abstractmethod
    def text(self) -> str: ...
    @overload
    @abstractmethod
    def json(self, model: None = None) -> Any: ...
    @overload
    @abstractmethod
    def json(self, model: type[T]) -> T: ...
    @overload
    @abstractmethod
    def json(self, model: TypeForm[T]) -> T: ...
