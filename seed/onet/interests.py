"""O*NET's interests: how characteristic Holland's six types are of an occupation's work."""

from collections import defaultdict

from db.models import Interest
from db.vocabulary import InterestName
from seed.dataset import Dataset, Table
from seed.onet.files import CODE, Edition, Rows, whole_occupations

_SCORES, _HIGH_POINTS = "OI", "IH"
_TYPES = {name.value.title(): name for name in InterestName}
_BY_NUMBER = dict(enumerate(InterestName, 1))
_PLACES = {f"{place} Interest High-Point": n for n, place in enumerate(("First", "Second", "Third"), 1)}


def interests(edition: Edition) -> Dataset | None:
    """Read the scores, 1 to 7, and which types O*NET marks as high points: the most characteristic, up to three.

    A type's rank is by its score; equal scores are in the order of O*NET's high points, then of the six types. O*NET
    writes a high point as the number of a type, 0 for none.
    """
    name = edition.find("Interests")
    if name is None:
        return None
    rows = Rows()
    scores = defaultdict[str, dict[InterestName, float]](dict)
    places = defaultdict[str, dict[InterestName, int]](dict)
    columns = (CODE, "Element Name", "Scale ID", "Data Value")
    for soc, element, scale, value in whole_occupations(edition.rows(rows, name, *columns), rows):
        if scale == _SCORES and element in _TYPES:
            scores[soc][_TYPES[element]] = edition.number(rows, value, 1, 7)
        elif scale == _HIGH_POINTS and element in _PLACES:
            if number := int(edition.number(rows, value, 0, len(_TYPES))):
                places[soc][_BY_NUMBER[number]] = _PLACES[element]
        else:
            raise edition.refusal(name, f"has the unknown element {element!r} on the scale {scale!r}")
    for soc, of_one in scores.items():
        if len(of_one) < len(_TYPES):
            raise edition.refusal(name, f"is damaged: {soc} has scores of {len(of_one)} interests, not 6")
    ranked = [
        (soc, interest, score, rank, places[soc].get(interest))
        for soc, of_one in scores.items()
        for rank, (interest, score) in enumerate(_by_score(of_one, places[soc]), 1)
    ]
    table = Table(Interest, ("soc", "name", "score", "rank", "high_point"), ranked)
    return edition.dataset("onet-interests", "interests", rows, table, __file__)


def _by_score(scores: dict[InterestName, float], places: dict[InterestName, int]) -> list[tuple[InterestName, float]]:
    types = [*InterestName]
    return sorted(scores.items(), key=lambda one: (-one[1], places.get(one[0], len(types)), types.index(one[0])))
