"""``make bench ARGS=--prices``: the measured time of each priced field next to the cost that it is counted with.

Each field is selected for many objects at once, in this process and without any cache of answers. What the operation
takes without the field is subtracted. One unit of cost is a plain object: an occupation of a page with its figures.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from db.database import Database
from resolvers.context import Context
from server.executable_schema import document_cache
from server.settings import Settings

ROUNDS = 3
_WARM_UP = 4
_UNIT_MICROSECONDS = 4
_PAIRS = 50

_UNLIMITED: dict[str, Any] = {
    "max_tokens": 100_000,
    "max_aliases": 1_000,
    "max_root_fields": 1_000,
    "max_cost": 10**9,
    "answer_cache_bytes": 0,
}

UNIT = (
    "{ occupations(first: 100) { nodes { title salary { annual { mean median } hourly { mean } employment } "
    "outlook { growthPercent source { name } } education { typicalEntry source { name } } jobs { count } "
    "demographics { medianAge source { name } } } } }"
)
"""A page of 100 occupations with figures: its time divided by its objects is the unit."""


_OCCUPATIONS = "{{ occupations(first: 100) {{ nodes {{ title {} }} }} }}"
_GROUPS = "{{ groups(level: BROAD) {{ title {} }} }}"

OCCUPATION_FIELDS = (
    "salary { employment }",
    "offer(annual: 70000) { lowerWage }",
    "description",
    "jobs { count }",
    "outlook { growthPercent }",
    "education { typicalEntry }",
    "demographics { medianAge }",
    "weeklyEarnings { men }",
    "timeToBecome { minimumMonths }",
    "group { title }",
    "source { name }",
    "highestPaying(minimumEmployment: 1) { city { name } state { name } industry { name } }",
    "highestPaying(minimumEmployment: 1, atNationalPrices: true) { city { atNationalPrices } }",
    "interests { score }",
    "caveats",
    "salaries(first: 1) { totalCount }",
    "salaries(first: 1, orderBy: {field: MEAN}) { nodes { employment } }",
    "salaries(first: 1, orderBy: {field: MEAN_AT_NATIONAL_PRICES}) { nodes { employment } }",
    "salaries(first: 100) { nodes { employment } }",
    "salaries(first: 100) { nodes { atNationalPrices { mean } } }",
    "salaries(first: 100) { nodes { area { priceParity missing { reason } } } }",
    "salaries(first: 100) { nodes { area { name } annual { mean } missing { figure } source { name } } }",
    "industrySalaries(first: 1) { nodes { employment } }",
    "responsibilities(first: 1) { nodes { text } }",
    "skills(first: 1) { nodes { importance } }",
    "skills(first: 50) { nodes { importance skill { name } source { name } } }",
    "alternateTitles(first: 1) { nodes { title } }",
    "alternateTitles(first: 1) { totalCount }",
    "related(first: 1) { nodes { rank } }",
    "education { degrees { name } }",
    "education { majors(first: 1) { nodes { title } } }",
    "education { degreesPublishedFor { name } missing { figure } }",
    "education { requiredDegreesSum mostCommonRequiredDegree requiredDegreesSource { name } }",
    "demographics { race { name } sources { name } }",
    "demographics { publishedFor { name occupations { title } } missing { figure } }",
    "weeklyEarnings { publishedFor { name } missing { figure } }",
)
GROUP_FIELDS = (
    "salary { employment }",
    "parent { title }",
    "children { title }",
    "occupations(first: 1) { nodes { title } }",
    "occupations(first: 1) { totalCount }",
)
COMPARISON_FIELDS = (
    "choices { left }",
    "summary",
    "caveats",
    "salary { annualMean { absolute } }",
    "salary { annualMean { explanation { note } } }",
    "salary { percentiles { difference { absolute } } }",
    "salary { crossovers { lowerPercentile } }",
    "salary { rangeOverlap { low } }",
    "salary { highestPaying(minimumEmployment: 1) { city { same } } }",
    "jobs { absolute }",
    "growth { absolute }",
    "openings { absolute }",
    "entry { note }",
    "timeToBecome { absolute }",
    "jobZone { left }",
    "education { degrees { points } }",
    "education { missing { figure } }",
    "demographics { age { absolute } }",
    "demographics { race { dissimilarity } }",
    "demographics { race { shares { points } } }",
    "responsibilities { shared { activity } }",
    "skills { jaccard }",
    "skills { shared { points } }",
    "skills { gap(toward: LEFT) { total } }",
    "skills { gap(toward: LEFT) { elements { part } } }",
    "skills { transfer(toward: LEFT) { total } }",
    "interests { correlation }",
    "interests { left { score } right { score } }",
    "places(kind: STATE) { compared }",
    "places(kind: METRO) { compared }",
    "places(kind: METRO) { areas(first: 100) { nodes { area { name } } } }",
    "places(kind: METRO) { areas(first: 100) { nodes { median { absolute } mean { absolute } } } }",
    "decomposition(by: STATE) { total }",
    "decomposition(by: INDUSTRY) { total }",
    "sources { name }",
)
ROOT_FIELDS = (
    'occupation(by: {code: "27-20%s"}) { title }',
    'group(code: "27-20%s") { title }',
    'area(code: "%s") { name }',
    'skill(slug: "skill-%s") { name }',
    "occupations(first: 1) { nodes { title } }",
    'occupations(first: 1, filter: {text: "%s"}) { nodes { title } }',
    "occupations(first: 1, orderBy: {field: MEAN_WAGE}, filter: {annualMean: {atLeast: 1%s}}) { totalCount }",
    'skills(first: 1, text: "%s") { nodes { name } }',
    'skills(first: 1, text: "%s") { totalCount }',
    'areas(first: 1, text: "king county %s") { nodes { name } }',
    'areas(first: 1, text: "san fransisco %s") { nodes { name } }',
    'search(text: "software develper %s", first: 1) { score }',
    'search(text: "mangaer of operations %s", first: 1) { score }',
    'search(text: "nurse", first: 100) { score }',
    "sources { name }",
    "groups(level: MAJOR) { title }",
)


class Case(NamedTuple):
    """A field, the query that selects it, the same query without it, and the number of objects it is selected of."""

    name: str
    query: str
    without: str
    parents: int


async def _seconds(database_url: str, queries: Sequence[str], *, rows: int) -> list[tuple[float, int]]:
    """Return the CPU time of the fastest of some rounds, and the cost, of each query."""
    settings = Settings(database_url=database_url, **_UNLIMITED)
    documents = document_cache(settings)
    database = Database(settings.reading_url, settings.pool, rows)
    version = await database.version()
    found: list[tuple[float, int]] = []
    for text in queries:
        operation = documents.get(text)[0].operation()
        times: list[float] = []
        for _ in range(_WARM_UP + ROUNDS):
            reading = database.reading(version)
            context = Context(reading)
            begin = time.process_time()
            outcome = await operation.run({}, context)
            times.append(time.process_time() - begin)
            context.close()
            reading.keep()
            if outcome.errors:
                raise ValueError(f"{text}: {outcome.errors}")
        found.append((min(times[-ROUNDS:]), operation.admit({})[0]))
    await database.close()
    return found


async def _codes(database_url: str) -> list[str]:
    """Return codes of occupations."""
    settings = Settings(database_url=database_url)
    operation = document_cache(settings).get("{ occupations(first: 100) { nodes { code } } }")[0].operation()
    database = Database(settings.reading_url, settings.pool)
    outcome = await operation.run({}, Context(database.reading(await database.version())))
    await database.close()
    nodes = orjson.loads(outcome.data)["occupations"]["nodes"]
    return [node["code"] for node in nodes if node["code"]]


def _cases(codes: Sequence[str]) -> Iterator[Case]:
    """Yield the fields to measure."""
    for field in OCCUPATION_FIELDS:
        yield Case(f"Occupation.{field}", _OCCUPATIONS.format(field), _OCCUPATIONS.format(""), 100)
    for field in GROUP_FIELDS:
        yield Case(f"OccupationGroup.{field}", _GROUPS.format(field), _GROUPS.format(""), 454)
    pairs = list(itertools.pairwise(codes))[:_PAIRS]
    for field in COMPARISON_FIELDS:
        query, without = (_comparisons(pairs, selection) for selection in (field, ""))
        yield Case(f"Comparison.{field}", query, without, len(pairs))
    for field in ROOT_FIELDS:
        selections = " ".join(f"r{n}: {field.replace('%s', str(n))}" for n in range(_PAIRS))
        yield Case(f"Query.{field}", f"{{ {selections} }}", "{ __typename }", _PAIRS)


def _comparisons(pairs: Sequence[tuple[str, str]], selection: str) -> str:
    fields = (
        f'c{n}: comparison(left: {{code: "{left}"}}, right: {{code: "{right}"}}) {{ left {{ title }} {selection} }}'
        for n, (left, right) in enumerate(pairs)
    )
    return f"{{ {' '.join(fields)} }}"


async def report(database_url: str) -> None:
    """Measure all fields and print a table: counted, measured with rows in memory, and measured with none."""
    cases = list(_cases(await _codes(database_url)))
    queries = [UNIT, *(query for case in cases for query in (case.query, case.without))]
    memory = await _seconds(database_url, queries, rows=2_000_000)
    cold = await _seconds(database_url, queries, rows=0)
    units = [1e6 * time_ / cost for time_, cost in (memory[0], cold[0])]
    sys.stdout.write(f"a plain object: {units[0]:.1f} microseconds in memory, {units[1]:.1f} cold\n\n")
    sys.stdout.write("| field | counted | in memory | cold | |\n|---|---|---|---|---|\n")
    for number, case in enumerate(cases):
        first, second = 1 + 2 * number, 2 + 2 * number
        counted = (cold[first][1] - cold[second][1]) / case.parents
        measured = [
            1e6 * (times[first][0] - times[second][0]) / case.parents / _UNIT_MICROSECONDS for times in (memory, cold)
        ]
        low = "low" if measured[1] > 3 * counted else ""
        sys.stdout.write(f"| `{case.name}` | {counted:,.1f} | {measured[0]:,.1f} | {measured[1]:,.1f} | {low} |\n")


def main(database_url: str) -> None:
    """Print the table."""
    asyncio.run(report(database_url))
