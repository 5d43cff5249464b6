"""The one door of lxml: streamed elements, and what is refused at it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportgen.model.limits import Limits
from reportgen.readers.base import UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.xml import build, feed, local, walk

LIMITS = Limits()


def content_of(text: str) -> Content:
    return Content(io.BytesIO(text.encode()), 1 << 40)


class Recorder:
    """Notes every call, and raises at an element called `raise`."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.moved = False
        self.settled = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "raise":
            raise UnreadableError("too-big", "the target's own words", "a hint")
        self.calls.append(("start", f"{tag} {dict(attributes)}" if attributes else tag))

    def data(self, data: str) -> None:
        self.calls.append(("data", data))

    def end(self, tag: str) -> None:
        self.calls.append(("end", tag))

    def settle(self) -> None:
        self.settled += 1

    def close(self) -> None:
        self.calls.append(("close", ""))


def test_walk_gives_starts_and_ends_of_the_tags_asked_for() -> None:
    text = '<a xmlns="urn:x"><b n="1"><c/><d/></b><!-- no --><b n="2"/><?pi?></a>'
    found = [
        (event, local(element), element.get("n"))
        for event, element in walk(content_of(text), LIMITS, "b", "d")
    ]
    assert found == [
        ("start", "b", "1"),
        ("start", "d", None),
        ("end", "d", None),
        ("end", "b", "1"),
        ("start", "b", "2"),
        ("end", "b", "2"),
    ]


def test_an_element_is_whole_at_its_end_and_its_siblings_are_not_lost() -> None:
    many = "".join(f"<b><c>{n}</c></b><x>{n}</x>" for n in range(1_000))
    texts: list[str | None] = []
    others = 0
    for event, element in walk(content_of(f"<a>{many}</a>"), LIMITS, "a", "b"):
        if event == "end" and local(element) == "b":
            texts.append(element[0].text)
        elif event == "end":
            others = sum(local(child) == "x" for child in element)
            left = sum(local(child) == "b" for child in element)
            assert 0 < left < 200
    assert texts == [str(n) for n in range(1_000)]
    assert others == 1_000


def test_feed_calls_the_target_in_document_order() -> None:
    target = Recorder()
    feed(content_of("<a><b n='1'>x<!-- no -->y</b></a>"), target, LIMITS)
    joined = [call for call in target.calls if call[0] != "data"]
    assert joined == [("start", "a"), ("start", "b {'n': '1'}"), ("end", "b"), ("end", "a"), ("close", "")]
    assert "".join(text for kind, text in target.calls if kind == "data") == "xy"


def test_the_target_settles_texts_again_and_again_in_a_long_one() -> None:
    target = Recorder()
    feed(content_of(f"<a>{'x' * 1_000_000}</a>"), target, LIMITS)
    assert target.settled > 10


def test_what_the_target_raises_comes_out() -> None:
    with pytest.raises(UnreadableError, match="the target's own words"):
        feed(content_of("<a><raise/></a>"), Recorder(), LIMITS)


def read_all(text: str, way: str) -> None:
    if way == "feed":
        feed(content_of(text), Recorder(), LIMITS)
    else:
        list(walk(content_of(text), LIMITS, "none"))


@pytest.mark.parametrize("way", ["walk", "feed"])
@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("<a><b>", "not-well-formed", "the file ends in the middle of an element (line 1, column 7: "),
        ("<a>\n<b></a>", "not-well-formed", "not well-formed XML at line 2, column "),
        ("<a/><b/>", "not-well-formed", "Extra content"),
        ("<a>&nbsp;</a>", "not-well-formed", "'nbsp'"),
        ("<a>\x1b</a>", "not-well-formed", "invalid Char"),
    ],
)
def test_what_is_not_well_formed_is_told_with_its_place(way: str, text: str, kind: str, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_all(text, way)
    assert caught.value.problem.kind == kind
    assert words in caught.value.problem.message
    assert caught.value.problem.hint


def test_walk_bounds_the_depth_of_what_is_asked_for() -> None:
    text = "<a>" * 20 + "</a>" * 20
    assert len(list(walk(content_of(text), Limits(xml_depth=20), "a"))) == 40
    with pytest.raises(UnreadableError, match="nested more than 19 deep"):
        list(walk(content_of(text), Limits(xml_depth=19), "a"))
    with pytest.raises(UnreadableError, match="nested more than 2,048 deep"):
        list(walk(content_of("<a>" * 3_000), LIMITS, "b"))


def test_a_document_that_declares_an_entity_is_refused_here_too() -> None:
    with pytest.raises(UnreadableError) as caught:
        list(walk(content_of("<!DOCTYPE a [<!ENTITY x 'y'>]><a><b/></a>"), LIMITS, "b"))
    assert caught.value.problem.kind == "entity-declaration"


@pytest.mark.parametrize("way", ["walk", "feed"])
def test_a_document_type_is_not_fetched_from_the_disk(way: str, tmp_path: Path) -> None:
    (tmp_path / "broken.dtd").write_text("<!ELEMENT a <<<")  # whoever read it would say so
    read_all(f'<!DOCTYPE a SYSTEM "{tmp_path / "broken.dtd"}"><a><b/></a>', way)


@pytest.mark.parametrize("way", ["walk", "feed"])
def test_a_cut_document_with_a_type_is_told_where_it_is_cut(way: str) -> None:
    with pytest.raises(UnreadableError, match="line 3, column"):
        read_all('<!DOCTYPE a SYSTEM "http://example.com/a.dtd">\n<a>\n<b>', way)


def test_build_makes_a_small_tree() -> None:
    element = build("a", [("b", {"n": "1"}, "text"), ("c", {}, "")])
    assert [(child.tag, dict(child.attrib), child.text or "") for child in element] == [
        ("b", {"n": "1"}, "text"),
        ("c", {}, ""),
    ]
