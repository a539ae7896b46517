"""Dockerfile and compose.yaml as Docker reads them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

# Its types are with pyright; for mypy they would be another package.
import yaml

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Copy:
    """A COPY instruction: its sources, its destination, and the stage it copies from (None for the repository)."""

    stage: str | None
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Stage:
    """A stage of the Dockerfile: its instructions in order, each with a name and an argument."""

    base: str
    instructions: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Return the arguments of all instructions of a name."""
        return [rest for instruction, rest in self.instructions if instruction == name]

    def one(self, name: str) -> str:
        """Return the argument of the only instruction of a name."""
        [rest] = self.all(name)
        return rest

    def copies(self) -> list[Copy]:
        """Return its COPY instructions."""
        found = [re.fullmatch(r"(?:--from=(\S+) )?(.+) (\S+)", rest) for rest in self.all("COPY")]
        return [Copy(match[1], tuple(match[2].split()), match[3]) for match in found if match]

    def environment(self) -> dict[str, str]:
        """Return its environment variables."""
        return dict(pair.split("=", 1) for rest in self.all("ENV") for pair in rest.split())


@cache
def stages() -> Mapping[str, Stage]:
    """Return the stages by name. The last one, which is the image, has no name."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("#")).replace("\\\n", "")
    found = dict[str, Stage]()
    for part in re.split(r"^FROM ", text, flags=re.MULTILINE)[1:]:
        first, *rest = filter(None, part.splitlines())
        base, _, name = first.partition(" AS ")
        pairs = (line.partition(" ") for line in rest)
        found[name] = Stage(base, tuple((word, re.sub(r" {2,}", " ", said)) for word, _, said in pairs))
    return found


def image() -> Stage:
    """Return the stage of the image."""
    return stages()[""]


def is_kept_out(path: str) -> bool:
    """Return whether .dockerignore excludes a path: the last pattern that matches it or a parent folder decides."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    decided = False
    for line in lines:
        if not line.startswith("#") and any(_matches(line.removeprefix("!"), part) for part in _with_folders(path)):
            decided = not line.startswith("!")
    return decided


def _with_folders(path: str) -> list[str]:
    return [path, *map(str, [*Path(path).parents][:-1])]


def _matches(pattern: str, path: str) -> bool:
    """Return whether a pattern matches a whole path. In Docker a star matches no slash, and two match any folders."""
    expression = re.escape(pattern).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")
    return re.fullmatch(expression, path) is not None


def health_check(rest: str) -> list[str]:
    """Return the command of the Dockerfile's health check."""
    command: list[str] = json.loads(rest.partition(" CMD ")[2])
    return command


def compose(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return compose.yaml with variables replaced; raise KeyError for a missing one without a default."""
    content = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return cast("dict[str, Any]", _with_variables(content, environment))


def _with_variables(value: object, environment: Mapping[str, str]) -> object:
    """Replace variables in all strings of a value: ${NAME}, ${NAME:-default} and ${NAME:?message}."""
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return {key: _with_variables(inner, environment) for key, inner in pairs}
    if isinstance(value, list):
        return [_with_variables(inner, environment) for inner in cast("list[object]", value)]
    if not isinstance(value, str):
        return value

    def put_in(match: re.Match[str]) -> str:
        name, default = match[1], match[2]
        return environment[name] if default is None else environment.get(name) or default

    return re.sub(r"\$\{([A-Z_]+)(?::-([^}]*)|:\?[^}]*)?\}", put_in, value)
