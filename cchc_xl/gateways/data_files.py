"""Where the data of the project lies: in the wheel, in an editable install, in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder(name: str) -> Path:
    """Return the folder `name` (`schemas`, `macros`), from the package or from the checkout."""
    packaged = _PACKAGE / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def source_folder(name: str) -> Path | None:
    """Return the folder `name` of the checkout, where it is a source; None in a wheel."""
    folder = data_folder(name)
    return folder if folder.is_dir() and folder.parent != _PACKAGE else None
