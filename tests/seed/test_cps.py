"""The Current Population Survey importer, with small tables and with the published ones."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from db.models import Demographics, Row, Share, WeeklyEarnings, WiderGroup, WiderGroupMember
from db.vocabulary import MissingReason, ShareKind
from seed import cps
from seed.dataset import Dataset
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc_codes import AGGREGATES
from tests.seed.workbooks import SHARED, Sheet, archive, cells, lay, needs_shared, xlsx

DASH = "\N{EN DASH}"
SMALL, UNCOLLECTED = {"reason": "SMALL_SAMPLE"}, {"reason": "NOT_COLLECTED"}
IN_PARTS = ["13-1020", "21-1018", "31-1120"]
"""The occupations of which the Census list only has parts."""

NOTE_2025 = "NOTE: Dash indicates no data. Annual estimates for 2025 are 11-month averages that exclude October."

TABLE_11: Sheet = [
    [
        (
            "HOUSEHOLD DATA\nANNUAL AVERAGES\n"
            "11. Employed persons by detailed occupation, sex, race, and Hispanic or Latino ethnicity"
        )
    ],
    ["[Numbers in thousands]"],
    [""],
    ["Occupation", 2022],
    ["", "Total\nemployed", "Percent of total employed"],
    ["", "", "Women", "White", "Black or\nAfrican\nAmerican", "Asian", "Hispanic\nor Latino"],
    [""],
    ["Total, 16 years and over", 158291, 46.8, 77, 12.6, 6.7, 18.5],
    [""],
    ["Management,  professional, and related occupations", 68099, 51.5, 77.7, 10.2, 9, 10.9],
    ["Chief executives", 1780, 29.2, 85.9, 5.9, 6.7, 6.8],
    ["  Chief Executives", 1, 2, 3, 4, 5, 6],
    ["Legislators", 20, *[DASH] * 5],
    ["Education and childcare administrators", 900, 65, 80, 13, 3, 10],
    ["Other financial specialists", 90, 55, 80, 13, 3, 10],
    ["Property appraisers and assessors", 110, 34.4, 90, 5, 2, DASH],
    ["Wizards", 110, 34.4, 90, 5, 2, 4],
    [""],
    ["NOTE: Estimates for the above race groups do not sum to totals."],
]

TABLE_11B: Sheet = [
    ["HOUSEHOLD DATA\n ANNUAL AVERAGES\n 11b. Employed people by detailed occupation and age"],
    ["[Numbers in thousands]"],
    ["Occupation", "2025"],
    ["", "Total, 16 years and over", "16 to 19 years", "Median age"],
    ["Total employed", 163493, 5551, 42.1],
    ["Chief executives", 1828, 0, 51.6],
    ["Legislators", 29, 0, DASH],
    [NOTE_2025],
]

TABLE_39: Sheet = [
    [
        (
            "HOUSEHOLD DATA\n ANNUAL AVERAGES\n"
            " 39. Median weekly earnings of full-time wage and salary workers by detailed occupation and sex"
        )
    ],
    ["Occupation", "2025"],
    ["", "Total", "", "Men", "", "Women"],
    ["", *["Number of workers", "Median weekly earnings"] * 3],
    ["Total, full-time wage and salary workers", 121470, 1204, 66979, 1326, 54491, 1089],
    ["Chief executives", 1245, 2908, 791, 3098, 453, 2325],
    ["Refuse and recyclable material collectors", 116, 943, 110, 950, 6, DASH],
    ["Legislators", 12, DASH, 6, DASH, 6, DASH],
    [NOTE_2025],
]

FILES = {
    "cpsaat11.xlsx": xlsx({"cpsaat11": TABLE_11}),
    "cpsaat11b.xlsx": xlsx({"cpsaat11b": TABLE_11B}),
    "cpsaat39.xlsx": xlsx({"cpsaat39": TABLE_39}),
}


def datasets(path: Path) -> dict[str, Dataset]:
    return {dataset.source.id: dataset for dataset in cps.read(PublisherFiles(path))}


def rows(dataset: Dataset, table: type[Row]) -> list[tuple[Any, ...]]:
    [found] = [each for each in dataset.tables if each.table is table]
    return list(found.rows)


def test_sex_and_race(tmp_path: Path) -> None:
    found = datasets(lay(tmp_path, FILES))["cps-11"]
    both, managers = {"gender": SMALL, "race": SMALL}, [f"11-90{number}" for number in (31, 32, 33, 39)]
    assert rows(found, Demographics) == [
        ("11-1011", None, False, None),
        ("11-1031", None, None, both),
        *((code, "census-0230", False, None) for code in managers),
        ("13-2054", "census-0960", False, None),
        ("13-2099", "census-0960", False, None),
        ("13-2020", None, False, None),
        *((code, None, None, {"gender": UNCOLLECTED, "race": UNCOLLECTED}) for code in IN_PARTS),
    ]
    shares = rows(found, Share)
    assert [share for share in shares if share[0] in ("11-1011", "13-2020", "13-2099")] == [
        ("11-1011", ShareKind.GENDER, "Female", 1, 29.2, None),
        ("11-1011", ShareKind.GENDER, "Male", 2, 70.8, None),
        ("11-1011", ShareKind.RACE, "White", 1, 85.9, None),
        ("11-1011", ShareKind.RACE, "Black or African American", 2, 5.9, None),
        ("11-1011", ShareKind.RACE, "Asian", 3, 6.7, None),
        ("11-1011", ShareKind.RACE, "Hispanic or Latino", 4, 6.8, None),
        ("13-2099", ShareKind.GENDER, "Female", 1, 55, None),
        ("13-2099", ShareKind.GENDER, "Male", 2, 45, None),
        ("13-2099", ShareKind.RACE, "White", 1, 80, None),
        ("13-2099", ShareKind.RACE, "Black or African American", 2, 13, None),
        ("13-2099", ShareKind.RACE, "Asian", 3, 3, None),
        ("13-2099", ShareKind.RACE, "Hispanic or Latino", 4, 10, None),
        ("13-2020", ShareKind.GENDER, "Female", 1, 34.4, None),
        ("13-2020", ShareKind.GENDER, "Male", 2, 65.6, None),
        ("13-2020", ShareKind.RACE, "White", 1, 90, None),
        ("13-2020", ShareKind.RACE, "Black or African American", 2, 5, None),
        ("13-2020", ShareKind.RACE, "Asian", 3, 2, None),
        ("13-2020", ShareKind.RACE, "Hispanic or Latino", 4, None, MissingReason.SMALL_SAMPLE),
    ]
    assert {share[0] for share in shares} == {"11-1011", *managers, "13-2054", "13-2099", "13-2020"}
    assert found.read == 9
    assert found.skipped == {cps.GROUP: 2, cps.REPEATED: 1, cps.UNKNOWN: 1}
    assert (found.source.release, found.source.version) == ("2022", "2022")


def test_the_share_of_men_is_rounded_like_the_published_shares(tmp_path: Path) -> None:
    # 100 - 64.1 is 35.900000000000006 in floating point.
    table = [[*row[:2], 64.1, *row[3:]] if row[0] == "Chief executives" else row for row in TABLE_11]
    shares = rows(datasets(lay(tmp_path, {"cpsaat11.xlsx": xlsx({"cpsaat11": table})}))["cps-11"], Share)
    assert shares[:2] == [
        ("11-1011", ShareKind.GENDER, "Female", 1, 64.1, None),
        ("11-1011", ShareKind.GENDER, "Male", 2, 35.9, None),
    ]


def test_median_age_and_a_year_of_eleven_months(tmp_path: Path) -> None:
    found = datasets(lay(tmp_path, FILES))["cps-11b"]
    assert [(table.columns, list(table.rows)) for table in found.tables] == [
        (
            ("soc", "group_code", "median_age", "missing"),
            [
                ("11-1011", None, 51.6, None),
                ("11-1031", None, None, {"median_age": SMALL}),
                *((code, None, None, {"median_age": UNCOLLECTED}) for code in IN_PARTS),
            ],
        ),
    ]
    assert (found.read, found.skipped) == (3, {cps.GROUP: 1})
    assert found.source.release == "2025 (11-month averages, October not collected)"
    assert found.source.version == "2025"


def test_weekly_earnings_are_null_if_not_published(tmp_path: Path) -> None:
    found = datasets(lay(tmp_path, FILES))["cps-39"]
    assert [(table.columns, list(table.rows)) for table in found.tables] == [
        (
            ("soc", "group_code", "everyone", "men", "women", "missing"),
            [
                ("11-1011", None, 2908, 3098, 2325, None),
                ("53-7081", None, 943, 950, None, {"women": SMALL}),
                ("11-1031", None, None, None, None, dict.fromkeys(("everyone", "men", "women"), SMALL)),
                *(
                    (code, None, None, None, None, dict.fromkeys(("everyone", "men", "women"), UNCOLLECTED))
                    for code in IN_PARTS
                ),
            ],
        ),
    ]
    assert (found.read, found.skipped) == (4, {cps.GROUP: 1})


def test_a_category_that_is_only_a_part_of_an_occupation_is_left_out(tmp_path: Path) -> None:
    table: Sheet = [*TABLE_11B[:4], ["Home health aides", 300, 9, 45.1], ["Personal care aides", 900, 9, 43.9]]
    found = datasets(lay(tmp_path, {"cpsaat11b.xlsx": xlsx({"cpsaat11b": table})}))["cps-11b"]
    ages = {code: (age, missing) for code, _, age, missing in rows(found, Demographics)}
    assert ages["31-1120"] == (None, {"median_age": UNCOLLECTED})
    assert found.skipped == {cps.PART: 2}


def test_a_zip_and_single_files_give_the_same_datasets_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    whole = datasets(lay(tmp_path / "folder", FILES))
    assert sorted(whole) == ["census-occupations", "cps-11", "cps-11b", "cps-39"]
    path = tmp_path / "cps.zip"
    path.write_bytes(archive({f"cps/{name}": content for name, content in FILES.items()}))
    assert datasets(path) == whole
    for name in FILES:
        single = datasets(tmp_path / "folder" / name)
        assert single == {id_: whole[id_] for id_ in ("census-occupations", name.replace("cpsaat", "cps-")[:-5])}


def test_a_table_is_recognized_by_its_title_not_the_file_name(tmp_path: Path) -> None:
    path = tmp_path / "download (3).xlsx"
    path.write_bytes(FILES["cpsaat39.xlsx"])
    assert list(datasets(path)) == ["census-occupations", "cps-39"]


UNTITLED: Sheet = [["", *row[1:]] if row[0] == "Occupation" else row for row in TABLE_11B]
OLDER: Sheet = [["Occupation", "2019"] if row[0] == "Occupation" else row for row in TABLE_11B]
OTHER: Sheet = [["HOUSEHOLD DATA\nANNUAL AVERAGES\n18b. Employed people by detailed industry and age"], *TABLE_11B[1:]]
AGELESS: Sheet = [row[:3] for row in TABLE_11B]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "has no Current Population Survey table: expected Table 11, 11b or 39"),
        ({"cpsaat18b.xlsx": xlsx({"cpsaat18b": OTHER})}, "has no Current Population Survey table"),
        ({"skills.xlsx": xlsx({"Empty": []})}, "has no Current Population Survey table"),
        ({"cpsaat39.xlsx": FILES["cpsaat39.xlsx"][:-100]}, r"cpsaat39.xlsx in .* is not a readable xlsx file"),
        ({"cpsaat39.xlsx": b"not a workbook"}, r"cpsaat39.xlsx in .* is not a readable xlsx file"),
        ({"cpsaat11b.xlsx": xlsx({"cpsaat11b": AGELESS})}, 'Table 11b has no column "Median age"'),
        (
            {"cpsaat11b.xlsx": xlsx({"cpsaat11b": UNTITLED})},
            "has no header with a year followed by rows of occupations",
        ),
        (
            {"cpsaat11b.xlsx": xlsx({"cpsaat11b": TABLE_11B[:4]})},
            "has no header with a year followed by rows of occupations",
        ),
        (
            {"cpsaat11b.xlsx": xlsx({"cpsaat11b": OLDER})},
            "is the table of 2019; tables before 2020 use an earlier Census",
        ),
        (
            {**FILES, "cpsaat39-2024.xlsx": FILES["cpsaat39.xlsx"]},
            r"has Table 39 twice: remove cpsaat39-2024.xlsx or cpsaat39.xlsx",
        ),
    ],
)
def test_unusable_files_are_refused(tmp_path: Path, files: Mapping[str, bytes], message: str) -> None:
    with pytest.raises(ImportRefused, match=message):
        datasets(lay(tmp_path, files))


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cps.zip"
    path.write_bytes(archive(FILES)[:-30])
    with pytest.raises(ImportRefused, match=r"cps.zip cannot be read"):
        datasets(path)


def test_a_year_other_than_the_named_release_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cpsaat39.xlsx"
    path.write_bytes(FILES["cpsaat39.xlsx"])
    _, dataset = cps.read(PublisherFiles(path), release="2025")
    assert dataset.source.version == "2025"
    with pytest.raises(ImportRefused, match=r"cpsaat39.xlsx is the table of 2025, not 2024"):
        cps.read(PublisherFiles(path), release="2024")


LIST = SHARED / "crosswalks/2018-occupation-code-list-and-crosswalk.xlsx"
DETAILED = r"\d\d-\d{3}[1-9]"


def census_list() -> dict[str, tuple[str, str]]:
    """The Census code and the SOC code of each title in the Bureau's workbook."""
    listed = cells(LIST, "2018 Census Occ Code List")
    return {plain(row[1]): (str(row[2]).strip()[:4], str(row[3]).strip()) for row in listed if row[1] and row[2]}


