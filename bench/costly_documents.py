"""Documents that cost as much as the limits admit, or would without them, each with the most time for its cost.

``%n`` stands for a number that is different in each request, so that no cache has the document or its answer.
"""

from typing import NamedTuple

from graphql import get_introspection_query


class Costly(NamedTuple):
    """A document with a name for tables."""

    name: str
    template: str

    def text(self, number: int) -> str:
        """Return the document with a number, in its literals and in a comment."""
        return f"#{number}\n{self.template.replace('%n', str(number))}"


def _aliases(fields: list[str]) -> str:
    return " ".join(f"a{number}: {field}" for number, field in enumerate(fields))


def _groups(selection: str) -> str:
    return f"{{ groups(level: BROAD) {{ {selection} }} }}"


def _occupations(first: int, selection: str) -> str:
    return f"{{ occupations(first: {first}) {{ nodes {{ title%n: title {selection} }} }} }}"


def _under_groups(selection: str) -> str:
    return _groups(f"occupations(first: 5) {{ nodes {{ {selection} }} }}")


_LICENSES = " ".join(f"{'a' * 90}{number}: license" for number in range(29))
_SOURCED = " ".join(
    f"{connection}(first: 100) {{ nodes {{ source {{ ...F }} }} }}"
    for connection in ("salaries", "industrySalaries", "skills", "alternateTitles")
)
_FIGURES = "area { code name } annual { mean median p10 p25 p75 p90 } hourly { mean } employment"
_PAYING = "highestPaying(minimumEmployment: %n{}) {{ city {{ name }} state {{ name }} industry {{ name }} }}"
_ORDERED = [
    f"salaries(first: 1, kind: {kind}, orderBy: {{field: {order}, direction: {direction}}}) "
    "{ nodes { employment } }"
    for kind in ("STATE", "METRO", "NONMETRO")
    for order in ("MEAN", "MEDIAN", "EMPLOYMENT", "AREA")
    for direction in ("ASC", "DESC")
]
_UNKNOWN = " ".join(f'u{number}: salary(area: "%n{number}") {{ employment }}' for number in range(24))
_PAIR = 'comparison(left: {{code: "27-2012"}}, right: {{code: "{}"}})'
_OTHERS = ("27-3031", "27-4032", "27-3043", "11-1011", "11-1021", "13-2011")

ISSUED = (
    Costly("long aliases of one license", f"{_under_groups(_SOURCED)} fragment F on Source {{ {_LICENSES} }}"),
    Costly("salaries of every group", _under_groups(f"salaries(first: 100) {{ nodes {{ {_FIGURES} }} }}")),
    Costly("highest paying of every group", _under_groups(_aliases([_PAYING.format(each) for each in range(29)]))),
    Costly(
        "children of parents of parents",
        _groups("parent { parent { children { children { code title parent { title } } } } }"),
    ),
    Costly("caveats of every group", _under_groups(_aliases(["caveats"] * 30))),
    Costly("salaries in many orders of every group", _under_groups(_aliases(_ORDERED))),
)
"""Documents that took seconds or gigabytes before costs counted the real lengths of lists. They are refused."""

ADMITTED = (
    Costly("highest paying", _occupations(1, _aliases([_PAYING.format(each) for each in range(28)]))),
    Costly("caveats", _occupations(58, "caveats")),
    Costly("salaries in many orders", _occupations(9, _aliases(_ORDERED))),
    Costly("job titles", _occupations(100, "alternateTitles(first: 96) { nodes { title } }")),
    Costly("skills", _occupations(100, "skills(first: 68) { nodes { importance level percent rank } }")),
    Costly(
        "salaries",
        _occupations(4, f"salaries(first: 100) {{ nodes {{ {_FIGURES} missing {{ figure }} source {{ name }} }} }}"),
    ),
    Costly(
        "salaries next to an error",
        _occupations(44, "salaries(first: 90) { nodes { area { name } } } skills(first: -1) { nodes { rank } }"),
    ),
    Costly(
        "salaries of places that do not exist",
        f"{{ {_aliases([_occupations(100, '...F')[2:-2]] * 3)} }} fragment F on Occupation {{ {_UNKNOWN} }}",
    ),
    Costly("introspection of tools", get_introspection_query()),
    Costly(
        "introspection next to salaries",
        "{ __schema { types { name fields { name args { name } } } } "
        f"o: {_occupations(93, 'salaries(first: 50) { nodes { employment } }')[1:]}",
    ),
    Costly(
        "searches",
        "{ "
        + _aliases([f'search(text: "mangaer operatoin {each} %n", first: 100) {{ score }}' for each in range(20)])
        + " }",
    ),
    Costly(
        "filters",
        "{ "
        + _aliases(
            [
                "occupations(first: 1, orderBy: {field: MEAN_WAGE}, "
                f'filter: {{text: "mangaer {each}", annualMean: {{atLeast: %n}}}}) {{ totalCount }}'
                for each in range(20)
            ]
        )
        + " }",
    ),
    Costly("comparisons", "{ " + _aliases([f"{_PAIR.format(each)} {{ summary caveats }}" for each in _OTHERS]) + " }"),
    Costly(
        "comparisons of skills and places",
        "{ "
        + _aliases(
            [
                f"{_PAIR.format(each)} {{"
                " skills { jaccard gap(toward: LEFT) { elements { part skill { name } } } }"
                " places(kind: METRO) { areas(first: 100) { nodes { area { name } median { absolute } } } }"
                " decomposition(by: INDUSTRY) { total } }"
                for each in _OTHERS
            ]
        )
        + " }",
    ),
    Costly("offers", _occupations(80, _aliases([f"offer(annual: %n{each}) {{ lowerWage }}" for each in range(19)]))),
)
"""Documents near the default MAX_COST."""
