"""Which replies an agent is offered first."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from templates_replies.catalogue import Catalogue, Category, ReplyTemplate
from templates_replies.ranking import Reason, Wanted, ranked, read_newest


@dataclass(frozen=True)
class Use:
    reply: str
    category: str | None
    at: datetime


NOW = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)
CATALOGUE = Catalogue(
    categories=(
        Category(id="password", name="Lupa kata sandi", reply="reset"),
        Category(id="exam", name="Jadwal ujian"),
        Category(id="login", name="Gagal masuk", reply="login"),
    ),
    replies=(
        ReplyTemplate(id="hours", title="Jam layanan", body={"id": "Kami buka {hours}."}),
        ReplyTemplate(id="reset", title="Cara reset sandi", body={"id": "Buka laman akun dan pilih lupa kata sandi."}),
        ReplyTemplate(id="locked", title="Akun terkunci", body={"id": "Akun Anda terkunci; tunggu 15 menit."}),
        ReplyTemplate(id="login", title="Gagal masuk", body={"id": "Tutup semua tab peramban."}),
        ReplyTemplate(id="exam", title="Jadwal ujian", body={"id": "Ujian pada {isi:tanggal ujian}."}),
    ),
)  # fmt: skip


def order(*said, category=None, suggestions=None, newest=None, uses=(), language="id", catalogue=CATALOGUE):
    wanted = Wanted(
        category=category, suggestions=suggestions or {}, said=said, newest=newest or {}, language=language
    )
    return [each.reply.id for each in ranked(catalogue, wanted, uses, at=NOW)]


def used(reply, *, times, category="password", ago=timedelta(days=1)):
    return [Use(reply, category, NOW - ago)] * times


def test_where_nothing_is_known_the_replies_stand_as_in_the_catalogue():
    assert order() == ["hours", "reset", "locked", "login", "exam"]


def test_the_reply_of_the_category_comes_first():
    assert order("halo", category="login")[0] == "login"


def test_without_a_category_the_suggested_ones_count_by_how_likely_they_are():
    assert order(suggestions={"login": 0.3, "password": 0.6})[:2] == ["reset", "login"]


def test_words_find_a_reply_that_belongs_to_no_category_and_forgive_typos():
    assert order("kapan jadwal ujan ya", suggestions={"password": 0.1})[0] == "exam"


def test_words_that_no_reply_has_say_nothing():
    assert order("xyzzy plugh") == order()


def test_what_agents_choose_outweighs_the_catalogue_after_a_few_times():
    assert order(category="password", uses=used("locked", times=2))[0] == "reset"
    assert order(category="password", uses=used("locked", times=8))[:2] == ["locked", "reset"]


def test_what_was_chosen_long_ago_hardly_counts():
    long_ago = used("locked", times=20, ago=timedelta(days=300))
    assert order(category="password", uses=long_ago)[0] == "reset"


def test_what_was_chosen_for_other_categories_does_not_count():
    assert order(category="password", uses=used("locked", times=20, category="login"))[0] == "reset"


def test_of_several_messages_the_newest_leads():
    earlier, later = "akun saya terkunci", "kapan jadwal ujian"
    assert order(later, earlier)[0] == "exam"
    assert order(earlier, later)[0] == "locked"


def test_whoever_speaks_of_something_else_than_the_ticket_is_answered_about_that():
    said = ("sekarang gagal masuk, peramban berputar terus", "lupa kata sandi, laman akun tidak terbuka")
    habit = used("reset", times=20)
    assert order(*said, category="password", newest={"login": 0.8, "password": 0.1}, uses=habit)[0] == "login"
    assert order(*said, suggestions={"password": 0.9}, newest={"login": 0.8}, uses=habit)[0] == "login"
    assert order(*said, category="password", newest={"login": 0.4}, uses=habit)[0] == "reset"


def test_manners_are_nothing_to_be_answered_about():
    read = []
    read_newest(
        ["baik kak, terima kasih 🙏", "gagal masuk", "lupa kata sandi"], lambda text: read.append(text) or ()
    )
    read_newest(["pagi"], lambda text: read.append(text) or ())
    assert read == ["gagal masuk"]


def test_of_two_replies_the_one_in_the_contacts_language_comes_first():
    both = Catalogue(
        replies=(
            ReplyTemplate(id="old", title="Outage", body={"id": "Ada gangguan."}),
            ReplyTemplate(id="new", title="Outage", body={"en": "There is an outage."}),
        )
    )
    assert order("outage", language="en", catalogue=both) == ["new", "old"]
    assert order("outage", language="id", catalogue=both) == ["old", "new"]


def test_each_reply_says_why_it_stands_there():
    wanted = Wanted(category="password", suggestions={}, said=["lupa kata sandi"], language="id")
    best = ranked(CATALOGUE, wanted, used("reset", times=20), at=NOW)[0]
    assert (best.reply.id, best.reasons) == ("reset", (Reason.USED, Reason.CATEGORY, Reason.WORDS))
    assert 0.5 < best.score <= 1
