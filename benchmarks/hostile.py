"""How long files made to harm keep the reader busy: `python benchmarks/hostile.py [WORDS]`.

Prints for each of them (or for those whose name holds WORDS) the seconds that checking it takes,
the most memory, and what became of it. None should take 2 seconds or 500 MB.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

_CHECK = """
import sys, time
from pathlib import Path
from cchc_xl.gateways.schemas import shipped_forms
from cchc_xl.usecases.check import check_file
forms = shipped_forms()
started = time.perf_counter()
checked = check_file(Path(sys.argv[1]), forms)
seconds = time.perf_counter() - started
status = Path("/proc/self/status")
peak = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else 0
print(f"{seconds:6.2f} s {int(peak) // 1024:4} MB  {checked.status.value}")
"""


def main(words: str) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.support import hostile

    with tempfile.TemporaryDirectory() as place:
        for name, make in {**hostile.REFUSED, **hostile.READ}.items():
            if words not in name:
                continue
            path = make(Path(place) / "a.xlsx")
            done = subprocess.run(  # noqa: S603  # our own program on our own file
                [sys.executable, "-c", _CHECK, str(path)], capture_output=True, check=False
            )
            said = done.stdout.decode().rstrip() or f"ended with {done.returncode}"
            print(f"{said:32} {name}", flush=True)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
