"""What the bot says to a contact, as one pure decision.

Everything it rests on comes in as a `Situation`; what shall be done goes out as a `Decision`. It is called inside the
transaction that takes the message in, for what it would decide from older state may be wrong by then.
"""

from bot.identity import Identity, missing, read_identity
from bot.menu_answers import meant
from bot.turn import (
    CATEGORY,
    CATEGORY_FOR,
    HELPED,
    HELPED_FOR,
    IDENTITY,
    IDENTITY_FOR,
    NO,
    NONE_OF_THEM,
    TOPIC,
    TOPIC_FOR,
    YES,
    AutoAnswer,
    Decision,
    Expectation,
    Judged,
    Line,
    Offer,
    Say,
    Situation,
    pressed_data,
)
from templates_replies.category_menu_phrases import NONE_WORDS
from templates_replies.cues import StateQuestion
from tickets.hours import due, is_open, next_open
from tickets.lifecycle import Arrival, Status
from tickets.one_time_codes import Try

SILENT = Decision()
_THE_REQUEST = Say(line=Line.REQUEST)
_NOTHING = Offer(category="", name="")  # none of what was offered
_CODES = {
    Try.RIGHT: Line.CODE_RIGHT,
    Try.WRONG: Line.CODE_WRONG,
    Try.SPENT: Line.CODE_SPENT,
    Try.EXPIRED: Line.CODE_EXPIRED,
}


def decide(at: Situation) -> Decision:
    """Decide what the bot does about a message that has just been stored."""
    heard = at.heard
    if heard.automatic or heard.forged:  # an answer to a forged mail would reach whose name was misused
        return SILENT
    if at.tried is not None:
        return Decision(say=(Say(line=_CODES[at.tried.result], values={"left": at.tried.left}),))
    if heard.stop:
        return Decision(say=(Say(line=Line.STOPPED),), stop=True, forget=True)
    if heard.start:
        return _on_start(at)
    if at.stopped or at.silenced:
        return Decision(identity=_newly_read(at))
    if at.judged is not None and not at.judged.asks:
        return _on_judgement(at.judged)
    if heard.state is not None:
        return Decision(say=(_state(at, heard.state),))
    if at.wants is not None and not at.opened and not at.first_matter:
        return Decision(
            say=(_THE_REQUEST,), procedures=at.wants.procedures, forget=True, identity=_newly_read(at)
        )
    # Once a person has answered, a yes is said to them.
    if at.expects is not None and at.expects.what == HELPED and at.status is Status.NEW:
        return _after_auto_answer(at)
    if at.expects is not None and at.expects.what == CATEGORY and at.status is Status.NEW:
        chosen = _chosen(at)
        if chosen is not None:
            return _after_menu(at, chosen)
    if heard.person:
        return Decision(say=(Say(line=Line.HANDED, values={"when": _when(at)}),), forget=True)
    if at.opened:
        return _on_new_ticket(at)
    if at.first_matter:
        return _on_matter(at, greeting=())
    if at.arrival is Arrival.REOPEN:
        reopened = Say(line=Line.REOPENED, values={"when": _when(at)})
        return Decision(say=(reopened,), forget=True, identity=_newly_read(at))
    if at.expects is not None and at.expects.what == IDENTITY and heard.button is None:
        return _after_identity_question(at)
    return Decision(identity=_newly_read(at))


def _on_start(at: Situation) -> Decision:
    """Welcome; whoever comes by a category's link is asked about that, and their next words are taken to be of it."""
    welcome = Say(line=Line.STARTED if at.stopped else Line.WELCOME)
    again = False if at.stopped else None
    if at.topic is None:
        return Decision(say=(welcome,), stop=again)
    about = Say(line=Line.TOPIC, values={"category": at.topic})
    expect = Expectation(what=TOPIC, data={"category": at.topic}, expires_at=at.now + TOPIC_FOR)
    return Decision(say=(welcome, about), stop=again, expect=expect)


def _on_judgement(judged: Judged) -> Decision:
    """Thank for it; what comes too late or says nothing needs no answer."""
    if not judged.counts:
        return SILENT
    if judged.score is not None:
        values = {"low": judged.low, "ask_remark": judged.ask_remark}
        return Decision(say=(Say(line=Line.SCORED, values=values),))
    return Decision(say=(Say(line=Line.REMARKED),)) if judged.first_remark else SILENT


def _on_new_ticket(at: Situation) -> Decision:
    opened = Say(line=Line.FOLLOW_UP if at.arrival is Arrival.FOLLOW_UP else Line.OPENED)
    if at.heard.greeting:
        return Decision(say=(opened, Say(line=Line.TELL_US)), forget=True)
    return _on_matter(at, greeting=(opened,))


def _on_matter(at: Situation, *, greeting: tuple[Say, ...]) -> Decision:
    """Answer the first words that say what it is about: by itself where that is sure, else with a promise."""
    identity = _newly_read(at)
    if at.wants is not None and (at.wants.by_words or at.auto_answer is None):
        offered = at.wants.procedures
        return Decision(say=(*greeting, _when(at), _THE_REQUEST), procedures=offered, identity=identity)
    if at.auto_answer is not None:
        return _answered(at, at.auto_answer)
    if at.offers:
        menu = Say(line=Line.WHICH_CATEGORY, values={"several": len(at.offers) > 1})
        asked = {"choices": [offer.category for offer in at.offers]}
        return Decision(
            say=(*greeting, _when(at), menu),
            ask=at.offers,
            expect=Expectation(what=CATEGORY, data=asked, expires_at=at.now + CATEGORY_FOR),
            identity=identity,
        )
    question, expect = _ask_identity(at, identity)
    return Decision(
        say=(*greeting, _when(at), *question), expect=expect, forget=expect is None, identity=identity
    )


