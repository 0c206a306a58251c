"""The folder of return slips: what a person changed there stays, what is ours is written again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from cchc_xl.core.form import Form
from cchc_xl.core.return_slip import file_name
from cchc_xl.core.returned_slip import is_untouched
from cchc_xl.errors import OutputRefused, UnreadableFile
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.gateways.together import content_of, write_together
from cchc_xl.gateways.versions import KEPT_FOLDER

_RECORD = "phieu.json"  # what we wrote, by its fingerprint
_MOST_NUMBERS = 1000


class ReturnFolder:
    """Collects the files of a run, and writes them in one step."""

    def __init__(self, folder: Path, form: Form) -> None:
        if folder.exists() and not folder.is_dir():
            raise OutputRefused(
                f"{folder.name} là một tệp, không phải thư mục.",
                "Đề nghị chọn một thư mục để ghi phiếu.",
            )
        self._folder = folder
        self._form = form
        self._record_path = folder / KEPT_FOLDER / _RECORD
        self._record = self._read_record()
        self._contents: dict[Path, bytes] = {}
        self._taken: set[str] = set()

    def add_named(self, unit: str, ending: str, content: bytes) -> Path:
        """Add a file that is named after a unit; return where it will stand."""
        return self.add(lambda number: file_name(unit, ending, number), content)

    def add(self, name: Callable[[int], str], content: bytes) -> Path:
        """Add a file under the first of its names that is free, or holds a file of ours."""
        for number in range(1, _MOST_NUMBERS):
            path = self._folder / name(number)
            # Windows knows no difference between capitals and small letters.
            if path.name.casefold() not in self._taken and self._may_be_written(path, content):
                self._taken.add(path.name.casefold())
                self._contents[path] = content
                return path
        raise OutputRefused(
            f"Thư mục {self._folder.name} đã có quá nhiều tệp tên {name(1)}.",
            "Đề nghị chọn một thư mục khác để ghi phiếu.",
        )

    def write(self) -> tuple[Path, ...]:
        """Write everything; return the files of ours from earlier runs that are not due any more.

        They stay where they are; what a person changed is none of ours any more.
        Raises OutputRefused; then nothing was written.
        """
        written = {path.name: _hash(content) for path, content in self._contents.items()}
        left = {
            name: known
            for name, known in self._record.items()
            if name not in written and self._is_unchanged(name)
        }
        record = json.dumps({**left, **written}, ensure_ascii=False, indent=1, sort_keys=True)
        write_together({**self._contents, self._record_path: record.encode()})
        return tuple(self._folder / name for name in sorted(left))

    def _is_unchanged(self, name: str) -> bool:
        path = self._folder / name
        standing = content_of(path) if path.is_file() else None
        return standing is not None and self._record[name] == _hash(standing)

    def _may_be_written(self, path: Path, content: bytes) -> bool:
        """Whether nothing stands there that a person has changed."""
        standing = content_of(path) if path.exists() else None
        if standing is None or standing == content:
            return True
        return self._record.get(path.name) == _hash(standing) or self._is_untouched_slip(path)

    def _is_untouched_slip(self, path: Path) -> bool:
        try:
            return is_untouched(read_submission(path, [self._form]))
        except UnreadableFile:
            return False

    def _read_record(self) -> dict[str, str]:
        try:
            record = json.loads(content_of(self._record_path) or b"{}")
        except ValueError:
            record = {}
        if not isinstance(record, dict):
            return {}
        # Names only: a record that somebody changed leads nowhere else.
        return {str(n): str(h) for n, h in record.items() if n == Path(n).name and n}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
