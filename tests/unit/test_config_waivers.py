"""The tables of waivers and of the checklist: what is wrong is told by its place."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from reportgen.config.decode import decode
from reportgen.config.place import Place
from reportgen.config.settings import Settings
from reportgen.config.tables.checklist import checks_of
from reportgen.config.tables.waivers import waivers_of
from reportgen.errors import ConfigError
from reportgen.model.signoff import Check
from reportgen.model.waivers import Waiver


def read(text: str) -> tuple[tuple[Waiver, ...], tuple[Check, ...]]:
    place = Place("r.toml", text)
    settings = decode(tomllib.loads(text), Settings, place)
    return (
        waivers_of(settings.waivers, place.at("waivers")),
        checks_of(settings.checklist, place.at("checklist")),
    )


def test_a_waiver_as_it_is_written() -> None:
    text = """
[[waivers]]
id = "W1"
rule = "S101"
path = "tests/**"
content = "0123456789abcdef"
reason = "tests assert"
owner = "Ann"
approver = "Bob"
created = 2026-01-01
expires = "2026-12-31"
"""
    [waiver], _ = read(text)
    assert (waiver.of, waiver.match) == ("finding", "rule S101, path tests/**")
    assert (waiver.content, waiver.created, waiver.expires) == (
        ("0123456789abcdef",),
        date(2026, 1, 1),
        date(2026, 12, 31),
    )


def test_items_as_they_are_written() -> None:
    text = """
[[checklist]]
id = "cover"
text = "Coverage is enough"
condition = "coverage.percent >= 80"

[[checklist]]
id = "docs"
text = "The handbook is up to date"
who = "the writer"
"""
    _, (cover, docs) = read(text)
    assert (cover.needs, cover.otherwise, cover.condition) == ("coverage", "fail", "coverage.percent >= 80")
    assert (docs.condition, docs.who) == ("", "the writer")


WAIVER = '[[waivers]]\nid = "W1"\n'
CHECK = '[[checklist]]\nid = "c"\ntext = "t"\n'


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (WAIVER, "r.toml:1: waivers[0]: a waiver matches findings", "write a waiver for each"),
        (WAIVER + 'rule = "a"\ngate = "b"\n', "this one matches several kinds", "write a waiver for each"),
        (WAIVER + 'test = "a"\ncontent = "b"\n', "r.toml:4: waivers[0].content: `content` is of", "add the"),
        (WAIVER + 'tset = "a"\n', "r.toml:3: waivers[0].tset: there is no such key", "did you mean 'test'?"),
        (WAIVER + 'gate = "a"\nexpires = "soon"\n', "expected a date such as 2027-03-31, got the text", ""),
        (WAIVER + 'gate = "a"\nexpires = 7\n', "expected a date such as 2027-03-31, got 7", ""),
        ('[[waivers]]\ngate = "a"\n', "waivers[0]: the key 'id' is missing", ""),
        (2 * (WAIVER + 'gate = "a"\n'), "r.toml:5: waivers[1].id: there is another waiver 'W1'", "give each"),
        (2 * CHECK, "checklist[1].id: there is another item 'c'", "give each"),
        (CHECK + 'condition = "tests.fialed == 0"\n', "r.toml:4: checklist[0].condition: column 1", ""),
        (
            CHECK + 'otherwise = "warn"\n',
            "checklist[0].otherwise: `otherwise` is of an item with",
            "a manual",
        ),
        (CHECK + 'who = "a"\ncondition = "tests.total > 0"\n', "checklist[0].who: an item with", "remove"),
        ('[[checklist]]\nid = "c"\n', "checklist[0]: the key 'text' is missing", ""),
    ],
)
def test_what_is_wrong_is_told(text: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as told:
        read(text)
    assert message in str(told.value)
    assert told.value.hint.startswith(hint)
