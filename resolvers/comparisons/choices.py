"""When to choose either side of a comparison: one sentence a side, "Actuaries if you want higher pay and ...".

A reason is something that people look for in an occupation and that one side clearly has more of:

- pay, and the number of jobs, where the difference is tested and significant
- openings and growth, which are projected and can't be tested, where they differ noticeably
- a shorter way in, by the typical requirements
- work that needs a skill or suits an interest more, by O*NET's ratings, where the gap is beyond their errors

What can't be tested is no reason, but for projections, which are called so. A side without a reason has no sentence.
"""

from collections.abc import Sequence
from enum import Enum
from math import inf
from typing import NamedTuple, TypeVar

from db.models import NATION, Area, Interest, Occupation, Outlook
from db.vocabulary import EducationLevel, Experience, InterestName, SkillKind, Training
from resolvers import areas, caveats, facts, interests, skills
from resolvers.comparisons import entry, prospects
from resolvers.comparisons.arithmetic import Difference, HigherSide
from resolvers.comparisons.entry import EntryComparison, Requirement
from resolvers.comparisons.formatting import area_in_sentence, closed, with_article
from resolvers.comparisons.salary import cells_of, unit_of, wage_difference
from resolvers.comparisons.sides import Comparison, both_sides
from resolvers.comparisons.skill_sets import MINIMUM_IMPORTANCE
from resolvers.context import Context
from resolvers.skills import Weighted

_MOST_REASONS = 4
"""The number of reasons that a sentence gives."""

_SLIGHT_PERCENT = 5
"""Higher pay is called slightly higher below this percentage of the other side's mean."""

_NOTICEABLE_PERCENT = 10
"""The least gap between numbers of jobs or openings that is a reason, in percent of the smaller number."""

_NOTICEABLE_POINTS = 1.0
"""The least gap between growth rates that is a reason, in percentage points over the ten years of the projections."""

_CLEAR_GAPS = {SkillKind.SKILL: 20.0, SkillKind.KNOWLEDGE: 30.0}
"""The least gap between importances, from 0 to 100, that is a reason.

The standard error of an importance is typically 4 points for skills and 6 for knowledge areas (``skill_sets``). The
largest of 68 gaps is due to chance in at most 10% of comparisons if it has to exceed 3.2 standard errors of a gap, 18
or 27 points. The limits are rounded up.
"""

_CLEAR_INTEREST = 2.0
"""The least gap between scores of an interest, from 1 to 7, that is a reason. O*NET publishes no errors of scores."""

_SKILLS_NAMED = 2
"""The number of skills and knowledge areas that a sentence names."""


L = TypeVar("L", bound=Enum)


class Choices(NamedTuple):
    """When to choose either side, as sentences; None for a side without a reason."""

    left: str | None
    right: str | None


class Reason(NamedTuple):
    """What speaks for one side, as the object of "if you want"."""

    side: HigherSide
    text: str


async def of(parents: Sequence[Comparison], context: Context) -> list[Choices]:
    """The sentences of each comparison."""
    cells, where = await cells_of(parents, context), await areas.of(parents, context)
    outlooks = await both_sides(parents, context, facts.outlook)
    jobs = await prospects.jobs(parents, context)
    needed = await entry.of(parents, context)
    rated = await both_sides(parents, context, skills.in_full)
    scored = await both_sides(parents, context, interests.of_occupations)
    return [
        choices(
            parent.left,
            parent.right,
            [
                pay_reason(
                    wage_difference(pay, "mean", unit_of(pay)), wage_difference(pay, "median", unit_of(pay)), area
                ),
                entry_reason(needs, HigherSide.LEFT),
                entry_reason(needs, HigherSide.RIGHT),
                *prospect_reasons(more_jobs, outlook, area),
                skills_reason(skill_rows[0], skill_rows[1], HigherSide.LEFT),
                skills_reason(skill_rows[0], skill_rows[1], HigherSide.RIGHT),
                interest_reason(scores[0], scores[1], HigherSide.LEFT),
                interest_reason(scores[0], scores[1], HigherSide.RIGHT),
            ],
        )
        for parent, pay, area, outlook, more_jobs, needs, skill_rows, scores in zip(
            parents, cells, where, outlooks, jobs, needed, rated, scored, strict=True
        )
    ]


