"""Script in every field of every form, body and address, then every page read: what people write never becomes part of a page."""

from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser

import pytest
from fastapi.routing import APIRoute

from bot.migrations import migrate
from tests.access.askers import ADMIN, Asker, at_a_browser, with_a_token
from tests.access.asking import opened_house
from tests.access.routes import ways
from tests.console.houses import CATALOGUE, Office
from tests.standins import chromium
from tests.standins.serving import serving
from tickets.actor import Role

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
MARK = "xqz"
# Out of a text, an attribute, a title, a comment and a template.
SCRIPT = f"""{MARK}'"><img src={MARK} onerror={MARK}()><script>{MARK}()</script>--></textarea></title><svg/onload={MARK}()>{{{{7*7}}}}"""
BEYOND = "9" * 19  # what no column holds
WATCHED = f"""window.ran = [];
window.{MARK} = () => window.ran.push("it ran");
addEventListener("securitypolicyviolation", (event) => window.ran.push(event.violatedDirective + " " + event.blockedURI));"""
_TEXTS = frozenset({"text", "search", "email", "url", "tel", "textarea", "password", "hidden"})
_OURS = frozenset({"token", "once", "desk", "read", "section", "does", "as"})  # by which a form is known


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)  # as they stand, by name
    texts: set[str] = field(default_factory=set)  # of those, what somebody may type


class Page(HTMLParser):
    """Reads a page: its forms, and whatever of it a browser would run, or somebody's words have opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hostile: list[str] = []
        self.forms: list[Form] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            runs = (
                name.startswith("on") or value.strip().lower().startswith("javascript:") or name == "srcdoc"
            )
            if runs or MARK in name or (tag in {"script", "svg", "iframe", "object"} and MARK in value):
                self.hostile.append(f"<{tag} {name}={value}>")
        if tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append(Form(given.get("action", "")))
        elif tag in {"input", "textarea", "select", "button"} and given.get("name") and self.forms:
            kind = given.get("type", "text") if tag == "input" else tag
            self.forms[-1].fields.setdefault(given["name"], given.get("value", ""))
            if kind in _TEXTS and given["name"] not in _OURS:
                self.forms[-1].texts.add(given["name"])

    def handle_data(self, data):
        if self.cdata_elem and MARK in data:
            self.hostile.append(data)

    def handle_comment(self, data):
        if MARK in data:
            self.hostile.append(data)


@dataclass
class Crawl:
    office: Office
    asker: Asker
    hostile: list[str] = field(default_factory=list)  # what was found, and where
    seen: int = 0  # pages on which the words stood
    forms: dict[tuple[str, ...], Form] = field(default_factory=dict)

    def read(self, where: str, text: str) -> None:
        if not text.lstrip().lower().startswith("<!doctype html"):
            return
        page = Page(text)
        self.hostile += [f"{where}: {each}" for each in page.hostile]
        self.seen += MARK in text
        for form in page.forms:
            self.forms.setdefault((form.action, *sorted(form.fields)), form)

    async def reads_every_page(self) -> None:
        for way in ways(self.office):
            if way.method == "GET" and not way.is_api and way.path != "/live":
                self.read(way.name, (await self.asker.asks(self.office, way)).text)

    async def fills_in_every_form(self, words: str = SCRIPT) -> None:
        for form in list(self.forms.values()):
            if form.action.startswith(("/logout", "/account/sessions")) or not form.action:
                continue
            typed = form.fields | dict.fromkeys(form.texts, words) | {"token": self.asker.token}
            answer = await self.asker.client.post(form.action, data=typed, follow_redirects=True)
            assert answer.status_code < 500, (form, words)
            self.read(f"form {form.action}", answer.text)

    async def asks_for_every_address_with_it(self) -> None:
        """Each with all that may stand behind its question mark, and where an id stands."""
        told = {
            route.path: [param.alias for param in route.dependant.query_params]
            for route in self.office.app.routes
            if isinstance(route, APIRoute)
        }
        for way in ways(self.office):
            if way.method == "GET" and not way.is_api and way.path != "/live":
                params = dict.fromkeys(told.get(way.path, []), SCRIPT)
                for path in (way.leads, f"{way.leads}{SCRIPT.replace('/', '')}"):
                    answer = await self.asker.client.get(path, params=params, follow_redirects=True)
                    assert answer.status_code < 500, way
                    self.read(f"asked {way.name}", answer.text)


def with_names(office: Office) -> None:
    """Let the desk's file say it, too."""
    desk = office.desk.desk
    renamed = {
        name: tuple(replace(one, name=f"{SCRIPT} {one.name}") for one in getattr(desk, name))
        for name in ("staff", "teams", "resources")
    }
    office.becomes(name=SCRIPT, **renamed)
    catalogue = replace(
        CATALOGUE,
        categories=tuple(replace(one, name=SCRIPT, description=SCRIPT) for one in CATALOGUE.categories),
        replies=tuple(replace(one, title=SCRIPT, body={"id": SCRIPT}) for one in CATALOGUE.replies),
    )
    office.app.state.house = replace(office.app.state.house, catalogue=lambda _desk: catalogue)


