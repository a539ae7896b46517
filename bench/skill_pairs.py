"""Skill gaps, transfers and overlaps of every pair of occupations, to see what a change of a definition changes.

    python -m bench.skill_pairs write FILE [--database-url URL]
    python -m bench.skill_pairs compare BEFORE AFTER

``write`` computes the figures that ``Comparison.skills`` serves, for all pairs of rated SOC occupations, in about seven
minutes. Run it before and after the change, each time on a database that ``python -m seed`` has filled; ``compare``
counts the pairs whose figures differ. It only needs functions that commits before this file have too, so it can be
copied into an earlier checkout.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path
from typing import Any, NamedTuple, cast

from sqlalchemy import select
from sqlmodel import col
from tqdm import tqdm

from db.models import Occupation, OccupationSkill, Skill
from db.urls import location_of
from db.vocabulary import OccupationKind, SkillKind
from resolvers.comparisons.arithmetic import Side
from resolvers.comparisons.skill_gaps import gap, transfer
from resolvers.comparisons.skill_sets import skill_comparison
from resolvers.skills import RATED

FIGURES = ("gap right", "gap left", "transfer right", "transfer left", "jaccard", "weighted jaccard")
TOLERANCES = (0.01, 1.0)
"""Differences that count, in points of gap and transfer, and in hundredths of the indexes."""


class RatedRow(NamedTuple):
    """A row of ratings."""

    percent: float | None
    importance: float | None
    level: float | None
    source_id: str


class RatedSkill(NamedTuple):
    """A rated element."""

    slug: str
    name: str
    kind: SkillKind


def rated_occupations(url: str) -> dict[str, list[tuple[RatedRow, RatedSkill]]]:
    """Return the ratings of every SOC occupation by its code, highest importance first; none for most All Others."""
    statement = (
        select(
            col(Occupation.code),
            col(OccupationSkill.importance),
            col(OccupationSkill.level),
            col(OccupationSkill.source_id),
            col(Skill.slug),
            col(Skill.name),
            col(Skill.kind),
        )
        .select_from(Occupation)
        .outerjoin(OccupationSkill, col(OccupationSkill.occupation_id) == Occupation.id)
        .outerjoin(Skill, col(Skill.id) == OccupationSkill.skill_id)
        .where(col(Occupation.kind) == OccupationKind.DETAILED)
        .order_by(col(Occupation.code), col(OccupationSkill.importance).desc(), col(Skill.slug))
    )
    found = defaultdict[str, list[tuple[RatedRow, RatedSkill]]](list)
    engine = location_of(url).inspecting_engine()
    with engine.connect() as connection:
        for code, importance, level, source, slug, name, kind in connection.execute(statement):
            rows = found[str(code)]
            if kind in RATED:
                rows.append((RatedRow(None, importance, level, source), RatedSkill(slug, name, kind)))
    engine.dispose()
    return found


def figures_of(left: Any, right: Any) -> Iterator[float | None]:  # noqa: ANN401 - rows with the attributes of tables
    """Yield the figures of a pair in the order of FIGURES."""
    compared = skill_comparison(left, right)
    for measure in (gap, transfer):
        for toward in (Side.RIGHT, Side.LEFT):
            yield measure([compared], cast("Any", None), toward=toward)[0].total
    yield compared.jaccard
    yield compared.weighted_jaccard


def write(path: Path, url: str, every: int) -> None:
    """Write the figures of all pairs, or of every n-th, as tab-separated text; "" for none."""
    rated = rated_occupations(url)
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, delimiter="\t")
        table.writerow(("left", "right", *FIGURES))
        count = len(rated) * (len(rated) - 1) // 2
        for left, right in tqdm(islice(combinations(rated, 2), 0, None, every), total=count // every, unit=" pairs"):
            table.writerow((left, right, *("" if n is None else n for n in figures_of(rated[left], rated[right]))))


def compare(before: Path, after: Path) -> Iterator[str]:
    """Yield a line for each figure: the pairs that gained or lost it, and those where it differs, by tolerance."""
    one, other = (list(csv.reader(path.open(encoding="utf-8"), delimiter="\t"))[1:] for path in (before, after))
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a[:2] == b[:2]]
    yield f"{len(pairs):,} pairs"
    for place, name in enumerate(FIGURES, start=2):
        scale = 100 if "jaccard" in name else 1
        values = [(a[place], b[place]) for a, b in pairs]
        gained, lost = sum(not a and bool(b) for a, b in values), sum(bool(a) and not b for a, b in values)
        changes = sorted(scale * abs(float(b) - float(a)) for a, b in values if a and b)
        differing = "; ".join(
            f"{sum(change > tolerance for change in changes):,} by more than {tolerance:g}" for tolerance in TOLERANCES
        )
        middle = changes[len(changes) // 2] if changes else 0
        largest = changes[-1] if changes else 0
        yield (
            f"{name}: {differing}; median change {middle:.2f}, largest {largest:.2f}; "
            f"{gained:,} gained a figure, {lost:,} lost it"
        )


def main() -> None:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(prog="python -m bench.skill_pairs", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="write the figures of all pairs")
    writing.add_argument("file", type=Path)
    writing.add_argument("--database-url", default="sqlite:///rolegraph.sqlite3")
    writing.add_argument("--every", type=int, default=1, help="only every n-th pair")
    comparing = commands.add_parser("compare", help="count the pairs whose figures differ")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    options = parser.parse_args()
    if options.command == "write":
        write(options.file, options.database_url, options.every)
    else:
        sys.stdout.writelines(f"{line}\n" for line in compare(options.before, options.after))


if __name__ == "__main__":
    main()
