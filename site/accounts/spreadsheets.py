"""Tables to take along, as CSV or for Excel: written row by row, and nothing in them calculates."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, Final

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM: Final = "\ufeff"
Value = str | int | dt.date | dt.datetime | None
Row = Sequence[Value]
Column = tuple[Any, int]  # heading, and about how many letters wide
# A spreadsheet would take such a text for a formula, and do what it says.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_SHEET: Final = re.compile(r"[\[\]:*?/\\]")  # what a sheet's name can't have


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it, never calculates it."""
    return f"'{text}" if _FORMULA.match(text) else text


class _Echo:
    def write(self, text: str) -> str:
        return text


def as_csv(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file; the mark at its beginning tells Excel that it is UTF-8."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([str(heading) for heading, _width in columns])
    for row in rows:
        yield writer.writerow([_plain(value) for value in row])


def as_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Row]) -> IO[bytes]:
    """An Excel workbook in a temporary file, at its beginning; whoever closes it removes it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET.sub(" ", title)[:31])
    sheet.freeze_panes = "A2"
    for number, (_heading, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([str(heading) for heading, _width in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def download(
    ending: str, name: str, title: str, columns: Sequence[Column], rows: Iterable[Row]
) -> HttpResponseBase:
    """The answer with the file of this ending, `csv` (written while it is sent) or `xlsx`."""
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{ending}"
    if ending == "xlsx":
        file = as_xlsx(title, columns, rows)
        return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX_TYPE)
    answer = StreamingHttpResponse(as_csv(columns, rows), content_type=CSV_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return harmless(value)
    return f"{_local(value):%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else value


def _local(value: dt.datetime) -> dt.datetime:
    """Viet Nam's time, without a zone: spreadsheets know none."""
    return value if timezone.is_naive(value) else timezone.make_naive(value)


def _cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, str):
        return harmless(ILLEGAL_CHARACTERS_RE.sub(" ", value))
    if isinstance(value, dt.date):
        is_moment = isinstance(value, dt.datetime)
        cell = WriteOnlyCell(sheet, _local(value) if is_moment else value)
        cell.number_format = "dd/mm/yyyy hh:mm" if is_moment else "dd/mm/yyyy"
        return cell
    return value