async def test_what_anybody_writes_never_becomes_part_of_a_page(tmp_path):
    migrate(f"sqlite:///{tmp_path}/empty.db")
    async with opened_house(tmp_path, "script", words=SCRIPT, view=SCRIPT[:60]) as office:
        with_names(office)
        crawl = Crawl(office, await at_a_browser(office, ADMIN))
        await crawl.reads_every_page()
        assert len(crawl.forms) > 100
        await crawl.asks_for_every_address_with_it()
        await crawl.fills_in_every_form()
        program = with_a_token(office, (Role.ADMIN, None))
        for way in ways(office):
            if way.is_api and not way.is_harmful:
                heard = await program.asks(office, way, says=SCRIPT)
                assert heard.status < 500, way
                assert heard.kind != "text/html"
            elif way.method == "POST" and not way.is_harmful:
                crawl.read(way.name, (await crawl.asker.asks(office, way, says=SCRIPT)).text)
        await crawl.reads_every_page()
        await crawl.fills_in_every_form(BEYOND)
        await program.client.aclose()
        await crawl.asker.client.aclose()
    assert crawl.hostile == []
    assert crawl.seen > 150  # it stood on all these pages, as words


@pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)")
async def test_a_browser_runs_nothing_of_it(tmp_path):
    migrate(f"sqlite:///{tmp_path}/empty.db")
    paths = (
        "/inbox",
        "/tickets/1",
        "/tickets/4",
        "/contacts/1",
        "/board",
        "/dashboard",
        "/tickets/1/cases/1",
    )
    ran = []
    async with opened_house(tmp_path, "browser", words=SCRIPT) as office:
        with_names(office)
        asker = await at_a_browser(office, ADMIN)
        async with serving(office.app) as url, chromium.chromium() as browser:
            context = await browser.new_context(base_url=url)
            await context.add_cookies(
                [{"name": k, "value": v, "url": url} for k, v in asker.client.cookies.items()]
            )
            await context.add_init_script(WATCHED)
            page = await context.new_page()
            page.on("dialog", lambda dialog: ran.append(dialog.message))
            for path in paths:
                await page.goto(path)
                assert MARK in await page.inner_text("body"), path  # it stands there, as words
                ran += [f"{path}: {each}" for each in await page.evaluate("window.ran")]
            await page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", SCRIPT)
            await page.wait_for_function("window.ran.length")  # what is no words would have been noticed
        await asker.client.aclose()
    assert ran == []


def test_a_page_that_shows_it_as_it_is_would_be_caught():
    for shown in (
        f"<p>{SCRIPT}</p>",
        f"<p title='{SCRIPT}'>",
        f"<a href='javascript:{MARK}()'>",
        f"<!-- {SCRIPT} -->",
    ):
        assert Page(f"<!doctype html>{shown}").hostile, shown
    assert Page(f"<!doctype html><p>{escape(SCRIPT)}</p>").hostile == []
