"""The doctor says what is off, what works and what does not, and gives no secret away."""

import asyncio
import socket
import ssl
from datetime import UTC, datetime, timedelta

import dns.asyncresolver
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import httpx
import psycopg
import pytest

from bot.desk_files import load_desk
from bot.doctor import State, examine, machine
from bot.doctor.names import DnsNames, NamesUnreachableError
from bot.doctor.pages import examine_account, examine_directory
from bot.doctor.public_url import of_public_url
from bot.doctor.whatsapp import of_whatsapp
from bot.doctor.words import REFUSED
from bot.settings import load_settings
from tests.bot.cli.providers import providers
from tests.bot.test_holiday_lists import calendar, event
from tests.channels.directory.conftest import TOKEN, endpoint
from tests.standins import dovecot
from tests.standins.authority import REFRESH, SECRET, running_authority
from tests.standins.calendar import publishing
from tests.standins.cloud import running_cloud
from tests.standins.ports import free_port
from tests.standins.relay import relaying
from tests.standins.serving import serving
from tickets.message import Channel

SLUG = "unit-contoh"
CONFIGURED = """\
desk: unit-contoh
name: Layanan Unit Contoh
language: id
timezone: Asia/Makassar
hours: {mon-fri: ["08:00-16:00"]}
sla:
  first_response: {within: 15m}
  resolution: {within: 24h, counts: calendar}
accounts:
  whatsapp: {sender: "+62811000001", account_sid: "${SID}", auth_token: "${TWILIO}", api: "${API}"}
  telegram: {token: "${TOKEN}", agents_group: "${GROUP}", api: "${API}"}
  email: {address: layanan@example.ac.id, imap: "${IMAP}", relay: "${RELAY}"}
staff: [{name: Rina, role: supervisor, email: rina@example.ac.id}]
"""
SECRETS = (REFRESH, SECRET, "twilio-secret", "telegram-secret", "mail-secret", "secret+word", "secret%2Bword")


class Published:
    """A domain name system that knows what the test says, or does not answer."""

    def __init__(self, records):
        self.records_of = records

    async def records(self, name, kind):
        if self.records_of is None:
            raise NamesUnreachableError("LifetimeTimeout")
        return self.records_of.get((name, kind), ())


SPF, DMARC, MX = "v=spf1 include:relay.example -all", "v=DMARC1; p=reject", "10 mx.example."
SOUND = Published(
    {
        ("example.ac.id", "MX"): (MX,),
        ("example.ac.id", "TXT"): (SPF,),
        ("_dmarc.example.ac.id", "TXT"): (DMARC,),
    }
)


@pytest.fixture(autouse=True)
def ports(monkeypatch):
    monkeypatch.setenv("TANGGAP_HTTP_PORT", str(free_port()))
    monkeypatch.setenv("TANGGAP_SMTP_PORT", str(free_port()))


@pytest.fixture
async def standin(desks, monkeypatch):
    """A desk with every account set up, and its providers; the mail servers are not there."""
    (desks / SLUG / "desk.yaml").write_text(CONFIGURED)
    async with providers() as running:
        known = {
            "SID": running.account_sid,
            "TWILIO": running.auth_token,
            "API": running.url,
            "TOKEN": running.token,
        }
        for name, value in (known | {"GROUP": running.group}).items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def look():
    """Let the doctor look and return what it says of one thing, by its state."""

    async def of(about, *, now=lambda: datetime.now(UTC), names=SOUND):
        report = await examine(load_settings(), now=now, names=names)
        assert not any(secret in report.text for secret in SECRETS)
        assert report.ok is not any(finding.state is State.BAD for finding in report.findings)
        return [(finding.state, finding.says) for finding in report.findings if finding.about == about]

    return of


