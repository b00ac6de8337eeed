"""A national run on one and on two executors: what scaling costs, and what it brings. The figures of docs/scale.md.

    python scale.py FOLDER [--structures 60] [--draws 8] [--task-s 2] [--executors 1 2] [--repeat 1]

FOLDER has `structures.csv` and `communes.csv`. Executors are processes of one core each, over loopback; each number of them has
a session of its own, warmed by a small run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

MEMORY_MB = 1024
MEBI = 1 << 20


def some(folder: Path, structures: int) -> list[str]:
    """So many structures, spread over the list."""
    from maillage import National

    ids = National.read(folder).ids
    return ids[:: max(1, len(ids) // structures)][:structures]


class Memory:
    """The most that any executor, and any of its Python processes, has had in memory."""

    def __init__(self) -> None:
        self.most = {"executor": 0, "python": 0}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def __enter__(self) -> Memory:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def watch(self) -> None:
        from cluster import EXECUTOR, ours

        while not self.over.wait(0.5):
            for process, words in ours().items():
                kind = "executor" if EXECUTOR in words else "python" if "pyspark.daemon" in words else None
                if kind is not None:
                    self.most[kind] = max(self.most[kind], peak(process))


def peak(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def one(executors: int, asked: argparse.Namespace) -> dict[str, Any]:
    """A run with so many executors, in this process."""
    import pyspark
    from cluster import started
    from maillage import Scenario, _tasks
    from maillage.spark import national
    from small import country

    scenarios = {"today": Scenario.today(), "cut": Scenario.cut(10)}
    usual = {"seed": 1, "nodes": None, "perimeters": None, "youths": 300, "lang": "fr", "out": "/out"}
    with tempfile.TemporaryDirectory() as scratch:
        chosen = some(asked.folder, asked.structures)
        shared = {"draws": asked.draws, "structures": chosen, "task_s": asked.task_s}
        began = time.monotonic()
        run = _tasks.cut(asked.folder, scenarios, **shared, **usual)
        cut = time.monotonic() - began
        tasks = run.tasks
        shipped = [table.nbytes for table in run.tables()]
        spark = started(executors, Path(pyspark.__file__).parent, Path(scratch), MEMORY_MB)
        national(spark, country(Path(scratch, "small")), scenarios, draws=4, task_s=1e-6).count()
        with Memory() as memory:
            began = time.monotonic()
            rows = national(spark, asked.folder, scenarios, **shared, out=Path(scratch, "out"))
            wall = time.monotonic() - began
        count = rows.count()
        import pyarrow.parquet as pq

        took = [row["took_s"] for row in pq.read_table(Path(scratch, "out", "timings.parquet")).to_pylist()]
        manifest = Path(scratch, "out", "manifest.json").read_bytes()
        spark.stop()
    return {
        "executors": executors,
        "tasks": len(tasks),
        "rows": count,
        "wall_s": round(wall, 2),
        "work_s": round(sum(took), 2),
        "shortest_s": round(min(took), 2),
        "longest_s": round(max(took), 2),
        "estimated_s": round(sum(task["estimated_s"] for task in tasks), 2),
        "overhead_s_a_task": round((wall * executors - sum(took)) / len(tasks), 3),
        "cutting_s": round(cut, 2),
        "bytes_shipped_a_task": shipped[0] // len(tasks),
        "bytes_shipped_an_executor": sum(shipped[1:]),
        "executor_mib": memory.most["executor"] // MEBI,
        "python_mib": memory.most["python"] // MEBI,
        "load_before": asked.load,
        "manifest_sha256": _tasks.sha256(manifest)[:16],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--structures", type=int, default=60)
    parser.add_argument("--draws", type=int, default=8)
    parser.add_argument("--task-s", type=float, default=2.0)
    parser.add_argument("--executors", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.load = round(os.getloadavg()[0], 2)
    if asked.one is not None:
        print(json.dumps(one(asked.one, asked)))
        return
    for _ in range(asked.repeat):
        for executors in asked.executors:
            words = [sys.executable, __file__, *sys.argv[1:], "--one", str(executors)]
            done = subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8")
            print(done.stdout.strip().splitlines()[-1], flush=True)


if __name__ == "__main__":
    main()
