"""Whether any file can bring reading down: `python benchmarks/fuzz_reader.py --minutes 10`.

Files are mutated tables of the corpus (checked against its oracle), workbooks with flipped bits,
cut short, with parts spliced, and with XML that is well packed but bent. Each is read in a worker
with a time limit. What may come of a file is a submission or UnreadableFile, nothing else.

Prints the seed of every failure and keeps its file; `--seed SEED --files 1` makes it again. Ends
1 on a crash, a hang, a wrong reading, a changed file, or memory beyond the limit.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

# The corpus stands among the tests, beside this folder.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cchc_xl.core.file_findings import DEFECT
from cchc_xl.gateways.samples import load_sample
from cchc_xl.gateways.schemas import load_form, shipped_forms
from cchc_xl.usecases.check import check_file
from cchc_xl.usecases.new import new_workbook
from tests.corpus.bent_files import bent
from tests.corpus.generated import complaints, mutated
from tests.support.handmade import BUT_SON_TITLE, report
from tests.support.other_formats import ods_rows, save_docx, save_ods, save_xls

SECONDS = 30.0
MEGABYTES = 500
STRUCTURAL = 0.35
MUTATED_BASES = 12
OTHER_KINDS = 4


@dataclass(frozen=True)
class Outcome:
    """What reading one file came to; `megabytes` is the memory of its worker afterwards."""

    seed: int
    kind: str
    result: str
    failure: str = ""
    megabytes: float = 0.0


@dataclass
class Worker:
    """A process that reads files one by one, and the seed that it has in hand."""

    process: BaseProcess
    connection: Connection
    seed: int = -1
    started: float = 0.0
    first_megabytes: float | None = None
    last_megabytes: float = 0.0
    read: int = 0


@dataclass
class Run:
    """The state of a whole run."""

    folder: Path
    kept: Path
    bases: Sequence[bytes]
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[Outcome] = field(default_factory=list)
    growth: float = 0.0


def main() -> int:
    arguments = _arguments()
    seed = arguments.seed if arguments.seed is not None else int(time.time()) % 10**9
    kept = arguments.keep
    print(f"seed {seed}, {arguments.jobs} workers, {arguments.minutes:g} minutes", flush=True)
    with tempfile.TemporaryDirectory() as place:
        run = Run(Path(place), kept, base_files(Path(place)))
        _fuzz(run, seed, arguments.jobs, arguments.minutes * 60, arguments.files)
    for name, count in sorted(run.outcomes.items()):
        print(f"{count:8} {name}")
    print(f"memory grew by at most {run.growth:.0f} MB in a worker")
    print(f"{len(run.failures)} failures" + (f", kept in {kept}" if run.failures else ""))
    return 1 if run.failures else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--files", type=int, default=None, help="stop after so many files")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    return parser.parse_args()


def base_files(folder: Path) -> tuple[bytes, ...]:
    """Return the files that are bent: tables of the corpus, one of our own, the other kinds."""
    path = folder / "base.xlsx"
    files = [mutated(seed).save(path).read_bytes() for seed in range(MUTATED_BASES)]
    sample = load_sample("but-son-2022-Q1")
    own = folder / "own.xlsx"
    new_workbook(
        own, load_form(sample.form), unit=sample.unit, unit_code="", period=sample.period,
        values=sample.values,
    )  # fmt: skip
    others = (
        save_xls(folder / "a.xls", report()),
        save_ods(folder / "a.ods", {"Sheet1": ods_rows(report())}),
        save_docx(folder / "a.docx", BUT_SON_TITLE, report()),
    )
    # As often as the others together: each kind has a reader of its own.
    return (*files, own.read_bytes(), *[path.read_bytes() for path in others] * OTHER_KINDS)


def make_file(seed: int, bases: Sequence[bytes], path: Path) -> str:
    """Write the file of `seed` and return its kind."""
    random = Random(seed)  # noqa: S311
    if random.random() < STRUCTURAL:
        mutated(seed).save(path)
        return "mutated table"
    kind, content = bent(bases, random)
    path.write_bytes(content)
    return kind


def _fuzz(run: Run, seed: int, jobs: int, seconds: float, files: int | None) -> None:
    end = time.monotonic() + seconds
    seeds = iter(range(seed, seed + files) if files is not None else range(seed, sys.maxsize))
    workers = [_start(run) for _ in range(min(jobs, files or jobs))]
    idle, busy = list(workers), list[Worker]()
    more = True
    while True:
        while idle and more and time.monotonic() < end:
            wanted = next(seeds, None)
            if wanted is None:
                more = False
                break
            worker = idle.pop()
            worker.seed, worker.started = wanted, time.monotonic()
            worker.connection.send(wanted)
            busy.append(worker)
        if not busy:
            break
        ready = wait([worker.connection for worker in busy], timeout=1.0)
        for worker in list(busy):
            is_late = time.monotonic() - worker.started > SECONDS
            if worker.connection not in ready and not is_late:
                continue
            busy.remove(worker)
            idle.append(_received(run, worker, is_late=worker.connection not in ready))
    for worker in idle:
        if worker.first_megabytes is not None:
            run.growth = max(run.growth, worker.last_megabytes - worker.first_megabytes)
        worker.connection.send(None)
        worker.process.join()


def _received(run: Run, worker: Worker, *, is_late: bool) -> Worker:
    """Take what a worker came to; return it, or another one where it is dead or late."""
    outcome = Outcome(worker.seed, "", "hang", f"no answer in {SECONDS:.0f} s")
    if not is_late:
        try:
            outcome = worker.connection.recv()
        except EOFError:
            worker.process.join()
            code = worker.process.exitcode
            outcome = Outcome(worker.seed, "", "crash", f"the process ended with {code}")
    _tell(run, outcome)
    if outcome.result in ("hang", "crash", "memory"):
        worker.process.kill()
        worker.process.join()
        return _start(run)
    worker.read += 1
    worker.last_megabytes = outcome.megabytes
    if worker.read == 50:  # imports and caches are filled by now
        worker.first_megabytes = outcome.megabytes
    return worker


def _tell(run: Run, outcome: Outcome) -> None:
    run.outcomes[f"{outcome.kind or 'unknown'}: {outcome.result}"] += 1
    if sum(run.outcomes.values()) % 2000 == 0:
        print(f"{sum(run.outcomes.values())} files, at seed {outcome.seed}", flush=True)
    if not outcome.failure:
        return
    run.failures.append(outcome)
    run.kept.mkdir(parents=True, exist_ok=True)
    kept = run.kept / f"{outcome.seed}.xlsx"
    kind = make_file(outcome.seed, run.bases, kept)
    print(f"seed {outcome.seed} ({kind}): {outcome.result}\n{outcome.failure}", flush=True)


def _start(run: Run) -> Worker:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_work, args=(theirs, run.folder, run.bases), daemon=True
    )
    process.start()
    theirs.close()
    return Worker(process, ours)


def _work(connection: Connection, folder: Path, bases: Sequence[bytes]) -> None:
    # Beyond this the machine would suffer before the limit below is noticed.
    limit = 4 * MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    path = folder / f"{multiprocessing.current_process().pid}.xlsx"
    while (seed := connection.recv()) is not None:
        connection.send(_read(seed, bases, path))


def _read(seed: int, bases: Sequence[bytes], path: Path) -> Outcome:
    kind = make_file(seed, bases, path)
    before = hashlib.sha256(path.read_bytes()).digest()
    failure = ""
    try:
        checked = check_file(path, shipped_forms())
        result = checked.status.value
        defects = [f.message for f in checked.findings if f.rule == DEFECT]
        if defects:
            # In a batch an exception becomes a finding, and the others are read; here it counts.
            result, failure = "exception", "\n".join(defects)
        elif kind == "mutated table":
            failure = "\n".join(complaints(mutated(seed), checked))
            result = "wrong reading" if failure else result
    except Exception:  # noqa: BLE001 - whatever comes through is what is looked for
        result, failure = "exception", traceback.format_exc()
    if hashlib.sha256(path.read_bytes()).digest() != before:
        result, failure = "changed", "reading changed the file"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if most > MEGABYTES:
        result, failure = "memory", f"{most:.0f} MB"
    return Outcome(seed, kind, result, failure, most)


if __name__ == "__main__":
    sys.exit(main())
