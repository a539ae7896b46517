"""The Employment Projections importer, with small files in every form and with the published ones."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from db.models import (
    Education,
    Occupation,
    OccupationSkill,
    Outlook,
    Row,
    Share,
    Skill,
    Source,
    WiderGroup,
    WiderGroupMember,
)
from db.vocabulary import MissingReason, OccupationKind, ShareKind, SkillKind
from db.writing import writing
from seed import acs_groups, projections
from seed.comparison_page import store_page
from seed.dataset import NOT_AN_OCCUPATION, Dataset, store
from seed.publisher_files import ImportRefused, PublisherFiles
from tests.seed.workbooks import SHARED, Sheet, archive, cells, lay, needs_shared, xlsx

PUBLISHED = SHARED / "bls_ep_2024_34"

TITLE, CODE = "2024 National Employment Matrix title", "2024 National Employment Matrix code"
ENTRY = "Typical education needed for entry"
EXPERIENCE = "Work experience in a related occupation"
TRAINING = "Typical on-the-job training needed to attain competency in the occupation"

TABLE_1_2: Sheet = [
    ["Table 1.2 Occupational projections, 2024\N{EN DASH}2034 (Employment in thousands)"],
    [
        *(TITLE, CODE, "Occupation type", "Employment, 2024", "Employment, 2034"),
        *("Employment distribution, percent, 2024", "Employment change, numeric, 2024\N{EN DASH}34"),
        *("Employment change, percent, 2024\N{EN DASH}34", "Occupational openings, 2024\N{EN DASH}34 annual average"),
        *("Median annual wage, dollars, 2024[1]", ENTRY, EXPERIENCE, TRAINING),
    ],
    ["Total, all occupations", "00-0000", "Summary", 169956.1, 175167.9, 100, 5211.8, 3.1, 18863.3, 49500, *"———"],
    [
        *("      Producers and directors", "27-2012", "Line item", 167.0, 175.2, 0.1, 8.2, 4.9, 12.8),
        *(">=$239,200", "Bachelor's degree", "Less than 5 years", "None"),
    ],
    ["  Actors", "27-2011", "Line item", "—", 57.1, 0, "—", "—", 6.3, "—", "Some college, no degree", "None", "—"],
    ["Footnotes:"],
    ["[1] Data are from the Occupational Employment and Wage Statistics program."],
]

TABLE_5_3: Sheet = [
    ["Table 5.3 Educational attainment for workers by detailed occupation, 2022\N{EN DASH}23 (Percent)"],
    [TITLE, CODE, "High school diploma or equivalent", "Bachelor's degree", "Master's degree"],
    ["Total, all occupations", "00-0000", 40, 35, 25],
    ["Producers and directors", "27-2012", 10.4, 57.5, 32.1],
    ["Actors", "27-2011", 45, 45, "—"],
    ["Dancers[1]", "27-2031", 60, 30, 10],
    ["Home health and personal care aides[1]", "31-1120", 70, 20, 10],
    ["Footnotes:"],
    ["[1] This occupation is not an exact match with ACS"],
]

TABLE_5_4: Sheet = [
    ["Table 5.4 Education and training assignments by detailed occupation, 2024"],
    [TITLE, CODE, ENTRY, EXPERIENCE, TRAINING],
    ["Producers and directors", "27-2012", "Bachelor's degree", "Less than 5 years", "None"],
    ["Dancers", "27-2031", "No formal educational credential", "None", "Long-term on-the-job training"],
    ["Source: Employment Projections program, U.S. Bureau of Labor Statistics"],
]

TABLE_6_5: Sheet = [
    ["Table 6.5 Percentile rank of detailed occupations by skill, 2024"],
    [TITLE, CODE, "Adaptability", "Creativity and innovation", "Customer service"],
    ["Producers and directors", "27-2012", 80, 97, 80],
    ["Actors", "27-2011", 1, "—", 2],
    ["Actors", "27-2011", 3, 4, 5],
    ["Dancers[1]", "27-2031", 89, 78, 94],
    ["[1] Skills information from similar O*NET-SOC occupation(s) imputed for this occupation."],
]

EXPORT = (
    '"Occupation Title","Occupation Code","Employment 2024","Employment 2034","Employment Change, 2024-2034",'
    '"Employment Percent Change, 2024-2034","Occupational Openings, 2024-2034 Annual Average",'
    '"Median Annual Wage 2024","Typical Entry-Level Education","Education Code",'
    '"Work Experience in a Related Occupation","Workex Code","Typical on-the-job Training","trCode"\n'
    '"Accountants and auditors    * Auditor* Accountant","=""13-2011""","1,579.8","1,652.6","72.8","4.6","124.2",'
    '"81,680","Bachelor\'s degree","3","None","4","None","6"\n'
    '"Actors    * Actress","=""27-2011""","57.0","57.1","0.2","N/A","6.3","N/A","N/A","6","None","4","None","3"\n'
)

