# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/address_rules.py and run the command again.

from ipaddress import IPv4Address, IPv6Address
from typing import TypeAlias

IPAddress: TypeAlias = IPv4Address | IPv6Address
