# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/reconnection.py and run the command again.

class ReconnectingSource:
    @property
    def last_event_id(self) -> str: ...
    @property
    def retry_s(self) -> float: ...