FILES = {
    "occupation.xlsx": xlsx({"Index": [["Occupation.xlsx contents"]], "Table 1.2": TABLE_1_2}),
    "education.xlsx": xlsx({"Table 5.3": TABLE_5_3, "Table 5.4": TABLE_5_4}),
    "skills.xlsx": xlsx({"Table 6.5": TABLE_6_5}),
    "Employment Projections.csv": EXPORT.encode(),
}


def datasets(path: Path) -> dict[str, Dataset]:
    return {dataset.source.id: dataset for dataset in projections.read(PublisherFiles(path))}


def rows(dataset: Dataset, table: type[Row] | None = None) -> list[dict[str, Any]]:
    [found] = [each for each in dataset.tables if table in (None, each.table)]
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_the_outlook(tmp_path: Path) -> None:
    outlook = datasets(lay(tmp_path, FILES))["ep-outlook"]
    assert rows(outlook) == [
        {
            "soc": "27-2012",
            "growth_percent": 4.9,
            "from_year": 2024,
            "to_year": 2034,
            "openings_per_year": 12_800,
            "employment_from": 167_000,
            "employment_to": 175_200,
        },
        {
            "soc": "27-2011",
            "growth_percent": None,
            "from_year": 2024,
            "to_year": 2034,
            "openings_per_year": 6_300,
            "employment_from": None,
            "employment_to": 57_100,
        },
    ]
    assert (outlook.read, outlook.skipped) == (3, {projections.SUMMARY: 1})
    assert (outlook.source.release, outlook.source.version) == ("2024-34", "2024")


def test_thousands_become_whole_jobs(tmp_path: Path) -> None:
    # 32.3 * 1000 is 32,299.999999999996 in floating point.
    row: list[str | float | None] = [
        "Dancers",
        "27-2031",
        "Line item",
        32.3,
        64.1,
        0.1,
        31.8,
        98.5,
        128.2,
        "—",
        "—",
        "—",
        "—",
    ]
    path = lay(tmp_path, {"occupation.xlsx": xlsx({"Table 1.2": [*TABLE_1_2[:2], row]})})
    [outlook] = rows(datasets(path)["ep-outlook"])
    figures = ("employment_from", "employment_to", "openings_per_year")
    assert [outlook[name] for name in figures] == [32_300, 64_100, 128_200]


def test_a_dash_is_not_a_label(tmp_path: Path) -> None:
    education = datasets(lay(tmp_path, {"occupation.xlsx": FILES["occupation.xlsx"]}))["ep-education"]
    assert [tuple(row.values()) for row in rows(education, Education)] == [
        ("27-2012", None, None, "Bachelor's degree", "Less than 5 years", "None"),
        ("27-2011", None, None, "Some college, no degree", "None", None),
    ]


def test_a_footnote_of_any_number_marks_figures_of_others(tmp_path: Path) -> None:
    table: Sheet = [*TABLE_6_5[:2], ["Dancers[12]", "27-2031", 89, 78, 94], ["Actors [1] and more", "27-2011", 1, 2, 3]]
    skills = datasets(lay(tmp_path, {"skills.xlsx": xlsx({"Table 6.5": table})}))["ep-skills"]
    assert ({row["soc"] for row in rows(skills)}, skills.skipped) == ({"27-2011"}, {projections.IMPUTED: 1})


