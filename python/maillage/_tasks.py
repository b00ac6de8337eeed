"""A national run in tasks, whoever hands them out: one structure, a slice of scenarios and draws.

A task is a row of plain values and bytes of Arrow; an answer is a table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pyarrow as pa

from ._maillage import National, Scenario
from .errors import UnknownName

Place: TypeAlias = str | PathLike[str]
Frames: TypeAlias = Mapping[str, Any]
Territories: TypeAlias = Place | Mapping[str, Place | Frames]
Task: TypeAlias = dict[str, Any]

WORK_A_SECOND = 20_000
"""Options × youths that a core plans in a second, in one draw under one scenario; see docs/scale.md."""

SCENARIO = pa.struct([("name", pa.string()), ("percent", pa.int64()), ("file", pa.string()), ("text", pa.string())])

TASKS = pa.schema(
    [
        ("at", pa.int32()),
        ("key", pa.string()),
        ("structure", pa.string()),
        ("digest", pa.string()),
        ("first_scenario", pa.int64()),
        ("scenarios", pa.int64()),
        ("first_draw", pa.int64()),
        ("draws", pa.int64()),
        ("estimated_s", pa.float64()),
    ]
)
"""What is a task's own: its place and name, what the structure is made from, which scenarios (the first and how many), which draws."""

GIVEN = pa.schema(
    [
        ("structure", pa.string()),
        ("path", pa.string()),
        ("perimeters", pa.string()),
        ("youths", pa.int64()),
        ("frames", pa.map_(pa.string(), pa.binary())),
        ("documents", pa.map_(pa.string(), pa.string())),
        ("folder", pa.string()),
    ]
)
"""What opens a structure, for all of its tasks: what `National.read` takes; or frames (streams of Arrow), documents and a folder."""

ASKED = pa.schema(
    [
        ("asked", pa.list_(SCENARIO)),
        ("seed", pa.string()),
        ("nodes", pa.int64()),
        ("lang", pa.string()),
        ("out", pa.string()),
    ]
)
"""What is asked in all tasks. The seed is a text: whole numbers of 64 bits without a sign are no type of Spark."""

