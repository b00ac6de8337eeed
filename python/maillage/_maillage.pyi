"""The compiled part of the package; docstrings are in the module itself."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias, final

__all__ = [
    "Finding",
    "Levers",
    "National",
    "Plan",
    "Scenario",
    "Solved",
    "Sweep",
    "Table",
    "Territory",
    "Times",
    "check",
    "solve",
    "times",
]

class _ArrowTable(Protocol):
    """A table of pandas, polars, pyarrow, geopandas or any other that has the Arrow C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

_Path: TypeAlias = str | PathLike[str]
_Lang: TypeAlias = Literal["fr", "en"]
_Progress: TypeAlias = Callable[[str, int, int], object]

@final
class Finding:
    """Something about the input that a person should know."""

    @property
    def code(self) -> str:
        """Its kind, as in `docs/findings.md`: `"M201"`."""

    @property
    def level(self) -> Literal["error", "warning", "note"]:
        """How serious it is."""

    @property
    def file(self) -> str | None:
        """The file of the folder or the frame (`"youths"`); None where it is about neither."""

    @property
    def line(self) -> int | None:
        """The line of a file, counted from 1; None for frames."""

    @property
    def row(self) -> int | None:
        """The row of a frame by its position, counted from 0; None for files, and for what is about a whole column."""

    @property
    def column(self) -> str | None:
        """The column, by its name as given; None where it is about none."""

    @property
    def what(self) -> str:
        """What is wrong."""

    @property
    def remedy(self) -> str:
        """What to do about it."""

@final
class Table:
    """Rows with named columns: `pandas.DataFrame.from_arrow`, `polars.DataFrame` and `pyarrow.table` take it as it is."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dicts; dates as texts `YYYY-MM-DD`."""

    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

@final
class Territory:
    """A territory, checked: where young people live, how they travel, the sites and the programmes."""

    @staticmethod
    def read(path: _Path, *, lang: _Lang = "fr", progress: _Progress | None = None) -> Territory:
        """Reads a territory folder and checks it. Raises `InputError` with every finding when one is an error."""

    @staticmethod
    def from_frames(
        *,
        youths: _ArrowTable | None = None,
        sites: _ArrowTable | None = None,
        programmes: _ArrowTable | None = None,
        communes: _ArrowTable | None = None,
        places: _ArrowTable | None = None,
        advisers: _ArrowTable | None = None,
        calendar: _ArrowTable | None = None,
        links: _ArrowTable | None = None,
        on_demand: _ArrowTable | None = None,
        arrivals: _ArrowTable | None = None,
        times: _ArrowTable | None = None,
        documents: dict[str, str] | None = None,
        folder: _Path | None = None,
        name: str = "territory",
        lang: _Lang = "fr",
        progress: _Progress | None = None,
    ) -> Territory:
        """Reads a territory from tables whose columns are those of the CSV files; what is not given is `folder`'s."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def lang(self) -> _Lang:
        """The language of messages and pages."""

    def check(self) -> Table:
        """Warnings and notes: a table with code, level, file, line, row, column, what, remedy."""

    def plan(self, *, nodes: int | None = None, progress: _Progress | None = None) -> Plan:
        """Forms groups. Raises `NoPlan` when decisions already made can't be kept."""

    def edit(
        self,
        *,
        limit_min: int | None = None,
        limits_min: dict[str, int] | None = None,
        sizes: dict[str, tuple[int, int, int]] | None = None,
        open_sites: Sequence[str] = ...,
        close_sites: Sequence[str] = ...,
        remove_youths: Sequence[str] = ...,
        youths: _ArrowTable | None = None,
        sites: _ArrowTable | None = None,
        programmes: _ArrowTable | None = None,
        places: _ArrowTable | None = None,
        advisers: _ArrowTable | None = None,
        links: _ArrowTable | None = None,
        scenario: _Path | None = None,
        cut_percent: int | None = None,
        progress: _Progress | None = None,
    ) -> Territory:
        """Another territory, with these changes, then the levers of a scenario, then a cut; this one stays as it is."""

    def levers(
        self,
        *,
        budget: float | None = None,
        goal: dict[str, int] | None = None,
        scenarios: Sequence[str] = ...,
        catalogue: bool = False,
        nodes: int | None = None,
        progress: _Progress | None = None,
    ) -> Levers:
        """Which change would make groups possible; `budget` in euros, `goal` the groups wanted by programme."""

    def sweep(
        self,
        *,
        limits: Sequence[int] = ...,
        minimums: Sequence[int] = ...,
        programme: str | None = None,
        slower: int = 0,
        nodes: int | None = None,
        progress: _Progress | None = None,
    ) -> Sweep:
        """Where the answer flips; `limits` in minutes one way, `minimums` against today's, `slower` in percent."""

