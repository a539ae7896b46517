"""O*NET's ratings of skills and knowledge by importance and level, and its examples of technology."""

from collections import defaultdict

from db.models import OccupationSkill
from db.vocabulary import SkillKind
from seed.dataset import Dataset, Table
from seed.onet.files import CODE, SUPPRESSED, Edition, Rows, whole_occupations

SCALES = {"IM": (1, 5), "LV": (0, 7)}
"""The lowest and highest ratings of importance and of level."""

REPEATED = "another row has the same occupation and element"


def skills(edition: Edition) -> Dataset | None:
    """Read the ratings of skills. Release 30.3 split them into two files."""
    name = edition.find("Skills", "Essential Skills", "Transferable Skills")
    if name is None:
        return None
    # One half alone would look like all skills of the release.
    halves = [] if name.lower().startswith("skills.") else ["Essential Skills", "Transferable Skills"]
    names = [edition.find_required(name, half) for half in halves] or [name]
    rows = Rows()
    return edition.dataset("onet-skills", "skills", rows, _ratings(edition, rows, names, SkillKind.SKILL), __file__)


def knowledge(edition: Edition) -> Dataset | None:
    """Read the ratings of knowledge areas."""
    name = edition.find("Knowledge")
    if name is None:
        return None
    rows = Rows()
    table = _ratings(edition, rows, [name], SkillKind.KNOWLEDGE)
    return edition.dataset("onet-knowledge", "knowledge", rows, table, __file__)


def _ratings(edition: Edition, rows: Rows, names: list[str], kind: SkillKind) -> Table:
    """Read importance and level, standardized to 0 to 100, and rank elements by importance, then level, then name.

    Estimates that O*NET recommends suppressing become null, except for levels of elements flagged Not Relevant. Most
    raters called such an element not important and enter the mean as level 0, so its level is known to be low even
    where the estimate is imprecise.
    """
    rated = defaultdict[str, dict[str, dict[str, float]]](dict)
    irrelevant = set[tuple[str, str]]()
    columns = (CODE, "Element Name", "Scale ID", "Data Value", "Recommend Suppress", "Not Relevant")
    for name in names:
        ratings = whole_occupations(edition.rows(rows, name, *columns), rows)
        for soc, element, scale, value, suppress, not_relevant in ratings:
            if scale not in SCALES:
                raise edition.refusal(name, f"has ratings on the scale {scale!r}: expected IM or LV")
            if suppress == "Y" and not_relevant != "Y":
                rows.skipped[SUPPRESSED] += 1
            elif scale in rated[soc].setdefault(element, {}):
                rows.skipped[REPEATED] += 1
            else:
                if not_relevant == "Y":
                    irrelevant.add((soc, element))
                rated[soc][element][scale] = standardized(edition.number(rows, value, *SCALES[scale]), scale)
    ranked = [
        (soc, (kind, element), rank, scores.get("IM"), scores.get("LV"), (soc, element) in irrelevant)
        for soc, elements in rated.items()
        for rank, (element, scores) in enumerate(sorted(elements.items(), key=_by_weight), 1)
    ]
    return Table(OccupationSkill, ("soc", "skill", "rank", "importance", "level", "not_relevant"), ranked)


def standardized(rating: float, scale: str) -> float:
    """Return a rating on O*NET's standardized scale from 0 (lowest) to 100 (highest), with four decimals."""
    low, high = SCALES[scale]
    return round((rating - low) / (high - low) * 100, 4)


def _by_weight(item: tuple[str, dict[str, float]]) -> tuple[float, float, str]:
    name, scores = item
    return -scores.get("IM", -1), -scores.get("LV", -1), name


def technology(edition: Edition) -> Dataset | None:
    """Read examples of technology, ranked by In Demand in the occupation, then Hot Technology, then name."""
    name = edition.find("Technology Skills", "Software Skills")
    if name is None:
        return None
    rows = Rows()
    used = defaultdict[str, dict[str, tuple[bool, bool]]](dict)
    columns = (CODE, "Example", "Hot Technology", "In Demand")
    for soc, example, hot, in_demand in whole_occupations(edition.rows(rows, name, *columns), rows):
        if example in used[soc]:
            rows.skipped[REPEATED] += 1
        else:
            used[soc][example] = (hot == "Y", in_demand == "Y")
    ranked = [
        (soc, (SkillKind.TECHNOLOGY, example), rank, hot, in_demand)
        for soc, examples in used.items()
        for rank, (example, (hot, in_demand)) in enumerate(sorted(examples.items(), key=_by_demand), 1)
    ]
    table = Table(OccupationSkill, ("soc", "skill", "rank", "hot", "in_demand"), ranked)
    return edition.dataset("onet-technology", "technology", rows, table, __file__)


def _by_demand(item: tuple[str, tuple[bool, bool]]) -> tuple[bool, bool, str, str]:
    name, (hot, in_demand) = item
    return not in_demand, not hot, name.casefold(), name
