"""The inbox a page at a time: in the order of what is due, counted no further than anybody reads."""

from datetime import timedelta

from tests.tickets.desks import BUDI, MONDAY, open_desk, whatsapp
from tickets import views
from tickets.actions import answering, handling, tagging
from tickets.intake import Reading, take_in
from tickets.sweep import sweep
from tickets.views import Order, Trouble, Wanted
from tickets.views.tags import tags_in_use

TO_DO = Wanted(status=frozenset({"new", "open"}))


def arrives(ledger, desk, name, *, at):
    said = whatsapp(f"pesan {name}", sid=f"SM{name}", sender=f"+62{name}")
    taken = ledger.write_blocking(lambda tx: take_in(tx, said, desk=desk, reading=Reading(), files=(), at=at))
    return taken.ticket.number


def numbers(page):
    return [line.ticket.number for line in page.lines]


def test_pages_follow_each_other_whatever_comes_in_and_lead_back(ledger):
    desk = open_desk(ledger)
    for minute in range(5):  # 1 is due first, 5 last
        arrives(ledger, desk, minute, at=MONDAY + timedelta(minutes=minute))

    def read(**asked):
        with ledger.reading() as session:
            return views.inbox(session, asked.pop("wanted", TO_DO), limit=2, **asked)

    first = read()
    assert (numbers(first), first.before) == ([1, 2], None)
    arrives(ledger, desk, "late", at=MONDAY - timedelta(minutes=5))  # 6 is due before all of them
    second = read(after=first.after)
    third = read(after=second.after)
    assert (numbers(second), numbers(third), third.after) == ([3, 4], [5], None)
    assert numbers(read(before=third.before)) == [3, 4]
    assert numbers(read(before=second.before)) == [1, 2]
    assert numbers(read(order=Order.NEWEST)) == [6, 5]
    assert numbers(read(wanted=Wanted())) == [6, 5]
    assert numbers(
        read(wanted=Wanted(), before=read(wanted=Wanted(), after=read(wanted=Wanted()).after).before)
    ) == [6, 5]
    # an answer: no clock but the solution's runs, so 1 has not waited at all
    ledger.write_blocking(
        lambda tx: answering.answer(
            tx, 1, answering.Words(text="Baik."), by=BUDI, at=MONDAY + timedelta(minutes=9)
        )
    )
    longest = [read(order=Order.LONGEST)]
    longest += [read(order=Order.LONGEST, after=longest[0].after)]
    longest += [read(order=Order.LONGEST, after=longest[1].after)]
    assert [numbers(page) for page in longest] == [[6, 2], [3, 4], [5, 1]]
    assert numbers(read(order=Order.LONGEST, before=longest[2].before)) == [3, 4]


def test_what_is_late_nearly_late_and_unheld_is_found_and_counted_up_to_a_limit(ledger):
    desk = open_desk(ledger)
    late = arrives(ledger, desk, 1, at=MONDAY)
    soon = arrives(ledger, desk, 2, at=MONDAY + timedelta(minutes=7))
    calm = arrives(ledger, desk, 3, at=MONDAY + timedelta(minutes=19))
    now = MONDAY + timedelta(minutes=20)
    ledger.write_blocking(lambda tx: sweep(tx, now=now))
    people = frozenset({BUDI.id})
    ledger.write_blocking(lambda tx: handling.assign(tx, calm, BUDI.id, staff=people, by=BUDI, at=now))
    asked = {
        "late": Wanted(status=TO_DO.status, trouble=Trouble.LATE, desks=frozenset({desk.slug})),
        "soon": Wanted(status=TO_DO.status, trouble=Trouble.SOON),
        "unheld": Wanted(status=TO_DO.status, unheld=True, asleep=False),
    }
    with ledger.reading() as session:
        found = {name: numbers(views.inbox(session, wanted, limit=9)) for name, wanted in asked.items()}
        counted = views.how_many(session, asked, most=1)
    assert found == {"late": [late], "soon": [soon], "unheld": [late, soon]}
    assert counted == {"late": 1, "soon": 1, "unheld": 2}


def test_the_tags_in_use_are_those_of_the_desks_that_are_looked_at(ledger):
    desk = open_desk(ledger)
    first, second = (arrives(ledger, desk, minute, at=MONDAY) for minute in range(2))

    def used(desks=None):
        with ledger.reading() as session:
            return tags_in_use(session, desks)

    assert used() == used(frozenset({desk.slug})) == ()
    for number, tag in ((first, "vip"), (second, "vip"), (second, "acara"), (first, "media")):
        ledger.write_blocking(
            lambda tx, n=number, t=tag: tagging.tag(tx, n, t, desk=desk, by=BUDI, at=MONDAY)
        )
    ledger.write_blocking(lambda tx: tagging.untag(tx, first, "media", by=BUDI, at=MONDAY))
    assert used() == used(frozenset({desk.slug, "lain"})) == ("acara", "vip")
    assert used(frozenset({"lain"})) == used(frozenset()) == ()
