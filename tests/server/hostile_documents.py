"""Hostile documents: small to send and expensive to answer, each with the code of its error."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

LIMIT = "LIMIT_EXCEEDED"
INVALID = "GRAPHQL_VALIDATION_FAILED"
UNREADABLE = "GRAPHQL_PARSE_FAILED"
BAD_INPUT = "BAD_USER_INPUT"


@dataclass(frozen=True)
class Hostile:
    """A document, the code of its first error (None if it is cheap enough to be answered), and the exceeded limit."""

    name: str
    text: str
    code: str | None
    limit: str | None = None


def nested(levels: int, inner: str = "code", field: str = "parent") -> str:
    """Return nested selections of groups."""
    return f"{field} {{ " * levels + inner + " }" * levels


def groups(selections: str) -> str:
    """Return an operation that requests groups."""
    return f"{{ groups {{ {selections} }} }}"


def chain(length: int, body: Callable[[str], str], kind: str = "OccupationGroup") -> str:
    """Return fragments that each spread the next one inside a body."""
    names = [f"F{number}" for number in range(length)]
    links = [f"fragment {name} on {kind} {{ {body(f'...{after}')} }}" for name, after in pairwise(names)]
    return " ".join([*links, f"fragment {names[-1]} on {kind} {{ code }}"])


def aliased(count: int, field: str) -> str:
    """Return a field with many aliases."""
    return " ".join(f"a{number}: {field}" for number in range(count))


def introspected(levels: int) -> str:
    """Return types of fields of types, to a depth."""
    return "{ __schema { types { " + "fields { type { " * levels + "name" + " } }" * levels + " } } }"


US = 'area(code: "US") { name }'
EVERYTHING = "title salary { annual { mean } } skills(first: 100) { nodes { skill { name } } }"

HOSTILE = [
    # Many tokens
    Hostile("fields without end", "{ " + "a " * 45_000 + "}", LIMIT, "tokens"),
    Hostile("aliases without end", "{ " + aliased(4_500, "__typename") + " }", LIMIT, "tokens"),
    Hostile("operations without end", "query { a } " * 8_000, LIMIT, "tokens"),
    Hostile("a list without end", f"{{ nodes(ids: [{'0,' * 45_000}]) {{ id }} }}", LIMIT, "tokens"),
    Hostile("brackets without end", "{ nodes(ids: " + "[" * 90_000, UNREADABLE),
    Hostile("braces without end", "{" * 90_000, UNREADABLE),
    Hostile("fields nested without end", "{a" * 45_000, UNREADABLE),
    Hostile("objects nested without end", "{ occupations(filter: " + "{a:" * 30_000, UNREADABLE),
    Hostile("inline fragments nested without end", "{" + "...{" * 20_000, UNREADABLE),
    # Long tokens
    Hostile("a long name", "{ " + "a" * 95_000 + " }", INVALID),
    Hostile("a long alias", "{ " + "a" * 95_000 + ": nothing }", LIMIT, "aliasLength"),
    Hostile(
        "long aliases of many objects",
        "{ occupations(first: 100) { nodes { " + " ".join(f"{'a' * 3_000}{n}: title" for n in range(30)) + " } } }",
        LIMIT,
        "aliasLength",
    ),
    Hostile("a long name spread again and again", "{" + f" ...{'F' * 900}" * 100 + " }", INVALID),
    Hostile("a long string", f'{{ area(code: "{"x" * 95_000}") {{ name }} }}', None),
    Hostile("a long string of escapes", f'{{ area(code: "{chr(92) * 45_000}") {{ name }} }}', None),
    Hostile("a long block string", '{ area(code: """' + "\n  xxxxxxxx" * 4_900 + '""") { name } }', None),
    Hostile("a long text to search for", f'{{ search(text: "{"ab " * 30_000}") {{ score }} }}', None),
    Hostile("a long number", "{ occupations(first: " + "1" * 95_000 + ") { totalCount } }", BAD_INPUT),
    Hostile("a long comment", "#" + "x" * 95_000 + "\n{ nothing }", INVALID),
    Hostile("commas without end", "," * 95_000 + "{ nothing }", INVALID),
    Hostile("lines without end", "\n" * 49_000 + "{ nothing }", LIMIT, "lines"),
    Hostile("errors after many lines", "\n" * 4_990 + "{ " + " ".join(f"a{n}" for n in range(900)) + " }", INVALID),
    Hostile("a string without an end", '{ area(code: "' + "x" * 95_000, UNREADABLE),
    # Depth
    Hostile("deep fields", groups(nested(120)), LIMIT, "depth"),
    Hostile("deep fragments", "{ groups { ...F0 } } " + chain(70, lambda f: f"parent {{ {f} }}"), LIMIT, "depth"),
    Hostile(
        "deep between fragments", groups(nested(5, "...F0")) + chain(6, lambda f: f"children {{ {f} }}"), LIMIT, "depth"
    ),
    Hostile("deep introspection", introspected(20), INVALID),
    Hostile(
        "deep introspection in fragments",
        "{ __schema { types { ...F0 } } } "
        + chain(60, lambda f: f"fields {{ type {{ {f} }} }}", "__Type").replace("code", "name"),
        INVALID,
    ),
    # Fragments
    Hostile("a fragment in itself", "{ groups { ...F } } fragment F on OccupationGroup { code ...F }", INVALID),
    Hostile(
        "two fragments in each other",
        "{ groups { ...F0 } } fragment F0 on OccupationGroup { ...F1 } "
        "fragment F1 on OccupationGroup { parent { ...F0 } }",
        INVALID,
    ),
    Hostile("fragments doubled at each link", "{ groups { ...F0 } } " + chain(90, lambda f: f"{f} {f}"), None),
    Hostile(
        "fragments under two names at each link",
        "{ groups { ...F0 } } " + chain(40, lambda f: f"a: parent {{ {f} }} b: parent {{ {f} }}"),
        LIMIT,
        "depth",
    ),
    Hostile(
        "fragments under two names, not deep",
        "{ groups { ...F0 } } " + chain(9, lambda f: f"a: parent {{ {f} }} b: parent {{ {f} }}"),
        LIMIT,
        "cost",
    ),
    Hostile(
        "fragments under two names, not deep, of pages",
        "{ groups { ...F0 } } "
        + chain(7, lambda f: f"a: occupations {{ nodes {{ group {{ {f} }} }} }} b: children {{ {f} }}"),
        LIMIT,
        "depth",
    ),
    Hostile(
        "all fragments in all",
        "{ groups { ...F0 } } "
        + " ".join(
            f"fragment F{n} on OccupationGroup {{ code {' '.join(f'...F{m}' for m in range(n + 1, 25))} }}"
            for n in range(25)
        ),
        None,
    ),
    Hostile(
        "all fragments in all, in circles",
        "{ groups { ...F0 } } "
        + " ".join(
            f"fragment F{n} on OccupationGroup {{ {' '.join(f'...F{m}' for m in range(20))} }}" for n in range(20)
        ),
        INVALID,
    ),
    Hostile(
        "unused fragments",
        "{ groups { code } } " + " ".join(f"fragment F{n} on OccupationGroup {{ code }}" for n in range(120)),
        INVALID,
    ),
    Hostile("undefined fragments", groups(" ".join(f"...F{n}" for n in range(300))), INVALID),
    # Repetition
    Hostile("one field many times", groups("code " * 900), None),
    Hostile("one object many times", groups("parent { code } " * 240), None),
    Hostile(
        "one object many times, never the same",
        groups(" ".join(f"parent {{ ...F{n % 7} code }}" for n in range(90)) + " ")
        + " ".join(f"fragment F{n} on OccupationGroup {{ title }}" for n in range(7)),
        None,
    ),
    Hostile("conflicts", groups(" ".join(f"occupations(first: {n}) {{ totalCount }}" for n in range(110))), INVALID),
    Hostile(
        "conflicts deep inside",
        groups(
            " ".join(
                f"parent {{ parent {{ parent {{ children {{ occupations(first: {n}) {{ totalCount }} }} }} }} }}"
                for n in range(40)
            )
        ),
        INVALID,
    ),
    Hostile("one directive many times", "{ sources { name" + " @include(if: true)" * 140 + " } }", LIMIT, "directives"),
    Hostile("directives that there are not", "{ sources { name" + " @nothing" * 450 + " } }", LIMIT, "directives"),
    Hostile("one argument many times", "{ area(" + 'code: "US" ' * 300 + ") { name } }", INVALID),
    Hostile("one variable many times", "query (" + "$code: String " * 200 + ") { sources { name } }", INVALID),
    Hostile(
        "unused variables",
        "query (" + " ".join(f"$v{n}: String" for n in range(190)) + ") { sources { name } }",
        INVALID,
    ),
    Hostile(
        "undeclared variables",
        "{ " + " ".join(f"a{n}: area(code: $v{n}) {{ name }}" for n in range(30)) + " }",
        INVALID,
    ),
    Hostile("operations of one name", "query A { sources { name } } " * 120, INVALID),
    Hostile("names that are almost right", "{ " + " ".join(f"occupaitons{n % 10}" for n in range(900)) + " }", INVALID),
    Hostile(
        "types that are almost right",
        groups(" ".join(f"... on OcupationGroup{n} {{ code }}" for n in range(160))),
        INVALID,
    ),
    Hostile(
        "arguments that are almost right",
        "{ occupations(" + " ".join(f"filtre{n}: 1" for n in range(300)) + ") { totalCount } }",
        INVALID,
    ),
    Hostile(
        "keys that are almost right",
        "{ occupations(filter: {" + " ".join(f"knid{n}: 1" for n in range(300)) + "}) { totalCount } }",
        BAD_INPUT,
    ),
    # Large results
    Hostile("aliases", "{ " + aliased(31, US) + " }", LIMIT, "aliases"),
    Hostile(
        "aliases in fragments",
        "{ ...A ...B } " + f"fragment A on Query {{ {aliased(16, US)} }} fragment B on Query {{ {aliased(16, US)} }}",
        LIMIT,
        "aliases",
    ),
    Hostile("roots", "{ " + aliased(21, "__typename") + " }", LIMIT, "rootFields"),
    Hostile("pages in pages", "{ occupations(first: 100) { nodes { " + EVERYTHING + " } } }", LIMIT, "cost"),
    Hostile(
        "pages in pages by variables",
        "query ($n: Int = 100) { occupations(first: $n) { nodes { related(first: $n) { nodes { occupation { "
        "related(first: $n) { nodes { rank } } } } } } } }",
        LIMIT,
        "cost",
    ),
    Hostile(
        "pages from the end",
        "{ occupations(last: 100) { nodes { related(first: 100) { edges { node { rank } } } } } }",
        LIMIT,
        "cost",
    ),
    Hostile(
        "pages of the default size",
        "{ occupations { nodes { related { nodes { occupation { skills { nodes { skill { name } } } } } } } } }",
        LIMIT,
        "cost",
    ),
    Hostile(
        "lists that lead back to themselves", groups(nested(4, "code", "parent { children") + " }" * 4), LIMIT, "cost"
    ),
    Hostile("answers longer than what asks", "{ " + f"{'a' * 90_000}: sources {{ name }}" + " }", LIMIT, "aliasLength"),
    Hostile("a page larger than any", "{ occupations(first: 2000000000) { nodes { title } } }", BAD_INPUT, "pageSize"),
    Hostile("a page without a size", "{ occupations(first: -1) { nodes { title } } }", BAD_INPUT),
    Hostile(
        "introspection again and again",
        "{ " + aliased(6, "__schema { types { fields { type { name } } } }") + " }",
        LIMIT,
        "cost",
    ),
    Hostile("a list of ids", "{ nodes(ids: [" + '"x" ' * 251 + "]) { id } }", LIMIT, "listLength"),
    Hostile("a list of rivals", "{ ranking(occupations: [" + '{slug: "x"} ' * 190 + "]) { tested } }", INVALID),
    Hostile("lists in lists", "{ nodes(ids: " + "[" * 150 + "1" + "]" * 150 + ") { id } }", BAD_INPUT),
    Hostile(
        "objects in objects",
        "{ occupations(filter: " + "{filter: " * 120 + "1" + "}" * 120 + ") { totalCount } }",
        BAD_INPUT,
    ),
]


_FRAGMENTS = 5


def _mostly(usual: list[str], wrong: list[str]) -> st.SearchStrategy[str]:
    """Draw valid parts far more often than invalid ones, so that some whole documents are valid."""
    return st.sampled_from(usual * (60 // len(usual)) + wrong)


_SPREADS = _mostly([f"...F{number}" for number in range(_FRAGMENTS)], ["...Undefined"])
_SCALARS = _mostly(["code", "title", "level", "__typename", "c: code"], ["nothing", "c: title"])
_SIZES = _mostly(
    ["", "(first: 100)", "(last: 5)", "(first: $n)", "(first: 0)"], ["(first: -1)", "(first: $m)", "(frist: 1)"]
)
_DIRECTIVES = _mostly(["", "", "@include(if: true)", "@skip(if: $b)"], ["@nothing"])
_TYPES = _mostly(["OccupationGroup"], ["Area"])


def _selections(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return selections of a group, some of them nested."""
    several = st.lists(inner, min_size=1, max_size=4).map(" ".join)
    objects = st.builds("{0} {{ {1} }}".format, st.sampled_from(["parent", "children", "p: parent", "... "]), several)
    pages = st.builds("occupations{0} {1} {{ nodes {{ group {{ {2} }} }} }}".format, _SIZES, _DIRECTIVES, several)
    return objects | pages | st.builds("... on {0} {{ {1} }}".format, _TYPES, several)


