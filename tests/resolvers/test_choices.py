"""When to choose either side of a comparison: only what is tested, projected or rated clearly higher is a reason."""

import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import Area, Education, Interest, Occupation, OccupationSkill, Outlook, Skill
from db.vocabulary import AreaKind, EducationLevel, Experience, InterestName, OccupationKind, SkillKind, Training
from resolvers.comparisons import arithmetic, entry
from resolvers.comparisons.arithmetic import Difference, Figure, HigherSide, Unit
from resolvers.comparisons.choices import (
    Reason,
    choices,
    entry_reason,
    interest_reason,
    pay_reason,
    prospect_reasons,
    skills_reason,
)
from tests.conftest import Api

NATION = Area(code="US", name="United States", kind=AreaKind.NATION)
CAPITAL = Area(code="DC", name="District of Columbia", kind=AreaKind.STATE)
LEFT, RIGHT = HigherSide.LEFT, HigherSide.RIGHT
TURNED = {LEFT: RIGHT, RIGHT: LEFT}
OTHER = Reason(RIGHT, "faster projected growth")


def figures(
    left: float | None,
    right: float | None,
    errors: tuple[float | None, float | None] = (1.0, 1.0),
    unit: Unit = Unit.DOLLARS_PER_YEAR,
) -> Difference:
    return arithmetic.difference(
        Figure("figure", left, "oews", errors[0], occupation_id=1),
        Figure("figure", right, "oews", errors[1], occupation_id=2),
        unit,
    )


def jobs(left: float, right: float) -> Difference:
    return figures(left, right, unit=Unit.WAGE_AND_SALARY_JOBS)


def outlook(growth: float | None, openings: int | None, employment: int | None = None, to: int = 2034) -> Outlook:
    return Outlook(
        occupation_id=1,
        growth_percent=growth,
        openings_per_year=openings,
        employment_from=employment,
        from_year=2024,
        to_year=to,
        source_id="ep",
    )


@pytest.mark.parametrize(
    ("mean", "median", "area", "reason"),
    [
        pytest.param((90_000, 60_000), (80_000, 50_000), NATION, Reason(LEFT, "higher pay"), id="significant"),
        pytest.param(
            (60_000, 90_000), (1, 2), CAPITAL, Reason(RIGHT, "higher pay in the District of Columbia"), id="in"
        ),
        pytest.param((103_000, 100_000), (2, 1), NATION, Reason(LEFT, "slightly higher pay"), id="slightly"),
        pytest.param((90_000, 60_000), (1, 2), NATION, Reason(LEFT, "a higher mean wage"), id="other order of medians"),
        pytest.param((103_000, 100_000), (1, 2), NATION, Reason(LEFT, "a slightly higher mean wage"), id="both"),
        pytest.param((90_000, 60_000), (None, 2), NATION, Reason(LEFT, "higher pay"), id="no median"),
        pytest.param((60_000, 60_500), (1, 2), NATION, None, id="not significant"),
        pytest.param((60_000, None), (1, 2), NATION, None, id="not published"),
    ],
)
def test_pay_is_a_reason_if_its_difference_is_significant(
    mean: tuple[float | None, float | None],
    median: tuple[float | None, float | None],
    area: Area,
    reason: Reason | None,
) -> None:
    assert pay_reason(figures(*mean), figures(*median, errors=(None, None)), area) == reason


def test_pay_is_no_reason_without_errors_or_where_their_rounding_decides() -> None:
    medians = figures(2, 1, errors=(None, None))
    assert pay_reason(figures(90_000, 60_000, (None, 1.0)), medians, NATION) is None
    unsure = figures(100_000, 97_700, (1.0, 1.0))
    assert unsure.rounding_decides
    assert pay_reason(unsure, medians, NATION) is None


