"""A plain TCP balancer: hands each connection to the next of its servers, and leaves out those that do not take it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_TAKES_WITHIN = 2.0  # seconds for a server to take a connection
_PIECE = 65536  # bytes


class Balancer:
    """Knows of its servers nothing but their ports on the loopback."""

    def __init__(self, *ports: int) -> None:
        self._ports = ports
        self._turn = 0
        self.port = 0
        self.taken: Counter[int] = Counter()  # connections, by the port that took them

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection to the next server that takes it; one that nobody takes is cut."""
        try:
            taken = await self._next_server()
            if taken is not None:
                await _join(reader, writer, *taken)
        finally:
            writer.close()

    async def _next_server(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in self._ports:
            port = self._ports[self._turn % len(self._ports)]
            self._turn += 1
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(_TAKES_WITHIN):
                    taken = await asyncio.open_connection("127.0.0.1", port)
                self.taken[port] += 1
                return taken
        return None


async def _join(
    here: asyncio.StreamReader,
    to_here: asyncio.StreamWriter,
    there: asyncio.StreamReader,
    to_there: asyncio.StreamWriter,
) -> None:
    try:
        await asyncio.gather(_pass_on(here, to_there), _pass_on(there, to_here))
    finally:
        to_there.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes until its end, or the other's; a cut on one side is one on the other."""
    with suppress(OSError):
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
    with suppress(OSError):
        writer.write_eof()


@asynccontextmanager
async def balancing(*ports: int) -> AsyncIterator[Balancer]:
    """Balance a port of the loopback over others; what is carried when it ends is cut."""
    balancer = Balancer(*ports)
    carried: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(balancer.carry(reader, writer))
        carried.add(task)
        task.add_done_callback(carried.discard)

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    balancer.port = server.sockets[0].getsockname()[1]
    try:
        yield balancer
    finally:
        server.close()
        for task in carried:
            task.cancel()
        await asyncio.gather(*carried, return_exceptions=True)
        await server.wait_closed()