def test_needs_come_from_table_5_4_and_degrees_from_5_3(tmp_path: Path) -> None:
    education = datasets(lay(tmp_path, FILES))["ep-education"]
    columns = (
        *("soc", "degrees_group_code", "most_common_degree"),
        *("typical_entry", "related_experience", "on_the_job_training"),
    )
    # Table 5.3 marks dancers and aides with a footnote. The aides' two ACS categories are theirs alone.
    high_school = "High school diploma or equivalent"
    assert [tuple(row[column] for column in columns) for row in rows(education, Education)] == [
        ("27-2012", None, "Bachelor's degree", "Bachelor's degree", "Less than 5 years", "None"),
        (
            *("27-2031", "acs-2740", high_school, "No formal educational credential", "None"),
            "Long-term on-the-job training",
        ),
        ("27-2011", None, None, None, None, None),  # two levels are equally common
        ("31-1120", None, high_school, None, None, None),
    ]
    assert [tuple(row.values()) for row in rows(education, Share) if row["soc"] in ("27-2012", "27-2011")] == [
        ("27-2012", ShareKind.DEGREE, high_school, 1, 10.4, None),
        ("27-2012", ShareKind.DEGREE, "Bachelor's degree", 2, 57.5, None),
        ("27-2012", ShareKind.DEGREE, "Master's degree", 3, 32.1, None),
        ("27-2011", ShareKind.DEGREE, high_school, 1, 45, None),
        ("27-2011", ShareKind.DEGREE, "Bachelor's degree", 2, 45, None),
        ("27-2011", ShareKind.DEGREE, "Master's degree", 3, None, MissingReason.NOT_COLLECTED),
    ]
    assert (education.read, education.skipped) == (7, {projections.SUMMARY: 1})
    assert "American Community Survey 2022-23" in education.source.name


def test_a_footnoted_row_that_the_crosswalk_does_not_have_is_left_out(tmp_path: Path) -> None:
    table: Sheet = [*TABLE_5_3[:2], ["Wizards[1]", "99-9999", 1, 2, 3], ["Actors", "27-2011", 1, 2, 3]]
    education = datasets(lay(tmp_path, {"education.xlsx": xlsx({"Table 5.3": table})}))["ep-education"]
    assert {row["soc"] for row in rows(education, Share)} == {"27-2011"}
    assert education.skipped == {projections.UNKNOWN_GROUP: 1}


def test_skills_are_ranked_by_percentile_then_name(tmp_path: Path) -> None:
    skills = datasets(lay(tmp_path, FILES))["ep-skills"]
    assert [tuple(row.values()) for row in rows(skills)] == [
        ("27-2012", (SkillKind.CATEGORY, "Creativity and innovation"), 1, 97),
        ("27-2012", (SkillKind.CATEGORY, "Adaptability"), 2, 80),
        ("27-2012", (SkillKind.CATEGORY, "Customer service"), 3, 80),
        ("27-2011", (SkillKind.CATEGORY, "Customer service"), 1, 2),
        ("27-2011", (SkillKind.CATEGORY, "Adaptability"), 2, 1),
    ]
    assert (skills.read, skills.skipped) == (4, {projections.REPEATED: 1, projections.IMPUTED: 1})


def test_the_csv_export_replaces_a_missing_table_1_2(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"\xef\xbb\xbf" + EXPORT.encode())
    found = datasets(path)
    assert list(found) == ["ep-outlook", "ep-education"]
    assert [tuple(row.values()) for row in rows(found["ep-outlook"])] == [
        ("13-2011", 4.6, 2024, 2034, 124_200, 1_579_800, 1_652_600),
        ("27-2011", None, 2024, 2034, 6_300, 57_000, 57_100),
    ]
    assert [tuple(row.values()) for row in rows(found["ep-education"], Education)] == [
        ("13-2011", None, None, "Bachelor's degree", "None", "None"),
        ("27-2011", None, None, None, "None", "None"),
    ]
    assert rows(found["ep-education"], Share) == []


def test_files_may_have_only_some_of_the_tables(tmp_path: Path) -> None:
    for name, ids in {
        "occupation.xlsx": ["ep-outlook", "ep-education"],
        "education.xlsx": ["ep-acs-groups", "ep-education"],
        "skills.xlsx": ["ep-skills"],
    }.items():
        path = tmp_path / f"renamed {name}"
        path.write_bytes(FILES[name])
        assert list(datasets(path)) == ids


