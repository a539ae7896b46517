"""``python -m seed words --check``: check all texts and report what breaks a rule."""

from collections.abc import Sequence
from pathlib import Path

from seed.embedded import embedded_wages
from seed.oews.release import occupation_codes
from seed.words.check import SET_TERMS, Facts, findings, grade
from seed.words.files import read_activities, read_words
from seed.words.publishers import read_facts


class WordsRefused(Exception):
    """Texts break rules. The message has a line for each finding."""


def check_words(publishers: Path | None = None) -> list[str]:
    """Return a summary of all texts; raise WordsRefused where any breaks a rule.

    With ``publishers``, a folder that holds the SOC definitions and an O*NET release, the texts are compared with the
    publishers' sentences too.
    """
    texts, codes, activities = read_words(), occupation_codes(embedded_wages()), read_activities()
    facts = read_facts(codes, activities, publishers) if publishers else Facts(codes, activities)
    found = [*findings(texts, facts, SET_TERMS.read_text(encoding="utf-8").splitlines())]
    if found:
        raise WordsRefused("\n".join([f"{len(found)} findings", *map(str, found)]))
    descriptions = [text.text for text in texts if text.part == "description"]
    return [
        f"{len({text.code for text in texts} & {*codes})} of {len(codes)} occupations have a description",
        f"{len(texts) - len(descriptions)} responsibilities",
        f"mean reading grade of the descriptions: {_mean([*map(grade, descriptions)]):.1f}",
        "compared with the publishers' sentences" if publishers else "not compared with the publishers' sentences",
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
