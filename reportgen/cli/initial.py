"""`reportgen init`: a commented configuration that fits this project."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli import console
from reportgen.cli.options import working_folder
from reportgen.config.find import OWN, SHARED, find_config
from reportgen.config.place import Place
from reportgen.config.starter import Project, holds_evidence, starter
from reportgen.config.starter_blocks import source_folders
from reportgen.errors import ConfigError
from reportgen.model.config import Input
from reportgen.model.facts import Facts
from reportgen.model.figures import plural
from reportgen.model.limits import Limits

_MOST = 5
_REQUIREMENTS = ("requirements.csv", "requirements.json", "docs/requirements.csv", "docs/requirements.json")


@click.command("init", short_help="Write a commented reportgen.toml for this project.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a bug is.")
def command(verbose: bool) -> int:
    """Look for evidence in this folder, and write a commented reportgen.toml that fits it.

    A configuration that is there already is never written over.

    \b
    Example:
      reportgen init && reportgen build

    \b
    Exit codes:
      0    written
      2    there is a configuration already
      6    it could not be written
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    del verbose  # `run` looks for it where an error ends
    folder = working_folder()
    _refuse_to_overwrite(folder)
    facts = _evidence_in(folder)
    project = Project(
        name=folder.name or "project",
        has_src=(folder / "src").is_dir(),
        facts=facts,
        requirements=_requirements_in(folder),
        owners=_owners_in(folder, facts),
    )
    _write(folder / OWN, starter(project))
    read = sum(map(holds_evidence, facts))
    broken = [each.source.path for each in facts if each.problems and not holds_evidence(each)]
    if broken:
        more = f" and {len(broken) - _MOST} more" if len(broken) > _MOST else ""
        console.line(f"not readable, and perhaps evidence: {', '.join(broken[:_MOST])}{more}")
    console.line(f"wrote {OWN}: {plural(read, 'file')} of evidence found; next: reportgen build")
    return 0


def _refuse_to_overwrite(folder: Path) -> None:
    if (folder / OWN).exists() or (folder / OWN).is_symlink():
        raise ConfigError(f"there is a {OWN} already", "edit it, or remove it first")
    found = find_config(folder)
    if found is not None and found.path.parent == folder:
        raise ConfigError(
            f"{SHARED} has a table [tool.reportgen] already",
            "edit it, or remove it first: two configurations in one folder are an error",
        )


def _evidence_in(folder: Path) -> tuple[Facts, ...]:
    from reportgen.collect import collect  # noqa: PLC0415 - rooms are opened when they are needed
    from reportgen.pipeline import read_all  # noqa: PLC0415 - likewise

    limits = Limits()
    return tuple(read_all(list(collect([Input(".")], root=folder, limits=limits)), limits))


def _requirements_in(folder: Path) -> tuple[str, ...]:
    """Name the files that list requirements, of the names that are usual; one that cannot be read is told."""
    from reportgen.config.requirements import load_requirements  # noqa: PLC0415 - seldom wanted

    found: list[str] = []
    for name in _REQUIREMENTS:
        if (folder / name).is_file():
            try:
                if any(load_requirements(folder / name, name, Place(OWN, ""))):
                    found.append(name)
            except ConfigError as error:
                console.line(f"left out, and perhaps requirements: {error.message}")
    return tuple(found)


def _owners_in(folder: Path, facts: tuple[Facts, ...]) -> dict[str, str]:
    """Say who owns the folders of the sources, by CODEOWNERS."""
    from reportgen.codeowners import read_owners  # noqa: PLC0415 - rooms are opened when they are needed
    from reportgen.model.owners import OwnerIndex  # noqa: PLC0415 - likewise

    owners, _ = read_owners(folder)
    index = OwnerIndex(owners)
    return {each: ", ".join(index.of(f"{each}/any")) for each in source_folders(facts)}


def _write(path: Path, text: str) -> None:
    from reportgen.output import write_reports  # noqa: PLC0415 - rooms are opened when they are needed

    write_reports({path: text})
