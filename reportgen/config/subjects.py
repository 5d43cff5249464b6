"""The subjects of a policy, and whether the names of subjects and layers in its conditions are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from reportgen.config.place import Place, from_root
from reportgen.config.requirements import load_requirements
from reportgen.config.settings import Settings
from reportgen.config.spoken_names import refuse_unknown_names
from reportgen.config.tables.subjects import PROPERTIES, each_once, requirement_of, subjects_of
from reportgen.model.policy import Policy
from reportgen.model.subjects import Subject


def with_subjects(policy: Policy, settings: Settings, place: Place, root: Path) -> Policy:
    """Add the subjects, requirements among them, and refuse a condition that speaks of one that is not there.

    Raises `ConfigError` for a file of requirements that is not right, and for two subjects of one name.
    """
    table = settings.requirements
    listed = each_once(_all(settings, place, root), place.at("subjects"))
    has_requirements = any(each.kind == "requirement" for each in listed)
    properties = table.properties
    if properties is None:
        properties = list(PROPERTIES) if has_requirements or table.files else []
    subjects = {each.name for each in listed}
    if properties and not has_requirements:
        subjects = set()  # tests tell which requirements there are
    refuse_unknown_names(policy, settings, place, listed, subjects if subjects or not properties else None)
    return structs.replace(policy, subjects=listed, requirement_properties=tuple(dict.fromkeys(properties)))


def _all(settings: Settings, place: Place, root: Path) -> Iterator[Subject]:
    yield from subjects_of(settings.subjects, place.at("subjects"))
    here = place.at("requirements")
    for number, item in enumerate(settings.requirements.items):
        yield requirement_of(item, here.at("items", number), place.file)
    for number, given in enumerate(settings.requirements.files):
        yield from load_requirements(root / given, from_root(given, root), here.at("files", number))