def choices(left: Occupation, right: Occupation, found: Sequence[Reason | None]) -> Choices:
    """Put the first reasons for each side into a sentence."""
    reasons = [reason for reason in found if reason is not None]
    return Choices(
        *(
            _sentence(occupation, [reason.text for reason in reasons if reason.side is side][:_MOST_REASONS])
            for occupation, side in ((left, HigherSide.LEFT), (right, HigherSide.RIGHT))
        )
    )


def _sentence(occupation: Occupation, reasons: Sequence[str]) -> str | None:
    return f"{closed(occupation.title)} if you want {_joined(reasons)}." if reasons else None


def _joined(reasons: Sequence[str]) -> str:
    """Join reasons. Where one contains "and", a comma tells where it ends."""
    *others, last = reasons
    if not others:
        return last
    comma = "," if len(others) > 1 or any(" and " in reason for reason in reasons) else ""
    return f"{', '.join(others)}{comma} and {last}"


def pay_reason(mean: Difference, median: Difference, area: Area) -> Reason | None:
    """Give the side whose mean wage is significantly higher. The text names the mean if the medians' order differs."""
    if not mean.is_clear or mean.higher is None:
        return None
    contradicted = median.higher is _other(mean.higher)
    pay = "a higher mean wage" if contradicted else "higher pay"
    if _percent_apart(mean) < _SLIGHT_PERCENT:
        pay = pay.replace("higher", "slightly higher")
    return Reason(mean.higher, pay if area.code == NATION else f"{pay} in {area_in_sentence(area.name)}")


def _percent_apart(row: Difference) -> float:
    """Return the gap in percent of the smaller figure; infinity where that is 0."""
    less, more = sorted((row.left_figure.value or 0, row.right_figure.value or 0))
    return 100 * (more - less) / less if less else inf


def _other(side: HigherSide) -> HigherSide:
    return {HigherSide.LEFT: HigherSide.RIGHT, HigherSide.RIGHT: HigherSide.LEFT}.get(side, side)


def prospect_reasons(
    jobs: Difference | None,
    outlooks: tuple[Outlook | None, Outlook | None],
    area: Area,
) -> list[Reason]:
    """Give the sides with more jobs, more openings and faster growth. In an area, say that these are the nation's."""
    more_jobs, more_openings = _more_jobs(jobs, outlooks), _more_openings(prospects.openings_of(*outlooks))
    together = more_jobs is not None and more_jobs is more_openings
    found = [
        (more_jobs, "more jobs and projected openings{}" if together else "more jobs{}"),
        (None if together else more_openings, "more projected openings{}"),
        _faster_growth(prospects.growth_of(*outlooks)),
    ]
    where, said = "" if area.code == NATION else " nationwide", set[HigherSide]()
    reasons = list[Reason]()
    for side, text in found:
        if side is not None:
            reasons.append(Reason(side, text.format("" if side in said else where)))
            said.add(side)
    return reasons


def _more_jobs(
    jobs: Difference | None,
    outlooks: tuple[Outlook | None, Outlook | None],
) -> HigherSide | None:
    """Return the side with significantly more jobs, unless the count with the self-employed contradicts it."""
    if jobs is None or not jobs.is_clear or _percent_apart(jobs) < _NOTICEABLE_PERCENT:
        return None
    return None if caveats.are_ordered_otherwise(jobs, outlooks) else jobs.higher


def _more_openings(openings: Difference | None) -> HigherSide | None:
    if openings is None or openings.gap is None or abs(openings.gap) <= caveats.ROUNDING_OF_PROJECTIONS:
        return None
    return None if _percent_apart(openings) < _NOTICEABLE_PERCENT else openings.higher


def _faster_growth(growth: Difference | None) -> tuple[HigherSide | None, str]:
    """Return the side that is projected to grow faster or to decline less, and the words, with room for a place."""
    if growth is None or growth.gap is None or abs(growth.gap) < _NOTICEABLE_POINTS:
        return None, ""
    behind, ahead = sorted((growth.left or 0, growth.right or 0))
    if behind >= 0:
        return growth.higher, "faster projected growth{}" if behind else "projected growth{}"
    if ahead > 0:
        return growth.higher, "projected growth{} instead of a decline"
    return growth.higher, f"{'a smaller' if ahead else 'no'} projected decline in jobs{{}}"


