"""`reportgen profiles`: the kinds of report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap

import click

from reportgen.cli import console
from reportgen.cli.options import found_configuration
from reportgen.cli.table import table
from reportgen.cli.terminal import safe
from reportgen.model.states import State


@click.command("profiles", short_help="List the kinds of report, or show one.")
@click.option("--show", metavar="NAME", help="Print the file of one profile, to start another from.")
@click.option("-c", "--config", metavar="FILE", help="The configuration, in place of the one found.")
def command(show: str | None, config: str | None) -> int:
    """List the profiles: kinds of report for `reportgen build -p PROFILE`.

    \b
    Examples:
      reportgen profiles
      reportgen profiles --show default
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    from reportgen.render.profiles import list_profiles, load_profile, profile_source, section_names  # noqa: PLC0415 - opened when needed

    templates = found_configuration(config).templates
    if show is None:
        rows = [(profile.name, profile.summary) for profile in list_profiles(templates)]
        console.out(table(("profile", "is"), rows))
        return 0
    profile = load_profile(show, templates)
    lines = [
        f"# Profile {profile.name}. Save it as profiles/NAME.toml in the folder that `templates`",
        "# of your configuration names, change it, and name it: reportgen build -p NAME",
        "",
        *profile_source(show, templates).splitlines(),
        "",
        *_commented(f"the sections are {', '.join(section_names(templates))}"),
        *_commented(_words("state words", {state: profile.state_word(state) for state in State})),
        *_commented(_words("verdict words", {state: profile.verdict_word(state) for state in State})),
    ]
    console.out("".join(f"{_indent(row)}{safe(row)}\n" for row in lines))
    return 0


def _indent(row: str) -> str:
    return " " * (len(row) - len(row.lstrip(" ")))


def _words(what: str, words: Mapping[State, str]) -> str:
    return f"the {what} are {', '.join(f'{state.value} = {safe(word)}' for state, word in words.items())}"


def _commented(text: str) -> Iterator[str]:
    """Break a text into lines of a comment."""
    yield from wrap(safe(text), 100, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)
