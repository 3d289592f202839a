"""A network namespace for the whole run, and loss and partitions in it by nftables.

The run starts itself again in a fresh namespace, where loopback has no other users. Packets to and
from the ports of the servers are dropped there: netem isn't needed.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

from tests.endurance.servers import find_program

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INSIDE: Final = "HYPERHTTP_ENDURANCE_NAMESPACE"
TABLE: Final = "inet endurance"
LIMIT_S: Final = 10


def namespace_missing() -> str:
    """Why there can be no namespace; empty if there can be one."""
    programs = {name: find_program(name) for name in ("unshare", "ip", "nft")}
    if absent := [name for name, path in programs.items() if path is None]:
        return f"{', '.join(absent)} not installed"
    probe = f"{programs['ip']} link set lo up && {programs['nft']} -f -"
    command = [str(programs["unshare"]), "--net", "sh", "-c", probe]
    example = drop_rules([1], 5).encode()
    done = subprocess.run(command, input=example, capture_output=True, timeout=LIMIT_S, check=False)
    return "" if done.returncode == 0 else "no CAP_NET_ADMIN, or no nftables in the kernel"


def is_inside() -> bool:
    """Whether this process is in a namespace of the run."""
    return os.environ.get(INSIDE) == "1"


def enter(command: Sequence[str]) -> None:
    """Replace this process by the command in a fresh namespace, in which loopback is up."""
    unshare, ip = find_program("unshare"), find_program("ip")
    assert unshare
    shell = f'{ip} link set lo up && exec "$@"'
    os.execve(
        unshare,
        [unshare, "--net", "sh", "-c", shell, "sh", *command],
        {**os.environ, INSIDE: "1"},
    )


def drop_some(ports: Iterable[int], percent: int) -> None:
    """Drop this share of the packets from and to the ports; 100 is a partition."""
    _nft(drop_rules(ports, percent))


def drop_rules(ports: Iterable[int], percent: int) -> str:
    """The rules that drop this share of the packets."""
    listed = "{ " + ", ".join(map(str, ports)) + " }"
    share = "" if percent >= 100 else f"numgen random mod 100 < {percent} "
    return (
        f"add table {TABLE}\n"
        f"add chain {TABLE} input {{ type filter hook input priority 0; }}\n"
        f"add rule {TABLE} input tcp dport {listed} {share}drop\n"
        f"add rule {TABLE} input tcp sport {listed} {share}drop\n"
    )


def heal() -> None:
    """Drop nothing any more."""
    _nft(f"add table {TABLE}\ndelete table {TABLE}\n")


def _nft(rules: str) -> None:
    nft = find_program("nft")
    assert nft
    subprocess.run([nft, "-f", "-"], input=rules.encode(), timeout=LIMIT_S, check=True)