def test_a_zip_gives_the_same_datasets_as_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "projections.zip"
    path.write_bytes(archive({f"ep/{name}": content for name, content in FILES.items()}))
    (tmp_path / "folder").mkdir()
    assert datasets(path) == datasets(lay(tmp_path / "folder", FILES))


def cut(sheet: Sheet, column: str) -> Sheet:
    """Return a sheet without a column."""
    index = list(sheet[1]).index(column)
    return [sheet[0], *([*row[:index], *row[index + 1 :]] for row in sheet[1:])]


OLDER: Sheet = [TABLE_6_5[0], [str(name).replace("2024", "2023") for name in TABLE_6_5[1]], *TABLE_6_5[2:]]
STRANGE: Sheet = [*TABLE_6_5[:2], ["Producers and directors", "27.2012", 1, 2, 3]]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "has no Employment Projections: expected Table 1.2"),
        ({"oews.csv": b"OCC_CODE,TOT_EMP\n11-1011,200\n"}, "has no Employment Projections: expected Table 1.2"),
        ({"Skills.xlsx": xlsx({"Skills": [["O*NET-SOC Code"]]})}, "has no Employment Projections: expected Table 1.2"),
        ({"occupation.xlsx": FILES["occupation.xlsx"][:-100]}, "occupation.xlsx in .* is not a readable xlsx file"),
        ({"occupation.xlsx": b""}, "occupation.xlsx in .* is not a readable xlsx file"),
        (
            {"occupation.xlsx": xlsx({"Table 1.2": cut(TABLE_1_2, "Employment, 2034")})},
            'occupation.xlsx: Table 1.2 does not have two columns "Employment, ',
        ),
        (
            {"occupation.xlsx": xlsx({"Table 1.2": cut(TABLE_1_2, "Employment change, percent, 2024\N{EN DASH}34")})},
            'occupation.xlsx: Table 1.2 has no column "Employment change, percent"',
        ),
        (
            {"education.xlsx": xlsx({"Table 5.4": cut(TABLE_5_4, CODE)})},
            'education.xlsx: Table 5.4 has no column "Occupation code"',
        ),
        ({"education.xlsx": xlsx({"Table 5.4": TABLE_5_4[1:]})}, "does not begin with its title and header"),
        (
            {"education.xlsx": xlsx({"Table 5.4": [*TABLE_5_4[:3], ["Dancers", "27-2031", "Ballet", "None", "None"]]})},
            'education.xlsx: Table 5.4 has the unknown level "Ballet"; the known ones are "No formal educational ',
        ),
        (
            {"education.xlsx": xlsx({"Table 5.3": [TABLE_5_3[0], [TITLE, CODE, "Degree"], ["Actors", "27-2011", 1]]})},
            'education.xlsx: Table 5.3 has the unknown level "Degree"',
        ),
        ({"skills.xlsx": xlsx({"Table 6.5": TABLE_6_5[:2]})}, "Table 6.5 has no rows of occupations"),
        (
            {"skills.xlsx": xlsx({"Table 6.5": STRANGE})},
            "Table 6.5 has '27.2012' instead of an occupation code",
        ),
        ({**FILES, "skills.xlsx": xlsx({"Table 6.5": OLDER})}, "mixes the projections from 2023 and 2024"),
        ({**FILES, "skills-2.xlsx": FILES["skills.xlsx"]}, "Table 6.5 twice: remove skills-2.xlsx or skills.xlsx"),
        ({"projections.csv": EXPORT.encode()[:-40]}, "projections.csv is not a complete CSV file"),
        ({"projections.csv": EXPORT.encode()[:-2] + b"\n"}, "projections.csv is not a complete CSV file"),
        ({"projections.csv": b""}, "projections.csv is not a complete CSV file"),
        ({"projections.csv": b"\xff\xfe"}, "projections.csv in .* is not UTF-8 text"),
        (
            {"projections.csv": EXPORT.replace("Openings", "Closings").encode()},
            'The CSV export has no column "Occupational openings, annual average"',
        ),
    ],
)
def test_unusable_files_are_refused(tmp_path: Path, files: Mapping[str, bytes], message: str) -> None:
    with pytest.raises(ImportRefused, match=message):
        datasets(lay(tmp_path, files))


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "projections.zip"
    path.write_bytes(archive(FILES)[:-30])
    with pytest.raises(ImportRefused, match=r"projections.zip cannot be read"):
        datasets(path)


