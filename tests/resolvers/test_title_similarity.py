"""The similarity of titles to search texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.search_text import Reading, plain
from resolvers.title_similarity import similarities


def similarity(text: str, title: str, *, unfinished: bool = True) -> float:
    [score] = similarities(plain(text.split()), [title.split()], unfinished=unfinished)
    return score


@pytest.mark.parametrize(
    ("text", "title", "score"),
    [
        ("nurse", "nurse", 1),
        ("director film", "film director", 1),
        # Half of the title's words match: 0.6 + 0.4 x 1/2.
        ("nurse", "registered nurse", 0.8),
        # Nine of the ten letters are right.
        ("registered", "registerxd", 0.9),
        # Ten of 15 letters match, and all words of the title.
        ("registered nurse", "registered", 10 / 15),
        # A beginning counts 0.75, a part 0.6; one of two words matches.
        ("soft", "software tester", 0.75 * 0.8),
        ("keeper", "bookkeeper", 0.6),
        ("keep", "bookkeeper", 0.6),
        ("kee", "bookkeeper", 0),
        # A word of the text matches one word of the title.
        ("car", "car carrier", 0.8),
        # Without spaces, all letters are the same.
        ("book keeper", "bookkeeper", 0.95),
        ("truckdriver", "truck driver", 0.95),
        ("baker", "welder", 0),
        ("baker", "", 0),
    ],
)
def test_worked_examples(text: str, title: str, score: float) -> None:
    assert similarity(text, title) == pytest.approx(score)


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("sofware develper", "software developer", "software tester"),
        ("nurse", "nurse practitioner", "nurse practitioner instructor"),
        ("media prod", "media producer", "media production specialist"),
        ("vidio editor", "video editor", "news editor"),
    ],
)
def test_the_better_match_has_the_higher_score(text: str, better: str, worse: str) -> None:
    assert similarity(text, better) > similarity(text, worse)


def test_short_words_match_only_themselves_unless_they_may_be_unfinished() -> None:
    # Nine of ten letters match, and half of the title's words.
    assert similarity("c developer", "course developer") == pytest.approx(0.9 * 0.8)
    assert similarity("developer c", "course developer") == pytest.approx((9 + 0.75) / 10)
    assert similarity("developer c", "course developer", unfinished=False) == pytest.approx(0.9 * 0.8)
    assert similarity("it", "item writer") == pytest.approx(0.75 * 0.8)
    assert similarity("it", "item writer", unfinished=False) == 0
    assert similarity("it", "id writer") == 0


def test_a_title_without_a_telling_word_of_the_text_scores_at_most_nine_tenths() -> None:
    # 18 of 19 letters match, and all words of the title.
    assert similarity("r software developer", "software developer") == 0.9


def test_words_that_say_little_count_little() -> None:
    senior = Reading(("senior", "welder"), (0.1, 1))
    scores = similarities(senior, [["welder"], ["senior", "welder"], ["senior"], ["senior", "buyer"]])
    # Of 0.6 + 6 letters, six match.
    assert scores == pytest.approx([6 / 6.6, 1, 0.6 / 6.6, 0.6 / 6.6 * (0.6 + 0.4 * 0.1 / 1.1)])
    # A title's level counts little, too: 0.6 + 0.4 x 1/1.1.
    assert similarity("welder", "senior welder") == pytest.approx(0.6 + 0.4 / 1.1)


WORDS = st.lists(st.text("abcdest", min_size=1, max_size=9), min_size=1, max_size=6)


@given(WORDS, st.lists(WORDS, max_size=5))
def test_scores_are_between_0_and_1_and_independent_of_other_titles(text: list[str], titles: list[list[str]]) -> None:
    scores = similarities(plain(text), titles)
    assert all(0 <= score <= 1 for score in scores)
    assert scores == [similarities(plain(text), [title])[0] for title in titles]


@given(
    st.lists(st.text("abcdest", min_size=1, max_size=9), min_size=1, max_size=6, unique=True).flatmap(
        lambda words: st.tuples(st.just(words), st.permutations(words))
    )
)
def test_the_same_words_in_any_order_score_1(pair: tuple[list[str], list[str]]) -> None:
    text, title = pair
    assert similarities(plain(text), [title]) == [pytest.approx(1)]
