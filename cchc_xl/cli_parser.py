"""An argument parser that explains and complains in Vietnamese."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from cchc_xl.errors import UsageError

# What argparse says, and what an official reads.
_COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"còn thiếu \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu \1"),
    (r"argument (.+): expected (?:one|at least one) argument", r"\1 cần có giá trị đi kèm"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 không nhận \2 (chọn: \3)"),
    (r"argument (.+): invalid int value: (.+)", r"\1 phải là số, không phải \2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 có thể là \2; đề nghị viết đủ"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that explains and complains in Vietnamese."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "add_help": False})
        self._positionals.title = "đối số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="xem cách dùng")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "cách dùng:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "cách dùng:", 1)

    def error(self, message: str) -> NoReturn:
        for pattern, words in _COMPLAINTS:
            message = re.sub(f"^{pattern}$", words, message)
        raise UsageError(
            f"Lệnh chưa đúng: {message}.", f"Đề nghị xem cách dùng: {self.prog} --help"
        )
