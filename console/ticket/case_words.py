"""What a page calls what the history has by ids: procedures, their steps, ways out and ends, papers, what is booked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from procedures.cases.rows import CaseNow
from procedures.cases.step_clock import subject_of
from procedures.definition.procedure import Procedure
from procedures.sop_table.progress import end_words
from procedures.words.answer_words import ways_of
from templates_replies.catalogue import Language
from tickets.desk import Desk
from tickets.views import EventView


@dataclass(frozen=True, kw_only=True)
class CaseWords:
    procedures: Mapping[str, str] = field(default_factory=dict)  # names, by id
    steps: Mapping[str, str] = field(default_factory=dict)  # by the subject of a step's clocks
    ways: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by the same and the outcome
    ends: Mapping[str, str] = field(default_factory=dict)  # by the case's id
    papers: Mapping[str, str] = field(default_factory=dict)  # names, by id
    resources: Mapping[str, str] = field(default_factory=dict)  # likewise

    def and_those(self, others: Iterable[Self]) -> "CaseWords":
        every = [self, *others]
        return CaseWords(
            procedures={id_: name for each in every for id_, name in each.procedures.items()},
            steps={subject: title for each in every for subject, title in each.steps.items()},
            ways={key: label for each in every for key, label in each.ways.items()},
            ends={case: end for each in every for case, end in each.ends.items()},
            papers={id_: name for each in every for id_, name in each.papers.items()},
            resources={id_: name for each in every for id_, name in each.resources.items()},
        )

    def of(self, event: EventView) -> dict[str, Any]:
        """Name what an event is about; what nobody knows any more keeps its id."""
        data = event.data
        turn, way = str(data.get("turn")), data.get("way")
        by_id = {"procedure": self.procedures, "paper": self.papers, "resource": self.resources}
        return {
            **{what: names.get(str(data.get(what)), data.get(what)) for what, names in by_id.items()},
            "step": self.steps.get(turn, data.get("step")),
            "way": self.ways.get((turn, str(way)), way),
            "end": self.ends.get(str(event.subject), data.get("end")),
        }


def of_desk(desk: Desk, procedures: Sequence[Procedure]) -> CaseWords:
    """Return the words that a desk has now."""
    return CaseWords(
        procedures={each.id: each.name for each in procedures},
        papers={paper.id: paper.name for each in procedures for paper in each.papers},
        resources={each.id: each.name for each in desk.resources},
    )


def of_case(case: CaseNow, procedure: Procedure, language: Language) -> CaseWords:
    """Return the words of one case, by the procedure as it was when the case began."""
    subjects = {step.id: subject_of(case.id, step.id) for step in procedure.steps}
    end = end_words(case, procedure, language)
    return CaseWords(
        procedures={procedure.id: procedure.name},
        papers={paper.id: paper.name for paper in procedure.papers},
        steps={subjects[step.id]: f"{step.number}. {step.does}" for step in procedure.steps},
        ways={
            (subjects[step.id], outcome): label
            for step in procedure.steps
            for outcome, label in ways_of(step, language)
        },
        ends={} if end is None else {str(case.id): end},
    )
