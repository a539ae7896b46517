"""Search: made-up occupations, and the titles of whole releases, on PostgreSQL if the publishers' files are present."""

from collections.abc import Callable, Iterator
from itertools import islice, product
from string import ascii_lowercase
from typing import Any, cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    ALL_INDUSTRIES,
    NATION,
    AlternateTitle,
    Area,
    Industry,
    Occupation,
    OccupationGroup,
    OccupationPart,
    Source,
    TitleSynonym,
    UncoveredTitle,
    Wage,
)
from db.vocabulary import DIRECT_MATCH_TITLES, OUR_TITLES, AreaKind, GroupLevel, OccupationKind
from db.writing import writing
from tests.conftest import COLD, Api, serving
from tests.databases import PostgreSQLServer
from tests.onet_titles import needs_releases, store_titles

# Made up: code, title, national employment, alternate titles.
OCCUPATIONS: list[tuple[str | None, str, int | None, list[str]]] = [
    ("11-1011", "Chief Cheesemongers", 200, ["CEO (Chief Cheese Officer)", "Head of Cheese"]),
    ("15-1252", "Software Whisperers", 1_600, ["Software Developer", "Programmer", "Code Poet"]),
    ("27-2012", "Puppet Directors", 140, ["Puppeteer", "Show Runner", "Boss"]),
    ("27-2022", "Cloud Coaches, Except Storm Coaches", 250, ["Cloud Trainer", "Boss"]),
    ("27-2099", "Entertainers, All Other", None, ["Boss", "Juggler"]),
    ("29-1141", "Registered Dragon Nurses", 3_200, ["RN (Registered Nurse)", "Nurse", "Dragon Caretaker"]),
    ("29-1171", "Night Nurses", 300, ["Nurse", "Lantern Bearer"]),
    ("29-2061", "Practical Nurses", 600, ["Practical Nurse", "Juggler"]),
    ("39-9011", "Jugglers", 5, ["Café Juggler", "Plate Spinner"]),
    ("43-3031", "Bookkeepers", 1_500, ["Ledger Clerk"]),
    (None, "Moon Bookkeeper", None, []),
]


def store_occupations(session: Session) -> None:
    session.add(Source(id="test", name="Test", license="Public domain", digest=""))
    session.add(OccupationGroup(code="00-0000", title="All", level=GroupLevel.TOTAL))
    session.add(Area(code=NATION, name="United States", kind=AreaKind.NATION))
    session.add(Industry(code=ALL_INDUSTRIES, title="All"))
    session.flush()
    for code, title, employment, alternate in OCCUPATIONS:
        occupation = Occupation(
            slug=title,
            title=title,
            code=code,
            kind=OccupationKind.ROLE if code is None else OccupationKind.DETAILED,
            group_code="00-0000",
            source_id="test",
        )
        session.add(occupation)
        session.flush()
        assert occupation.id is not None
        session.add_all(AlternateTitle(occupation_id=occupation.id, title=name, source_id="test") for name in alternate)
        if employment is not None:
            session.add(
                Wage(
                    occupation_id=occupation.id,
                    area_code=NATION,
                    industry_code=ALL_INDUSTRIES,
                    employment=employment,
                    source_id="test",
                )
            )
    session.add_all(Source(id=id_, name=id_, license="None", digest="") for id_ in (DIRECT_MATCH_TITLES, OUR_TITLES))
    session.flush()
    numbers = {row.title: cast("int", row.id) for row in session.scalars(select(Occupation))}
    session.add_all(
        AlternateTitle(occupation_id=numbers[title], title=name, source_id=source)
        for title, name, source in [
            ("Night Nurses", "Matron", DIRECT_MATCH_TITLES),
            ("Registered Dragon Nurses", "Matron", "test"),
            ("Software Whisperers", "C++ Whisperer", OUR_TITLES),
            ("Software Whisperers", "Course Whisperer", OUR_TITLES),
        ]
    )
    session.add(UncoveredTitle(title="Dragon Rider", reason="Dragons do not fill in forms.", source_id=OUR_TITLES))
    session.add(
        OccupationPart(
            code="27-2013", title="String Pullers", occupation_id=numbers["Puppet Directors"], source_id="test"
        )
    )
    session.add_all(
        TitleSynonym(words=words, replacement=replacement, source_id=OUR_TITLES)
        for words, replacement in [
            ("dev", "developer"),
            ("puppet boss", "puppeteer"),
            ("dev", "deviser"),
            ("clown juggler", "juggler"),
        ]
    )


