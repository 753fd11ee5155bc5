"""What a change would have made of last month's messages."""

from dataclasses import replace

from templates_replies.catalogue import AutoReply, Catalogue, Category
from templates_replies.curation import changes
from templates_replies.curation.changes import applied
from templates_replies.curation.effect import FirstWords, effect
from templates_replies.curation.known import Known
from templates_replies.curation.masking import masked
from templates_replies.matcher import Example

PASSWORD = Category(
    id="password", name="Lupa kata sandi", examples=("lupa password saya", "cara ganti kata sandi")
)
LOGIN = Category(id="login", name="Gagal masuk", examples=("tidak bisa login", "gagal masuk edunex"))
WIFI = Category(id="wifi", name="WiFi kampus", examples=("wifi lambat", "jaringan wifi putus"))
DESK = Catalogue(categories=(PASSWORD, LOGIN, WIFI))
SAID = (
    FirstWords(ticket=1, text="lupa password", category="password"),
    FirstWords(ticket=2, text="gagal login edunex", category="login"),
    FirstWords(ticket=3, text="wifi lambat sekali", category="wifi"),
    FirstWords(ticket=4, text="jaringan wifi putus", category="login"),
    FirstWords(ticket=5, text="gagal masuk"),
)


def test_what_changes_nothing_has_no_effect():
    found = effect(Known(catalogue=DESK), Known(catalogue=DESK), SAID)
    assert (found.messages, found.changed, found.shifts) == (5, 0, ())
    assert (found.judged, found.right_before, found.right_after) == (4, 3, 3)


def test_merging_shows_where_tickets_would_go_and_counts_them_as_right():
    after = applied(DESK, changes.merge(DESK, "login", "password"))
    found = effect(Known(catalogue=DESK), Known(catalogue=after), SAID)
    (shift,) = found.shifts
    assert (shift.before, shift.after, shift.count) == ("login", "password", 2)
    assert [sample.ticket for sample in shift.samples] == [2, 5]
    assert (found.judged, found.right_before, found.right_after) == (4, 3, 3)


def test_what_is_split_is_not_judged_by_what_people_said_before():
    after = applied(
        DESK, changes.split(DESK, "wifi", name="Jaringan putus", examples=["jaringan wifi putus"])
    )
    found = effect(Known(catalogue=DESK), Known(catalogue=after), SAID)
    assert ("wifi", "jaringan-putus") in [(shift.before, shift.after) for shift in found.shifts]
    assert found.judged == 3


def test_samples_show_nobody():
    assert masked("a@" * 2_000 + " b@c.example,d@e.example; @f@g.example") == f"{'a@' * 69}a…"
    shown = masked("Saya Ana 13321001, ana@example.ac.id,\n+62 811-0001-222 lupa sandi " + "x" * 200)
    assert shown.startswith("Saya Ana •••, •••@•••")
    assert "0001" not in shown
    assert len(shown) == 140


def test_what_people_have_confirmed_counts_but_no_ticket_speaks_for_itself():
    taught = [
        Example(label="login", text="vpn kampus ditolak", source=7),
        Example(label="login", text="jaringan wifi putus", source=4),
    ]
    said = (*SAID, FirstWords(ticket=8, text="vpn kampus ditolak terus", category="login"))
    known = Known(catalogue=DESK, learned=taught)
    assert effect(known, known, said).right_before == 4  # 8 by what was said in 7; 4 only by itself
    alone = effect(Known(catalogue=DESK), known, said)
    assert [(shift.after, shift.samples[0].ticket) for shift in alone.shifts] == [("login", 8)]


def test_replies_that_would_go_out_by_themselves_are_counted():
    answered = replace(
        LOGIN, reply="masuk", auto=AutoReply.SEND, examples=(*LOGIN.examples, "wifi kampus mati")
    )
    after = applied(DESK, [answered])
    said = (
        *SAID,
        FirstWords(ticket=6, text="wifi kampus mati"),
        FirstWords(ticket=7, text="gagal masuk edunex"),
    )
    found = effect(Known(catalogue=DESK), Known(catalogue=after), said).answers
    assert (found.before, found.after, found.changed) == (0, 3, 3)
    assert [one.ticket for one in found.samples] == [5, 6, 7]
    assert effect(Known(catalogue=after), Known(catalogue=after), said).answers.changed == 0
