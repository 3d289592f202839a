# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from abc import ABC, abstractmethod

from hyperhttp._base.option_checks import Extensions
from hyperhttp._message.headers.headers import Headers
from hyperhttp._message.url.url import URL

class RequestFields(ABC):
    @property
    def method(self) -> str: ...
    @property
    def url(self) -> URL: ...
    @property
    @abstractmethod
    def headers(self) -> Headers: ...
    @property
    @abstractmethod
    def extensions(self) -> Extensions: ...
    @property
    def attempt(self) -> int: ...
    @property
    def hop(self) -> int: ...