@final
class Plan:
    """An answer: what is possible, for whom, and how sure that is. Exact: it names youths by their identifiers."""

    def json(self) -> str:
        """The document `maillage/plan/1`: the bytes that `maillage plan DIR --json` prints."""

    def to_dict(self) -> dict[str, Any]:
        """The same as Python's own values."""

    @property
    def programmes(self) -> Table:
        """One row a programme: id, name, min, target, max, groups, placed, enrolled, binds."""

    @property
    def groups(self) -> Table:
        """One row a group: group (from 0), programme, site, slots (list), start (date), members (count)."""

    @property
    def members(self) -> Table:
        """One row a member: group, programme, youth, mode, mode_back, with, to_s, from_s (seconds), sessions, unknown, of."""

    @property
    def left_out(self) -> Table:
        """One row a youth and programme without a place: youth, programme, reason, reasons (list)."""

    @property
    def verdicts(self) -> Table:
        """One row an option, alone: programme, site, slots (list), start (date), reachable, viable, missing."""

    @property
    def hours(self) -> Table:
        """One row a youth: youth, weekly_hours (within reach), planned_hours."""

    def geojson(self, layer: Literal["communes", "sites", "places"] = "communes") -> str:
        """A layer of the plan as GeoJSON, in WGS84."""

    def html(self, *, shared: bool = False) -> str:
        """The page as one HTML file, for the structure's own desk; with `shared`, what may be shown."""

    def _repr_html_(self) -> str: ...

@final
class National:
    """Many territories, each opened when its turn comes: one that is broken is a row with its findings, and the others go on."""

    @staticmethod
    def read(
        path: _Path,
        *,
        perimeters: _Path | None = None,
        youths: int = 300,
        seed: int = 1,
        lang: _Lang = "fr",
        progress: _Progress | None = None,
    ) -> National:
        """Finds territories as `maillage national` does. Raises `InputError` where nothing can be asked about at all."""

    @staticmethod
    def from_frames(
        territories: dict[str, _Path | dict[str, Any]], *, lang: _Lang = "fr", progress: _Progress | None = None
    ) -> National:
        """Territories by their identifiers: of each its folder, or a dict of what `Territory.from_frames` takes."""

    @property
    def ids(self) -> list[str]:
        """The identifiers of the territories, in order."""

    @property
    def lang(self) -> _Lang:
        """The language of messages."""

    def check(self) -> Table:
        """What is worth knowing of structures, communes and perimeters: a table as of `Territory.check`."""

    def territory(self, id: str, *, progress: _Progress | None = None) -> Territory:
        """One of the territories, to be asked by itself. Raises `InputError` where it is broken."""

    def digest(self, id: str) -> str:
        """A hash of all that a territory is made of, in hexadecimal."""

    def sizes(self, *, structures: Sequence[str] | None = None, progress: _Progress | None = None) -> Table:
        """One row a territory: structure, youths, options, work (their product); null where it is broken."""

    def run(
        self,
        scenarios: dict[str, Scenario],
        *,
        draws: int = 1,
        seed: int = 1,
        nodes: int | None = None,
        structures: Sequence[str] | None = None,
        progress: _Progress | None = None,
    ) -> Table:
        """One row a territory, draw and scenario: the columns of `structures.csv` with scenario, draw, seed, seat and findings."""

    def part(
        self,
        id: str,
        scenarios: dict[str, Scenario],
        *,
        first: int = 0,
        draws: int = 1,
        seed: int = 1,
        nodes: int | None = None,
        progress: _Progress | None = None,
    ) -> Table:
        """The rows that `run` has of one territory in draws from `first` on, by one thread alone."""

    def __len__(self) -> int: ...