def test_on_a_fresh_machine_nothing_is_wrong_and_everything_that_is_off_says_why(tanggap):
    ended = tanggap("doctor")
    assert ended.code == 0
    assert "[off]     unit-contoh/whatsapp: off towards the provider: WHATSAPP_SENDER, " in ended.out
    assert "SQLite at var/tanggap.db; it is made at the first start." in ended.out
    assert ended.out.splitlines()[-1].startswith("Everything that is configured works.")


def test_it_changes_nothing(tanggap, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    tanggap("doctor")
    assert sorted(tmp_path.rglob("*")) == before


async def test_it_warns_of_a_folder_that_every_user_of_the_machine_reads(look, desks, tmp_path, monkeypatch):
    folder = tmp_path / "var"
    folder.mkdir()
    folder.chmod(0o755)  # whatever the umask leaves
    ((state, says),) = await look("folder var")
    assert (state, "chmod o-rwx var" in says) == (State.WARNING, True)
    with monkeypatch.context() as full:  # and, beside that, of a disk without room
        full.setattr(machine, "ENOUGH_DISK", 2**80)
        ((_, both),) = await look("folder var")
        assert ("Make room" in both, "chmod o-rwx var" in both) == (True, True)
        full.setattr(machine, "HARDLY_ANY_DISK", 2**80)
        assert [state for state, _ in await look("folder var")] == [State.BAD]
        full.setattr(machine, "HARDLY_ANY_DISK", 0)
        folder.chmod(0o750)
        ((state, says),) = await look("folder var")
        assert (state, "Make room" in says) == (State.WARNING, True)
    ((state, _),) = await look("folder var")
    assert state is State.GOOD


def test_what_is_configured_and_does_not_work_ends_with_1(tanggap, desks):
    (desks / SLUG / "desk.yaml").write_text(CONFIGURED.replace("language: id", "language: de"))
    ended = tanggap("doctor")
    assert ended.code == 1
    assert f"[bad]     desk {SLUG}: desks/{SLUG}/desk.yaml:3: language: expected id or en" in ended.out


@pytest.mark.usefixtures("on_each_database")
def test_a_database_that_answers_is_said_to(tanggap):
    assert "answers." in tanggap("doctor").out


def test_a_database_that_cannot_be_reached_is_bad_without_its_password(tanggap, monkeypatch):
    monkeypatch.setenv("TANGGAP_DATABASE_URL", "postgresql://tanggap:geheim@127.0.0.1:1/tanggap")
    ended = tanggap("doctor")
    assert ended.code == 1
    assert "[bad]     database: PostgreSQL cannot be used" in ended.out
    assert "geheim" not in ended.out


def test_a_database_that_cannot_keep_what_people_write_is_bad_and_nothing_starts_on_it(
    tanggap, cluster, monkeypatch
):
    name = cluster.create(encoding="SQL_ASCII")
    monkeypatch.setenv("TANGGAP_DATABASE_URL", cluster.url(name))
    says = f"it is made in SQL_ASCII, and has to be in UTF8: createdb --template=template0 --encoding=UTF8 {name}"
    assert f"[bad]     database: PostgreSQL cannot be used: {says}." in tanggap("doctor").out
    for command in ("migrate", "serve"):
        ended = tanggap(command)
        assert (ended.code, ended.err) == (1, f"tanggap: the database cannot be used: {says}\n")
    cluster.drop(name)


def test_a_user_who_may_make_no_tables_is_bad_as_long_as_some_have_to_be_made(tanggap, cluster, monkeypatch):
    name = cluster.create()
    with psycopg.connect(cluster.url(name), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
        monkeypatch.setenv("TANGGAP_DATABASE_URL", cluster.url(name).replace("postgres@", f"{name}@"))
        says = f'{name} may make no tables in it: ALTER DATABASE "{name}" OWNER TO "{name}"'
        assert f"[bad]     database: PostgreSQL answers. {says}, as the superuser." in tanggap("doctor").out
        connection.execute(f"ALTER DATABASE {name} OWNER TO {name}")
        assert "PostgreSQL answers and is empty" in tanggap("doctor").out
        connection.execute(f"ALTER DATABASE {name} OWNER TO postgres; DROP ROLE {name}")
    cluster.drop(name)


def test_a_port_that_something_else_holds_is_a_warning(tanggap, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("TANGGAP_SMTP_PORT", str(taken.getsockname()[1]))
        assert "is taken: Address already in use" in tanggap("doctor").out


async def test_accounts_that_work_are_said_to_work(standin, look):
    assert await look(f"{SLUG}/whatsapp") == [
        (State.GOOD, "Twilio knows the account (active); sender +62811000001.")
    ]
    assert [state for state, _ in await look(f"{SLUG}/telegram")] == [State.GOOD, State.GOOD]


async def test_credentials_that_a_provider_refuses_are_bad(standin, look):
    standin.auth_token, standin.token = "another", "7:another"
    assert await look(f"{SLUG}/whatsapp") == [
        (State.BAD, "Twilio refuses the account SID or the auth token; copy both anew from its console.")
    ]
    assert await look(f"{SLUG}/telegram") == [
        (State.BAD, "Telegram refuses the token (401); ask @BotFather for the one that counts (/token).")
    ]


async def test_a_suspended_account_is_bad(standin, look):
    standin.account_status = "suspended"
    assert (await look(f"{SLUG}/whatsapp"))[0][0] is State.BAD


CLOUD = """\
  whatsapp: {provider: cloud, sender: "+6281100001111", phone_number_id: "106540352242922",
    business_account_id: "102290129340398", access_token: "${CLOUD_TOKEN}", app_secret: "telegram-secret",
    verify_token: "${CLOUD_VERIFY}", api: "${CLOUD_API}"}
"""


@pytest.mark.parametrize(("api", "says"), [("", 1), (', api: "https://proxy.example.ac.id"', 0)])
async def test_a_whatsapp_number_needs_an_address_that_the_outside_reaches(desks, api, says):
    (desks / SLUG / "desk.yaml").write_text(CONFIGURED.replace(', api: "${API}"', api, 1))
    found = load_desk(desks / SLUG, {"SID": "AC1", "TWILIO": "twilio-secret"}).desk.accounts_on(
        Channel.WHATSAPP
    )
    twilio = httpx.MockTransport(lambda _: httpx.Response(200, json={"status": "active"}))
    async with httpx.AsyncClient(transport=twilio) as http:
        told = await of_whatsapp(found[0], http, lambda: datetime.now(UTC), None)
    warned = [each.says for each in told if "TANGGAP_PUBLIC_URL is no https address" in each.says]
    assert len(warned) == says


async def test_a_number_at_meta_is_asked_about_and_whether_its_messages_find_us(desks, look, monkeypatch):
    twilio = next(line for line in CONFIGURED.splitlines(keepends=True) if "account_sid" in line)
    (desks / SLUG / "desk.yaml").write_text(CONFIGURED.replace(twilio, CLOUD))
    async with running_cloud() as cloud:
        known = {"CLOUD_TOKEN": cloud.access_token, "CLOUD_VERIFY": "12345678", "CLOUD_API": cloud.url}
        for name, value in known.items():
            monkeypatch.setenv(name, value)
        knows = (State.GOOD, "Meta knows the number as +62 811-0000-1111.")
        assert await look(f"{SLUG}/whatsapp") == [knows]
        cloud.number.subscribed = False
        good, unheard = await look(f"{SLUG}/whatsapp")
        assert (good, unheard[0]) == (knows, State.BAD)
        assert "no app is subscribed to the business account 102290129340398" in unheard[1]
        cloud.number.subscribed = True
        monkeypatch.setenv("TANGGAP_PUBLIC_URL", "https://desk.invalid")
        cloud.number.webhook = "https://old.example.ac.id/hook"
        assert (await look(f"{SLUG}/whatsapp"))[1][0] is State.BAD
        cloud.number.webhook = f"{HERE}/whatsapp/{SLUG}"
        assert await look(f"{SLUG}/whatsapp") == [knows]
        cloud.number.display_phone_number = "+62 899"
        assert (await look(f"{SLUG}/whatsapp"))[0] == (
            State.BAD, "Meta knows this phone_number_id as +62 899, and the desk file says +6281100001111.",
        )  # fmt: skip
        monkeypatch.setenv("CLOUD_TOKEN", "wrong")
        assert await look(f"{SLUG}/whatsapp") == [
            (State.BAD, "Meta refuses the access token; make a new one for a system user, without an end.")
        ]
    assert await look(f"{SLUG}/whatsapp") == [(State.BAD, f"Meta cannot be reached: {REFUSED.en}.")]
    monkeypatch.delenv("CLOUD_TOKEN")
    assert await look(f"{SLUG}/whatsapp") == [(State.BAD, "set up by half: CLOUD_TOKEN not set.")]


HERE = "https://desk.invalid/channels"


def refused_for(verify_code):
    error = ssl.SSLCertVerificationError()
    error.verify_code = verify_code
    return error


@pytest.mark.parametrize(
    ("met", "state", "says"),
    [
        ("ok", State.GOOD, "there providers bring messages"),
        ("Welcome to nginx!", State.WARNING, "answers 200, and it is not this service"),
        (refused_for(10), State.BAD, "has expired, or this machine's clock is wrong; renew it"),
        (refused_for(62), State.BAD, "made out to another host"),
        (refused_for(19), State.BAD, "is not trusted"),
        (socket.gaierror(), State.WARNING, "the host is not known. See that it is from outside"),
    ],
)
async def test_the_address_of_this_service_is_knocked_at_as_a_provider_would(
    desks, monkeypatch, met, state, says
):
    monkeypatch.setenv("TANGGAP_PUBLIC_URL", "https://desk.invalid")

    def answer(request):
        assert request.url == "https://desk.invalid/healthz"
        if isinstance(met, Exception):
            raise httpx.ConnectError("no") from met
        return httpx.Response(200, text=met)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        found = await of_public_url(load_settings(), http)
    assert (found.state, says in found.says) == (state, True), found.says


async def test_a_webhook_that_leads_elsewhere_is_bad(standin, look, monkeypatch):
    monkeypatch.setenv("TANGGAP_PUBLIC_URL", "https://desk.invalid")
    standin.callback_url, standin.webhook["url"] = f"{HERE}/whatsapp/{SLUG}", f"{HERE}/telegram/{SLUG}"
    for about in ("whatsapp", "telegram"):
        assert {state for state, _ in await look(f"{SLUG}/{about}")} == {State.GOOD}
    standin.callback_url = standin.webhook["url"] = "https://old.example.ac.id/hook?key=mail-secret"
    elsewhere = f"brings messages to https://old.example.ac.id/hook and not to {HERE}"
    for about in ("whatsapp", "telegram"):
        states = await look(f"{SLUG}/{about}")
        assert [state for state, says in states if elsewhere in says] == [State.BAD]
    standin.callback_url, standin.webhook["url"] = "", ""
    assert (await look(f"{SLUG}/whatsapp"))[1][0] is State.BAD
    assert (await look(f"{SLUG}/telegram"))[2] == (
        State.WARNING, "Telegram has no webhook set; the service sets it by itself when it runs.",
    )  # fmt: skip


async def test_updates_that_telegram_cannot_bring_are_bad(standin, look, monkeypatch):
    monkeypatch.setenv("TANGGAP_PUBLIC_URL", "https://desk.invalid")
    failed = {"pending_update_count": 7, "last_error_message": "SSL error: certificate verify failed"}
    standin.webhook = {"url": f"{HERE}/telegram/{SLUG}", **failed}
    assert (State.BAD, "7 updates wait, for Telegram cannot bring them: SSL error: certificate verify failed.") in (
        await look(f"{SLUG}/telegram")
    )  # fmt: skip


async def test_the_domain_of_a_mailbox_that_sends_is_looked_up(standin, look, monkeypatch):
    async def says(records):
        return [
            (state, said)
            for state, said in await look(f"{SLUG}/email", names=Published(records))
            if "example.ac" in said
        ][1:]

    monkeypatch.setenv("RELAY", "smtp://127.0.0.1:9")
    ok = SOUND.records_of
    assert await says(ok) == [(State.GOOD, "example.ac.id has MX, SPF and DMARC.")]
    ((state, said),) = await says(ok | {("example.ac.id", "TXT"): ("google-site-verification=1", "v=spf10")})
    assert (state, "has no SPF" in said) == (State.WARNING, True)
    ((state, said),) = await says(ok | {("example.ac.id", "TXT"): (SPF, "v=spf1 -all")})
    assert (state, "more than one SPF" in said) == (State.BAD, True)
    ((state, said),) = await says(ok | {("example.ac.id", "TXT"): ("v=spf1 +all",)})
    assert "lets everybody send" in said
    assert [state for state, _ in await says({})] == [State.WARNING] * 3
    ((state, said),) = await says(None)
    assert (state, "does not answer" in said) == (State.WARNING, True)


class NameServer(asyncio.DatagramProtocol):
    """Answers over UDP as a name server does."""

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        asked = dns.message.from_wire(data)
        name, kind = asked.question[0].name, asked.question[0].rdtype
        answer = dns.message.make_response(asked)
        if name.to_text() != "example.ac.id.":
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif kind == dns.rdatatype.TXT:
            answer.answer.append(
                dns.rrset.from_text(name, 60, "IN", "TXT", '"v=spf1 include:relay" ".example -all"')
            )
        self.transport.sendto(answer.to_wire(), addr)


async def test_names_are_asked_of_a_name_server():
    serving_names = await asyncio.get_running_loop().create_datagram_endpoint(
        NameServer, local_addr=("127.0.0.1", 0)
    )
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], serving_names[0].get_extra_info("sockname")[1]
    names = DnsNames(resolver)
    assert await names.records("example.ac.id", "TXT") == (SPF,)
    assert await names.records("example.ac.id", "MX") == ()
    assert await names.records("nowhere.example", "TXT") == ()
    resolver.nameservers, resolver.port = ["127.0.0.1"], 9
    with pytest.raises(NamesUnreachableError):
        await names.records("example.ac.id", "TXT")
    serving_names[0].close()


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("is_forum", False, "has no topics"),
        ("member", {"status": "member"}, "has to be an administrator who may manage topics"),
        ("group", "-100999", "is not in the agents' group -1001234567890"),
    ],
)
async def test_what_the_agents_group_lacks_is_named(standin, look, field, value, expected):
    setattr(standin, field, value)
    state, says = (await look(f"{SLUG}/telegram"))[1]
    assert state is State.BAD
    assert expected in says


