"""The bot keeps Telegram's pace by itself, and makes nobody wait who is alone."""

import pytest

from channels.telegram.pacing import Pacing

ANA, BUDI, GROUP = 4711, 4712, -1001


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 2))


@pytest.mark.parametrize(
    ("chats", "expected"),
    [
        ([ANA] * 5, []),  # a short burst is borne
        ([ANA] * 7, [1.0, 2.0]),
        ([ANA] * 5 + [BUDI], []),
        ([GROUP] * 8, []),  # groups are scheduled before
        ([None] * 100, []),  # asking for updates is no message
        (list(range(1, 13)), [0.03, 0.07]),  # thirty a second over all
    ],
)
async def test_a_person_gets_one_a_second_and_all_together_thirty(chats, expected):
    seconds = Seconds()
    pacing = Pacing(clock=lambda: seconds.now, sleep=seconds.sleep)
    for chat in chats:
        await pacing.turn(chat)
    assert seconds.slept == expected
    seconds.now += 60
    await pacing.turn(ANA)
    assert seconds.slept == expected