@pytest.fixture(scope="module")
def small(migrated_database: Callable[[], str]) -> Iterator[Api]:
    url = migrated_database()
    with writing(url) as session:
        store_occupations(session)
    with serving(url, **COLD) as api:
        yield api


def found(api: Api, text: str, first: int = 10) -> list[tuple[str, str, float]]:
    """Return the matches as (title, matched title, score)."""
    matches = searched(api, text, first)
    return [(match["occupation"]["title"], match["matchedTitle"], match["score"]) for match in matches]


def searched(api: Api, text: str, first: int = 10) -> list[dict[str, Any]]:
    """Return the matches."""
    query = """query ($text: String!, $first: Int) {
        search(text: $text, first: $first) { occupation { title } matchedTitle score exact ambiguous notCovered }
    }"""
    matches: list[dict[str, Any]] = api.data(query, {"text": text, "first": first})["search"]
    return matches


@pytest.mark.parametrize(
    ("text", "title", "matched"),
    [
        # Exact titles, and titles with another case, order, number or punctuation.
        ("Puppet Directors", "Puppet Directors", "Puppet Directors"),
        ("puppet director", "Puppet Directors", "Puppet Directors"),
        ("DIRECTORS, PUPPET", "Puppet Directors", "Puppet Directors"),
        ("software developers", "Software Whisperers", "Software Developer"),
        ("cafe jugglers", "Jugglers", "Café Juggler"),
        ("chief cheesemonger", "Chief Cheesemongers", "Chief Cheesemongers"),
        ("head cheese", "Chief Cheesemongers", "Head of Cheese"),
        ("cloud coach", "Cloud Coaches, Except Storm Coaches", "Cloud Coaches, Except Storm Coaches"),
        # Mistakes.
        ("sofware develper", "Software Whisperers", "Software Developer"),
        ("pupeteer", "Puppet Directors", "Puppeteer"),
        ("registred nusre", "Registered Dragon Nurses", "RN (Registered Nurse)"),
        # The first two letters are swapped, so that only the end of the word is alike.
        ("opet", "Software Whisperers", "Code Poet"),
        ("bokkeeper", "Bookkeepers", "Bookkeepers"),
        ("jugler", "Jugglers", "Jugglers"),
        # Beginnings and parts.
        ("softw", "Software Whisperers", "Software Whisperers"),
        ("lant", "Night Nurses", "Lantern Bearer"),
        ("practical nu", "Practical Nurses", "Practical Nurses"),
        ("keepers", "Bookkeepers", "Bookkeepers"),
        # Word boundaries.
        ("book keeper", "Bookkeepers", "Bookkeepers"),
        ("showrunner", "Puppet Directors", "Show Runner"),
        ("platespinner", "Jugglers", "Plate Spinner"),
        # Abbreviations.
        ("CEO", "Chief Cheesemongers", "CEO (Chief Cheese Officer)"),
        ("chief cheese officer", "Chief Cheesemongers", "CEO (Chief Cheese Officer)"),
        ("rn", "Registered Dragon Nurses", "RN (Registered Nurse)"),
        # Words of a title among words of no title.
        ("i want to be a puppeteer", "Puppet Directors", "Puppeteer"),
    ],
)
def test_search_texts_and_their_first_match(small: Api, text: str, title: str, matched: str) -> None:
    best, *others = found(small, text)
    assert best[:2] == (title, matched)
    scores = [best[2], *(other[2] for other in others)]
    assert scores == sorted(scores, reverse=True)
    assert 0.2 <= scores[-1] <= scores[0] <= 1


