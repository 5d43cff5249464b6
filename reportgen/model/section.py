"""A section as a profile places it: which template, under which heading, with what told to it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

Option = str | int | bool | list[str]

TOP = 2
"""The level of a section's heading; the title of the report is 1."""
_DEEPEST = 4


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in a report.

    - `section`: the template `markdown/sections/NAME.md.j2`; without one it is a heading for those below it,
      and left out where they have nothing to say.
    - `title`: the words of its first heading, in place of the template's. `headings`: likewise for those
      below, the template's words to ours.
    - `level`: of its first heading; 3 puts it under the section before it.
    - `intro`: a sentence of the profile's own under the heading. `otherwise`: what stands there where the
      template has nothing to say; without it the section is left out.
    - `limit`: how many rows its lists print. `options`: what its template and its view read.
    """

    section: str = ""
    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    level: int = TOP
    intro: str = ""
    otherwise: str = ""
    limit: int | None = None
    options: Mapping[str, Option] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a place without a template and a title, and what cannot be printed."""
        if not (self.section or self.title.strip()):
            raise ValueError("an entry of `sections` has a `section`, a `title`, or both")
        if not TOP <= self.level <= _DEEPEST:
            raise ValueError(f"`level` is {self.level}; it is {TOP} to {_DEEPEST}")
        if self.limit is not None and self.limit < 1:
            raise ValueError(f"`limit` is {self.limit}; it must be at least 1")
        if self.otherwise and not self.section:
            raise ValueError(f"{self.title!r}: `otherwise` is of an entry with a `section`")

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that is printed of the profile's own."""
        return (self.title, *self.headings.values(), self.intro, self.otherwise)

    @property
    def as_is(self) -> bool:
        """Whether the template's headings stand as they are."""
        return not (self.title or self.headings or self.intro or self.otherwise) and self.level == TOP