async def test_each_of_several_groups_is_looked_at(standin, look, monkeypatch):
    monkeypatch.setenv("GROUP", f"{standin.group}, -100999")
    first, second = (await look(f"{SLUG}/telegram"))[1:]
    assert first[0] is State.GOOD
    assert second[0] is State.BAD
    assert "agents' group -100999" in second[1]


async def test_an_account_that_is_set_up_by_half_is_bad(standin, look, monkeypatch):
    monkeypatch.delenv("TWILIO")
    assert await look(f"{SLUG}/whatsapp") == [(State.BAD, "set up by half: TWILIO not set.")]


async def test_a_provider_that_cannot_be_reached_is_bad_without_the_url(standin, look, monkeypatch):
    monkeypatch.setenv("API", "http://127.0.0.1:9")
    assert await look(f"{SLUG}/telegram") == [(State.BAD, f"Telegram cannot be reached: {REFUSED.en}.")]


async def test_a_clock_that_is_wrong_is_a_warning(standin, look):
    late = await look(f"{SLUG}/whatsapp", now=lambda: datetime.now(UTC) - timedelta(minutes=5))
    assert [state for state, _ in late] == [State.GOOD, State.WARNING]
    assert "differs from the provider's by" in late[1][1]


async def test_a_relay_that_lets_us_in_is_good_and_one_that_does_not_is_bad(standin, look, monkeypatch):
    async with relaying() as relay:
        relay.login = ("desk", "mail-secret")
        monkeypatch.setenv("RELAY", relay.url(credentials="desk:mail-secret@"))
        assert (State.GOOD, "the relay at 127.0.0.1 answers and lets us in.") in await look(f"{SLUG}/email")
        relay.login = ("desk", "another")
        refused = "the relay at 127.0.0.1 refuses the login: mend user or password; many want an app password or OAuth2."
        assert (State.BAD, refused) in await look(f"{SLUG}/email")


