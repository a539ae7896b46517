"""The O*NET importer with small files of each edition, the published release and damaged files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from db.models import AlternateTitle, Occupation, RelatedOccupation, UncoveredTitle
from db.vocabulary import InterestName, MissingReason, OccupationKind, ShareKind, SkillKind
from db.writing import writing
from seed.comparison_page import store_page
from seed.dataset import NOT_AN_OCCUPATION, Dataset, store
from seed.onet import read as onet
from seed.onet.files import MORE_SPECIFIC, SUPPRESSED
from seed.onet.names import ITSELF, OWN_TITLE, REPEATED_RELATION, REPEATED_TITLE
from seed.onet.ratings import REPEATED, standardized
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import AGGREGATES, published_code
from tests.seed.workbooks import SHARED, archive, cells, lay, xlsx

CODE = "O*NET-SOC Code"
README = b"O*NET 30.1 Database\nDecember 2025 Release\n"

OCCUPATIONS = [
    [CODE, "Title", "Description"],
    ["27-2012.00", "Producers and Directors", 'Produce or direct "shows".'],
    ["27-2012.03", "Media Programming Directors", "Direct programming."],
    ["31-1121.00", "Home Health Aides", "Monitor the health of people at home."],
    ["31-1122.00", "Personal Care Aides", "Help people at home."],
]
TASKS = [
    [CODE, "Task ID", "Task", "Task Type", "Date"],
    ["27-2012.00", "1", "Hire people.", "n/a", "08/2025"],
    ["27-2012.00", "2", "Cut film.", "Supplemental", "08/2025"],
    ["27-2012.00", "3", "Plan shots.", "Core", "08/2025"],
    ["27-2012.03", "4", "Plan programmes.", "Core", "08/2025"],
    ["27-2012.00", "5", 'Read "workshop" scripts.', "Core", "08/2025"],
]
RATED = [CODE, "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress", "Not Relevant"]
ESSENTIAL = [
    RATED,
    ["27-2012.00", "2.A.1.a", "Reading", "IM", "3.00", "N", "n/a"],
    ["27-2012.00", "2.A.1.a", "Reading", "LV", "3.50", "N", "N"],
    ["27-2012.00", "2.A.1.b", "Listening", "IM", "4.12", "N", "n/a"],
    ["27-2012.00", "2.A.1.b", "Listening", "LV", "5.00", "Y", "N"],
    ["27-2012.03", "2.A.1.b", "Listening", "IM", "5.00", "N", "n/a"],
]
TRANSFERABLE = [
    RATED,
    ["27-2012.00", "2.B.1.a", "Negotiation", "IM", "3.00", "n/a", "n/a"],
    ["27-2012.00", "2.B.1.a", "Negotiation", "LV", "7.00", "n/a", "N"],
    ["27-2012.00", "2.B.3.a", "Installation", "IM", "1.25", "N", "n/a"],
    ["27-2012.00", "2.B.3.a", "Installation", "LV", "0.25", "N", "Y"],
    ["27-2012.00", "2.B.3.b", "Repairing", "IM", "2.00", "Y", "n/a"],
    ["27-2012.00", "2.B.3.b", "Repairing", "LV", "0.70", "Y", "Y"],
    ["27-2012.00", "2.B.1.a", "Negotiation", "IM", "5.00", "N", "n/a"],
]
KNOWLEDGE = [RATED, ["27-2012.00", "2.C.1.a", "Fine Arts", "IM", "5.00", "N", "n/a"]]
TECHNOLOGY = [
    [CODE, "Example", "Commodity Code", "Hot Technology", "In Demand"],
    ["27-2012.00", "Avid", "1", "N", "N"],
    ["27-2012.00", "Zoom", "1", "Y", "N"],
    ["27-2012.00", "adobe Premiere", "1", "Y", "N"],
    ["27-2012.00", "Trello", "1", "N", "Y"],
    ["27-2012.00", "Avid", "2", "N", "N"],
]
TITLES = [
    [CODE, "Alternate Title", "Short Title", "Source(s)"],
    ["27-2012.00", "Chief Executive Producer", "CEP", "08"],
    ["27-2012.00", "producers and directors", "n/a", "08"],
    ["27-2012.03", "Chief executive producer", "n/a", "08"],
    ["31-1122.00", "Home Attendant", "n/a", "08"],
    ["45-3031.00", "Crabber", "n/a", "08"],
]
REPORTED = [[CODE, "Reported Job Title", "Shown in My Next Move"], ["27-2012.00", "News Producer", "Y"]]
RELATED = [
    [CODE, f"Related {CODE}", "Relatedness Tier", "Index"],
    ["27-2012.03", "11-1011.00", "Primary-Short", "1"],
    ["27-2012.03", "31-1121.00", "Primary-Short", "2"],
    ["27-2012.00", "27-2012.03", "Primary-Short", "1"],
    ["27-2012.00", "27-4032.00", "Primary-Short", "10"],
    ["27-2012.00", "31-1122.00", "Primary-Short", "2"],
    ["31-1122.00", "27-4032.00", "Supplemental", "3"],
    ["31-1121.00", "27-2012.00", "Supplemental", "3"],
]
SHARES = [CODE, "Element ID", "Scale ID", "Category", "Data Value", "Recommend Suppress"]
EDUCATION = [
    SHARES,
    ["27-2012.00", "2.D.1", "RL", "1", "15.22", "N"],
    ["27-2012.00", "2.D.1", "RL", "2", "80.00", "n/a"],
    ["27-2012.00", "2.D.1", "RL", "3", "4.78", "Y"],
    ["27-2012.00", "3.A.1", "RW", "1", "100.00", "N"],
    ["27-2012.03", "2.D.1", "RL", "1", "100.00", "N"],
]
LEVELS = [
    ["Element ID", "Scale ID", "Category", "Category Description"],
    ["2.D.1", "RL", "1", "High School Diploma - or the equivalent (for example, GED)"],
    ["2.D.1", "RL", "2", "Bachelor's Degree"],
    ["2.D.1", "RL", "3", "Master's Degree"],
    ["3.A.1", "RW", "1", "None"],
]
ZONES = [
    [CODE, "Job Zone", "Date"],
    ["11-1011.00", "5", "08/2023"],
    ["27-2012.00", "4", "08/2023"],
    ["27-2012.03", "1", "08/2023"],
    ["31-1122.00", "1", "08/2023"],
    ["31-1121.00", "2", "08/2023"],
    ["27-4032.00", "3", "08/2023"],
]
SCORED = [CODE, "Element ID", "Element Name", "Scale ID", "Data Value"]
INTERESTS = [
    SCORED,
    ["27-2012.00", "1.B.1.a", "Realistic", "OI", "1.50"],
    ["27-2012.00", "1.B.1.b", "Investigative", "OI", "2.00"],
    ["27-2012.00", "1.B.1.c", "Artistic", "OI", "5.61"],
    ["27-2012.00", "1.B.1.d", "Social", "OI", "2.00"],
    ["27-2012.00", "1.B.1.e", "Enterprising", "OI", "6.25"],
    ["27-2012.00", "1.B.1.f", "Conventional", "OI", "2.00"],
    ["27-2012.00", "1.B.1.g", "First Interest High-Point", "IH", "5.00"],
    ["27-2012.00", "1.B.1.h", "Second Interest High-Point", "IH", "3.00"],
    ["27-2012.00", "1.B.1.i", "Third Interest High-Point", "IH", "6.00"],
    ["27-2012.03", "1.B.1.a", "Realistic", "OI", "7.00"],
]
FIVE_ZONES = [
    ["Job Zone", "Name", "SVP Range"],
    ["1", "Job Zone One", "(Below 4.0)"],
    ["2", "Job Zone Two", "(4.0 to < 6.0)"],
    ["3", "Job Zone Three", "(6.0 to < 7.0)"],
    ["4", "Job Zone Four", "(7.0 to < 8.0)"],
    ["5", "Job Zone Five", "(8.0 and above)"],
]

Rows = Sequence[Sequence[str]]

TABLES: Mapping[str, Rows] = {
    "Occupation Data": OCCUPATIONS,
    "Task Statements": TASKS,
    "Skills": [*ESSENTIAL, *TRANSFERABLE[1:]],
    "Knowledge": KNOWLEDGE,
    "Technology Skills": TECHNOLOGY,
    "Alternate Titles": TITLES,
    "Sample of Reported Titles": REPORTED,
    "Related Occupations": RELATED,
    "Education, Training, and Experience": EDUCATION,
    "Education, Training, and Experience Categories": LEVELS,
    "Job Zones": ZONES,
    "Job Zone Reference": FIVE_ZONES,
    "Interests": INTERESTS,
}


def text(rows: Rows) -> bytes:
    return "".join("\t".join(row) + "\r\n" for row in rows).encode()


def texts(tables: Mapping[str, Rows]) -> dict[str, bytes]:
    return {f"{title}.txt": text(rows) for title, rows in tables.items()}


def folder(path: Path, files: Mapping[str, bytes]) -> PublisherFiles:
    return PublisherFiles(lay(path, files))


def by_id(datasets: Sequence[Dataset]) -> dict[str, Dataset]:
    return {dataset.source.id: dataset for dataset in datasets}


def rows_of(datasets: Sequence[Dataset]) -> dict[str, list[tuple[Any, ...]]]:
    return {id_: list(dataset.tables[0].rows) for id_, dataset in by_id(datasets).items()}


@pytest.fixture
def small(tmp_path: Path) -> dict[str, Dataset]:
    return by_id(onet.read(folder(tmp_path / "onet", {"Read Me.txt": README, **texts(TABLES)})))


def only(dataset: Dataset) -> tuple[tuple[str, ...], list[tuple[Any, ...]], int, dict[str, int]]:
    table = dataset.tables[0]
    return table.columns, list(table.rows), dataset.read, dict(dataset.skipped)


def test_each_table_is_a_separate_source(small: dict[str, Dataset]) -> None:
    assert list(small) == [
        "onet-occupations",
        "onet-tasks",
        "onet-skills",
        "onet-knowledge",
        "onet-technology",
        "onet-titles",
        "onet-related",
        "onet-education",
        "onet-zones",
        "onet-interests",
    ]
    assert {(d.source.release, d.source.version, d.source.license) for d in small.values()} == {
        ("30.1", "030.001", "Creative Commons Attribution 4.0 (CC BY 4.0)")
    }
    attribution = small["onet-tasks"].source.attribution or ""
    assert attribution.startswith("This service includes information from the O*NET 30.1 Database by the U.S. Depart")
    assert "Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA." in attribution


def test_only_whole_occupations_have_descriptions(small: dict[str, Dataset]) -> None:
    assert only(small["onet-occupations"]) == (
        ("soc", "text"),
        [
            ("27-2012", 'Produce or direct "shows".'),
            ("31-1121", "Monitor the health of people at home."),
            ("31-1122", "Help people at home."),
        ],
        4,
        {MORE_SPECIFIC: 1},
    )


def test_core_tasks_come_first(small: dict[str, Dataset]) -> None:
    assert only(small["onet-tasks"]) == (
        ("soc", "position", "text", "core"),
        [
            ("27-2012", 1, "Plan shots.", True),
            ("27-2012", 2, 'Read "workshop" scripts.', True),
            ("27-2012", 3, "Hire people.", None),
            ("27-2012", 4, "Cut film.", False),
        ],
        5,
        {MORE_SPECIFIC: 1},
    )


def test_ratings_are_standardized_and_ranked(small: dict[str, Dataset]) -> None:
    assert only(small["onet-skills"]) == (
        ("soc", "skill", "rank", "importance", "level", "not_relevant"),
        [
            ("27-2012", (SkillKind.SKILL, "Listening"), 1, 78.0, None, False),
            ("27-2012", (SkillKind.SKILL, "Negotiation"), 2, 50.0, 100.0, False),
            ("27-2012", (SkillKind.SKILL, "Reading"), 3, 50.0, 50.0, False),
            ("27-2012", (SkillKind.SKILL, "Installation"), 4, 6.25, 3.5714, True),
            ("27-2012", (SkillKind.SKILL, "Repairing"), 5, None, 10.0, True),
        ],
        12,
        {MORE_SPECIFIC: 1, SUPPRESSED: 2, REPEATED: 1},
    )
    assert rows_of([small["onet-knowledge"]])["onet-knowledge"] == [
        ("27-2012", (SkillKind.KNOWLEDGE, "Fine Arts"), 1, 100.0, None, False)
    ]


@pytest.mark.parametrize(
    ("rating", "scale", "expected"),
    [(1, "IM", 0), (3, "IM", 50), (4.12, "IM", 78), (5, "IM", 100), (0, "LV", 0), (5, "LV", 71.4286), (7, "LV", 100)],
)
def test_standardized_ratings(rating: float, scale: str, expected: float) -> None:
    """The first cases are the examples on O*NET's page about standardized scores."""
    assert standardized(rating, scale) == expected


