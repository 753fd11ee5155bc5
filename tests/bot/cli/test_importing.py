"""`tanggap import tickets`: the history of the desk that was used before, as somebody types it."""

import csv
import io
import re
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from sqlmodel import func, select

from bot.cli import importing, progress_bar
from bot.desk_files.problems import DeskFileError
from bot.house import open_house, utc_now
from bot.importing import running
from bot.importing.mapping import Known, read_mapping
from bot.importing.rows import UnreadableFileError
from bot.importing.running import check, write
from bot.settings import load_settings
from bot.wiring.following import followers
from tickets.intake import Reading, take_in
from tickets.ledger.followers import Following
from tickets.message import Channel, Person, Place, Said
from tickets.search import SearchIndex
from tickets.survey import Period
from tickets.tables import AskedSurvey, Clock, Contact, Event, Message, Outbox, Ticket
from tickets.views.served import to_invite

HISTORIES = Path(__file__).parent / "histories"
NOW = datetime(2026, 11, 27, tzinfo=UTC)
KNOWN = Known(categories={"password": "Lupa kata sandi", "lainnya": "Lain-lain"}, staff={"budi": "Budi"})
PLAN = """
source: lama
columns: {id: no, created_at: dibuat, text: isi, category: topik, status: status, email: surel, phone: telepon}
dates: [iso, "%d/%m/%Y %H:%M"]
open: refuse
"""


def history(name):
    return str(HISTORIES / f"{name}.csv"), "--mapping", str(HISTORIES / f"{name}.yaml")


def rows_of(table, *where):
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        return session.exec(select(table).where(*where)).all()


def broken_off(*words, **named):
    """Store one ticket, as somebody presses Ctrl-C."""
    yield from islice(write(*words, **named), 1)
    raise KeyboardInterrupt