async def test_a_mailbox_that_cannot_be_reached_is_bad(standin, look, monkeypatch):
    monkeypatch.setenv("IMAP", "imap://desk:mail-secret@127.0.0.1:9")
    fails = f"the mailbox at 127.0.0.1 cannot be read: {REFUSED.en}."
    assert (State.BAD, fails) in await look(f"{SLUG}/email")


@pytest.mark.skipif(dovecot.unavailable() is not None, reason=dovecot.unavailable() or "")
async def test_a_mailbox_is_read_with_the_right_password_only(standin, look, monkeypatch):
    with dovecot.running_dovecot() as server:
        monkeypatch.setenv("IMAP", server.url)
        assert (State.GOOD, "the mailbox at 127.0.0.1 can be read.") in await look(f"{SLUG}/email")
        monkeypatch.setenv("IMAP", server.url.replace("secret", "other"))
        refused = "the mailbox at 127.0.0.1 refuses the login: mend user or password; many want an app password or OAuth2."
        assert (State.BAD, refused) in await look(f"{SLUG}/email")


async def test_a_mailbox_by_oauth2_works_until_its_permission_is_revoked(standin, desks, look, monkeypatch):
    account = (
        '"${RELAY}", oauth: "${AUTHORITY}", oauth_client_id: desk-client,'
        ' oauth_client_secret: "${CLIENT_SECRET}", oauth_refresh_token: "${REFRESH}"'
    )
    (desks / SLUG / "desk.yaml").write_text(CONFIGURED.replace('"${RELAY}"', account))
    async with running_authority() as authority, relaying() as relay:
        authority.rotates = True
        relay.bearer = ("layanan@example.ac.id", authority.tokens.__contains__)
        monkeypatch.setenv("AUTHORITY", authority.token_url)
        monkeypatch.setenv("CLIENT_SECRET", SECRET)
        monkeypatch.setenv("REFRESH", REFRESH)
        monkeypatch.setenv("RELAY", relay.url())
        for _ in range(2):  # the second time with the refresh token that the first one brought
            answers = await look(f"{SLUG}/email")
            assert (State.GOOD, "the relay at 127.0.0.1 answers and lets us in.") in answers
        assert relay.faults == []
        authority.revoke()
        (state, says), *_ = await look(f"{SLUG}/email")
    assert state is State.BAD
    assert "127.0.0.1 refuses the refresh token (invalid_grant): access was revoked" in says


