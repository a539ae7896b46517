"""The O*NET database of the U.S. Department of Labor, releases 29.3 and later: text or Excel edition, whole or in part.

Each kind of table is a source of its own, so that one file of a release can be imported by itself. O*NET divides some
SOC occupations into more specific ones with 8-digit codes: figures and sentences are those of the SOC occupation
itself (its code ends in .00), never of a part of it.
"""

import re
from collections import defaultdict

from db.models import Description, Preparation, Responsibility, Share
from db.vocabulary import ShareKind
from seed.dataset import Dataset, Table
from seed.onet import names, ratings
from seed.onet.files import CODE, SUPPRESSED, Edition, Rows, whole_occupations
from seed.publisher_files import ImportRefused, PublisherFiles


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Read what is there of a release; ``release`` says which it is where the files don't.

    Raises ImportRefused where nothing of O*NET's is there, where a file is damaged or lacks a file that explains it, or
    where the release can't be told.
    """
    edition = Edition(files, release)
    readers = (
        _occupations,
        _tasks,
        ratings.skills,
        ratings.knowledge,
        ratings.technology,
        names.titles,
        names.related,
        _education,
        _zones,
    )
    datasets = [dataset for reader in readers if (dataset := reader(edition)) is not None]
    if not datasets:
        raise ImportRefused(f"{files.path} has none of O*NET's tables, such as Task Statements.txt or Skills.xlsx")
    return datasets


def _occupations(edition: Edition) -> Dataset | None:
    name = edition.find("Occupation Data")
    if name is None:
        return None
    rows = Rows()
    described = whole_occupations(edition.rows(rows, name, CODE, "Description"), rows)
    table = Table(Description, ("soc", "text"), list({soc: (soc, text) for soc, text in described}.values()))
    return edition.dataset("onet-occupations", "occupations", rows, table, __file__)


def _tasks(edition: Edition) -> Dataset | None:
    """Read the task statements, core tasks before all others and otherwise as the file has them."""
    name = edition.find("Task Statements")
    if name is None:
        return None
    rows = Rows()
    tasks = defaultdict[str, list[tuple[str, bool | None]]](list)
    for soc, text, kind in whole_occupations(edition.rows(rows, name, CODE, "Task", "Task Type"), rows):
        tasks[soc].append((text, {"Core": True, "Supplemental": False}.get(kind)))
    ordered = [
        (soc, position, text, core)
        for soc, stated in tasks.items()
        for position, (text, core) in enumerate(sorted(stated, key=lambda task: task[1] is not True), 1)
    ]
    table = Table(Responsibility, ("soc", "position", "text", "core"), ordered)
    return edition.dataset("onet-tasks", "tasks", rows, table, __file__)


NOT_REQUIRED_EDUCATION = "about experience or training, not about the level of education that is required"


def _education(edition: Edition) -> Dataset | None:
    """Read what part of an occupation's workers say that each of 12 levels of education is required."""
    name = edition.find("Education, Training, and Experience", "Education")
    if name is None:
        return None
    rows = Rows()
    levels = _levels_of_education(edition, rows, name)
    shares = dict[tuple[str, ShareKind, str], tuple[int, float]]()
    columns = (CODE, "Scale ID", "Category", "Data Value", "Recommend Suppress")
    for soc, scale, category, value, suppress in whole_occupations(edition.rows(rows, name, *columns), rows):
        if scale != "RL":
            rows.skipped[NOT_REQUIRED_EDUCATION] += 1
        elif suppress == "Y":
            rows.skipped[SUPPRESSED] += 1
        elif category not in levels:
            raise edition.refusal(name, f"has a level of education {category!r} that is not explained")
        else:
            position, level = levels[category]
            shares[soc, ShareKind.REQUIRED_DEGREE, level] = (position, edition.number(rows, value, 0, 100))
    columns = ("soc", "kind", "name", "position", "percent")
    table = Table(Share, columns, [(*share, *figures) for share, figures in shares.items()])
    return edition.dataset("onet-education", "education", rows, table, __file__)


def _levels_of_education(edition: Edition, rows: Rows, name: str) -> dict[str, tuple[int, str]]:
    """Return number and name by category; the name is what stands before the dash, as the rest explains it."""
    titles = ("Education, Training, and Experience Categories", "Education Categories")
    explained = Rows()
    columns = ("Scale ID", "Category", "Category Description")
    described = edition.rows(explained, edition.find_beside(name, *titles), *columns)
    levels = {
        category: (int(edition.number(explained, category, 1, 12)), text.split(" - ")[0])
        for scale, category, text in described
        if scale == "RL"
    }
    rows.files += explained.files
    return levels


def _zones(edition: Edition) -> Dataset | None:
    """Read how much preparation occupations need: the job zone, and the months that its range of SVP levels spans."""
    name = edition.find("Job Zones")
    if name is None:
        return None
    rows = Rows()
    zones = _months_of_zones(edition, rows, name)
    prepared = dict[str, tuple[int, int, int | None]]()
    for soc, zone in whole_occupations(edition.rows(rows, name, CODE, "Job Zone"), rows):
        if zone not in zones:
            raise edition.refusal(name, f"has a job zone {zone!r} that is not explained")
        prepared[soc] = zones[zone]
    columns = ("soc", "job_zone", "minimum_months", "maximum_months")
    table = Table(Preparation, columns, [(soc, *preparation) for soc, preparation in prepared.items()])
    return edition.dataset("onet-zones", "job zones", rows, table, __file__)


MONTHS = (0, 0, 1, 3, 6, 12, 24, 48, 120)
"""The longest preparation in months at levels 1 to 8 of Specific Vocational Preparation (SVP), and none at level 0.

The scale is that of the Dictionary of Occupational Titles (U.S. Department of Labor, 1991, appendix C): 1 is a short
demonstration only, 2 up to a month, 3 over 1 to 3 months, 4 over 3 to 6 months, 5 over 6 months to a year, 6 over 1 to
2 years, 7 over 2 to 4 years, 8 over 4 to 10 years, and 9 over 10 years. A level starts where the one before it ends.
"""

_SVP_RANGE = re.compile(r"\((?:Below (?P<below>\d)\.0|(?P<low>\d)\.0 (?:to < (?P<high>\d)\.0|and above))\)")


def _months_of_zones(edition: Edition, rows: Rows, name: str) -> dict[str, tuple[int, int, int | None]]:
    """Return number, fewest and most months by zone: releases divide the scale differently.

    Through 30.1 there are five zones, of which the second is "(4.0 to < 6.0)". Release 30.2 has four: its zone 2 takes
    in what was zone 1.
    """
    reference, explained = edition.find_beside(name, "Job Zone Reference"), Rows()
    zones = dict[str, tuple[int, int, int | None]]()
    for zone, svp in edition.rows(explained, reference, "Job Zone", "SVP Range"):
        levels = _SVP_RANGE.fullmatch(svp)
        if levels is None:
            raise edition.refusal(reference, f"has an SVP range {svp!r} that is not understood")
        end = levels["below"] or levels["high"]
        fewest, most = MONTHS[int(levels["low"] or 1) - 1], MONTHS[int(end) - 1] if end else None
        zones[zone] = (int(edition.number(explained, zone, 1, 5)), fewest, most)
    rows.files += explained.files
    return zones