@pytest.mark.usefixtures("on_each_database")
async def test_a_history_is_taken_over_once_and_in_silence(tanggap, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(running, "AT_ONCE", 1)
        patched.setattr(importing, "write", broken_off)
        stopped = tanggap("import", "tickets", *history("osticket"))
        assert stopped.code == 130
        assert (
            "Stopped: at least 1 of 3 tickets are here. The same command goes on with the rest."
            in stopped.err
        )
    with monkeypatch.context() as patched:
        patched.setattr(
            progress_bar, "Console", lambda stderr: Console(stderr=stderr, force_terminal=True, width=100)
        )
        first = tanggap("import", "tickets", *history("osticket"), "--desk", "unit-contoh")
    assert "Memeriksa tiket: 3" in first.err  # whoever waits for a long file sees how far it is
    assert "Menyimpan tiket: 3 dari 3" in first.err
    again = tanggap("import", "tickets", *history("osticket"))
    assert (first.code, again.code) == (0, 0), first.err
    assert "3 tickets with 5 messages, created from 2025-03-03 to 2025-03-06" in first.out
    assert "Imported 2 tickets; 1 were here already." in first.out
    assert "Imported 0 tickets; 3 were here already." in again.out
    assert "Imported 2 tickets" in tanggap("import", "tickets", *history("messages")).out

    with open_house(load_settings(), follow_files=False) as house:
        following = Following(house.ledger, followers(house, utc_now))
        while await following.turn():
            pass
        with closing(SearchIndex.open(house.ledger, house.settings.search_index)) as index:
            while index.advance():
                pass
        with house.ledger.reading() as session:
            year = Period(key="2025", start_at=NOW.replace(year=2025, month=1), end_at=NOW)
            assert to_invite(
                session, desk="unit-contoh", period=year, solved_until=NOW, quiet_since=NOW, window_since=None, most=9
            ) == []  # fmt: skip
            ana, joko, later, *chat = session.exec(select(Ticket).order_by(Ticket.number)).all()
            assert [
                session.exec(select(func.count()).select_from(each)).one() for each in (Outbox, Clock)
            ] == [0, 0]
            assert session.exec(select(func.count()).select_from(AskedSurvey)).one() == 0
            assert {each.kind for each in session.exec(select(Event).where(Event.ticket.is_not(None)))} == {
                "history.imported"
            }
            said = session.exec(
                select(Message).where(Message.ticket == ana.number).order_by(Message.id)
            ).all()
            talk = session.exec(
                select(Message).where(Message.ticket == chat[0].number).order_by(Message.id)
            ).all()
            assert len(session.exec(select(Contact)).all()) == 3
    found = tanggap(
        "export", "tickets", "--from", "2025-03-01", "--to", "2025-03-31", "--filter", '"tautan pengaturan"'
    )
    assert [each["number"] for each in csv.DictReader(io.StringIO(found.out))] == [str(ana.number)]
    assert (ana.status, ana.category, ana.channel, ana.assignee) == (
        "closed",
        "password",
        "email",
        "budi-hartanto",
    )
    assert ana.created_at == datetime(2025, 3, 3, 1, 15, tzinfo=UTC)
    assert [(each.direction, each.actor) for each in said] == [("in", None), ("out", "staff:budi-hartanto")]
    assert (joko.channel, joko.category, joko.assignee, joko.priority) == ("other", "lainnya", None, 1)
    assert (ana.address is None, joko.address, chat[0].address is None) == (False, None, False)
    assert joko.subject == '=HYPERLINK("http://evil.example")'
    assert later.contact == ana.contact
    assert [(each.direction, each.text) for each in talk] == [
        ("in", "Selamat pagi,\nkapan wisuda?"), ("note", "Cek kalender."), ("out", "Bulan Juli."),
    ]  # fmt: skip
    assert chat[0].contact == chat[1].contact


@pytest.mark.usefixtures("on_each_database")
def test_who_writes_now_is_known_from_the_history_and_reports_count_it(tanggap):
    tanggap("import", "tickets", *history("messages"))
    said = Said(
        event_id="SM1", external_id="SM1", text="Wisuda kapan lagi?", sender=Person(address="+6281234567890"),
        place=Place(account="unit-contoh/whatsapp", channel=Channel.WHATSAPP, address="+6281234567890"),
    )  # fmt: skip
    with open_house(load_settings(), follow_files=False) as house:
        desk = house.desk(None).now
        taken = house.ledger.write_blocking(
            lambda tx: take_in(tx, said, desk=desk, reading=Reading(), files=[], at=NOW)
        )
    assert taken.opened
    assert taken.contact.name == "Dedi"
    assert {each.contact for each in rows_of(Ticket)} == {taken.contact.id}
    month = tanggap("export", "tickets", "--from", "2025-05-01", "--to", "2025-05-31")
    told = list(csv.DictReader(io.StringIO(month.out)))
    assert [(each["channel"], each["status"]) for each in told] == [("whatsapp", "closed")] * 2


def test_nothing_is_written_while_anything_is_wrong(tanggap, tmp_path):
    file, mapping = tmp_path / "lama.csv", tmp_path / "lama.yaml"
    file.write_text(
        "no,dibuat,isi,topik,status,surel,telepon\n"
        "1,2025-01-02,Halo,Lupa kata sandi,closed,ana@example.ac.id,\n"
        "2,kemarin,Halo,Beasiswa,closed,ana,12\n"
        "3,2999-01-01,Halo,Beasiswa,open,,\n"
        "1,2025-01-02,Lagi,,closed,,\n"
    )
    mapping.write_text(PLAN)
    tried = tanggap("import", "tickets", str(file), "--mapping", str(mapping))
    assert tried.code == 1
    assert 'lama.csv, line 3: topik: "Beasiswa" is not known' in tried.err
    assert "(and 1 more)" in tried.err
    assert (
        'lama.csv, line 3: dibuat: expected a date as in `dates` (iso or %d/%m/%Y %H:%M), not "kemarin"'
        in tried.err
    )
    assert "lama.csv, line 4: status: it is not closed" in tried.err
    assert "lama.csv, line 5: the ticket 1 stands in line 2 already" in tried.err
    assert rows_of(Ticket) == []
    listed = ("--dry-run", "--mistakes", str(tmp_path / "salah.csv"))
    assert tanggap("import", "tickets", str(file), "--mapping", str(mapping), *listed).code == 1
    with (tmp_path / "salah.csv").open(encoding="utf-8-sig", newline="") as written:
        told = [(each["line"], each["ticket"], each["mistake"]) for each in csv.DictReader(written)]
    assert ("5", "1", "the ticket 1 stands in line 2 already") in told
    assert {line for line, _, _ in told} == {"3", "4", "5"}
    leaving = ("--skip-bad", "--dry-run")
    assert tanggap("import", "tickets", str(file), "--mapping", str(mapping), *leaving).code == 0
    assert rows_of(Ticket) == []
    skipped = tanggap("import", "tickets", str(file), "--mapping", str(mapping), "--skip-bad")
    assert (skipped.code, len(rows_of(Ticket))) == (0, 1)


def checked(tmp_path, text, plan=PLAN, encoding="utf-8"):
    path = tmp_path / "lama.csv"
    path.write_bytes(text.encode(encoding))
    return check(path, read_mapping("lama.yaml", plan, tz="Asia/Jakarta", known=KNOWN), now=NOW)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "has no column dibuat, isi"),
        ("no,no,dibuat,isi,topik,status,surel,telepon\n", "has the column no twice"),
        ('no,dibuat,isi,topik,status,surel,telepon\n1,2025-01-02,"never closed\n', "line 2: unexpected end"),
        ("no,dibuat,isi,topik,status,surel,telepon\n1,2025-01-02," + "x" * 1_000_001, "field larger than"),
    ],
)
def test_a_file_that_is_no_such_table_is_one_clear_line(tmp_path, text, says):
    with pytest.raises(UnreadableFileError, match=re.escape(says)):
        checked(tmp_path, text)