def test_technologies_in_demand_come_first_then_hot_ones(small: dict[str, Dataset]) -> None:
    assert only(small["onet-technology"]) == (
        ("soc", "skill", "rank", "hot", "in_demand"),
        [
            ("27-2012", (SkillKind.TECHNOLOGY, "Trello"), 1, False, True),
            ("27-2012", (SkillKind.TECHNOLOGY, "adobe Premiere"), 2, True, False),
            ("27-2012", (SkillKind.TECHNOLOGY, "Zoom"), 3, True, False),
            ("27-2012", (SkillKind.TECHNOLOGY, "Avid"), 4, False, False),
        ],
        5,
        {REPEATED: 1},
    )


def test_titles_are_folded_to_published_occupations(small: dict[str, Dataset]) -> None:
    assert only(small["onet-titles"]) == (
        ("soc", "title", "reported"),
        [
            ("27-2012", "Media Programming Directors", False),
            ("27-2012", "Chief Executive Producer", False),
            ("27-2012", "CEP", False),
            ("27-2012", "News Producer", True),
            ("31-1120", "Home Health Aides", False),
            ("31-1120", "Personal Care Aides", False),
            ("31-1120", "Home Attendant", False),
        ],
        10,
        {OWN_TITLE: 1, REPEATED_TITLE: 1},
    )


