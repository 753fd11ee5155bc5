"""From the lines of a desk file to a directory that answers, of each kind."""

import pytest

from bot.desk_files import desk_from_files
from bot.directory.directories import Directories, place_of
from channels.contract import RefusedByProvider
from tests.bot.test_desk_files import MINIMAL
from tests.channels.directory.conftest import BUDI, PEOPLE, TOKEN, endpoint, written
from tests.standins import slapd
from tests.standins.serving import serving

CSV = "directory: {kind: csv, path: people.csv}\n"
LDAP = """\
directory:
  kind: ldap
  url: "${LDAP_URL}"
  base: dc=example,dc=ac,dc=id
  bind_dn: cn=reader,dc=example,dc=ac,dc=id
  password: "${LDAP_PASSWORD}"
  filter: (objectClass=inetOrgPerson)
  ca: ca.pem
  fields: {number: "nim, employeeNumber"}
"""
HTTP = """\
directory:
  kind: http
  url: "${NIC}/orang/{number}"
  email_url: "${NIC}/cari?mail={email}"
  headers: {Authorization: "Bearer ${NIC_TOKEN}"}
  entries: data.orang
  fields: {number: nim, name: profil.nama, email: profil.surel.0}
"""


def described(lines, **environment):
    return desk_from_files({"desk.yaml": MINIMAL + lines}, environment).desk


async def found_in(desk, folder):
    directory = Directories({desk.slug: folder}).of(desk)
    return await directory.find(number=BUDI.number)


async def test_a_file_beside_the_desk_file(tmp_path):
    (tmp_path / "people.csv").write_text(written(PEOPLE))
    desk = described(CSV)
    assert await found_in(desk, tmp_path) == (BUDI,)
    assert place_of(desk) == "people.csv"


@pytest.mark.skipif(slapd.unavailable() is not None, reason=slapd.unavailable() or "")
@pytest.mark.parametrize("way", ["starttls", "ldaps"])
async def test_an_ldap_server_with_an_authority_of_its_own(tmp_path, way):
    people = [{"uid": "budi", "employeeNumber": BUDI.number, "cn": BUDI.name, "sn": "S", "mail": BUDI.email,
               "ou": BUDI.unit, "employeeType": BUDI.status}]  # fmt: skip
    with slapd.running_slapd(people) as server:
        (tmp_path / "ca.pem").write_bytes(server.ca.read_bytes())
        desk = described(LDAP, LDAP_URL=getattr(server, way), LDAP_PASSWORD=slapd.PASSWORD)
        assert await found_in(desk, tmp_path) == (BUDI,)
        assert place_of(desk) == "127.0.0.1"


async def test_a_json_endpoint(tmp_path):
    async with serving(endpoint(PEOPLE)) as base:
        desk = described(HTTP, NIC=base, NIC_TOKEN=TOKEN)
        assert await found_in(desk, tmp_path) == (BUDI,)
        assert place_of(desk) == "127.0.0.1"


def test_without_its_secret_it_is_off():
    desk = described(LDAP, LDAP_URL="ldaps://ldap.example.ac.id")
    assert not desk.has_directory
    assert Directories({}).of(desk) is None


async def test_a_changed_description_is_another_directory(tmp_path):
    (tmp_path / "people.csv").write_text(written(PEOPLE))
    directories = Directories({"kecil": tmp_path})
    assert await directories.of(described(CSV)).find(number=BUDI.number) == (BUDI,)
    with pytest.raises(RefusedByProvider, match=r"there is no file other\.csv"):
        await directories.of(described(CSV.replace("people", "other"))).find(number=BUDI.number)


def test_a_password_that_would_go_in_the_open_is_warned_of():
    loaded = desk_from_files(
        {"desk.yaml": MINIMAL + LDAP}, {"LDAP_URL": "ldap://ldap.example.ac.id", "LDAP_PASSWORD": "secret"}
    )
    assert any("goes over the network in the open" in warning for warning in loaded.warnings)
    assert "secret" not in repr(loaded.desk)
