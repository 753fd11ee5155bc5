"""A committee decides: each says yes or no once, and the step is over when enough have said yes, or can no longer."""

import re
from dataclasses import replace

import pytest

from procedures.cases.refusals import StepOverError, TurnOfOthersError, VotedError
from procedures.definition.procedure import End, Ending, Outcome, Procedure, Role, Step
from procedures.definition.voting import Share, Voting
from procedures.papers.values import Around, frozen
from procedures.running import actions
from procedures.running.actions import ReasonMissingError
from procedures.sop_table.progress import progress, reader_of
from procedures.sop_table.remarks import remarks_of
from tests.bot.chat import Chat
from tests.bot.test_procedure_files import FILE, GUIDE, mistakes, procedure_of
from tests.procedures.cases_at_work import CasesAtWork
from tests.procedures.letters import LETTERS
from tests.procedures.test_races import at_once, ledgers, told  # noqa: F401  ledgers is a fixture
from tests.tickets.desks import BUDI, RINA
from tickets.actor import Actor, Kind
from tickets.actor import Role as Rank
from tickets.staff import StaffMember

ANI = Actor(kind=Kind.STAFF, id="ani@example.ac.id", role=Rank.AGENT, desks=BUDI.desks)
PROGRAM = Actor(kind=Kind.API, id="skrip", role=Rank.SUPERVISOR, desks=BUDI.desks)
(ETHICS,) = re.findall(r"```yaml\n(procedure: kaji-etik\n.*?)```", GUIDE.read_text(), re.DOTALL)
ETHICS = re.sub(r"people: \[[^\]]*\]", "people: [Dewi]", ETHICS)
REVIEW = Procedure(
    id="telaah",
    name="Telaah",
    roles=(Role(id="anggota", name="Anggota", people=(ANI.id, BUDI.id, RINA.id)),),
    form=(),
    steps=(
        Step(
            id="pleno",
            number="1",
            does="Memutuskan",
            role="anggota",
            outcomes=(
                Outcome(id="ya", label={"id": "Setuju"}, to=("selesai",)),
                Outcome(id="tidak", label={"id": "Tidak"}, to=("ditolak",), reason=True),
            ),
            voting=Voting(needs=Share.MORE_THAN_HALF, yes="ya", no="tidak"),
        ),
    ),
    ends=(End(id="selesai", name="Disetujui"), End(id="ditolak", name="Ditolak", ending=Ending.REFUSED)),
)


class Committee(CasesAtWork):
    procedure = REVIEW

    def __init__(self, ledger):
        super().__init__(ledger)
        member = StaffMember(id=ANI.id, name="Ani", role=Rank.AGENT, email=ANI.id)
        self.desk = replace(self.desk, desk=replace(self.desk.desk, staff=(*self.desk.desk.staff, member)))


@pytest.mark.parametrize(
    ("needs", "voters", "said", "decided"),
    [
        (2, 3, "y", None), (2, 3, "yy", "ya"), (2, 3, "yn", None), (2, 3, "nn", "tidak"), (1, 3, "nnn", "tidak"),
        (Share.ALL, 2, "y", None), (Share.ALL, 2, "yy", "ya"), (Share.ALL, 3, "n", "tidak"),
        (Share.MORE_THAN_HALF, 4, "yy", None), (Share.MORE_THAN_HALF, 4, "yyy", "ya"), (Share.MORE_THAN_HALF, 4, "nn", "tidak"),
        (5, 3, "yyy", "ya"),  # some have left
    ],
)  # fmt: skip
def test_enough_say_yes_or_can_no_longer(needs, voters, said, decided):
    voting = Voting(needs=needs, yes="ya", no="tidak")
    assert voting.decided([{"y": "ya", "n": "tidak"}[each] for each in said], voters=voters) == decided


