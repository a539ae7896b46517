"""O*NET's titles and related occupations, folded to the occupations that have published wages."""

from collections import defaultdict
from collections.abc import Iterator

from db.models import AlternateTitle, RelatedOccupation
from seed.dataset import Dataset, Table
from seed.onet.files import CODE, Edition, Rows
from seed.soc_codes import is_soc_occupation, published_code, soc_code

OWN_TITLE = "the occupation's own title"
REPEATED_TITLE = "another row has the same title, ignoring case"
ITSELF = "relates an occupation to itself, or two parts of the same occupation"
REPEATED_RELATION = "another row relates the same occupations more closely"


def titles(edition: Edition) -> Dataset | None:
    """Read the other titles of occupations: alternate, short and reported titles, and the titles of their specialties.

    An aggregate also gets the titles of its parts.
    """
    name = edition.find("Alternate Titles", "Job Titles")
    if name is None:
        return None
    rows = Rows()
    own = defaultdict[str, set[str]](set)
    known = defaultdict[str, dict[str, str]](dict)
    for onet_code, title, is_own in _named(edition, rows, name):
        soc, key = published_code(soc_code(onet_code)), title.casefold()
        if is_own:
            own[soc].add(key)
        elif key in own[soc]:
            rows.skipped[OWN_TITLE] += 1
        elif key in known[soc]:
            rows.skipped[REPEATED_TITLE] += 1
        else:
            known[soc][key] = title
    table = Table(AlternateTitle, ("soc", "title"), [(soc, title) for soc in known for title in known[soc].values()])
    return edition.dataset("onet-titles", "titles", rows, table, __file__)


def _named(edition: Edition, rows: Rows, name: str) -> Iterator[tuple[str, str, bool]]:
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
    reported = edition.find("Sample of Reported Titles")
    if reported is not None:
        for code, title in edition.rows(rows, reported, CODE, "Reported Job Title"):
            yield code, title, False


def _is_published(onet_code: str) -> bool:
    soc = soc_code(onet_code)
    return is_soc_occupation(onet_code) and published_code(soc) == soc


def related(edition: Edition) -> Dataset | None:
    """Read related occupations, ranked by O*NET's index; relations of a whole occupation precede those of its parts."""
    name = edition.find("Related Occupations")
    if name is None:
        return None
    rows = Rows()
    relations = [
        (not is_soc_occupation(code), edition.number(rows, index, 1, 1000), code, related_code)
        for code, related_code, index in edition.rows(rows, name, CODE, f"Related {CODE}", "Index")
    ]
    ranks = defaultdict[str, dict[str, int]](dict)
    for _, _, code, related_code in sorted(relations):
        soc, related_soc = published_code(soc_code(code)), published_code(soc_code(related_code))
        if soc == related_soc:
            rows.skipped[ITSELF] += 1
        elif related_soc in ranks[soc]:
            rows.skipped[REPEATED_RELATION] += 1
        else:
            ranks[soc][related_soc] = len(ranks[soc]) + 1
    ranked = [(soc, related_soc, rank) for soc in ranks for related_soc, rank in ranks[soc].items()]
    table = Table(RelatedOccupation, ("soc", "related_soc", "rank"), sorted(ranked))
    return edition.dataset("onet-related", "related occupations", rows, table, __file__)
