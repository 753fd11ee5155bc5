"""The words of the pages: each that a template says is there, in both languages."""

import re
from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

from console import words
from console.pages.render import FOLDER
from console.phrases import keys, say
from tickets.lifecycle import Status
from tickets.message import Channel, Delivery

SAID = re.compile(r"""\bt\((["'])([a-z_]+)\1(?!\s*~)""")  # what is put together names no phrase yet


def test_every_phrase_of_a_template_is_there():
    said = {
        key for page in (FOLDER / "templates").glob("*.html") for _, key in SAID.findall(page.read_text())
    }
    begun = {key for key in said if key.endswith("_")}  # completed by what it is about: t("skm_" ~ element)
    assert [part for part in begun if not any(key.startswith(part) for key in keys())] == []
    said -= begun
    said |= {*Status, *Delivery, *(Channel(each) for each in Channel if each != Channel.EMAIL)}
    assert said <= keys()


def test_no_phrase_takes_the_place_of_another_theme_s():
    themes = [import_module(f"{words.__name__}.{theme.name}") for theme in iter_modules(words.__path__)]
    many = Counter(key for theme in themes for key in theme.PHRASES)
    assert many.keys() == keys()
    assert [key for key, count in many.items() if count > 1] == []


def test_every_phrase_is_said_in_both_languages():
    for key in keys():
        assert say("id", key)
        assert say("en", key)
