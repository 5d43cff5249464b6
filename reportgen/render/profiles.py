"""Profiles are TOML files, ours and the user's; a wrong one is told with file, key and the nearest name."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

import msgspec

from reportgen.errors import ConfigError
from reportgen.model.profile import Profile
from reportgen.model.score_words import ScoreWord
from reportgen.model.section import Section
from reportgen.model.states import State
from reportgen.render.folders import our_templates, template_folders

_UNKNOWN_KEY = re.compile(r"Object contains unknown field `([^`]*)`")
_INSIDE = re.compile(r"at `\$\.(\w+)\[")
_TABLES: dict[str, type[msgspec.Struct]] = {"sections": Section, "score_words": ScoreWord}
_UNKNOWN_STATE = re.compile(r"Invalid enum value '(.*)'")


def list_profiles(templates: Path | None = None) -> tuple[Profile, ...]:
    """Return every profile, by name; the user's own stand in for ours of the same name."""
    names = {path.stem for folder in _folders(templates) for path in folder.glob("*.toml")}
    return tuple(load_profile(name, templates) for name in sorted(names))


def load_profile(name: str, templates: Path | None = None) -> Profile:
    """Return the profile of this name. `ConfigError` where there is none, or its file cannot be used."""
    path = _find(name, templates)
    where = _shown(path)
    try:
        profile = msgspec.convert(_tables(path, templates, (name,)), Profile)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}", _hint(str(error))) from error
    known = section_names(templates)
    for section in profile.names:
        if section not in known:
            raise ConfigError(
                f"{where}: sections: there is no section {section!r}",
                _nearest(section, known, "the sections are"),
            )
    return msgspec.structs.replace(profile, name=path.stem)


def profile_source(name: str, templates: Path | None = None) -> str:
    """Return the file of a profile as it is, to start one from. `ConfigError` as for `load_profile`."""
    load_profile(name, templates)
    return _text(_find(name, templates))


def _find(name: str, templates: Path | None) -> Path:
    for folder in _folders(templates):
        path = folder / f"{name}.toml"
        if path.parent == folder and path.is_file():
            return path
    names = sorted({path.stem for folder in _folders(templates) for path in folder.glob("*.toml")})
    raise ConfigError(f"there is no profile {name!r}", _nearest(name, names, "the profiles are"))


def _folders(templates: Path | None) -> tuple[Path, ...]:
    return tuple(folder / "profiles" for folder in template_folders(templates))


def _tables(path: Path, templates: Path | None, above: tuple[str, ...]) -> dict[str, object]:
    """Decode a file; what it does not say is as in the profile that it `extends`, key by key."""
    where = _shown(path)
    try:
        own: dict[str, object] = msgspec.toml.decode(_text(path))
    except msgspec.DecodeError as error:
        raise ConfigError(f"{where}: it is no TOML: {error}", "mend the line that it names") from error
    base = own.pop("extends", None)
    if base is None:
        return own
    if not isinstance(base, str) or base in above:
        told = "is the profile itself, or one that extends it" if base in above else "is no name"
        raise ConfigError(f"{where}: extends: {base!r} {told}", "name the profile to start from")
    return {**_tables(_find(base, templates), templates, (*above, base)), **own}


def _text(path: Path) -> str:
    where = _shown(path)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where}: it is no TOML: it is not UTF-8", "save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{where}: it cannot be read: {error.strerror}", "check its permissions") from error


def section_names(templates: Path | None = None) -> list[str]:
    """Return the names of all sections that there are templates for, ours and the user's."""
    folders = [folder / "markdown" / "sections" for folder in template_folders(templates)]
    return sorted({path.name.removesuffix(".md.j2") for folder in folders for path in folder.glob("*.md.j2")})


def _hint(message: str) -> str:
    keys = [*(key for key in Profile.__struct_fields__ if key != "name"), "extends"]
    if key := _UNKNOWN_KEY.search(message):
        inside = _INSIDE.search(message)
        kind = _TABLES.get(inside[1]) if inside else None
        return _nearest(key[1], list(kind.__struct_fields__) if kind else keys, "the keys are")
    if state := _UNKNOWN_STATE.search(message):
        return _nearest(state[1], [known.value for known in State], "the states are")
    return f"the keys are {', '.join(keys)}"


def _nearest(name: str, names: list[str], words: str) -> str:
    """Say which name was probably meant, and all there are."""
    close = get_close_matches(name, names, n=1)
    return f"{f'did you mean {close[0]!r}? ' if close else ''}{words} {', '.join(names)}"


def _shown(path: Path) -> str:
    ours = our_templates()
    return path.relative_to(ours.parent).as_posix() if path.is_relative_to(ours) else path.as_posix()