def entry_reason(needs: EntryComparison, side: HigherSide) -> Reason | None:
    """Name what a side typically needs less of than the other one."""
    education, experience, training = (
        _of_side(needs.education, side),
        _of_side(needs.experience, side),
        _of_side(needs.training, side),
    )
    found = list[str]()
    if education is not None:
        found.append(
            "without a formal educational credential"
            if education is EducationLevel.NO_CREDENTIAL
            else f"with {with_article(education.value)}"
        )
    if experience is not None:
        found.append("without work experience" if experience is Experience.NONE else "with less work experience")
    if training is not None and _is_long(needs.training, _other(side)):
        found.append("without on-the-job training" if training is Training.NONE else "with shorter on-the-job training")
    # The third requirement would make the sentence too long.
    return Reason(side, f"entry {' and '.join(found[:2])}") if found else None


def _of_side(requirement: Requirement[L], side: HigherSide) -> L | None:
    """Return a side's level where the other side needs more."""
    if requirement.needs_more is not _other(side):
        return None
    return requirement.left_level if side is HigherSide.LEFT else requirement.right_level


def _is_long(training: Requirement[Training], side: HigherSide) -> bool:
    """Return whether a side's training can take over a month. A shorter one is no obstacle."""
    level = training.left_level if side is HigherSide.LEFT else training.right_level
    return level not in (None, Training.NONE, Training.SHORT_TERM)


_SKILL_WORDS = {
    "Administrative": "office procedures",
    "English Language": "the English language",
    "Fine Arts": "the fine arts",
    "Foreign Language": "a foreign language",
    "Mechanical": "machines and tools",
}
"""The elements whose names do not fit into a sentence in lower case, in O*NET's own words."""


def skills_reason(left: Sequence[Weighted], right: Sequence[Weighted], side: HigherSide) -> Reason | None:
    """Name the rated skills and knowledge areas that are important for one side and clearly more so than for the other.

    The ones named have the largest gaps for their kind's errors.
    """
    target, others = (left, right) if side is HigherSide.LEFT else (right, left)
    importance = {skill.slug: row.importance for row, skill in others}
    found = list[tuple[float, SkillKind, str]]()
    for row, skill in target:
        there = importance.get(skill.slug)
        if skill.kind not in _CLEAR_GAPS or row.importance is None or there is None:
            continue
        clear = (row.importance - there) / _CLEAR_GAPS[skill.kind]
        if clear >= 1 and row.importance >= MINIMUM_IMPORTANCE:
            found.append((clear, skill.kind, _SKILL_WORDS.get(skill.name, skill.name.lower())))
    if not found:
        return None
    kinds = dict[str, SkillKind]()
    # Mathematics is both a skill and a knowledge area.
    for _, kind, words in sorted(found, key=lambda one: -one[0]):
        kinds.setdefault(words, kind)
    named = [*kinds.items()][:_SKILLS_NAMED]
    needed, known = ([words for words, kind in named if kind is one] for one in _CLEAR_GAPS)
    parts = [f"more {words}" for words in needed]
    if known:
        parts.append(f"more knowledge of {' and of '.join(known)}")
    return Reason(side, f"work that needs {' and '.join(parts)}")


_INTEREST_WORDS = {
    InterestName.REALISTIC: "more hands-on work",
    InterestName.INVESTIGATIVE: "more research and analysis",
    InterestName.ARTISTIC: "more creative work",
    InterestName.SOCIAL: "more helping and teaching of people",
    InterestName.ENTERPRISING: "more leading and persuading of people",
    InterestName.CONVENTIONAL: "more work by set procedures",
}


def interest_reason(left: Sequence[Interest], right: Sequence[Interest], side: HigherSide) -> Reason | None:
    """Name the type of interest that is foremost for one side and that O*NET scores much lower for the other."""
    target, others = (left, right) if side is HigherSide.LEFT else (right, left)
    scores = {row.name: row.score for row in others}
    for row in target:
        if row.high_point == 1 and row.name in scores and row.score - scores[row.name] >= _CLEAR_INTEREST:
            return Reason(side, _INTEREST_WORDS[row.name])
    return None
