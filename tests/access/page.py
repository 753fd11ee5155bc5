"""The tables of `docs/access.md`, and the words between them."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tests.access.chat import WHO
from tests.access.doors import FORGED, WITHOUT
from tests.access.told import Answer, Asked
from tests.test_docs import all_commands

HEAD = """\
# Who may do what

Every address of the web, every command that the staff can type and every command of the command line, and what each role is answered.
**Generated** by `make access`, which asks for each as each in a house of its own; a test asks again and fails where an answer is
another, or something is not listed.

| answer | means |
| --- | --- |
| yes | may: it is done, or refused for what was asked (409, 422, …), not for who asked |
| no | 403 |
| – | 404: to them there is no such thing |
| log in | 401, or the way to the door |

The ticket that is asked about is of one desk, and is with the first line; for *second line with it* it was handed to their team. What
is somebody's own (files that were asked for) was made by the supervisor, on the pages, and by a program of the same name, in the API.
Beside the table the same run holds that whoever is outside the desk (*nobody*, the *other desk's supervisor*, the *second line* without the
ticket) finds none of its words in any answer, and that they and the *viewer* leave no trace in its history.
"""
PAGES = """
## Pages

By people who are logged in. Every form carries a token of the session: without it, or with another's, each of them is 403, whoever asks.
What `{token}` and `{signed}` lead to is open to whoever has the address, which is signed or random.
"""
API = """
## API

By tokens of a role at one desk (the administrator's: at all). The scope is what a token has to be good for as well; one that has all others is
refused. Figures and lists are for every role of the desk, as programs that report are given the role *viewer*; identity numbers are masked for it.
"""
DOORS = """
## Doors of channels, and what watches

Asked without what opens them, and with what somebody would forge. The chat page and what belongs to it are for whoever writes to the desk.
"""
CHAT = """
## Commands from chat

Written to the bot as `#1 /…`; in a topic the same holds. For whoever is not on the staff they are a contact's words.
"""
CLI = """
## Command line

`tanggap …` reads and changes the installation's own files and database: whoever can run it as the service's user may do everything, and nobody
else can, for its folder and its secrets are readable by that user alone. What is taken out by it stands in the [audit trail](guide/access.md#the-trail).
"""


def written(asked: Asked) -> str:
    """Return the whole page."""
    parts = [
        HEAD,
        PAGES,
        *_tables(asked.pages, lambda way: way.split("/")[1].split(".")[0].split("?")[0]),
        API,
        *_tables(asked.api, lambda way: way.split("/")[3].split(".")[0], also=("scope", asked.scopes)),
        DOORS,
        _table("door", (WITHOUT, FORGED), asked.doors),
        CHAT,
        _table("command", tuple(WHO), asked.commands),
        CLI,
        "\n".join(f"- `tanggap {command}`" for command in all_commands()),
    ]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _tables(
    table: Mapping[str, Mapping[str, Answer]], theme, *, also: tuple[str, Mapping[str, str]] | None = None
) -> Iterator[str]:
    ways = sorted(table, key=lambda way: (theme(way), way.partition(" ")[2], way.partition(" ")[0]))
    columns = tuple(next(iter(table.values())))
    for _, together in itertools.groupby(ways, key=theme):
        yield _table("", columns, {way: table[way] for way in together}, also=also)


def _table(
    head: str, columns: Sequence[str], rows: Mapping[str, Mapping[str, Answer]], *,
    also: tuple[str, Mapping[str, str]] | None = None,
) -> str:  # fmt: skip
    more = [also[0]] if also else []
    lines = [_line([head, *more, *columns]), _line(["---"] * (1 + len(more) + len(columns)))]
    for way in sorted(rows, key=lambda way: (way.partition(" ")[2], way)) if head == "door" else rows:
        scope = [f"`{also[1][way]}`" if also[1].get(way) else ""] if also else []
        lines.append(_line([f"`{way}`", *scope, *(str(rows[way].get(column, "")) for column in columns)]))
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
