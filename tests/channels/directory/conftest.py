"""The same three people in a file, behind LDAP, behind an endpoint, and on paper."""

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from channels.directory.contract import Entry, PaperDirectory
from channels.directory.csv_file import CsvDirectory
from channels.directory.http_json import HttpDirectory, HttpSettings
from channels.directory.ldap import LdapDirectory, LdapSettings
from tests.standins import slapd
from tests.standins.serving import serving

TOKEN = "a token of the endpoint"
BUDI = Entry(
    number="13519001",
    name="Budi Santoso",
    email="13519001@mahasiswa.example.ac.id",
    unit="Teknik Informatika",
    status="mahasiswa",
)
SITI = Entry(
    number="197001012000032001",
    name="Dr. Siti Rahma, S.T., M.T.",
    email="siti@example.ac.id",
    unit="Sekolah Teknik Elektro dan Informatika",
    status="dosen",
)
TWIN = Entry(number="13519002", name="Budi Santoso", email="13519001@mahasiswa.example.ac.id", unit="Fisika")
PEOPLE = (BUDI, SITI, TWIN)


def written(people: tuple[Entry, ...]) -> str:
    lines = ["number,name,email,unit,status"]
    lines += [
        ",".join(f'"{value or ""}"' for value in (one.number, one.name, one.email, one.unit, one.status))
        for one in people
    ]
    return "\n".join([*lines, ""])


def endpoint(people: tuple[Entry, ...]) -> Starlette:
    async def find(request):
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"error": "who are you"}, status_code=401)
        number, email = request.path_params.get("number"), request.query_params.get("mail")
        found = [one for one in people if number == one.number or (email and email == one.email)]
        if not found:
            return JSONResponse({"error": "nobody"}, status_code=404)
        rows = [
            {"nim": one.number, "profil": {"nama": one.name, "surel": [one.email]}, "unit": one.unit, "status": one.status}
            for one in found
        ]  # fmt: skip
        return JSONResponse({"data": {"orang": rows}})

    return Starlette(routes=[Route("/orang/{number}", find), Route("/cari", find)])


def http_settings(base: str, **changes) -> HttpSettings:
    given = {
        "url": f"{base}/orang/{{number}}",
        "email_url": f"{base}/cari?mail={{email}}",
        "headers": {"Authorization": f"Bearer {TOKEN}"},
        "entries": "data.orang",
        "paths": {"number": "nim", "name": "profil.nama", "email": "profil.surel.0"},
    }
    return HttpSettings(**given | changes)


def ldap_settings(server: slapd.Slapd, url: str, **changes) -> LdapSettings:
    given = {
        "url": url,
        "base": slapd.BASE,
        "bind_dn": slapd.READER,
        "password": slapd.PASSWORD,
        "ca": server.ca,
    }
    return LdapSettings(**given | changes)


@pytest.fixture(scope="session")
def ldap_server():
    why = slapd.unavailable()
    if why:
        pytest.skip(why)
    people = [
        {
            "uid": one.number, "employeeNumber": one.number, "cn": one.name, "sn": one.name, "mail": one.email,
            "ou": one.unit, **({"employeeType": one.status} if one.status else {}),
        }
        for one in PEOPLE
    ]  # fmt: skip
    with slapd.running_slapd(people) as running:
        yield running


@pytest.fixture
def people_csv(tmp_path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(written(PEOPLE))
    return path


@pytest.fixture(params=["paper", "csv", "ldap", "http"])
async def directory(request, people_csv):
    """Each kind of directory with the same people."""
    if request.param == "paper":
        yield PaperDirectory(*PEOPLE)
    elif request.param == "csv":
        yield CsvDirectory(people_csv)
    elif request.param == "ldap":
        server = request.getfixturevalue("ldap_server")
        yield LdapDirectory(ldap_settings(server, server.ldaps))
    else:
        async with serving(endpoint(PEOPLE)) as base:
            yield HttpDirectory(http_settings(base))


def as_json(value) -> bytes:
    return json.dumps(value).encode()