def test_equal_matches_are_ordered_by_national_employment(small: Api) -> None:
    assert found(small, "nurse", 3) == [
        ("Registered Dragon Nurses", "Nurse", 0.99),
        ("Night Nurses", "Nurse", 0.99),
        ("Practical Nurses", "Practical Nurses", 0.8),
    ]
    # Occupations without employment come last.
    assert found(small, "boss") == [
        ("Cloud Coaches, Except Storm Coaches", "Boss", 0.99),
        ("Puppet Directors", "Boss", 0.99),
        ("Entertainers, All Other", "Boss", 0.99),
    ]


def test_a_title_that_is_the_text_is_exact(small: Api) -> None:
    assert [(m["matchedTitle"], m["exact"]) for m in searched(small, "CAFE juggler's")][:1] == [("Café Juggler", True)]
    assert [(m["matchedTitle"], m["exact"]) for m in searched(small, "juggler, café")][:1] == [("Café Juggler", False)]
    assert [(m["matchedTitle"], m["exact"]) for m in searched(small, "senior café juggler")][:1] == [
        ("Café Juggler", False)
    ]
    assert [m["exact"] for m in searched(small, "27-2012")] == [True]
    assert [m["exact"] for m in searched(small, "27-201")] == [False]


def test_a_title_of_several_occupations_is_ambiguous_unless_it_is_settled(small: Api) -> None:
    assert [(m["occupation"]["title"], m["ambiguous"]) for m in searched(small, "boss")] == [
        ("Cloud Coaches, Except Storm Coaches", True),
        ("Puppet Directors", True),
        ("Entertainers, All Other", True),
    ]
    # The Bureau of Labor Statistics places this one, although the other occupation is larger.
    assert [(m["occupation"]["title"], m["ambiguous"]) for m in searched(small, "matron")] == [
        ("Night Nurses", False),
        ("Registered Dragon Nurses", False),
    ]
    assert searched(small, "puppeteer")[0]["ambiguous"] is False


def test_work_that_is_not_covered_has_the_reason(small: Api) -> None:
    [first, *others] = searched(small, "dragon riders")
    assert first == {
        "occupation": None,
        "matchedTitle": "Dragon Rider",
        "score": 0.99,
        "exact": True,
        "ambiguous": False,
        "notCovered": "Dragons do not fill in forms.",
    }
    assert all(match["occupation"] and match["notCovered"] is None for match in others)


@pytest.mark.parametrize(
    ("text", "title", "score"),
    [
        ("software dev", "Software Developer", 0.9603),
        ("puppet boss", "Puppeteer", 0.9603),
        ("senior puppet boss", "Puppeteer", None),
        # Without one of the words it is not the same.
        ("clown and juggler", "Jugglers", 0.9),
    ],
)
def test_other_words_for_words_are_found(small: Api, text: str, title: str, score: float | None) -> None:
    [(_, matched, found_score), *_] = found(small, text)
    assert (matched, score or found_score) == (title, found_score)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Senior Puppeteer II", "Puppeteer"),
        ("puppeteer - Full Time (Remote)", "Puppeteer"),
        ("Puppeteer (m/f/d), night shift", "Puppeteer"),
        ("puppeteer at Lantern Bearer Inc.", "Puppeteer"),
        ("puppeteer @ Lantern Bearer", "Puppeteer"),
        ("how much does a puppeteer make", "Puppeteer"),
        ("What do puppeteers make a year?", "Puppeteer"),
        ("what does a puppeteer earn per hour", "Puppeteer"),
        ("average puppeteer salary", "Puppeteer"),
        ("puppeteer hourly rate", "Puppeteer"),
        ("I work as a puppeteer", "Puppeteer"),
        ("looking for juggler jobs", "Jugglers"),
        ("jobs for jugglers near me", "Jugglers"),
    ],
)
def test_levels_terms_and_employers_count_little(small: Api, text: str, title: str) -> None:
    [(_, matched, score), *_] = found(small, text)
    assert matched == title
    assert score > 0.75