def _repeated(parts: list[str], times: int) -> str:
    return " ".join(parts * times)


def _document(bodies: list[str], *, circles: bool) -> str:
    """Put bodies into an operation and fragments that spread later ones, or all of them for cycles."""
    names = [f"...F{number}" for number in range(_FRAGMENTS)]
    operation, *fragments = bodies
    texts = [text if circles else _without(text, names[: number + 1]) for number, text in enumerate(fragments)]
    variables = "query ($n: Int = 100, $b: Boolean! = false)"
    uses = "occupations(first: $n) { totalCount @skip(if: $b) } " + " ".join(names)
    operation = f"{variables} {{ groups {{ {uses} {operation} }} }}"
    return " ".join(
        [operation, *(f"fragment F{n} on OccupationGroup {{ code {text} }}" for n, text in enumerate(texts))]
    )


def _without(text: str, spreads: list[str]) -> str:
    for spread in spreads:
        text = text.replace(spread, "code")
    return text


def documents() -> st.SearchStrategy[str]:
    """Return documents of fragments that spread one another: deep, broad, repeated, sometimes in cycles."""
    leaves = _SCALARS | st.builds("{0} {1}".format, _SPREADS, _DIRECTIVES)
    one = st.recursive(leaves, _selections, max_leaves=25)
    body = st.builds(_repeated, st.lists(one, min_size=1, max_size=5), st.integers(1, 20))
    bodies = st.lists(body, min_size=1 + _FRAGMENTS, max_size=1 + _FRAGMENTS)
    return st.builds(_document, bodies, circles=st.sampled_from([True, False, False, False]))
