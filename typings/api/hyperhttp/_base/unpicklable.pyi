# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/unpicklable.py and run the command again.

from typing import Never

class Unpicklable:
    def __reduce__(self) -> Never: ...
