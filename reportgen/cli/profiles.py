"""`reportgen profiles`: the kinds of report."""

from __future__ import annotations

import click

from reportgen.cli import console
from reportgen.cli.options import found_configuration
from reportgen.cli.table import table
from reportgen.cli.terminal import safe
from reportgen.model.states import State


@click.command("profiles", short_help="List the kinds of report, or show one.")
@click.option("--show", metavar="NAME", help="Show the sections and words of one profile.")
@click.option("-c", "--config", metavar="FILE", help="The configuration, in place of the one found.")
def command(show: str | None, config: str | None) -> int:
    """List the profiles: kinds of report for `reportgen build -p PROFILE`.

    \b
    Examples:
      reportgen profiles
      reportgen profiles --show default
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    from reportgen.render.profiles import list_profiles, load_profile  # noqa: PLC0415 - opened when needed

    templates = found_configuration(config).templates
    if show is None:
        rows = [(profile.name, profile.summary) for profile in list_profiles(templates)]
        console.out(table(("profile", "is"), rows))
        return 0
    profile = load_profile(show, templates)
    words = [(state.value, profile.state_word(state), profile.verdict_word(state)) for state in State]
    console.out(
        f"{safe(profile.name)}: {safe(profile.summary)}\n\n"
        + table(("section",), [(section,) for section in profile.sections])
        + "\n"
        + table(("state", "word", "verdict"), words)
    )
    return 0