def test_a_release_other_than_the_named_one_is_refused(tmp_path: Path) -> None:
    files = PublisherFiles(lay(tmp_path, FILES))
    assert len(projections.read(files, release="2024-34")) == 4
    with pytest.raises(ImportRefused, match="has the Employment Projections 2024-34, not 2023-33"):
        projections.read(files, release="2023-33")


def test_a_repeated_import_changes_nothing_and_a_new_one_deletes_old_degrees(tmp_path: Path, new_url: str) -> None:
    path = lay(tmp_path, FILES)
    with writing(new_url) as session:
        store_page(session)
        source = Source(id="test", name="Test", license="Public domain", digest="0" * 64)
        session.add(source)
        session.flush()
        session.add(
            Occupation(
                slug="producers-and-directors",
                code="27-2012",
                title="Producers and Directors",
                kind=OccupationKind.DETAILED,
                group_code="27-0000",
                source_id="test",
            )
        )
        session.flush()
        reports = [store(session, dataset) for dataset in datasets(path).values()]
        # 145 groups, none of which has a stored occupation.
        assert [report.stored for report in reports] == [1, 145, 4, 3]
        assert [report.skipped[NOT_AN_OCCUPATION] for report in reports] == [1, 456, 12, 2]
        assert (
            session.scalars(select(Outlook).where(col(Outlook.source_id) == "ep-outlook")).one().growth_percent == 4.9
        )
        ranked = (
            select(col(Skill.name))
            .join(OccupationSkill, col(OccupationSkill.skill_id) == col(Skill.id))
            .where(col(OccupationSkill.source_id) == "ep-skills")
            .order_by(col(OccupationSkill.rank))
        )
        assert session.scalars(ranked).all() == ["Creativity and innovation", "Adaptability", "Customer service"]

        assert all(store(session, dataset).unchanged for dataset in datasets(path).values())
        (tmp_path / "education.xlsx").unlink()
        changed = [store(session, dataset).unchanged for dataset in datasets(path).values()]
        assert changed == [True, False, True]
        assert session.scalars(select(Share).where(col(Share.source_id) == "ep-education")).all() == []


def sheet(file: str, name: str) -> dict[str, list[Any]]:
    """The rows of a published table, by code."""
    return {row[1]: row for row in cells(PUBLISHED / file, name) if re.fullmatch(r"\d\d-\d{4}", str(row[1]))}


@needs_shared
def test_the_published_outlook_and_education_of_every_occupation() -> None:
    published = {code: row for code, row in sheet("occupation.xlsx", "Table 1.2").items() if row[2] == "Line item"}
    found = datasets(PUBLISHED)
    assert {row["soc"]: tuple(row.values())[1:] for row in rows(found["ep-outlook"])} == {
        code: (row[8], 2024, 2034, round(row[10] * 1000), round(row[3] * 1000), round(row[4] * 1000))
        for code, row in published.items()
    }
    assert {row["soc"]: tuple(row.values())[3:] for row in rows(found["ep-education"], Education)} == {
        code: tuple(row[2:5]) for code, row in sheet("education.xlsx", "Table 5.4").items()
    }
    assert len(published) == 832
    assert (found["ep-outlook"].read, found["ep-outlook"].skipped) == (1113, {projections.SUMMARY: 281})


def acs_titles() -> dict[str, set[str]]:
    """The titles of each occupation's ACS categories, from BLS's crosswalk."""
    titles: dict[str, set[str]] = {}
    for _, code, _, acs, title in cells(SHARED / "crosswalks" / "nem-occcode-acs-crosswalk.xlsx")[1:]:
        titles.setdefault(code, set()).add(f"{acs:04.0f} {title}")
    return titles


@needs_shared
def test_the_published_degrees_of_every_occupation() -> None:
    education = datasets(PUBLISHED)["ep-education"]
    shares: dict[str, list[float]] = {}
    for row in rows(education, Share):
        assert row["missing"] is None
        shares.setdefault(row["soc"], []).append(row["percent"])
    published = sheet("education.xlsx", "Table 5.3")
    assert shares == {code: row[2:] for code, row in published.items() if code != "00-0000"}
    assert (len(shares), education.skipped) == (832, {projections.SUMMARY: 1})
    assert shares["27-2012"] == [0.8, 5.3, 12.4, 5.3, 57.5, 15.3, 3.4]


