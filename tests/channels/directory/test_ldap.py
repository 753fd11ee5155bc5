"""The directory behind LDAP, asked at a real slapd: certificates, logins, deadlines, filters."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from channels.contract import Deferred, RefusedByProvider
from channels.directory.ldap import LdapDirectory, LdapSettings
from tests.channels.directory.conftest import BUDI, SITI, ldap_settings
from tests.standins import slapd


@pytest.mark.parametrize("way", ["plain", "starttls", "ldaps"])
async def test_it_is_asked_in_the_open_by_starttls_and_by_ldaps(ldap_server, way):
    directory = LdapDirectory(ldap_settings(ldap_server, getattr(ldap_server, way)))
    assert await directory.find(number=BUDI.number) == (BUDI,)


@pytest.mark.parametrize("way", ["starttls", "ldaps"])
async def test_a_certificate_of_an_unknown_authority_is_refused(ldap_server, way):
    directory = LdapDirectory(ldap_settings(ldap_server, getattr(ldap_server, way), ca=None))
    with pytest.raises(RefusedByProvider, match=r"certificate of 127\.0\.0\.1 is not trusted"):
        await directory.find(number=BUDI.number)


@pytest.mark.parametrize("way", ["starttls", "ldaps"])
async def test_a_certificate_for_another_name_is_refused(ldap_server, way):
    url = getattr(ldap_server, way).replace("127.0.0.1", "localhost")
    with pytest.raises(RefusedByProvider, match="certificate of localhost is not trusted"):
        await LdapDirectory(ldap_settings(ldap_server, url)).find(number=BUDI.number)


async def test_a_wrong_password_is_a_mistake_in_the_settings(ldap_server):
    settings = ldap_settings(ldap_server, ldap_server.ldaps, password="wrong")
    with pytest.raises(RefusedByProvider, match="refuses the login") as refused:
        await LdapDirectory(settings).find(number=BUDI.number)
    assert refused.value.account_broken
    assert "wrong" not in str(refused.value)


async def test_a_base_that_is_not_there_is_a_mistake_in_the_settings(ldap_server):
    settings = ldap_settings(ldap_server, ldap_server.ldaps, base="dc=nowhere")
    with pytest.raises(RefusedByProvider, match="refuses the search"):
        await LdapDirectory(settings).state()


async def test_the_filter_of_the_desk_file_says_who_counts(ldap_server):
    settings = ldap_settings(ldap_server, ldap_server.ldaps, filter="(employeeType=dosen)")
    assert await LdapDirectory(settings).find(number=BUDI.number) == ()
    assert await LdapDirectory(settings).find(number=SITI.number) == (SITI,)


async def test_the_attributes_are_those_of_the_desk_file(ldap_server):
    settings = ldap_settings(ldap_server, ldap_server.ldaps)
    renamed = replace(
        settings, attributes=dict(settings.attributes) | {"name": ("mail",), "unit": ("nosuch",)}
    )
    (found,) = await LdapDirectory(renamed).find(number=BUDI.number)
    assert (found.name, found.unit) == (BUDI.email, None)


async def test_a_server_that_is_not_there_may_be_later():
    settings = LdapSettings(url="ldap://127.0.0.1:1", base=slapd.BASE)
    with pytest.raises(Deferred, match="cannot be reached"):
        await LdapDirectory(settings).find(number=BUDI.number)


@pytest.mark.parametrize("scheme", ["ldap", "ldap+starttls", "ldaps"])
async def test_a_server_that_says_nothing_is_left_in_time(scheme):
    async with listening(b"") as port:
        settings = LdapSettings(url=f"{scheme}://127.0.0.1:{port}", base=slapd.BASE, bind_dn="cn=x")
        with pytest.raises(Deferred, match=r"did not answer|cannot be reached"):
            await LdapDirectory(settings, seconds=0.2).find(number=BUDI.number)


async def test_a_server_that_speaks_something_else_may_be_later():
    async with listening(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        settings = LdapSettings(url=f"ldap://127.0.0.1:{port}", base=slapd.BASE)
        with pytest.raises(Deferred):
            await LdapDirectory(settings, seconds=1).find(number=BUDI.number)


async def test_an_answer_without_end_is_cut():
    entry = (
        bytes.fromhex("30840000ffff0201016484 0000fff8 0400 30840000fff0".replace(" ", "")) + b"\x00" * 0xFFF0
    )
    async with listening(entry * 8) as port:
        settings = LdapSettings(url=f"ldap://127.0.0.1:{port}", base=slapd.BASE)
        with pytest.raises((Deferred, RefusedByProvider)):
            await LdapDirectory(settings, seconds=2).find(number=BUDI.number)


class _Says(asyncio.Protocol):
    def __init__(self, says: bytes, met: list[asyncio.BaseTransport]) -> None:
        self._says = says
        self._met = met

    def connection_made(self, transport):
        self._met.append(transport)
        transport.write(self._says)


@asynccontextmanager
async def listening(says: bytes):
    """A server that says one thing to everybody, whatever it is asked."""
    met = []
    server = await asyncio.get_running_loop().create_server(lambda: _Says(says, met), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for transport in met:
            transport.abort()
        await asyncio.sleep(0)
