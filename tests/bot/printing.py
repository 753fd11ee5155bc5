"""A chat of which the papers are typeset."""

from bot.apart.paper_press import PaperPress
from tests.bot.chat import Chat


class PrintingChat(Chat):
    async def prints(self):
        """Let what is due be typeset."""
        press = PaperPress(
            self.ledger, apart=_here, public_url="https://tanggap.test", clock=lambda: self.now
        )
        await press.turn()
        await self.settle()


async def _here(call, job):
    return call(job)
