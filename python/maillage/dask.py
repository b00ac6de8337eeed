"""A national run on Dask: `maillage.dask.national(territories, scenarios, draws=…)`, for one machine or a small cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

try:
    import pyarrow.parquet as pq
    from dask import delayed
    from dask.bag import Bag, from_sequence
except ImportError as error:
    raise ImportError("maillage.dask needs Dask and Arrow: pip install 'maillage[dask]'") from error

from . import _kept, _tasks
from ._maillage import Scenario
from ._tasks import Place, Task, Territories

__all__ = ["national"]


def national(
    territories: Territories,
    scenarios: Mapping[str, Scenario],
    *,
    draws: int = 1,
    seed: int = 1,
    nodes: int | None = None,
    perimeters: Place | None = None,
    youths: int = 300,
    structures: Sequence[str] | None = None,
    task_s: float = 10.0,
    lang: Literal["fr", "en"] = "fr",
    out: Place | None = None,
) -> Bag:
    """Each territory under each scenario in each draw: a bag of the rows of `National.run`, as dicts, in whatever order.

    All is as in `maillage.spark.national`; the tasks run wherever Dask runs bags: processes of this machine, or the `Client`
    that was made before. With `out` the run is made now and the bag reads what is there.
    """
    run = _tasks.cut(
        territories,
        scenarios,
        draws=draws,
        seed=seed,
        nodes=nodes,
        perimeters=perimeters,
        youths=youths,
        structures=structures,
        task_s=task_s,
        lang=lang,
        out=out,
    )
    own = [{**task, **run.given[task["structure"]]} for task in run.tasks]
    bag = from_sequence(own, npartitions=len(own))
    # One value for all of them.
    asked = delayed(run.asked)
    if out is None:
        return bag.map(_rows, asked=asked).flatten()
    _kept.begin(run)
    done = bag.map(_kept_of, asked=asked).compute()
    _kept.finish(run, done)
    files = [one["file"] for one in done]
    return from_sequence(files, npartitions=len(files)).map(_read, out=run.asked["out"]).flatten()


def _rows(task: Task, asked: Task) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _tasks.rows({**task, **asked}).to_pylist()
    return rows


def _kept_of(task: Task, asked: Task) -> dict[str, Any]:
    return _kept.kept({**task, **asked})


def _read(file: str, out: str) -> list[dict[str, Any]]:
    storage, root = _kept.storage_of(out)
    with storage.open_input_file(f"{root}/{file}") as source:
        rows: list[dict[str, Any]] = pq.read_table(source).to_pylist()
    return rows