@pytest.mark.parametrize(
    ("counts", "outlooks", "area", "reasons"),
    [
        pytest.param(
            (5_000, 1_000),
            (outlook(3.0, 900), outlook(5.0, 300)),
            NATION,
            [Reason(LEFT, "more jobs and projected openings"), Reason(RIGHT, "faster projected growth")],
            id="jobs and openings",
        ),
        pytest.param(
            (5_000, 1_000),
            (outlook(3.0, 300), outlook(-5.0, 900)),
            CAPITAL,
            [
                Reason(LEFT, "more jobs nationwide"),
                Reason(RIGHT, "more projected openings nationwide"),
                Reason(LEFT, "projected growth instead of a decline"),
            ],
            id="in an area, nationwide is said once a side",
        ),
        pytest.param(
            (1_000, 1_000),
            (outlook(-3.0, 300), outlook(-5.0, 300)),
            CAPITAL,
            [Reason(LEFT, "a smaller projected decline in jobs nationwide")],
            id="both decline",
        ),
        pytest.param(
            (1_000, 1_000),
            (outlook(0.0, 300), outlook(-5.0, 300)),
            NATION,
            [Reason(LEFT, "no projected decline in jobs")],
            id="one stays",
        ),
        pytest.param(
            (1_000, 1_000),
            (outlook(2.0, 300), outlook(0.0, 300)),
            NATION,
            [Reason(LEFT, "projected growth")],
            id="one grows",
        ),
        pytest.param((1_000, 1_050), (outlook(3.0, 1_000), outlook(3.9, 1_090)), NATION, [], id="not noticeable"),
        pytest.param((1_000, 1_000), (outlook(3.0, 200), outlook(3.0, 100)), NATION, [], id="rounding of openings"),
        pytest.param(
            (5_000, 1_000),
            (outlook(None, None, 2_000), outlook(None, None, 9_000)),
            NATION,
            [],
            id="the projections count more jobs of the other side",
        ),
        pytest.param(
            (1_000, 1_000), (outlook(3.0, 300), outlook(9.0, 900, to=2033)), NATION, [], id="different periods"
        ),
        pytest.param((1_000, 1_000), (None, outlook(9.0, 900)), NATION, [], id="one side only"),
        pytest.param(
            (5_000, 1_000),
            (outlook(3.0, 0), outlook(3.0, 300)),
            NATION,
            [Reason(LEFT, "more jobs"), Reason(RIGHT, "more projected openings")],
            id="none that round to hundreds",
        ),
    ],
)
def test_jobs_openings_and_growth(
    counts: tuple[float, float], outlooks: tuple[Outlook | None, Outlook | None], area: Area, reasons: list[Reason]
) -> None:
    assert prospect_reasons(jobs(*counts), outlooks, area) == reasons


def needs(
    education: EducationLevel | None = None, experience: Experience | None = None, training: Training | None = None
) -> Education:
    labels = [level and level.value for level in (education, experience, training)]
    return Education(
        occupation_id=1,
        typical_entry=labels[0],
        related_experience=labels[1],
        on_the_job_training=labels[2],
        source_id="ep",
    )


@pytest.mark.parametrize(
    ("left", "right", "texts"),
    [
        pytest.param(
            needs(EducationLevel.BACHELORS, Experience.NONE, Training.NONE),
            needs(EducationLevel.MASTERS, Experience.LESS_THAN_5_YEARS, Training.MODERATE_TERM),
            ("entry with a bachelor's degree and without work experience", None),
            id="the third is left out",
        ),
        pytest.param(
            needs(EducationLevel.NO_CREDENTIAL, Experience.FIVE_YEARS_OR_MORE, Training.LONG_TERM),
            needs(EducationLevel.ASSOCIATES, Experience.LESS_THAN_5_YEARS, Training.MODERATE_TERM),
            (
                "entry without a formal educational credential",
                "entry with less work experience and with shorter on-the-job training",
            ),
            id="each side needs less of something",
        ),
        pytest.param(
            needs(training=Training.NONE), needs(training=Training.SHORT_TERM), (None, None), id="a short training"
        ),
        pytest.param(
            needs(training=Training.NONE),
            needs(training=Training.APPRENTICESHIP),
            ("entry without on-the-job training", None),
            id="an apprenticeship",
        ),
        pytest.param(
            needs(training=Training.LONG_TERM),
            needs(training=Training.INTERNSHIP_RESIDENCY),
            (None, None),
            id="not ordered",
        ),
        pytest.param(
            None, needs(EducationLevel.BACHELORS, Experience.NONE, Training.NONE), (None, None), id="one side"
        ),
    ],
)
def test_entry(left: Education | None, right: Education | None, texts: tuple[str | None, str | None]) -> None:
    found = entry.compared(left, right)
    assert [entry_reason(found, side) for side in (LEFT, RIGHT)] == [
        None if text is None else Reason(side, text) for side, text in zip((LEFT, RIGHT), texts, strict=True)
    ]


ELEMENTS = {
    "Programming": SkillKind.SKILL,
    "Operation and Control": SkillKind.SKILL,
    "Mathematics": SkillKind.SKILL,
    "Mathematics (knowledge)": SkillKind.KNOWLEDGE,
    "Mechanical": SkillKind.KNOWLEDGE,
    "Medicine and Dentistry": SkillKind.KNOWLEDGE,
    "Python": SkillKind.TECHNOLOGY,
    "Training Videos": SkillKind.LISTED,
}


