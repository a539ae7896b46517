"""The sources of a page, numbered in the order of their sections, as in web/src/components/sources.tsx."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from server.page_content.figures import Json


class SourceNote(NamedTuple):
    """The note on a source at the end of a page. Releases of one source are one note."""

    number: int
    name: str
    url: str | None
    details: Sequence[str]
    cited_in: Sequence[tuple[str, str]]
    """The ids and titles of the sections whose figures are from it."""


class PageSources(NamedTuple):
    """The notes of a page, how their publishers want to be attributed, and the numbers that each section cites."""

    notes: Sequence[SourceNote]
    attributions: Sequence[str]
    by_section: Mapping[str, Sequence[SourceNote]]


def numbered(*sections: tuple[str, str, object]) -> PageSources:
    """Number every source anywhere in the data of sections, which have an id, a title and their data.

    A part of the page without a title is not named in the notes.
    """
    releases: dict[tuple[str, ...], dict[tuple[str, str], Json]] = {}
    cited_in: dict[tuple[str, ...], dict[str, str]] = {}
    cited: dict[str, set[tuple[str, ...]]] = {identifier: set() for identifier, _, _ in sections}
    for identifier, title, data in sections:
        for source in _sources_in(data):
            key = (source["name"], source["publisher"], source["license"])
            releases.setdefault(key, {}).setdefault((source["name"], source["release"]), source)
            cited[identifier].add(key)
            if title:
                cited_in.setdefault(key, {})[identifier] = title
    notes = [
        _note(number, [*found.values()], [*cited_in.get(key, {}).items()])
        for number, (key, found) in enumerate(releases.items(), start=1)
    ]
    attributions = [source["attribution"] for found in releases.values() for source in found.values()]
    by_section = {
        identifier: [note for key, note in zip(releases, notes, strict=True) if key in keys]
        for identifier, keys in cited.items()
    }
    return PageSources(notes, [*dict.fromkeys(filter(None, attributions))], by_section)


def _note(number: int, releases: Sequence[Json], cited_in: Sequence[tuple[str, str]]) -> SourceNote:
    first = releases[0]
    dated = [
        ", ".join(filter(None, (one["release"], one["retrieved"] and f"retrieved {one['retrieved']}")))
        for one in releases
    ]
    details = [*filter(None, ("; ".join(filter(None, dated)), first["publisher"], first["license"]))]
    return SourceNote(number, first["name"], first["url"], details, cited_in)


def _sources_in(data: object) -> Iterator[Json]:
    if isinstance(data, dict):
        fields = cast("Json", data)
        if "publisher" in fields and "license" in fields:
            yield fields
        else:
            yield from _sources_in([*fields.values()])
    elif isinstance(data, list):
        for each in cast("list[object]", data):
            yield from _sources_in(each)