def test_titles_of_work_that_the_wage_data_leave_out_have_the_reason(small: dict[str, Dataset]) -> None:
    uncovered = small["onet-titles"].tables[1]
    assert (uncovered.table, uncovered.columns, uncovered.rows) == (
        UncoveredTitle,
        ("title", "reason"),
        [("Crabber", "The wage data leave out fishing, hunting and trapping.")],
    )


def test_relations_of_a_whole_occupation_rank_before_those_of_its_parts(small: dict[str, Dataset]) -> None:
    assert only(small["onet-related"]) == (
        ("soc", "related_soc", "rank", "part", "related_part"),
        [
            ("27-2012", "11-1011", 3, "Media Programming Directors", None),
            ("27-2012", "27-4032", 2, None, None),
            ("27-2012", "31-1120", 1, None, "Personal Care Aides"),
            ("31-1120", "27-2012", 1, "Home Health Aides", None),
            ("31-1120", "27-4032", 2, "Personal Care Aides", None),
        ],
        7,
        {ITSELF: 1, REPEATED_RELATION: 1},
    )


def test_a_whole_occupation_on_the_list_is_not_marked_as_a_part(tmp_path: Path) -> None:
    closer_part = [
        RELATED[0],
        ["27-4032.00", "27-2012.03", "Primary-Short", "1"],
        ["27-4032.00", "11-1011.00", "Primary-Short", "2"],
        ["27-4032.00", "27-2012.00", "Primary-Short", "3"],
    ]
    files = folder(
        tmp_path / "db_30_1_text", texts({"Related Occupations": closer_part, "Occupation Data": OCCUPATIONS})
    )
    assert rows_of(onet.read(files))["onet-related"] == [
        ("27-4032", "11-1011", 2, None, None),
        ("27-4032", "27-2012", 1, None, None),
    ]


