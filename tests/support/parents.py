"""A folder of communes and the commands on it, without capturing fixtures: it works anywhere."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.cli import main as run_command
from cchc_xl.core.workbook_names import DEFAULT_SET
from cchc_xl.gateways.schemas import load_form

PERIOD = "2022-Q1"
NAME = "Huyện Mẫu"

Typed = str | int | float | None
Figures = Mapping[str, Typed]
Json = dict[str, Any]

# Small sound figures: no rule of one unit fires as an error, and every column of dossiers agrees.
SOUND: Figures = {
    "1.1.1": 20, "1.1.2": 5, "3.1.3": 193, "3.2.1": 111, "3.2.2": 0, "3.2.3": 82,
    "3.3.1": 100, "3.3.1.a": 60, "3.3.1.b": 0, "3.3.1.c": 25, "3.3.1.d": 15,
    "7.4.1": 8, "7.4.2": 31, "S.KY_TRUOC": 0, "S.DA_GQ": 90, "S.TRUOC_HAN": 80, "S.DUNG_HAN": 10,
    "S.QH_GQ": 0, "S.DANG_GQ": 10, "S.DANG_TRONG_HAN": 10, "S.DANG_QUA_HAN": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Json:
        content: Json = json.loads(self.out)
        return content

    def statuses(self) -> dict[str, str]:
        """The status of each file, of a unit without a file under the unit's name."""
        return {line["file"] or line["unit"]: line["status"] for line in self.json["units"]}

    def value(self, code: str) -> float | None:
        figure: float | None = self.json["indicators"][code]["value"]
        return figure

    def rules(self) -> list[str]:
        return [finding["rule"] for finding in self.json["findings"]]

    def findings(self, rule: str) -> list[Json]:
        return [finding for finding in self.json["findings"] if finding["rule"] == rule]


class _Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


def run(*words: str | Path, on_terminal: bool = False) -> Said:
    """Run a command in this process; whatever it is, no traceback reaches an official."""
    out, err = io.StringIO(), _Terminal() if on_terminal else io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run_command([str(word) for word in words])
    said = Said(code, out.getvalue(), err.getvalue())
    if "Traceback" in said.out + said.err or "lỗi ngoài dự kiến" in said.out + said.err:
        raise AssertionError(f"{words}: {said}")
    return said


def commune(
    path: Path,
    unit: str,
    figures: Figures = SOUND,
    *,
    code: str = "",
    period: str = PERIOD,
    form: str = "",
) -> Path:
    """Make a commune's workbook with `cchc-xl new --values`, in place of what stood there.

    Where nothing else is asked for, it holds the main form alone, which is made and read in a
    third of the time of the whole set, unless figures of annexes are given.
    """
    main = load_form("phu-luc-01b")
    form = form or (main.id if set(figures) <= set(main.by_code) else DEFAULT_SET)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with TemporaryDirectory() as folder:
        values = Path(folder) / "values.json"
        values.write_text(json.dumps(dict(figures)), encoding="utf-8")
        said = run(
            "new", path, "--unit", unit, "--unit-code", code, "--period", period,
            "--form", form, "--values", values,
        )  # fmt: skip
    if said.code != 0:
        raise AssertionError(said.err)
    return path


def consolidate(folder: Path, output: Path, *words: str | Path) -> Said:
    """Run `consolidate --format json` for the first quarter of 2022."""
    return run(
        "consolidate", folder, "-o", output, "--name", NAME, "--period", PERIOD,
        "--format", "json", *words,
    )  # fmt: skip


def units_csv(path: Path, lines: Iterable[str], header: str = "code,name,type") -> Path:
    """Write a list of units as CSV."""
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


# The parent unit's workbook as an official sees it.

FIRST_LINE = 6  # of the tables on the sheets, below title and header
HEADER_LINE = 5


def sheet_of(path: Path, name: str) -> Worksheet:
    """Open one sheet, formulas by their cached values."""
    sheet = load_workbook(path, data_only=True)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def lines_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return the lines below the header row, each by its column titles."""
    rows = list(sheet.iter_rows(min_row=HEADER_LINE, values_only=True))
    titles = [str(title) for title in rows[0]]
    return [
        dict(zip(titles, row, strict=True)) for row in rows[1:] if any(v is not None for v in row)
    ]


def edit(path: Path, sheet: str, key: str, wanted: str, column: str, text: str) -> None:
    """Type `text` into `column` of the line where `key` says `wanted`, as an official would."""
    book = load_workbook(path)
    page = book[sheet]
    titles = [cell.value for cell in page[HEADER_LINE]]
    for row in page.iter_rows(min_row=FIRST_LINE):
        if row[titles.index(key)].value == wanted:
            row[titles.index(column)].value = text
            book.save(path)
            return
    raise AssertionError(f"{sheet} has no line with {key} = {wanted}")


def choose(path: Path, file: str) -> None:
    edit(path, "Đơn vị", "Tệp", file, "Chọn", "x")


def write_own_sentence(path: Path, sentence: str, text: str) -> None:
    edit(path, "Báo cáo", "Mã câu", sentence, "Câu của đơn vị", text)


def own_sentences(path: Path) -> dict[str, str | None]:
    lines = lines_of(sheet_of(path, "Báo cáo"))
    return {str(line["Mã câu"]): line["Câu của đơn vị"] for line in lines}


def drafted_sentences(path: Path) -> dict[str, str]:
    lines = lines_of(sheet_of(path, "Báo cáo"))
    return {str(line["Mã câu"]): str(line["Câu soạn từ số liệu"]) for line in lines}


def chosen_files(path: Path) -> set[str]:
    return {str(line["Tệp"]) for line in lines_of(sheet_of(path, "Đơn vị")) if line["Chọn"]}


def log_of(path: Path) -> list[tuple[Any, ...]]:
    rows = sheet_of(path, "Nhật ký").iter_rows(min_row=FIRST_LINE, values_only=True)
    return [tuple(row) for row in rows if row[0] is not None]
