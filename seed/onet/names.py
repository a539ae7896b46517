"""O*NET's titles and related occupations, folded to the occupations that have published wages."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter

from db.models import AlternateTitle, RelatedOccupation, UncoveredTitle
from seed.dataset import Dataset, Table
from seed.onet.files import CODE, Edition, Rows
from seed.soc_codes import is_soc_occupation, not_covered, published_code, soc_code

OWN_TITLE = "the occupation's own title"
REPEATED_TITLE = "another row has the same title, ignoring case"
ITSELF = "relates an occupation to itself, or two parts of the same occupation"
REPEATED_RELATION = "another row relates the same occupations more closely"


def titles(edition: Edition) -> Dataset | None:
    """Read the other titles of occupations: alternate, short and reported titles, and the titles of their specialties.

    An aggregate also gets the titles of its parts. A title is marked as reported if workers in one of them reported it.
    A title of work that the wage data leave out has the reason.
    """
    name = edition.find("Alternate Titles", "Job Titles")
    if name is None:
        return None
    rows = Rows()
    own = defaultdict[str, set[str]](set)
    known = defaultdict[str, dict[str, str]](dict)
    reported = _reported(edition, rows)
    for onet_code, title, is_own in _named(edition, rows, name, reported):
        soc, key = published_code(soc_code(onet_code)), title.casefold()
        if is_own:
            own[soc].add(key)
        elif key in own[soc]:
            rows.skipped[OWN_TITLE] += 1
        elif key in known[soc]:
            rows.skipped[REPEATED_TITLE] += 1
        else:
            known[soc][key] = title
    by_workers = {(published_code(soc_code(code)), title.casefold()) for code, title in reported}
    named = [(soc, title, (soc, key) in by_workers) for soc in known for key, title in known[soc].items()]
    covered = [row for row in named if not not_covered(row[0])]
    uncovered = {title: not_covered(soc) for soc, title, _ in named if not_covered(soc)}
    table = Table(AlternateTitle, ("soc", "title", "reported"), covered)
    dataset = edition.dataset("onet-titles", "titles", rows, table, __file__)
    dataset.tables = [table, Table(UncoveredTitle, ("title", "reason"), [*uncovered.items()])]
    return dataset


def _reported(edition: Edition, rows: Rows) -> list[tuple[str, ...]]:
    """Return (code, title) for the titles that workers reported."""
    name = edition.find("Sample of Reported Titles")
    return [] if name is None else [*edition.rows(rows, name, CODE, "Reported Job Title")]


def _named(
    edition: Edition, rows: Rows, name: str, reported: Sequence[tuple[str, ...]]
) -> Iterator[tuple[str, str, bool]]:
    """Yield (code, title, is own title). Own titles come first, so that the caller can compare others with them."""
    occupations = edition.find("Occupation Data")
    if occupations is not None:
        titled = list(edition.rows(rows, occupations, CODE, "Title"))
        for code, title in sorted(titled, key=lambda row: not _is_published(row[0])):
            yield code, title, _is_published(code)
    for code, title, short in edition.rows(rows, name, CODE, "Alternate Title", "Short Title"):
        yield code, title, False
        if short:
            yield code, short, False
    for code, title in reported:
        yield code, title, False


def _is_published(onet_code: str) -> bool:
    soc = soc_code(onet_code)
    return is_soc_occupation(onet_code) and published_code(soc) == soc


def related(edition: Edition) -> Dataset | None:
    """Read related occupations, ranked by O*NET's index; relations of a whole occupation precede those of its parts.

    Relations of parts, and to parts, have the titles of the parts.
    """
    name = edition.find("Related Occupations")
    if name is None:
        return None
    rows, named = Rows(), Rows()
    described = edition.rows(named, edition.find_required(name, "Occupation Data"), CODE, "Title")
    titles = {code: title for code, title in described}  # noqa: C416 - dict() does not take rows of any length
    rows.files += named.files

    def part(code: str) -> str | None:
        if _is_published(code):
            return None
        if code not in titles:
            raise edition.refusal(name, f"relates {code}, which is not among the occupations of the release")
        return titles[code]

    relations = [
        (not _is_published(code), edition.number(rows, index, 1, 1000), code, related_code)
        for code, related_code, index in edition.rows(rows, name, CODE, f"Related {CODE}", "Index")
    ]
    related = defaultdict[str, dict[str, tuple[int, str | None, str | None]]](dict)
    for _, _, code, related_code in sorted(relations):
        soc, related_soc = published_code(soc_code(code)), published_code(soc_code(related_code))
        known = related[soc].get(related_soc)
        if soc == related_soc:
            rows.skipped[ITSELF] += 1
        elif known is None:
            related[soc][related_soc] = (len(related[soc]) + 1, part(code), part(related_code))
        else:
            rows.skipped[REPEATED_RELATION] += 1
            if _is_published(code) and _is_published(related_code):
                # Only the closer relation was one of parts.
                related[soc][related_soc] = (known[0], None, None)
    ranked = [(soc, related_soc, *relation) for soc in related for related_soc, relation in related[soc].items()]
    columns = ("soc", "related_soc", "rank", "part", "related_part")
    table = Table(RelatedOccupation, columns, sorted(ranked, key=itemgetter(0, 1)))
    return edition.dataset("onet-related", "related occupations", rows, table, __file__)
