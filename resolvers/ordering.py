"""Orders that clients can choose for a list."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from db.paging import Key
from resolvers.connections import Order

F = TypeVar("F", bound=Enum)
F_co = TypeVar("F_co", bound=Enum, covariant=True)


class OrderDirection(Enum):
    """The direction of an order. Items without the figure come last in both."""

    ASC = "ASC"
    DESC = "DESC"


class OrderInput(Protocol[F_co]):
    """The field to order a list by, and the direction."""

    @property
    def field(self) -> F_co:
        """The field."""
        ...

    @property
    def direction(self) -> OrderDirection:
        """The direction."""
        ...


class OrderChoices(Generic[F]):
    """Every order of a list: one for each field and direction, and the default order.

    ``columns`` are the columns to order by, all of which may be null but that of the field ``name``. Rows with the same
    value are in the order of ``tie_breaker``, a column with unique values.
    """

    def __init__(self, items: str, columns: Mapping[F, Any], *, name: F, tie_breaker: Any, default: Order) -> None:  # noqa: ANN401 - columns
        self._default = default
        self._orders = {
            (field, direction): Order(
                f"{items} by {field.value} {direction.value}",
                (
                    Key(column, descending=direction is OrderDirection.DESC, nullable=field is not name),
                    Key(tie_breaker),
                ),
            )
            for field, column in columns.items()
            for direction in OrderDirection
        }

    def order(self, chosen: OrderInput[F] | None) -> Order:
        """Return the chosen order, or the default order where none is chosen."""
        return self._default if chosen is None else self._orders[chosen.field, chosen.direction]
