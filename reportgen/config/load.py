"""One run's configuration: the defaults, then the file, then the flags."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from msgspec import structs

from reportgen.config.decode import decode
from reportgen.config.exact import exact
from reportgen.config.find import Found, find_config, read_config
from reportgen.config.overrides import Overrides, inputs_of
from reportgen.config.place import Place
from reportgen.config.settings import Settings
from reportgen.config.signoff import load_signoff
from reportgen.config.subjects import with_subjects
from reportgen.config.tables.about import about_of
from reportgen.config.tables.checklist import checks_of
from reportgen.config.tables.criteria import criteria_of
from reportgen.config.tables.expected import expected_of
from reportgen.config.tables.gates import baseline_gates_of, flag_gates, gates_of, switched_off
from reportgen.config.tables.guidance import guidance_of, source_url_of
from reportgen.config.tables.inputs import inputs_of as inputs_of_rows
from reportgen.config.tables.layers import layer_globs, layer_inputs, layer_patterns
from reportgen.config.tables.matrix import matrix_of
from reportgen.config.tables.minimums import minimum_gates
from reportgen.config.tables.notes import notes_of
from reportgen.config.tables.scales import effort_of, grades_of
from reportgen.config.tables.slas import slas_of
from reportgen.config.tables.waivers import waivers_of
from reportgen.config.targets import STANDARD_OUTPUT, is_folder
from reportgen.model.config import Config, Input
from reportgen.model.evidence import JoinRules
from reportgen.model.limits import Limits
from reportgen.model.policy import Gate, Policy

_MOST_SCORE = 100


def load_config(path: Path | None = None, *, cwd: Path, overrides: Overrides | None = None) -> Config:
    """Read the configuration `path`, else the one that is found from `cwd`, the working folder, upwards.

    `overrides` are the flags of the command line; their evidence stays as it was given. Raises `ConfigError`
    for a file that cannot be read, for two of them in one folder, and for a wrong key or value.
    """
    here = cwd.absolute()
    flags = overrides or Overrides()
    found = find_config(here) if path is None else read_config(here / path, here)
    settings, place = _settings(found)
    root = _root(found, here)
    configured = _configured(settings, place, root)
    policy = with_subjects(_policy(settings, place, flags), settings, place, root)
    return Config(
        root=root,
        config_file=found.path if found else None,
        title=(flags.title or "").strip() or settings.title,
        revision=_revision(settings.revision if flags.revision is None else flags.revision),
        inputs=inputs_of(flags, configured, cwd=here),
        profiles=tuple(dict.fromkeys(flags.profiles or settings.profiles)) or ("default",),
        formats=_formats(settings, flags, here),
        output=_output(settings, flags, here, root),
        templates=_folder(settings.templates, root, place.at("templates")) if settings.templates else None,
        policy=policy,
        join=_join(settings, place, flags, root),
        limits=_limits(settings, place),
        jobs=flags.jobs,
        scope=tuple(settings.scope),
        about=about_of(settings.about, settings.layers, place.at("about")),
        source_roots=_source_roots(settings, root, place),
        secrets=tuple(settings.secrets),
        baseline=_file(flags.baseline, settings.baseline, here, root),
        diff=_file(flags.diff, settings.diff, here, root),
        notes=notes_of(settings.notes, place.at("notes"), root),
        note_places=tuple(place.at("notes", n, "section").where for n in range(len(settings.notes))),
        named_at={name: at.where for name, at in _named_at(settings, place)},
        signoff=load_signoff(root if found else None, here, policy.checks, tuple(settings.approvals)),
        guidance=guidance_of(settings.verify, place.at("verify")),
        source_url=source_url_of(settings.source_url, place.at("source_url")),
        code_lines=settings.code_lines,
        code_excerpts=settings.code_excerpts,
    )


def _settings(found: Found | None) -> tuple[Settings, Place]:
    if found is None:
        return Settings(), Place("", "")
    return decode(found.raw, Settings, found.place), found.place


def _root(found: Found | None, cwd: Path) -> Path:
    """Take the folder of the configuration; one that is no file (a pipe, a device) stands nowhere."""
    return found.path.absolute().parent if found and found.path.is_file() else cwd


def _configured(settings: Settings, place: Place, root: Path) -> tuple[Input, ...]:
    """List the configured inputs, with absolute paths: they are meant from the configuration's folder."""
    own = inputs_of_rows(settings.inputs, place.at("inputs"))
    rows = own + layer_inputs(settings.layers, place.at("layers"))
    return tuple(structs.replace(row, path=_absolute(row.path, root)) for row in rows)


def _absolute(path: str, root: Path) -> str:
    return path if path == "-" else os.path.join(root, path)  # noqa: PTH118 - a closing slash must stay


