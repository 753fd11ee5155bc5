"""Reply templates in chat: the likeliest are offered, what is missing is asked one by one, then it is shown."""

import json
from collections.abc import Mapping

from bot.commands import Verb, button
from bot.executing import drafts, prompts
from bot.executing.doing import Doing
from bot.executing.prompts import Prompt
from bot.executing.verbs import OnTicket
from bot.voice import contact_voice
from templates_replies import reply_phrases as phrases
from templates_replies.ranking import BEST, Wanted, ranked, read_newest
from templates_replies.render import Rendered
from tickets import contacts
from tickets.message import Button
from tickets.used_replies import said_lately, used_lately

_LONGEST_LABEL = 60


def _reply(doing: Doing, rest: str) -> None:
    template, _, answered = rest.partition(" ")
    if not template:
        _offer(doing)
        return
    given, words = _answered(answered.strip())
    rendered = _filled(doing, template, given)
    if words and rendered.missing:
        given = {**given, rendered.missing[0]: words}
        rendered = _filled(doing, template, given)
    if rendered.is_complete:
        _show(doing, template, rendered, is_unchanged=not given)
    else:
        _ask(doing, template, rendered, given)


def _offer(doing: Doing) -> None:
    """Offer the likeliest as buttons, and name the others."""
    catalogue, ticket = doing.desk.catalogue, doing.ticket
    contact = contacts.load_contact(doing.tx, ticket.contact)
    lately = said_lately(doing.tx, doing.number)
    wanted = Wanted(
        category=ticket.category,
        suggestions={pair[0]: pair[1] for pair in ticket.suggestions or []},
        said=lately.said,
        newest=read_newest(lately.since, doing.desk.matcher.suggest),
        language=contact_voice(doing.desk, contact.language or ticket.language).language,
    )
    found = ranked(catalogue, wanted, used_lately(doing.tx, doing.desk.slug, at=doing.at), at=doing.at)
    rows = [
        [Button(label=each.reply.title[:_LONGEST_LABEL], data=button(Verb.REPLY, doing.number, each.reply.id))]
        for each in found[:BEST]
    ]  # fmt: skip
    others = [each.reply.id for each in found[BEST:]]
    doing.tell(phrases.choose(doing.voice.language, others=others), rows)


def _answered(words: str) -> tuple[Mapping[str, str], str]:
    """Part what was answered to earlier questions, which the prompt carries, from the answer to the last one."""
    if not words.startswith("{"):
        return {}, words
    try:
        given, end = json.JSONDecoder().raw_decode(words)
    except ValueError:
        return {}, words
    return {str(name): str(value) for name, value in given.items()}, words[end:].strip()


def _filled(doing: Doing, template: str, given: Mapping[str, str]) -> Rendered:
    return doing.acts.preview(
        doing.tx, doing.number, template, agent=doing.person.name, at=doing.at, given=given
    )  # fmt: skip


def _ask(doing: Doing, template: str, rendered: Rendered, given: Mapping[str, str]) -> None:
    """Ask for the first value that is missing; their next plain message here is taken for it."""
    doing.tell(phrases.ask(doing.voice.language, rendered))
    begun = f"{template} {json.dumps(given, ensure_ascii=False)}"
    prompt = Prompt(ticket=doing.number, verb=Verb.REPLY, begun=begun)
    prompts.expect(doing.tx, prompt, of=doing.person, at_place=doing.written.said.place, at=doing.at)


def _show(doing: Doing, template: str, rendered: Rendered, *, is_unchanged: bool) -> None:
    """Show what would go; one that asked for something is no longer what an approved template says."""
    drafts.keep(
        doing.tx, ticket=doing.number, staff=doing.person.id, text=rendered.text, at=doing.at,
        template=template if is_unchanged else None, held=None if is_unchanged else {"began_as": template},
    )  # fmt: skip
    send, cancel = doing.voice.send_labels()
    rows = [[Button(label=send, data=button(Verb.SEND, doing.number)),
             Button(label=cancel, data=button(Verb.CANCEL, doing.number))]]  # fmt: skip
    number = None if doing.written.in_topic else doing.number
    doing.tell(phrases.preview(doing.voice.language, rendered, number=number), rows)


VERBS: OnTicket = {Verb.REPLY: _reply}
