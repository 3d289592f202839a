# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_network/tls_hosts.py and run the command again.

from collections.abc import Mapping
from typing import TypeAlias

from hyperhttp._base._generated.config import TLSConfig

TLSHostsInput: TypeAlias = Mapping[str, TLSConfig]