def rated(**importances: float | None) -> Sequence[tuple[OccupationSkill, Skill]]:
    """Return ratings by the first words of elements' names in lower case."""
    names = {name.lower().split(" ")[0] if "(" not in name else "known": name for name in ELEMENTS}
    return [
        (
            OccupationSkill(occupation_id=1, skill_id=1, rank=1, importance=importance, source_id="onet"),
            Skill(slug=word, name=names[word].removesuffix(" (knowledge)"), kind=ELEMENTS[names[word]]),
        )
        for word, importance in importances.items()
    ]


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ({"programming": 70.0}, {"programming": 50.0}, "work that needs more programming"),
        ({"programming": 69.9}, {"programming": 50.0}, None),
        ({"programming": 49.0}, {"programming": 0.0}, None),
        ({"programming": 70.0}, {}, None),
        ({"programming": None}, {"programming": 10.0}, None),
        ({"medicine": 79.0}, {"medicine": 50.0}, None),
        ({"python": 90.0, "training": 90.0}, {"python": 0.0, "training": 0.0}, None),
        ({"medicine": 80.0}, {"medicine": 50.0}, "work that needs more knowledge of medicine and dentistry"),
        (
            {"programming": 70.0, "operation": 75.0, "mechanical": 80.0},
            {"programming": 50.0, "operation": 50.0, "mechanical": 5.0},
            "work that needs more operation and control and more knowledge of machines and tools",
        ),
        (
            {"medicine": 80.0, "mechanical": 90.0},
            {"medicine": 50.0, "mechanical": 50.0},
            "work that needs more knowledge of machines and tools and of medicine and dentistry",
        ),
        (
            {"mathematics": 90.0, "known": 90.0, "programming": 75.0},
            {"mathematics": 50.0, "known": 0.0, "programming": 50.0},
            "work that needs more programming and more knowledge of mathematics",
        ),
    ],
)
def test_skills(left: Mapping[str, float | None], right: Mapping[str, float | None], text: str | None) -> None:
    one, other = rated(**left), rated(**right)
    assert skills_reason(one, other, LEFT) == (None if text is None else Reason(LEFT, text))
    assert skills_reason(other, one, RIGHT) == (None if text is None else Reason(RIGHT, text))
    assert skills_reason(one, other, RIGHT) is None


def scores(artistic: float, social: float, first: InterestName) -> list[Interest]:
    return [
        Interest(
            occupation_id=1, name=name, score=score, rank=1, high_point=1 if name is first else None, source_id="onet"
        )
        for name, score in ((InterestName.ARTISTIC, artistic), (InterestName.SOCIAL, social))
    ]


def test_interests() -> None:
    left, right = scores(6.0, 2.0, InterestName.ARTISTIC), scores(4.1, 5.0, InterestName.SOCIAL)
    assert interest_reason(left, right, LEFT) is None
    assert interest_reason(left, right, RIGHT) == Reason(RIGHT, "more helping and teaching of people")
    assert interest_reason(left, [], LEFT) is None
    assert interest_reason([], right, LEFT) is None


def titled(title: str) -> Occupation:
    return Occupation(slug="x", title=title, kind=OccupationKind.DETAILED, group_code="27-0000", source_id="oews")


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ([], None),
        (["higher pay"], "Surgeons, All Other, if you want higher pay."),
        (["a", "b"], "Surgeons, All Other, if you want a and b."),
        (["a and b", "c"], "Surgeons, All Other, if you want a and b, and c."),
        (["a", "b and c"], "Surgeons, All Other, if you want a, and b and c."),
        (["a", "b", "c"], "Surgeons, All Other, if you want a, b, and c."),
        (["a", "b", "c", "d", "e"], "Surgeons, All Other, if you want a, b, c, and d."),
    ],
)
def test_the_first_four_reasons_are_joined(texts: list[str], sentence: str | None) -> None:
    found = choices(titled("Surgeons, All Other"), titled("Actors"), [None, OTHER, *(Reason(LEFT, t) for t in texts)])
    assert found == (sentence, "Actors if you want faster projected growth.")


ERRORS = st.one_of(st.none(), st.floats(0, 30).map(lambda error: round(error, 1)))
RATES = st.one_of(st.none(), st.floats(-40, 60).map(lambda rate: round(rate, 1)))
OUTLOOKS = st.one_of(
    st.none(),
    st.builds(
        outlook,
        RATES,
        st.one_of(st.none(), st.integers(0, 5_000).map(lambda hundreds: 100 * hundreds)),
        st.one_of(st.none(), st.integers(1, 90_000).map(lambda hundreds: 100 * hundreds)),
        st.sampled_from([2033, 2034]),
    ),
)


