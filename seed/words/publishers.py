"""What the publishers say of each occupation, to check our words against: their sentences, and the ids of their facts.

Read from the publishers' own files, which are not part of the project: ``soc_2018_definitions.xlsx`` and O*NET's
``Occupation Data``, ``Task Statements``, ``Tasks to DWAs`` and ``DWA Reference`` (detailed work activities).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from db.models import Description
from seed.onet.files import CODE, Edition, Rows
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.soc import read as read_soc
from seed.soc_codes import AGGREGATES, published_code, soc_code
from seed.words.check import Facts


def read_facts(codes: Collection[str], activities: Collection[str], folder: Path) -> Facts:
    """Return the facts about these occupations from a folder that holds both publishers' files, at any depth.

    Raises ImportRefused where a file is missing or not the publishers'.
    """
    ids, sentences = defaultdict[str, set[str]](set), defaultdict[str, list[str]](list)
    of_tasks = defaultdict[str, set[str]](set)
    for code, text in _definitions(folder):
        ids[published_code(code)].add(f"soc:{code}")
        sentences[published_code(code)].append(text)
    for aggregate in AGGREGATES:
        ids[aggregate].add(f"soc:{aggregate}")
    onet = _Onet(folder)
    for code, text in onet.table("Occupation Data", CODE, "Description"):
        sentences[published_code(soc_code(code))].append(text)
    for code, task, text in onet.table("Task Statements", CODE, "Task ID", "Task"):
        ids[published_code(soc_code(code))].add(f"task:{task}")
        sentences[published_code(soc_code(code))].append(text)
    detailed = {row[0]: row[1:] for row in onet.table("DWA Reference", "DWA ID", "DWA Title", "IWA ID")}
    for code, task, activity in onet.table("Tasks to DWAs", CODE, "Task ID", "DWA ID"):
        title, intermediate = detailed[activity]
        sentences[published_code(soc_code(code))].append(title)
        of_tasks[f"task:{task}"].add(intermediate)
    return Facts(codes, activities, ids, sentences, of_tasks)


def _definitions(folder: Path) -> Iterator[tuple[str, str]]:
    for dataset in read_soc(PublisherFiles(_file(folder, "soc_2018_definitions.xlsx").parent)):
        for table in dataset.tables:
            if table.table is Description:
                yield from table.rows


class _Onet:
    """The tables of an O*NET release."""

    def __init__(self, folder: Path) -> None:
        self._edition = Edition(PublisherFiles(_file(folder, "Task Statements.txt").parent), None)

    def table(self, title: str, *columns: str) -> Iterator[tuple[str, ...]]:
        """Yield these columns of a table."""
        return self._edition.rows(Rows(), self._edition.find_required(title, title), *columns)


def _file(folder: Path, name: str) -> Path:
    found = next(folder.rglob(name), None)
    if found is None:
        raise ImportRefused(f"{folder} does not contain {name}")
    return found