@final
class Scenario:
    """What happens to each territory of a network."""

    @staticmethod
    def today() -> Scenario:
        """Nothing: as it is today."""

    @staticmethod
    def cut(percent: int) -> Scenario:
        """So many percent (1 to 100) of the half-days a week fewer, at least one, at the least loss of places."""

    @staticmethod
    def read(path: _Path, *, lang: _Lang = "fr") -> Scenario:
        """The levers of a scenario's file, held against each territory by itself."""

    @staticmethod
    def of_text(file: str, text: str) -> Scenario:
        """The same from the text of such a file; `file` is its name, for findings."""

    @property
    def percent(self) -> int | None:
        """How many percent are cut; None where nothing is."""

    @property
    def file(self) -> str | None:
        """The name of its file; None where there is none."""

    @property
    def text(self) -> str | None:
        """The text of its file; None where there is none."""

@final
class Levers:
    """What levers would unlock: each by itself, the most places for each budget, the cheapest set for a goal."""

    def json(self) -> str:
        """The document `maillage/levers/1`: the bytes that `maillage levers DIR --json` prints."""

    def to_dict(self) -> dict[str, Any]:
        """The same as Python's own values."""

@final
class Sweep:
    """A plan for each travel limit with each minimum size."""

    def json(self) -> str:
        """The document `maillage/sweep/1`: the bytes that `maillage sweep DIR --json` prints."""

    def to_dict(self) -> dict[str, Any]:
        """The same as Python's own values."""

    @property
    def cells(self) -> Table:
        """One row a limit, a minimum and a programme: limit_s, minimum, programme, min, attending, groups, viable."""

@final
class Solved:
    """Groups and members, with a bound for each objective."""

    def json(self) -> str:
        """The line that `maillage solve FILE --json` prints; only the seconds differ from one run to the next."""

    def to_dict(self) -> dict[str, Any]:
        """The same as Python's own values."""

    def solution(self) -> str:
        """The bytes that `maillage solve FILE --solution` writes."""

    @property
    def proved(self) -> bool:
        """Whether every objective is proved."""

    @property
    def groups(self) -> Table:
        """One row an option that has groups: option (from 0), name, groups."""

    @property
    def members(self) -> Table:
        """One row a member: youth (from 0), name, option (from 0)."""

@final
class Times:
    """Travel times between every home and every site, both ways."""

    def csv(self) -> str:
        """The bytes that `maillage times … --csv` prints."""

    def check(self) -> Table:
        """What is worth knowing of roads, timetables, homes and sites."""

    @property
    def rows(self) -> Table:
        """One row a home and a site; seconds by road, `HH:MM:SS` by timetable."""

def check(path: _Path, *, lang: _Lang = "fr", progress: _Progress | None = None) -> Table:
    """Every finding of a territory folder, errors too. Nothing is raised for them."""

def solve(
    problem: dict[str, Any] | _Path,
    *,
    nodes: int | None = None,
    lang: _Lang = "fr",
    progress: _Progress | None = None,
) -> Solved:
    """Solves a problem (docs/instances.md) given as a dict, or as the path of its file."""

def times(
    homes: _ArrowTable | _Path,
    sites: _ArrowTable | _Path,
    *,
    roads: _Path | None = None,
    mode: Literal["car", "moped", "ebike", "bike", "foot"] | None = None,
    profile: _Path | None = None,
    timetable: _Path | Sequence[_Path] | None = None,
    date: str | None = None,
    arrive_by: str | None = None,
    leave_after: str | None = None,
    walk_km: float | None = None,
    wait_min: int | None = None,
    rides: int | None = None,
    limit_min: int | None = None,
    lang: _Lang = "fr",
    progress: _Progress | None = None,
) -> Times:
    """Travel times between homes and sites: files or tables with the columns id, lon, lat, or points in the place of these."""
