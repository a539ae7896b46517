"""The requests of each workload. PostGraphile gets its own documents, because it derives its schema from tables."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, permutations, repeat

from graphql import get_introspection_query

from bench.side_by_side.occupations import Occupation

ALL_OF_A_COMPARISON = (
    "left { slug title code } right { slug title code } salary { "
    "annualMean { left right absolute percent higher verdict zScore confidence { level low high } } "
    "annualMedian { left right absolute percent higher } } growth { left right absolute higher }"
)
SEARCHED_CODES = 2
"""Minimum number of digits of a code in searches."""

SEARCHED_LETTERS = 2
"""Minimum number of letters of a title in searches."""

_OF_OCCUPATION = ("slug", "title", "code")
_OF_DIFFERENCE = ("left", "right", "absolute", "percent", "higher", "verdict", "zScore")
_MOST_ALIASES = 20


@dataclass(frozen=True)
class Request:
    """A document and its variables."""

    document: str
    variables: dict[str, object]

    @property
    def body(self) -> bytes:
        """The JSON body, on one line."""
        return json.dumps({"query": self.document, "variables": self.variables}).encode()


@dataclass(frozen=True)
class Dialect:
    """A server's schema in requests: a key, a query for a page of occupations, a query for a search, and cursors."""

    key: str
    page: str
    search: str
    cursors: Sequence[str]

    def comparison(self, left: str, right: str, selection: str = ALL_OF_A_COMPARISON) -> str:
        """Return the field that compares two occupations; the slugs are GraphQL values or variables."""
        key = self.key
        return f"comparison(left: {key.format(left)}, right: {key.format(right)}) {{ {selection} }}"


OUR_KEY = "{{slug: {}}}"
OUR_PAGE = (
    "query Page($after: String) { occupations(first: 100, after: $after) { nodes { slug title code "
    "salary { annual { mean median p10 p90 } employment } "
    "education { mostCommonDegree typicalEntry degrees { name percent } } "
    "demographics { medianAge gender { name percent } } "
    "skills(first: 5) { nodes { importance level skill { name } } } } pageInfo { hasNextPage endCursor } } }"
)
OUR_SEARCH = (
    "query Search($text: String!) { search(text: $text, first: 10) { occupation { slug title } matchedTitle score } }"
)


Stream = Callable[[Dialect, Sequence[Occupation], random.Random], Iterator[Request]]


@dataclass(frozen=True)
class Workload:
    """A type of request: its letter, an endless stream of requests, and the number of them that are repeated in turn.

    If ``size`` is None, each request is sent once.
    """

    letter: str
    title: str
    stream: Stream
    size: int | None

    def requests(self, dialect: Dialect, occupations: Sequence[Occupation]) -> Iterator[Request]:
        """Return the stream of requests, which is the same each time."""
        return self.stream(dialect, occupations, random.Random(self.letter))  # noqa: S311 - no secret


def _comparison(dialect: Dialect) -> str:
    return f"query Compare($left: String!, $right: String!) {{ {dialect.comparison('$left', '$right')} }}"


def _one_pair(dialect: Dialect, _: Sequence[Occupation], __: random.Random) -> Iterator[Request]:
    request = Request(_comparison(dialect), {"left": "producers-and-directors", "right": "software-developers"})
    yield from repeat(request)


