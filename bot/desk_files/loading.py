"""From the files of a desk to the desk: out of a folder, or as a revision kept them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.desk_files.agents_groups import check_agents_groups
from bot.desk_files.desk_yaml import read_desk
from bot.desk_files.folder import CATEGORIES, DESK, REPLIES, RULES, TAGS, TOP, read_folder
from bot.desk_files.holidays_section import feed_files
from bot.desk_files.problems import DeskFileError, Problem
from bot.desk_files.procedure_files import read_procedures
from bot.desk_files.rules_section import read_rules
from bot.desk_files.scorecard_section import check_scorecard
from bot.desk_files.secrets import fill
from bot.desk_files.sections import Section, spoken
from bot.desk_files.yaml_text import Document, parse
from procedures.definition.procedure import Procedure
from templates_replies.catalogue import Catalogue
from templates_replies.catalogue_reading import catalogue_from
from tickets.desk import Desk
from tickets.scorecard import Filter

YEARS_BACK, YEARS_AHEAD = 2, 5  # holidays are computed for these around today


@dataclass(frozen=True, kw_only=True)
class LoadedDesk:
    """A desk whose files have no mistake."""

    desk: Desk = field(repr=False)
    catalogue: Catalogue = field(repr=False)
    procedures: tuple[Procedure, ...] = ()
    files: Mapping[str, str] = field(
        repr=False
    )  # path within the folder → text as it stood, placeholders and all
    warnings: tuple[str, ...]  # whole sentences: what is off, and why


def load_desk(folder: Path, env: Mapping[str, str], *, years: range | None = None) -> LoadedDesk:
    """Load a desk from its folder. Raises DeskFileError with every mistake there is."""
    files, problems, warnings = read_folder(folder)
    if problems:
        raise DeskFileError(problems)
    loaded = desk_from_files(files, env, years=years)
    csv = loaded.desk.directory.settings.get("path") if loaded.desk.directory else None
    if csv is not None and not (folder / csv).is_file():
        warnings.append(f"The directory is empty: there is no file {csv} beside desk.yaml.")
    return LoadedDesk(
        desk=loaded.desk,
        catalogue=loaded.catalogue,
        procedures=loaded.procedures,
        files=loaded.files,
        warnings=(*warnings, *loaded.warnings),
    )


def desk_from_files(
    files: Mapping[str, str], env: Mapping[str, str], *, years: range | None = None
) -> LoadedDesk:
    """Build a desk from the texts of its files, such as a revision keeps them.

    `years` are those for which holidays are computed; left out, some years around today. Raises DeskFileError.
    """
    problems: list[Problem] = []
    warnings: list[str] = []
    documents = {name: parse(name, files[name], problems) for name in TOP if name in files}
    main = _described(documents, problems)
    years = years or years_around_today()
    desk = read_desk(main, files, env, years=years, problems=problems, warnings=warnings) if main else None
    catalogue = _catalogue(documents, env, problems, warnings)
    if main is None or desk is None:
        raise DeskFileError(problems)
    _check_named(desk, catalogue, main, problems)
    rules = documents.get(RULES)
    if rules is not None:
        desk = replace(desk, rules=read_rules(rules, desk, catalogue, problems))
    procedures = read_procedures(
        _procedure_files(files, problems), desk, catalogue, problems, beside=files.keys()
    )
    check_scorecard(
        Section(main, problems), desk.scorecard,
        known={
            Filter.CATEGORY: {category.id for category in catalogue.categories},
            Filter.PROCEDURE: {procedure.id for procedure in procedures},
        },
    )  # fmt: skip
    if problems:
        raise DeskFileError(problems)
    return LoadedDesk(
        desk=desk,
        catalogue=catalogue,
        procedures=procedures,
        files=dict(files),
        warnings=tuple(warnings),
    )


def _described(documents: Mapping[str, Document | None], problems: list[Problem]) -> Document | None:
    """Return the description of the desk; None if there is none that can be read, which is a problem."""
    main = documents.get(DESK)
    if main is not None and isinstance(main.data, dict):
        return main
    if main is not None:
        expected = "expected keys and values, such as desk: itb-care-center"
        problems.append(Problem(file=DESK, line=1, message=expected))
    elif DESK not in documents:
        expected = "expected this file, the description of the desk"
        problems.append(Problem(file=DESK, line=0, message=expected))
    return None


def _check_named(desk: Desk, catalogue: Catalogue, main: Document, problems: list[Problem]) -> None:
    """Refuse what the desk's description names and the catalogue or the desk itself does not have."""
    _check_templates(desk, catalogue, main, problems)
    _check_special(desk, catalogue, main, problems)
    check_agents_groups(
        Section(main, problems).below("accounts"),
        categories=frozenset(category.id for category in catalogue.categories),
        categories_in=CATEGORIES,
        teams=frozenset(team.id for team in desk.teams),
    )


