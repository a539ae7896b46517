"""The two forms of a program: steps that are gone through one by one, and Python source.

Both are made of calls: of functions that are mostly those of ``columns``, with values that earlier calls have
returned. Steps are ready as soon as they are written down, and each costs a little more when it is run. Source has to
be compiled, which takes as long as some tens of runs of the steps, and can say what no call can: it is for operations
that are asked for again.
"""

from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, Protocol, cast

from execution.arguments import Values
from execution.columns import rows
from execution.fallback import FallbackToStrawberry

Answer = Callable[..., Any]


class Program(Protocol):
    """A program for objects of one type."""

    def __call__(self, answer: Answer, values: Values, objects: Sequence[Any]) -> Awaitable[list[Any]]:
        """Return the answers of all objects, in order. Raise FallbackToStrawberry for unexpected values."""
        ...


class Code:
    """What both forms have in common: the names of values and of what is known beforehand."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self._numbers = count(1)
        self._known: dict[int, str] = {}

    def name(self, prefix: str) -> str:
        """Return a name that nothing has yet."""
        return f"{prefix}{next(self._numbers)}"

    def constant(self, prefix: str, value: object) -> str:
        """Return the name of a value that is known beforehand."""
        name = self._known.get(id(value))
        if name is None:
            name = self._known[id(value)] = self.name(prefix)
            self.names[name] = value
        return name

    def call(self, function: Callable[..., Any], *operands: str) -> str:
        """Add a call, and return the name of what it returns."""
        raise NotImplementedError

    def rows(self, keys: Sequence[str], columns: Sequence[str]) -> str:
        """Add what makes objects of columns, and return the name of their list."""
        raise NotImplementedError

    def wait(self, name: str) -> None:
        """Add what waits for a list that may not be there yet."""
        raise NotImplementedError

    def program(self, result: str) -> Program:
        """Return the program whose result has this name."""
        raise NotImplementedError


class Steps(Code):
    """A program as steps."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[tuple[str, Callable[..., Any] | None, tuple[str, ...]]] = []

    def call(self, function: Callable[..., Any], *operands: str) -> str:
        """Add a call, and return the name of what it returns."""
        name = self.name("x")
        self._steps.append((name, function, operands))
        return name

    def rows(self, keys: Sequence[str], columns: Sequence[str]) -> str:
        """Add what makes objects of columns, and return the name of their list."""
        return self.call(rows, self.constant("k", tuple(keys)), *columns)

    def wait(self, name: str) -> None:
        """Add what waits for a list that may not be there yet."""
        self._steps.append((name, None, ()))

    def program(self, result: str) -> Program:
        """Return the program whose result has this name."""
        steps, names = self._steps, self.names

        async def program(answer: Answer, values: Values, objects: Sequence[Any]) -> list[Any]:
            held: dict[str, Any] = {**names, "answer": answer, "values": values, "objects": objects}
            for name, function, operands in steps:
                if function is not None:
                    held[name] = function(*[held[operand] for operand in operands])
                elif held[name].__class__ is not list:
                    held[name] = await held[name]
            return cast("list[Any]", held[result])

        return program


class Source(Code):
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
    def indented(self, by: int) -> Generator[None]:
        """Indent what is added meanwhile."""
        self._indent += by
        yield
        self._indent -= by

    def value(self, expression: str) -> str:
        """Add what gives the value of an expression a name, and return that."""
        name = self.name("x")
        self.line(f"{name} = {expression}")
        return name

    def call(self, function: Callable[..., Any], *operands: str) -> str:
        """Add a call, and return the name of what it returns."""
        return self.value(f"{self.constant(f'{function.__name__}_', function)}({', '.join(operands)})")

    def rows(self, keys: Sequence[str], columns: Sequence[str]) -> str:
        """Add what makes objects of columns, and return the name of their list."""
        items = [self.name("i") for _ in columns]
        display = ", ".join(f"{key!r}: {item}" for key, item in zip(keys, items, strict=True))
        if len(columns) == 1:
            return self.value(f"[{{{display}}} for {items[0]} in {columns[0]}]")
        return self.value(f"[{{{display}}} for {', '.join(items)} in zip({', '.join(columns)})]")

    def wait(self, name: str) -> None:
        """Add what waits for a list that may not be there yet."""
        self.line(f"if {name}.__class__ is not list: {name} = await {name}")

    def program(self, result: str) -> Program:
        """Return the program whose result has this name."""
        text = "\n".join(["async def program(answer, values, objects):", *self._lines, f"    return {result}", ""])
        exec(compile(text, "<compiled operation>", "exec"), self.names)  # noqa: S102 - our own source
        # Names that held the program, which holds the names, would stay in memory until Python looks for garbage.
        return cast("Program", self.names.pop("program"))
