"""Rolegraph's own titles: the committed files follow their rules, and files that break them are found."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from db.models import AlternateTitle, TitleSynonym, UncoveredTitle
from seed.titles.check import findings
from seed.titles.files import HEADERS, MalformedTitles, read_lines
from seed.titles.store import titles_dataset
from tests.databases import file_of


@pytest.fixture(scope="module")
def own(everything: str) -> dict[str, str]:
    """The titles of the occupations by code."""
    with closing(sqlite3.connect(f"file:{file_of(everything)}?mode=ro", uri=True)) as opened:
        return dict(opened.execute("SELECT code, title FROM occupation WHERE code IS NOT NULL"))


def test_the_committed_files_follow_the_rules(own: dict[str, str]) -> None:
    assert [*findings(own)] == []


def test_the_committed_files_are_read() -> None:
    titles, uncovered, synonyms = titles_dataset().tables
    assert (titles.table, titles.columns) == (AlternateTitle, ("soc", "title"))
    assert {("15-1252", "prompt engineer"), ("53-3032", "lorry driver"), ("29-1141", "enfermera")} <= {*titles.rows}
    assert (uncovered.table, uncovered.columns) == (UncoveredTitle, ("title", "reason"))
    assert ("soldier", "The wage data leave out the armed forces.") in uncovered.rows
    assert (synonyms.table, synonyms.columns) == (TitleSynonym, ("words", "replacement"))
    assert {("rn", "registered nurse"), ("cop", "police officer")} <= {*synonyms.rows}


def write(folder: Path, lines: Mapping[str, list[str]]) -> Path:
    """Write all files into a folder, with these lines after the headers."""
    for name, header in HEADERS.items():
        text = "".join(f"{line}\n" for line in ["\t".join(header), *lines.get(name, [])])
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ({"modern": ["prompt engineer\t15-1252"]}, []),
        (
            {"modern": ["prompt engineer\t15-9999"]},
            ["modern.tsv:2: 15-9999 is not the code of an occupation that we serve"],
        ),
        (
            {"british": ["dustman\t53-7081"], "modern": ["Dustmen\t53-7081"]},
            ["modern.tsv:2: 'Dustmen' is already in british.tsv:2"],
        ),
        (
            {"modern": ["registered nurse\t29-1141"]},
            ["modern.tsv:2: the publishers' titles settle 'registered nurse' without this line"],
        ),
        (
            {"abbreviations": ["CEO\tchief executive officer\t11-1011"]},
            ["abbreviations.tsv:2: the publishers' titles settle 'CEO' without this line"],
        ),
        (
            {"modern": ["youtuber\t27-2099", "prompt engineer\t15-1252"]},
            ["modern.tsv:3: 'prompt engineer' is not in alphabetical order"],
        ),
        (
            {"modern": ["soldier\t33-3051"], "uncovered": ["soldier\tmilitary"], "reasons": ["military\tLeft out."]},
            ["uncovered.tsv:2: 'soldier' is already in modern.tsv:2"],
        ),
        (
            {"modern": ["signalman\t53-4022"]},
            ["modern.tsv:2: the publishers' titles settle 'signalman' without this line"],
        ),
        (
            {"uncovered": ["professional poker player\tinvestor"], "reasons": ["investor\tLeft out."]},
            ["uncovered.tsv:2: the publishers' titles settle 'professional poker player' without this line"],
        ),
        ({"uncovered": ["soldier\tmilitary"]}, ["uncovered.tsv:2: 'military' is not in reasons.tsv"]),
        (
            {"synonyms": ["cops\tcop"]},
            ["synonyms.tsv:2: 'cops' and 'cop' have the same folded words"],
        ),
        (
            {"abbreviations": ["HR\thuman resources\t"], "synonyms": ["hr\thuman resource"]},
            ["synonyms.tsv:2: 'hr' is already in abbreviations.tsv:2"],
        ),
    ],
)
def test_lines_that_break_a_rule_are_found(
    tmp_path: Path, own: dict[str, str], lines: Mapping[str, list[str]], found: list[str]
) -> None:
    assert [*findings(own, write(tmp_path, lines))] == found


def test_malformed_lines_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, {"modern": ["youtuber"]})
    with pytest.raises(MalformedTitles, match=r"^modern\.tsv:2: 1 columns, not 2$"):
        list(read_lines("modern", folder))
    (folder / "modern.tsv").write_text("title\n", encoding="utf-8")
    with pytest.raises(MalformedTitles, match=r"^modern\.tsv:1: the header is \('title',\), not \('title', 'code'\)$"):
        list(read_lines("modern", folder))
