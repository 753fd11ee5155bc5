"""What a procedure's file says of turns: who is named, and when they are called to mind."""

import re
from datetime import timedelta

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from tests.bot.test_procedure_files import DESK, GUIDE

(EXAMPLE,) = re.findall(r"## Whose turn it is\n.*?```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL)
PEOPLE = "".join(
    f"  - {{name: {name}, role: agent, email: {name}@example.ac.id}}\n" for name in ("ketua", "adi", "wati")
)


def read(changed=("", "")):
    text = f"procedure: rekaman\nname: Perekaman\n{EXAMPLE}".replace(*changed)
    desk = DESK.replace("staff:\n", f"staff:\n{PEOPLE}")
    return desk_from_files({"desk.yaml": desk, "procedures/rekaman.yaml": text}, {}).procedures[0]


def test_the_guides_example_names_and_reminds():
    assign, record = read().steps
    assert assign.turn.names == "penata"
    (reminder,) = record.turn.reminds
    assert (reminder.length.length, reminder.before_due) == (timedelta(hours=2), True)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (", names: penata", "", "no step says who of penata acts; expected names: penata of a step before"),
        (", takes: named", "", "nobody of penata needs a name; expected takes: named of that role"),
        ("names: penata", "names: ketua", "nobody of ketua needs a name"),
        (
            "2h before",
            "kadang",
            'expected a length after its beginning such as 4h, or one such as 1d before, not "kadang"',
        ),
        ("reminds: [2h before]", "lapses: {after: 3 hari, as: batal}", "lapses: expected as: one of done"),
        ("names: penata}", "names: penata, lapses: {after: 1d}}", "cannot end by itself: it names who acts"),
        (", within: 1d", "", "never falls due; expected within or before with it"),
    ],
)
def test_mistakes_are_told_plainly(before, after, said):
    with pytest.raises(DeskFileError) as caught:
        read((before, after))
    assert any(said in str(problem) for problem in caught.value.problems)