def plain(title: str) -> str:
    return re.sub(r"\W+", "", title.lower())


def census_groups(found: Mapping[str, Dataset]) -> dict[str, tuple[str, list[str]]]:
    """The name and the occupations of each stored group."""
    members: dict[str, list[str]] = {}
    for group, soc in rows(found["census-occupations"], WiderGroupMember):
        members.setdefault(group, []).append(soc)
    return {code: (name, members[code]) for code, name in rows(found["census-occupations"], WiderGroup)}


def published(file: str) -> dict[str, tuple[str | None, list[Any]]]:
    """The rows of a published table by occupation, each with its group's code.

    An occupation is in the category with its own code, or in one that the Bureau's summary lists it for, or in the one
    whose code it matches without the zeros at the end.
    """
    codes, named, soc = census_list(), dict[str, str](), ""
    for first, _, title, *_ in cells(LIST, "Summary of 2018 Changes"):
        soc = str(first).strip() or soc
        named |= dict.fromkeys(re.findall(rf"\(({DETAILED}) ?\)", str(title)), soc)
    table = {codes[plain(row[0])][1]: row for row in cells(SHARED / file) if plain(row[0]) in codes}
    census_codes = {soc_code: census_code for census_code, soc_code in codes.values()}
    found: dict[str, tuple[str | None, list[Any]]] = {}
    for code in {row[1] for row in cells(SHARED / "crosswalks/nem-occcode-acs-crosswalk.xlsx")[1:]}:
        parts = AGGREGATES.get(code, (code,))
        wider = {part: named.get(part) or next((w for w in broader(part) if w in table), None) for part in parts}
        if code in table:
            found[code] = (None, table[code])
        elif len(set(wider.values())) == 1 and (category := wider[parts[0]]):
            found[code] = (f"census-{census_codes[category]}", table[category])
    return found


