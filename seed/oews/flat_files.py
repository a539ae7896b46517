"""A release as BLS's flat files: ``oe.data.0.Current`` with one figure a line, and the lists ``oe.*``."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from seed.oews.build import Figures, Lists, built
from seed.oews.cells import NOT_RELEASED, ONE_PERIOD_ONLY, TOP_CODED
from seed.oews.release import Release, source_of
from seed.publisher_files import ImportRefused, PublisherFiles

DATA = "oe.data.0.Current"
LISTS = ("oe.release", "oe.area", "oe.industry", "oe.occupation", "oe.footnote")
"""The file of figures, and the files that explain its codes."""

_KEY_LENGTH = 23
"""A series id is a cell's key followed by the two digits of the data type."""


def named(file: str) -> tuple[str, str]:
    """Return the accepted names of a file. Partial downloads have other names."""
    return file, f"{file}.txt"


def file_of(files: PublisherFiles, file: str) -> str:
    """Return the name of a required file; raise ImportRefused if it is missing."""
    name = files.find(*named(file))
    if name is None:
        raise ImportRefused(f"{files.path} is not a complete OEWS release: {file} is missing")
    return name


def read_flat_files(files: PublisherFiles, digest: str) -> Release:
    """Return the release in BLS's flat files."""
    release = next((row["description"] for row in _rows(files, "oe.release", "description")), "")
    return Release(source_of(release, digest), lambda: _built(files))


@contextmanager
def _built(files: PublisherFiles) -> Generator[Path]:
    lists = Lists(
        areas={
            row["areatype_code"] + row["area_code"]: (row["state_code"], row["area_name"])
            for row in _rows(files, "oe.area", "areatype_code", "area_code", "state_code", "area_name")
        },
        industries={
            row["industry_code"]: (row["industry_name"], _number(row["display_level"], "oe.industry"))
            for row in _rows(files, "oe.industry", "industry_code", "industry_name", "display_level")
        },
        occupations={
            row["occupation_code"]: (row["occupation_name"], _number(row["display_level"], "oe.occupation"))
            for row in _rows(files, "oe.occupation", "occupation_code", "occupation_name", "display_level")
        },
        footnotes={
            row["footnote_code"]: row["footnote_text"]
            for row in _rows(files, "oe.footnote", "footnote_code", "footnote_text")
        },
    )
    with built(_cells(files), lists) as path:
        yield path


def _cells(files: PublisherFiles) -> Iterator[tuple[str, Figures]]:
    lines = _rows(files, DATA, "series_id", "value", "footnote_codes")
    for key, series in groupby(lines, key=lambda row: row["series_id"][:_KEY_LENGTH]):
        yield (
            key,
            {
                _number(row["series_id"][_KEY_LENGTH:], DATA): (row["value"], _reason(row["footnote_codes"]))
                for row in series
            },
        )


def _number(text: str, file: str) -> int:
    if not text.isdecimal():
        raise ImportRefused(f'{file} has "{text}" instead of a number')
    return int(text)


def _reason(footnotes: str) -> str | None:
    """Return the footnote that gives the reason for a missing figure; other footnotes explain published ones."""
    return next((code for code in footnotes.split(",") if code in (ONE_PERIOD_ONLY, TOP_CODED, NOT_RELEASED)), None)


def _rows(files: PublisherFiles, file: str, *columns: str) -> Iterator[dict[str, str]]:
    """Yield these columns of a tab-separated file as stripped text; the first line names the columns."""
    name = file_of(files, file)
    with files.lines(name) as lines:
        header = [title.strip() for title in next(lines, "").split("\t")]
        if missing := set(columns) - set(header):
            raise ImportRefused(f"{name} in {files.path} has no column {', '.join(sorted(missing))}")
        places = [header.index(column) for column in columns]
        for number, line in enumerate(lines, start=2):
            values = line.split("\t")
            if len(values) < len(header):
                raise ImportRefused(
                    f"{name} in {files.path} is truncated: line {number} has {len(values)} columns, not {len(header)}"
                )
            yield {column: values[place].strip() for column, place in zip(columns, places, strict=True)}
