"""Keeps the matchers of this process up to date with what people have said.

Each turn lays what was confirmed since over the matcher that is there, and takes away what counts no more. When
enough has changed, a process apart fits a new one; whoever fitted it, this process takes it from the shelf and changes
over in one step. A fit that fails or takes long changes nothing: the matcher that is there stays, and goes on learning.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session

from bot.desks import Desks, OpenDesk
from bot.fitting.keeping import Kept, Shelf, program
from bot.fitting.pupil import Pupil
from bot.fitting.reading import changed_since, lesson_of, lessons_for
from bot.fitting.rule import fingerprint_of
from bot.fitting.running import AnotherFitsError, FitFailedError, Fitter
from bot.fitting.training import trained
from bot.fitting.work import Work
from bot.service.metrics import Metrics
from tickets.ledger.store import Ledger
from tickets.views.examples import ExampleRead

AT_START = 20  # matchers that are trained before anybody asks

log = structlog.get_logger()


class Learning:
    def __init__(
        self, ledger: Ledger, desks: Desks, shelf: Shelf, *, fitter: Fitter, metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._desks = desks
        self._shelf = shelf
        self._fitter = fitter
        self._metrics = metrics
        self._clock = clock
        self._pupils: dict[str, Pupil] = {}
        self._stamps: dict[str, int | None] = {}
        self._left: dict[str, str] = {}  # of which catalogue a matcher was left on the shelf
        self._position: int | None = None  # in the history; None: everything is still to be read
        self._fitting: asyncio.Task[None] | None = None

    async def turn(self) -> int:
        """Bring the matchers up to date, and begin a fit where one is due. Does not wait for fits."""
        await self._ledger.read(self._look)
        for desk in self._desks:
            pupil = self._pupils.get(desk.slug)
            if pupil is not None and desk.matcher is not pupil.matcher:
                self._desks.use_matcher(desk.slug, pupil.matcher, catalogue=pupil.catalogue)
        self._begin_fit()
        self._measure()
        return 0

    async def train(self) -> None:
        """See to the first few that nobody has asked yet, one after the other, and leave for the next start what was asked.

        Of many desks, most are not written to for days: theirs are trained for the first message. What was fitted on lessons
        lies on the shelf already; what the catalogue alone says is put there, by a process apart unless a message came first:
        it takes with it the memory that training wants.
        """
        for place, (slug, pupil) in enumerate(list(self._pupils.items())):
            wanted = place < AT_START or pupil.base.is_trained
            if wanted and pupil.fitted is None and self._left.get(slug) != pupil.fingerprint:
                self._left[slug] = pupil.fingerprint
                if pupil.base.is_trained or not await self._trained_apart(slug, pupil):
                    await asyncio.to_thread(self._leave, slug, pupil)

    async def fitted(self) -> None:
        """Wait for the fit that is under way, if one is."""
        if self._fitting is not None:
            await self._fitting

    async def close(self) -> None:
        """End the fit that is under way."""
        if self._fitting is not None:
            self._fitting.cancel()
            with suppress(asyncio.CancelledError):
                await self._fitting

    def standing(self) -> Mapping[str, Mapping[str, Any]]:
        """Return how each desk's matcher stands, for whoever watches."""
        now = self._clock()
        return {
            slug: {
                "fitted_at": pupil.fitted.at.isoformat() if pupil.fitted else None,
                "age_seconds": round((now - pupil.fitted.at).total_seconds()) if pupil.fitted else None,
                "fitted_on": len(pupil.fitted.marks) if pupil.fitted else 0,
                "laid_over": pupil.laid_over,
                "failed": pupil.failed,
            }
            for slug, pupil in self._pupils.items()
        }

    # -- learning at once: on a thread -------------------------------------------------------------------------------

    def _look(self, session: Session) -> None:
        position, changed = changed_since(session, self._position)
        failed, by_desk = False, defaultdict[str, list[ExampleRead]](list)
        for example in changed:
            by_desk[example.desk].append(example)
        for desk in (each for each in self._desks if not each.matcher_is_older):
            try:
                self._look_at(session, desk, by_desk[desk.slug])
            except Exception:  # the desk goes on with the matcher that it has, and the others learn
                log.exception("matcher.not_taught", desk=desk.slug)
                failed = True
        if not failed:  # else what happened since is looked at once more
            self._position = position

    def _look_at(self, session: Session, desk: OpenDesk, changed: Sequence[ExampleRead]) -> None:
        slug, catalogue, pupil = desk.slug, desk.catalogue, self._pupils.get(desk.slug)
        if pupil is None or pupil.catalogue is not catalogue:
            fingerprint = fingerprint_of(catalogue, program())
            if pupil is None or pupil.fingerprint != fingerprint:
                self._pupils[slug] = self._begun(session, desk, fingerprint)
                return
            pupil.catalogue = catalogue
        kept = self._new_on_shelf(slug, pupil.fingerprint)
        if kept is not None:
            pupil.change_over(kept.matcher, kept.fitted, lessons_for(session, slug, catalogue))
        pupil.hear({each.message: lesson_of(each, catalogue) for each in changed})

    def _begun(self, session: Session, desk: OpenDesk, fingerprint: str) -> Pupil:
        """Begin with what lies on the shelf, else with what the desk was opened with."""
        self._stamps.pop(desk.slug, None)
        kept = self._new_on_shelf(desk.slug, fingerprint)
        return Pupil(
            desk.catalogue,
            fingerprint,
            base=kept.matcher if kept is not None else desk.matcher,
            fitted=kept.fitted if kept is not None else None,
            lessons=lessons_for(session, desk.slug, desk.catalogue),
        )

    def _new_on_shelf(self, slug: str, fingerprint: str) -> Kept | None:
        """Return a matcher that was put on the shelf since, if it was fitted on this catalogue."""
        stamp = self._shelf.stamp(slug)
        if stamp is None or stamp == self._stamps.get(slug):
            return None
        self._stamps[slug] = stamp
        kept = self._shelf.take(slug)
        if kept is None or kept.fitted.fingerprint != fingerprint:
            return None
        log.info("matcher.taken", desk=slug, fitted_on=len(kept.fitted.marks))
        return kept

    async def _trained_apart(self, slug: str, pupil: Pupil) -> bool:
        """Have a process put on the shelf what the catalogue alone says; False: it could not."""
        untaught = Work(
            desk=slug, catalogue=pupil.catalogue, fingerprint=pupil.fingerprint, lessons=(), at=self._clock(),
            shelf=self._shelf,
        )  # fmt: skip
        try:
            await self._fitter.fit(untaught)
        except AnotherFitsError:
            return True
        except FitFailedError as error:
            log.warning("matcher.not_trained_apart", desk=slug, why=str(error))
            return False
        return True

    def _leave(self, slug: str, pupil: Pupil) -> None:
        """The next turn takes it from there, and holds but the part of it that messages ask for."""
        kept = trained(pupil.base, fingerprint=pupil.fingerprint, marks={}, at=self._clock())
        with self._shelf.alone(slug) as alone:
            lies = self._shelf.about(slug)
            if alone and (lies is None or lies.fingerprint != pupil.fingerprint):
                self._shelf.put(slug, kept)

    # -- fitting: in a process apart ---------------------------------------------------------------------------------

    def _begin_fit(self) -> None:
        if self._fitting is not None and not self._fitting.done():
            return
        now = self._clock()
        due = next((slug for slug, pupil in self._pupils.items() if pupil.is_due(now)), None)
        if due is not None:
            self._fitting = asyncio.create_task(self._fit(due, self._pupils[due]), name=f"fit:{due}")

    async def _fit(self, slug: str, pupil: Pupil) -> None:
        outcome, failed = "done", None
        try:
            await self._fitter.fit(await self._work(slug, pupil))
        except AnotherFitsError:
            outcome = "elsewhere"
        except FitFailedError as error:
            outcome, failed = "failed", str(error)
            log.warning("matcher.not_fitted", desk=slug, why=failed)
        except Exception as error:  # whatever it was, the matcher that is there stays, and it is tried again
            outcome, failed = "failed", type(error).__name__
            log.exception("matcher.not_fitted", desk=slug)
        pupil.fit_ended(self._clock(), failed=failed)
        self._metrics.fit_ended(slug, outcome)
        self._ledger.wakes.stir()  # the next turn takes it from the shelf

    async def _work(self, slug: str, pupil: Pupil) -> Work:
        at, catalogue = self._clock(), pupil.catalogue
        lessons = await self._ledger.read(lambda session: lessons_for(session, slug, catalogue))
        return Work(
            desk=slug, catalogue=catalogue, fingerprint=pupil.fingerprint, lessons=lessons, at=at, shelf=self._shelf
        )  # fmt: skip

    def _measure(self) -> None:
        now = self._clock()
        for slug, pupil in self._pupils.items():
            self._metrics.laid_over(slug, pupil.laid_over)
            if pupil.fitted is not None:
                fitted = pupil.fitted
                self._metrics.fitted(
                    slug, examples=len(fitted.marks), age=now - fitted.at, seconds=fitted.seconds,
                    peak_bytes=fitted.peak_bytes,
                )  # fmt: skip