@given(
    wages=st.tuples(st.floats(15_000, 400_000), st.floats(15_000, 400_000)),
    errors=st.tuples(ERRORS, ERRORS),
    counts=st.tuples(st.integers(30, 4_000_000), st.integers(30, 4_000_000)),
    outlooks=st.tuples(OUTLOOKS, OUTLOOKS),
    area=st.sampled_from([NATION, CAPITAL]),
)
def test_reasons_follow_the_figures_and_turn_with_the_sides(
    wages: tuple[float, float],
    errors: tuple[float | None, float | None],
    counts: tuple[int, int],
    outlooks: tuple[Outlook | None, Outlook | None],
    area: Area,
) -> None:
    mean, more_jobs = figures(*wages, errors), figures(*counts, errors, Unit.WAGE_AND_SALARY_JOBS)
    found = [pay_reason(mean, mean, area), *prospect_reasons(more_jobs, outlooks, area)]
    reasons = [reason for reason in found if reason is not None]
    for reason in reasons:
        ahead, behind = (0, 1) if reason.side is LEFT else (1, 0)
        if "pay" in reason.text:
            assert mean.is_clear
            assert wages[ahead] > wages[behind]
            assert ("slightly" in reason.text) == (wages[ahead] < 1.05 * wages[behind])
        if "more jobs" in reason.text:
            assert more_jobs.is_clear
            assert counts[ahead] >= 1.1 * counts[behind]
        rows = outlooks[ahead], outlooks[behind]
        if "openings" in reason.text:
            assert rows[0] is not None
            assert rows[1] is not None
            assert rows[0].to_year == rows[1].to_year
            assert (rows[0].openings_per_year or 0) - (rows[1].openings_per_year or 0) > 100
        if re.search("growth|decline", reason.text):
            assert rows[0] is not None
            assert rows[1] is not None
            assert (rows[0].growth_percent or 0) - (rows[1].growth_percent or 0) >= 0.99
            assert ("decline" in reason.text) == ((rows[1].growth_percent or 0) < 0)
    other_errors, other_outlooks = (errors[1], errors[0]), (outlooks[1], outlooks[0])
    other_jobs = figures(counts[1], counts[0], other_errors, Unit.WAGE_AND_SALARY_JOBS)
    turned = [
        pay_reason(figures(wages[1], wages[0], other_errors), mean, area),
        *prospect_reasons(other_jobs, other_outlooks, area),
    ]
    expected = {(TURNED[reason.side], reason.text.replace("a higher mean wage", "higher pay")) for reason in reasons}
    assert {
        (one.side, re.sub("a (slightly )?higher mean wage", r"\1higher pay", one.text)) for one in turned if one
    } == (expected)


# Over HTTP

QUERY = """query($left: String!, $right: String!, $area: String!) {
    comparison(left: {slug: $left}, right: {slug: $right}, area: $area) { choices { left right } }
}"""


NURSE = """Registered Nurses if you want entry with a bachelor's degree, more jobs and projected openings nationwide, \
and work that needs more operations monitoring."""
PRACTITIONER = """Nurse Practitioners if you want higher pay in Ohio, faster projected growth nationwide, and work \
that needs more operations analysis and more science."""
ACTOR = """Actors if you want higher pay, more jobs and projected openings, and work that needs more reading \
comprehension and more knowledge of communications and media."""
DANCER = "Dancers if you want entry without a formal educational credential and faster projected growth."
ELECTRICIAN = "Electricians if you want more jobs and projected openings, and faster projected growth."


@pytest.mark.parametrize(
    ("left", "right", "area", "sentences"),
    [
        ("registered-nurses", "nurse-practitioners", "OH", (NURSE, PRACTITIONER)),
        ("actors", "dancers", "US", (ACTOR, DANCER)),
        ("electricians", "plumbers-pipefitters-and-steamfitters", "US", (ELECTRICIAN, None)),
        ("media-producer", "media-production-specialist", "US", (None, None)),
        ("media-producer", "actors", "US", (None, None)),
        ("actors", "actors", "CA", (None, None)),
    ],
)
def test_choices_of_real_occupations(
    full_api: Api, left: str, right: str, area: str, sentences: tuple[str | None, str | None]
) -> None:
    found = full_api.data(QUERY, {"left": left, "right": right, "area": area})["comparison"]["choices"]
    assert found == dict(zip(("left", "right"), sentences, strict=True))
