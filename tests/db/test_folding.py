"""Titles as folded words, and their trigrams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.folding import names, trigrams, words_of


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Registered Nurses", "registered nurse"),
        ("Producers and Directors", "producer director"),
        ("Attorney-at-Law", "attorney at law"),
        ("Driver's Helper / Driver\N{RIGHT SINGLE QUOTATION MARK}s Helper", "driver helper"),
        ("CAFÉ Manager, café MANAGERS", "cafe manager"),
        ("3-D Animator (3D)", "3 d animator 3d"),
        ("Secretaries, movies, movie, ties", "secretary movy ty"),
        ("Coaches, bosses, boxes, brushes", "coach boss box brush"),
        ("Firemen", "fireman"),
        # Signs and dots tell abbreviations and languages apart.
        ("C, C++ and C# Developer", "c c++ c# developer"),
        (".NET Developer", ".net developer"),
        ("R.N., C.N.A. and Ph.D.", "rn cna ph d"),
        ("U.S. Marshal", "us marshal"),
        ("RNs, CPAs", "rn cpa"),
        ("1st, 2nd and 3rd Mates, 12th Grade, 13th Grade, 1-st", "first second third mate twelfth grade 13th 1 st"),
        # Not plurals, or too short.
        ("Business Analysis Campus Glass Gas", "business analysis campus glass gas"),
        ("News Reporter, Customs Officer, New Custom", "news reporter customs officer new custom"),
        ("of the", "of the"),
        ("in a A.", "in a a"),
        ("?! _ \0 \ud800 \N{CLAPPER BOARD}", ""),
        ("", ""),
    ],
)
def test_titles_are_folded_to_words(title: str, words: str) -> None:
    assert words_of(title) == words.split()


@given(st.text(st.characters()))
def test_folding_is_idempotent(text: str) -> None:
    words = words_of(text)
    assert all(word and not word.isspace() and "'" not in word and '"' not in word for word in words)
    assert words_of(text.upper().lower()) == words_of(text.upper())


def test_trigrams_mark_the_start_and_end_of_a_word() -> None:
    assert trigrams("ceo") == ["  c", " ce", "ceo", "eo "]
    assert trigrams("r") == ["  r", " r "]


def test_a_word_has_the_trigrams_of_its_prefixes() -> None:
    assert set(trigrams("soft")[:-1]) <= set(trigrams("software"))


@pytest.mark.parametrize(
    ("title", "own", "parts"),
    [
        ("Chief Executives, Except Legislators", True, ["Chief Executives"]),
        ("Cooks, Except Bakers", False, []),
        ("CEO (Chief Executive Officer)", False, ["CEO", "Chief Executive Officer"]),
        ("Lab Tech (Laboratory Technician)", False, ["Lab Tech", "Laboratory Technician"]),
        ("Charter Pilot (Airline)", False, []),
    ],
)
def test_parts_of_titles_that_are_titles(title: str, own: bool, parts: list[str]) -> None:
    assert [*names(title, own=own)] == [title, *parts]