def test_required_education_by_level(small: dict[str, Dataset]) -> None:
    assert only(small["onet-education"]) == (
        ("soc", "kind", "name", "position", "percent", "missing"),
        [
            ("27-2012", ShareKind.REQUIRED_DEGREE, "High School Diploma", 1, 15.22, None),
            ("27-2012", ShareKind.REQUIRED_DEGREE, "Bachelor's Degree", 2, 80.0, None),
            ("27-2012", ShareKind.REQUIRED_DEGREE, "Master's Degree", 3, None, MissingReason.SUPPRESSED),
        ],
        5,
        {MORE_SPECIFIC: 1, onet.NOT_REQUIRED_EDUCATION: 1},
    )


def test_job_zones_in_months(small: dict[str, Dataset]) -> None:
    assert only(small["onet-zones"]) == (
        ("soc", "job_zone", "minimum_months", "maximum_months"),
        [
            ("11-1011", 5, 48, None),
            ("27-2012", 4, 24, 48),
            ("31-1122", 1, 0, 3),
            ("31-1121", 2, 3, 12),
            ("27-4032", 3, 12, 24),
        ],
        6,
        {MORE_SPECIFIC: 1},
    )


def test_interests_by_score_with_the_high_points(small: dict[str, Dataset]) -> None:
    # Three scores are equal: the third high point comes first.
    assert only(small["onet-interests"]) == (
        ("soc", "name", "score", "rank", "high_point"),
        [
            ("27-2012", InterestName.ENTERPRISING, 6.25, 1, 1),
            ("27-2012", InterestName.ARTISTIC, 5.61, 2, 2),
            ("27-2012", InterestName.CONVENTIONAL, 2.0, 3, 3),
            ("27-2012", InterestName.INVESTIGATIVE, 2.0, 4, None),
            ("27-2012", InterestName.SOCIAL, 2.0, 5, None),
            ("27-2012", InterestName.REALISTIC, 1.5, 6, None),
        ],
        10,
        {MORE_SPECIFIC: 1},
    )


def test_months_depend_on_the_zones_of_the_release(tmp_path: Path) -> None:
    """Since release 30.2, there are four zones, numbered 2 to 5."""
    four = [FIVE_ZONES[0], ["2", "Job Zone Two", "(Below 6.0)"], *FIVE_ZONES[3:]]
    zones = [ZONES[0], ["31-1122.00", "2", "02/2026"], ["27-4032.00", "3", "02/2026"]]
    files = folder(tmp_path / "db_30_2_text", texts({"Job Zones": zones, "Job Zone Reference": four}))
    assert rows_of(onet.read(files)) == {"onet-zones": [("31-1122", 2, 0, 12), ("27-4032", 3, 12, 24)]}