async def test_oauth2_that_is_set_up_by_half_is_bad(standin, desks, look):
    account = '"${RELAY}", oauth: google, oauth_client_id: x, oauth_client_secret: "${S}"'
    (desks / SLUG / "desk.yaml").write_text(CONFIGURED.replace('"${RELAY}"', account))
    assert await look(f"{SLUG}/email") == [(State.BAD, "no login by OAuth2: it needs a refresh token.")]


DIRECTORY = """\
directory:
  kind: http
  url: "${NIC}/orang/{number}"
  headers: {Authorization: "Bearer ${NIC_TOKEN}"}
  entries: data.orang
"""


async def test_a_directory_that_answers_is_good_and_one_that_refuses_is_bad(desks, look, monkeypatch):
    (desks / SLUG / "desk.yaml").write_text(CONFIGURED + DIRECTORY)
    async with serving(endpoint(())) as base:
        monkeypatch.setenv("NIC", base)
        monkeypatch.setenv("NIC_TOKEN", TOKEN)
        assert await look(f"{SLUG}, directory") == [(State.GOOD, "127.0.0.1 answers.")]
        monkeypatch.setenv("NIC_TOKEN", "mail-secret")
        assert await look(f"{SLUG}, directory") == [(State.BAD, "127.0.0.1 refuses (401).")]
    monkeypatch.delenv("NIC_TOKEN")
    assert await look(f"{SLUG}, directory") == [(State.OFF, "off: NIC_TOKEN not set.")]