def test_signs_tell_titles_apart_and_a_dropped_word_costs_the_top_scores(small: Api) -> None:
    assert found(small, "C++ whisperer")[0] == ("Software Whisperers", "C++ Whisperer", 0.99)
    [(_, _, score), *_] = found(small, "C# whisperer")
    assert score <= 0.9
    [(_, _, score), *_] = found(small, "enchanted software developer")
    assert score <= 0.9


def test_an_own_title_is_a_better_match_than_an_alternate_title(small: Api) -> None:
    assert found(small, "juggler")[:2] == [("Jugglers", "Jugglers", 1), ("Practical Nurses", "Juggler", 0.99)]


def test_each_occupation_is_found_once_up_to_the_requested_number(small: Api) -> None:
    titles = [title for title, _, _ in found(small, "nurse", 100)]
    assert len(titles) == len(set(titles)) == 3
    assert len(found(small, "nurse", 2)) == 2
    assert found(small, "nurse", 0) == []


PUPPETS, CLOUDS, OTHERS = "Puppet Directors", "Cloud Coaches, Except Storm Coaches", "Entertainers, All Other"


@pytest.mark.parametrize(
    ("text", "titles", "score"),
    [
        ("27-2012", [PUPPETS], 1),
        ("272012", [PUPPETS], 1),
        (" 27 2012 ", [PUPPETS], 1),
        ("27-2012.00", [PUPPETS], 1),
        ("27-20", [CLOUDS, PUPPETS, OTHERS], 0.6667),
        ("2720", [CLOUDS, PUPPETS, OTHERS], 0.6667),
        ("27-", [CLOUDS, PUPPETS, OTHERS], 0.3333),
        ("27", [CLOUDS, PUPPETS, OTHERS], 0.3333),
        ("27-201", [PUPPETS], 0.8333),
        # The codes of groups, which end in zeros.
        ("27-0000", [CLOUDS, PUPPETS, OTHERS], 0.3333),
        ("27-2010", [PUPPETS], 0.8333),
        ("272-012", [], 0),
        ("27-20123", [], 0),
        ("99", [], 0),
        ("99-9999", [], 0),
        ("\N{FULLWIDTH DIGIT TWO}\N{FULLWIDTH DIGIT SEVEN}", [CLOUDS, PUPPETS, OTHERS], 0.3333),
        # Codes anywhere in a text, in its order.
        ("SOC 27-2012", [PUPPETS], 1),
        ("27\N{EN DASH}2012", [PUPPETS], 1),
        ("we need 27-2099 and 27-2012.01 (not 99-9999)", [OTHERS, PUPPETS], 1),
        # The part of an occupation that is published for several together.
        ("27-2013", [PUPPETS], 1),
        ("the code 27-2013", [PUPPETS], 1),
    ],
)
def test_codes_are_found_by_their_first_digits(small: Api, text: str, titles: list[str], score: float) -> None:
    assert found(small, text) == [(title, title, score) for title in titles]


NOISE = [
    "",
    "   ",
    "?!",
    "zzzzqqqq",
    "\N{CLAPPER BOARD}",
    "\N{NULL}",
    "'; DROP TABLE search_index; --",
    '"* OR NEAR(',
    "':* & !(",
    "x" * 1024,
    "ae " * 341,
    "ing er or ator " * 68,
    "".join(chr(0x3B1 + n % 900) for n in range(1024)),
]


@pytest.mark.parametrize("text", NOISE)
def test_noise_finds_nothing(small: Api, text: str) -> None:
    assert found(small, text) == []


@pytest.mark.parametrize("text", [*NOISE, "nurse", "sofware develper", "s", "nurse " * 200])
def test_any_text_takes_few_statements(small: Api, text: str) -> None:
    with small.statements() as run:
        found(small, text)
    # The digest of the index, which is loaded at the first search, the index, and the occupations.
    assert len(run) <= 3, run


# More titles with a word that begins with "weaver" than there are candidates, and a longer one with that very word.
CROWD = [("35-1011", "Weaverbird Watchers", 250), ("51-6063", "Fine Silk Cloth Weavers", 0)]


