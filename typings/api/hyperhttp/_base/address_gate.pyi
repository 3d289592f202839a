# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/address_gate.py and run the command again.

from typing import Protocol

from hyperhttp._base.address_rules import IPAddress

class AddressCheck(Protocol):
    def __call__(self, host: str, address: IPAddress, port: int, hop: int, /) -> bool: ...
