# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_network/address.py and run the command again.

from typing import NamedTuple

class Address(NamedTuple):
    family: int
    sockaddr: tuple[str, int] | tuple[str, int, int, int]

    def with_port(self, port: int) -> Address: ...
