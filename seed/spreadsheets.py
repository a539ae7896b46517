"""Excel workbooks as rows of plain values."""

from collections.abc import Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from seed.publisher_files import ImportRefused, PublisherFiles

Cell = object
"""str ("" if empty), float, bool or date."""


class Workbook:
    """The sheets of an xlsx file; raises ImportRefused if it is damaged."""

    def __init__(self, files: PublisherFiles, name: str) -> None:
        self.name, self._path = name, files.path
        try:
            self._workbook = CalamineWorkbook.from_filelike(BytesIO(files.read(name)))
        except CalamineError as error:
            raise ImportRefused(f"{name} in {files.path} is not a readable xlsx file: {error}") from error

    @property
    def sheets(self) -> Sequence[str]:
        """The names of the sheets."""
        return self._workbook.sheet_names

    def rows(self, sheet: str | int = 0) -> Sequence[Sequence[Cell]]:
        """Return a sheet's rows, all of the same length."""
        try:
            found = (
                self._workbook.get_sheet_by_index(sheet)
                if isinstance(sheet, int)
                else self._workbook.get_sheet_by_name(sheet)
            )
            return found.to_python(skip_empty_area=False)
        except CalamineError as error:
            raise ImportRefused(f"{self.name} in {self._path} has no readable sheet {sheet!r}: {error}") from error


def text_of(cell: Cell) -> str:
    """Return a cell as stripped text; 12.0 becomes "12"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def number_of(cell: Cell) -> float | None:
    """Return a cell's number, or None if it holds a mark such as "–". Accepts commas as thousands separators."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    try:
        return float(str(cell).replace(",", "").strip())
    except ValueError:
        return None