def test_release_30_3_with_its_renamed_files_and_columns(tmp_path: Path, small: dict[str, Dataset]) -> None:
    tables = dict(TABLES)
    for title in ("Skills", "Alternate Titles", "Technology Skills"):
        del tables[title]
    tables |= {
        "Essential Skills": ESSENTIAL,
        "Transferable Skills": TRANSFERABLE,
        "Software Skills": [[CODE, "Workplace Example", *TECHNOLOGY[0][2:]], *TECHNOLOGY[1:]],
        "Job Titles": [[CODE, "Job Title", *TITLES[0][2:]], *TITLES[1:]],
        "Education": tables.pop("Education, Training, and Experience"),
        "Education Categories": tables.pop("Education, Training, and Experience Categories"),
    }
    datasets = onet.read(folder(tmp_path / "db_30_3_text", texts(tables)))
    assert {dataset.source.release for dataset in datasets} == {"30.3"}
    assert rows_of(datasets) == rows_of(list(small.values()))


def test_the_excel_edition(tmp_path: Path, small: dict[str, Dataset]) -> None:
    """The Excel edition has additional columns, numeric cells, and empty cells instead of n/a."""
    files = {f"{title}.xlsx": xlsx({title: [*map(excel_row, rows)]}) for title, rows in TABLES.items()}
    datasets = onet.read(folder(tmp_path / "db_30_1_excel", files))
    assert rows_of(datasets) == rows_of(list(small.values()))
    assert [dataset.read for dataset in datasets] == [dataset.read for dataset in small.values()]


def excel_row(row: Sequence[str]) -> list[str | float | None]:
    cells: list[str | float | None] = [None if cell == "n/a" else number(cell) for cell in row]
    return [cells[0], "Scale Name" if row[0] == CODE else "Importance", *cells[1:]]


def number(cell: str) -> str | float:
    try:
        return float(cell)
    except ValueError:
        return cell


def test_a_zip_is_read_like_a_folder(tmp_path: Path, small: dict[str, Dataset]) -> None:
    path = tmp_path / "any name.zip"
    inside = {f"db_30_1_text/{name}": content for name, content in {"Read Me.txt": README, **texts(TABLES)}.items()}
    path.write_bytes(archive(inside))
    datasets = onet.read(PublisherFiles(path))
    assert rows_of(datasets) == rows_of(list(small.values()))
    assert [d.source.digest for d in datasets] == [d.source.digest for d in small.values()]


@pytest.mark.parametrize(
    ("place", "release", "known", "version"),
    [
        ("db_29_3_text", None, "29.3", "029.003"),
        ("onet_30_x", None, "30 (minor release not stated)", "030.000"),
        ("onet_30_x", "30.2", "30.2", "030.002"),
        ("downloads", "30.10", "30.10", "030.010"),
    ],
)
def test_the_release_of_a_single_file(
    tmp_path: Path, place: str, release: str | None, known: str, version: str
) -> None:
    folder(tmp_path / place, texts({"Task Statements": TASKS}))
    [dataset] = onet.read(PublisherFiles(tmp_path / place / "Task Statements.txt"), release=release)
    assert (dataset.source.id, dataset.source.release, dataset.source.version) == ("onet-tasks", known, version)


def cut(rows: Rows) -> bytes:
    return text(rows)[:-10]


