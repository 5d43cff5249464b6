"""`reportgen explain`: why a gate, a criterion or a check came out as it did, and what would turn it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack

import click
from msgspec import structs

from reportgen.cli import console
from reportgen.cli.moment import moment
from reportgen.cli.options import PolicyFlags, configuration, overrides_of, policy_options
from reportgen.cli.table import table
from reportgen.cli.terminal import safe
from reportgen.config.overrides import Overrides
from reportgen.errors import ExitCode
from reportgen.model.evidence import EvidenceItem

if TYPE_CHECKING:
    from reportgen.judge.explaining.explanation import Explanation


class ExplainFlags(PolicyFlags):
    """The options of `explain`, as click passes them."""

    verbose: bool


@click.command("explain", short_help="Say why a gate or criterion came out as it did.")
@click.argument("name", metavar="GATE|CRITERION|CONDITION")
@click.argument("evidence", nargs=-1)
@policy_options
@click.option("-v", "--verbose", is_flag=True, help="Show where a bug is.")
def command(name: str, evidence: tuple[str, ...], **flags: Unpack[ExplainFlags]) -> int:
    """Say why a gate, a criterion or any condition came out as it did, and what would turn it.

    EVIDENCE and options are those of `reportgen build`.

    \b
    Examples:
      reportgen explain tests-pass reports/
      reportgen explain coverage
      reportgen explain 'coverage.lines.percent >= 80' coverage.xml

    \b
    Exit codes:
      0    explained, whatever it came to
      2    wrong usage or config, or there is nothing of that name
      3    no input was found
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    from reportgen import pipeline  # noqa: PLC0415 - it opens every room
    from reportgen.judge.explaining.explain import explain  # noqa: PLC0415 - likewise
    from reportgen.redact import Redactor  # noqa: PLC0415 - likewise

    config = configuration(flags, overrides_of(Overrides(evidence=evidence), flags))
    when = moment(flags["generated_at"], os.environ)
    against = pipeline.compare_with(config, stdin=console.stdin())
    joined = pipeline.quoted(pipeline.gather(config, stdin=console.stdin()), config, every=True)
    sized = structs.replace(config, policy=pipeline.sized(config, joined))
    audit = pipeline.audit_of(joined, sized, generated_at=when, against=against)
    explained = explain(name, audit, joined, sized.policy, against, signoff=config.signoff)
    clean = Redactor(config.secrets).clean
    sources = clean(tuple(joined.source_of(cited) for cited in explained.evidence))
    console.out("".join(f"{line}\n" for line in _told(clean(explained), sources)))
    return ExitCode.OK


def _told(told: Explanation, sources: tuple[EvidenceItem, ...]) -> Iterator[str]:
    """Lay out an explanation; every line of it is harmless."""
    yield safe(f"{told.name} ({told.kind}): {told.state}")
    yield from (safe(row) for row in (told.reason, told.turns) if row)
    if told.condition != told.name:
        yield ""
        yield safe(f"condition: {told.condition}")
    if told.values:
        yield ""
        yield table(("metric", "value"), told.values).rstrip()
    if told.margin:
        yield ""
        yield from (safe(f"margin: {row}") for row in told.margin)
    if sources:
        yield ""
        rows = [(item.id, item.path, item.holds) for item in sources]
        yield table(("evidence", "file", "holds"), rows).rstrip()
