"""Test files: workbooks and archives made by hand, and the publishers' files if they are next to the checkout."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

import pytest
from python_calamine import CalamineWorkbook

Sheet = Sequence[Sequence[str | float | None]]

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
"""The publishers' files, which tests compare with where they exist."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the publishers' files are not in {SHARED}")


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder, which is created, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_FORMATS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(sheets: Mapping[str, Sheet]) -> bytes:
    """Return an xlsx file with these sheets of rows; None is an absent cell."""
    numbered = list(enumerate(sheets.items(), start=1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_FORMATS}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_FORMATS}.worksheet+xml"/>'
            for i, _ in numbered
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="rId{i}"/>' for i, (name, _) in numbered)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        + "".join(
            f'<Relationship Id="rId{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i, _ in numbered
        )
        + "</Relationships>",
    }
    parts |= {f"xl/worksheets/sheet{i}.xml": _worksheet(rows) for i, (_, rows) in numbered}
    return archive({name: ('<?xml version="1.0" encoding="UTF-8"?>' + part).encode() for name, part in parts.items()})


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of these files."""
    content_stream = BytesIO()
    with zipfile.ZipFile(content_stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            # A fixed date keeps the bytes the same in all test processes, because they are part of test names.
            opened.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return content_stream.getvalue()


def cells(path: Path, sheet: str | int = 0) -> list[list[Any]]:
    """Return the rows of a sheet."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    found = workbook.get_sheet_by_index(sheet) if isinstance(sheet, int) else workbook.get_sheet_by_name(sheet)
    return cast("list[list[Any]]", found.to_python(skip_empty_area=False))


def _worksheet(rows: Sheet) -> str:
    lines = (
        f'<row r="{y}">{"".join(_cell(f"{_letters(x)}{y}", value) for x, value in enumerate(row))}</row>'
        for y, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(place: str, value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _letters(column: int) -> str:
    prefix = _letters(column // 26 - 1) if column > 25 else ""
    return prefix + chr(ord("A") + column % 26)