@pytest.fixture(scope="module")
def crowded(migrated_database: Callable[[], str]) -> Iterator[Api]:
    url = migrated_database()
    with writing(url) as session:
        store_occupations(session)
        for code, title, alternates in CROWD:
            occupation = Occupation(
                slug=title,
                title=title,
                code=code,
                kind=OccupationKind.DETAILED,
                group_code="00-0000",
                source_id="test",
            )
            session.add(occupation)
            session.flush()
            assert occupation.id is not None
            session.add_all(
                AlternateTitle(occupation_id=occupation.id, title=f"Q{first}{second} Weaverbird", source_id="test")
                for first, second in islice(product(ascii_lowercase, repeat=2), alternates)
            )
    with serving(url, **COLD) as api:
        yield api


def test_a_whole_word_is_found_among_more_beginnings_than_are_candidates(crowded: Api) -> None:
    assert found(crowded, "weaver", 1) == [("Fine Silk Cloth Weavers", "Fine Silk Cloth Weavers", 0.7)]


def test_words_after_the_twelfth_are_not_used(small: Api) -> None:
    noise = "b c d e f g h j k l m"
    assert found(small, f"{noise} cheesemongers")[:1] == [("Chief Cheesemongers", "Chief Cheesemongers", 0.4174)]
    assert found(small, f"{noise} n chief cheesemongers") == []


# Search texts, and the codes of the occupations that they can mean.
TYPED = """
sofware develper|15-1252
softwaredeveloper|15-1252
software dev|15-1252
developer software|15-1252
softwre enginer|15-1252
registered nurse|29-1141
registerd nurse|29-1141
nurse registered|29-1141
registered nurses|29-1141
RN|29-1141
LPN|29-2061
CNA|31-1131
EMT|29-2042
CEO|11-1011
chief executive|11-1011
CFO|11-1011,11-3031
CPA|13-2011
DBA|15-1242
HR manager|11-3121
human resource manager|11-3121
human resorces specialist|13-1071
electrcian|47-2111
electricians|47-2111
plummer|47-2152
carpentar|47-2031
acountant|13-2011
accountants|13-2011
lawer|23-1011
attorny|23-1011
lawyer|23-1011
phisician|29-1215,29-1216,29-1229,29-1218,29-1211
dentist|29-1021,29-1029
denist|29-1021,29-1029
veternarian|29-1131
pharmasist|29-1051
elementary school teacher|25-2021
teachers elementary|25-2021
kindergarden teacher|25-2012
highschool teacher|25-2031
high school teachr|25-2031
truck driver|53-3032,53-3033
truckdriver|53-3032,53-3033
trucker|53-3032
forklift|53-7051
fork lift operator|53-7051
bar tender|35-3011
bartender|35-3011
waiter|35-3031
waitres|35-3031
chef|35-1011
cook|35-2014,35-2011,35-2012,35-2015,35-2019
cashier|41-2011
bookeeper|43-3031
book keeper|43-3031
secratary|43-6014
receptionist|43-4171
recepcionist|43-4171
data scientist|15-2051
data scientst|15-2051
machine learning engineer|15-1221,15-2051,15-1252,15-1299
web dev|15-1254
webdesigner|15-1255
web desinger|15-1255
UX designer|15-1255
front end developer|15-1254
sysadmin|15-1244
systems administrator|15-1244
database admin|15-1242
network enginer|15-1241
film editor|27-4032
video editor|27-4032
film and vidio editors|27-4032
producers and directors|27-2012
directors producers|27-2012
film director|27-2012
movie director|27-2012
public relation specialist|27-3031
PR specialist|27-3031
photografer|27-4021
graphic desinger|27-1024
journalist|27-3023
editor|27-3041
technical writer|27-3042
writers|27-3043
musician|27-2042
actor|27-2011
actress|27-2011
mechanical engineer|17-2141
mech engineer|17-2141
civil enginer|17-2051
enginering manager|11-9041
project manager|13-1082
sales manager|11-2022
marketing maneger|11-2021
social worker|21-1021,21-1022,21-1023,21-1029
police oficer|33-3051
policeman|33-3051
firefighter|33-2011
fire fighter|33-2011
janitor|37-2011
nanny|39-9011
hairdresser|39-5012
hair stylist|39-5012
barber|39-5011
physical therapist|29-1123
phisical therapist|29-1123
therapist physical|29-1123
physical therapy assistant|31-2021,31-2022
dental hygenist|29-1292
surgon|29-1241,29-1242,29-1243,29-1249,29-1248
psycologist|19-3033,19-3034,19-3039,19-3032
airline pilot|53-2011
flight attendent|53-2031
air traffic control|53-2021
farmer|11-9013
welder|51-4121
machinest|51-4041
car mechanic|49-3023
auto mechanic|49-3023
mechanic, automotive|49-3023
hvac tech|49-9021
real estate agent|41-9022
realtor|41-9022,41-9021
insurance agent|41-3021
bank teller|43-3071
loan oficer|13-2072
financial analyst|13-2051
economists|19-3011
statistician|15-2041
actuary|15-2011
libarian|25-4022
paralegal|23-2011
judge|23-1023
mail carrier|43-5052
mailman|43-5052
pharmacy tech|29-2052
medical asistant|31-9092
nurse practicioner|29-1171
home health aid|31-1121,31-1122
school counsler|21-1012
crossing gaurd|33-9091
bus driver school|53-3051
security gard|33-9032
customer servce rep|43-4051
administrative assistant|43-6014,43-6011
executive assistant|43-6011
buisness analyst|13-1111,15-1211
management consultant|13-1111
cardiologist|29-1212
roofer|47-2181
dog groomer|39-2021
construction worker|47-2061
astronmer|19-2011
chemist|19-2031
chemical enginers|17-2041
architech|17-1011
landscaper|37-3011
butcher|51-3021
baker|51-3011
tailor|51-6052
27-2012|27-2012
272012|27-2012
"""