ROWS = pa.schema(
    [
        ("scenario", pa.string()),
        ("draw", pa.int64()),
        ("seed", pa.string()),
        ("structure", pa.string()),
        ("name", pa.string()),
        ("status", pa.string()),
        ("class", pa.string()),
        ("catchment", pa.string()),
        ("drawn_youths", pa.bool_()),
        ("youths", pa.int64()),
        ("programmes", pa.int64()),
        ("places_wanted", pa.int64()),
        ("groups", pa.int64()),
        ("placed", pa.int64()),
        ("bound", pa.int64()),
        ("gap", pa.int64()),
        ("proved", pa.bool_()),
        ("half_days", pa.int64()),
        ("trip_min", pa.int64()),
        ("out_of_reach", pa.int64()),
        ("out_of_reach_percent", pa.float64()),
        ("main_reason", pa.string()),
        ("groups_after", pa.int64()),
        ("placed_after", pa.int64()),
        ("bound_after", pa.int64()),
        ("proved_after", pa.bool_()),
        ("half_days_after", pa.int64()),
        ("gained", pa.int64()),
        ("lost", pa.int64()),
        ("lost_women", pa.int64()),
        ("lost_men", pa.int64()),
        ("lost_minors", pa.int64()),
        ("lost_adults", pa.int64()),
        ("lost_vehicle", pa.int64()),
        ("lost_no_vehicle", pa.int64()),
        ("finding_at", pa.string()),
        ("finding", pa.string()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("findings", pa.list_(pa.string())),
    ]
)
"""What `National.run` answers: `structures.csv` (docs/files.md), with the scenario, the draw, its seed, the seat and all findings."""


@dataclass(frozen=True)
class Cut:
    """A run in tasks. What many share is said once: of a structure what opens it, of all what is asked; `told` is what was asked of the
    whole run, for its manifest."""

    tasks: list[Task]
    given: dict[str, Task]
    asked: Task
    told: dict[str, Any]

    def whole(self) -> Iterator[Task]:
        """Each task with all that it needs."""
        return ({**task, **self.given[task["structure"]], **self.asked} for task in self.tasks)

    def tables(self) -> tuple[pa.Table, pa.Table, pa.Table]:
        """The same as tables of `TASKS`, `GIVEN` and `ASKED`."""
        return table(self.tasks, TASKS), table(list(self.given.values()), GIVEN), table([self.asked], ASKED)


def cut(
    territories: Territories,
    scenarios: Mapping[str, Scenario],
    *,
    draws: int,
    seed: int,
    nodes: int | None,
    perimeters: Place | None,
    youths: int,
    structures: Sequence[str] | None,
    task_s: float,
    lang: Literal["fr", "en"],
    out: Place | None,
) -> Cut:
    """All tasks of a run, those that are thought to take longest first.

    How it is cut depends on the territories and on what is asked, never on the cluster: so a task is found done by whoever
    goes on.
    """
    if not scenarios:
        raise ValueError("at least one scenario: {'today': Scenario.today()}")
    if draws < 1 or task_s <= 0:
        raise ValueError("draws and task_s are above nothing")
    all_of = [{"name": name, **told(scenario)} for name, scenario in scenarios.items()]
    asked = {"asked": all_of, "seed": str(seed), "nodes": nodes, "lang": lang, "out": None if out is None else place(out)}
    made: list[Task] = []
    given: dict[str, Task] = {}
    for of, digest_of, one in sources(territories, structures, seed=seed, perimeters=perimeters, youths=youths, lang=lang):
        given[of["structure"]] = {**dict.fromkeys(GIVEN.names), **of}
        for share in slices(one, len(all_of), draws, task_s):
            made.append({"structure": of["structure"], "digest": digest_of, **share})
    if not made:
        raise ValueError("at least one territory")
    # Stable: of as long ones, the first structure comes first.
    made.sort(key=lambda task: -float(task["estimated_s"]))
    named = Names(asked)
    own = [{**task, "at": at, "key": named.key(task)} for at, task in enumerate(made)]
    whole = {
        "draws": draws,
        "seed": str(seed),
        "nodes": nodes,
        "youths": youths,
        "perimeters": None if perimeters is None else Path(perimeters).name,
        "structures": None if structures is None else list(structures),
        "lang": lang,
    }
    return Cut(own, given, asked, whole)


def told(scenario: Scenario) -> dict[str, Any]:
    return {"percent": scenario.percent, "file": scenario.file, "text": scenario.text}


def sources(
    territories: Territories,
    structures: Sequence[str] | None,
    *,
    seed: int,
    perimeters: Place | None,
    youths: int,
    lang: Literal["fr", "en"],
) -> Iterator[tuple[Task, str, float]]:
    """What opens each territory, a hash of what it is made of, and the seconds that one plan of it is thought to take."""
    if isinstance(territories, Mapping):
        if perimeters is not None:
            raise ValueError("perimeters are of structures.csv: these territories have communes of their own")
        for structure in dict.fromkeys(territories if structures is None else structures):
            if structure not in territories:
                raise UnknownName(f"there is no structure {structure!r} among those given")
            yield mapped(structure, territories[structure], lang)
        return
    path = absolute(territories)
    shared = {"path": path, "perimeters": None if perimeters is None else absolute(perimeters), "youths": youths}
    # As it is now, whatever an earlier run of this process saw.
    opened.cache_clear()
    national = opened(path, shared["perimeters"], youths, seed, lang)
    for row in national.sizes(structures=structures).to_dicts():
        of = {**shared, "structure": row["structure"]}
        yield of, digest(national, of), seconds(row["work"])


def mapped(structure: str, given: Place | Frames, lang: Literal["fr", "en"]) -> tuple[Task, str, float]:
    """A territory under a name of its own: a folder, or frames."""
    frames: Frames = given if isinstance(given, Mapping) else {"folder": given}
    national = National.from_frames({structure: dict(frames)}, lang=lang)
    tables = {name: stream(table) for name, table in frames.items() if name not in ("documents", "folder")}
    documents, folder = dict(frames.get("documents") or {}), frames.get("folder")
    of = {"structure": structure, "frames": tables, "documents": documents, "folder": None if folder is None else absolute(folder)}
    [row] = national.sizes().to_dicts()
    return of, digest(national, of), seconds(row["work"])


def digest(national: National, of: Task) -> str:
    """A hash of all that a structure is made of: also of travel times in a frame, which no territory holds."""
    own = national.digest(of["structure"])
    times = [stream for name, stream in pairs(of.get("frames")) if name == "times"]
    return sha256(json.dumps([own, *map(contents, times)]).encode()) if times else own


def contents(frame: bytes) -> str:
    """A hash of what a frame holds, in however many pieces it came."""
    whole = pa.ipc.open_stream(frame).read_all()
    return sha256(stream(whole.combine_chunks().replace_schema_metadata(None)))


def seconds(work: int | None) -> float:
    return (work or 0) / WORK_A_SECOND


def slices(one: float, scenarios: int, draws: int, task_s: float) -> Iterator[Task]:
    """Some scenarios in some draws, each once: all scenarios of a draw together, which share its plan of today, as long as one
    draw is no more than a task."""
    whole = one * scenarios <= task_s
    many = scenarios if whole else max(1, int(task_s / one))
    count = max(1, int(task_s / (one * many))) if one > 0 else draws
    for draw in range(0, draws, count):
        for at in range(0, scenarios, many):
            some, of_draws = min(many, scenarios - at), min(count, draws - draw)
            yield {
                "first_scenario": at,
                "scenarios": some,
                "first_draw": draw,
                "draws": of_draws,
                "estimated_s": one * some * of_draws,
            }


class Names:
    """Names tasks by a hash of all that the answer depends on; what many have in common is hashed once."""

    def __init__(self, asked: Task) -> None:
        self.common = [version("maillage"), *(asked[name] for name in ("seed", "nodes", "lang"))]
        self.asked: list[Task] = asked["asked"]
        self.some: dict[tuple[int, int], str] = {}

    def key(self, task: Task) -> str:
        own = [task[name] for name in ("structure", "digest", "first_draw", "draws")]
        return sha256(json.dumps([self.common, self.scenarios(task["first_scenario"], task["scenarios"]), own]).encode())

    def scenarios(self, first: int, many: int) -> str:
        if (first, many) not in self.some:
            self.some[first, many] = sha256(json.dumps(self.asked[first : first + many]).encode())
        return self.some[first, many]


def table(rows: Sequence[Task], schema: pa.Schema) -> pa.Table:
    """Rows as a table: Arrow takes maps as lists of pairs."""

    def cells(name: str) -> list[Any]:
        return [list(row[name].items()) if isinstance(row[name], dict) else row[name] for row in rows]

    return pa.table([pa.array(cells(field.name), field.type) for field in schema], schema=schema)


def rows(task: Task) -> pa.Table:
    """The rows of a whole task, by one thread."""
    national = of_task(task)
    chosen = task["asked"][task["first_scenario"] : task["first_scenario"] + task["scenarios"]]
    scenarios = {one["name"]: scenario(one) for one in chosen}
    asked = {"first": task["first_draw"], "draws": task["draws"], "seed": int(task["seed"]), "nodes": task["nodes"]}
    return pa.table(national.part(task["structure"], scenarios, **asked)).cast(ROWS)


def scenario(one: Mapping[str, Any]) -> Scenario:
    if one["percent"] is not None:
        return Scenario.cut(one["percent"])
    return Scenario.today() if one["text"] is None else Scenario.of_text(one["file"], one["text"])


def of_task(task: Task) -> National:
    """Where the task's structure is found: what lies on shared storage is opened once a process."""
    structure, lang = task["structure"], task["lang"]
    if task["path"] is None:
        tables = {name: pa.ipc.open_stream(stream).read_all() for name, stream in pairs(task["frames"])}
        given = {**tables, "documents": dict(pairs(task["documents"])), "folder": task["folder"]}
        national = National.from_frames({structure: given}, lang=lang)
    else:
        asked = (task["path"], task["perimeters"], task["youths"], int(task["seed"]), lang)
        national = opened(*asked)
        if changed(national, task):
            opened.cache_clear()
            national = opened(*asked)
    if changed(national, task):
        raise RuntimeError(f"{structure} is another here than where the run began: is it the same storage, and at rest?")
    return national


def changed(national: National, task: Task) -> bool:
    return task["structure"] not in national.ids or digest(national, task) != task["digest"]


def pairs(given: Any) -> list[tuple[str, Any]]:
    """A map, as engines hand it over."""
    return list(given.items() if isinstance(given, Mapping) else given or [])


@lru_cache(maxsize=2)
def opened(path: str, perimeters: str | None, youths: int, seed: int, lang: Literal["fr", "en"]) -> National:
    return National.read(path, perimeters=perimeters, youths=youths, seed=seed, lang=lang)


def stream(frame: Any) -> bytes:
    """A frame as a stream of Arrow."""
    # Tables of geopandas say by a method of their own what their geometry is.
    whole = pa.table(frame.to_arrow() if hasattr(type(frame), "to_crs") else frame)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, whole.schema) as writer:
        writer.write_table(whole)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def place(out: Place) -> str:
    return fspath(out).rstrip("/") if "://" in fspath(out) else absolute(out)


def absolute(path: Place) -> str:
    return str(Path(path).absolute())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
