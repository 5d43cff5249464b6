"""Profiles are TOML files, ours and the user's; a wrong one is told with file, key and the nearest name."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

import msgspec

from reportgen.errors import ConfigError
from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.render.folders import our_templates, template_folders

_UNKNOWN_KEY = re.compile(r"Object contains unknown field `([^`]*)`")
_UNKNOWN_STATE = re.compile(r"Invalid enum value '(.*)'")


def list_profiles(templates: Path | None = None) -> tuple[Profile, ...]:
    """Return every profile, by name; the user's own stand in for ours of the same name."""
    names = {path.stem for folder in _folders(templates) for path in folder.glob("*.toml")}
    return tuple(load_profile(name, templates) for name in sorted(names))


def load_profile(name: str, templates: Path | None = None) -> Profile:
    """Return the profile of this name. `ConfigError` where there is none, or its file cannot be used."""
    for folder in _folders(templates):
        path = folder / f"{name}.toml"
        if path.parent == folder and path.is_file():
            return _read(path, templates)
    names = sorted({path.stem for folder in _folders(templates) for path in folder.glob("*.toml")})
    raise ConfigError(f"there is no profile {name!r}", _nearest(name, names, "the profiles are"))


def _folders(templates: Path | None) -> tuple[Path, ...]:
    return tuple(folder / "profiles" for folder in template_folders(templates))


def _read(path: Path, templates: Path | None) -> Profile:
    where = _shown(path)
    try:
        profile = msgspec.toml.decode(path.read_bytes(), type=Profile)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}", _hint(str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{where}: it is no TOML: {error}", "mend the line that it names") from error
    except OSError as error:
        raise ConfigError(f"{where}: it cannot be read: {error.strerror}", "check its permissions") from error
    known = section_names(templates)
    for section in profile.sections:
        if section not in known:
            raise ConfigError(
                f"{where}: sections: there is no section {section!r}",
                _nearest(section, known, "the sections are"),
            )
    return msgspec.structs.replace(profile, name=path.stem)


def section_names(templates: Path | None = None) -> list[str]:
    """Return the names of all sections that there are templates for, ours and the user's."""
    folders = [folder / "markdown" / "sections" for folder in template_folders(templates)]
    return sorted({path.name.removesuffix(".md.j2") for folder in folders for path in folder.glob("*.md.j2")})


def _hint(message: str) -> str:
    keys = [key for key in Profile.__struct_fields__ if key != "name"]
    if key := _UNKNOWN_KEY.search(message):
        return _nearest(key[1], keys, "the keys are")
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
