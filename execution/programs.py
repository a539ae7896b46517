"""The two forms of a program: a list of steps, and Python source.

Both consist of calls, mostly of the functions of ``columns``, with the results of earlier calls. Steps are ready as
soon as they are listed, and each costs a little more when it runs. Source takes as long to compile as some tens of runs
of the steps, and can hold straight-line code. It is for operations that run again.
"""

from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, Protocol, cast

from execution.columns import rows
from execution.fallback import FallbackToStrawberry
from execution.run import Run


class Program(Protocol):
    """Resolves one selection of objects of one type."""

    def __call__(self, run: Run, objects: Sequence[Any]) -> Awaitable[list[Any]]:
        """Return the results of all objects, in order. Raise FallbackToStrawberry for unexpected values."""
        ...


class ProgramBuilder:
    """What both forms share: the names of intermediate results and of constants."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self._numbers = count(1)
        self._constants: dict[int, str] = {}

    def name(self, prefix: str) -> str:
        """Return an unused name."""
        return f"{prefix}{next(self._numbers)}"

    def constant(self, prefix: str, value: object) -> str:
        """Return the name of a value that is known when the program is compiled."""
        name = self._constants.get(id(value))
        if name is None:
            name = self._constants[id(value)] = self.name(prefix)
            self.names[name] = value
        return name

    def call(self, function: Callable[..., Any], *operands: str) -> str:
        """Add a call and return the name of its result."""
        raise NotImplementedError

    def rows(self, keys: Sequence[str], columns: Sequence[str]) -> str:
        """Add a dictionary for each row of the columns and return the name of their list."""
        raise NotImplementedError

    def wait(self, name: str) -> None:
        """Add the await of a result that may be an awaitable instead of a list."""
        raise NotImplementedError

    def settle(self, name: str) -> None:
        """Add the same for large runs, whose batches run one after the other, with a checkpoint."""
        raise NotImplementedError

    def checkpoint(self) -> None:
        """Add a checkpoint for large runs."""
        raise NotImplementedError

    def program(self, result: str) -> Program:
        """Return the program that returns the result of this name."""
        raise NotImplementedError


class StepProgram(ProgramBuilder):
    """A program as a list of steps."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[tuple[str, Callable[..., Any] | None, tuple[str, ...]]] = []

    def call(self, function: Callable[..., Any], *operands: str) -> str:
        """Add a call and return the name of its result."""
        name = self.name("x")
        self._steps.append((name, function, operands))
        return name

    def rows(self, keys: Sequence[str], columns: Sequence[str]) -> str:
        """Add a dictionary for each row of the columns and return the name of their list."""
        return self.call(rows, self.constant("k", tuple(keys)), *columns)

    def wait(self, name: str) -> None:
        """Add the await of a result that may be an awaitable instead of a list."""
        self._steps.append((name, None, ()))

    def settle(self, name: str) -> None:
        """Add the same for large runs, whose batches run one after the other."""
        self._steps.append((name, None, ("large",)))

    def checkpoint(self) -> None:
        """Add nothing: large runs have a checkpoint after each step."""

    def program(self, result: str) -> Program:
        """Return the program that returns the result of this name."""
        steps, names = self._steps, self.names

        async def program(run: Run, objects: Sequence[Any]) -> list[Any]:
            large = run.size.large
            results: dict[str, Any] = {
                **names,
                "run": run,
                "context": run.context,
                "values": run.values,
                "objects": objects,
            }
            for name, function, operands in steps:
                if function is not None:
                    results[name] = function(*[results[operand] for operand in operands])
                elif results[name].__class__ is not list and (large or not operands):
                    results[name] = await results[name]
                if large:
                    await run.checkpoint()
            return cast("list[Any]", results[result])

        return program


class SourceProgram(ProgramBuilder):
    """A program as Python source."""

    def __init__(self) -> None:
        super().__init__()
        self.names["FallbackToStrawberry"] = FallbackToStrawberry
        self._lines: list[str] = []
        self._indent = 1

    def line(self, *lines: str) -> None:
        """Add lines."""
        self._lines.extend("    " * self._indent + line for line in lines)

    @contextmanager
    def indented(self) -> Generator[None]:
        """Indent the lines that are added in this block."""
        self._indent += 1
        yield
        self._indent -= 1

    def value(self, expression: str) -> str:
        """Assign an expression to a new name and return the name."""
        name = self.name("x")
        self.line(f"{name} = {expression}")
        return name

    def call(self, function: Callable[..., Any], *operands: str) -> str:
        """Add a call and return the name of its result."""
        return self.value(f"{self.constant(f'{function.__name__}_', function)}({', '.join(operands)})")

    def rows(self, keys: Sequence[str], columns: Sequence[str]) -> str:
        """Add a dictionary for each row of the columns and return the name of their list."""
        items = [self.name("i") for _ in columns]
        display = ", ".join(f"{key!r}: {item}" for key, item in zip(keys, items, strict=True))
        if len(columns) == 1:
            return self.value(f"[{{{display}}} for {items[0]} in {columns[0]}]")
        return self.value(f"[{{{display}}} for {', '.join(items)} in zip({', '.join(columns)})]")

    def wait(self, name: str) -> None:
        """Add the await of a result that may be an awaitable instead of a list."""
        self.line(f"if {name}.__class__ is not list: {name} = await {name}")

    def settle(self, name: str) -> None:
        """Add the same for large runs, whose batches run one after the other, with a checkpoint."""
        self.line(f"if large: {name} = await run.settled({name})")

    def checkpoint(self) -> None:
        """Add a checkpoint for large runs."""
        self.line("if large: await run.checkpoint()")

    def program(self, result: str) -> Program:
        """Return the program that returns the result of this name."""
        begin = [
            "async def program(run, objects):",
            "    context, values, large = run.context, run.values, run.size.large",
        ]
        text = "\n".join([*begin, *self._lines, f"    return {result}", ""])
        # All names in the source are made here; from the document come only response names, as repr() writes them.
        exec(compile(text, "<compiled operation>", "exec"), self.names)  # noqa: S102 - see above
        # The program holds its globals; if they held the program, only the garbage collector could free both.
        return cast("Program", self.names.pop("program"))