async def test_a_directory_file_that_is_not_there_is_bad(desks, look):
    (desks / SLUG / "desk.yaml").write_text(f"{CONFIGURED}directory: {{kind: csv, path: people.csv}}\n")
    (desks / SLUG / "people.csv").write_text("number,name\n13519001,Budi\n")
    assert await look(f"{SLUG}, directory") == [(State.GOOD, "people.csv has 1 entry.")]
    (desks / SLUG / "people.csv").unlink()
    assert await look(f"{SLUG}, directory") == [(State.BAD, "there is no file people.csv.")]


async def test_a_feed_of_holidays_says_how_many_days_it_has(desks, look, monkeypatch):
    monkeypatch.setenv("TANGGAP_HOOK_HOSTS", "127.0.0.1")
    day = calendar(event(f"DTSTART;VALUE=DATE:{datetime.now(UTC).year}0504", "SUMMARY:Wisuda"))
    async with publishing(day) as publisher:
        (desks / SLUG / "desk.yaml").write_text(f"{CONFIGURED}holidays: {{feed: {publisher.url}}}\n")
        about = f"holidays of {SLUG} at 127.0.0.1"
        ((state, says),) = await look(about)
        assert state is State.GOOD
        assert says.endswith("days off: 1, days taken away: 0.")
        publisher.status = 404
        assert await look(about) == [(State.BAD, "the server answered 404; the days that came last stay.")]


