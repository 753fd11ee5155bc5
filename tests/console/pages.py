"""A browser without JavaScript: follows links, fills forms with what is hidden in them, reads what is shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

import httpx

Files = Mapping[str, tuple[str, bytes, str]]  # by field: name, content, type


@dataclass
class FoundForm:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


def _is_sent(given) -> bool:
    kind = given.get("type")
    return kind != "file" and (kind not in ("radio", "checkbox") or "checked" in given)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.words: list[str] = []
        self._textarea: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append(FoundForm(given.get("action") or "", given.get("method", "get")))
        if tag == "input" and given.get("name") and _is_sent(given):
            self.forms[-1].fields[given["name"]] = given.get("value") or ""
        if tag == "textarea":
            self._textarea = given["name"]
            self.forms[-1].fields[self._textarea] = ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None

    def handle_data(self, data):
        self.words.append(data)
        if self._textarea:
            before = self.forms[-1].fields[self._textarea]
            # As browsers do: a line break right behind the tag is none of the text.
            self.forms[-1].fields[self._textarea] = before + data if before else data.removeprefix("\n")


@dataclass
class Seen:
    """A page as a person sees it."""

    answer: httpx.Response

    @cached_property
    def _read(self) -> _Reader:
        """Most pages are passed on the way to another, so that only what is looked at is read."""
        reader = _Reader()
        reader.feed(self.answer.text)
        return reader

    @property
    def forms(self) -> list[FoundForm]:
        return self._read.forms

    @cached_property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self._read.words))

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def path(self) -> str:
        return self.answer.url.path

    def form(self, action: str) -> FoundForm:
        return next(form for form in self.forms if form.action.endswith(action))


class Visitor:
    """Somebody with a browser."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def opens(self, path: str) -> Seen:
        return Seen(await self.client.get(path, follow_redirects=True))

    async def sends(self, page: Seen, action: str, files: Files | None = None, **values: str) -> Seen:
        """Fill in a form of the page and send it, with files at some of its fields."""
        form = next(each for each in page.forms if each.method == "post" and each.action.endswith(action))
        target = form.action or page.path
        answer = await self.client.post(target, data=form.fields | values, files=files, follow_redirects=True)
        return Seen(answer)

    async def presses(self, page: Seen, action: str, elsewhere: str, **values: str) -> Seen:
        """Fill in a form, and press a button of it that goes somewhere else than its form."""
        fields = page.form(action).fields | values
        return Seen(await self.client.post(elsewhere, data=fields, follow_redirects=True))

    async def logs_in(self, email: str, password: str) -> Seen:
        return await self.sends(await self.opens("/"), "/login", email=email, password=password)