def _random_pairs(dialect: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    document = _comparison(dialect)
    for left, right in pairs_of(occupations, noise):
        yield Request(document, {"left": left, "right": right})


def pairs_of(occupations: Sequence[Occupation], noise: random.Random) -> Iterator[tuple[str, str]]:
    """Yield every pair of different occupations once, then repeat."""
    pairs = list(permutations((occupation.slug for occupation in occupations), 2))
    noise.shuffle(pairs)
    yield from cycle(pairs)


def _input_objects(_: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    field = f"comparison(left: $left, right: $right) {{ {ALL_OF_A_COMPARISON} }}"
    document = f"query Compare($left: OccupationKey!, $right: OccupationKey!) {{ {field} }}"
    for left, right in pairs_of(occupations, noise):
        yield Request(document, {"left": {"slug": left}, "right": {"slug": right}})


def _popular_pairs(dialect: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    """Yield pairs of which the one of rank n is drawn about 1/n times as often as the first: Zipf's law with s = 1."""
    document = _comparison(dialect)
    pairs = list(permutations((occupation.slug for occupation in occupations), 2))
    noise.shuffle(pairs)
    while True:
        # The inverse of the distribution function ln(rank) / ln(number of pairs).
        left, right = pairs[int((len(pairs) + 1) ** noise.random()) - 1]
        yield Request(document, {"left": left, "right": right})


def _one_page(dialect: Dialect, _: Sequence[Occupation], __: random.Random) -> Iterator[Request]:
    yield from repeat(Request(dialect.page, {"after": None}))


def _pages(dialect: Dialect, _: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    while True:
        yield Request(dialect.page, {"after": noise.choice(dialect.cursors)})


def _introspection(_: Dialect, __: Sequence[Occupation], ___: random.Random) -> Iterator[Request]:
    yield from repeat(Request(get_introspection_query(), {}))


def _literals(dialect: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    for left, right in pairs_of(occupations, noise):
        yield Request(f"query Compare {{ {dialect.comparison(json.dumps(left), json.dumps(right))} }}", {})


def _selections(dialect: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    slugs = [occupation.slug for occupation in occupations]
    while True:
        field = dialect.comparison("$left", "$right", _selection(noise))
        left, right = noise.sample(slugs, 2)
        document = f"query Compare($left: String!, $right: String!) {{ {field} }}"
        yield Request(document, {"left": left, "right": right})


def _selection(noise: random.Random) -> str:
    """Return a random selection of a comparison's fields, in random order, some with aliases."""
    aliases = iter(range(_MOST_ALIASES))

    def some(names: Sequence[str]) -> str:
        chosen = noise.sample(names, noise.randint(1, len(names)))
        return " ".join(_named(name, noise, aliases) for name in chosen)

    confidence = "confidence { level low high }"
    parts = [
        f"left {{ {some(_OF_OCCUPATION)} }}",
        f"right {{ {some(_OF_OCCUPATION)} }}",
        f"salary {{ annualMean {{ {some(_OF_DIFFERENCE)} {confidence} }} annualMedian {{ {some(_OF_DIFFERENCE)} }} }}",
        f"growth {{ {some(_OF_DIFFERENCE)} }}",
    ]
    noise.shuffle(parts)
    return " ".join(parts)


def _named(name: str, noise: random.Random, aliases: Iterator[int]) -> str:
    """Give every other field an alias, up to _MOST_ALIASES."""
    if noise.random() < 0.5 and next(aliases, None) is not None:  # noqa: PLR2004 - every other time
        return f"{name}{noise.randrange(1_000_000)}: {name}"
    return name


def _code_starts(dialect: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    codes = [occupation.code for occupation in occupations if occupation.code]
    while True:
        start = noise.choice(codes)[: noise.randint(SEARCHED_CODES, len("27-2012"))]
        text = start.replace("-", "") if noise.random() < 0.5 else start  # noqa: PLR2004 - every other time
        yield Request(dialect.search, {"text": text})


def _misspelt_titles(dialect: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    while True:
        letters = list(noise.choice(occupations).title)
        del letters[noise.randrange(len(letters))]
        yield Request(dialect.search, {"text": "".join(letters)})


def _typed_titles(dialect: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    while True:
        title = noise.choice(occupations).title.lower()
        for length in range(SEARCHED_LETTERS, len(title) + 1):
            yield Request(dialect.search, {"text": title[:length]})


MANY, SOME = 60_000, 2_000
"""More pairs than an answer cache holds. There are fewer different pages and codes."""

WORKLOADS = (
    Workload("a", "one comparison, repeated", _one_pair, 1),
    Workload("b", "one document, comparisons of random pairs", _random_pairs, MANY),
    Workload("b2", "the same with input objects as variables", _input_objects, MANY),
    Workload("b3", "one document, comparisons of pairs of which some are popular", _popular_pairs, MANY),
    Workload("c", "one document, pages of 100 occupations after random cursors", _pages, SOME),
    Workload("c1", "one page of 100 occupations, repeated", _one_page, 1),
    Workload("d", "introspection", _introspection, 1),
    Workload("e1", "never-seen documents, comparisons with other literals", _literals, None),
    Workload("e2", "never-seen documents, other selections of a comparison", _selections, None),
    Workload("f1", "search by the start of a code", _code_starts, SOME),
    Workload("f2", "search by a title with a mistake", _misspelt_titles, SOME),
    Workload("f3", "search while a title is typed, letter by letter", _typed_titles, SOME),
)

# Cost by the size of answers.


def _pages_of(size: int, dialect: Dialect, _: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    document = dialect.page.replace("first: 100", f"first: {size}")
    while True:
        yield Request(document, {"after": noise.choice(dialect.cursors)})


def _rankings_of(size: int, _: Dialect, occupations: Sequence[Occupation], noise: random.Random) -> Iterator[Request]:
    document = (
        "query Rank($keys: [OccupationKey!]!) { ranking(occupations: $keys) "
        "{ entries { rank value occupation { slug title } tiedWith { slug } } } }"
    )
    slugs = [occupation.slug for occupation in occupations]
    while True:
        yield Request(document, {"keys": [{"slug": slug} for slug in noise.sample(slugs, size)]})


GROWTH = tuple(
    (name, size, Workload(f"{name} {size}", f"{name} of {size}", partial(stream, size), SOME))
    for name, stream, sizes in (("page", _pages_of, (10, 50, 100)), ("ranking", _rankings_of, (2, 5, 10, 20)))
    for size in sizes
)
