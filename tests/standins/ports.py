"""Ports of the loopback for servers that cannot be handed a bound socket.

A port that was bound once and let go may be anybody's when its server begins: another server's that looked at the
same time, or the near end of some connection. So they lie below those the kernel deals out by itself (Linux: from
32768), and the process that asked keeps a name upon each until it ends, which no other process of ours can have.
"""

import random
import socket

_OURS = range(10_240, 32_768)
_TRIES = 1_000

_kept: list[socket.socket] = []
_dice = random.SystemRandom()  # a seed that tests set must not make two processes ask in the same order


def free_port() -> int:
    """Return one at which nobody listens, and that nobody else is told of while this process lives."""
    for _ in range(_TRIES):
        port = _dice.choice(_OURS)
        name = socket.socket(socket.AF_UNIX)
        try:
            name.bind(f"\0tanggap-port-{port}")
            _bind_once(port)
        except OSError:  # another's already
            name.close()
            continue
        _kept.append(name)
        return port
    raise RuntimeError("No port of the loopback is free.")


def _bind_once(port: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))
