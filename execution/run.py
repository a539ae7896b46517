"""One run of an operation: what its programs call, and when it lets other tasks run."""

import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from execution.arguments import Values
from execution.limits import Limits

if TYPE_CHECKING:
    from execution.fragments import Fragments

T = TypeVar("T")

LARGE = 1_000
"""The cost above which an operation may return a long result, or take PAUSE_SECONDS: a unit is some 4 microseconds."""

PAUSE_SECONDS = 0.005
"""The time after which a large operation lets other tasks run."""


class Context(Protocol):
    """What a program calls batches through. Resolvers of stock Strawberry receive it as ``info.context``."""

    @property
    def fragments(self) -> "Fragments | None":
        """The fragments that the operation may use; None to run without a fragment cache."""
        ...

    @property
    def fatal(self) -> tuple[type[Exception], ...]:
        """Exceptions that end the operation instead of failing a field. ``Operation.run`` raises them."""
        ...

    def answer(
        self, batch: Callable[..., Any], parents: Sequence[Any], arguments: Mapping[str, Any], price: int
    ) -> Sequence[Any] | Awaitable[Sequence[Any]]:
        """Call a batch and return its list of values, or an awaitable of them that has started.

        Raise what the batch raises. ``price`` is the cost for one parent, without the objects of a page whose size is
        an argument: the context may call an expensive batch for some parents at a time. The context should remember
        what each batch returned or raised: once ``replay`` has been called, resolvers of stock Strawberry can take it
        from there, so that no batch is called twice.
        """
        ...

    async def pause(self) -> None:
        """Let other tasks run. Raise a fatal exception if the operation's time is over."""
        ...

    def checkpoint(self) -> None:
        """Let other tasks run if stock Strawberry has kept the event loop for long enough: see ``replay``."""
        ...

    async def replay(self, strawberry: Coroutine[Any, Any, T]) -> T:
        """Return the result of a coroutine of stock Strawberry, and serve its resolvers from now on."""
        ...


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run may be."""

    max_bytes: int = Limits.max_answer_bytes
    """The maximum size of the result as JSON."""
    large: bool = True
    """Whether to count the result while it is encoded, and to let other tasks run meanwhile."""


DEFAULT_SIZE = Size()


class Run:
    """What the programs of one run share."""

    __slots__ = ("_due", "context", "fragment_bytes", "size", "values")

    def __init__(self, context: Context, values: Values, size: Size) -> None:
        self.context = context
        self.values = values
        self.size = size
        self.fragment_bytes = 0
        """The size of the fragments that were made, each of which is in the result."""
        self._due = time.monotonic() + PAUSE_SECONDS if size.large else 0.0

    async def checkpoint(self) -> None:
        """Let other tasks run if this one has kept the event loop for long enough."""
        if time.monotonic() >= self._due:
            await self.context.pause()
            self._due = time.monotonic() + PAUSE_SECONDS

    async def settled(self, values: Any) -> Any:  # noqa: ANN401 - what Context.answer returns
        """Return the values of a batch, waiting for them if necessary, after a checkpoint."""
        if values.__class__ is not list:
            values = await values
        await self.checkpoint()
        return values
