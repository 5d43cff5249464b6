"""Everything that one run is told: by the defaults, then the file, then the flags."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from reportgen.model.about import NOTHING_SAID, About
from reportgen.model.evidence import JoinRules
from reportgen.model.guidance import NO_GUIDANCE, Guidance
from reportgen.model.limits import Limits
from reportgen.model.notes import Note
from reportgen.model.policy import Policy
from reportgen.model.signoff import SignOff


class Input(Struct, frozen=True):
    """An input as the user wrote it: a file, a folder, a glob or `-` (standard input).

    `layer`, `environment` and `format` are empty where the user left them to the content.
    """

    path: str
    layer: str = ""
    environment: str = ""
    format: str = ""


class Config(Struct, frozen=True, kw_only=True):
    """One run. `root` is the project root, to which printed paths are relative.

    `config_file` is where the configuration was read from, None where there was none. `formats` and
    `output` are as on the command line, `output` absolute or empty. `source_roots` are folders with the
    sources of the examined files, which tell their sizes. `secrets` are further patterns to redact.
    `signoff` is what people answered and decided. `source_url` is where the sources are to be seen, with
    {path}, {line} and {revision}; of the code `code_lines` are shown around a place, for `code_excerpts`
    places. `note_places` say where the section of each of the `notes` is named, `named_at` where the file
    names a profile or format.
    """

    root: Path
    config_file: Path | None = None
    title: str = "Audit report"
    revision: str | None = None
    inputs: tuple[Input, ...] = ()
    profiles: tuple[str, ...] = ("default",)
    formats: tuple[str, ...] = ()
    output: str = ""
    templates: Path | None = None
    policy: Policy = field(default_factory=Policy)
    join: JoinRules = field(default_factory=JoinRules)
    limits: Limits = field(default_factory=Limits)
    jobs: int = 1
    scope: tuple[str, ...] = ()
    about: About = NOTHING_SAID
    source_roots: tuple[Path, ...] = ()
    secrets: tuple[str, ...] = ()
    baseline: str = ""
    diff: str = ""
    notes: tuple[Note, ...] = ()
    note_places: tuple[str, ...] = ()
    named_at: dict[str, str] = field(default_factory=dict)
    signoff: SignOff = field(default_factory=SignOff)
    guidance: Guidance = NO_GUIDANCE
    source_url: str = ""
    code_lines: int = 2
    code_excerpts: int = 40
