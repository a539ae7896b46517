"""The bundled Census occupation list: it matches the published one and recognizes categories of one occupation."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from seed import census
from seed.publisher_files import ImportRefused, PublisherFiles
from tests.seed.workbooks import SHARED, cells, needs_shared, xlsx

CROSSWALKS = SHARED / "crosswalks"
LIST = CROSSWALKS / "2018-occupation-code-list-and-crosswalk.xlsx"

DETAILED = re.compile(r"\d\d-\d{3}[1-9]")
SOC_CODES = [category.soc for category in census.categories().values() if category.soc != "none"]


@needs_shared
def test_the_bundled_list_matches_the_workbook() -> None:
    assert census.distilled(PublisherFiles(CROSSWALKS)) == census.FILE.read_text(encoding="utf-8")
    published = {
        (str(row[1]).strip(), str(row[3]).strip())
        for row in cells(LIST, "2018 Census Occ Code List")
        if re.fullmatch(r"\d{4}(\.0)?", str(row[2]).strip())
    }
    categories = census.categories()
    assert len(published) == len(categories) == 570
    assert {(census.normalized(title), soc) for title, soc in published} == {
        (title, category.soc) for title, category in categories.items()
    }


def occupations_by_soc() -> dict[str, str]:
    """The Employment Projections occupation of each detailed SOC code."""
    detailed = {row[3]: row[3] for row in cells(CROSSWALKS / "soc_structure_2018.xlsx") if DETAILED.fullmatch(row[3])}
    assert len(detailed) == 867
    matrix = cells(CROSSWALKS / "nem-onet-to-soc-crosswalk.xlsx")
    return detailed | {row[1][:7]: row[3] for row in matrix if re.fullmatch(r"\d\d-\d{4}\.\d\d", str(row[1]))}


def members_by_category() -> Mapping[str, set[str]]:
    """The detailed SOC codes in each category, by the category's code: from the workbook's summary, else by pattern."""
    listed: dict[str, set[str]] = {}
    soc = ""
    for code, _, title, *_ in cells(LIST, "Summary of 2018 Changes"):
        soc = str(code).strip() or soc
        listed.setdefault(soc, set()).update(re.findall(rf"\(({DETAILED.pattern})\)", str(title)))
    members = {soc: listed.get(soc, set()) for soc in SOC_CODES}
    # A code in no summary belongs to the matching category with the fewest wildcards.
    patterns = sorted(((pattern(soc), soc) for soc in members), key=lambda pair: pair[0].pattern.count("."))
    for detailed in occupations_by_soc().keys() - set().union(*members.values()):
        members[next(soc for open_code, soc in patterns if open_code.fullmatch(detailed))].add(detailed)
    return members


def pattern(soc: str) -> re.Pattern[str]:
    """The pattern for a code with wildcards or trailing zeros."""
    return re.compile(re.sub(r"0+$", lambda zeros: "." * len(zeros[0]), soc).replace("X", "."))


@needs_shared
def test_categories_have_the_occupations_that_the_workbook_gives_them() -> None:
    occupation_of, members = occupations_by_soc(), members_by_category()
    assert sum(map(len, members.values())) == 867
    parts_of: dict[str, set[str]] = {}
    for detailed, occupation in occupation_of.items():
        parts_of.setdefault(occupation, set()).add(detailed)
    for category in census.categories().values():
        details = members.get(category.soc, set())
        assert set(category.detailed) == details
        whole = {
            occupation for occupation in map(occupation_of.__getitem__, details) if parts_of[occupation] <= details
        }
        assert set(category.occupations) == whole
        assert (category.group is None) == (len(whole) < 2)
    assert census.occupations_in_parts() == ["13-1020", "21-1018", "31-1120"]


@needs_shared
def test_each_occupation_is_in_one_category() -> None:
    covered = [soc for category in census.categories().values() for soc in category.occupations]
    matrix = {row[1] for row in cells(CROSSWALKS / "nem-occcode-acs-crosswalk.xlsx")[1:]}
    assert sorted(soc for soc in covered if not soc.startswith("55-")) == sorted(
        matrix - set(census.occupations_in_parts())
    )


def test_the_groups_of_the_list() -> None:
    groups = {group.code: group for category in census.categories().values() if (group := category.group)}
    assert groups["census-2310"] == (
        "census-2310",
        "Elementary and middle school teachers",
        ["25-2021", "25-2022", "25-2023"],
    )
    # The codes of these two match the same occupations; the workbook names those of each.
    assert groups["census-8865"].occupations == ["51-9192", "51-9193"]
    assert groups["census-8990"].occupations == ["51-9141", "51-9199"]
    # Lawyers have a category of their own.
    assert not any("23-1011" in group.occupations for group in groups.values())


@pytest.mark.parametrize(
    ("title", "soc"),
    [
        ("Producers and directors", "27-2012"),
        ("  producers AND  directors\n", "27-2012"),
        ("Driver/sales workers and truck drivers", "53-3030"),
        ("Property appraisers and assessors", "13-2020"),
        ("Other financial specialists", "13-20XX"),
        ("Legal occupations", None),
    ],
)
def test_titles_are_found_in_any_case_and_spacing(title: str, soc: str | None) -> None:
    category = census.categories().get(census.normalized(title))
    assert (category and category.soc) == soc


def test_an_unrelated_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx({"2018 Census Occ Code List": [["Title", "Code"]]}))
    with pytest.raises(ImportRefused, match="is not the Census occupation code list: it lacks titles or codes"):
        census.distilled(PublisherFiles(path))
    path.write_bytes(xlsx({"OVERVIEW": [["Title", "Code"]]}))
    with pytest.raises(ImportRefused, match="has no readable sheet"):
        census.distilled(PublisherFiles(path))
    with pytest.raises(ImportRefused, match="has no xlsx file with the Census occupation code list"):
        census.distilled(PublisherFiles(Path(__file__)))
    listed = [["2018 Census Title", "2018 Census Code", "2018 SOC Code"], ["Actors", "2700", "27-2011"]]
    path.write_bytes(xlsx({"2018 Census Occ Code List": listed, "Summary of 2018 Changes": [["27-2011", "2700", ""]]}))
    with pytest.raises(ImportRefused, match=r"has no SOC structure: expected soc_structure_2018.xlsx"):
        census.distilled(PublisherFiles(path))