def test_each_says_it_once_and_for_themselves_and_it_is_kept_who_said_what(ledger):
    desk = Committee(ledger)
    case = desk.starts(answers={})
    with pytest.raises(ReasonMissingError):
        desk.acts(case, "pleno", "tidak", by=BUDI)
    desk.acts(case, "pleno", "tidak", by=BUDI, reason="Risikonya tinggi")
    for by, refused in ((BUDI, VotedError), (PROGRAM, TurnOfOthersError)):
        with pytest.raises(refused):
            desk.acts(case, "pleno", "ya", by=by)
    after = desk.acts(case, "pleno", "ya", by=RINA)  # a supervisor is a member like the others
    assert after.ended is None
    after = desk.acts(case, "pleno", "tidak", by=ANI, reason="Tanpa persetujuan")
    assert after.ended == "ditolak"
    with pytest.raises(StepOverError):
        desk.acts(case, "pleno", "ya", by=RINA)
    (turn,) = desk.loaded(case).turns
    assert [each.outcome for each in turn.votes] == ["tidak", "ya", "tidak"]
    assert turn.reason == "Budi: Risikonya tinggi; Ani: Tanpa persetujuan"
    names = {member.id: member.name for member in desk.desk.desk.staff}
    reader = reader_of({}, desk.desk.desk, names, mask=str)
    (row,) = progress(after, REVIEW, reader)
    assert (
        "Suara: Budi (Tidak) “Risikonya tinggi”, Rina (Setuju), Ani (Tidak) “Tanpa persetujuan”" in row.says
    )
    around = Around(case=after, procedure=REVIEW, desk=desk.desk.desk, requester="Ana", at=desk.now)
    paper = replace(LETTERS.papers[0], text=("{votes}",), about=None, details=(), amount=None, people=None)
    assert frozen(paper, around, draft=True)["text"] == ["Setuju: Rina; Tidak: Budi, Ani"]
    assert remarks_of(REVIEW, REVIEW.steps[0], "id")[0] == "Pemungutan suara: Setuju bila lebih dari separuh"


def test_votes_at_once_all_count_and_end_the_step_once(ledgers):  # noqa: F811
    desk = Committee(ledgers[0])
    case = desk.starts(answers={})
    votes = [
        lambda tx, by=by: actions.act(
            tx, case.id, "pleno", "ya", procedure=REVIEW, answers={}, reason=None, desk=desk.desk, by=by, at=desk.now
        )
        for by in (ANI, BUDI, RINA)
    ]  # fmt: skip
    done, refused = at_once(ledgers, *votes)
    assert len(done) == 2
    assert {type(each) for each in refused} <= {VotedError, StepOverError}
    (turn,) = desk.loaded(case).turns
    assert len({each.by for each in turn.votes}) == len(turn.votes) == 2
    assert len(told(ledgers, "step.voted")) == 2
    assert len(told(ledgers, "step.done")) == 1


async def test_members_vote_in_a_chat_and_hear_how_it_stands(ledger):
    text = ETHICS.replace("[Dewi]", "[Budi Hartanto]", 1).replace(
        "[Dewi]", "[Budi Hartanto, Sari Wulandari]", 1
    )
    chat = Chat(ledger, files={FILE: text.replace("more than half", "all")})
    await chat.telegrams("/kaji-etik")
    await chat.presses("Ya, ajukan")
    await chat.telegrams("Tidur dan belajar")
    await chat.telegrams("kirim")
    await chat.follow()
    assert "Tidur dan belajar" in chat.heard_by("1003")[-1]
    assert "Pemungutan suara: Setuju bila semua" in chat.heard_by("1003")[-1]
    await chat.agent_writes("1002", "/langkah 2 setuju", ticket=1)
    assert "Suara Anda dicatat: Setuju." in chat.topic(1)[-1]
    await chat.agent_writes("1002", "/langkah 2 setuju", ticket=1)
    assert "Anda sudah memberi suara untuk langkah “Menelaah dan memutuskan”: Setuju." in chat.topic(1)[-1]
    await chat.agent_writes("1001", "/langkah 2 setuju", ticket=1)  # a supervisor, and no member
    assert "Suara" not in chat.topic(1)[-1]
    await chat.agent_writes("1003", "/langkah 2 setuju", ticket=1)
    assert "Menerbitkan persetujuan" in chat.topic(1)[-1]


@pytest.mark.parametrize(
    ("written", "instead", "told_"),
    [
        ("votes: more than half", "votes: most", "votes: expected how many must say yes: a number such as 2, all, or more than half"),
        ("votes: more than half", "votes: 3", "3 votes are needed, and only 1 people vote"),
        ("within: 10 hari kerja", "asks: [{id: x, ask: X?}]", "cannot be voted on: it asks questions"),
        ("role: anggota", "role: peneliti", "expected roles with people or a team, each of whom votes"),
        ("label: Setuju}", "label: Setuju}\n      - {id: tunda, label: Tunda, to: 2}", "expected two outcomes with it"),
    ],
)  # fmt: skip
def test_a_committee_that_cannot_decide_is_told(written, instead, told_):
    assert procedure_of(ETHICS).step("step-2").voting == Voting(
        needs=Share.MORE_THAN_HALF, yes="ya", no="tidak"
    )
    found = mistakes(ETHICS.replace(written, instead))
    assert any(told_ in each for each in found), found
