"""What the publishers say of each occupation, to check our words against: their sentences, and the ids of their facts.

Read from the publishers' own files, which are not part of the project: ``soc_2018_definitions.xlsx`` and O*NET's
``Occupation Data``, ``Task Statements``, ``Tasks to DWAs`` and ``DWA Reference``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from seed.material import Material
from seed.onet.codes import AGGREGATES, published_code, soc_code
from seed.onet.files import CODE, Edition, Rows
from seed.soc import read as read_soc
from seed.words.check import Facts


def read_facts(codes: Collection[str], soc: Path, onet: Path) -> Facts:
    """Return the facts about these occupations; raise ImportRefused where the files are not the publishers'."""
    ids, sentences = defaultdict[str, set[str]](set), defaultdict[str, list[str]](list)
    for fact, code, sentence in [*_definitions(soc), *_tasks(onet)]:
        if fact is not None:
            ids[code].add(fact)
        sentences[code].append(sentence)
    return Facts(codes, ids, sentences)


def _definitions(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (id, code, sentence); an aggregate has its own definition, if any, and those of its parts."""
    for dataset in read_soc(Material(path)):
        for table in dataset.tables:
            for code, text in table.rows:
                yield f"soc:{code}", published_code(code), text
    for whole in AGGREGATES:
        yield f"soc:{whole}", whole, ""


def _tasks(path: Path) -> Iterator[tuple[str | None, str, str]]:
    edition, rows = Edition(Material(path), None), Rows()

    def table(title: str, *columns: str) -> Iterator[tuple[str, ...]]:
        return edition.rows(rows, edition.find_beside(title, title), *columns)

    for code, text in table("Occupation Data", CODE, "Description"):
        yield None, published_code(soc_code(code)), text
    for code, task, text in table("Task Statements", CODE, "Task ID", "Task"):
        yield f"task:{task}", published_code(soc_code(code)), text
    titles = {row[0]: row[1] for row in table("DWA Reference", "DWA ID", "DWA Title")}
    for code, activity in table("Tasks to DWAs", CODE, "DWA ID"):
        yield None, published_code(soc_code(code)), titles[activity]
