"""Reader of the O*NET database, release 29.3 or later, complete or in part, in its text or Excel edition.

Each table is a separate source, so that a single file of a release can be imported. O*NET divides some SOC occupations
into specialties with 8-digit codes. Figures and sentences are taken only from the whole occupation, whose code ends in
.00.
"""

import re
from collections import defaultdict

from db.models import Description, Preparation, Responsibility, Share
from db.vocabulary import MissingReason, RequiredDegree, ShareKind
from seed.dataset import Dataset, Table
from seed.onet import interests, names, ratings
from seed.onet.files import CODE, Edition, Rows, whole_occupations
from seed.publisher_files import ImportRefused, PublisherFiles


def read(files: PublisherFiles, *, release: str | None = None) -> list[Dataset]:
    """Return a dataset for each table that the files contain; ``release`` is for files that do not state theirs.

    Raises ImportRefused if there is no O*NET table, a file is damaged, a file that explains another is missing, or the
    release is unknown.
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
        interests.interests,
    )
    datasets = [dataset for reader in readers if (dataset := reader(edition)) is not None]
    if not datasets:
        raise ImportRefused(f"{files.path} has no O*NET table, such as Task Statements.txt or Skills.xlsx")
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
    """Read the task statements: core tasks first, otherwise in the order of the file."""
    name = edition.find("Task Statements")
    if name is None:
        return None
    rows = Rows()
    tasks = defaultdict[str, list[tuple[str, bool | None]]](list)
    for soc, text, task_type in whole_occupations(edition.rows(rows, name, CODE, "Task", "Task Type"), rows):
        tasks[soc].append((text, {"Core": True, "Supplemental": False}.get(task_type)))
    ordered = [
        (soc, position, text, core)
        for soc, stated in tasks.items()
        for position, (text, core) in enumerate(sorted(stated, key=lambda task: task[1] is not True), 1)
    ]
    table = Table(Responsibility, ("soc", "position", "text", "core"), ordered)
    return edition.dataset("onet-tasks", "tasks", rows, table, __file__)


NOT_REQUIRED_EDUCATION = "about experience or training, not the required level of education"


def _education(edition: Edition) -> Dataset | None:
    """Read the percentages of an occupation's workers who say that each of 12 levels of education is required.

    A level whose estimate O*NET recommends suppressing has no percentage.
    """
    name = edition.find("Education, Training, and Experience", "Education")
    if name is None:
        return None
    rows = Rows()
    levels = _levels_of_education(edition, rows, name)
    shares = dict[tuple[str, ShareKind, str], tuple[int, float | None, MissingReason | None]]()
    columns = (CODE, "Scale ID", "Category", "Data Value", "Recommend Suppress")
    for soc, scale, category, value, suppress in whole_occupations(edition.rows(rows, name, *columns), rows):
        if scale != "RL":
            rows.skipped[NOT_REQUIRED_EDUCATION] += 1
        elif category not in levels:
            raise edition.refusal(name, f"has the unknown level of education {category!r}")
        else:
            position, level = levels[category]
            percent = edition.number(rows, value, 0, 100)
            key = soc, ShareKind.REQUIRED_DEGREE, level
            shares[key] = (position, None, MissingReason.SUPPRESSED) if suppress == "Y" else (position, percent, None)
    rows_of_shares = [(*share, *figures) for share, figures in shares.items()]
    table = Table(Share, ("soc", "kind", "name", "position", "percent", "missing"), rows_of_shares)
    return edition.dataset("onet-education", "education", rows, table, __file__)


def _levels_of_education(edition: Edition, rows: Rows, name: str) -> dict[str, tuple[int, str]]:
    """Return the number and name of each category. The name ends at the dash, after which an explanation follows."""
    titles = ("Education, Training, and Experience Categories", "Education Categories")
    explained = Rows()
    columns = ("Scale ID", "Category", "Category Description")
    described = edition.rows(explained, edition.find_required(name, *titles), *columns)
    levels = {
        category: (int(edition.number(explained, category, 1, 12)), text.split(" - ")[0])
        for scale, category, text in described
        if scale == "RL"
    }
    known = {level.value.casefold() for level in RequiredDegree}
    for _, level in levels.values():
        if level.casefold() not in known:
            raise edition.refusal(name, f"has the unknown level of education {level!r}")
    rows.files += explained.files
    return levels


def _zones(edition: Edition) -> Dataset | None:
    """Read the job zone of occupations and the months of preparation in its range of SVP levels."""
    name = edition.find("Job Zones")
    if name is None:
        return None
    rows = Rows()
    zones = _months_of_zones(edition, rows, name)
    prepared = dict[str, tuple[int, int, int | None]]()
    for soc, zone in whole_occupations(edition.rows(rows, name, CODE, "Job Zone"), rows):
        if zone not in zones:
            raise edition.refusal(name, f"has the unknown job zone {zone!r}")
        prepared[soc] = zones[zone]
    columns = ("soc", "job_zone", "minimum_months", "maximum_months")
    table = Table(Preparation, columns, [(soc, *preparation) for soc, preparation in prepared.items()])
    return edition.dataset("onet-zones", "job zones", rows, table, __file__)


MONTHS = (0, 0, 1, 3, 6, 12, 24, 48, 120)
"""The longest preparation in months, by level 0 to 8 of Specific Vocational Preparation (SVP).

The scale is defined in the Dictionary of Occupational Titles (U.S. Department of Labor, 1991, appendix C): 1 short
demonstration only, 2 up to 1 month, 3 over 1 to 3 months, 4 over 3 to 6 months, 5 over 6 months to 1 year, 6 over 1 to
2 years, 7 over 2 to 4 years, 8 over 4 to 10 years, 9 over 10 years. Each level starts where the level below it ends.
"""

_SVP_RANGE = re.compile(r"\((?:Below (?P<below>\d)\.0|(?P<low>\d)\.0 (?:to < (?P<high>\d)\.0|and above))\)")


def _months_of_zones(edition: Edition, rows: Rows, name: str) -> dict[str, tuple[int, int, int | None]]:
    """Return each zone's number, minimum months and maximum months, which differ between releases.

    Releases through 30.1 have five zones, and zone 2 is "(4.0 to < 6.0)". Release 30.2 has four: its zone 2 includes
    the former zone 1.
    """
    reference, explained = edition.find_required(name, "Job Zone Reference"), Rows()
    zones = dict[str, tuple[int, int, int | None]]()
    for zone, svp in edition.rows(explained, reference, "Job Zone", "SVP Range"):
        levels = _SVP_RANGE.fullmatch(svp)
        if levels is None:
            raise edition.refusal(reference, f"has the unknown SVP range {svp!r}")
        end = levels["below"] or levels["high"]
        minimum, maximum = MONTHS[int(levels["low"] or 1) - 1], MONTHS[int(end) - 1] if end else None
        zones[zone] = (int(edition.number(explained, zone, 1, 5)), minimum, maximum)
    rows.files += explained.files
    return zones