def _answered(at: Situation, answer: AutoAnswer, *, chosen: str | None = None) -> Decision:
    return Decision(
        say=(Say(line=Line.AUTO_ANSWER),),  # the answer greets by itself
        ask_helped=True,
        auto_answer=answer,
        choose=chosen,
        expect=Expectation(what=HELPED, expires_at=at.now + HELPED_FOR),
        identity=_newly_read(at),
    )


def _chosen(at: Situation) -> Offer | None:
    """Return what the contact chose of what they were asked about; None if they speak of something else."""
    heard, offers = at.heard, at.offers
    if not offers or heard.person:
        return None
    if heard.button is not None:
        of_data = {pressed_data(each.category): each for each in offers}
        return {**of_data, NONE_OF_THEM: _NOTHING}.get(heard.button)
    if heard.answer is not None and (len(offers) == 1 or not heard.answer):
        return offers[0] if heard.answer else _NOTHING
    index = meant(heard.text, [*(offer.name for offer in offers), NONE_WORDS])
    if index is None:
        return None
    return offers[index] if index < len(offers) else _NOTHING


def _after_menu(at: Situation, chosen: Offer) -> Decision:
    """Take the choice, and answer where the category does so by itself; whatever it is, people have the ticket already."""
    identity = _newly_read(at)
    if chosen.procedures:
        return Decision(
            say=(_THE_REQUEST,),
            procedures=chosen.procedures,
            choose=chosen.category,
            forget=True,
            identity=identity,
        )
    if chosen.answer is not None:
        return _answered(at, chosen.answer, chosen=chosen.category)
    question, expect = _ask_identity(at, identity)
    thanks = Say(line=Line.HANDED, values={"when": _when(at)})
    if chosen is not _NOTHING:
        values = {"when": _when(at), "category": chosen.name}
        thanks = Say(line=Line.CATEGORY_CHOSEN, values=values)
    return Decision(
        say=(thanks, *question),
        choose=None if chosen is _NOTHING else chosen.category,
        expect=expect,
        forget=expect is None,
        identity=identity,
    )


def _after_auto_answer(at: Situation) -> Decision:
    expects = at.expects
    assert expects is not None
    helped = at.heard.answer
    if at.heard.button in {YES, NO}:
        helped = at.heard.button == YES
    elif at.heard.text.strip() in {"1", "2"}:  # the buttons as a numbered list
        helped = at.heard.text.strip() == "1"
    if helped is None and at.heard.thanks:
        helped = True
    if helped:
        return Decision(say=(Say(line=Line.HELPED_YES),), helped=True, forget=True)
    question, expect = _ask_identity(at, _newly_read(at))
    return Decision(
        say=(Say(line=Line.HELPED_NO, values={"when": _when(at)}), *question),
        helped=helped,
        expect=expect,
        forget=expect is None,
        identity=_newly_read(at),
    )


def _after_identity_question(at: Situation) -> Decision:
    """Ask once: whoever does not answer is not asked again, an agent will see what is missing."""
    found = read_identity(at.heard.text, asked=True)
    if found == Identity():
        return SILENT
    return Decision(say=(Say(line=Line.IDENTITY_THANKS),), identity=found, forget=True)


def _ask_identity(at: Situation, newly: Identity | None) -> tuple[tuple[Say, ...], Expectation | None]:
    lacking = missing(_joined(at.known, newly))
    if not lacking:
        return (), None
    question = Say(line=Line.ASK_IDENTITY, values={"missing": lacking})
    return (question,), Expectation(what=IDENTITY, expires_at=at.now + IDENTITY_FOR)


def _joined(known: Identity, newly: Identity | None) -> Identity:
    if newly is None:
        return known
    return Identity(
        name=known.name or newly.name,
        number=known.number or newly.number,
        unit=known.unit or newly.unit,
        email=known.email or newly.email,
    )


def _state(at: Situation, question: StateQuestion) -> Say:
    if at.status is not None:
        if at.stands is not None:  # of what they have asked for, that says more than the ticket's state
            return Say(line=Line.STATE, values={"when": Say(line=Line.REQUEST, values={"text": at.stands})})
        return Say(line=Line.STATE, values={"when": _when(at)} if at.status is Status.NEW else {})
    if question.ticket is not None:
        return Say(line=Line.NOT_YOURS, values={"ticket": question.ticket})
    return Say(line=Line.NO_TICKET)


def _newly_read(at: Situation) -> Identity | None:
    return None if at.heard.identity == Identity() else at.heard.identity


def _when(at: Situation) -> Say:
    """Say when a person answers: within the promise, by an instant, or from when the desk opens."""
    if at.promise is None:
        return Say(line=Line.WHEN_SOON)
    operating = at.promise.counts == "operating"
    if operating and not is_open(at.calendar, at.now):
        return Say(line=Line.WHEN_OUTSIDE, values={"opens_at": next_open(at.calendar, at.now)})
    due_at = due(at.calendar, at.now, at.promise)
    if due_at - at.now > at.promise.length:  # a break or the night lies between
        return Say(line=Line.WHEN_BY, values={"due_at": due_at})
    return Say(line=Line.WHEN_INSIDE, values={"within": at.promise.length, "operating": operating})
