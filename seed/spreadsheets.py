"""Excel workbooks, read as rows of plain values."""

from collections.abc import Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from seed.publisher_files import ImportRefused, PublisherFiles

Cell = object
"""A string ("" for an empty cell), a float, a bool or a date."""


class Workbook:
    """The sheets of one xlsx file of some files; raises ImportRefused where it is damaged."""

    def __init__(self, files: PublisherFiles, name: str) -> None:
        self.name, self._path = name, files.path
        try:
            self._workbook = CalamineWorkbook.from_filelike(BytesIO(files.read(name)))
        except CalamineError as error:
            raise ImportRefused(f"{name} in {files.path} is not a whole xlsx file: {error}") from error

    @property
    def sheets(self) -> Sequence[str]:
        """The names of the sheets."""
        return self._workbook.sheet_names

    def rows(self, sheet: str | int = 0) -> Sequence[Sequence[Cell]]:
        """Return a sheet's rows, all of the same width."""
        try:
            found = (
                self._workbook.get_sheet_by_index(sheet)
                if isinstance(sheet, int)
                else self._workbook.get_sheet_by_name(sheet)
            )
            return found.to_python(skip_empty_area=False)
        except CalamineError as error:
            raise ImportRefused(f"{self.name} in {self._path} has no whole sheet {sheet!r}: {error}") from error


def text_of(cell: Cell) -> str:
    """Return a cell as text without spaces around it; a whole number without its fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def number_of(cell: Cell) -> float | None:
    """Return a cell's number, or None where it holds a mark for no data; thousands may be separated by commas."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    try:
        return float(str(cell).replace(",", "").strip())
    except ValueError:
        return None