async def test_from_the_pages_only_what_the_operator_names_is_tried_within_a_network(
    standin, desks, monkeypatch
):
    """A supervisor chooses hosts; whether something answers inside is not theirs to find out."""

    async def tries():
        settings = load_settings()
        desk = load_desk(desks / SLUG, settings.environment).desk
        found = [
            finding
            for account in desk.accounts
            for finding in await examine_account(
                account, settings, now=lambda: datetime.now(UTC), names=SOUND
            )
        ]
        found += await examine_directory(desk, desks / SLUG, settings)
        return {finding.about: (finding.state, finding.in_language("id")) for finding in reversed(found)}

    (desks / SLUG / "desk.yaml").write_text(CONFIGURED + DIRECTORY)
    monkeypatch.setenv("IMAP", "imap://desk:mail-secret@127.0.0.1:9")
    monkeypatch.setenv("NIC_TOKEN", TOKEN)
    async with serving(endpoint(())) as base:
        monkeypatch.setenv("NIC", base)
        barred = await tries()
        assert {state for state, _ in barred.values()} == {State.WARNING}
        assert all("127.0.0.1 ada di jaringan dalam" in says for _, says in barred.values())
        monkeypatch.setenv("TANGGAP_HOOK_HOSTS", "127.0.0.1")
        standin.auth_token = "another"
        tried = await tries()
    assert tried[f"{SLUG}/whatsapp"] == (
        State.BAD, "Twilio menolak SID akun atau auth token-nya; salin keduanya lagi dari konsol Twilio.",
    )  # fmt: skip
    assert tried[f"{SLUG}/telegram"][0] is State.GOOD
    assert tried[f"{SLUG}, directory"] == (State.GOOD, "direktori menjawab.")
