# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/base.py and run the command again.

from abc import abstractmethod
from typing import Any, TypeVar, overload

from typing_extensions import TypeForm

from hyperhttp._base._generated.errors import Attempt
from hyperhttp._base.option_checks import Extensions
from hyperhttp._message.cookies.jar import Cookies
from hyperhttp._message.headers.headers import Headers
from hyperhttp._message.response.properties import ParsedFields

T = TypeVar("T")

class BaseResponse(ParsedFields):
    @property
    def headers(self) -> Headers: ...
    @property
    def extensions(self) -> Extensions: ...
    @property
    def cookies(self) -> Cookies: ...
    @property
    def attempts(self) -> tuple[Attempt, ...]: ...
    @property
    def encoding(self) -> str: ...
    @property
    @abstractmethod
    def content(self) -> bytes: ...
    @property
    def text(self) -> str: ...
    @overload
    def json(self, model: None = None) -> Any: ...
    @overload
    def json(self, model: type[T]) -> T: ...
    @overload
    def json(self, model: TypeForm[T]) -> T: ...
    def __repr__(self) -> str: ...
