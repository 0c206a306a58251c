"""One run at a time writes a result: the second says so instead of undoing the first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from cchc_xl.errors import OutputRefused, why
from cchc_xl.gateways.versions import KEPT_FOLDER, real_place

# Between making `.cchc/` and locking in it, a run that ends may take the empty folder away.
_ATTEMPTS = 5


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the right to write `path` until the block ends; the system frees it if we are killed.

    Raises OutputRefused where another run holds it, or where no file can be called so. Where the
    folder takes no lock, writing itself will say why.
    """
    place = real_place(path)
    _refuse_impossible(place)
    made = [folder for folder in (place.parent, *place.parent.parents) if not folder.exists()]
    lock = _locked(place)
    try:
        yield
    finally:
        if lock is not None:
            _release(lock)
        with suppress(OSError):
            for folder in (place.parent / KEPT_FOLDER, *made):
                # What holds a file stays: only what was made for the lock goes.
                folder.rmdir()


def _refuse_impossible(place: Path) -> None:
    try:
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise OutputRefused(
            f"Không ghi được tệp {place.name} ({why(error)}).",
            "Đề nghị chọn tên tệp hoặc thư mục khác.",
        ) from error


def _locked(place: Path) -> FileLock | None:
    folder = place.parent / KEPT_FOLDER
    for _ in range(_ATTEMPTS):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # A lock that a killed run leaves behind would stop every later run.
            lock = FileLock(folder / f"{place.name}.lock", timeout=0, fallback_to_soft=False)
            lock.acquire()
        except Timeout:
            raise OutputRefused(
                f"Tệp {place.name} đang được một lần chạy khác ghi.",
                "Đề nghị chờ lần đó xong rồi chạy lại.",
            ) from None
        except FileNotFoundError:
            continue
        except (OSError, NotImplementedError):
            return None
        return lock
    return None


def _release(lock: FileLock) -> None:
    if os.name != "nt":
        # While it is held: who opened it before sees that it has no name any more, and begins anew.
        with suppress(OSError):
            Path(lock.lock_file).unlink()
    with suppress(OSError):
        lock.release()