def broader(code: str) -> list[str]:
    return [code[:6] + "0", code[:5] + "00", code[:4] + "000"]


@needs_shared
def test_the_published_ages() -> None:
    found = datasets(SHARED / "bls_cps_2025")
    ages = {code: (group, age) for code, group, age, _ in rows(found["cps-11b"], Demographics)}
    assert {code: figures for code, figures in ages.items() if code not in IN_PARTS} == {
        code: (group, None if row[-1] == DASH else row[-1])
        for code, (group, row) in published("bls_cps_2025/cpsaat11b.xlsx").items()
    }
    assert (len(ages), sum(age is not None for _, age in ages.values())) == (832, 560)
    assert ages["27-2012"] == (None, 41.7)
    assert (found["cps-11b"].read, found["cps-11b"].skipped) == (595, {cps.GROUP: 30, cps.PART: 7})


@needs_shared
@pytest.mark.parametrize(
    ("code", "group", "age"),
    [
        ("41-2011", "Cashiers", 26.1),
        ("25-2021", "Elementary and middle school teachers", 43.4),
        ("29-1171", None, 43.3),
    ],
)
def test_the_group_of_an_age(code: str, group: str | None, age: float) -> None:
    found = datasets(SHARED / "bls_cps_2025")
    [(stored, of_stored)] = [(row[1], row[2]) for row in rows(found["cps-11b"], Demographics) if row[0] == code]
    assert ((census_groups(found)[stored][0] if stored else None), of_stored) == (group, age)


