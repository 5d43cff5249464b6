"""Reads a report back as a page, and holds it against the model that it was printed from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from reportgen.model.audit import Audit, CriterionScore
from reportgen.model.profile import Profile
from reportgen.model.score_words import DEPLOY, HOLD
from reportgen.model.states import State
from reportgen.render.escape import Markdown, visible
from reportgen.render.outline import slug
from reportgen.render.scores import criterion_cell, score_number, score_text
from reportgen.render.views.areas import area_title
from reportgen.render.wording import clipped
from tests.golden.model_numbers import allowed_numbers, numbers_in

_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|â€|â[œšŒ]|Â[\u00a0-\u00bf]|ï»¿|ðŸ|\ufffd")
_TOTALS = frozenset(("total", "all", "sum", "together"))
_GRADE = re.compile(r"\bgrade (?:is )?([A-Z][+-]?)(?![\w+-])")
_SCORE = re.compile(r"\bScore (\S+) of (?:100|10)\b")
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.? ")
_NAMES = frozenset(("name", "title", "text", "role"))
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")


class Cell(NamedTuple):
    """A cell as it is read: its text without code, all of it, and its bold words with what stands before."""

    text: str
    whole: str
    badges: tuple[str, ...]


class Part(NamedTuple):
    """A heading, list item or paragraph outside tables and quotations."""

    kind: str
    level: int
    cell: Cell


class Page(NamedTuple):
    """A report, taken apart."""

    tokens: list[Token]
    lines: list[str]
    parts: list[Part]
    tables: list[list[list[Cell]]]

    @property
    def headings(self) -> list[Part]:
        """The headings, in order."""
        return [part for part in self.parts if part.kind == "heading"]


def contradictions(markdown: str, audit: Audit, profile: Profile) -> list[str]:
    """Return everything in a report that the model does not say; none where the page is right."""
    page = read(markdown)
    return [
        *_wrong_tables(page),
        *_wrong_headings(page, profile),
        *_empty_sections(page),
        *_wrong_marks(page, audit),
        *_wrong_states(page, audit, profile),
        *_wrong_scores(page, audit, profile),
        *_wrong_numbers(page, audit, profile),
        *_wrong_layers(page, audit),
        *_wrong_standings(page, audit),
        *_wrong_criteria(page, audit, profile),
        *_wrong_recommendation(page, audit, profile),
        *_misdecoded(markdown, audit),
    ]


def read(markdown: str) -> Page:
    """Take a page apart; what is quoted is left out."""
    tokens = MarkdownIt("js-default").parse(markdown)
    parts: list[Part] = []
    tables: list[list[list[Cell]]] = []
    quotes = 0
    for before, token in pairwise([Token("", "", 0), *tokens]):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if quotes:
            continue
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and before.type in {"td_open", "th_open"}:
            tables[-1][-1].append(_cell(token))
        elif token.type == "inline":
            kind = "heading" if before.type == "heading_open" else "text"
            level = int(before.tag[1]) if kind == "heading" else token.level
            parts.append(Part(kind, level, _cell(token)))
    return Page(tokens, markdown.split("\n"), parts, tables)


def _cell(token: Token) -> Cell:
    children = token.children or []
    text = "".join(
        " " if child.type in {"code_inline", "softbreak"} else child.content
        for child in children
        if child.type in {"text", "code_inline", "softbreak"}
    )
    whole = "".join(child.content or " " * (child.type == "softbreak") for child in children)
    threes = zip([Token("", "", 0), *children], children, children[1:], strict=False)
    badges = tuple(_badge(before, word) for before, mark, word in threes if mark.type == "strong_open")
    return Cell(text, whole, badges)


def _badge(before: Token, word: Token) -> str:
    icon = before.content.strip(" ").rpartition(" ")[2] if before.type == "text" else ""
    return f"{icon} {word.content}".strip()


def _wrong_tables(page: Page) -> Iterator[str]:
    for token in page.tokens:
        if token.type == "table_open" and token.map is not None:
            lines = [line for line in page.lines[token.map[0] : token.map[1]] if line]
            if len({len(_PIPE.findall(line)) for line in lines}) != 1:
                yield f"a table is not rectangular: {lines[0]}"
            if len(lines) < 3:
                yield f"a table has no row: {lines[0]}"
    for head, *rows in page.tables:
        totals = [row for row in rows if row[0].whole.strip().casefold() in _TOTALS]
        others = [row for row in rows if row not in totals]
        for total in totals[:1]:
            for column in range(1, len(head)):
                cells = [_whole(row[column].whole) for row in (*others, total)]
                known = [cell for cell in cells if cell is not None]
                if len(known) == len(cells) and sum(known[:-1]) != known[-1]:
                    made = sum(known[:-1])
                    yield f"the total of {head[column].whole!r} is {known[-1]}, and the rows make {made}"


def _whole(text: str) -> int | None:
    plain = text.strip().replace(",", "")
    return int(plain) if plain.isdecimal() else None


def _wrong_headings(page: Page, profile: Profile) -> Iterator[str]:
    levels = [part.level for part in page.headings]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"the page does not begin with its one title: {levels[:3]}"
    for (_, before, _), (_, after, cell) in pairwise(page.headings):
        if after > before + 1:
            yield f"{cell.whole!r} skips a level"
    counts: list[int] = []
    numbered = False
    for part in page.headings if profile.numbering else ():
        depth = part.level - 2
        found = _NUMBERED.match(part.cell.whole)
        if depth == 0:
            title = part.cell.whole
            numbered = found is not None
            if not numbered and not profile.unnumbered:
                yield f"{title!r} has no number"
        if depth < 0 or depth >= profile.numbering or not numbered:
            continue
        counts = [*counts[: depth + 1], *[0] * (depth + 1 - len(counts))]
        counts[depth] += 1
        if found is None or found[1] != ".".join(map(str, counts)):
            yield f"{part.cell.whole!r} is numbered otherwise than {'.'.join(map(str, counts))}"


def _empty_sections(page: Page) -> Iterator[str]:
    tokens = page.tokens
    for at, token in enumerate(tokens):
        if token.type == "heading_close":
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if following is None or (following.type == "heading_open" and following.tag <= token.tag):
                yield f"the section {tokens[at - 1].content!r} is empty"


def _wrong_marks(page: Page, audit: Audit) -> Iterator[str]:
    known = {item.id for item in audit.evidence}
    rows = {table_row[0].whole for table in page.tables for table_row in table if table[0][0].whole == "Id"}
    anchors = {slug(part.cell.whole) for part in page.headings}
    for token in page.tokens:
        for child, words in pairwise(token.children or ()):
            href = str(child.attrGet("href") or "")
            if child.type != "link_open" or not href.startswith("#"):
                continue
            mark = re.fullmatch(r"E[0-9]+", words.content)
            if mark and words.content not in known:
                yield f"a mark names {words.content!r}, which is no evidence"
            if mark and words.content not in rows:
                yield f"the mark {words.content} has no row in the index"
            if href[1:] not in anchors:
                yield f"the mark {words.content} leads to {href}, and there is no such heading"


def _wrong_states(page: Page, audit: Audit, profile: Profile) -> Iterator[str]:
    states = {s: f"{visible(profile.icon(s))} {visible(profile.state_word(s))}".strip() for s in State}
    verdicts = {s: f"{visible(profile.icon(s))} {visible(profile.verdict_word(s))}".strip() for s in State}
    outside = [badge for part in page.parts if part.kind == "text" for badge in part.cell.badges]
    marks = [badge for badge in outside if badge in {*states.values(), *verdicts.values()}]
    if marks and marks[0] != verdicts[audit.verdict]:
        yield f"the report begins with {marks[0]!r}, and the verdict is {audit.verdict.value}"
    of_scores = {
        f"{visible(profile.icon(word.state))} {visible(word.word)}".strip() for word in profile.score_words
    }
    only_verdicts = {*verdicts.values()} - {*states.values()} - of_scores - {verdicts[audit.verdict]}
    for cell in _cells(page):
        for badge in only_verdicts.intersection(cell.badges):
            yield f"{badge!r} stands in the report, and the verdict is {audit.verdict.value}"
    told: dict[str, set[str]] = {}
    for text, state in _judged(audit):
        for key in (visible(text), visible(clipped(text, 400)), visible(clipped(text, 120))):
            told.setdefault(key, set()).add(states[state])
    for row in (row for table in page.tables for row in table[1:]):
        yield from _row_states(row, told, {*states.values()})


def _judged(value: object) -> Iterator[tuple[str, State]]:
    """Yield what has a state of its own, by each of its names."""
    if isinstance(value, Struct):
        state = getattr(value, "state", None)
        for name in value.__struct_fields__:
            own = getattr(value, name)
            if isinstance(state, State) and name in _NAMES and isinstance(own, str) and own:
                yield own, state
            yield from _judged(own)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _judged(item)


def _row_states(row: list[Cell], told: dict[str, set[str]], states: set[str]) -> Iterator[str]:
    badges = [badge for cell in row for badge in cell.badges if badge in states]
    right = next((told[cell.whole.strip()] for cell in row if cell.whole.strip() in told), None)
    if right is not None and len(badges) == 1 and badges[0] not in right:
        yield f"{row[1].whole!r} is printed as {badges[0]!r}, and is {' or '.join(sorted(right))}"


def _cells(page: Page) -> Iterator[Cell]:
    for part in page.parts:
        yield part.cell
    for table in page.tables:
        for row in table:
            yield from row


def _wrong_scores(page: Page, audit: Audit, profile: Profile) -> Iterator[str]:
    score = audit.score
    grades = {score.grade}
    if audit.changes is not None and audit.changes.score is not None:
        grades |= {audit.changes.score.grade_then, audit.changes.score.grade_now}
    right = {score_number(each, profile) for each in (score.value, score.lower) if each is not None}
    ours = {*audit.summary.concerns, *audit.summary.strengths, *audit.method, *audit.scope}
    for part in page.parts:
        if part.kind != "text" or part.cell.whole in {visible(each) for each in ours}:
            continue
        for grade in _GRADE.findall(part.cell.text):
            if grade not in grades:
                yield f"the grade {grade} is printed, and is {score.grade}"
        for number in _SCORE.findall(part.cell.text):
            if number not in right:
                yield f"the score {number} is printed, and is {' or '.join(sorted(right))}"


def _wrong_numbers(page: Page, audit: Audit, profile: Profile) -> Iterator[str]:
    allowed = allowed_numbers(audit, profile)
    for part in page.parts:
        text = part.cell.text
        if part.kind == "heading" and profile.numbering:
            text = _NUMBERED.sub("", text, count=1)
        for number in sorted(numbers_in(text) - allowed):
            yield f"{number} is not a number of the model: {text[:100]!r}"
    for table in page.tables:
        for cell in (cell for row in table for cell in row):
            for number in sorted(numbers_in(cell.text) - allowed):
                yield f"{number} is not a number of the model: {cell.text[:100]!r}"


def _wrong_layers(page: Page, audit: Audit) -> Iterator[str]:
    """Hold the table of layers against their counts."""
    layers = audit.tests.by_layer if audit.tests is not None else {}
    for head, *rows in page.tables:
        names = [cell.whole for cell in head]
        if names[:1] != ["Layer"] or "Passed" not in names or "Suite" in names:
            continue
        for row in rows:
            layer = next((counts for name, counts in layers.items() if visible(name) == row[0].whole), None)
            for name, cell in zip(names, row, strict=False):
                right = getattr(layer, {"tests": "total"}.get(name.lower(), name.lower()), None)
                if isinstance(right, int) and cell.whole.replace(",", "") != str(right):
                    yield f"layer {row[0].whole}: {name} is printed as {cell.whole}, and is {right}"


def _wrong_standings(page: Page, audit: Audit) -> Iterator[str]:
    """Nothing is called protected of which the model says that it is at risk, or not known."""
    standings: dict[str, set[str]] = {}
    for subject in audit.subjects:
        for name in (subject.name, subject.title, f"{subject.title} ({subject.name})"):
            standings.setdefault(visible(clipped(name, 200)), set()).add(subject.standing)
    for head, *rows in page.tables:
        column = next((at for at, cell in enumerate(head) if cell.whole == "Standing"), None)
        for row in rows if column is not None else ():
            right = standings.get(row[0].whole.strip())
            if right is not None and row[column or 0].whole not in right:
                told = row[column or 0].whole
                yield f"{row[0].whole!r} is printed as {told!r}, and is {' or '.join(sorted(right))}"


def _wrong_criteria(page: Page, audit: Audit, profile: Profile) -> Iterator[str]:
    for head, *rows in page.tables:
        names = [cell.whole for cell in head]
        if "Criterion" not in names or "Score" not in names:
            continue
        for row in rows:
            name = row[names.index("Criterion")].whole.removesuffix(" (required)")
            printed = row[names.index("Score")].whole
            right = {
                _plainly(criterion_cell(criterion, profile))
                for criterion in audit.criteria
                if name in {visible(criterion.title), visible(criterion.name)}
            }
            if "State" in names:  # the score stands alone, and its state beside it
                right = {score_text(each.score, profile) for each in _criteria_named(audit, name)}
                yield from _wrong_state_of_score(audit, profile, name, row[names.index("State")])
            if right and printed not in right:
                yield f"the score of {name!r} is printed as {printed}, and is {' or '.join(sorted(right))}"


def _criteria_named(audit: Audit, name: str) -> list[CriterionScore]:
    return [
        each
        for each in audit.criteria
        if name in {visible(each.title), visible(each.name), visible(area_title(each))}
    ]


def _wrong_state_of_score(audit: Audit, profile: Profile, name: str, cell: Cell) -> Iterator[str]:
    """Nothing that was not measured, and no criterion with a failing check, is printed like a pass."""
    good = {f"{visible(profile.icon(State.PASS))} {visible(profile.state_word(State.PASS))}".strip()}
    good |= {
        f"{visible(profile.icon(State.PASS))} {visible(word.word)}".strip()
        for word in profile.score_words
        if word.state is State.PASS
    }
    named = _criteria_named(audit, name)
    bad = [each for each in named if each.score is None or any(c.state is State.FAIL for c in each.checks)]
    if bad and len(bad) == len(named) and good.intersection(cell.badges):
        yield f"the state of {name!r} is printed as {cell.badges[0]!r}"


def _wrong_recommendation(page: Page, audit: Audit, profile: Profile) -> Iterator[str]:
    """Nobody is told to deploy what fails, or what is not known."""
    deploy = visible(profile.words.get("deploy", DEPLOY))
    held = audit.verdict not in {State.PASS, State.WARN}
    for badge in (badge for part in page.parts if part.kind == "text" for badge in part.cell.badges):
        if held and badge.endswith(deploy) and not badge.endswith(profile.words.get("hold", HOLD)):
            yield f"{badge!r} is recommended, and the verdict is {audit.verdict.value}"


def _plainly(made: str | Markdown) -> str:
    return made if isinstance(made, str) else made.source.replace("**", "").replace("\\", "")


def _misdecoded(markdown: str, audit: Audit) -> Iterator[str]:
    told = repr(audit)
    for found in sorted({each for each in _MOJIBAKE.findall(markdown) if each not in told}):
        yield f"{found!r} is mis-decoded"
