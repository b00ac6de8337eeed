"""What is kept of a national run: a file a task, and a manifest.

The file is Parquet, written whole or not at all and named by a hash of all that its rows depend on: a task whose file is there
is done. Whatever ends a run, what was done is not done again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq

from ._tasks import Cut, Task, rows, sha256

MANIFEST_SCHEMA = "maillage/national-tasks/1"
MANIFEST = "manifest.json"
LONGEST = 120
"""Most characters of a structure in the name of a folder; file systems have 255 bytes for it."""

DONE = pa.schema(
    [
        ("key", pa.string()),
        ("structure", pa.string()),
        ("file", pa.string()),
        ("bytes", pa.int64()),
        ("sha256", pa.string()),
        ("rows", pa.int64()),
        ("answered", pa.int64()),
        ("broken", pa.int64()),
        ("not_found", pa.int64()),
        ("proved", pa.int64()),
        ("placed", pa.int64()),
        ("bound", pa.int64()),
        ("estimated_s", pa.float64()),
        ("took_s", pa.float64()),
        ("was_there", pa.bool_()),
    ]
)
"""What is told of a task whose file is written; the last two differ from one run to the next."""

TIMINGS = ["structure", "file", "rows", "bytes", "estimated_s", "took_s", "was_there"]


def kept(task: Task) -> dict[str, Any]:
    """Does a task unless its file is there, and tells what is in it: a row of `DONE`."""
    began = time.monotonic()
    storage, out = storage_of(task["out"])
    name = file_of(task)
    there = storage.get_file_info(f"{out}/{name}").type == pa.fs.FileType.File
    if not there:
        write(storage, f"{out}/{name}", parquet(rows(task)))
    with storage.open_input_file(f"{out}/{name}") as file:
        data = file.read()
    columns = ["status", "proved", "placed", "bound"]
    made = pq.read_table(pa.BufferReader(data), columns=columns).to_pydict()
    status = {one: made["status"].count(one) for one in ("answered", "broken")}
    return {
        "key": task["key"],
        "structure": task["structure"],
        "file": name,
        "bytes": len(data),
        "sha256": sha256(data),
        "rows": len(made["status"]),
        "answered": status["answered"],
        "broken": status["broken"],
        "not_found": len(made["status"]) - status["answered"] - status["broken"],
        "proved": made["proved"].count(True),
        "placed": sum(places or 0 for places in made["placed"]),
        "bound": sum(places or 0 for places in made["bound"]),
        "estimated_s": task["estimated_s"],
        "took_s": time.monotonic() - began,
        "was_there": there,
    }


def file_of(task: Task) -> str:
    """Its file below `out`. The folder only helps who looks for a structure: its name is cut short where no file system has it."""
    return f"rows/partition={quote(task['structure'], safe='')[:LONGEST]}/{task['key']}.parquet"


def parquet(made: pa.Table) -> bytes:
    """The same rows, the same bytes."""
    sink = pa.BufferOutputStream()
    marked = made.replace_schema_metadata({"diffusion": "interne"})
    pq.write_table(marked, sink, compression="zstd", row_group_size=100_000)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def write(storage: pa.fs.FileSystem, path: str, data: bytes) -> None:
    """Whole or not at all: beside where it belongs, under a name that readers pass over, then moved."""
    folder, name = path.rsplit("/", 1)
    beside = f"{folder}/.{name}.{uuid4().hex}"
    storage.create_dir(folder, recursive=True)
    with storage.open_output_stream(beside) as file:
        file.write(data)
    storage.move(beside, path)


def manifest(run: Cut, done: Sequence[Mapping[str, Any]]) -> bytes:
    """What a run was asked and made. No clock: the same run has the same bytes, however often it was ended."""
    by_key = {one["key"]: one for one in done}
    files = [
        {
            "structure": task["structure"],
            "made_from": task["digest"],
            **{name: task[name] for name in ("first_scenario", "scenarios", "first_draw", "draws")},
            **{name: by_key[task["key"]][name] for name in ("file", "bytes", "sha256", "rows")},
        }
        for task in sorted(run.tasks, key=lambda task: str(file_of(task)))
    ]
    total = {name: sum(one[name] for one in by_key.values()) for name in ("rows", "answered", "broken", "not_found")}
    proof = {name: sum(one[name] for one in by_key.values()) for name in ("proved", "placed", "bound")}
    gap = 100 * (proof["bound"] - proof["placed"]) / max(1, proof["bound"])
    document = {
        "schema": MANIFEST_SCHEMA,
        "audience": "interne",
        "maillage": version("maillage"),
        "asked": asked(run),
        "counts": {"structures": len(run.given), "tasks": len(run.tasks), **total},
        "proof": {**proof, "gap_percent": round(gap, 2)},
        "files": files,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def asked(run: Cut) -> dict[str, Any]:
    """What was asked, for the manifest."""

    def of(one: Mapping[str, Any]) -> dict[str, Any]:
        text = None if one["text"] is None else sha256(one["text"].encode())
        return {"name": one["name"], "cut_percent": one["percent"], "file": one["file"], "sha256": text}

    return {"scenarios": [of(one) for one in run.asked["asked"]], **run.told}


def begin(run: Cut) -> None:
    """A manifest says that a run is over: none does while another one is under way."""
    storage, root = storage_of(run.asked["out"])
    with suppress(FileNotFoundError):
        storage.delete_file(f"{root}/{MANIFEST}")


def finish(run: Cut, done: Sequence[Mapping[str, Any]]) -> None:
    """Writes how long tasks took, then the manifest, and removes what writers of these tasks left that were ended.

    Other files below `rows/` are another run's, and stay.
    """
    out = run.asked["out"]
    storage, root = storage_of(out)
    there = storage.get_file_info(pa.fs.FileSelector(f"{root}/rows", recursive=True))
    missing = {one["file"] for one in done} - {"/".join(file.path.split("/")[-3:]) for file in there}
    if missing:
        raise RuntimeError(f"{len(missing)} files are not in {out}: is it the same storage for all?")
    timings = pa.Table.from_pylist(sorted(map(dict, done), key=lambda one: str(one["file"])), schema=DONE)
    write(storage, f"{root}/timings.parquet", parquet(timings.select(TIMINGS)))
    write(storage, f"{root}/{MANIFEST}", manifest(run, done))
    keys = {task["key"] for task in run.tasks}
    for file in there:
        if file.base_name.startswith(".") and file.base_name[1:].partition(".")[0] in keys:
            with suppress(FileNotFoundError):
                storage.delete_file(file.path)


def storage_of(out: str) -> tuple[pa.fs.FileSystem, str]:
    """A folder, or an address that Arrow knows (`s3://…`, `hdfs://…`)."""
    if "://" in out:
        storage, path = pa.fs.FileSystem.from_uri(out)
        return storage, path.rstrip("/")
    return pa.fs.LocalFileSystem(), out