@needs_shared
def test_the_published_weekly_earnings() -> None:
    found = datasets(SHARED / "bls_cps_2025")["cps-39"]
    earnings = {code: (group, figures) for code, group, *figures, _ in rows(found, WeeklyEarnings)}
    assert {code: figures for code, figures in earnings.items() if code not in IN_PARTS} == {
        code: (group, [None if figure == DASH else figure for figure in row[2::2]])
        for code, (group, row) in published("bls_cps_2025/cpsaat39.xlsx").items()
    }
    assert earnings["27-2012"] == (None, [1790, 1773, 1802])
    assert all(isinstance(figure, int | None) for _, figures in earnings.values() for figure in figures)
    assert (found.read, found.skipped) == (595, {cps.GROUP: 30, cps.PART: 7})
    assert found.source.release == "2025 (11-month averages, October not collected)"


@needs_shared
def test_the_published_shares_by_sex_and_race() -> None:
    found = datasets(SHARED / "bls_cps_2022")["cps-11"]
    shares: dict[str, list[float]] = {}
    for code, _, name, _, percent, _ in rows(found, Share):
        if name != "Male":
            shares.setdefault(code, []).append(percent)
    table = published("bls_cps_2022/cpsaat11.xlsx")
    assert shares == {code: row[2:] for code, (_, row) in table.items() if DASH not in row[2:]}
    groups = {code: group for code, group, *_ in rows(found, Demographics)}
    assert groups == {code: group for code, (group, _) in table.items()} | dict.fromkeys(IN_PARTS)
    assert shares["27-2012"] == [44.2, 82.9, 11.6, 3.2, 9.3]
    sexes = Counter[str]()
    for code, kind, _, _, percent, _ in rows(found, Share):
        if kind is ShareKind.GENDER:
            sexes[code] += percent
    assert sexes == dict.fromkeys(shares, pytest.approx(100))
    assert (found.source.release, found.read) == ("2022", 595)
    assert found.skipped == {cps.GROUP: 30, cps.PART: 7}


@needs_shared
@pytest.mark.parametrize(
    ("file", "bases"),
    [
        ("bls_cps_2025/cpsaat11b.xlsx", {9: 1}),
        ("bls_cps_2025/cpsaat39.xlsx", {2: 1, 4: 3, 6: 5}),
        ("bls_cps_2022/cpsaat11.xlsx", dict.fromkeys(range(2, 7), 1)),
    ],
)
def test_a_dash_stands_for_fewer_than_50_000_workers(file: str, bases: Mapping[int, int]) -> None:
    listed = census_list()
    table = [row for row in cells(SHARED / file) if plain(str(row[0])) in listed]
    dashes = [row[base] for row in table for figure, base in bases.items() if row[figure] == DASH]
    assert len(dashes) > 100
    # Numbers of workers are in thousands, rounded.
    assert max(dashes) <= 50
