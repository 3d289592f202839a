# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/event_support.py and run the command again.

class BaseEvent:
    def __repr__(self) -> str: ...