def test_from_a_date_that_nobody_can_read_nothing_follows(tmp_path):
    text = "no,dibuat,tutup,isi,topik,status,surel,telepon\n1,{},2025-01-02,Halo,,closed,,\n"
    plan = PLAN.replace("created_at: dibuat", "created_at: dibuat, closed_at: tutup")
    (unreadable,) = checked(tmp_path, text.format("kemarin"), plan).mistakes
    assert "expected a date" in unreadable
    (later,) = checked(tmp_path, text.format("2025-01-03"), plan).mistakes
    assert "it was closed before it was created" in later


def test_a_file_in_another_encoding_says_so_and_is_read_in_it(tmp_path):
    text = "no,dibuat,isi,topik,status,surel,telepon\n1,02/01/2025 08:00,Café,,closed,,\n"
    with pytest.raises(UnreadableFileError, match="this is not utf-8"):
        checked(tmp_path, text, encoding="cp1252")
    for encoding in ("utf-8", "utf-8-sig"):
        with pytest.raises(UnreadableFileError, match="is written in UTF-8, not in cp1252"):
            checked(tmp_path, text, PLAN + "encoding: cp1252", encoding=encoding)
    assert checked(tmp_path, text, PLAN + "encoding: cp1252", encoding="cp1252").tickets == 1


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ("columns: {id: no}", "expected source"),
        ("source: lama\ncolumns: {id: no, text: isi}", "expected created_at, which every row of tickets has"),
        ("source: lama\ncolumns: {id: no, created_at: a, text: b, said_at: c}", "unknown key"),
        (PLAN + "values: {category: {Beasiswa: beasiswa}}", "expected password or lainnya"),
        (PLAN.replace("%d/%m/%Y", "%H"), "expected iso, or a format"),
        (PLAN + "timezone: Mars/Olympus", "is not a time zone; expected a name such as Asia/Jakarta"),
        ("[1, 2]", "expected keys with their values"),
    ],
)
def test_a_mapping_with_a_mistake_says_where_and_what_is_expected(plan, says):
    with pytest.raises(DeskFileError, match=re.escape(says)):
        read_mapping("lama.yaml", plan, tz="Asia/Jakarta", known=KNOWN)


def test_the_mappings_of_the_guide_have_no_mistakes():
    guide = Path(__file__).parents[3] / "docs" / "guide" / "importing.md"
    known = Known(categories={"password": "Lupa kata sandi"}, staff={})
    examples = re.findall(r"^```yaml\n(.*?)^```", guide.read_text(), re.MULTILINE | re.DOTALL)
    plans = [read_mapping("guide.yaml", each, tz="Asia/Jakarta", known=known) for each in examples]
    assert [plan.source for plan in plans] == ["osticket", "zendesk", "chatwoot", "buku-layanan"]


