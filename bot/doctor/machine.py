"""This machine: settings, folders, desks, ports."""

import asyncio
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import httpx

from bot.desk_files import Report as DeskReport
from bot.doctor.bucket import of_bucket
from bot.doctor.database import of_database
from bot.doctor.findings import Finding, State
from bot.doctor.scanner import of_scanner
from bot.settings import Settings

SECONDS = 5.0  # for asking whether it is us who serve
ENOUGH_DISK = 1024**3  # bytes
HARDLY_ANY_DISK = 64 * 1024**2  # from which on something of these days finds none


def of_settings(settings: Settings) -> Iterator[Finding]:
    for warning in settings.warnings:
        yield Finding(about="settings", state=State.WARNING, says=warning)


def of_storage(settings: Settings, now: datetime) -> Iterator[Finding]:
    yield of_database(settings)
    if settings.bucket is not None:
        yield from of_bucket(settings.bucket, now)
    yield of_scanner(settings.clamav)
    for folder in dict.fromkeys((settings.data_dir, settings.files)):
        yield _folder(folder)


def _folder(folder: Path) -> Finding:
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            free = shutil.disk_usage(there).free
    except OSError as error:
        return Finding(
            about=f"folder {folder}",
            state=State.BAD,
            says=f"cannot be written to: {error.strerror}. The user that serves must own it: chown, chmod u+rwx.",
        )
    heed = []
    if free < ENOUGH_DISK:
        heed.append("Make room: what finds none on a full disk is not taken in.")
    if folder.exists() and folder.stat().st_mode & stat.S_IRWXO:
        heed.append(f"Every user of this machine reads it: chmod o-rwx {folder}")
    says = " ".join((f"writable, {free / 1024**3:.1f} GB free.", *heed))
    state = State.WARNING if heed else State.GOOD
    return Finding(about=f"folder {folder}", state=State.BAD if free < HARDLY_ANY_DISK else state, says=says)


def of_desks(settings: Settings, reports: Iterable[DeskReport]) -> Iterator[Finding]:
    reports = list(reports)
    if not reports:
        yield Finding(
            about="desks", state=State.BAD, says=f"there is no */desk.yaml in {settings.desks_folder}."
        )
    for report in reports:
        if report.loaded is None:
            for problem in report.problems:
                yield Finding(
                    about=f"desk {report.folder.name}", state=State.BAD, says=f"{report.folder}/{problem}"
                )
            continue
        about = f"desk {report.loaded.desk.slug}"
        summary = report.text.splitlines()[-1]
        yield Finding(about=about, state=State.GOOD, says=summary)
        told_below = tuple(f"{account.key} is off" for account in report.loaded.desk.accounts)
        for warning in report.warnings:
            if warning.startswith(told_below):
                continue
            yield Finding(
                about=about, state=State.OFF if " not set" in warning else State.WARNING, says=warning
            )


async def of_ports(settings: Settings) -> list[Finding]:
    web = await asyncio.to_thread(_port, "web", settings.http_host, settings.http_port)
    if web.state is State.WARNING and await _is_ours(settings):
        says = f"Tanggap serves at {settings.local_url}."
        web = Finding(about=web.about, state=State.GOOD, says=says)
    mail = await asyncio.to_thread(_port, "mail", settings.smtp_host, settings.smtp_port)
    if web.state is State.GOOD and mail.state is State.WARNING and "serves" in web.says:
        says = f"something answers at {settings.smtp_host}:{settings.smtp_port}, most likely Tanggap's mail listener."
        mail = Finding(about=mail.about, state=State.GOOD, says=says)
    return [web, mail]


def _port(what: str, host: str, port: int) -> Finding:
    about = f"{what} port {port}"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return Finding(about=about, state=State.BAD, says="this user may not listen there.")
        except socket.gaierror:
            return Finding(about=about, state=State.BAD, says=f"{host} is no address of this machine.")
        except OSError as error:
            return Finding(
                about=about,
                state=State.WARNING,
                says=f"{host}:{port} is taken: {error.strerror}. Stop what listens there, or take another port.",
            )
    return Finding(about=about, state=State.GOOD, says=f"{host}:{port} is free.")


async def _is_ours(settings: Settings) -> bool:
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as http:
            answer = await http.get(f"{settings.local_url}/readyz")
            return isinstance(answer.json(), dict) and "loops" in answer.json()
    except (httpx.HTTPError, ValueError):
        return False
