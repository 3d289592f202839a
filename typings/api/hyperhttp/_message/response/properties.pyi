# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/properties.py and run the command again.

from abc import ABCMeta

from hyperhttp._message.response._generated.fields import ResponseFields
from hyperhttp._message.response.problem import Problem

class ParsedFields(ResponseFields, metaclass=ABCMeta):
    @property
    def problem(self) -> Problem | None: ...