@pytest.mark.parametrize(
    ("files", "release", "problem"),
    [
        ({}, None, "has no O*NET table"),
        ({"Task Statements.txt": text(TASKS)}, None, "does not state its O*NET release: add --release"),
        (
            {"Task Statements.txt": text(TASKS)},
            "latest",
            "'latest' is not an O*NET release: expected a number such as 30.1",
        ),
        (
            {"Task Statements.txt": text(TASKS), "Read Me.txt": README},
            "30.2",
            "is release 30.1 according to its Read Me",
        ),
        ({"Task Statements.txt": b""}, "30.1", "the last line is incomplete"),
        ({"Task Statements.txt": cut(TASKS)}, "30.1", "is damaged: the last line is incomplete"),
        ({"Task Statements.txt": cut(TASKS) + b"\r\n"}, "30.1", "line 6 has 4 fields, not 5"),
        ({"Task Statements.txt": b"\xff\xfe\n"}, "30.1", "is not UTF-8 text"),
        ({"Task Statements.txt": text([TASKS[0][:3]])}, "30.1", "it has no column 'Task Type'"),
        (
            {"Skills.xlsx": xlsx({"Skills": [["2024 National Employment Matrix code", "Skill"]]})},
            "30.1",
            f"is not an O*NET file: it has no column '{CODE}'",
        ),
        ({"Skills.xlsx": xlsx({"Skills": ESSENTIAL})[:-100]}, "30.1", "is not a readable xlsx file"),
        (
            {"Knowledge.txt": text([RATED, ["27-2012", *KNOWLEDGE[1][1:]]])},
            "30.1",
            "'27-2012' is not an O*NET-SOC code",
        ),
        (
            {"Knowledge.txt": text([RATED, [*KNOWLEDGE[1][:4], "5.01", "N", "N"]])},
            "30.1",
            "'5.01' is not a number from 1 to 5",
        ),
        (
            {"Knowledge.txt": text([RATED, [*KNOWLEDGE[1][:4], "high", "N", "N"]])},
            "30.1",
            "'high' is not a number from",
        ),
        (
            {"Knowledge.txt": text([RATED, [*KNOWLEDGE[1][:3], "RT", "5", "N", "N"]])},
            "30.1",
            "ratings on the scale 'RT': expected IM or LV",
        ),
        ({"Essential Skills.txt": text(ESSENTIAL)}, "30.3", "cannot be read without Transferable Skills in the same"),
        (
            {"Related Occupations.txt": text(RELATED)},
            "30.1",
            "cannot be read without Occupation Data in the same place",
        ),
        (
            texts({"Related Occupations": RELATED, "Occupation Data": OCCUPATIONS[:2]}),
            "30.1",
            "relates 31-1122.00, which is not among the occupations of the release",
        ),
        ({"Job Zones.txt": text(ZONES)}, "30.1", "cannot be read without Job Zone Reference in the same"),
        ({"Education.txt": text(EDUCATION)}, "30.3", "cannot be read without Education, Training, and Experience"),
        (texts({"Job Zones": ZONES, "Job Zone Reference": FIVE_ZONES[:2]}), "30.1", "has the unknown job zone '5'"),
        (
            texts({"Job Zones": ZONES, "Job Zone Reference": [FIVE_ZONES[0], ["1", "One", "(low)"]]}),
            "30.1",
            "has the unknown SVP range '(low)'",
        ),
        (texts({"Education": EDUCATION, "Education Categories": LEVELS[:2]}), "30.3", "unknown level of education '2'"),
        (
            texts(
                {"Education": EDUCATION, "Education Categories": [*LEVELS[:2], ["2.D.1", "RL", "2", "GED - or less"]]}
            ),
            "30.3",
            "has the unknown level of education 'GED'",
        ),
        (texts({"Interests": INTERESTS[:3]}), "30.1", "is damaged: 27-2012 has scores of 2 interests, not 6"),
        (
            texts({"Interests": [SCORED, ["27-2012.00", "1.B.3.a", "Mechanics", "OI", "1.50"]]}),
            "30.1",
            "has the unknown element 'Mechanics' on the scale 'OI'",
        ),
        (texts({"Interests": [SCORED, [*INTERESTS[7][:4], "7.00"]]}), "30.1", "'7.00' is not a number from 0 to 6"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, files: dict[str, bytes], release: str | None, problem: str) -> None:
    with pytest.raises(ImportRefused) as refusal:
        onet.read(folder(tmp_path, files), release=release)
    assert problem in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "db_30_1_text.zip"
    whole = archive(texts(TABLES))
    path.write_bytes(whole[:-100])
    with pytest.raises(ImportRefused, match=r"db_30_1_text\.zip cannot be read"):
        PublisherFiles(path)
    path.write_bytes(whole[:60] + b"\0\0\0\0" + whole[64:])
    with pytest.raises(ImportRefused, match=r"Occupation Data\.txt in .*db_30_1_text\.zip is damaged"):
        onet.read(PublisherFiles(path))


OURS = {"27-2012": "Producers and Directors", "31-1120": "Home Health and Personal Care Aides"}


def test_a_repeated_import_changes_nothing_and_unknown_occupations_are_counted(tmp_path: Path, new_url: str) -> None:
    files = folder(tmp_path / "onet", {"Read Me.txt": README, **texts(TABLES)})
    with writing(new_url) as session:
        store_page(session)
        role = session.scalars(select(Occupation)).first()
        assert role is not None
        for code, title in OURS.items():
            kind, group = OccupationKind.DETAILED, role.group_code
            session.add(
                Occupation(slug=code, code=code, title=title, kind=kind, group_code=group, source_id=role.source_id)
            )
        session.flush()
        reports = {dataset.source.id: store(session, dataset) for dataset in onet.read(files)}
        assert [(id_, report.stored, report.skipped[NOT_AN_OCCUPATION]) for id_, report in reports.items()] == [
            ("onet-occupations", 1, 2),
            ("onet-tasks", 4, 0),
            ("onet-skills", 5, 0),
            ("onet-knowledge", 1, 0),
            ("onet-technology", 4, 0),
            ("onet-titles", 8, 0),
            ("onet-related", 2, 3),
            ("onet-education", 3, 0),
            ("onet-zones", 1, 4),
            ("onet-interests", 6, 0),
        ]
        assert all(store(session, dataset).unchanged for dataset in onet.read(files))
        assert session.scalar(select(func.count()).select_from(AlternateTitle)) == 7
        relations = select(col(RelatedOccupation.rank)).order_by(col(RelatedOccupation.occupation_id))
        assert session.scalars(relations).all() == [1, 1]


def published(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is missing")
    return path


def lines_of(name: str) -> list[list[str]]:
    """A file of release 30.1 as lists of fields, read without the importer."""
    content = (published("onet_30_1") / name).read_bytes().decode()
    return [line.split("\t") for line in content.split("\r\n")[1:-1]]


@pytest.fixture(scope="module")
def release() -> dict[str, Dataset]:
    return by_id(onet.read(PublisherFiles(published("onet_30_1"))))


def test_the_published_release_is_read_completely(release: dict[str, Dataset]) -> None:
    found = {id_: (dataset.read, len(dataset.tables[0].rows)) for id_, dataset in release.items()}
    assert found == {
        "onet-occupations": (1016, 867),
        "onet-tasks": (18796, 15634),
        "onet-technology": (32773, 26435),
        "onet-titles": (1016 + 56505 + 7955, 59149),
        "onet-related": (18460, 15550),
        "onet-education": (37125, 8796),
        "onet-zones": (923, 774),
        "onet-interests": (8307, 6 * 774),
    }
    for dataset in release.values():
        assert dataset.source.release == "30.1"
        keys = {"onet-tasks": 2, "onet-titles": 2, "onet-technology": 2, "onet-related": 2}
        keys |= {"onet-education": 3, "onet-interests": 2}
        width = keys.get(dataset.source.id, 1)
        rows = dataset.tables[0].rows
        assert len({row[:width] for row in rows}) == len(rows)


def test_the_published_tasks(release: dict[str, Dataset]) -> None:
    lines = lines_of("Task Statements.txt")
    for soc in ("27-2012", "15-1252", "11-1011"):
        stated = [(line[2], line[3]) for line in lines if line[0] == f"{soc}.00"]
        core = [task for task, kind in stated if kind == "Core"]
        read = [row for row in release["onet-tasks"].tables[0].rows if row[0] == soc]
        assert [row[1] for row in read] == list(range(1, len(stated) + 1))
        assert [row[2] for row in read if row[3]] == core == [row[2] for row in read[: len(core)]]
        assert sorted(row[2] for row in read) == sorted(task for task, _ in stated)


def test_the_published_technologies(release: dict[str, Dataset]) -> None:
    expected = {
        (line[0][:7], line[1]): (line[4] == "Y", line[5] == "Y")
        for line in lines_of("Technology Skills.txt")
        if line[0].endswith(".00")
    }
    rows = release["onet-technology"].tables[0].rows
    assert {(soc, name): (hot, in_demand) for soc, (_, name), _, hot, in_demand in rows} == expected
    producers = [(name, hot, in_demand) for soc, (_, name), _, hot, in_demand in rows if soc == "27-2012"]
    assert producers[:2] == [("Adobe After Effects", True, True), ("Adobe Creative Cloud software", True, True)]


def test_the_published_titles(release: dict[str, Dataset]) -> None:
    expected = {line[1].casefold() for line in lines_of("Alternate Titles.txt") if line[0][:7] == "27-2012"}
    expected |= {line[2].casefold() for line in lines_of("Alternate Titles.txt") if line[0][:7] == "27-2012"}
    expected |= {line[1].casefold() for line in lines_of("Sample of Reported Titles.txt") if line[0][:7] == "27-2012"}
    expected |= {line[1].casefold() for line in lines_of("Occupation Data.txt") if line[0][:7] == "27-2012"}
    expected -= {"n/a", "producers and directors"}
    rows = release["onet-titles"].tables[0].rows
    assert {title.casefold() for soc, title, _ in rows if soc == "27-2012"} == expected
    assert {soc for soc, _, _ in rows} >= AGGREGATES.keys()
    assert ("31-1120", "Home Health Aides", False) in rows
    reported = {(published_code(line[0][:7]), line[1].casefold()) for line in lines_of("Sample of Reported Titles.txt")}
    marked = {(soc, title.casefold()) for soc, title, by_workers in rows if by_workers}
    assert len(marked) > 7000
    assert marked <= reported


def test_the_published_relations(release: dict[str, Dataset]) -> None:
    rows = release["onet-related"].tables[0].rows
    assert not [row for row in rows if row[0] == row[1]]
    closest = [row[1] for row in sorted(rows, key=lambda row: row[2]) if row[0] == "13-2011"]
    listed = [line[1][:7] for line in lines_of("Related Occupations.txt") if line[0] == "13-2011.00"]
    assert closest == list(dict.fromkeys(published_code(soc) for soc in listed if soc != "13-2011"))


def test_the_published_education_and_zones(release: dict[str, Dataset]) -> None:
    expected = [
        float(line[5])
        for line in lines_of("Education, Training, and Experience.txt")
        if line[0] == "27-2012.00" and line[3] == "RL" and line[10] != "Y"
    ]
    shares = [row for row in release["onet-education"].tables[0].rows if row[0] == "27-2012"]
    assert [row[4] for row in shares] == expected
    withheld = {
        (line[0][:7], int(line[4]))
        for line in lines_of("Education, Training, and Experience.txt")
        if line[0].endswith(".00") and line[3] == "RL" and line[10] == "Y"
    }
    read = release["onet-education"].tables[0].rows
    assert {(row[0], row[3]) for row in read if row[4] is None} == withheld
    assert {row[5] for row in read if row[4] is None} == {MissingReason.SUPPRESSED}
    assert (len(withheld), len({soc for soc, _ in withheld})) == (215, 106)
    assert [(row[2], row[3]) for row in shares][:3] == [
        ("Less than a High School Diploma", 1),
        ("High School Diploma", 2),
        ("Post-Secondary Certificate", 3),
    ]
    zones = {line[0][:7]: int(line[1]) for line in lines_of("Job Zones.txt") if line[0].endswith(".00")}
    months = {1: (0, 3), 2: (3, 12), 3: (12, 24), 4: (24, 48), 5: (48, None)}
    assert {row[0]: row[1:] for row in release["onet-zones"].tables[0].rows} == {
        soc: (zone, *months[zone]) for soc, zone in zones.items()
    }


@pytest.mark.parametrize(
    ("name", "release", "kind", "read", "stored"),
    [
        ("onet_30_x/Skills.xlsx", "30 (minor release not stated)", SkillKind.SKILL, 62580, 26180),
        ("onet_29_3/Knowledge.xlsx", "29.3", SkillKind.KNOWLEDGE, 58014, 24321),
    ],
)
def test_the_published_workbooks(name: str, release: str, kind: SkillKind, read: int, stored: int) -> None:
    path = published(name)
    [dataset] = onet.read(PublisherFiles(path))
    table = dataset.tables[0]
    assert (dataset.source.release, dataset.read, len(table.rows)) == (release, read, stored)
    lines = cells(path)[1:]
    shown = {
        (str(line[0])[:7], line[3], line[4]): line[6]
        for line in lines
        if str(line[0]).endswith(".00") and (line[11] != "Y" or line[12] == "Y")
    }
    found = {
        (soc, element, scale): value
        for soc, (_, element), _, *values, _ in table.rows
        for scale, value in zip(("IM", "LV"), values, strict=True)
        if value is not None
    }
    assert found.keys() == shown.keys()
    marked = {(str(line[0])[:7], line[3]) for line in lines if str(line[0]).endswith(".00") and line[12] == "Y"}
    assert {(row[0], row[1][1]) for row in table.rows if row[5]} == marked
    bounds = {"IM": (1, 5), "LV": (0, 7)}
    for key, value in found.items():
        low, high = bounds[key[2]]
        assert abs(value - (float(str(shown[key])) - low) / (high - low) * 100) <= 0.00005001, key
    assert {row[1][0] for row in table.rows} == {kind}
    ranked = [row[2:4] for row in table.rows if row[0] == "27-2012"]
    assert [rank for rank, _ in ranked] == list(range(1, len(ranked) + 1))
    assert [importance for _, importance in ranked] == sorted((i for _, i in ranked), reverse=True)
    # O*NET rates no aggregate as a whole, but skills of parts of each.
    rated = {str(line[0])[:7] for line in lines}
    assert not rated & AGGREGATES.keys()
    if kind is SkillKind.SKILL:
        assert [whole for whole, parts in AGGREGATES.items() if not rated & {*parts}] == []


def test_aggregates_match_the_crosswalk() -> None:
    lines = cells(published("crosswalks/nem-onet-to-soc-crosswalk.xlsx"), "ONET to SOC crosswalk")
    start = next(number for number, line in enumerate(lines) if "NEM Code" in line)
    code, whole = lines[start].index("O*NET-SOC Code"), lines[start].index("NEM Code")
    pairs = [(str(line[code]), str(line[whole])) for line in lines[start + 1 :] if line[code]]
    assert len(pairs) == 997
    assert all(published_code(onet_code[:7]) == nem for onet_code, nem in pairs)
    assert {nem for onet_code, nem in pairs if onet_code[:7] != nem} == AGGREGATES.keys()