@needs_shared
def test_footnoted_degrees_are_those_of_the_group_that_the_crosswalk_names() -> None:
    found, titles = datasets(PUBLISHED), acs_titles()
    names = {row["code"]: f"{row['code'][4:]} {row['name']}" for row in rows(found["ep-acs-groups"], WiderGroup)}
    group_of = {row["soc"]: row["degrees_group_code"] for row in rows(found["ep-education"], Education)}
    published = sheet("education.xlsx", "Table 5.3")
    footnoted = {code for code, row in published.items() if row[0].endswith("[1]")}
    summed = {"13-1020", "21-1018", "31-1120"}
    assert len(footnoted) == 459
    assert {code: {names[group]} for code, group in group_of.items() if group} == {
        code: titles[code] for code in footnoted - summed
    }
    # Three aggregates consist of categories that no other occupation is in.
    for code in summed:
        assert len(titles[code]) > 1
        assert all(titles[code].isdisjoint(of_other) for other, of_other in titles.items() if other != code)
    members: dict[str, set[str]] = {}
    for row in rows(found["ep-acs-groups"], WiderGroupMember):
        members.setdefault(row["group_code"], set()).add(row["soc"])
    for code, of_group in members.items():
        assert of_group == {soc for soc, of in titles.items() if of == {names[code]}}
        assert len({tuple(published[soc][2:]) for soc in of_group}) == 1
    assert (len(members), sum(map(len, members.values()))) == (145, 456)


@needs_shared
def test_the_published_skills_of_occupations_without_footnote() -> None:
    skills = datasets(PUBLISHED)["ep-skills"]
    published = sheet("skills.xlsx", "Table 6.5")
    percentiles: dict[str, list[float]] = {}
    for row in sorted(rows(skills), key=lambda row: row["skill"][1]):
        percentiles.setdefault(row["soc"], []).append(row["percentile"])
    assert percentiles == {code: row[2:] for code, row in published.items() if "[1]" not in row[0]}
    assert (len(percentiles), skills.skipped[projections.IMPUTED]) == (724, 108)
    assert Counter(row["rank"] for row in rows(skills)) == dict.fromkeys(range(1, 18), 724)


@needs_shared
def test_the_published_export_and_workbook_agree() -> None:
    export, workbook = datasets(PUBLISHED / "Employment Projections.csv"), datasets(PUBLISHED / "occupation.xlsx")
    for key, table in (("ep-outlook", Outlook), ("ep-education", Education)):
        assert {row["soc"]: row for row in rows(export[key], table)} == {
            row["soc"]: row for row in rows(workbook[key], table)
        }
    with (PUBLISHED / "Employment Projections.csv").open(encoding="utf-8-sig", newline="") as file:
        printed = {row["Occupation Code"]: row for row in csv.DictReader(file)}['="27-2012"']
    assert (
        printed["Employment Percent Change, 2024-2034"],
        printed["Occupational Openings, 2024-2034 Annual Average"],
    ) == ("4.9", "12.8")


@needs_shared
def test_the_bundled_crosswalk_matches_the_workbook() -> None:
    workbook = PublisherFiles(SHARED / "crosswalks" / "nem-occcode-acs-crosswalk.xlsx")
    assert acs_groups.distilled(workbook) == acs_groups.FILE.read_text(encoding="utf-8")


def test_an_unrelated_workbook_is_no_crosswalk(tmp_path: Path) -> None:
    path = tmp_path / "crosswalk.xlsx"
    path.write_bytes(xlsx({"Sheet1": [["Code", "Title"]]}))
    with pytest.raises(ImportRefused, match=r"crosswalk.xlsx is not the crosswalk to the American Community Survey"):
        acs_groups.distilled(PublisherFiles(path))
    with pytest.raises(ImportRefused, match="has no xlsx file with the crosswalk to the American Community Survey"):
        acs_groups.distilled(PublisherFiles(Path(__file__)))