def test_dates_are_read_as_an_indonesian_spreadsheet_writes_them(tmp_path):
    plan = PLAN.replace("dates: [iso", 'dates: ["%A, %d %B %Y pukul %H.%M", "%d %b %y"')
    rows = (
        '1,"Jum\'at, 7 November 2025 pukul 14.30",Halo,,closed,,\n'
        '2,"Kamis, 1 Mei 2025 pukul 08.00",Halo,,closed,,\n'
        "3,5 Agt 25,Halo,,closed,,\n4,17 Okt 25,Halo,,closed,,\n5,05/12/2025 07:05,Halo,,closed,,\n"
        "6,31 Foo 25,Halo,,closed,,\n7,32 Des 25,Halo,,closed,,\n"
    )
    found = checked(tmp_path, "no,dibuat,isi,topik,status,surel,telepon\n" + rows, plan)
    jakarta = ZoneInfo("Asia/Jakarta")
    assert found.tickets == 5
    assert found.first_at == datetime(2025, 5, 1, 8, tzinfo=jakarta)
    assert found.last_at == datetime(2025, 12, 5, 7, 5, tzinfo=jakarta)
    ((mistake, often),) = [(each, found.often[kind]) for kind, each in found.mistakes.items()]
    assert (mistake.line, often) == (7, 2)
    assert mistake.says.endswith('not "31 Foo 25"')


def test_a_closing_day_without_its_hour_is_no_earlier_than_the_beginning(tmp_path):
    text = (
        "no,dibuat,tutup,isi,jawab,topik,status,surel,telepon\n"
        "1,02/01/2025 08:00,2025-01-02,Halo,Sudah,,closed,,\n"
    )
    plan = PLAN.replace("created_at: dibuat", "created_at: dibuat, closed_at: tutup, answer: jawab")
    path = tmp_path / "lama.csv"
    path.write_text(text)
    told = []
    check(path, read_mapping("lama.yaml", plan, tz="Asia/Jakarta", known=KNOWN), now=NOW, note=told.append)
    ((read,), began_at) = told, datetime(2025, 1, 2, 1, tzinfo=UTC)
    assert read.ticket.closed_at == began_at
    assert [(each.at, each.text) for each in read.ticket.messages] == [
        (began_at, "Halo"),
        (began_at, "Sudah"),
    ]


def test_rows_are_taken_as_a_spreadsheet_leaves_them(tmp_path):
    heading, plan = "no;dibuat;isi;topik;status;surel;telepon", PLAN + "delimiter: semicolon"
    rows = (
        "1;2025-01-02;Halo\n;;;;;;\n\n2;2025-01-02;Halo;;;;;;;\n"
        "3;2025-01-02;Halo;;;;81234567890\n4;2025-01-02;Halo;;;;6,28123E+12\n5;2025-01-02;Halo;;;;;dan;lagi\n"
    )
    path, told = tmp_path / "lama.csv", []
    path.write_text(f"sep=;\n{heading}\n{rows}", encoding="utf-8-sig")
    check(path, read_mapping("lama.yaml", plan, tz="Asia/Jakarta", known=KNOWN), now=NOW, note=told.append)
    assert [(each.line, each.ticket is not None) for each in told] == [
        (3, True), (6, True), (7, True), (8, False), (9, False)
    ]  # fmt: skip
    assert told[2].ticket.contact.addresses == ((Channel.WHATSAPP, "+6281234567890"),)
    assert told[3].mistakes[0].says == 'telepon: expected a telephone number, not "6,28123E+12"'
    assert told[4].mistakes[0].says == "expected 7 columns as in the heading, not 9"


def test_a_date_without_a_zone_is_of_the_mappings_zone(tmp_path):
    found = checked(tmp_path, "no,dibuat,isi,topik,status,surel,telepon\n1,2025-01-02T08:00,Halo,,closed,,\n")
    assert found.first_at == datetime(2025, 1, 2, 8, tzinfo=ZoneInfo("Asia/Jakarta"))


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path):
    plan, path = read_mapping("lama.yaml", PLAN, tz="Asia/Jakarta", known=KNOWN), tmp_path / "lama.csv"
    peaks = []
    for many in (500, 5_000):
        with path.open("w") as file:
            file.write("no,dibuat,isi,topik,status,surel,telepon\n")
            file.writelines(f"{each},2025-01-02,{'kata ' * 20},,closed,,\n" for each in range(many))
        tracemalloc.start()
        assert check(path, plan, now=NOW).tickets == many
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5
