"""(h): what a browser sends that has a comparison page's data: GET by the documents' hashes, with the entity tags."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from graphql import OperationDefinitionNode, parse, print_ast

from bench.side_by_side.occupations import Occupation
from bench.side_by_side.processes import Running
from bench.side_by_side.workloads import Dialect, Request, Workload, pairs_of
from db.models import NATION
from server.static_files import BUILT


def _no_bodies(_: Dialect, __: Sequence[Occupation], ___: random.Random) -> Iterator[Request]:
    """Return no bodies: these requests have none."""
    return iter(())


WORKLOAD = Workload("h", "the comparison page's own documents by GET with If-None-Match", _no_bodies, 250)
_SIDES = {"left", "right"}


def paths(occupations: Sequence[Occupation], manifest: Path = BUILT / "persisted-documents.json") -> Iterator[str]:
    """Yield the paths of the requests of a page, pair by pair. Raise FileNotFoundError if the pages are not built."""
    documents: Mapping[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    declared = {identifier: _variables(text) for identifier, text in documents.items()}
    for left, right in pairs_of(occupations, random.Random(WORKLOAD.letter)):  # noqa: S311 - no secret
        values: Mapping[str, object] = {"left": left, "right": right, "area": NATION, "national": False}
        for identifier, types in declared.items():
            # Others are sent when a visitor asks for more.
            if _SIDES <= types.keys() <= values.keys():
                given = {name: _value(type_, values[name]) for name, type_ in types.items()}
                yield f"/graphql?{urlencode({'documentId': identifier, 'variables': json.dumps(given)})}"


def _variables(text: str) -> Mapping[str, str]:
    """Return the types of the variables that a document's operation declares."""
    [operation] = [node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode)]
    return {node.variable.name.value: print_ast(node.type) for node in operation.variable_definitions or ()}


def _value(type_: str, value: object) -> object:
    return {"slug": value} if type_.startswith("OccupationKey") else value


def write(path: Path, running: Running, occupations: Sequence[Occupation]) -> None:
    """Write the requests with the entity tags that a server sends now, one per line."""
    with path.open("w", encoding="utf-8") as file:
        for wanted in islice(paths(occupations), WORKLOAD.size):
            file.write(f"GET {wanted} {running.entity_tag(wanted)}\n")
