"""Files of one O*NET release, as text or workbooks: their rows and the release that they belong to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from db.models import Source
from seed import soc_codes
from seed.dataset import Dataset, Table
from seed.publisher_files import ImportRefused, PublisherFiles
from seed.spreadsheets import Workbook, text_of

CODE = "O*NET-SOC Code"

_RENAMED = {"Workplace Example": "Example", "Job Title": "Alternate Title"}
"""Columns that release 30.3 renamed, with their earlier names."""

_IN_README = re.compile(r"O\*NET (\d+\.\d+) Database")
_IN_NAME = re.compile(r"(?:db|onet)_(\d+)_(\d+|x)(?!\d)", re.IGNORECASE)
_RELEASE = re.compile(r"(\d+)\.(\d+|x)")

MORE_SPECIFIC = "about a specialty within a SOC occupation (the code does not end in .00)"
SUPPRESSED = "low precision: O*NET recommends suppressing the estimate (Recommend Suppress)"


@dataclass
class Rows:
    """A count of the rows that were read from some files, and of skipped rows by reason."""

    files: list[str] = field(default_factory=list[str])
    read: int = 0
    skipped: Counter[str] = field(default_factory=Counter[str])


class Edition:
    """The files of one release, which is named by its Read Me, the caller, or the folder or archive."""

    def __init__(self, files: PublisherFiles, release: str | None) -> None:
        self.files, self._release_argument = files, release

    def find(self, *titles: str) -> str | None:
        """Return the name of the first file with one of these titles; text files take precedence over workbooks."""
        return self.files.find(*(f"{title}.{kind}" for kind in ("txt", "xlsx") for title in titles))

    def find_required(self, name: str, *titles: str) -> str:
        """Return the name of a file that file ``name`` depends on; raise ImportRefused if it is missing."""
        found = self.find(*titles)
        if found is None:
            raise self.refusal(name, f"cannot be read without {titles[0]} in the same place")
        return found

    def rows(self, rows: Rows, name: str, *columns: str) -> Iterator[tuple[str, ...]]:
        """Yield these columns of a file's data rows as text, "" for no data, and count the rows in ``rows``.

        Raises ImportRefused if a column is missing or the file is damaged.
        """
        rows.files.append(name)
        lines = iter(self._workbook_rows(name) if name.lower().endswith(".xlsx") else self._text_rows(name))
        header = [_RENAMED.get(title, title) for title in next(lines, ())]
        missing = [column for column in columns if column not in header]
        if missing:
            raise self.refusal(name, f"is not an O*NET file: it has no column {missing[0]!r}")
        chosen = itemgetter(*(header.index(column) for column in columns))
        codes = [index for index, column in enumerate(columns) if column.endswith(CODE)]
        for line in lines:
            rows.read += 1
            values = tuple("" if text == "n/a" else text for text in chosen(line))
            for index in codes:
                if not soc_codes.ONET_CODE.fullmatch(values[index]):
                    raise self.refusal(name, f"is damaged: {values[index]!r} is not an O*NET-SOC code")
            yield values

    def _text_rows(self, name: str) -> Iterator[Sequence[str]]:
        """Split tab-separated lines. O*NET does not quote fields: a quotation mark is part of the text."""
        if not self.files.read(name).endswith(b"\n"):
            raise self.refusal(name, "is damaged: the last line is incomplete")
        lines = self.files.text(name).split("\n")
        width = len(lines[0].split("\t"))
        for number, line in enumerate(lines, 1):
            fields = line.split("\t")
            if len(fields) != width:
                raise self.refusal(name, f"is damaged: line {number} has {len(fields)} fields, not {width}")
            yield fields

    def _workbook_rows(self, name: str) -> Iterator[Sequence[str]]:
        for row in Workbook(self.files, name).rows():
            texts = [text_of(cell) for cell in row]
            if any(texts):
                yield texts

    def refusal(self, name: str, problem: str) -> ImportRefused:
        """Return an ImportRefused that names the file."""
        return ImportRefused(f"{name} in {self.files.path} {problem}")

    def number(self, rows: Rows, text: str, low: float, high: float) -> float:
        """Parse a number from the file read last; raise ImportRefused unless it is between ``low`` and ``high``."""
        try:
            number = float(text)
        except ValueError:
            number = None
        if number is None or not low <= number <= high:
            raise self.refusal(rows.files[-1], f"is damaged: {text!r} is not a number from {low} to {high}")
        return number

    def dataset(self, id: str, title: str, rows: Rows, table: Table, *modules: str) -> Dataset:  # noqa: A002
        """Return a table as a dataset of this release; ``modules`` are the importing modules, for the digest."""
        release = self._release()
        source = Source(
            id=id,
            name=f"O*NET {title}",
            publisher="U.S. Department of Labor, Employment and Training Administration",
            release=_stated(release),
            version=_version(release),
            license="Creative Commons Attribution 4.0 (CC BY 4.0)",
            attribution=_attribution(release),
            url="https://www.onetcenter.org/database.html",
            digest=self.files.digest(rows.files, __file__, soc_codes.__file__, *modules),
        )
        return Dataset(source, [table], rows.read, rows.skipped)

    def _release(self) -> str:
        stated, given = self._release_in_readme(), self._release_argument
        if given is not None and not _RELEASE.fullmatch(given):
            raise ImportRefused(f"{given!r} is not an O*NET release: expected a number such as 30.1")
        if stated and given and stated != given:
            raise ImportRefused(f"{self.files.path} is release {stated} according to its Read Me, not {given}")
        release = stated or given or self._release_in_name()
        if release is None:
            raise ImportRefused(f"{self.files.path} does not state its O*NET release: add --release 30.1 or another")
        return release

    def _release_in_readme(self) -> str | None:
        name = self.files.find("Read Me.txt")
        found = _IN_README.search(self.files.text(name)) if name else None
        return found[1] if found else None

    def _release_in_name(self) -> str | None:
        path = self.files.path.resolve()
        found = _IN_NAME.search(path.name) or _IN_NAME.search(path.parent.name)
        return f"{found[1]}.{found[2].lower()}" if found else None


def whole_occupations(coded: Iterable[tuple[str, ...]], rows: Rows) -> Iterator[tuple[str, ...]]:
    """Yield the rows about whole SOC occupations, with the SOC code first; count the rows about specialties.

    The first value of each row in ``coded`` is the O*NET-SOC code.
    """
    for onet_code, *values in coded:
        soc = soc_codes.soc_code(onet_code)
        if soc_codes.is_soc_occupation(onet_code):
            yield (soc, *values)
        else:
            rows.skipped[MORE_SPECIFIC] += 1


def _stated(release: str) -> str:
    """Return a release as it is served. A file of 30.x does not state which release from 30.0 on it belongs to."""
    return release.replace(".x", " (minor release not stated)")


def _version(release: str) -> str:
    """Return a release in a sortable form: "030.001" for 30.1, and "030.000" for 30.x, whose minor is unknown."""
    major, minor = release.split(".")
    return f"{int(major):03}.{0 if minor == 'x' else int(minor):03}"


def _attribution(release: str) -> str:
    """Return the credit that https://www.onetcenter.org/license_db.html requires for modified O*NET data."""
    return (
        f"This service includes information from the O*NET {_stated(release)} Database "
        "by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 "
        "license. O*NET® is a trademark of USDOL/ETA. Rolegraph has modified all or some of this information. "
        "USDOL/ETA has not approved, endorsed, or tested these modifications."
    )