def results(api: Api, first: int) -> dict[str, list[bool]]:
    """Return whether each of the first results is a right occupation, by search text."""
    query = "query ($text: String!, $first: Int!) { search(text: $text, first: $first) { occupation { code } } }"
    found: dict[str, list[bool]] = {}
    for line in TYPED.strip().split("\n"):
        text, _, meant = line.partition("|")
        matches = api.data(query, {"text": text, "first": first})["search"]
        found[text] = [match["occupation"]["code"] in meant.split(",") for match in matches]
    return found


def test_a_rare_word_does_not_hide_those_that_the_text_begins(full_api: Api) -> None:
    # "EH & S Engineer" has the word, which is rare. Thousands of titles have one that begins with it.
    assert len(searched(full_api, "s")) == 10


def test_real_search_texts_find_the_right_occupation_first(full_api: Api) -> None:
    # The residual occupation of all home health and personal care aides is found instead.
    assert {text for text, right in results(full_api, 1).items() if not any(right)} == {"home health aid"}


# SQLite has all data in the test above.
@needs_releases
def test_most_real_search_texts_find_the_right_occupation_in_another_release_on_postgresql(
    postgresql: PostgreSQLServer,
) -> None:
    url = postgresql.new_url()
    with writing(url) as session:
        store_titles(session)
    with serving(url) as api:
        # 95% and 99% when this was written. Most of the others are titles of a larger occupation, too.
        found = results(api, 3).values()
        assert sum(not any(right[:1]) for right in found) <= 0.06 * len(found)
        assert sum(not any(right) for right in found) <= 0.02 * len(found)


@pytest.mark.parametrize("text", ["nurse sof york", "nurse pup diego"])
def test_a_word_begins_no_word_that_shares_no_title_with_the_others(small: Api, text: str) -> None:
    titles = [title for title, _, _ in found(small, text)]
    assert titles[:3] == ["Registered Dragon Nurses", "Night Nurses", "Practical Nurses"]
