"""A message that is looked at again is not read again, unless by another matcher."""

from types import SimpleNamespace

from bot.apart.remembered import LONGEST, Remembered


class Reads:
    def __init__(self):
        self.read = []

    def suggest(self, text):
        self.read.append(text)
        return (text,)


def test_a_matcher_reads_a_message_once_and_another_one_anew():
    desks = {"uji": SimpleNamespace(matcher=Reads())}
    remembered = Remembered(desks)
    first = desks["uji"].matcher
    said = [remembered.suggest("uji", "lupa sandi") for _ in range(2)]
    assert (said, first.read) == ([("lupa sandi",)] * 2, ["lupa sandi"])
    desks["uji"] = SimpleNamespace(matcher=Reads())
    remembered.suggest("uji", "lupa sandi")
    assert desks["uji"].matcher.read == ["lupa sandi"]
    for _ in range(2):
        remembered.suggest("uji", "x" * (LONGEST + 1))  # what is long is kept nowhere
    assert len(desks["uji"].matcher.read) == 3
