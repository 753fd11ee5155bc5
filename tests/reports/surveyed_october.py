"""October with its surveys: Bea gives 5, Citra 2 with a formula for a remark, Dedi nothing, Fitri cannot be asked."""

from dataclasses import replace
from datetime import timedelta

from tests.reports.october import FORMULA, Told, tell_october
from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions import public_survey, survey
from tickets.actions.public_survey import Respondent
from tickets.ledger.store import Ledger
from tickets.survey import PublicService, Survey, Withheld, period_at


def tell_surveyed_october(ledger: Ledger) -> Told:
    told = tell_october(ledger, "Asia/Jakarta")
    told.desk = replace(told.desk, survey=Survey(public_service=PublicService()))

    def tell(tx):
        for number, at, given, remark in (
            (2, "2026-10-01 09:00", 5, None), (3, "2026-10-06 09:30", 2, FORMULA), (4, "2026-10-13 08:00", None, None),
        ):  # fmt: skip
            ticket = tickets_.load(tx, number)
            survey.asked(tx, ticket, message=1, scale=5, at=told.at(at))
            if given is not None:
                asked = survey.of_cycle(tx, number, ticket.cycle)
                asked = survey.score(tx, asked, given, message=2, at=told.at(at) + timedelta(minutes=5))
                if remark:
                    survey.remark(tx, asked, remark, message=3, at=told.at(at) + timedelta(minutes=6))
        fitri = tickets_.load(tx, 6)
        survey.could_not_ask(tx, fitri, why=Withheld.WINDOW, scale=5, at=told.at("2026-10-30 15:58"))
        terms = told.desk.survey.public_service
        period = period_at(terms.period, told.at("2026-10-31 10:00"), told.desk.calendar.tz)
        for number in (2, 3):
            address = contacts.load_address(tx, tickets_.load(tx, number).address)
            invitation = public_survey.invite(
                tx, address, desk=told.desk.slug, period=period, at=told.noon_after
            )
            if number == 2:
                marks = (4, 4, 3, 4, 3, 3, 4, 2, 3)
                public_survey.answer(tx, invitation, marks, Respondent(), at=told.noon_after)

    ledger.write_blocking(tell)
    return told