def _named_at(settings: Settings, place: Place) -> Iterator[tuple[str, Place]]:
    """Yield the profiles and formats that are named, with their place: other rooms know which there are."""
    for number, name in enumerate(settings.profiles):
        yield name, place.at("profiles", number)
    layers = [(table.inputs, place.at("layers", name)) for name, table in settings.layers.items()]
    for rows, above in ((settings.inputs, place), *layers):
        for number, row in enumerate(rows):
            if not isinstance(row, str) and row.format:
                yield row.format, above.at("inputs", number, "format")


def _revision(given: str | None) -> str | None:
    """Take a blank one, which a failed `git rev-parse` prints, as not stated: nobody can sign for it."""
    return (given or "").strip() or None


def _file(flag: str, configured: str, cwd: Path, root: Path) -> str:
    """Make the path of a file absolute: that of the flag, else the configured one; `-` and empty stay."""
    return _absolute(flag, cwd) if flag else _absolute(configured, root) if configured else ""


def _output(settings: Settings, flags: Overrides, cwd: Path, root: Path) -> str:
    """Make the output's path absolute; a closing slash, which says that it is a folder, stays."""
    base, given = (cwd, flags.output) if flags.output else (root, settings.output)
    if given in STANDARD_OUTPUT:
        return ""
    return f"{base / given}{'/' if given.endswith(('/', os.sep)) else ''}"


def _formats(settings: Settings, flags: Overrides, cwd: Path) -> tuple[str, ...]:
    """Take the formats of the flags, else the configured ones; what `-o` names alone has its own."""
    if flags.formats or flags.output == "-" or (flags.output and not is_folder(str(cwd / flags.output))):
        return flags.formats
    return tuple(dict.fromkeys(settings.formats))


def _folder(given: str, root: Path, place: Place) -> Path:
    path = root / given
    if not path.is_dir():
        raise place.error(f"there is no folder {given!r}", f"it is looked for in {root.as_posix()}")
    return path


def _source_roots(settings: Settings, root: Path, place: Place) -> tuple[Path, ...]:
    here = place.at("source_root")
    if isinstance(settings.source_root, str):
        return (_folder(settings.source_root, root, here),)
    return tuple(_folder(given, root, here.at(n)) for n, given in enumerate(settings.source_root))


def _policy(settings: Settings, place: Place, flags: Overrides) -> Policy:
    fail_under: Fraction | None = flags.fail_under
    if fail_under is None and settings.fail_under is not None:
        fail_under = exact(settings.fail_under, place.at("fail_under"), least=0, most=_MOST_SCORE)
    return Policy(
        criteria=criteria_of(settings.criteria, place.at("criteria")),
        gates=gates_of(settings.gates, place.at("gates")) + _minimums(settings) + flag_gates(flags.gates),
        baseline_gates=baseline_gates_of(settings.gates, place.at("gates")),
        grades=grades_of(settings.grades, place.at("grades")),
        severities=dict(settings.severity),
        effort=effort_of(settings.effort),
        sizes=dict(settings.sizes),
        without=frozenset((*settings.without, *flags.without)),
        expected=expected_of(settings.expected, place.at("expected")),
        slas=slas_of(settings.slas, place.at("slas")),
        fail_under=fail_under,
        slow_seconds=exact(settings.slow_seconds, place.at("slow_seconds"), least=0),
        switched_off=switched_off(settings.gates),
        waivers=waivers_of(settings.waivers, place.at("waivers")),
        waiver_warning_days=settings.waiver_warning_days,
        checks=checks_of(settings.checklist, place.at("checklist")),
        matrix=matrix_of(settings.matrix),
    )


def _minimums(settings: Settings) -> tuple[Gate, ...]:
    layers = {name: table.min_tests for name, table in settings.layers.items()}
    subjects = {name: table.min_tests for name, table in settings.subjects.items()}
    gates = minimum_gates(settings.min_tests, layers, subjects)
    return tuple(gate for gate in gates if gate.name not in settings.gates)


def _join(settings: Settings, place: Place, flags: Overrides, root: Path) -> JoinRules:
    return JoinRules(
        repeats=settings.repeats,
        layers=flags.layers + layer_globs(settings.layers, place.at("layers")),
        include=(*settings.include, *flags.include),
        exclude=(*settings.exclude, *flags.exclude),
        roots=(root.as_posix(), *settings.roots),
        placing=layer_patterns(settings.layers, place.at("layers")),
    )


def _limits(settings: Settings, place: Place) -> Limits:
    for name, value in structs.asdict(settings.limits).items():
        if value < 1:
            raise place.at("limits", name).error(f"expected a whole number of at least 1, got {value}")
    return settings.limits
