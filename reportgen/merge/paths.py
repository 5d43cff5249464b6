"""Which spellings are one file: roots taken off, then whole-segment suffixes, if no third file fits.

Two paths of one listing are never one file by their suffixes: `x.py` and `a/x.py` of one report are two. So
are they in two reports that write the path of some file alike, folder and all: these have one root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from reportgen.merge.spelling import Roots, Spelled, spell, under

_DEPTH = 64


class Listing(Struct, frozen=True):
    """The paths that one artifact lists, and the roots (`<source>`) that they may be relative to."""

    roots: tuple[str, ...]
    paths: tuple[str, ...]


class Unsettled(Struct, frozen=True, order=True):
    """A path of a listing that fits several files, so that it stands as a file of its own."""

    listing: int
    raw: str
    fits: tuple[str, ...]


class Settled(Struct, frozen=True):
    """What became of the spellings: `names` is a map for each listing, from the path as written to its file.

    `claims` is file -> the different absolute paths that its listings put it at, where there are several.
    """

    names: tuple[dict[str, str], ...]
    unsettled: tuple[Unsettled, ...]
    claims: dict[str, tuple[str, ...]]


class _Spelling(Struct, frozen=True):
    """`short` is what is compared; `longs` are the longer paths it may stand for; `up` is as in `Spelled`."""

    short: str
    anchor: str = ""
    longs: tuple[Spelled, ...] = ()
    up: int = 0


class _File(Struct):
    """A file, as far as known: bit n of a mask says that listing n has it, by a relative or absolute path."""

    name: str
    relative: int = 0
    absolute: int = 0
    anchor: str = ""

    def takes(self, node: _File) -> bool:
        return not (self.relative & node.relative or self.absolute & node.absolute)

    def take(self, node: _File) -> None:
        if self.anchor and not node.anchor:
            self.name, self.anchor = node.name, ""
        self.relative |= node.relative
        self.absolute |= node.absolute


class _Book(Struct):
    """Everything that is known of spellings while they are settled."""

    nodes: dict[str, _File] = field(default_factory=dict)
    longs: set[str] = field(default_factory=set)
    files: dict[str, _File] = field(default_factory=dict)
    fits: dict[str, list[_File]] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    torn: dict[str, list[_File]] = field(default_factory=dict)


def settle(listings: Iterable[Listing], roots: tuple[str, ...]) -> Settled:
    """Find out which paths of all `listings` are one file. `roots` are absolute prefixes to take off."""
    known = Roots(roots)
    book = _Book()
    spelt: dict[tuple[str, ...], dict[str, _Spelling]] = {}
    spellings = [_spell_all(listing, known, spelt.setdefault(listing.roots, {})) for listing in listings]
    for number, spelled in enumerate(spellings):
        _note(book, number, spelled.values())
    _join(book)
    names: list[dict[str, str]] = []
    unsettled: list[Unsettled] = []
    for number, spelled in enumerate(spellings):
        named: dict[str, str] = {}
        for raw, spelling in spelled.items():
            file, rivals = _file_of(book, spelling)
            named[raw] = file.anchor + file.name
            if rivals:
                unsettled.append(Unsettled(number, raw, rivals))
        unsettled.extend(Unsettled(number, raw, fits) for raw, fits in _above(spelled, named))
        names.append(named)
    return Settled(tuple(names), tuple(sorted(unsettled)), _claims(spellings, names))


def _spell_all(listing: Listing, known: Roots, spelt: dict[str, _Spelling]) -> dict[str, _Spelling]:
    """Bring the paths of a listing to one spelling; `spelt` remembers those of all with the same roots."""
    sources = [source for root in dict.fromkeys(listing.roots) if (source := spell(root)).path]
    own = Roots(listing.roots)
    for raw in listing.paths:
        if raw not in spelt:
            spelt[raw] = _spelling(spell(raw), sources, known, own)
    return {raw: spelt[raw] for raw in listing.paths}


def _spelling(path: Spelled, sources: list[Spelled], known: Roots, own: Roots) -> _Spelling:
    """Take off what can be taken off. One root under a known one is put on: that is where its paths lie."""
    if path.anchor:
        if (inside := known.take_off(path)) is not None:
            return _Spelling(inside.path)
        if (inside := own.take_off(path)) is not None:
            return _Spelling(inside.path, longs=(path,))
        return _Spelling(path.path, path.anchor)
    longs = tuple(known.take_off(long) or long for long in (under(source, path) for source in sources))
    if len(longs) == 1 and sources[0].anchor and not longs[0].anchor:
        return _Spelling(longs[0].path)
    return _Spelling(path.path, longs=longs, up=path.up)


def _note(book: _Book, number: int, spelled: Iterable[_Spelling]) -> None:
    bit = 1 << number
    for spelling in spelled:
        book.longs.update(long.path for long in spelling.longs)
        node = book.nodes.get(spelling.short)
        if node is None:
            node = book.nodes[spelling.short] = _File(spelling.short, anchor=spelling.anchor)
        if spelling.anchor:
            node.absolute |= bit
            node.anchor = min(node.anchor, spelling.anchor)
        else:
            node.relative |= bit
            node.anchor = ""


def _masks(nodes: Mapping[str, _File]) -> dict[int, int]:
    """Map the masks of relative paths to such as have one bit for all listings of one root."""
    masks = {file.relative for file in nodes.values()}
    alike = {file.relative for path, file in nodes.items() if "/" in path and file.relative.bit_count() > 1}
    groups: list[int] = []
    for mask in sorted(alike):
        joined = mask
        for group in [group for group in groups if group & mask]:
            groups.remove(group)
            joined |= group
        groups.append(joined)
    return {mask: _by_root(mask, groups) for mask in masks}


def _by_root(mask: int, groups: Iterable[int]) -> int:
    for group in groups:
        if mask & group:
            mask = (mask & ~group) | (group & -group)
    return mask


def _suffixes(path: str) -> Iterator[str]:
    """Yield the proper whole-segment suffixes of a path, the longest first."""
    start = path.find("/") + 1
    for _ in range(_DEPTH):
        if not start:
            return
        yield path[start:]
        start = path.find("/", start) + 1


def _join(book: _Book) -> None:
    """Give each spelling its file, the deepest first, so that each meets all that it may be a suffix of."""
    nodes = book.nodes
    masks = _masks(nodes)
    for node in nodes.values():
        node.relative = masks[node.relative]
    wanted = nodes.keys() | book.longs
    for short in sorted(nodes, key=lambda short: (-short.count("/"), short)):
        node = nodes[short]
        rivals = [file for file in book.fits.get(short, ()) if file.takes(node)]
        if len(rivals) == 1:
            file = rivals[0]
            file.take(node)
            book.joined.add(short)
        else:
            file = _File(node.name, node.relative, node.absolute, node.anchor)
            if rivals:
                book.torn[short] = rivals
        book.files[short] = file
        for suffix in _suffixes(short):
            if suffix in wanted:
                found = book.fits.setdefault(suffix, [])
                if not any(one is file for one in found):
                    found.append(file)


def _names(files: Iterable[_File]) -> tuple[str, ...]:
    return tuple(sorted(file.anchor + file.name for file in files))


def _file_of(book: _Book, spelling: _Spelling) -> tuple[_File, tuple[str, ...]]:
    """Return a spelling's file, and what else it might be where that is not settled.

    Where its short form fits several files, or it has several roots, the file that one of its longer forms
    fits is it, if there is just one.
    """
    own = book.files[spelling.short]
    torn = book.torn.get(spelling.short, [])
    several = len(spelling.longs) > 1 and spelling.short not in book.joined
    if not torn and not several:
        return own, ()
    found = {id(file): file for long in spelling.longs for file in _fitting(book, spelling.short, long.path)}
    found.pop(id(own), None)
    if len(found) == 1:
        return next(iter(found.values())), ()
    return own, _names(torn) if torn else tuple(sorted(long.text for long in spelling.longs))


def _fitting(book: _Book, short: str, long: str) -> Iterator[_File]:
    """Yield the files that a longer form of `short` fits."""
    for form in (long, *_suffixes(long)):
        if len(form) <= len(short):
            return
        if form in book.files:
            yield book.files[form]
        yield from book.fits.get(form, ())


def _above(
    spelled: Mapping[str, _Spelling], named: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the paths of a listing (`../a.c`) that got the name of another which lies less far up (`a.c`).

    These are two files, and where the upper one lies is not known.
    """
    lowest: dict[str, int] = {}
    if any(spelling.up for spelling in spelled.values()):
        for raw, spelling in spelled.items():
            lowest[named[raw]] = min(spelling.up, lowest.get(named[raw], spelling.up))
    for raw, spelling in spelled.items():
        if spelling.up > lowest.get(named[raw], spelling.up):
            yield raw, (f"{'../' * spelling.up}{spelling.short}", named[raw])


def _claims(spellings: list[dict[str, _Spelling]], names: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """Collect the places of files that different listings put under different absolute roots."""
    places: dict[str, set[str]] = {}
    for spelled, named in zip(spellings, names, strict=True):
        for raw, spelling in spelled.items():
            if len(spelling.longs) == 1 and spelling.longs[0].anchor:
                places.setdefault(named[raw], set()).add(spelling.longs[0].text)
    return {name: tuple(sorted(found)) for name, found in places.items() if len(found) > 1}