def _procedure_files(files: Mapping[str, str], problems: list[Problem]) -> Mapping[str, Document | None]:
    named = (name for name in files if name.startswith("procedures/") and name.endswith(".yaml"))
    return {name: parse(name, files[name], problems) for name in named}


def _check_special(desk: Desk, catalogue: Catalogue, main: Document, problems: list[Problem]) -> None:
    """A promise for a category that the catalogue does not have would never hold."""
    known = {category.id for category in catalogue.categories}
    sla = Section(main, problems).below("sla")
    for index, one in enumerate(desk.special):
        for unknown in sorted(one.categories - known):
            sla.problem(f"there is no category {unknown} in {CATEGORIES}", "special", index, "categories")


def with_kept_feeds(loaded: LoadedDesk, kept: Mapping[str, str], env: Mapping[str, str]) -> LoadedDesk:
    """Return a desk with what its feeds of holidays brought last, out of the files of an earlier revision."""
    main = parse(DESK, loaded.files[DESK], [])
    brought = {name: kept[name] for name in (feed_files(main.data) if main else ()) if name in kept}
    files = {**loaded.files, **brought}
    if files == loaded.files:
        return loaded
    return replace(desk_from_files(files, env), warnings=loaded.warnings)


def years_around_today() -> range:
    this = datetime.now(UTC).year
    return range(this - YEARS_BACK, this + YEARS_AHEAD + 1)


def _catalogue(
    documents: Mapping[str, Document | None],
    env: Mapping[str, str],
    problems: list[Problem],
    warnings: list[str],
) -> Catalogue:
    of_source = {"categories": CATEGORIES, "replies": REPLIES, "tags": TAGS}
    categories, replies, tags = (documents.get(name) for name in of_source.values())
    catalogue, wrong = catalogue_from(
        categories.data if categories else None,
        _with_templates(replies, env, problems, warnings),
        tags.data if tags else None,
    )
    for one in wrong:
        document = documents.get(of_source[one.source])
        if document is not None:
            where = spoken(one.path)
            problems.append(
                Problem(
                    file=document.name,
                    line=document.line(one.path),
                    message=f"{where}: expected {one.expected}" if where else f"expected {one.expected}",
                )
            )
    return catalogue


def _check_templates(desk: Desk, catalogue: Catalogue, main: Document, problems: list[Problem]) -> None:
    """Refuse a reply template that the desk file names and the catalogue does not have."""
    survey = desk.survey
    named: dict[tuple[str | int, ...], str | None] = {
        ("survey", "template"): survey.template if survey else None,
        **{("templates", str(purpose)): reply for purpose, reply in desk.templates.items()},
    }
    if survey is not None and survey.public_service is not None:
        named["survey", "public_service", "template"] = survey.public_service.template
    for path, template in named.items():
        if template is not None and catalogue.reply(template) is None:
            expected = "expected the id of a reply template in replies.yaml"
            problems.append(
                Problem(
                    file=main.name,
                    line=main.line(path),
                    message=f"{spoken(path)}: {expected}, not {template}",
                )
            )


def _with_templates(
    replies: Document | None, env: Mapping[str, str], problems: list[Problem], warnings: list[str]
) -> Any:
    """Fill in the names of WhatsApp templates. One that is not set stays as it is, which switches that template off."""
    if replies is None or not isinstance(replies.data, list):
        return replies.data if replies else None
    unset: dict[str, None] = {}
    filled = []
    for index, reply in enumerate(replies.data):
        template = reply.get("whatsapp") if isinstance(reply, dict) else None
        if not isinstance(template, dict):
            filled.append(reply)
            continue
        named = template.get("content_sid")
        each = named if isinstance(named, dict) else {None: named}  # one, or one for each language
        for language, sid in each.items():
            path = (index, "whatsapp", "content_sid", *([language] if language else []))
            if not isinstance(sid, str):
                continue
            try:
                found = fill(sid, env)
            except ValueError as error:
                problems.append(
                    Problem(file=REPLIES, line=replies.line(path), message=f"{spoken(path)}: {error}")
                )
                continue
            unset.update(dict.fromkeys(found.missing))
            each = each | {language: found.text}
        filled.append(
            reply | {"whatsapp": template | {"content_sid": each if isinstance(named, dict) else each[None]}}
        )
    if unset:
        warnings.append(
            f"Replies without their WhatsApp template, for these are not set: {', '.join(unset)}."
        )
    return filled
